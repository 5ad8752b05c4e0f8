"""The lists of words as they are shipped, for tests that need no database."""

import csv
import functools
from collections.abc import Iterator
from pathlib import Path

from readiness.finding import Severity
from readiness.registers import Registers, Term

FOLDER = Path(__file__).resolve().parents[2] / "registers" / "shipped"
TERMS = ("terms", "phrases", "inclusive")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped list; none where it is not shipped."""
    path = FOLDER / f"{name}.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


@functools.cache
def as_shipped() -> Registers:
    """Terms and words as they are shipped."""
    terms = tuple(
        Term(row["words"], row["instead"], row["reason"], row["language"], row["rule"], Severity(row["severity"]))
        for name in TERMS
        for row in rows(name)
    )
    return Registers(terms=terms, words=frozenset(row["word"] for row in rows("words")))
