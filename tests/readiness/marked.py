"""Proposals in which a careful reader marked what is wrong, and how much of it the check finds."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from documents import prose
from documents.document import Document
from documents.form import Kind
from documents.reader import read_in_its_language
from proposals.checking import check
from proposals.sections import form
from readiness.finding import Finding

Key = tuple[str, str, str]


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
    def key(self) -> Key:
        """By what a miss is known."""
        return self.proposal, self.box, self.rule


@dataclass(frozen=True)
class Checked:
    """A proposal read as anybody's old file is, and checked."""

    document: Document
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, path: Path) -> "Checked":
        """That of a file."""
        reading = read_in_its_language(path.read_bytes(), [form(language) for language in ("en", "fr", "es")])
        document = Document(form(reading.language), reading.boxes)
        return cls(document, check(document))

    def has_found(self, row: Marked, boxes: Iterable[str] = ()) -> bool:
        """Whether a finding stands on some of the words marked, in the same box; where none are marked, by the same rule.

        Args:
            boxes: other boxes in which the words may have been put.
        """
        there = [finding for finding in self.findings if finding.box in (row.box, *boxes)]
        if not row.quote:
            return any(finding.rule == row.rule for finding in there)
        return any(self._overlap(finding, row.quote) for finding in there)

    def _overlap(self, finding: Finding, quote: str) -> bool:
        """A quote may begin with what the form prints before the answer."""
        box, answer = self.document.form.boxes[finding.box], self.document[finding.box]
        text = prose.text(answer) if box.kind is Kind.PROSE else answer
        at, begin = _squeezed(box.fixed + text).find(_squeezed(quote)), len(_squeezed(box.fixed + text[: finding.start]))
        return bool(finding.quote) and 0 <= at < begin + len(_squeezed(finding.quote)) and begin < at + len(_squeezed(quote))


def _squeezed(text: str) -> str:
    """Text without spaces and marks, as quotes are compared."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def marked(path: Path) -> list[Marked]:
    """The rows of a file that remain to be found."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = ("proposal", "box", "rule", "severity", "visible", "quote", "why")
        return [Marked(*(row[key] for key in columns)) for row in csv.DictReader(file) if not row.get("cured_by")]


def table(rows: list[tuple[Marked, bool]], why_missed: dict[Key, str]) -> str:
    """Found and missed, by rule, with the reason for each miss."""
    lines = [f"{'rule':6}{'found':>7}{'missed':>8}"]
    for rule in sorted({row.rule for row, _ in rows}):
        of_rule = [found for row, found in rows if row.rule == rule]
        lines.append(f"{rule:6}{sum(of_rule):7}{len(of_rule) - sum(of_rule):8}")
    lines.append(f"{'all':6}{sum(found for _, found in rows):7}{sum(not found for _, found in rows):8}")
    for row, found in rows:
        if not found:
            reason = why_missed.get(row.key, "it needs a reader" if row.visible == "no" else "?")
            lines.append(f"  missed: {row.proposal} {row.box} {row.rule} {row.severity} {row.visible}: {reason}")
    return "\n".join(lines)


def share(rows: list[tuple[Marked, bool]], severity: str, *visible: str) -> tuple[int, int]:
    """How many of a kind are found, and how many there are."""
    of_kind = [found for row, found in rows if row.severity == severity and row.visible in visible]
    return sum(of_kind), len(of_kind)
