"""How far a draft has come: its sections with what is missing in each, in the words of the one list of problems."""

from dataclasses import dataclass
from typing import Any

from documents.document import Document, Problem
from documents.form import Section
from proposals.models import Proposal
from proposals.sections import Section as Row
from proposals.writing import offered


@dataclass(frozen=True)
class Progress:
    """One section of a draft: what stands in the way of its submission, and whether anything was written in it."""

    section: Section
    problems: tuple[Problem, ...]
    begun: bool
    left: int = 0
    """How many pieces of an old file may belong into it, and wait to be dealt with."""

    @property
    def done(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.problems

    @property
    def tag(self) -> str:
        """The word beside the section."""
        if self.done:
            return "Completed"
        if not self.begun:
            return "Not started"
        return "1 thing missing" if len(self.problems) == 1 else f"{len(self.problems)} things missing"

    @property
    def tone(self) -> str:
        """The tone of that word, as the style sheet knows it."""
        return "done" if self.done else "busy" if self.begun else "todo"


def progress(proposal: Proposal, document: Document) -> list[Progress]:
    """The sections of a draft, in the order of the form."""
    return [progress_of(row, document) for row in proposal.sections]


def progress_of(row: Row, document: Document) -> Progress:
    """One section of a draft."""
    section = document.form.section(row.name())
    return Progress(section, tuple(document.problems(section)), _is_begun(row))


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
