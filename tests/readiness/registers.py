"""Registers for tests of rules: those that are shipped, with a few invented offices and outcomes."""

import datetime
from dataclasses import dataclass, replace

from documents.document import Document
from proposals.checking import as_shipped
from readiness.check import whole
from readiness.finding import Finding, Mark, Severity
from readiness.mending import mended
from readiness.registers import OfficeEntry, Outcome, Registers
from readiness.rules import RULES

TODAY = datetime.date(2026, 11, 26)
SHIPPED = as_shipped(TODAY)
"""What a fresh installation knows: no office, no outcome."""

OFFICES = (
    OfficeEntry(
        "TIDEWORK",
        ("Department of Coastal Work", "Département du travail côtier", "Departamento de Trabajo Costero"),
        ("Harbour and Coast Department", "PORTWORK"),
        "Geneva, Switzerland",
    ),
    OfficeEntry("TIDEWORK/LANTERN", ("Lighthouse Crafts Branch", "", ""), ("Beacon Branch",), "Geneva, Switzerland"),
    OfficeEntry("CO-Jakarta", ("Country Office for Indonesia and Timor-Leste", "", ""), (), "Jakarta, Indonesia"),
    OfficeEntry("CO-Dakar", ("Country Office for Senegal", "Bureau de pays pour le Sénégal", ""), (), "Dakar, Senegal"),
)
OUTCOMES = (
    Outcome("2026-27", "3", "Invented harbours for invented work"),
    Outcome("2026-27", "3", "Des ports inventés pour un travail inventé", "fr"),
    Outcome("2026-27", "3.2", "Invented lighthouses"),
    Outcome("2026-27", "4", "Invented tides"),
)
KNOWN = replace(SHIPPED, offices=OFFICES, outcomes=OUTCOMES)
"""What the JPO unit has entered beside it."""


@dataclass(frozen=True)
class Told:
    """What one rule tells: where, how grave, on which words, and what they become."""

    box: str
    severity: Severity
    quote: str
    mark: Mark


def told(document: Document, code: str, registers: Registers) -> list[Told]:
    """What the rules of one code tell of a document; the others are not asked, which is quicker by far."""
    ready = whole(document, document.form, registers)
    passages = ready.passages
    marks = []
    for rule in RULES:
        if rule.code == code:
            written = {name: passage for name, passage in passages.items() if not passage.is_empty}
            marks += [(name, mark, rule) for name, passage in written.items() for mark in rule.marks_in(passage, registers)]
        if rule.code == code and rule.compares:
            marks += [(mark.box, mark, rule) for mark in rule.compares(ready)]
    return [
        Told(name, mark.severity or rule.severity, passages[name].text[mark.start : mark.end], mark) for name, mark, rule in marks
    ]


def mended_with(document: Document, one: Told) -> str:
    """The answer of a box with the fix of what is told there."""
    box = document.form.boxes[one.box]
    finding = Finding("", one.severity, "", one.box, one.mark.start, one.mark.end, one.quote, "", one.mark.fix)
    return mended(box, document[one.box], finding)
