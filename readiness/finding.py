"""A finding: what a rule saw, where, how much it matters, and, where that is safe, how to mend it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding matters; it belongs to the finding, not to the rule."""

    BLOCKER = "B"
    """Stops submission, unless the author gives a reason."""
    WARNING = "W"
    HINT = "H"

    @property
    def word(self) -> str:
        """The word for people."""
        return {"B": "Blocker", "W": "Warning", "H": "Hint"}[self.value]


class How(StrEnum):
    """What a fix does with the words of its finding."""

    WORDS = "words"
    """Writes others in their place."""
    LINK = "link"
    """Makes them a link."""
    LIST = "list"
    """Makes them a list, an item for each line of the fix."""


@dataclass(frozen=True)
class Fix:
    """How a finding may be mended with one click: the text to be written, the address of a link, or the lines of a list."""

    text: str
    how: How = How.WORDS


@dataclass(frozen=True)
class Mark:
    """What a rule marks in a text: from where to where, in the plain text of a box.

    `sentence` speaks to the author; empty, the rule's own reason and advice are told. So with `severity`. `box` is the
    box's name; rules that look at one box leave it empty.
    """

    start: int
    end: int
    sentence: str = ""
    fix: Fix | None = None
    severity: Severity | None = None
    box: str = ""


@dataclass(frozen=True)
class Finding:
    """A mark as it is told: by which rule, in which section and box, with the words it stands on.

    `start` and `end` count characters of the box's plain text (`documents.prose.text` for prose, else the answer);
    `text[start:end] == quote`. Where the box itself is the matter, all of them are empty.
    """

    rule: str
    severity: Severity
    section: str
    box: str
    start: int
    end: int
    quote: str
    sentence: str
    fix: Fix | None = None
    missing: bool = False
    """Whether the form itself tells it, as what stands in the way of submission (`Document.problems`)."""

    def to_json(self) -> dict[str, Any]:
        """The finding as plain data."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "section": self.section,
            "box": self.box,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "sentence": self.sentence,
            "fix": self.fix.text if self.fix else None,
        }
