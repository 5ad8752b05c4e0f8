"""What a rule is: its code, how much it matters, why it is there, what to do, and the function that sees it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from documents.document import Document
from readiness.finding import Mark, Severity
from readiness.passage import Passage
from readiness.registers import Registers
from readiness.wording import Wording


@dataclass(frozen=True, eq=False)
class Whole:
    """A whole document as the rules read it: the passages of its boxes by name, and the registers."""

    document: Document
    wording: Wording
    registers: Registers
    passages: Mapping[str, Passage]

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.wording.form.language


InOneBox = Callable[[Passage, Registers], Iterable[Mark]]
InTheWhole = Callable[[Whole], Iterable[Mark]]


@dataclass(frozen=True)
class Rule:
    """One rule. `sees` looks at one box and is asked again only when its text has changed; `compares` looks at them all."""

    code: str
    severity: Severity
    reason: str
    advice: str
    sees: InOneBox | None = None
    compares: InTheWhole | None = None
    only: tuple[str, ...] = ()
    """The only boxes it looks at; empty: every box that takes text."""

    def marks_in(self, passage: Passage, registers: Registers) -> Iterable[Mark]:
        """What it marks in one box, if it looks at that one by itself."""
        if self.sees and (not self.only or passage.box.name in self.only):
            return self.sees(passage, registers)
        return ()

    def sentence(self, mark: Mark) -> str:
        """What the author is told."""
        return mark.sentence or f"{self.reason} {self.advice}".strip()
