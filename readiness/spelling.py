"""Spelling: words of a document that no dictionary of its language knows, nor the house's own list (R22).

A name is no misspelling: a capital inside a sentence is passed over, and so are acronyms, addresses, words with digits,
words of the other two languages in italics, in quotation marks or standing together.
"""

import functools
import itertools
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
CLOSE = 30
"""So many characters apart, two words of another language belong together."""
MOST_TOLD = 60
MOST_SOUGHT = 15
"""For so many of them the right word is sought, which takes some milliseconds for each."""

_ELIDED = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu|entr)'(?=.)", re.IGNORECASE)
_QUOTED = re.compile(r"“[^“”\n]{0,200}”|«[^«»\n]{0,200}»|\"[^\"\n]{0,200}\"|‘[^‘’\n]{0,80}’")
_IN_A_NAME = re.compile(r"\b(?:aux?|de|del|des|du|el|et|las|les|los)\b")
"""Small words of French and Spanish: an English sentence has them in names alone."""
LATIN = frozenset(
    "a ab actus ad addenda addendum alia alii amicus ante aut bene bona capita causa cetera cogens contra contrario corpus curia "
    "curiae curriculum de decidendi decisis dedere delicti dictum erga erratum et ex extra facie facto ferenda fide forma "
    "fortiori generalis generis gentium habeas honoris in infra initio inter interim intra intuitu ipso iura judicare judicata "
    "jure juris jus lacuna lata lato legem legis lege lex litis loci locus mens modus mortis mutandis mutatis nolens nota novit "
    "obiter officio omnes operandi opinio pacta pari partes passu pendens per personae post posteriori praeter prima pro priori "
    "proprio quid quo quorum rata ratio ratione rea rebus rerum reus res sanguinis se secundum sensu servanda sic simili "
    "sine situ soli specialis standi stantibus stare status stricto strictu sui sunt supra tempore temporis terminus travaux "
    "ultra verbatim vice vires vitae viva vivendi voce volens iure idem ibid materiae seriatim".split()
)
"""Words of Latin as lawyers and scholars use it; two of them stand together."""
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
    further = registers.words | _told_otherwise(registers, passage.language)
    unknown = [each for each in _unknown(passage) if not _is_further(each.text, further) and not _is_latin(passage, each)]
    names = {each.text for each in unknown if each.text[0].isupper() and not _begins(passage.text, each.start)}
    unknown = [each for each in unknown if each.text not in names]
    foreign = _foreign(passage, unknown)
    places: dict[str, list[int]] = {}
    for each in unknown:
        if each.start not in foreign:
            places.setdefault(each.text, []).append(each.start)
    return tuple(_Strange(word, tuple(starts)) for word, starts in places.items())


@functools.lru_cache(maxsize=16)
def _told_otherwise(registers: Registers, language: str) -> frozenset[str]:
    """Words of which the registers say themselves that they are not to be used."""
    return frozenset(term.words.lower() for term in registers.terms if term.language == language and " " not in term.words)


def _is_further(word: str, further: frozenset[str]) -> bool:
    """Whether the house knows a word, or its plural."""
    small = word.lower()
    return small in further or (small[-1] == "s" and small[:-1] in further)


def _is_latin(passage: Passage, word: Stretch) -> bool:
    """Whether a word stands in a phrase such as "lex specialis" or "inter alia"."""
    if word.text.lower() not in LATIN:
        return False
    before = passage.text[max(word.start - 20, 0) : word.start].split()
    after = passage.text[word.end : word.end + 20].split()
    return any(each.strip("“”\"'‘’«»().,;:").lower() in LATIN for each in (*before[-1:], *after[:1]))


def _unknown(passage: Passage) -> list[Stretch]:
    """The pieces of words that the dictionary does not know; none where most words are unknown: that is another language."""
    found: list[Stretch] = []
    looked_up: set[str] = set()
    strange: set[str] = set()
    for word in passage.words:
        if word.text not in looked_up and len(looked_up) >= MOST_WORDS:
            continue
        looked_up.add(word.text)
        for offset, piece in _strange_pieces(passage.language, word.text):
            if not passage.is_address(word.start, word.end) and not _is_joined(passage.text, word):
                start = word.start + offset
                found.append(Stretch(start, start + len(piece), piece))
                strange.add(word.text)
    return found if len(strange) <= MOST_UNKNOWN or 2 * len(strange) <= len(looked_up) else []


@functools.lru_cache(maxsize=50_000)
def _strange_pieces(language: str, word: str) -> tuple[tuple[int, str], ...]:
    """The pieces of a word that its dictionary does not know, each with its place in the word."""
    if len(word) < SHORTEST or len(word) > 4 * dictionaries.LONGEST:
        return ()
    found, at = [], 0
    for half in word.replace("’", "'").replace("‑", "-").split("-"):
        first, piece = at, half
        at += len(half) + 1
        if language == "fr" and (elided := _ELIDED.match(piece)):
            first, piece = first + elided.end(), piece[elided.end() :]
        piece = piece.removesuffix("'s")
        is_plain = SHORTEST <= len(piece) <= dictionaries.LONGEST and "'" not in piece and piece[1:] == piece[1:].lower()
        if is_plain and max(piece) < "ɐ" and not (first and piece in _ENDINGS) and not _is_right(language, piece):
            found.append((first, piece))
    return tuple(found)


def _is_right(language: str, word: str) -> bool:
    """Whether a piece of a word is spelt right, in small letters or with its capital."""
    small = word.lower()
    return dictionaries.is_word(language, small) or (small != word and dictionaries.is_word(language, word))


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


def _foreign(passage: Passage, unknown: list[Stretch]) -> set[int]:
    """The places of unknown words that belong to another language: in italics, in quotation marks, or close together."""
    others = [language for language in dictionaries.LANGUAGES if language != passage.language]
    theirs = [each for each in unknown if any(_is_right(language, each.text) for language in others)]
    if not theirs:
        return set()
    apart = [quoted.span() for quoted in _QUOTED.finditer(passage.text)] + [*passage.italics]
    places = {each.start for each in theirs if any(start <= each.start < end for start, end in apart)}
    if passage.language == "en":
        places |= {each.start for each in theirs if _IN_A_NAME.search(passage.text, max(each.start - 25, 0), each.start)}
    for one, other in itertools.pairwise(theirs):
        if other.start - one.end <= CLOSE:
            places |= {one.start, other.start}
    return places
