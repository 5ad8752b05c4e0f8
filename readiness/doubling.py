"""What stands there twice: a word or a few (R05), a sentence in two places (R29)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage, Stretch
from readiness.registers import Registers
from readiness.rule import Whole

MOST_WORDS = 6
RIGHT_TWICE = frozenset("that had nous vous que bora pago baden walla sing tut kiri".split())
HAVE = ("has", "have", "had")
"""After these even "had had" is once too many."""
GLUED = re.compile(r"\b([^\W\d_]{4,30})\1\b", re.IGNORECASE)
ACRONYM_TWICE = re.compile(r"\b([A-Z]{3,15})(?: [A-Za-z]{2,20}){0,3} \(\1\)")
GLUED_PHRASE = re.compile(r"(?<![\w-])(?P<once>[A-ZÀ-Þ][^\W\d_]{1,25}(?: [^\W\d_]{1,25}){1,5})(?P=once)(?![\w-])")
RIGHT_GLUED = frozenset({"couscous", "beriberi", "tartar"})


def doubled_words(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A word, or up to four, said twice in a row: "in in", "as well as as well as"."""
    words, text = passage.words, passage.text
    small = [word.text.casefold() for word in words]
    at = 0
    while at < len(words):
        length = _said_again(small, at)
        last = words[at + 2 * length - 1].end if length else 0
        if not length or not _single_spaces(text, words[at : at + 2 * length]):
            at += 1
            continue
        once = text[words[at].start : words[at + length - 1].end]
        yield _twice(passage, words[at].start, last, once)
        at += 2 * length


def glued_words(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A word or a name glued to itself: "WorkingWorking", "Rural WorkRural Work"."""
    for word in passage.words:
        found = GLUED.fullmatch(word.text)
        if found and word.text.casefold() not in RIGHT_GLUED:
            yield _twice(passage, word.start, word.end, found[1])
    for found in GLUED_PHRASE.finditer(passage.text):
        yield _twice(passage, *found.span(), found["once"])


def acronym_twice(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An acronym used as a word and at once given in brackets: "the MULTI Unit (MULTI)"."""
    for found in ACRONYM_TWICE.finditer(passage.text):
        yield Mark(*found.span(), f"“{found[0]}”: the acronym explains itself. Write the name out, and the acronym after it.")


AND = frozenset("and or et ou y o".split())
OF = frozenset("of du de del des".split())
THE = frozenset("the la le les los las el".split())
LONG_ENOUGH = 4


def joined_to_itself(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """The same on both sides of "and", or of "of the": "notes on wages and notes on wages", "the field of the field of"."""
    words = passage.words
    small = [word.text.casefold() for word in words]
    for at, word in enumerate(small):
        length = _same_around(small, at) if word in AND else 0
        first, last = at - length, at + length
        if word in OF and 0 < at < len(small) - 1:
            first, last = at - 1, at + 1 + (small[at + 1] in THE)
            names_itself = len(small[first]) >= LONG_ENOUGH and small[last : last + 1] == [small[first]]
            length = int(names_itself and (word in ("du", "del", "des") or last > at + 1))
        if length and _single_spaces(passage.text, words[first : last + 1]):
            once = passage.text[words[first].start : words[at - 1].end]
            yield _twice(passage, words[first].start, words[last].end, once)


def _same_around(small: Sequence[str], at: int) -> int:
    """How many words before a place are said again behind it; 0 where fewer than two are."""
    lengths = range(min(MOST_WORDS, at), 1, -1)
    return next((length for length in lengths if small[at - length : at] == small[at + 1 : at + 1 + length]), 0)


def _said_again(small: Sequence[str], at: int) -> int:
    """How many words from a place are said again at once; 0 if none."""
    for length in range(1, MOST_WORDS + 1):
        if at + 2 * length <= len(small) and small[at] == small[at + length]:
            if small[at : at + length] == small[at + length : at + 2 * length]:
                is_right = length == 1 and small[at] in RIGHT_TWICE and not (small[at] == "had" and at and small[at - 1] in HAVE)
                return 0 if is_right else length
    return 0


def _single_spaces(text: str, words: Sequence[Stretch]) -> bool:
    pairs = zip(words, words[1:], strict=False)
    return (
        all(text[one.end : other.start] in (" ", "\u00a0") for one, other in pairs)
        and text[words[-1].end : words[-1].end + 1] != "-"
    )


def _twice(passage: Passage, start: int, end: int, once: str) -> Mark:
    severity = None if passage.is_prose else Severity.BLOCKER
    return Mark(start, end, f"“{passage.text[start:end]}” says the same twice. Keep it once.", Fix(once), severity)


# R29

SHINGLE = 4
ENOUGH = 0.85
"""So many of the words of the shorter sentence must stand in the longer one."""
SHORTEST = 7
OPENING = 7
TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class Said:
    """A sentence with its words, made ready for comparison."""

    box: str
    at: Stretch
    words: tuple[str, ...]
    is_item: bool
    """Whether it stands in a list, whose items may well begin alike."""

    @property
    def titled(self) -> bool:
        """Whether it is mostly a name or title: most of its long words begin with a capital."""
        long = [word for word in TOKEN.findall(self.at.text) if len(word) > 3]
        return sum(word[0].isupper() for word in long) * 2 > len(long)


def sentence_twice(whole: Whole) -> Iterator[Mark]:
    """A sentence that stands in the document before, or nearly so; told at the later place."""
    seen: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for said in _all_said(whole):
        if said.words in whole.wording.sentences:
            continue
        shingles = {said.words[n : n + SHINGLE] for n in range(len(said.words) - SHINGLE + 1)}
        shared = Counter(earlier for shingle in shingles for earlier in seen[shingle][:MOST_COMPARED])
        for earlier, count in shared.items():
            if count >= 2 and (told := _repeats(earlier, said)):
                sentence, severity = told
                where = whole.wording.form.boxes[earlier.box].title
                yield Mark(said.at.start, said.at.end, sentence.format(f"“{where}”"), None, severity, said.box)
                break
        for shingle in shingles:
            seen[shingle].append(said)


MOST_COMPARED = 8


def _all_said(whole: Whole) -> Iterator[Said]:
    for name, passage in whole.passages.items():
        if passage.is_prose and not passage.is_empty:
            items = [(part.start, part.end) for part in passage.parts if part.list]
            for sentence in passage.sentences[:MOST_SENTENCES]:
                words = tuple(_bare(word) for word in TOKEN.findall(sentence.text)[:MOST_WORDS_COMPARED])
                yield Said(name, sentence, words, any(start <= sentence.start < end for start, end in items))


MOST_SENTENCES, MOST_WORDS_COMPARED = 400, 200


def _bare(word: str) -> str:
    """A word without its plural."""
    small = word.casefold()
    return small[:-1] if len(small) > 3 and small.endswith("s") and not small.endswith("ss") else small


def _repeats(earlier: Said, later: Said) -> tuple[str, Severity] | None:
    """What is told of two sentences, and how much it matters; None if they are two."""
    shorter, longer = sorted((earlier, later), key=lambda said: len(said.words))
    if len(shorter.words) < SHORTEST or shorter.at.text.endswith(":"):
        return None
    common = (Counter(shorter.words) & Counter(longer.words)).total()
    if common >= ENOUGH * len(shorter.words) and not (earlier.titled or later.titled):
        return "This stands in {} before, in nearly the same words. Say it once.", Severity.WARNING
    if not (earlier.is_item or later.is_item) and _same_opening(earlier.words, later.words):
        return "This sentence opens as one in {} does. Vary it, or join the two.", Severity.HINT
    return None


def _same_opening(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two sentences open with the same words, articles apart."""
    first, second = ([word for word in words[:12] if word not in ("the", "a", "an")] for words in (one, other))
    return len(first) >= OPENING <= len(second) and first[:OPENING] == second[:OPENING]
