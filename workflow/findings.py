"""What the readiness check finds, for those who submit, with the reasons they give, and for those who decide, who read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from documents.form import Form
from proposals.findings import Told, counted, told
from proposals.models import Event, Proposal
from proposals.reasons import MOST_CHARACTERS, key, reasons_given, tidy
from proposals.sections import form
from proposals.states import State
from readiness.finding import Finding, Severity
from workflow.steps import Case

REASON = "reason:"
"""How the name of an input begins in which a reason is given."""
OPEN_AT_MOST = 3
"""So many warnings those who decide see at once; more are folded."""
WITH_DECIDERS = (State.ENDORSEMENT, State.APPROVAL, State.SUBMITTED)


@dataclass(frozen=True)
class Blocker:
    """A blocker on the page on which an author submits: change the words, or say why they stay."""

    told: Told
    heading: str
    title: str
    typed: str
    trouble: str

    @property
    def name(self) -> str:
        """The name of the input for its reason."""
        return REASON + self.told.key

    @property
    def id(self) -> str:
        """The id of that input."""
        return f"reason-{self.told.key.replace(':', '-')}"


@dataclass(frozen=True)
class Also:
    """What else is found in a section, counted; it stops nothing."""

    heading: str
    counts: str
    address: str


@dataclass(frozen=True)
class Left:
    """One finding as those who decide read it, in which box; a blocker with the reason that its author gave."""

    told: Told
    title: str
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Part:
    """The findings of one severity in a section."""

    heading: str
    found: tuple[Left, ...]


@dataclass(frozen=True)
class Open:
    """What is found in the newest version, for those who decide on it."""

    blockers: list[Part]
    warnings: list[Part]
    hints: list[Part]
    counts: str

    @property
    def count_of_warnings(self) -> str:
        """ "5 warnings": what stands on their fold."""
        return counted([Severity.WARNING] * _count(self.warnings))

    @property
    def count_of_hints(self) -> str:
        """What stands on the fold of the hints."""
        return counted([Severity.HINT] * _count(self.hints))

    @property
    def folds_warnings(self) -> bool:
        """Whether there are so many warnings that they are folded."""
        return _count(self.warnings) > OPEN_AT_MOST


def given(sent: Mapping[str, str]) -> dict[str, str]:
    """The reasons that were sent with a submission, by what each hangs on."""
    return {name.removeprefix(REASON): tidy(text) for name, text in sent.items() if name.startswith(REASON)}


def too_long(reasons: Mapping[str, str]) -> str:
    """Why reasons cannot be kept, as a sentence; empty if they can."""
    return "A reason is too long: see there." if any(len(reason) > MOST_CHARACTERS for reason in reasons.values()) else ""


def blockers(case: Case, sent: Mapping[str, str], complains: bool) -> list[Blocker]:
    """The blockers in a draft, each with the reason that was typed or kept.

    Args:
        sent: what was sent, if the page is shown again; `complains`: whether what is missing then is said beside each.
    """
    return [_blocker(case, name, finding, given(sent), complains) for name, finding in case.found.blockers.items()]


def _blocker(case: Case, name: str, finding: Finding, typed: Mapping[str, str], complains: bool) -> Blocker:
    words, kept = form(case.proposal.language), case.found.kept.get(name)
    reason = typed.get(name, kept.reason if kept else "")
    return Blocker(
        told=Told(finding),
        heading=words.section_of[finding.box].heading,
        title=words.boxes[finding.box].title,
        typed=reason,
        trouble=_trouble(reason) if complains else "",
    )


def also(case: Case) -> list[Also]:
    """What is found in a draft besides blockers, section by section."""
    found = [finding for finding in case.found.findings if finding.severity is not Severity.BLOCKER]
    return [
        Also(section.heading, counts, reverse("section", args=[case.proposal.pk, section.name]))
        for section in form(case.proposal.language).sections
        if (counts := counted(finding.severity for finding in found if finding.section == section.name))
    ]


def for_deciders(proposal: Proposal, events: Sequence[Event]) -> Open | None:
    """What is found in the newest version while somebody decides on it; None if nothing is, or nobody does."""
    if proposal.state not in WITH_DECIDERS or not proposal.frozen:
        return None
    found = told(proposal.frozen)
    if not found:
        return None
    reasons = {key(said["rule"], said["box"], said["quote"]): said for said in reasons_given(events)}
    blocking, warnings, hints = (_parts(found, severity, reasons, form(proposal.frozen.form.language)) for severity in Severity)
    return Open(blocking, warnings, hints, counted(finding.severity for finding in found))


def _trouble(reason: str) -> str:
    if not reason:
        return "Say why these words stay, or change them."
    if len(reason) > MOST_CHARACTERS:
        return f"This reason has {len(reason):,} characters; there is room for {MOST_CHARACTERS:,}."
    return ""


def _parts(found: Sequence[Finding], severity: Severity, reasons: Mapping[str, Mapping[str, str]], words: Form) -> list[Part]:
    parts: dict[str, list[Left]] = {}
    for finding in found:
        if finding.severity is severity:
            said = reasons.get(key(finding.rule, finding.box, finding.quote), {}) if severity is Severity.BLOCKER else {}
            left = Left(Told(finding), words.boxes[finding.box].title, said.get("reason", ""), said.get("by", ""))
            parts.setdefault(words.section_of[finding.box].heading, []).append(left)
    return [Part(heading, tuple(left)) for heading, left in parts.items()]


def _count(parts: Sequence[Part]) -> int:
    return sum(len(part.found) for part in parts)
