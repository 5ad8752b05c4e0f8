"""What is decided on and what was decided: versions, events, posts, issues, PDFs. Written once, never changed.

Each refuses change here and, by trigger, in both databases (migration `records_stay`).
"""

import functools
import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.document import Document


class NeverChanged(Exception):
    """Somebody tried to change or delete what must stay."""


class Record(models.Model):
    """A row that is written once and stays."""

    class Meta:
        abstract = True

    def stays(self) -> bool:
        """Whether the row is written already, and so may not change."""
        return not self._state.adding

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.stays():
            raise NeverChanged(f"{self._meta.verbose_name} {self.pk} is a record: it cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise NeverChanged(f"{self._meta.verbose_name} {self.pk} is a record: it cannot be deleted.")


class Version(Record):
    """A proposal's text as it was submitted: the document's JSON text and its two digests."""

    proposal = models.ForeignKey("proposals.Proposal", models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    answers = models.CharField("digest of the answers", max_length=64)
    seal = models.CharField("digest of answers and wording", max_length=64)
    office = models.ForeignKey("organisation.Office", models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="versions_are_numbered")]

    def __str__(self) -> str:
        return f"version {self.number}"

    @functools.cached_property
    def document(self) -> Document:
        """The frozen text as a value."""
        return Document.from_text(self.text)


class Event(Record):
    """One step of one proposal, chained by hash to the one before it.

    `text` is canonical JSON and says everything in words; the columns beside it are for the database. Its hash covers
    the hash before it, so that no step can be altered, left out or slipped in unseen.
    """

    RECIPE = 2
    """What the text holds; since the second, the reasons for which blockers of the readiness check were left."""

    proposal = models.ForeignKey("proposals.Proposal", models.PROTECT, related_name="events")
    place = models.PositiveIntegerField("place in the proposal's history")
    action = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["proposal", "place"], name="one_event_at_each_place")]
        indexes = [models.Index(fields=["actor", "-at"])]

    def __str__(self) -> str:
        return f"{self.action} of proposal {self.proposal_id}"

    @functools.cached_property
    def said(self) -> dict[str, Any]:
        """What the event says, as data."""
        return dict(json.loads(self.text))

    @staticmethod
    def chained(previous: str, text: str) -> str:
        """The hash of an event after the one with the hash `previous` ("" for a first one)."""
        return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


class Post(Record):
    """A post: its number is given once and for good; it may be issued again in later years."""

    number = models.PositiveIntegerField(unique=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number:04d}"


class Numbering(models.Model):
    """The one row that is locked while a post number is given, so that none is given twice or skipped."""

    FIRST, LAST = 1000, 9999
    ONLY = 1
    """The key of that row; migration `the_counter_of_posts` makes it."""


class Issue(Record):
    """The issue of a post: the proposal behind it, its month and year."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="issues")
    proposal = models.OneToOneField("proposals.Proposal", models.PROTECT, related_name="issue")
    month = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    event = models.OneToOneField(Event, models.PROTECT, related_name="issue")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "year", "month"], name="a_post_is_issued_once_a_month"),
            models.CheckConstraint(condition=models.Q(month__range=(1, 12)), name="months_run_from_1_to_12"),
        ]
        indexes = [models.Index(fields=["-year", "-month", "-id"])]


class Rendition(Record):
    """A PDF that a step made due; the worker prints it once, and from then on it stays, byte for byte."""

    class State(models.TextChoices):
        DUE = "due"
        DONE = "done"
        FAILED = "failed"

    event = models.ForeignKey(Event, models.PROTECT, related_name="renditions")
    version = models.ForeignKey(Version, models.PROTECT, related_name="renditions")
    edition = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True)
    pdf = models.BinaryField(null=True)
    sha256 = models.CharField("digest of the file", max_length=64, blank=True)
    source = models.CharField("digest of the text enclosed in it", max_length=64, blank=True)
    code = models.CharField("check code printed on it", max_length=10, blank=True)
    printed_with = models.CharField(max_length=200, blank=True)
    printed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "edition"], name="a_step_prints_an_edition_once")]
        indexes = [
            models.Index(fields=["state", "id"]),
            models.Index(fields=["sha256"]),
            models.Index(fields=["source"]),
            models.Index(fields=["code"]),
        ]

    def stays(self) -> bool:
        """Whether it is printed, and so may not change; until then the worker notes its attempts."""
        return super().stays() and Rendition.objects.filter(pk=self.pk, state=self.State.DONE).exists()
