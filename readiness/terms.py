"""Words of the registers that are not to be used: former names, slips, what is not inclusive, what is not ours to promise."""

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents import prose
from readiness.finding import Fix, Mark
from readiness.passage import Passage
from readiness.registers import Registers, Term
from readiness.rule import InOneBox

_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTES = "'’‘"
_SEVERAL = re.compile(r" / |;|\.\.\.|…")
"""Where these stand in the words to be written, there is a choice, and no fix."""
MOST = 20_000
"""How many words of a box are looked at: ten times those of the longest proposal."""
_OF_COMPUTERS = r"(?:computer|software|processing|statistical|spreadsheet|database|mapping|translation|malicious) $"
RIGHT_AFTER = {
    "program": re.compile(_OF_COMPUTERS, re.IGNORECASE),
    "programs": re.compile(_OF_COMPUTERS, re.IGNORECASE),
    "technical cooperation": re.compile(r"\b(?:budget for|RBTC|German|triangular and|South-South and) $", re.IGNORECASE),
    "coopération technique": re.compile(r"\bbudget ordinaire (?:de|de la|pour la) $", re.IGNORECASE),
    "cooperación técnica": re.compile(r"\bpresupuesto ordinario (?:de|de la|para la) $", re.IGNORECASE),
}
"""After which words a term is right: programs of computers are spelt so, and a budget still bears its name."""
NAMES = frozenset({"Technical Cooperation", "Coopération Technique", "Cooperación Técnica"})
"""Terms that with these capitals are names, of agencies and committees."""
_FORMERLY = re.compile(
    r"\b(?:formerly|previously|anciennement|antes|anteriormente)(?: (?:known as|called))? (?:the )?$", re.IGNORECASE
)
"""What may stand before a name that is no longer borne; "former" alone is said of persons as well."""


@dataclass(frozen=True)
class _Sought:
    """A term made ready to be found."""

    term: Term
    pattern: re.Pattern[str]
    within: tuple[tuple[int, int], ...]
    """Where its words stand inside those to be written instead: they are right there."""
    before: int
    """How many characters stand before its first letter."""


Index = dict[str, dict[str, list[_Sought]]]
"""Terms by their first word and their second, which is empty where there is none."""


def told_under(code: str) -> InOneBox:
    """The rule that tells the terms which the register files under a rule's code."""

    def terms(passage: Passage, registers: Registers) -> Iterator[Mark]:
        """Words that the register says are not to be used."""
        return (_mark(passage, found, term) for found, term in found_under(code, passage, registers))

    return terms


def found_under(code: str, passage: Passage, registers: Registers) -> Iterator[tuple[re.Match[str], Term]]:
    """The terms filed under a rule's code that stand in a passage, each with its place; the longest where several do."""
    index, text, behind = _index(registers.terms, passage.language, code), passage.text, 0
    for (start, first), (_, second) in itertools.pairwise(_words(passage)) if index else ():
        if start < behind or first not in index:
            continue
        for sought in _candidates(index[first], second):
            found = sought.pattern.match(text, max(start - sought.before, 0))
            if found and not _is_right(passage, found, sought):
                behind = found.end()
                yield found, sought.term
                break


@functools.lru_cache(maxsize=64)
def _words(passage: Passage) -> tuple[tuple[int, str], ...]:
    """The words of a passage with their places, in small letters, and an end: several rules ask for the same."""
    words = itertools.islice(_LETTERS.finditer(passage.text), MOST)
    return (*((word.start(), word[0].casefold()) for word in words), (0, ""))


def _candidates(terms: dict[str, list[_Sought]], second: str) -> list[_Sought]:
    """The terms that may stand where two words stand; those of more words before those of one."""
    return terms.get(second, []) + terms.get("", [])


@functools.lru_cache(maxsize=32)
def _index(terms: tuple[Term, ...], language: str, code: str) -> Index:
    """The terms of a language by their first two words, the longest first: a text is looked through once for all."""
    found: Index = {}
    for term in sorted(terms, key=lambda term: -len(term.words)):
        words = [*_LETTERS.finditer(term.words)]
        if term.rule == code and term.language == language and words:
            second = words[1][0].casefold() if len(words) > 1 else ""
            sought = _Sought(term, _pattern(term), _within(term), words[0].start())
            found.setdefault(words[0][0].casefold(), {}).setdefault(second, []).append(sought)
    return found


def _pattern(term: Term) -> re.Pattern[str]:
    """A pattern for the words of a term, whatever spaces and apostrophes part them.

    Capitals matter in an acronym, in a name of one word, and where nothing else is wrong.
    """
    words = re.escape(term.words)
    words = re.sub(r"(\\?\s)+", r"\\s+", words)
    words = re.sub(f"[{_QUOTES}]", f"[{_QUOTES}]", words)
    is_name = " " not in term.words and term.words[0].isupper()
    exact = is_name or term.words.casefold() == term.instead.casefold()
    return re.compile(rf"(?<![\w@/.]){words}(?![\w@]|[/.]\w)", 0 if exact else re.IGNORECASE)


def _within(term: Term) -> tuple[tuple[int, int], ...]:
    words, instead = term.words.casefold(), term.instead.casefold()
    if words == instead:
        return ()
    return tuple((found.start(), len(instead)) for found in re.finditer(re.escape(words), instead))


def _is_right(passage: Passage, found: re.Match[str], sought: _Sought) -> bool:
    """Whether the words may stand there: in what is to be written instead, as a name of old, in the form's own example."""
    text, start, instead = passage.text, found.start(), _flat(sought.term.instead)
    if any(_flat(text[max(start - before, 0) : start - before + length]) == instead for before, length in sought.within):
        return True
    before = text[max(start - 40, 0) : start]
    if found[0] in NAMES or _FORMERLY.search(before):
        return True
    if (fitting := RIGHT_AFTER.get(found[0].casefold())) and fitting.search(before):
        return True
    return found[0].casefold() in _example(passage.box.example)


@functools.lru_cache(maxsize=64)
def _example(example: str) -> str:
    return prose.text(example).casefold()


def _flat(words: str) -> str:
    return words.casefold().replace("’", "'").replace("‘", "'").replace("\xa0", " ")


def _mark(passage: Passage, found: re.Match[str], term: Term) -> Mark:
    start, end, words = found.start(), found.end(), found[0]
    if not term.instead or _SEVERAL.search(term.instead):
        named = f" Write {term.instead}." if term.instead else ""
        return Mark(start, end, f"“{words}”: {term.reason}{named}", None, term.severity)
    written = _cased(term, words)
    fix = _with_article(passage.text, start, words, written) if passage.language == "en" else (start, written)
    return Mark(fix[0], end, f"“{words}”: {term.reason} Write “{written}”.", Fix(fix[1]), term.severity)


def _cased(term: Term, words: str) -> str:
    """The words to be written, with the capitals of those found."""
    if words.casefold() == term.instead.casefold():
        return term.instead
    if words.isupper() and not term.words.isupper():
        return term.instead.upper()
    old, new, entered = words.split(), term.instead.split(), term.words.split()
    if len(old) != len(new) or len(old) != len(entered):
        old, new, entered = [words], [term.instead], [term.words]
    raised = (was[0].isupper() and not as_entered[0].isupper() for was, as_entered in zip(old, entered, strict=True))
    return " ".join(_capital(now) if is_raised else now for now, is_raised in zip(new, raised, strict=True))


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _with_article(text: str, start: int, words: str, written: str) -> tuple[int, str]:
    """The place and the words of a fix, with "a" or "an" before them where the other one is now right."""
    before = re.search(r"\b(a|an) $", text[max(start - 4, 0) : start], re.IGNORECASE)
    needs = "an" if written[0].casefold() in "aeio" else "a"
    if not before or before[1].casefold() == needs or (words[0].casefold() in "aeio") == (needs == "an"):
        return start, written
    article = _capital(needs) if before[1][0].isupper() else needs
    return start - len(before[0]), f"{article} {written}"
