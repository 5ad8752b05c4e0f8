"""How far a draft has come: its sections with what is missing in each, in the words of the one list of problems."""

from dataclasses import dataclass
from typing import Any

from documents.document import Document, Problem
from documents.form import Section
from proposals.findings import counted
from proposals.models import Proposal
from proposals.reasons import Found, found_in
from proposals.sections import Section as Row
from proposals.writing import offered
from readiness.finding import Finding, Severity


@dataclass(frozen=True)
class Progress:
    """One section of a draft: what stands in the way of its submission, and whether anything was written in it."""

    section: Section
    problems: tuple[Problem, ...]
    begun: bool
    found: tuple[Finding, ...] = ()
    blockers: int = 0
    """How many of what is found stop the submission: those for which nobody has given a reason."""
    left: int = 0
    """How many pieces of an old file may belong into it, and wait to be dealt with."""

    @property
    def done(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problems and not self.blockers

    @property
    def counts(self) -> str:
        """What is found in it, counted; without what its tag says already."""
        told_by_tag = self.blockers and not self.problems
        return counted(found.severity for found in self.found if not (told_by_tag and found.severity is Severity.BLOCKER))

    @property
    def tag(self) -> str:
        """The word beside the section."""
        if self.done:
            return "Completed"
        if not self.begun:
            return "Not started"
        if not self.problems:
            return counted([Severity.BLOCKER] * self.blockers)
        return "1 thing missing" if len(self.problems) == 1 else f"{len(self.problems)} things missing"

    @property
    def tone(self) -> str:
        """The tone of that word, as the style sheet knows it."""
        if not self.problems and self.blockers:
            return "warn"
        return "done" if self.done else "busy" if self.begun else "todo"


def progress(proposal: Proposal, document: Document, found: Found | None = None) -> list[Progress]:
    """The sections of a draft, in the order of the form.

    Args:
        found: what is found in it, if that is known already.
    """
    found = found or found_in(proposal, document)
    return [_progress_of(row, document, found) for row in proposal.sections]


def _progress_of(row: Row, document: Document, found: Found) -> Progress:
    section = document.form.section(row.name())
    return Progress(
        section=section,
        problems=tuple(document.problems(section)),
        begun=_is_begun(row),
        found=tuple(finding for finding in found.findings if finding.section == section.name),
        blockers=sum(finding.section == section.name for finding in found.unexplained),
    )


def title(document: Document) -> str:
    """What pages call a draft."""
    return "Untitled proposal" if document.form.boxes["title"].is_empty(document["title"]) else document.title


def frame(proposal: Proposal, document: Document) -> dict[str, Any]:
    """What every drafting page says about its proposal."""
    return {"proposal": proposal, "title": title(document)}


def _is_begun(row: Row) -> bool:
    """Whether somebody wrote in a section: more stands there than a blank form offers."""
    if row.revision:
        return True
    blank = offered(row.proposal.office, row.proposal.language)
    return any(getattr(row, field.name) not in ("", field.tidy(blank[field.name])) for field in row.fields())
