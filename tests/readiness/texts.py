"""Clean proposals in three languages, into which tests plant a defect, and the check over them."""

import functools
import json
import re
from pathlib import Path

from documents import prose
from documents.document import Document
from documents.form import Kind
from proposals.sections import form
from readiness.check import findings
from readiness.finding import Finding
from readiness.registers import Registers

DEMONSTRATION = Path(__file__).resolve().parents[2] / "workflow" / "demonstration"
CLEAN = {
    "en": DEMONSTRATION / "01-youth-apprenticeships.json",
    "fr": DEMONSTRATION / "09-dakar-apprentissage-artisanal.json",
    "es": DEMONSTRATION / "10-datos-economia-informal.json",
}
NONE = Registers()


@functools.cache
def clean(language: str) -> Document:
    """A clean proposal of our own in a language."""
    data = json.loads(CLEAN[language].read_text(encoding="utf-8"))
    return Document(form(language), data["boxes"], field_post=bool(data.get("field_post")))


def planted(language: str, **boxes: str) -> Document:
    """The clean proposal with other text in some boxes: prose as HTML or as it is typed, "- " for items."""
    document = clean(language)
    answers = dict(document.answers) | {
        name: prose.from_typed(text) if document.form.boxes[name].kind is Kind.PROSE else text for name, text in boxes.items()
    }
    return Document(document.form, answers, field_post=document.field_post)


def found(document: Document, registers: Registers = NONE) -> tuple[Finding, ...]:
    """Its findings."""
    return findings(document, document.form, registers)


def of_rule(document: Document, rule: str, box: str, registers: Registers = NONE) -> list[Finding]:
    """Its findings by a rule in a box."""
    return [finding for finding in found(document, registers) if finding.rule == rule and finding.box == box]


def written() -> list[Path]:
    """Ten clean proposals more, written for these tests: a file each, a box under its name in brackets."""
    return sorted((Path(__file__).parent / "clean").glob("*.txt"))


def document_of(path: Path) -> Document:
    """The document of such a file."""
    head, *boxes = re.split(r"^\[(\w+)\]\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    said = dict(line.split(": ") for line in head.split("\n") if line)
    typed = dict(zip(boxes[::2], boxes[1::2], strict=True))
    paper_form = form(said["language"])
    answers = {
        name: prose.from_typed(typed.get(name, "")) if box.kind is Kind.PROSE else typed.get(name, "").strip()
        for name, box in paper_form.boxes.items()
    }
    return Document(paper_form, answers, field_post="field_post" in said)
