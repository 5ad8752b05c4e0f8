"""Letters: the outbox. A row per person and occasion, written with the event, sent by the worker after the commit."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from proposals.models import Proposal, Rendition


class Letter(models.Model):
    """A letter to one person. Its key is given once, so that nobody is written to twice about the same thing."""

    class State(models.TextChoices):
        DUE = "due", "Waiting to be sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be sent"

    key = models.CharField(max_length=200, unique=True)
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="letters")
    to_name = models.CharField(max_length=150, blank=True)
    to_address = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    enclosure = models.ForeignKey(Rendition, models.PROTECT, null=True, related_name="letters")
    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    written_at = models.DateTimeField(db_default=Now())  # one clock for all: the database's
    due_at = models.DateTimeField(db_default=Now())
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField("what the mail server said", blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="due"), name="letters_due"),
            models.Index(fields=["proposal", "to_address", "id"], condition=Q(state="due"), name="letters_in_order"),
            models.Index(fields=["id"], condition=Q(state="failed"), name="letters_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} – to {self.to_address}"


class Heartbeat(models.Model):
    """The one row that says when a worker was last at work."""

    seen_at = models.DateTimeField()
