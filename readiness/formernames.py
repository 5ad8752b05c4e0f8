"""Names that the offices of the ILO no longer bear, those that are shipped and those of a kind, and names that are nearly right
(R10)."""

import difflib
import functools
import itertools
import re
from collections.abc import Iterator

from readiness import terms
from readiness.finding import Fix, Mark
from readiness.history import is_history
from readiness.offices import FIELD_CODE, IN_BRACKETS, LONGEST, MOST, MOST_WORDS, NAMED, NOUNS, WRITTEN, known_names, names_agree
from readiness.passage import WORD, Passage
from readiness.registers import Registers
from readiness.rule import Whole
from readiness.wording import plain

# Kinds of field office that are no more

FORMER_KINDS = {
    "en": r"(?:[Ss]ub-?[Rr]egional|[Aa]rea) [Oo]ffice|[Mm]ultidisciplinary [Aa]dvisory [Tt]eam",
    "fr": r"[Bb]ureau sous-régional|[Éé]quipe consultative multidisciplinaire",
    "es": r"[Oo]ficina (?:[Ss]ubregional|de [ÁáAa]rea)|[Ee]quipo (?:[Tt]écnico|[Cc]onsultivo) [Mm]ultidisciplinario",
}
"""What the ILO called its field offices before 2010; other organizations still have such offices."""
OURS = r"(?:ILO(?:['’]s)?|OIT|BIT)"
_OURS_BEHIND = r"(?: of the ILO| (?:de l['’]|du |de la )(?:OIT|BIT|ILO))"
_FORMER_CODE = r"(?:SRO|BSR|OSR|MDT|EMD)[-/ ](?P<city>(?:San |New |Port of |Addis )?[A-Z][a-zà-ÿ]+)"
_SMALL = "for|in|of|the|and|pour|à|de|du|le|la|les|et|del|para|en|el|los|y"
_REST = rf"(?: (?:{_SMALL}|(?:[dlDL]['’])?[A-ZÀ-Ý][\w'’-]*)){{0,9}}"
FORMER_KIND = {
    language: re.compile(
        rf"(?P<ours>\b{OURS} )?(?<![\w-])(?:(?P<name>(?:{kinds})s?(?P<behind>{_OURS_BEHIND})?{_REST})(?: \({_FORMER_CODE}\))?"
        rf"|{_FORMER_CODE.replace('city', 'town')}(?![\w-]))"
    )
    for language, kinds in FORMER_KINDS.items()
}
_SMALL_END = re.compile(rf"(?: (?:{_SMALL}))+$")
_IN_CITY = re.compile(r" (?:in|à|de|en) (?P<city>(?:San |New |Port of )?[A-ZÀ-Ý]\w+)$")
SUCCESSORS = frozenset("Budapest Cairo Dakar Lima Moscow Santiago Yaoundé".split()) | {"New Delhi", "Port of Spain", "San José"}
"""Cities in which a Subregional Office became a Decent Work Team and Country Office."""


def former_kinds(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A Subregional or Area Office, by its name or its acronym: today's are Country Offices and Decent Work Teams."""
    for found in itertools.islice(FORMER_KIND[passage.language].finditer(passage.text), MOST):
        start = found.end("ours") if found["ours"] else found.start()
        said = passage.text[start : found.end()]
        said = said[: len(said) - len(end[0])] if (end := _SMALL_END.search(said)) else said
        named = _IN_CITY.search(said)
        city = found["city"] or found["town"] or (named["city"] if named else "")
        is_ours = found["city"] or found["town"] or found["ours"] or found["behind"] or passage.box.name in (NAMED, WRITTEN)
        if not is_ours or is_history(passage, start, start + len(said)) or _is_of_today(said, registers):
            continue
        today = _successor(city, registers, passage.language if passage.box.name in (NAMED, WRITTEN) else "")
        instead = f"today it is “{today}”" if today else "today there are Country Offices and Decent Work Teams. Write its own"
        is_all = found["town"] or said == passage.text.strip()
        yield Mark(start, start + len(said), f"“{said}” is a former name: {instead}.", Fix(today) if today and is_all else None)


def _successor(city: str, registers: Registers, in_full: str) -> str:
    """What the office in a city is called today: as the register says, else by the acronym of a Decent Work Team.

    Args:
        in_full: the language in which the whole name is wanted; "" where the acronym will do.
    """
    there = [
        o.printed(in_full) if in_full else o.code
        for o in registers.offices
        if city and o.place.startswith(f"{city},") and FIELD_CODE.match(o.code)
    ]
    return there[0] if len(there) == 1 else f"DWT/CO-{city}" if city in SUCCESSORS else ""


def _is_of_today(name: str, registers: Registers) -> bool:
    """Whether the register has a name as one of today."""
    return plain(name) in _of_today(registers)


@functools.lru_cache(maxsize=4)
def _of_today(registers: Registers) -> frozenset[str]:
    return frozenset(name for name, *_ in known_names(registers))


# Former names that are shipped, or entered as terms


def shipped_names(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A former name of an office of the ILO, with the acronym in brackets behind it: entries of the register of terms."""
    text = passage.text
    for found, term in terms.found_under("R10", passage, registers):
        if _is_of_today(found[0], registers) or is_history(passage, found.start(), found.end()):
            continue
        if term.words in _entered_as_former(registers):
            continue
        behind = IN_BRACKETS.match(text, found.end())
        end = behind.end() if behind and behind["letters"].isupper() else found.end()
        name = term.instead.partition(" (")[0]
        is_whole = end > found.end() or (passage.box.name in (NAMED, WRITTEN) and found[0] == text.strip())
        written = term.instead if is_whole else name
        said = f"“{text[found.start() : end]}”: {term.reason}" + (f" Write “{written}”." if written else "")
        yield Mark(found.start(), end, said, Fix(written) if written else None, term.severity)


@functools.lru_cache(maxsize=4)
def _entered_as_former(registers: Registers) -> frozenset[str]:
    return frozenset(name for office in registers.offices for name in office.former_names)


# Names that are nearly right


def nearly_named(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A name that differs from an official one in a letter or two: "Sectorial Policies Department"."""
    if passage.box.name in (NAMED, WRITTEN) and registers.offices:
        return  # these are compared with the register
    for start, end, name in _nearly(passage, _by_noun(registers, passage.language)):
        if not _is_of_today(passage.text[start:end], registers):
            yield Mark(start, end, f"“{passage.text[start:end]}”: the office is called “{name}”.", Fix(name))


def nearly_as_above(whole: Whole) -> Iterator[Mark]:
    """A name that differs in a letter or two from that of the department or unit as the form names it."""
    boxes = (IN_BRACKETS.sub("", whole.passages[box].text) for box in (NAMED, WRITTEN))
    own = _indexed(frozenset(name.strip() for name in boxes if len(name) <= LONGEST), whole.language)
    for box, passage in whole.passages.items() if own else ():
        if passage.is_empty or box in (NAMED, WRITTEN):
            continue
        official = {name for _, _, name in _nearly(passage, _by_noun(whole.registers, whole.language))}
        for start, end, name in _nearly(passage, own):
            if name not in official and not _is_of_today(passage.text[start:end], whole.registers):
                said = f"“{passage.text[start:end]}” is named “{name}” above: one office, one name."
                yield Mark(start, end, said, Fix(name), None, box)


Names = dict[str, list[tuple[str, int, int]]]
"""Names by the noun in them, each with the place of that noun and its number of words."""


def _nearly(passage: Passage, names: Names) -> Iterator[tuple[int, int, str]]:
    """Where a passage nearly has one of some names, and which."""
    words = passage.words[:MOST_WORDS] if names else ()
    for place, word in enumerate(words):
        for name, at, many in names.get(word.text, ()):
            window = words[max(place - at, 0) : place - at + many]
            if place < at or len(window) != many:
                continue
            start, end = window[0].start, window[-1].end
            if _is_nearly(passage.text[start:end], name) and not is_history(passage, start, end):
                yield start, end, name


NEARLY = 0.88
_OF_THE_ILO = re.compile(rf"^{OURS} |{_OURS_BEHIND}$")


@functools.lru_cache(maxsize=4_096)
def _is_nearly(typed: str, name: str) -> bool:
    if "\n" in typed or not typed[0].isupper() or plain(typed) == plain(name):
        return False
    one, other = _singular(typed), _singular(name)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() > NEARLY and matcher.ratio() > NEARLY and names_agree(one, other)


def _singular(name: str) -> str:
    """A name as it is compared, its nouns in the singular: "Policies" and "Policy" are nearly the same."""
    return " ".join(re.sub(r"(?<=\w{3})ies$", "y", word).removesuffix("s") for word in plain(name).split())


@functools.lru_cache(maxsize=12)
def _by_noun(registers: Registers, language: str) -> Names:
    """The official names of a language: of the register, and of today's offices whose former names are shipped."""
    shipped = (term for term in registers.terms if term.rule == "R10" and term.language == language)
    today = {_OF_THE_ILO.sub("", term.instead.partition(" (")[0]) for term in shipped}
    return _indexed(frozenset(today | {office.name(language) for office in registers.offices}), language)


@functools.lru_cache(maxsize=64)
def _indexed(names: frozenset[str], language: str) -> Names:
    found: Names = {}
    nouns = NOUNS[language].split("|")
    for name in sorted(names):
        words = [word[0] for word in WORD.finditer(name)]
        if (at := next((place for place, word in enumerate(words) if word in nouns), -1)) >= 0 and len(words) > 2:
            found.setdefault(words[at], []).append((name, at, len(words)))
    return found
