"""Users, regions, offices and dated appointments."""

import copy
import datetime
import operator
from functools import reduce
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from documents.prose import clean_line
from organisation.standing import Standing


class People(BaseUserManager["User"]):
    """Makes accounts; an address is one account, in capitals or not."""

    def create_user(self, email: str, name: str, password: str | None = None, **more: Any) -> "User":
        """A new account; without a password nobody can sign in until they set one."""
        user = self.model(email=email, name=name, **more)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None, **more: Any) -> "User":
        """A new account that may administer everything (and sees no proposals by that)."""
        return self.create_user(email, name, password, is_superuser=True, **more)

    def get_by_natural_key(self, email: str | None) -> "User":
        """The account of an address.

        Raises:
            User.DoesNotExist: there is none.
        """
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account; known by name and e-mail address, never deleted, only closed."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("name", max_length=150, help_text="As it shall stand under a decision: “Dina Haddad”.")
    is_active = models.BooleanField("may sign in", default=True, help_text="Untick to close the account of a leaver.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        verbose_name, verbose_name_plural = "person", "people"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email, self.name = self.email.strip().lower(), clean_line(self.name)
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def is_staff(self) -> bool:
        return self.is_superuser

    @cached_property
    def appointments_now(self) -> list["Appointment"]:
        """Today's appointments of this person, and those by which whoever they act for acts for somebody again.

        Asked once for each request (`afresh` asks anew).
        """
        if not self.is_active:
            return []
        principals = Appointment.objects.acting().filter(user=self).values("acting_for")
        theirs = Q(acting_for__isnull=False, user__in=principals)
        current = Appointment.objects.current().filter(Q(user=self) | theirs)
        return list(current.select_related("office", "region", "acting_for"))

    @property
    def held(self) -> list["Appointment"]:
        """The appointments this person holds today."""
        return [appointment for appointment in self.appointments_now if appointment.user_id == self.pk]

    @cached_property
    def standing(self) -> Standing:
        """What this person may decide today."""
        held = self.held
        return Standing(
            directs=tuple(a.office.path for a in held if a.role == Appointment.DIRECTOR and a.office),
            regions=tuple(a.region_id for a in held if a.role == Appointment.HR_PARTNER and a.region_id),
            jpo_unit=any(a.role == Appointment.JPO_UNIT for a in held),
            # a deputy's deputy stands for the first of them too
            deputy_of=tuple({a.acting_for_id for a in self.appointments_now if a.acting_for_id}),
        )

    @cached_property
    def offices(self) -> list["Office"]:
        """The offices for which this person decides today, as a Director or as an HR Partner."""
        standing = self.standing
        if not standing.directs and not standing.regions:
            return []
        below = [Q(path__startswith=path) for path in standing.directs]
        return list(Office.objects.filter(reduce(operator.or_, below, Q(region__in=standing.regions))).only("path", "region"))

    def afresh(self) -> "User":
        """The same person, whose appointments are asked anew: one may have ended since they were asked."""
        again = copy.copy(self)
        for known in ("appointments_now", "standing", "offices"):
            again.__dict__.pop(known, None)
        return again


class Region(models.Model):
    """A region of the field structure, with its HR Partners."""

    code = models.SlugField("code", unique=True)
    name = models.CharField("name", max_length=100)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A department, unit, regional or country office; routing follows this entry, never the printed text.

    An office with a region is a field office, wherever it sits: the Regional Office for Europe and Central Asia is in
    Geneva, and a headquarters department may post a JPO elsewhere.
    """

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", "Headquarters"
        DEPARTMENT = "department", "Headquarters department"
        UNIT = "unit", "Unit or branch"
        REGIONAL = "regional", "Regional office"
        TEAM = "team", "Decent Work Team and country office"
        COUNTRY = "country", "Country office"

    code = models.CharField("acronym", max_length=40, unique=True, help_text="As it is written: NORMES, CO-Jakarta.")
    name = models.CharField("name in English", max_length=200)
    name_fr = models.CharField("name in French", max_length=200, blank=True)
    name_es = models.CharField("name in Spanish", max_length=200, blank=True)
    former_names = models.TextField("former names", blank=True, help_text="One to a line.")
    kind = models.CharField("kind", max_length=20, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="belongs to")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, help_text="Field offices only. Its HR Partner approves their posts."
    )
    place = models.CharField("city and country", max_length=100, blank=True, help_text="Offered as the duty station.")
    valid_from = models.DateField("valid from", null=True, blank=True)
    valid_until = models.DateField("valid until", null=True, blank=True)
    path = models.CharField(max_length=400, editable=False, db_index=True)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["regional", "team", "country"], region__isnull=False)
                | Q(kind__in=["headquarters", "department"], region__isnull=True)
                | Q(kind="unit"),
                name="field_offices_have_a_region",
                violation_error_message="A field office needs its region; a headquarters department has none.",
            )
        ]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        if self.pk and self.parent and self.parent.path.startswith(self.path):
            raise ValidationError({"parent": f"{self.parent} is a part of {self}; it cannot also stand above it."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves, and keeps the paths of this office and its parts: "/1/7/" is office 7, a part of office 1."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path)
            for part in self.parts.all():
                part.parent = self
                part.save()

    @property
    def is_field(self) -> bool:
        """Whether a post here is a field post, which a regional HR Partner approves too."""
        return self.region_id is not None

    @property
    def above(self) -> list[int]:
        """The ids of this office and those above it, from the top down."""
        return [int(step) for step in self.path.strip("/").split("/")]

    def printed_name(self, language: str = "en") -> str:
        """The office as the form prints it: "Labour Migration Branch (MIGRANT)"."""
        name = {"fr": self.name_fr, "es": self.name_es}.get(language) or self.name
        return f"{name} ({self.code})"


class Appointments(models.QuerySet["Appointment"]):
    """Appointments, by date."""

    def current(self, on: datetime.date | None = None) -> "Appointments":
        """Those in force on a day (today), of people who may sign in."""
        day = on or timezone.localdate()
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day, user__is_active=True)

    def acting(self) -> "Appointments":
        """Those in force today by which somebody acts for another person."""
        return self.current().filter(acting_for__isnull=False)


class Appointment(models.Model):
    """What a person may decide, where, and from when until when; perhaps acting for somebody."""

    DIRECTOR, HR_PARTNER, JPO_UNIT = "director", "hr_partner", "jpo_unit"
    ROLES = [(DIRECTOR, "Director"), (HR_PARTNER, "HR Partner"), (JPO_UNIT, "JPO unit")]

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name="person")
    role = models.CharField("as", max_length=20, choices=ROLES)
    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, help_text="For a Director.")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, help_text="For an HR Partner.")
    starts = models.DateField("from", default=timezone.localdate)
    ends = models.DateField("until", null=True, blank=True, help_text="The last day; empty if open-ended.")
    acting_for = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="deputies", verbose_name="acting for"
    )

    objects = Appointments.as_manager()

    class Meta:
        ordering = ["-starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="director", office__isnull=False, region__isnull=True)
                | Q(role="hr_partner", office__isnull=True, region__isnull=False)
                | Q(role="jpo_unit", office__isnull=True, region__isnull=True),
                name="appointment_has_its_place",
                violation_error_message="A Director needs an office, an HR Partner a region, the JPO unit neither.",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="appointment_ends_after_it_starts",
                violation_error_message="The appointment ends before it starts.",
            ),
            models.CheckConstraint(
                condition=Q(acting_for__isnull=True) | ~Q(acting_for=models.F("user")),
                name="nobody_acts_for_themselves",
                violation_error_message="Nobody can act for themselves.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.words}"

    @property
    def office_words(self) -> str:
        """The appointment as it stands under a decision: "Director, CO-Jakarta"."""
        where = self.office or self.region
        return f"{self.get_role_display()}, {where}" if where else self.get_role_display()

    @property
    def words(self) -> str:
        """The same, with whom they act for: "Director, CO-Jakarta (acting for Diego Santoso)"."""
        return f"{self.office_words} (acting for {self.acting_for})" if self.acting_for else self.office_words
