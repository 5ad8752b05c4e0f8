"""Offices, people, appointments and registers, entered by the JPO unit or an administrator."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from documents import signs
from organisation.models import Appointment, Office, Region, User
from proposals.writing import when
from registers.models import Acronym, Entry, Instrument, Outcome, Term, Word, as_lines, changes_of, keep_change
from workflow.accounts import welcome
from workflow.models import Letter
from workflow.outbox import try_again


def prints(name: str) -> None:
    """Refuses a name that the paper's fonts cannot print as it is.

    Raises:
        ValidationError: naming the characters.
    """
    if missing := signs.without_sign(name):
        raise ValidationError(signs.sentence(missing, f"“{name}”"))


class ByTheDesk(admin.ModelAdmin):
    """What whoever passes the desk's door may view, add and change; nobody deletes what decisions lean on."""

    printed: tuple[str, ...] = ()
    """The fields whose words come on paper: under a decision, or offered to an author."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in self.printed:
            field.validators.append(prints)
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        return admin.site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AppointmentsOf(admin.TabularInline):
    """A person's appointments, on the person's page."""

    model = Appointment
    fk_name = "user"
    extra = 0
    autocomplete_fields = ("office", "acting_for")

    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_add_permission = has_change_permission = has_view_permission


class PersonForm(forms.ModelForm):
    """A person; the password is theirs alone, so the form shows only whether there is one."""

    password = ReadOnlyPasswordHashField(
        label="Password", help_text="Nobody here sees or sets it. “Send the welcome letter again” gives a new link to set one."
    )

    class Meta:
        model = User
        fields = ("email", "name", "is_active", "password")


@admin.register(User)
class People(ByTheDesk):
    """People; a new one gets the welcome letter with a link to set a password."""

    printed = ("name",)
    form = PersonForm
    list_display = ("name", "email", "is_active", "holds", "last_login")
    list_filter = ("is_active",)
    search_fields = ("name", "email")
    actions = ("send_welcome",)
    inlines = (AppointmentsOf,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("appointments__office", "appointments__region")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ["email", "name"] if obj is None else ["email", "name", "is_active", "password"]
        return [*fields, "is_superuser"] if request.user.is_superuser else fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The JPO unit does not change administrators: with their address it could make itself one."""
        shielded = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not shielded

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            welcome(obj)
            messages.success(request, f"{obj.name} gets a welcome letter at {obj.email}, with a link to set a password.")

    @admin.display(description="holds today")
    def holds(self, person: User) -> str:
        """The appointments in force today, in words."""
        today = timezone.localdate()
        return "; ".join(a.words for a in person.appointments.all() if a.starts <= today and (a.ends is None or a.ends >= today))

    @admin.action(description="Send the welcome letter again")
    def send_welcome(self, request: HttpRequest, chosen: Any) -> None:
        """Writes the welcome letter once more, with a new link, to the open accounts among those chosen."""
        people = [person for person in chosen if person.is_active]
        for person in people:
            welcome(person)
        messages.success(request, f"Written again to {len(people)}: {', '.join(person.name for person in people)}.")


def who(request: HttpRequest) -> str:
    """Who asks, as it is kept for good: "June Okafor (june@demo.example)"."""
    return f"{request.user} ({request.user.get_username()})"


class Kept(ByTheDesk):
    """A register: what is changed in it is kept, and told below the entry.

    Django's own history says which fields were changed; here it is what stood in them before, and what stands there now.
    """

    readonly_fields = ("changes",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = as_lines(self.model.objects.filter(pk=obj.pk).first()) if change else {}
        super().save_model(request, obj, form, change)
        keep_change(obj, before, who(request))

    @admin.display(description="what was changed")
    def changes(self, entry: Any) -> str:
        """Who changed it when, and how; the newest first."""
        told = [(when(change.at), change.by, "; ".join(change.lines)) for change in changes_of(entry)] if entry.pk else []
        if not told:
            return "Nothing yet."
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}, {}: {}</li>", told))


@admin.register(Office)
class Offices(Kept):
    """Offices; whether a post is a field post, and who decides on it, follows from these entries."""

    printed = ("code", "name", "name_fr", "name_es", "place")
    list_display = ("code", "name", "kind", "parent", "region", "valid_until")
    list_filter = ("kind", "region")
    search_fields = ("code", "name", "former_names")
    autocomplete_fields = ("parent",)


@admin.register(Region)
class Regions(ByTheDesk):
    """Regions of the field structure."""

    printed = ("name",)
    list_display = ("name", "code")
    search_fields = ("name",)


@admin.register(Appointment)
class AppointmentsOfAll(ByTheDesk):
    """Who decides what, where, from when until when."""

    list_display = ("user", "role", "office", "region", "starts", "ends", "acting_for")
    list_filter = ("role", "region")
    search_fields = ("user__name", "user__email", "office__code")
    autocomplete_fields = ("user", "office", "acting_for")


@admin.register(Letter)
class Letters(ByTheDesk):
    """The outbox: which letters wait, since when, and what the mail server said. Nothing is changed here but one thing:
    a letter that could not be sent can be tried again."""

    list_display = ("subject", "to_address", "state", "waiting_since", "attempts", "trouble")
    list_filter = ("state",)
    search_fields = ("subject", "to_address")
    ordering = ("-pk",)
    actions = ("try_again",)
    fields = readonly_fields = ("to_name", "to_address", "subject", "state", "written_at", "sent_at", "attempts", "trouble")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="waiting since")
    def waiting_since(self, letter: Letter) -> str:
        """Since when a letter that has not left waits."""
        return "" if letter.state == Letter.State.SENT else when(letter.written_at)

    @admin.action(description="Try again to send")
    def try_again(self, request: HttpRequest, chosen: Any) -> None:
        """Puts failed letters back in the queue."""
        messages.success(request, f"{try_again(chosen)} will be tried again.")


class InForce(admin.SimpleListFilter):
    """Whether an entry counts today."""

    title, parameter_name = "in force", "in_force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Today"), ("no", "Not today")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("yes", "no"):
            return queryset
        now = queryset.model.objects.in_force().values("pk")
        return queryset.filter(pk__in=now) if self.value() == "yes" else queryset.exclude(pk__in=now)


class Register(Kept):
    """A register of the readiness check: an entry counts from the next save of a proposal on."""

    actions = ("end_today",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The entry first, then from when until when it counts, and what was changed."""
        last = ("valid_from", "valid_until", *self.readonly_fields)
        return [*(name for name in super().get_fields(request, obj) if name not in last), *last]

    @admin.action(description="No longer use them after today")
    def end_today(self, request: HttpRequest, chosen: Any) -> None:
        """Gives the entries chosen today as their last day, those that have not ended before."""
        today = timezone.localdate()
        ended: list[Entry] = [entry for entry in chosen if entry.valid_until is None or entry.valid_until > today]
        late = [entry for entry in ended if entry.valid_from and entry.valid_from > today]
        for entry in ended:
            if entry not in late:
                before, entry.valid_until = as_lines(entry), today
                entry.save()
                keep_change(entry, before, who(request))
        messages.success(request, f"{len(ended) - len(late)} used until today, then no longer.")
        if late:
            messages.warning(request, f"Not yet begun, so not ended: {', '.join(map(str, late))}.")


@admin.register(Outcome)
class Outcomes(Register):
    """Outcomes and outputs of the Programme and Budget, by biennium."""

    printed = ("title", "title_fr", "title_es")
    list_display = ("biennium", "code", "title", "valid_until")
    list_display_links = ("code", "title")
    list_filter = ("biennium", InForce)
    search_fields = ("code", "title", "title_fr", "title_es")


@admin.register(Instrument)
class Instruments(Register):
    """The ILO's instruments, as they are cited."""

    printed = ("title", "title_fr", "title_es")
    list_display = ("title", "kind", "number", "year", "valid_until")
    list_filter = ("kind", InForce)
    search_fields = ("title", "title_fr", "title_es", "=number", "=year")


@admin.register(Acronym)
class Acronyms(Register):
    """Acronyms: what they stand for, and which of them every reader knows."""

    printed = ("letters", "expansion", "expansion_fr", "expansion_es")
    list_display = ("letters", "expansion", "expansion_fr", "expansion_es", "known", "valid_until")
    list_filter = ("known", InForce)
    search_fields = ("letters", "expansion", "expansion_fr", "expansion_es")


@admin.register(Term)
class Terms(Register):
    """Words not to be used, and those to be written instead."""

    printed = ("instead",)
    list_display = ("words", "instead", "language", "severity", "valid_until")
    list_filter = ("language", "rule", "severity", InForce)
    search_fields = ("words", "instead", "reason")


@admin.register(Word)
class Words(Register):
    """Words that are spelt right though no dictionary has them."""

    list_display = ("word", "language", "valid_until")
    list_filter = ("language", InForce)
    search_fields = ("word",)
