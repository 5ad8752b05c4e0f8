"""What a careful reader marked in three real proposals, and how much of it the check finds; where they lie beside the repository."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from documents import prose
from documents.document import Document
from documents.form import Kind
from documents.reader import read_in_its_language
from proposals.checking import check
from proposals.sections import form
from readiness.finding import Finding
from tests.seeds import FOLDER, how_many_seen, seeds

MARKED = FOLDER.parent / "readiness" / "known-defects.csv"

WHY_MISSED = {
    ("2373-2023-09", "education_minimum", "R24"): "the reader takes the label of an old file for the label it is, and drops it",
    ("2373-2023-09", "duties", "R29"): "it is told at the later of the two places",
    ("2373-2023-09", "title", "R22"): "the form allows “on” as well as “in”",
    (
        "2235-2024-01",
        "supervisor_name",
        "R05",
    ): "it is told in the note on general supervision, where the reader puts the sentence",
    ("2235-2024-01", "learning_elements", "R29"): "goals named by their official titles, which may be named twice",
}
"""Misses that are known, each with its reason; any other of what a machine can see is a surprise."""


@dataclass(frozen=True)
class Marked:
    """A defect as the careful reader marked it."""

    proposal: str
    box: str
    rule: str
    severity: str
    visible: str
    quote: str
    why: str

    @property
    def key(self) -> tuple[str, str, str]:
        """By what a miss is known."""
        return self.proposal, self.box, self.rule

    def is_found(self, found: list[Finding]) -> bool:
        """Whether a finding stands in the same box on overlapping words; where no words are marked, by the same rule."""
        there = [finding for finding in found if finding.box == self.box]
        if not self.quote:
            return any(finding.rule == self.rule for finding in there)
        return any(overlap(finding, self.quote, *TEXTS[self.proposal][self.box]) for finding in there)


TEXTS: dict[str, dict[str, tuple[str, str]]] = {}
"""By proposal and box: what the form prints before the answer, and the answer in plain text."""


def overlap(finding: Finding, quote: str, fixed: str, text: str) -> bool:
    """Whether a finding stands on some of the words quoted; a quote may begin with what the form prints before the answer."""
    at = squeezed(fixed + text).find(squeezed(quote))
    begin = len(squeezed(fixed + text[: finding.start]))
    return bool(finding.quote) and 0 <= at < begin + len(squeezed(finding.quote)) and begin < at + len(squeezed(quote))


def squeezed(text: str) -> str:
    """Text without spaces and marks, as quotes are compared."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def marked() -> Iterator[Marked]:
    """The rows that remain to be found."""
    with MARKED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["cured_by"]:
                yield Marked(*(row[key] for key in ("proposal", "box", "rule", "severity", "visible", "quote", "why")))


def found_in(path: Path) -> list[Finding]:
    """The findings of a real proposal, read as anybody's old file is."""
    reading = read_in_its_language(path.read_bytes(), [form(language) for language in ("en", "fr", "es")])
    document = Document(form(reading.language), reading.boxes)
    TEXTS[path.stem] = {
        name: (box.fixed, prose.text(document[name]) if box.kind is Kind.PROSE else document[name])
        for name, box in document.form.boxes.items()
    }
    return list(check(document))


def table(rows: list[tuple[Marked, bool]]) -> str:
    """Found and missed, by rule, with the reason for each miss."""
    lines = [f"{'rule':6}{'found':>7}{'missed':>8}"]
    for rule in sorted({row.rule for row, _ in rows}):
        of_rule = [found for row, found in rows if row.rule == rule]
        lines.append(f"{rule:6}{sum(of_rule):7}{len(of_rule) - sum(of_rule):8}")
    lines.append(f"{'all':6}{sum(found for _, found in rows):7}{sum(not found for _, found in rows):8}")
    for row, found in rows:
        if not found:
            reason = WHY_MISSED.get(row.key, "it needs a reader" if row.visible == "no" else "?")
            lines.append(f"  missed: {row.proposal} {row.box} {row.rule} {row.severity} {row.visible}: {reason}")
    return "\n".join(lines)


@pytest.mark.django_db
def test_what_a_careful_reader_marked_is_found(capsys: Any) -> None:
    if not seeds() or not MARKED.exists():
        with capsys.disabled():
            print(f"\n{how_many_seen()}")
        return
    found = {path.stem: found_in(path) for path in seeds()}
    rows = [(row, row.is_found(found[row.proposal])) for row in marked() if row.proposal in found]
    with capsys.disabled():
        print(f"\n{how_many_seen()}\n{table(rows)}")

    def share(severity: str, *visible: str) -> tuple[int, int]:
        of_kind = [is_found for row, is_found in rows if row.severity == severity and row.visible in visible]
        return sum(of_kind), len(of_kind)

    assert [row for row, is_found in rows if not is_found and row.visible != "no" and row.key not in WHY_MISSED] == []
    assert share("B", "yes") == (17, 17)
    assert share("B", "list", "partly") >= (6, 7)
    assert share("W", "yes", "list") >= (14, 16)
    assert share("H", "yes", "list") >= (18, 23)
