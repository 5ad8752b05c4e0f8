"""Reasons: why an author leaves words as they are at which the readiness check stops a submission."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from documents.document import Document
from documents.prose import clean_line
from organisation.models import User
from proposals.findings import key, told
from proposals.models import Event, Kept, Proposal
from proposals.policy import Role
from proposals.writing import NotWritable, closed
from readiness.finding import Finding, Severity

MOST_CHARACTERS = 1000


@dataclass(frozen=True)
class Found:
    """What is found in a proposal's text, and the reasons that were given for blockers in it."""

    findings: tuple[Finding, ...]
    kept: Mapping[str, Kept]

    @functools.cached_property
    def blockers(self) -> dict[str, Finding]:
        """The blockers, by what a reason hangs on: the same words in the same box count once."""
        return blockers(self.findings)

    @property
    def unexplained(self) -> list[Finding]:
        """Those for which nobody has given a reason: they stop the submission."""
        return [finding for name, finding in self.blockers.items() if name not in self.kept]


def found_in(proposal: Proposal, document: Document) -> Found:
    """What is found in a proposal's text; a reason whose words have changed has fallen away."""
    findings = told(document)
    grave = blockers(findings)
    kept = _all(proposal) if grave else {}
    return Found(findings, {name: kept[name] for name in grave if name in kept})


def blockers(findings: Iterable[Finding]) -> dict[str, Finding]:
    """The blockers among findings, by what a reason hangs on."""
    graves: dict[str, Finding] = {}
    for finding in findings:
        if finding.severity is Severity.BLOCKER:
            graves.setdefault(key(finding.rule, finding.box, finding.quote), finding)
    return graves


def sealed(found: Found) -> list[dict[str, str]]:
    """The blockers that stand with a reason, as the event of the submission says them for good."""
    reasons = [(found.blockers[name], kept) for name, kept in found.kept.items()]
    return [
        {"rule": finding.rule, "box": finding.box, "quote": finding.quote, "reason": kept.reason, "by": kept.by.name}
        for finding, kept in reasons
    ]


def reasons_given(events: Sequence[Event]) -> list[dict[str, str]]:
    """The reasons that went with the newest submission; events of an older recipe had none."""
    return next((event.said.get("reasons", []) for event in reversed(events) if event.action == "submit"), [])


@transaction.atomic
def keep(pk: int, user: User, given: Mapping[str, str]) -> None:
    """Keeps reasons for blockers that stand in a proposal's text now; an empty one takes the reason away.

    Args:
        given: by key; what belongs to words that are no longer found is left out.

    Raises:
        Proposal.DoesNotExist: there is none, or not for this writer.
        NotWritable: the proposal has left its authors' hands.
    """
    proposal = Proposal.objects.locked(pk, Role.AUTHOR.where(user))
    if sentence := closed(proposal):
        raise NotWritable(sentence)
    grave = blockers(told(proposal.document()))
    stood = _all(proposal)
    for name, reason in given.items():
        if name in grave and reason != (stood[name].reason if name in stood else ""):
            _put(proposal, user, grave[name], reason, stood.get(name))


def tidy(text: Any) -> str:
    """A reason as it is kept: lines of plain text, without the characters that no database holds."""
    return "\n".join(map(clean_line, str(text).replace("\r\n", "\n").replace("\r", "\n").split("\n"))).strip()


def _all(proposal: Proposal) -> dict[str, Kept]:
    return {key(kept.rule, kept.box, kept.quote): kept for kept in proposal.kept.select_related("by")}


def _put(proposal: Proposal, user: User, finding: Finding, reason: str, stood: Kept | None) -> None:
    if stood and not reason:
        stood.delete()
        return
    kept = stood or Kept(proposal=proposal, rule=finding.rule, box=finding.box, quote=finding.quote)
    kept.reason, kept.by, kept.at = reason, user, timezone.now()
    kept.save()
