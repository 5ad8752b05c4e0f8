"""Slips of language in a box of their own: what is told of a text, for the tables of planted slips."""

from dataclasses import dataclass

from documents import prose
from documents.document import Document
from documents.form import Kind
from proposals.sections import form
from readiness.check import findings
from tests.readiness.registers import SHIPPED


@dataclass(frozen=True)
class Slip:
    """A slip: the words that are marked, what becomes of them (None: there is no fix), and the twin that is right."""

    language: str
    text: str
    quote: str
    fix: str | None
    twin: str
    why: str
    box: str = "introduction"

    def __str__(self) -> str:
        return f"{self.language}: {self.why}"


def told(rule: str, language: str, text: str, box: str = "introduction") -> list[tuple[str, str | None]]:
    """What a rule (or several: "R22 R34") marks in a text and would write there, with the lists as they are shipped."""
    paper_form = form(language)
    answer = prose.from_typed(text) if paper_form.boxes[box].kind is Kind.PROSE else text
    found = findings(Document(paper_form, {box: answer}), paper_form, SHIPPED)
    return [(f.quote, f.fix.text if f.fix else None) for f in found if f.rule in rule.split() and f.box == box]


def is_told(rule: str, slip: Slip) -> None:
    """Asserts that a rule marks a slip and nothing else, and is silent on its twin."""
    assert told(rule, slip.language, slip.text, slip.box) == [(slip.quote, slip.fix)]
    assert told(rule, slip.language, slip.twin, slip.box) == []
