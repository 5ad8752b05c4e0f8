"""Offices and units: as the register writes them, in full with their acronym, and one name for one office (R10)."""

import difflib
import functools
import itertools
import re
from collections.abc import Iterator

from readiness.finding import Fix, Mark, Severity
from readiness.history import is_history
from readiness.passage import Passage
from readiness.registers import OfficeEntry, Registers
from readiness.rule import Whole
from readiness.wording import plain

NOUNS = {
    "en": "Department|Branch|Unit|Bureau|Office|Section|Team|Division|Service|Directorate|Secretariat",
    "fr": "Département|Service|Unité|Bureau|Section|Équipe|Division|Direction|Secrétariat",
    "es": "Departamento|Servicio|Unidad|Oficina|Sección|Equipo|División|Dirección|Secretaría",
}
"""What offices are called; on the form they bear a capital."""
SAME_RANK = "Department|Branch|Unit|Bureau|Section|Division|Service"
"""Nouns of which an office bears one: "Labour Migration Branch" and "Labour Migration Unit" are one of the two."""
SMALL = frozenset("of and for the on in at to a an de la le les l du des d et en sur pour y el los las del sobre para".split())
STATION = re.compile(r"\b(?:ILO|OIT|BIT|HQ|Headquarters?|Head Office|Siège|Sede|Office|Bureau|Oficina)\b", re.IGNORECASE)
_HQ = re.compile(
    r"(?: ?[,;–—/-] ?| )(?:\((?:ILO[ -])?(?:HQ|Headquarters?|Siège|Sede)\)"
    r"|(?:ILO[ -])?(?:HQ|Headquarters?|Siège|Sede)(?:,? (?:in )?Gen(?:eva|ève))?)\.?$",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r" ?\((?P<letters>[^\s()]{2,40})\)")
_CODE = re.compile(r"^(?:[A-Z]{2,}(?:[/&-][A-Z]{2,})*)$")
_FIELD = "RO|CO|DWT|ETD|BP|ETP|OP|SRO|AO|PO|LO|CSR"
FIELD_CODE = re.compile(rf"^(?:{_FIELD})\b")
_LARGE = re.compile(r"\b(?:d[ée]partement|department|departamento|bureau of|portfolio|cluster|sector|secteur)\b", re.IGNORECASE)
"""What has units of its own."""
NAMED, WRITTEN = "department", "unit"
LONGEST, MOST, MOST_WORDS = 300, 400, 20_000
"""How long a line is still read as a name, how many brackets of a text are, and how many words: no proposal holds more."""


# The boxes of the department and of the unit


def office_boxes(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """The department or unit as it is typed: with the register's name where it has one, else by the house's custom."""
    text = passage.text
    if len(text) > LONGEST:
        return
    office, likeness = _like(text, registers, passage.language)
    if office:
        yield from _as_registered(text, office, likeness, passage.language)
        return
    if office := _by_city(text, registers):
        yield from _as_registered(text, office, 0, passage.language)
        return
    yield from _small_nouns(text, passage.language)
    yield from _abbreviated(text)
    if (found := _HQ.search(text)) and found.start() > 3:
        said = f"“{found[0].strip(' ,;–—-/')}”: leave it out; the duty station says where it is."
        yield Mark(found.start(), found.end(), said, Fix(""))
    if _CODE.match(text) and not FIELD_CODE.match(text):
        yield Mark(0, len(text), f"“{text}”: give the name in full, with its acronym in brackets.", None, Severity.HINT)


_IN_CITY = re.compile(
    r"^(?:(?:The )?ILO(?:['’]s)? (?:Country )?Office|Bureau (?:de pays )?(?:de l['’]OIT|du BIT)|Oficina (?:de País )?de la OIT)"
    r"(?: (?:in|at|à|en|de)|,) (?P<city>[^\W\d_][\w '’-]{1,40})$"
)


def _by_city(text: str, registers: Registers) -> OfficeEntry | None:
    """The field office of the register that is meant by its city: "ILO Office in Jakarta"."""
    found = _IN_CITY.match(text.strip())
    city = plain(found["city"]) if found else ""
    there = [o for o in registers.offices if city and plain(o.place.partition(",")[0]) == city and FIELD_CODE.match(o.code)]
    return there[0] if len(there) == 1 else None


def _small_nouns(text: str, language: str) -> Iterator[Mark]:
    """ "Labour Standards department": a name in which the office's own noun has lost its capital."""
    nouns = NOUNS[language].casefold()
    pattern = rf"(?<=[^\W\d_] )(?:{nouns})\b" if language == "en" else rf"^(?:{nouns})\b"
    for found in re.finditer(pattern, text):
        before = text[: found.start()].split()
        if language == "en" and not (before and before[-1][0].isupper() and before[-1] != "ILO"):
            continue
        yield _raised(found)
    if language == "en" and (first := re.match(rf"(?:{nouns}) (?:of|for) [A-Z]", text)):
        noun = re.match(r"\w+", text)
        if first and noun:
            yield _raised(noun)


ABBREVIATED = {"Dept": "Department", "Dép": "Département", "Dépt": "Département", "Depto": "Departamento", "Dpto": "Departamento"}
_ABBREVIATED = re.compile(rf"(?<!\w)(?:{'|'.join(ABBREVIATED)})\b\.?")
_APART = re.compile(r"(?<![\w/-])(?:DWT/CO|DWT/RO|ETD/BP|ETD/OP|CO|RO)(?P<gap> ?[ –—-] ?| ?/ ?)(?=[A-ZÀ-Ý][a-zà-ÿ]{2})")


def _abbreviated(text: str) -> Iterator[Mark]:
    """ "Dept.", and an acronym that lacks the hyphen before its place: "CO Jakarta"."""
    for found in _ABBREVIATED.finditer(text):
        whole = ABBREVIATED[found[0].rstrip(".")]
        yield Mark(*found.span(), f"“{found[0]}”: write “{whole}”.", Fix(whole), Severity.HINT)
    for found in _APART.finditer(text):
        if found["gap"] != "-":
            written = found[0].removesuffix(found["gap"]) + "-"
            said = f"“{found[0].strip()}”: offices are written with a hyphen before their place, “{written}…”."
            yield Mark(*found.span(), said, Fix(written), Severity.HINT)


def _raised(noun: re.Match[str]) -> Mark:
    written = noun[0][0].upper() + noun[0][1:]
    said = f"“{noun[0]}”: as part of an office's name it is written “{written}”."
    return Mark(noun.start(), noun.end(), said, Fix(written))


def _as_registered(text: str, office: OfficeEntry, likeness: float, language: str) -> Iterator[Mark]:
    """What differs from the register's entry for an office."""
    printed = office.printed(language)
    if likeness == 1 or _bare(text) in {_bare(office.printed(tongue)) for tongue in ("en", "fr", "es")}:
        return
    if plain(_bare(text)) in (plain(office.name(language)), plain(office.code)):
        said = f"The register writes this office in full, with its acronym: “{printed}”."
        yield Mark(0, len(text), said, Fix(printed), Severity.HINT)
    else:
        yield Mark(0, len(text), f"“{text}”: the register writes this office “{printed}”.", Fix(printed))


def _bare(text: str) -> str:
    """An office's name without the article and the organisation before it."""
    return re.sub(r"^(?:the )?(?:ILO(?:['’]s)? )?", "", text.strip().rstrip("."), flags=re.IGNORECASE).replace("’", "'")


LIKE = 0.86


def _like(text: str, registers: Registers, language: str) -> tuple[OfficeEntry | None, float]:
    """The office of the register whose name a text means, and how like it is: 1 where it is the very name."""
    wanted = plain(_bare(text))
    mine = frozenset(wanted.split()) - SMALL
    best, likeness = None, LIKE
    for said, theirs, office in known_names(registers):
        if said == wanted:
            same = _bare(text) in {_bare(said) for said in _names(office)}
            return office, 1.0 if same else 0.99
        longer = max(len(said), len(wanted), 1)
        if abs(len(said) - len(wanted)) / longer > 1 - LIKE or len(mine & theirs) * 3 < len(theirs):
            continue
        matcher = difflib.SequenceMatcher(None, said, wanted, autojunk=False)
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness and names_agree(said, wanted):
            if (ratio := matcher.ratio()) > likeness:
                best, likeness = office, min(ratio, 0.98)
    return best, likeness if best else 0.0


def names_agree(one: str, other: str) -> bool:
    """Whether two names have their own words in common: "Country Office for X" and "for Y" are two offices."""
    strange = set(one.split()) ^ set(other.split())
    return all(
        difflib.get_close_matches(word, (set(one.split()) | set(other.split())) - {word}, 1, 0.8) for word in strange - SMALL
    )


def _names(office: OfficeEntry) -> Iterator[str]:
    for language in ("en", "fr", "es"):
        yield office.printed(language)


@functools.lru_cache(maxsize=4)
def known_names(registers: Registers) -> tuple[tuple[str, frozenset[str], OfficeEntry], ...]:
    """Every way in which the register names an office, made ready to be compared; the full name first."""
    said = [(plain(name), office) for office in registers.offices for name in dict.fromkeys(_names(office))]
    said += [(plain(name), office) for office in registers.offices for name in (*office.names, office.code) if name]
    return tuple((name, frozenset(name.split()) - SMALL, office) for name, office in said)


A_FIELD_OFFICE = re.compile(
    rf"(?<![\w/-])(?:{_FIELD})[-/][A-ZÀ-Þ]|\b(?:country|regional|area) office\b|\bdecent work team\b"
    r"|\bILO office (?:in|for)\b|\bbureau (?:de pays|régional)\b|\boficina (?:de país|regional)\b",
    re.IGNORECASE,
)


def names_field_office(department: str) -> bool:
    """Whether what stands in the box of the department is the name of a field office, as such names are made.

    A proposal of this portal has its office's entry, which alone decides; this is for old files, which have none.
    """
    return bool(A_FIELD_OFFICE.search(department[:LONGEST]))


# The duty station


def duty_station(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A station that is more than city and country, or less."""
    text = passage.text
    if len(text) > LONGEST:
        return
    if STATION.search(text):
        place = _place(text)
        said = f"“{text}”: write the city and the country alone" + (f", “{place}”." if place else ".")
        yield Mark(0, len(text), said, Fix(place) if place else None)
    elif not re.search(r"[,(/–—-]", text) and plain(text) not in CITY_STATES:
        places = dict.fromkeys(o.place for o in registers.offices if plain(o.place.partition(",")[0]) == plain(text))
        one = next(iter(places)) if len(places) == 1 and passage.language == "en" else ""
        said = f"“{text}”: name the country too" + (f", “{one}”." if one else ".")
        yield Mark(0, len(text), said, Fix(one) if one else None, Severity.HINT)


def _place(text: str) -> str:
    """The city and the country in a longer line; nothing where they are not plain to see."""
    pieces = [re.sub(r"^.*\b(?:in|at|à|en) (?=[^\W\d_])", "", piece.strip(" .")) for piece in re.split(r"[(),;–—]| - ", text)]
    left = [piece for piece in pieces if piece and not STATION.search(piece)]
    return ", ".join(left) if len(left) == 2 and all(piece[0].isupper() for piece in left) else ""


CITY_STATES = frozenset("singapore singapour singapur djibouti luxembourg monaco various".split())


# Offices in the text


def former_names(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A name or acronym which an office bore formerly, and one whose acronym is misspelt: "CO Jakarta"."""
    text, behind = passage.text, 0
    sought = _former(registers)
    for word in itertools.islice(_FIRST.finditer(text), MOST_WORDS) if sought else ():
        for pattern, office in sought.get(word[0].casefold(), ()) if word.start() >= behind else ():
            if found := pattern.match(text, word.start()):
                behind = found.end()
                yield from _formerly(passage, found, office)
                break
    codes, written = _codes(registers)
    for found in codes.finditer(text) if codes else ():
        code = written[plain(found[0])]
        if found[0] != code:
            yield Mark(found.start(), found.end(), f"“{found[0]}”: the register writes “{code}”.", Fix(code))


_FIRST = re.compile(r"[^\W_]+")


def _formerly(passage: Passage, found: re.Match[str], office: OfficeEntry) -> Iterator[Mark]:
    """What is said of a former name, unless it stands beside today's or is called a former one."""
    alone = passage.box.name in (NAMED, WRITTEN) and found[0] == passage.text.strip()
    now = office.printed(passage.language) if alone else office.name(passage.language)
    now = office.code if _CODE.match(found[0]) and not alone else now
    around = passage.text[max(found.start() - len(now), 0) : found.end() + len(now)]
    if now.casefold() not in around.casefold() and not is_history(passage, *found.span()):
        yield Mark(found.start(), found.end(), f"“{found[0]}” is a former name; today it is “{now}”.", Fix(now))


@functools.lru_cache(maxsize=4)
def _former(registers: Registers) -> dict[str, list[tuple[re.Pattern[str], OfficeEntry]]]:
    """The former names by the first word of each, the longest first: a text is looked through once for all."""
    names = [(name, office) for office in registers.offices for name in office.former_names if len(name) > 2]
    found: dict[str, list[tuple[re.Pattern[str], OfficeEntry]]] = {}
    for name, office in sorted(names, key=lambda named: -len(named[0])):
        if first := _FIRST.match(name):
            found.setdefault(first[0].casefold(), []).append((re.compile(_worded(name)), office))
    return found


def _worded(name: str) -> str:
    """A pattern for a name, whatever its spaces and apostrophes; in any case where it is of several words."""
    words = re.sub("['’]", "['’]", r"\s+".join(re.escape(word) for word in name.split()))
    return rf"(?<![\w/-]){f'(?i:{words})' if ' ' in name else words}(?![\w/-])"


@functools.lru_cache(maxsize=4)
def _codes(registers: Registers) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """The acronyms of field offices, whatever stands between their parts: "CO-Jakarta", typed "Co Jakarta"."""
    codes = {plain(office.code): office.code for office in registers.offices if FIELD_CODE.match(office.code)}
    parts = [r"[ /–-]".join(map(re.escape, re.split(r"[^\w]+", code))) for code in codes.values()]
    if not parts:
        return None, codes
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(sorted(parts, key=len, reverse=True))})(?![\w/-])", re.IGNORECASE), codes


# The document as a whole


def unit_repeats_department(whole: Whole) -> Iterator[Mark]:
    """A unit that is the department once more, whatever its capitals, acronym or order of words."""
    department, unit = whole.passages[NAMED], whole.passages[WRITTEN]
    if department.is_empty or unit.is_empty:
        return
    mine, theirs = _stem(unit.text), _stem(department.text)
    brackets = IN_BRACKETS.search(department.text)
    if (mine and mine == theirs) or (brackets and unit.text.strip() == brackets["letters"]):
        if _may_have_no_units(department.text):
            said = f"“{unit.text}” is the office once more: name the team in which the JPO works, if there is one."
            yield Mark(0, len(unit.text), said, None, Severity.HINT, WRITTEN)
        else:
            said = f"“{unit.text}” is the department once more: name the unit, branch or team in which the JPO works."
            yield Mark(0, len(unit.text), said, box=WRITTEN)


def _may_have_no_units(name: str) -> bool:
    """Whether an office may be too small for units: a field office, or one that is no department."""
    codes = [name, *(found["letters"] for found in IN_BRACKETS.finditer(name))]
    return any(FIELD_CODE.match(code) for code in codes) or not _LARGE.search(name)


def _stem(name: str) -> frozenset[str]:
    """The words that make a name, in whatever order."""
    bare = IN_BRACKETS.sub("", _HQ.sub("", _bare(name)))
    return frozenset(plain(bare).split()) - SMALL


def acronym_missing(whole: Whole) -> Iterator[Mark]:
    """A department or unit without the acronym with which the text names it."""
    for box in (NAMED, WRITTEN):
        passage = whole.passages[box]
        name = _HQ.sub("", passage.text).strip()
        if passage.is_empty or "(" in name or len(name.split()) < 2 or len(name) > 200:
            continue
        if _like(passage.text, whole.registers, whole.language)[0]:
            continue  # the register says more
        words = r"\s".join(map(re.escape, name.split()))
        pattern = re.compile(rf"{words} \((?P<acronym>[^\s()]{{2,40}})\)", re.IGNORECASE)
        found = next((m for other in _texts(whole) if (m := pattern.search(other.text)) and m["acronym"].isupper()), None)
        if found:
            said = f"“{passage.text}”: the text names it with its acronym; write “({found['acronym']})” here too."
            written = f"{passage.text[: len(name)]} ({found['acronym']}){passage.text[len(name) :]}"
            fix = Fix(written) if passage.text.startswith(name) else None
            yield Mark(0, len(passage.text), said, fix, Severity.HINT, box)


def _texts(whole: Whole) -> Iterator[Passage]:
    """The boxes in which offices are spoken of."""
    return (passage for passage in whole.passages.values() if passage.is_prose and not passage.is_empty)


def two_names(whole: Whole) -> Iterator[Mark]:
    """An acronym that is given to two names of an office, and an office that is now a branch and now a unit."""
    named: dict[str, str] = {}
    for box, passage in whole.passages.items():
        if passage.is_empty or box.startswith("supervisor"):
            continue
        for part in passage.parts[:MOST]:
            for bracket in itertools.islice(IN_BRACKETS.finditer(part.text), MOST):
                if not re.search(r"[A-ZÀ-Ý]{2}", bracket["letters"]):
                    continue
                name, at = _name_before(part.text, bracket.start(), whole.language)
                before = named.setdefault(bracket["letters"], name)
                if _differ(name, before, whole.language):
                    said = f"“{name} ({bracket['letters']})” is named “{before}” before: one office, one name."
                    yield Mark(part.start + at, part.start + bracket.end(), said, None, None, box)
                elif len(name) > len(before):
                    named[bracket["letters"]] = name
    if whole.language == "en":
        yield from _two_ranks(whole)


_RUN = re.compile(r"(?:[A-ZÀ-Ý][\w'’-]*,?|of|and|for|the|on|in|at|to|&|de|des|du|la|le|et|y|del|las|los|d['’][\w-]+|l['’][\w-]+)")
FURTHEST = 160


def _name_before(text: str, end: int, language: str) -> tuple[str, int]:
    """The name that stands before a place, with where it begins: words with capitals, and small ones between them."""
    stretch = text[max(end - FURTHEST, 0) : end]
    stretch = re.split(r"[;:.()\n]", stretch)[-1]
    if language != "en":
        nouns = [*re.finditer(rf"\b(?:{NOUNS[language]})\b", stretch)]
        begin = nouns[0].start() if nouns else len(stretch)
        return stretch[begin:].strip(), end - len(stretch) + begin
    words = [*re.finditer(r"\S+", stretch)]
    begin = len(words)
    while begin and _RUN.fullmatch(words[begin - 1][0]):
        begin -= 1
    while begin < len(words) and (words[begin][0].strip(",").casefold() in SMALL or words[begin][0] in ("The", "ILO", "&")):
        begin += 1
    if begin == len(words):
        return "", end
    return stretch[words[begin].start() :].strip(), end - len(stretch) + words[begin].start()


def _differ(name: str, before: str, language: str) -> bool:
    """Whether two names before the same acronym are two names of an office, neither the end of the other."""
    one, other = plain(name), plain(before)
    nouns = re.compile(rf"\b(?:{NOUNS[language]})\b", re.IGNORECASE)
    if not one or not other or not (nouns.search(name) or nouns.search(before)):
        return False
    return not (one.endswith(other) or other.endswith(one))


_RANKED = re.compile(
    r"(?<![\w'’-])(?!(?:The|Its|Our|This) )"
    r"(?P<stem>[A-Z][\w'’-]{1,40}(?:,? (?:(?:and|of|for|&) )?[A-Z][\w'’-]{1,40}){1,6})"
    rf" (?P<rank>{SAME_RANK})\b"
)


_RANKED_BEFORE = re.compile(
    rf"(?<![\w'’-])(?P<rank>{SAME_RANK}) (?:of|for) (?:the )?"
    r"(?P<stem>[A-Z][\w'’-]{1,40}(?:,? (?:(?:and|of|for) )?[A-Z][\w'’-]{1,40}){0,6})"
)
_OTHERS_OWN = re.compile(r"(?:[A-Z][\w.-]*(?:['’]s)?|national|central|federal|state|statistical)[ -]$")
_THE = re.compile(r"(?:^|[^\w])(?:The|Its|Our|Their|This|ILO(?:['’]s)?) $")


def _two_ranks(whole: Whole) -> Iterator[Mark]:
    boxes = [whole.passages[box].text for box in (NAMED, WRITTEN) if not whole.passages[box].is_empty]
    official = {plain(m["stem"]): m["rank"] for text in boxes for m in _RANKED.finditer(text)}
    both = [plain(m["stem"]) for text in boxes for m in _RANKED.finditer(text)]
    for passage in _texts(whole) if official else ():
        for found in _RANKED.finditer(passage.text):
            stem = plain(found["stem"])
            if official.get(stem, found["rank"]) != found["rank"] and both.count(stem) == 1:
                name = f"{found['stem']} {official[stem]}"
                yield Mark(found.start(), found.end(), f"“{found[0]}” is named “{name}” above: one office, one name.",
                           Fix(name), None, passage.box.name)  # fmt: skip
    yield from _two_ranks_before(whole, boxes)


def _two_ranks_before(whole: Whole, boxes: list[str]) -> Iterator[Mark]:
    """The same where the noun stands first: "Bureau of Statistics" beside the "Department of Statistics"; not another's."""
    official = {plain(m["stem"]): m for text in boxes for m in _RANKED_BEFORE.finditer(text)}
    for passage in _texts(whole) if official else ():
        for found in _RANKED_BEFORE.finditer(passage.text):
            box = official.get(plain(found["stem"]))
            before, after = passage.text[max(found.start() - 40, 0) : found.start()], passage.text[found.end() : found.end() + 8]
            is_others = re.match(r"['’]s|,? (?:of|in) (?:the )?[A-Z]", after) or (
                _OTHERS_OWN.search(before) and not _THE.search(before)
            )
            if box and box["rank"] != found["rank"] and not is_others and not is_history(passage, *found.span()):
                said = f"“{found[0]}” is named “{box[0]}” above: one office, one name."
                yield Mark(found.start(), found.end(), said, Fix(box[0]), None, passage.box.name)
