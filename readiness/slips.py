"""Slips: small mistakes that a pattern sees, as data: what is written, what should be, and what the author is told (R22)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage

EVERYWHERE = ("en", "fr", "es")
MOST = 200
"""So many are told of one box."""


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
        around: whether the author is shown the words around a slip as well.
    """
    text, told, taken = passage.text, 0, 0
    for found, slip in _found(text, [slip for slip in slips if passage.language in slip.languages]):
        start, end = found.span()
        if start < taken or passage.is_address(start, end):
            continue
        taken, told = end, told + 1
        instead = slip.instead(found) if callable(slip.instead) else slip.instead
        fix = Fix(instead) if instead is not None and passage.is_even(start, end) else None
        shown = _around(text, start, end) if around else found[0]
        yield Mark(start, end, f"“{shown}”: {slip.said.format(instead=instead, **found.groupdict())}.", fix, slip.severity)
        if told == MOST:
            return


def _found(text: str, slips: Sequence[Slip]) -> list[tuple[re.Match[str], Slip]]:
    found = [(match, slip) for slip in slips for match in slip.pattern.finditer(text) if not slip.when or slip.when(match)]
    return sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end()))


def _around(text: str, start: int, end: int) -> str:
    """A slip with what is glued to it on both sides, as it is shown."""
    before = re.search(r"\S*$", text[max(start - 20, 0) : start])
    after = re.match(r"\S*", text[end : end + 20])
    return f"{before[0] if before else ''}{text[start:end]}{after[0] if after else ''}".replace("\n", " ")
