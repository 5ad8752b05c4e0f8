"""Spelling: words of a document that no dictionary of its language knows, nor the house's own list (R22).

A name is no misspelling: a capital inside a sentence is passed over, and so are acronyms, addresses, words with digits,
words of the other two languages in italics, in quotation marks or standing together.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readiness import dictionaries
from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage, Stretch
from readiness.registers import Registers
from readiness.rule import Whole

NAMES = frozenset({"supervisor_name", "supervisor_email", "duty_station", "department", "unit", "duration"})
"""Boxes that hold names rather than sentences."""
SHORTEST = 4
"""Letters of the shortest word that is looked up."""
MOST_WORDS = 2_500
"""So many different words of a box are looked up; a whole proposal has some 900."""
MOST_UNKNOWN = 20
"""Where more words than these are unknown, and more than half of all, the text is in another language."""
MOST_TOLD = 60
MOST_SOUGHT = 15
"""For so many of them the right word is sought, which takes some milliseconds for each."""

_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|entr)'(?=.)", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”\n]{0,200}”|«[^«»\n]{0,200}»|\"[^\"\n]{0,200}\"|‘[^‘’\n]{0,80}’")
_ENDINGS = frozenset(
    "euse euses trice trices rice rices ère ères ive ives elle elles enne ennes onne onnes ante antes esse esses "
    "ente entes ienne iennes oras ores eras eres".split()
)
"""The other gender's ending, written after a hyphen, slash or bracket: "travailleurs-euses", "trabajadores/oras"."""


@dataclass(frozen=True)
class _Strange:
    """A word that the dictionary of the language does not know, with its places in a passage."""

    word: str
    places: tuple[int, ...]


def misspelt(whole: Whole) -> Iterator[Mark]:
    """Words that are not spelt right.

    One that is written once or twice and that can only mean another is told at each place, with that other one as fix. What
    is written oftener, or could mean several, is told once, at its first place: it may be a term that nobody here knows.
    """
    language, registers = whole.language, whole.registers
    found: dict[str, list[tuple[str, int]]] = {}
    for name, passage in whole.passages.items():
        for each in _strange(passage, registers) if name not in NAMES else ():
            found.setdefault(each.word, []).extend((name, place) for place in each.places)
    sought = 0
    for word, places in [*found.items()][:MOST_TOLD]:
        is_name = word[0].isupper()
        near, certain = dictionaries.nearest(language, word.lower(), registers.words) if sought < MOST_SOUGHT else ((), False)
        sought += 1
        if is_name and not (certain and len(word) > 5):
            continue
        near = tuple(each.capitalize() for each in near) if is_name else near
        can_mend = certain and len(places) <= 2
        for box, start in places if can_mend else places[:1]:
            fix = Fix(near[0]) if can_mend and whole.passages[box].is_even(start, start + len(word)) else None
            yield Mark(start, start + len(word), _said(word, len(places), near, certain), fix, Severity.HINT, box)


def _said(word: str, times: int, near: tuple[str, ...], certain: bool) -> str:
    said = f"“{word}”{f' ({times} times)' if times > 2 else ''} is not in the dictionary."
    if certain:
        return f"{said} Write “{near[0]}”."
    return f"{said} Did you mean {_either(near)}?" if near else f"{said} Check how it is spelt."


def _either(words: Iterable[str]) -> str:
    *others, last = (f"“{word}”" for word in words)
    return f"{', '.join(others)} or {last}" if others else last


@functools.lru_cache(maxsize=256)
def _strange(passage: Passage, registers: Registers) -> tuple[_Strange, ...]:
    """The words of a passage that are not known, in their order; names at the beginning of sentences are among them."""
    language, further = passage.language, registers.words | _told_otherwise(registers, passage.language)
    places: dict[str, list[int]] = {}
    names: set[str] = set()
    for start, word, begins in _pieces(passage):
        if word[0].isupper() and not begins:
            names.add(word)
        elif word in places or len(places) < MOST_WORDS:
            places.setdefault(word, []).append(start)
    unknown = {word for word in places if word not in names and not _is_right(language, word, further)}
    if len(unknown) > MOST_UNKNOWN and 2 * len(unknown) > len(places):
        return ()  # another language
    foreign = _foreign(passage, unknown) if unknown else set()
    found = {word: tuple(start for start in starts if start not in foreign) for word, starts in places.items() if word in unknown}
    return tuple(_Strange(word, starts) for word, starts in found.items() if starts)


@functools.lru_cache(maxsize=16)
def _told_otherwise(registers: Registers, language: str) -> frozenset[str]:
    """Words of which the registers say themselves that they are not to be used."""
    return frozenset(term.words.lower() for term in registers.terms if term.language == language and " " not in term.words)


def _is_right(language: str, word: str, further: frozenset[str]) -> bool:
    """Whether a piece of a word is spelt right, with a capital as it stands or without."""
    small = word.lower()
    if small in further or word in further:
        return True
    if small.endswith("s") and small[:-1] in further:
        return True
    return dictionaries.is_word(language, small) or (small != word and dictionaries.is_word(language, word))


def _pieces(passage: Passage) -> Iterator[tuple[int, str, bool]]:
    """The pieces of words to be looked up: place, letters, and whether a sentence begins there."""
    text = passage.text
    for stretch in passage.words:
        if passage.is_address(stretch.start, stretch.end) or _is_joined(text, stretch):
            continue
        begins = _begins(text, stretch.start)
        at = stretch.start
        for number, half in enumerate(re.split("[-‑]", stretch.text)):
            piece = half.replace("’", "'")
            first = at
            at += len(half) + 1
            if passage.language == "fr" and (elided := _ELIDED.match(piece)):
                first, piece = first + elided.end(), piece[elided.end() :]
            if passage.language == "en" or "'" not in piece:
                piece = piece.removesuffix("'s") if len(piece) > SHORTEST else piece
            if len(piece) < SHORTEST or len(piece) > dictionaries.LONGEST or "'" in piece or number and piece in _ENDINGS:
                continue
            if piece[1:] == piece[1:].lower() and piece[-1] < "ɐ" and piece[0] < "ɐ":
                yield first, text[first : first + len(piece)], begins and not number


def _is_joined(text: str, word: Stretch) -> bool:
    """Whether a word is glued to what is no word: a digit, an underscore, a bracket inside it, a gender's ending."""
    before, after = text[max(word.start - 2, 0) : word.start], text[word.end : word.end + 2]
    if before[-1:].isdigit() or after[:1].isdigit() or "_" in (before[-1:], after[:1]) or "·" in (before[-1:], after[:1]):
        return True
    if before[-1:] == "(" and before[:1].isalpha() and len(before) == 2:
        return True
    if after[:1] == ")" and after[1:].isalpha() or after[:1] == "(" and after[1:].isalpha():
        return True
    return before[-1:] == "/" and word.text in _ENDINGS


def _begins(text: str, at: int) -> bool:
    """Whether a word is the first of a line, a sentence, or of what follows a colon or dash."""
    at -= 1
    while at >= 0 and text[at] in " \u00a0\u202f“”\"'‘’«»()[]":
        at -= 1
    return at < 0 or text[at] in "\n.!?…:;•–—-*/¿¡" or text[at].isdigit()


def _foreign(passage: Passage, unknown: set[str]) -> set[int]:
    """The places of unknown words that belong to another language: set apart by italics or quotation marks, or together."""
    apart = [*((quoted.start(), quoted.end()) for quoted in _QUOTED.finditer(passage.text)), *passage.italics]
    places: set[int] = set()
    before = -100
    last = -1
    for number, (start, word, _) in enumerate(_pieces(passage)):
        if word not in unknown:
            continue
        others = [language for language in dictionaries.LANGUAGES if language != passage.language]
        if not any(dictionaries.is_word(language, word.lower()) for language in others):
            continue
        if any(first <= start < end for first, end in apart):
            places.add(start)
        if number - before <= 3:
            places |= {start, last}
        before, last = number, start
    return places
