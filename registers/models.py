"""The registers: outcomes, instruments, acronyms, terms and words, each entry with its validity, and what was changed in them."""

import datetime
import re
import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from documents.prose import clean_line

LANGUAGES = [("en", "English"), ("fr", "French"), ("es", "Spanish")]


class Edition(models.Model):
    """One row, whose token is another after every change: who keeps a copy of the registers sees that it is old."""

    ONLY = 1
    token = models.CharField(max_length=32, editable=False, default="")

    def __str__(self) -> str:
        return self.token

    @classmethod
    def renew(cls) -> None:
        """Says that something is no longer what it was; belongs into the transaction that changes it."""
        cls.objects.update_or_create(pk=cls.ONLY, defaults={"token": uuid.uuid4().hex})


class Entries(models.QuerySet[Any]):
    """Entries of a register, by day."""

    def in_force(self, day: datetime.date | None = None) -> "Entries":
        """Those that count on a day (today)."""
        day = day or timezone.localdate()
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class Entry(models.Model):
    """An entry of a register; nothing is deleted: what is no longer used has a last day."""

    valid_from = models.DateField("valid from", null=True, blank=True, help_text="Empty: since ever.")
    valid_until = models.DateField(
        "valid until", null=True, blank=True, help_text="The last day. Nothing is deleted here: what is no longer used ends."
    )

    objects = Entries.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="%(class)s_ends_after_it_begins",
                violation_error_message="The entry ends before it begins.",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves with tidy lines, and tells everybody who keeps a copy."""
        self._tidy()
        super().save(*args, **kwargs)
        Edition.renew()

    def clean(self) -> None:
        """Tidies the lines before they are judged, so that a space too many makes no second entry."""
        self._tidy()

    def _tidy(self) -> None:
        for field in self._meta.fields:
            if isinstance(field, models.CharField):
                setattr(self, field.name, clean_line(getattr(self, field.name)))


def is_biennium(text: str) -> None:
    """Refuses what is no biennium.

    Raises:
        ValidationError: saying how one is written.
    """
    found = re.fullmatch(r"(20\d\d)-(\d\d)", text)
    if not found or int(found[1]) % 2 or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValidationError(f"“{text}” is no biennium: it begins in an even year and is written like 2026-27.")


def is_outcome_code(text: str) -> None:
    """Refuses what is no number of an outcome or output.

    Raises:
        ValidationError: saying how one is written.
    """
    if not re.fullmatch(r"[1-9]\d?(\.[1-9]\d?){0,2}", text):
        raise ValidationError(f"“{text}” is no number of an outcome: write 1 for an outcome, 1.2 for an output, 1.2.3 below it.")


class Outcome(Entry):
    """An outcome or output of the Programme and Budget of one biennium."""

    biennium = models.CharField(max_length=7, validators=[is_biennium], help_text="As it is written: 2026-27.")
    code = models.CharField(
        "number", max_length=8, validators=[is_outcome_code], help_text="1 for an outcome, 1.2 for an output of it."
    )
    title = models.CharField("title in English", max_length=300)
    title_fr = models.CharField("title in French", max_length=300, blank=True)
    title_es = models.CharField("title in Spanish", max_length=300, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "Programme and Budget outcome"
        ordering = ["-biennium", "code"]
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["biennium", "code"],
                name="one_title_for_an_outcome",
                violation_error_message="This outcome of this biennium is in the register already; change its entry.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.biennium}, {self.code}: {self.title}"


class Instrument(Entry):
    """An instrument of the ILO, as it is cited."""

    class Kind(models.TextChoices):
        CONVENTION = "Convention"
        RECOMMENDATION = "Recommendation"
        PROTOCOL = "Protocol"
        DECLARATION = "Declaration"

    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField(default=0, help_text="Of a Protocol: that of its Convention. 0: it bears none.")
    year = models.PositiveSmallIntegerField("year of adoption")
    title = models.CharField(
        "title in English", max_length=300, help_text="Without year and number: Migration for Employment Convention (Revised)."
    )
    title_fr = models.CharField(
        "title in French", max_length=300, blank=True, help_text="Convention sur les travailleurs migrants (révisée)."
    )
    title_es = models.CharField(
        "title in Spanish", max_length=300, blank=True, help_text="Convenio sobre los trabajadores migrantes (revisado)."
    )

    class Meta(Entry.Meta):
        verbose_name = "ILO instrument"
        ordering = ["kind", "number", "year"]
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["kind", "number", "year"],
                name="one_entry_for_an_instrument",
                violation_error_message="This instrument is in the register already; change its entry.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.year}{f' (No. {self.number})' if self.number else ''}"

    def clean(self) -> None:
        super().clean()
        if self.year is not None and not 1919 <= self.year <= timezone.localdate().year:
            raise ValidationError({"year": f"The ILO adopts instruments since 1919, and none yet in {self.year}."})
        if self.number == 0 and self.kind in (self.Kind.CONVENTION, self.Kind.RECOMMENDATION):
            raise ValidationError({"number": f"A {self.kind} has a number."})


def is_acronym(text: str) -> None:
    """Refuses what no text would take for an acronym.

    Raises:
        ValidationError: saying what one is.
    """
    if not re.fullmatch(r"[^\W_][\w&/+.-]*", text) or sum(letter.isupper() for letter in text) < 2:
        raise ValidationError(f"“{text}” is no acronym: write its letters without spaces, at least two of them capitals.")


class Acronym(Entry):
    """An acronym: what it stands for, or that every reader knows it."""

    letters = models.CharField(
        max_length=30,
        unique=True,
        validators=[is_acronym],
        help_text="In the singular: DWCP.",
        error_messages={"unique": "This acronym is in the register already; change its entry."},
    )
    expansion = models.CharField("in English", max_length=200, blank=True)
    expansion_fr = models.CharField("in French", max_length=200, blank=True)
    expansion_es = models.CharField("in Spanish", max_length=200, blank=True)
    known = models.BooleanField(
        "known to every reader", default=False, help_text="Tick it for what may stand unexpanded; the rest must be expanded once."
    )

    class Meta(Entry.Meta):
        ordering = ["letters"]

    def __str__(self) -> str:
        return self.letters

    def clean(self) -> None:
        super().clean()
        if not self.known and not (self.expansion or self.expansion_fr or self.expansion_es):
            raise ValidationError("Say what the acronym stands for, or that every reader knows it.")


class Term(Entry):
    """Words not to be used, what is written instead, and why."""

    class Rule(models.TextChoices):
        NAME = "R23", "Official name or current term"
        OFFICE = "R10", "Former name of an office"
        LANGUAGE = "R22", "Spelling or grammar"
        INCLUSIVE = "R34", "Inclusive language"
        PROMISE = "R19", "Money or a promise that is the donor's"

    class Severity(models.TextChoices):
        BLOCKER = "B", "Blocker"
        WARNING = "W", "Warning"
        HINT = "H", "Hint"

    language = models.CharField(max_length=2, choices=LANGUAGES)
    words = models.CharField("words to find", max_length=150, help_text="Capitals do not matter, unless only they are wrong.")
    instead = models.CharField(
        "words to be written instead",
        max_length=150,
        blank=True,
        help_text="Offered with one click. Several, parted by “ / ”, are only named. Empty: nothing is offered.",
    )
    reason = models.CharField(max_length=250, help_text="A sentence to the author: why not, in plain words.")
    rule = models.CharField("told under", max_length=3, choices=Rule, default=Rule.NAME)
    severity = models.CharField(
        max_length=1,
        choices=Severity,
        default=Severity.WARNING,
        help_text="A blocker stops submission unless the author gives a reason; hints are folded away.",
    )

    class Meta(Entry.Meta):
        ordering = ["language", "words"]
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["language", "words"],
                name="one_entry_for_words",
                violation_error_message="These words are in the register already; change their entry.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.instead}" if self.instead else self.words

    def clean(self) -> None:
        super().clean()
        if self.words and self.words == self.instead:
            raise ValidationError({"instead": "These are the very words that are not to be used."})
        if self.words and not re.search(r"\w", self.words):
            raise ValidationError({"words": "Write words; signs alone cannot be found."})


class Word(Entry):
    """A word that is spelt right though no dictionary has it."""

    word = models.CharField(max_length=60, help_text="One word, with its capitals: Kampala, upskilling.")
    language = models.CharField(max_length=2, choices=LANGUAGES, blank=True, help_text="Empty: in all three.")

    class Meta(Entry.Meta):
        ordering = ["word"]
        verbose_name = "accepted word"
        constraints = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["word", "language"],
                name="one_entry_for_a_word",
                violation_error_message="This word is in the register already.",
            ),
        ]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        super().clean()
        if re.search(r"\s", self.word):
            raise ValidationError({"word": "One word to an entry."})


class Change(models.Model):
    """One change of an entry of some register: by whom, when, and the lines as they were and as they became."""

    register = models.CharField(max_length=30, editable=False)
    entry = models.PositiveBigIntegerField(editable=False)
    by = models.CharField(max_length=200, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    before = models.JSONField(default=dict, editable=False)
    after = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["register", "entry"], name="changes_of_an_entry")]

    def __str__(self) -> str:
        return f"{self.by}: {'; '.join(self.lines)}"

    @property
    def lines(self) -> list[str]:
        """What changed, line by line: "valid until: nothing → “2026-12-31”"."""
        names = {**self.before, **self.after}
        return [f"{name}: {_said(self.before.get(name))} → {_said(self.after.get(name))}" for name in names]


def _said(words: str | None) -> str:
    return f"“{words}”" if words else "nothing"


def as_lines(entry: models.Model | None) -> dict[str, str]:
    """What can be changed in an entry, in words, by the names that its form shows; nothing where there is none yet."""
    if entry is None:
        return {}
    fields = [field for field in entry._meta.fields if field.editable and not field.primary_key]
    return {str(field.verbose_name): _in_words(entry, field) for field in fields}


def _in_words(entry: models.Model, field: Any) -> str:
    value = getattr(entry, field.name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.choices:
        return str(dict(field.flatchoices).get(value, ""))
    return "" if value is None else str(value)


def keep_change(entry: models.Model, before: dict[str, str], by: str) -> None:
    """Keeps what a person changed in an entry that is saved now; nothing, where nothing is another.

    Args:
        before: its lines as they were (`as_lines`); empty for a new one.
        by: who changed it, in words; the change outlives the account.
    """
    after = as_lines(entry)
    names = [name for name in after if after[name] != before.get(name, "")]
    if names:
        Change.objects.create(
            register=register_of(entry),
            entry=entry.pk,
            by=by,
            before={name: before[name] for name in names if name in before},
            after={name: after[name] for name in names},
        )
        Edition.renew()


def changes_of(entry: models.Model) -> models.QuerySet[Change]:
    """What was changed in an entry, the newest first."""
    return Change.objects.filter(register=register_of(entry), entry=entry.pk)


def register_of(entry: models.Model) -> str:
    """The name of the register an entry stands in: "outcome"."""
    return str(entry._meta.model_name)
