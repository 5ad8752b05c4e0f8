"""Proposals and those who write them; what is decided on stands in `proposals.records`."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import FilteredRelation, Q
from django.utils import timezone
from django.utils.functional import cached_property

from documents.document import Document
from organisation.models import Office, User
from proposals.records import Event, Issue, Post, Rendition, Version
from proposals.sections import TEMPLATE, Section, form
from proposals.states import WRITABLE, State
from proposals.titles import IndexedTitle

__all__ = [
    "Act",
    "Colleague",
    "Doubt",
    "EarlierText",
    "Event",
    "IndexedTitle",
    "Issue",
    "Kept",
    "Note",
    "Post",
    "Presence",
    "Proposal",
    "Rendition",
    "Version",
]


SUBMITTED_ONCE = Q(version__isnull=False) & ~Q(state=State.DRAFT)
"""A draft is seen by its authors alone; so is anything that was never submitted."""
IN_HAND = Q(state__in=WRITABLE)
"""It is for its authors to go on."""
EVER_MOVED = Q(place__gt=0)
"""Somebody has taken a step."""


class Proposals(models.QuerySet["Proposal"]):
    """Proposals, fetched as they are needed."""

    def whole(self) -> "Proposals":
        """With all seven sections, office and author: one query."""
        return self.select_related(
            "office__region", "office__parent", "author", "version", "post", *(s.accessor() for s in TEMPLATE)
        )

    def locked(self, pk: int, condition: Q | None = None) -> "Proposal":
        """One proposal, whole, held against every other writer until the transaction ends; edits and steps begin so.

        Two queries on purpose: the row is read after the lock is held, or its sections would be those of before.

        Raises:
            Proposal.DoesNotExist: there is none, or it does not meet the condition.
        """
        self.select_for_update().values_list("pk").get(pk=pk)
        return self.whole().get(condition or Q(), pk=pk)

    def with_colleagues(self, pk: int) -> "Proposal":
        """One proposal, whole, and who writes in it: one query, whose answer has a row for each colleague.

        Raises:
            Proposal.DoesNotExist: there is none.
        """
        now = FilteredRelation("colleagues", condition=Q(colleagues__until__isnull=True))
        rows = self.whole().annotate(one=now).select_related("one__user").filter(pk=pk).order_by("one")  # type: ignore[misc]
        found = list(rows)
        if not found:
            raise Proposal.DoesNotExist
        colleagues = [getattr(row, "one", None) for row in found]
        found[0].colleagues_now = [one.user for one in colleagues if one and one.user.is_active]
        return found[0]


class Proposal(models.Model):
    """A vacancy proposal for a Junior Professional Officer."""

    LANGUAGES = [("en", "English"), ("fr", "French"), ("es", "Spanish")]

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    office = models.ForeignKey(Office, models.PROTECT, related_name="proposals")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    named_to_donors = models.BooleanField("the supervisor agrees to be named to donors", default=False)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    since = models.DateTimeField("in this state since", default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    place = models.PositiveIntegerField("number of steps taken", default=0)
    title = models.CharField("title, for lists", max_length=400, blank=True, default="")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+", verbose_name="newest version")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="proposals")
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="followed_by")

    objects = Proposals.as_manager()

    class Meta:
        indexes = [  # one for each part of a list in `workflow.lists`, in the order in which it is shown
            models.Index(fields=["author", "-since", "-id"]),
            models.Index(fields=["author", "-since", "-id"], condition=EVER_MOVED, name="moved_of_an_author"),
            models.Index(fields=["author", "-since", "-id"], condition=IN_HAND, name="waiting_for_an_author"),
            models.Index(fields=["office", "-since", "-id"], condition=SUBMITTED_ONCE, name="seen_by_a_director"),
            models.Index(fields=["office", "state", "-since", "-id"], name="waiting_for_a_director"),
            models.Index(fields=["state", "-since", "-id"]),
            models.Index(fields=["-since", "-id"], condition=SUBMITTED_ONCE, name="seen_by_the_jpo_unit"),
        ]

    def __str__(self) -> str:
        return self.title or "Untitled proposal"

    @property
    def is_writable(self) -> bool:
        """Whether its author may write in it now."""
        return self.state in WRITABLE

    @property
    def is_field(self) -> bool:
        """Whether it is for a field post; follows from the office's entry in the register, never from the city."""
        return self.office.is_field

    @property
    def why_field(self) -> str:
        """The reason, for the author: "Field post: CO-Jakarta, Asia and the Pacific"."""
        return f"Field post: {self.office}, {self.office.region}" if self.is_field else f"Headquarters post: {self.office}"

    @property
    def sections(self) -> list[Section]:
        """Its section rows, in the order of the form."""
        return [getattr(self, section.accessor()) for section in TEMPLATE]

    def document(self) -> Document:
        """What its boxes say now, as a value."""
        return Document(
            form=form(self.language),
            answers={name: answer for section in self.sections for name, answer in section.answers().items()},
            office=self.office.code,
            field_post=self.is_field,
            named_to_donors=self.named_to_donors,
        )

    @cached_property
    def colleagues_now(self) -> list[User]:
        """The colleagues who write in it now, in the order in which they were invited, and may sign in."""
        now = self.colleagues.filter(until__isnull=True, user__is_active=True)
        return [colleague.user for colleague in now.select_related("user").order_by("pk")]

    @cached_property
    def frozen(self) -> Document | None:
        """The newest version's document, as it was frozen; None before the first submission."""
        return self.version.document if self.version else None

    def newest(self, for_author: bool) -> Document | None:
        """What a reader may see: its author the live text while it is writable, everybody else the newest version."""
        return self.document() if for_author and (self.is_writable or not self.version) else self.frozen

    def seen(self, for_author: bool = False) -> str:
        """What a page shows, as a token: the place in the proposal's history and the seal of the text on the screen.

        A step is taken only on what the person has seen; the place keeps a replayed page from acting twice.
        """
        document = self.document() if for_author and self.is_writable else self.frozen
        seal = document.seal() if document else self.document().seal()
        return f"{self.place}-{seal}"


class Colleague(models.Model):
    """Somebody who writes, or once wrote, in a proposal beside its author."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="colleagues")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="a_colleague_is_invited_once")]


class Act(models.Model):
    """Somebody was let into a proposal, taken out of it, or given it; kept beside `Colleague`, which says who writes now.

    It outlives a draft that is deleted: how many people somebody has invited in a day must not be forgotten with it.
    """

    class Kind(models.TextChoices):
        INVITED = "invited"
        REMOVED = "removed"
        HANDED_OVER = "handed over"

    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, related_name="acts")
    kind = models.CharField(max_length=20, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["by", "kind", "at"], name="acts_of_a_day")]

    def __str__(self) -> str:
        match self.kind:
            case Act.Kind.INVITED:
                return f"{self.by} invited {self.person}"
            case Act.Kind.REMOVED:
                return f"{self.person} left" if self.by_id == self.person_id else f"{self.by} removed {self.person}"
        return f"{self.by} handed it over to {'themselves' if self.by_id == self.person_id else self.person}"


class Presence(models.Model):
    """Who has a section open, and when their page last said so."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="presences")
    section = models.CharField(max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "section", "user"], name="somebody_is_present_once")]


class Note(models.Model):
    """A word among authors beside a box; never printed, never part of a version."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="notes")
    box = models.CharField(max_length=60)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["proposal", "box", "id"])]


class Kept(models.Model):
    """Why an author leaves words as they are at which the readiness check stops; it holds while a rule finds these very words."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="kept")
    box = models.CharField(max_length=60)
    rule = models.CharField(max_length=10)
    quote = models.TextField(blank=True)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class EarlierText(models.Model):
    """What stood in a section before somebody wrote over it; or a text that was typed and could not be saved.

    The latter holds the boxes alone that were typed, and has no time at which it was written in the section.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="earlier_texts")
    section = models.CharField(max_length=60)
    revision = models.PositiveIntegerField()
    answers = models.JSONField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["proposal", "section", "-id"])]

    @property
    def stood(self) -> bool:
        """Whether it ever stood in the section."""
        return self.written_at is not None


class Doubt(models.Model):
    """Text of an old file for which the reader found no certain place; kept until somebody has dealt with it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="doubts")
    box = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    why = models.TextField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["proposal"], condition=Q(settled_at__isnull=True), name="open_doubts")]


def answers_of(source: Any) -> dict[str, str]:
    """Answers by box, of a document or a mapping, with the boxes this edition of the form knows."""
    return {field.name: source[field.name] for section in TEMPLATE for field in section.fields() if field.name in source}
