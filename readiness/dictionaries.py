"""The dictionaries of the three languages: whether a word is in one, and which words of it are nearest to one that is not.

They are loaded on first use, once per process. hunspell is asked for one thing alone, whether a word is right (some
microseconds); its own suggestions take a tenth of a second and more for a word, so the nearest words are sought here.
Nothing is written to the disk. A call holds the interpreter's lock from beginning to end, so threads take their turns.
"""

import functools
import itertools
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from hunspell import Hunspell

FOLDER = Path(__file__).parent / "dictionaries"
LANGUAGES = ("en", "fr", "es")
LONGEST = 40
"""Letters of the longest word that is looked up."""

_ALPHABET = {
    "en": "esianrtolcdugmphbyfvkwzxjq",
    "fr": "esniatrulodcpmévqfgbhàxèjyêôîçûâùïëkwœ",
    "es": "aeroinsctldumpbgfvhzóíjáqéñxyúükw",
}
_ACCENTS = {
    "en": {},
    "fr": {"a": "àâ", "e": "éèêë", "i": "îï", "o": "ô", "u": "ùûü", "c": "ç", "é": "eèê", "è": "eéê", "ê": "eéè"}
    | {"à": "aâ", "â": "aà", "î": "i", "ô": "o", "û": "u", "ù": "u", "ç": "c", "ï": "i", "ë": "e"},
    "es": {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "úü", "n": "ñ"}
    | {"á": "a", "é": "e", "í": "i", "ó": "o", "ú": "u", "ü": "u", "ñ": "n", "à": "á", "è": "é", "ì": "í", "ò": "ó", "ù": "ú"},
}
_PREFIXES = {
    "en": "sub multi inter socio micro macro cyber agro geo eco bio tele under over post pre non intra infra hydro".split(),
    "fr": "sous multi inter socio micro macro cyber agro géo éco bio télé pluri pré post intra infra hydro néo trans".split(),
    "es": "sub multi inter socio micro macro ciber agro geo eco bio tele pluri pre post intra infra hidro neo trans".split(),
}
_DERIVED = {
    language: [(re.compile(pattern), source) for pattern, source in rules]
    for language, rules in {
        "fr": [
            (r"(?<=\w{3}e)ment$", ""),  # socialement
            (r"(?<=\w{3})amment$", "ant"),
            (r"(?<=\w{3})emment$", "ent"),
            (r"(?<=\w{4})ations?$", "er"),  # priorisation
            (r"(?<=\w{4})at(?:eur|rice)s?$", "er"),  # facilitatrice
        ],
        "es": [
            (r"(?<=\w{3}[elrz])mente$", ""),  # ambientalmente
            (r"(?<=\w{3})amente$", "o"),  # metodológicamente
            (r"(?<=\w{4}[ai])ci(?:ón|ones)$", "r"),  # facilitación
            (r"(?<=\w{4}a)mientos?$", "r"),
            (r"(?<=\w{4}[ai])dor(?:a|as|es)?$", "r"),
        ],
    }.items()
}
"""Adverbs, actions and agents that every adjective and verb may have, and what they are made of: no dictionary has them all."""
_IZE = re.compile(r"(?<=[a-z]{2})iz(?=e|ing|ation|able)|(?<=[a-z]{2})iz(?=er)")

_lock = threading.Lock()
_loaded: dict[str, Hunspell] = {}


@functools.lru_cache(maxsize=50_000)
def is_word(language: str, word: str) -> bool:
    """Whether a dictionary knows a word without hyphen, or what it is regularly made of; in English -ize and -ise are right.

    Args:
        word: in small letters, or capitalised as it stands; an apostrophe is "'".
    """
    if _is_listed(language, word):
        return True
    made = (pattern.sub(source, word) for pattern, source in _DERIVED.get(language, ()) if pattern.search(word))
    return len(word) <= LONGEST and any(_dictionary(language).spell(source) for source in made)


def _is_listed(language: str, word: str) -> bool:
    """Whether a dictionary has a word, with or without a prefix."""
    if len(word) > LONGEST:
        return False
    spell = _dictionary(language).spell
    if spell(word):
        return True
    if language == "en" and "iz" in word and spell(_IZE.sub("is", word)):
        return True
    return any(len(word) - len(head) >= 5 and word.startswith(head) and spell(word[len(head) :]) for head in _PREFIXES[language])


@functools.lru_cache(maxsize=4_096)
def nearest(language: str, word: str, further: frozenset[str] = frozenset()) -> tuple[tuple[str, ...], bool]:
    """The right words nearest to one that is not, and whether the first of them is meant without doubt.

    Without doubt is one that differs in an accent, a doubled letter or two letters swapped, or else in one letter, while no
    other word is as near and the first letter stays.

    Args:
        word: in small letters.
        further: words that are right though no dictionary has them.
    """
    if british := _british(word) if language == "en" else "":
        return (british,), True

    def right(candidates: Iterable[str]) -> list[str]:
        return [each for each in dict.fromkeys(candidates) if each != word and (each in further or _is_listed(language, each))]

    near = right(_nearly(language, word))
    farther = [each for each in right(_one_letter(language, word)) if each not in near] if len(near) != 1 else []
    if not near and not farther:
        near = right(_two_accents(language, word))
    found = [*sorted(near, key=lambda each: each[0] != word[0]), *sorted(farther, key=lambda each: each[0] != word[0])]
    is_certain = len(word) >= 5 and (len(near) == 1 or (not near and len(farther) == 1 and len(word) >= 7))
    return tuple(found[:3]), is_certain and found[0][0] == word[0]


_AMERICAN = [
    (re.compile(pattern), british)
    for pattern, british in [
        (r"or(?=$|s$|ed$|ing$|ly$|ful$|able$|ably$|ite$|ites$|er$|ers$|hood$|hoods$|ism$|less$)", "our"),
        (r"ter(?=$|s$|ed$)", "tre"),
        (r"tering$", "tring"),
        (r"ber(?=$|s$)", "bre"),
        (r"lyz(?=e|ing)", "lys"),
        (r"og(?=$|s$)", "ogue"),
        (r"ense(?=$|s$|less$)", "ence"),
        (r"l(?=(?:ed|ing|er|ers|or|ors)$)", "ll"),
        (r"ll(?=$|s$|ment$|ments$|ful$|fully$)", "l"),
        (r"(?<=ski)ll(?=ful)", "l"),
        (r"^e(?=[a-z]{4})", "oe"),
        (r"(?<=.)e(?=[a-z]{3})", "ae"),
        (r"(?<=^gr)a(?=y)", "e"),
        (r"^mold(?=$|s$|y$)", "mould"),
        (r"^plow(?=$|s$|ed$|ing$)", "plough"),
        (r"^check(?=s?$)", "cheque"),
        (r"^tire(?=s?$)", "tyre"),
        (r"^aluminum$", "aluminium"),
        (r"^skeptic", "sceptic"),
    ]
]


def _british(word: str) -> str:
    """The British spelling of a word spelt as in America; "" if it is not that."""
    for pattern, british in _AMERICAN:
        changed = pattern.sub(british, word, count=1)
        if changed != word and is_word("en", changed):
            return changed
    return ""


def _nearly(language: str, word: str) -> Iterator[str]:
    """An accent changed, a letter doubled or single, two letters swapped."""
    for at, letter in enumerate(word):
        yield from (word[:at] + accent + word[at + 1 :] for accent in _ACCENTS[language].get(letter, ""))
        yield word[: at + 1] + word[at:]
        if at and letter == word[at - 1]:
            yield word[:at] + word[at + 1 :]
        elif at:
            yield word[: at - 1] + letter + word[at - 1] + word[at + 1 :]


def _one_letter(language: str, word: str) -> Iterator[str]:
    """A letter dropped, put in, or put in the place of another: those that leave no four letters that no word has."""
    fours = _fours(language)
    for at in range(len(word) + 1):
        before, after = word[:at], word[at + 1 :]
        changed = [before + letter + word[at:] for letter in _ALPHABET[language]]
        if at < len(word):
            changed += [before + letter + after for letter in _ALPHABET[language]] + [before + after]
        for candidate in changed:
            near = f"\n{candidate}"[max(at - 2, 0) : at + 5]
            if near[:4] in fours and all(near[start : start + 4] in fours for start in range(1, len(near) - 3)):
                yield candidate


def _two_accents(language: str, word: str) -> Iterator[str]:
    accents = _ACCENTS[language]
    places = [at for at, letter in enumerate(word) if letter in accents][:8]
    for one, other in itertools.combinations(places, 2):
        for first, second in itertools.product(accents[word[one]], accents[word[other]]):
            yield word[:one] + first + word[one + 1 : other] + second + word[other + 1 :]


@functools.cache
def _fours(language: str) -> frozenset[str]:
    """Every four letters that stand in a row in some word (before its first, a line feed): what has others need not be asked."""
    lines = (FOLDER / language / "index.dic").read_text(encoding="utf-8").lower().splitlines()[1:]
    endings = (FOLDER / language / "index.aff").read_text(encoding="utf-8").lower().splitlines()
    words = [line.split("/", 1)[0].split(None, 1)[0] for line in lines if line[:1].isalpha()]
    words += [parts[3].split("/", 1)[0] for line in endings if line.startswith("sfx") and len(parts := line.split()) > 4]
    text = "\n" + "\n".join(words)
    return frozenset(map("".join, set(zip(text, text[1:], text[2:], text[3:], strict=False))))


def load() -> None:
    """Loads the dictionaries of all languages, about a second's work, so that nobody who writes waits for it."""
    for language in LANGUAGES:
        _dictionary(language)
        _fours(language)


def _dictionary(language: str) -> Hunspell:
    if language not in _loaded:
        with _lock:
            if language not in _loaded:
                _loaded[language] = Hunspell("index", str(FOLDER / language), "utf-8")
    return _loaded[language]
