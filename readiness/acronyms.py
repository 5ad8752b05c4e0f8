"""Acronyms that no reader can look up: never expanded anywhere in the document, and not known to everybody (R16)."""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage
from readiness.registers import Registers
from readiness.rule import Whole

NOT_READ = frozenset({"title", "duty_station", "duration", "grade", "department", "unit"})
"""Boxes of which the reader expects acronyms; so of the supervisor's."""
LONGEST, SHORTEST_WORD, OFTEN = 24, 7, 3
"""What is longer is no acronym; from how many letters on it may be a word in capitals; how often makes it a warning."""
IN_CAPITALS = frozenset(
    "NOT AND OR MUST ALL ONLY NO THE WITH NOTE JOB KEY ANY AN OF TO IN ON BY FOR IS AS AT IF BE NEW ETC VERY WILL WHO WORK "
    "MAY CAN HOW WHY GENDER NB AM PM OK RE VS ET LE LA LES UN UNE DES DU PAS TOUT NON OUI SUR PAR EL LOS LAS UNA DEL SI SÍ "
    "CON POR QUE SE SU II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII".split()
)
"""Words that people type in capitals, and numbers in Roman figures."""
SMALL = frozenset(
    "of and for the on in at to a an de la le les l du des d et en sur pour y el los las del para por with aux au".split()
)
_TOKEN = re.compile(r"[^\W_]+(?:[-/&+.][^\W_]+)*\+?")
_CAPITALS = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]?[A-ZÀ-Ý]|[A-Z]&[A-Z]")
_PLURAL = re.compile(r"(?<=[A-ZÀ-Ý])['’]?s$")
_ROMAN = re.compile(r"[IVX]{2,}(?:e|è?me|er|os?|st|nd|rd|th)?$")
_OFFICE_CODE = re.compile(r"(?:RO|CO|DWT|ETD|SRO|PO|LO|BP|OP)(?:[/-](?:RO|CO|DWT|ETD))*-[A-ZÀ-Ý][a-zà-ÿ]")
_PARTS = re.compile(r"[-/]")
_BRACKETS = re.compile(r"\(([^()]{1,200})\)")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass
class _Uses:
    """Where an acronym stands, in reading order: the first place, and how many there are."""

    box: str
    start: int
    end: int
    said: str
    many: int = 1
    around: list[tuple[str, str]] = field(default_factory=list)
    """What stands before and after it, at some of its places."""


MOST_PLACES, AROUND, MOST_TOKENS = 12, 140, 20_000


def never_expanded(whole: Whole) -> Iterator[Mark]:
    """An acronym that is used and never expanded; told once, at its first use."""
    if not whole.registers.acronyms:
        return  # nobody has said which are known
    known = _known(whole.registers) | _explained(whole)
    uses: dict[str, _Uses] = {}
    for box, passage in whole.passages.items():
        if box not in NOT_READ and not box.startswith("supervisor_"):
            _gather(passage, known, uses)
    expansions = _expansions(whole.registers, whole.language)
    for letters, use in uses.items():
        if not any(_spelled(letters, *around) for around in use.around):
            yield _mark(letters, use, expansions.get(letters, ""), whole.passages[use.box])


def _mark(letters: str, use: _Uses, expansion: str, passage: Passage) -> Mark:
    severity = Severity.WARNING if use.many >= OFTEN else Severity.HINT
    often = f" ({use.many} times)" if use.many >= OFTEN else ""
    called = f": {use.said} ({expansion})" if expansion else ""
    said = f"“{use.said}” is used{often} and never expanded; write what it stands for at its first use{called}."
    before = passage.text[max(use.start - 200, 0) : use.start]
    nested = before.rfind("(") > before.rfind(")")
    plain = use.said == letters and not nested and not passage.text.startswith(("-", "/"), use.end)
    fix = Fix(f"{use.said} ({expansion})") if expansion and plain else None
    return Mark(use.start, use.end, said, fix, severity, use.box)


@functools.lru_cache(maxsize=4)
def _known(registers: Registers) -> frozenset[str]:
    """The acronyms that every reader knows."""
    return frozenset(acronym.letters for acronym in registers.acronyms if acronym.known)


@functools.lru_cache(maxsize=16)
def _expansions(registers: Registers, language: str) -> Mapping[str, str]:
    """What acronyms stand for in a language, as the register says; offices by their official names."""
    offices = {office.code: office.name(language) for office in registers.offices}
    return offices | {a.letters: a.expansion for a in registers.acronyms if a.expansion and a.language == language}


# What is used


def _gather(passage: Passage, known: frozenset[str], uses: dict[str, _Uses]) -> None:
    """The acronyms of a passage that not every reader knows, added to those of the passages before."""
    for token, start, end in _tokens(passage):
        for letters, said, at in _unknown(token, known):
            begin = start + at
            if (use := uses.get(letters)) is None:
                use = uses[letters] = _Uses(passage.box.name, begin, begin + len(said), said)
            else:
                use.many += 1
            if len(use.around) < MOST_PLACES:
                before, after = passage.text[max(begin - AROUND, 0) : begin], passage.text[begin + len(said) : end + AROUND]
                use.around.append((before.rpartition("\n")[2], after.partition("\n")[0]))


@functools.lru_cache(maxsize=512)
def _found(passage: Passage) -> tuple[tuple[str, int, int], ...]:
    """Whatever looks like an acronym in a passage, with its place; remembered while its text stays."""
    text = passage.text
    found = []
    for word in itertools.islice(_TOKEN.finditer(text), MOST_TOKENS):
        token = word[0]
        if len(token) > LONGEST or len(token) < 2 or not _CAPITALS.search(token):
            continue
        before, after = text[word.start() - 1 : word.start()], text[word.end() : word.end() + 3]
        if before in ("@", "#", "/", "_") or after[:1] in ("@", "_") or after == "://" or "." in token.strip("."):
            continue
        found.append((token, word.start(), word.end()))
    return tuple(_not_shouted(found, text))


def _tokens(passage: Passage) -> tuple[tuple[str, int, int], ...]:
    return () if passage.is_empty else _found(passage)


def _not_shouted(found: list[tuple[str, int, int]], text: str) -> Iterator[tuple[str, int, int]]:
    """Without the words of a heading in capitals: those with neighbours in capitals, one of them a word's length."""
    groups: list[list[tuple[str, int, int]]] = []
    for token in found:
        if groups and text[groups[-1][-1][2] : token[1]].strip(" ,–-") in ("", "&"):
            groups[-1].append(token)
        else:
            groups.append([token])
    for group in groups:
        if len(group) < 3 and not (len(group) > 1 and all(len(token) > 5 for token, *_ in group)):
            yield from group


def _unknown(token: str, known: frozenset[str]) -> Iterator[tuple[str, str, int]]:
    """What of a token every reader does not know: its letters in the singular, how they stand there, and where."""
    whole = _singular(token)
    if whole in known or token in known or _OFFICE_CODE.match(token):
        return
    parts = [(part, token.index(part)) for part in _PARTS.split(token)]
    strange = [(part, at) for part, at in parts if _is_acronym(part) and _singular(part) not in known and part not in known]
    if not strange or any(len(part) >= SHORTEST_WORD and part.isupper() for part, _ in parts):
        return
    if len(parts) == 1 or all(_is_acronym(part) for part, _ in parts) and len(strange) == len(parts):
        if len(parts) > 1 or _is_acronym(token):
            yield whole, token, 0
        return
    for part, at in strange:
        yield _singular(part), part, at


def _singular(token: str) -> str:
    """An acronym without the s of its plural or genitive."""
    return _PLURAL.sub("", re.sub(r"['’]s?$", "", token))


def _is_acronym(token: str) -> bool:
    """Whether a token is one: not a word in capitals, a Roman figure or a number."""
    bare = _singular(token)
    if not _CAPITALS.search(bare) or bare in IN_CAPITALS or _ROMAN.match(token) or bare[0].isdigit():
        return False
    capitals = sum(letter.isupper() for letter in bare)
    return not (bare.isalpha() and capitals == len(bare) >= SHORTEST_WORD) and capitals * 2 >= len(bare.rstrip("+"))


# What is explained


def _explained(whole: Whole) -> set[str]:
    """The acronyms that the document expands somewhere: "Expansion (ABC)", "ABC (Expansion)"."""
    found: set[str] = set()
    for passage in whole.passages.values():
        if not passage.is_empty:
            found |= _in_brackets(passage)
    return found


@functools.lru_cache(maxsize=512)
def _in_brackets(passage: Passage) -> frozenset[str]:
    found: set[str] = set()
    for bracket in itertools.islice(_BRACKETS.finditer(passage.text), 400):
        before = passage.text[max(bracket.start() - AROUND, 0) : bracket.start()].rpartition("\n")[2]
        words = _WORDS.findall(before)[-12:]
        for token in re.split(r"[,;:\s]+|/(?= )", bracket[1].strip(" “”\"'’‘«»")):
            bare = _singular(token.strip('“”"‘’«».,'))
            if len(bare) <= LONGEST and _CAPITALS.search(bare) and words and _may_stand_for(bare, words):
                found.add(bare)
        ahead = re.search(r"([^\s()]{2,24})\s?$", before)
        if ahead and _CAPITALS.search(ahead[1]) and _may_stand_for(_singular(ahead[1]), _WORDS.findall(bracket[1])):
            if len(_WORDS.findall(bracket[1])) > 1:
                found.add(_singular(ahead[1]))
    return frozenset(found)


def _may_stand_for(letters: str, words: list[str]) -> bool:
    """Whether words may be an acronym's expansion: one begins with its first letter, or is written with a capital."""
    first = _flat(letters)[:1]
    return any(_flat(word)[:1] == first for word in words) or (words[-1][:1].isupper() and len(words) > 1)


def _spelled(letters: str, before: str, after: str) -> bool:
    """Whether the words beside an acronym spell it: "ABC stands for …", "ABC: …", "…, or ABC"."""
    sought = [letter for letter in _flat(letters) if letter.isalpha()]
    if re.match(r"\s?(?:,|:|=|–|—|-|stands? for|means?|is short for|signifie|significa|or|ou|o)\s", after) and len(sought) > 1:
        words = _WORDS.findall(re.sub(r"^\s?(?:stands? for|means?|is short for|or|ou|o)\b", "", after))[:12]
        if _initials(sought, [*words]):
            return True
    if re.search(r"(?:,|:|=|–|—|-|\bor|\bou|\bo|\bor the)\s?[\"“«]?$", before) and len(sought) > 1:
        words = _WORDS.findall(re.sub(r"\b(?:or|ou|o|or the)\s?$", "", before))[-12:]
        return any(_initials(sought, words[begin:], to_the_end=True) for begin in range(len(words)))
    return False


def _initials(sought: list[str], words: list[str], to_the_end: bool = False) -> bool:
    """Whether words begin with the letters of an acronym in their order; small words may stand between."""
    words = [word for word in words if _flat(word) not in ("the", "le", "la", "el", "les", "los")]
    left = list(sought)
    for place, word in enumerate(words):
        if left and _flat(word)[:1] == left[0]:
            left.pop(0)
        elif _flat(word) not in SMALL:
            return False
        if not left:
            return not to_the_end or place == len(words) - 1
    return False


def _flat(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
