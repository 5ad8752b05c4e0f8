"""What stands there twice: a word or a few (R05), a sentence in two places (R29)."""

import re
from collections.abc import Iterator

from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage
from readiness.registers import Registers

DOUBLED = re.compile(r"\b(?P<once>[^\W\d_][\w'’-]*(?: [\w'’-]+){0,3}) (?P=once)\b", re.IGNORECASE)
RIGHT_TWICE = frozenset("that had bora nous vous".split())


def doubled_words(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A word, or up to four, said twice in a row: "in in", "as well as as well as"."""
    for part in passage.parts:
        for found in DOUBLED.finditer(part.text):
            if found["once"].casefold() in RIGHT_TWICE:
                continue
            start, end = part.start + found.start(), part.start + found.end()
            severity = None if passage.is_prose else Severity.BLOCKER
            yield Mark(start, end, f"“{found[0]}”: said twice. Keep it once.", Fix(found["once"]), severity)
