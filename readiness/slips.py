"""Slips: small mistakes that a pattern sees, as data: what is written, what should be, and what the author is told (R22)."""

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage

EVERYWHERE = ("en", "fr", "es")
MOST = 200
"""So many are told of one box."""


LONGEST = 30
"""So many letters on each side are shown with a slip of spacing."""


@dataclass(frozen=True, eq=False)
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
    heads: str = ""
    """The words with which it may begin, in small letters; the pattern is tried there alone. Empty: anywhere."""


def marks(passage: Passage, slips: tuple[Slip, ...], around: bool = False) -> Iterator[Mark]:
    """The slips of a passage in their order, none overlapping another.

    Args:
        around: whether the words on both sides of a slip belong to the mark, so that one sees where it stands.
    """
    text, told, taken = passage.text, 0, 0
    for found, slip in _found(text, slips, passage.language):
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


def _found(text: str, slips: tuple[Slip, ...], language: str) -> list[tuple[re.Match[str], Slip]]:
    anywhere, headed = _index(slips, language)
    found = [(match, slip) for slip in anywhere for match in slip.pattern.finditer(text)]
    if headed:
        for word in _WORD.finditer(text):
            for slip in headed.get(word[0].lower(), ()):
                if match := slip.pattern.match(text, word.start()):
                    found.append((match, slip))
    found = [(match, slip) for match, slip in found if not slip.when or slip.when(match)]
    return sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end()))


_WORD = re.compile(r"\w+")


@functools.lru_cache(maxsize=16)
def _index(slips: tuple[Slip, ...], language: str) -> tuple[list[Slip], dict[str, list[Slip]]]:
    """The slips of a language: those that may stand anywhere, and the others by their first words."""
    anywhere: list[Slip] = []
    headed: dict[str, list[Slip]] = {}
    for slip in slips:
        if language in slip.languages:
            for head in slip.heads.split():
                headed.setdefault(head, []).append(slip)
            if not slip.heads:
                anywhere.append(slip)
    return anywhere, headed


def _words_around(text: str, start: int, end: int, taken: int) -> tuple[int, int]:
    """A slip's place with the letters that touch it; two slips may share no letter, so those after it are half a word."""
    begin = max(start - LONGEST, taken)
    while start > begin and text[start - 1].isalnum():
        start -= 1
    last = min(end + LONGEST, len(text))
    while end < last and text[end].isalnum():
        end += 1
    return start, end
