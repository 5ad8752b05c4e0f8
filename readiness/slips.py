"""Slips: small mistakes that a pattern sees, as data: what is written, what should be, and what the author is told (R22)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage

EVERYWHERE = ("en", "fr", "es")
MOST = 200
"""So many are told of one box."""


LONGEST = 30
"""So many letters on each side are shown with a slip of spacing."""


@dataclass(frozen=True)
class Slip:
    """A mistake that a pattern sees.

    Every pattern looks at a few words or characters from where it begins, so that none takes longer than its text is long.
    `said` may name the pattern's groups. Where `instead` is None, or gives None, there is no one way to mend it.
    """

    pattern: re.Pattern[str]
    instead: str | Callable[[re.Match[str]], str | None] | None
    said: str
    languages: tuple[str, ...] = EVERYWHERE
    when: Callable[[re.Match[str]], bool] | None = None
    """What else must hold."""
    severity: Severity | None = None


def marks(passage: Passage, slips: Sequence[Slip], around: bool = False) -> Iterator[Mark]:
    """The slips of a passage in their order, none overlapping another.

    Args:
        around: whether the words on both sides of a slip belong to the mark, so that one sees where it stands.
    """
    text, told, taken = passage.text, 0, 0
    for found, slip in _found(text, [slip for slip in slips if passage.language in slip.languages]):
        start, end = found.span()
        if start < taken or passage.is_address(start, end):
            continue
        instead = slip.instead(found) if callable(slip.instead) else slip.instead
        first, last = _words_around(text, start, end, taken) if around else (start, end)
        if not passage.is_even(first, last):
            first, last = start, end
        fix = None
        if instead is not None and passage.is_even(first, last):
            instead = f"{text[first:start]}{instead}{text[end:last]}"
            fix = Fix(instead)
        said = slip.said.format(instead=instead, **found.groupdict())
        yield Mark(first, last, f"“{text[first:last]}”: {said}.", fix, slip.severity)
        taken, told = last, told + 1
        if told == MOST:
            return


def _found(text: str, slips: Sequence[Slip]) -> list[tuple[re.Match[str], Slip]]:
    found = [(match, slip) for slip in slips for match in slip.pattern.finditer(text) if not slip.when or slip.when(match)]
    return sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end()))


def _words_around(text: str, start: int, end: int, taken: int) -> tuple[int, int]:
    """A slip's place with the letters that touch it; two slips may share no letter, so those after it are half a word."""
    begin = max(start - LONGEST, taken)
    while start > begin and text[start - 1].isalnum():
        start -= 1
    last = min(end + LONGEST, len(text))
    while end < last and text[end].isalnum():
        end += 1
    return start, end
