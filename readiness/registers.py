"""The registers as plain values: what the rules know of the house and its words. Who reads the tables fills them."""

from dataclasses import dataclass
from typing import Any

from readiness.finding import Severity


@dataclass(frozen=True)
class OfficeEntry:
    """An office or unit: its acronym, its official names (English, French, Spanish; "" where there is none), those it bore
    formerly."""

    code: str
    names: tuple[str, ...]
    former_names: tuple[str, ...] = ()
    place: str = ""

    def name(self, language: str) -> str:
        """Its official name in a language; in English where it has none in that one."""
        place = ("en", "fr", "es").index(language) if language in ("en", "fr", "es") else 0
        return (self.names[place] if place < len(self.names) else "") or self.names[0]

    def printed(self, language: str) -> str:
        """As the form prints it: "Labour Migration Branch (MIGRANT)"."""
        return f"{self.name(language)} ({self.code})"


@dataclass(frozen=True)
class Outcome:
    """An outcome or output of the Programme and Budget: "2026-27", "1.2", its title."""

    biennium: str
    code: str
    title: str
    language: str = "en"


@dataclass(frozen=True)
class Instrument:
    """An instrument of the ILO: "Convention", 97, 1949, its title; number 0 where it bears none."""

    kind: str
    number: int
    year: int
    title: str
    language: str = "en"


@dataclass(frozen=True)
class Acronym:
    """An acronym that needs no expansion, or what it stands for in a language."""

    letters: str
    expansion: str = ""
    known: bool = False
    """Whether every reader knows it, so that it may stand unexpanded."""
    language: str = "en"


@dataclass(frozen=True)
class Term:
    """Words not to be used, those to be used instead (empty: none), and why; told under a rule's code."""

    words: str
    instead: str
    reason: str
    language: str
    rule: str = "R23"
    severity: Severity = Severity.WARNING


class Entries(tuple[Any, ...]):
    """The entries of one register at one moment, equal to themselves alone: what a rule makes of them is kept as long as they."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


@dataclass(frozen=True, eq=False)
class Registers:
    """All of them at one moment."""

    offices: tuple[OfficeEntry, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    terms: tuple[Term, ...] = ()
    biennium: str = ""
    """The one in which the day falls, "2026-27"; empty where no day is known."""
    words: frozenset[str] = frozenset()
    """Words that are spelt right though no dictionary has them: names, terms of the house."""
