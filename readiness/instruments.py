"""The ILO's instruments, cited with their own year and number (R17)."""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage, Stretch
from readiness.registers import Instrument, Registers
from readiness.wording import plain

KINDS = {
    "convention": "Convention",
    "conventions": "Convention",
    "convenio": "Convention",
    "convenios": "Convention",
    "recommendation": "Recommendation",
    "recommendations": "Recommendation",
    "recommandation": "Recommendation",
    "recommandations": "Recommendation",
    "recomendación": "Recommendation",
    "recomendaciones": "Recommendation",
}
_KIND = r"(?P<kind>[Cc]onven(?:tion|io)s?|[Rr]ecomm[ae]ndations?|[Rr]ecomendaci(?:ón|ones))"
_YEAR = r"(?:19[1-9]\d|20[0-4]\d)"
_NO = r"(?:(?:Nos?|no|nos|N|n|Núm|núm|Nr)\.?[°ºo]?s?\.?|n\.º|N\.º|#)\s?"
_BRACKET = r"(?:\s?\([^()\d]{2,60}\))?"
_COUNTED = r"(?!\d|\s?%|\s(?:years?|months?|days|countr|member|times|per|States|articles?|ratif|more|other))"
_CITED = re.compile(
    rf"\b{_KIND}\b{_BRACKET}(?:\s?,?\s(?:of\s)?(?P<year>{_YEAR})\b)?"
    rf"(?:\s?,?\s?\(?(?:C|R)?{_NO}(?P<number>\d{{1,3}})\b\)?|\s[CR]?0?(?P<bare>\d{{2,3}})\b{_COUNTED})?"
    rf"(?:\s?,?\s(?:of\s|\()?(?P<later>{_YEAR})\b)?"
)
"""How a Convention or Recommendation is cited in English: its title before it, year and number after it, in either order."""
_CITED_ELSEWHERE = re.compile(
    rf"\b{_KIND}\b(?:\s?\(?{_NO}(?P<number>\d{{1,3}})\b\)?)?(?:\s(?:de\sl['’]OIT|du\sBIT|de\sla\sOIT)\b)?"
)
_ABOUT = r"(?P<title>\s(?:sur|concernant|relati\w+|du|sobre)\b[^.;:\d]{2,140}?)"
_DATED = re.compile(rf"{_ABOUT}?(?:,\s|\s\(|,?\sde\s)(?P<year>{_YEAR})\b(?:\s?,?\s?\({_NO}(?P<after>\d{{1,3}})\b\))?")
_UNDATED = re.compile(rf"{_ABOUT}(?=[.;:,\d]|$)")
"""How it is in French and Spanish: the title after it, then the year."""
_SHORT = re.compile(
    rf"(?<![\w-])(?P<kind>[CRP])[.-]?\s?0{{0,2}}(?P<number>[1-9]\d{{0,2}})\s?(?:,\s?|\(|,?\s(?:of|de)\s)(?P<year>{_YEAR})\b"
)
_LISTED = re.compile(rf"\b(?P<number>[1-9]\d{{0,2}})\s?\((?P<year>{_YEAR})\)")
_BY_LETTERS = re.compile(rf"\bMLC,?\s\(?(?P<year>{_YEAR})\b")
MLC = 186
"""The number under which the Maritime Labour Convention is kept; it is cited by its year."""
_PROTOCOL = re.compile(
    rf"\b[Pp]rotoc(?:ol|ole|olo)\s(?:of|de)\s(?P<year>{_YEAR})\s(?:to|relati[fv]o?|à|al)\s(?:the\s|(?:à\s)?la\s|al\s)?"
    r"(?P<title>[^.;\n\d]{5,110}?)(?=,\s\d|\s\(|[.;,]|$)"
)
"""A Protocol, which bears its year and the title of its Convention."""
_THEN_DATED = re.compile(rf"(?P<title>[^.;\n\d]{{4,110}}?),?\s\(?(?P<year>{_YEAR})\b")
"""A title said after the number, and its year after that: "Convention No. 155 concerning …, 1981"."""
_RATIFIED_IN = re.compile(rf"\)?,?\s(?:in|en|since|depuis|desde)\s(?P<year>{_YEAR})\b")
_RATIFY = re.compile(r"\bratif\w+(?:\W+\w+){0,6}\W*$", re.IGNORECASE)
_NAMED = re.compile(r"\)?,?\s(?:on|concerning|about)\s(?:the\s)?(?P<said>[^.;\n]{3,120})")
"""What an instrument is about, said after its number."""
OFF = re.compile(r"^(?:sur|concernant|relative|relatif|sobre|relativ[ao]|du|à|aux?|la|le|les|l|el|los|las|a|the|s)$")


@dataclass(frozen=True)
class _Citation:
    """One citation as it is typed."""

    start: int
    end: int
    said: str
    kind: str
    number: int
    year: int
    before: str = ""
    """The words before it: its title, in English."""
    about: str = ""
    """The words after it."""


def cited_wrongly(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An instrument cited with a year or number that is another's."""
    text = passage.text
    if not registers.instruments or not _MENTION.search(text):
        return
    told: list[tuple[int, int]] = []
    for citation in itertools.islice(_citations(passage), MOST):
        marks = [*_wrong(citation, registers, passage.language), *_ratified_before(citation, text, registers)]
        for mark in marks:
            if not any(start < mark.end and mark.start < end for start, end in told):
                told.append((mark.start, mark.end))
                yield mark
    yield from _declarations(passage, registers)


_MENTION = re.compile(r"conven|recomm|recomend|declar|déclar|\bMLC\b|(?<!\w)[CRP][.-]?\s?0?\d", re.IGNORECASE)


MOST = 500
"""How many citations of a text are looked up: no proposal holds more."""


def _citations(passage: Passage) -> Iterator[_Citation]:
    for part in passage.parts:
        for sentence in _lines(part.text):
            yield from _in_line(part.start + sentence.start, sentence.text, passage.language)


def _lines(text: str) -> Iterator[Stretch]:
    for line in re.finditer(r"[^\n]+", text):
        yield Stretch(line.start(), line.end(), line[0])


def _in_line(at: int, text: str, language: str) -> Iterator[_Citation]:
    cited = _in_english if language == "en" else _in_french_or_spanish
    for found in _KINDS_NAMED.finditer(text):
        kind = KINDS.get(found["kind"].casefold(), "")
        yield from cited(at, text, found.start(), kind)
        if found["kind"].endswith("s"):
            for item in _LISTED.finditer(text, found.end(), min(found.end() + 200, len(text))):
                yield _Citation(at + item.start(), at + item.end(), item[0], kind, int(item["number"]), int(item["year"]))
    for found in _SHORT.finditer(text):
        kind = {"C": "Convention", "R": "Recommendation", "P": "Protocol"}[found["kind"]]
        yield _Citation(at + found.start(), at + found.end(), found[0], kind, int(found["number"]), int(found["year"]))
    for found in _BY_LETTERS.finditer(text):
        yield _Citation(at + found.start(), at + found.end(), found[0], "Convention", MLC, int(found["year"]))
    for found in _PROTOCOL.finditer(text):
        yield _Citation(at + found.start(), at + found.end(), found[0], "Protocol", 0, int(found["year"]), "", found["title"])


_KINDS_NAMED = re.compile(rf"\b{_KIND}\b")


def _in_english(at: int, text: str, start: int, kind: str) -> Iterator[_Citation]:
    if found := _CITED.match(text, start):
        number, year = int(found["number"] or found["bare"] or 0), int(found["year"] or found["later"] or 0)
        named = _NAMED.match(text, found.end())
        end = found.end()
        before, about = text[max(start - 110, 0) : start], named["said"] if named else ""
        if named and number and not year and (dated := _THEN_DATED.match(named["said"])):
            about, year, end = dated["title"], int(dated["year"]), named.start("said") + dated.end()
        if number or year:
            yield _Citation(at + start, at + end, text[start:end], kind, number, year, before, about)


def _in_french_or_spanish(at: int, text: str, start: int, kind: str) -> Iterator[_Citation]:
    if found := _CITED_ELSEWHERE.match(text, start):
        rest = _DATED.match(text, found.end()) or _UNDATED.match(text, found.end())
        said = rest.groupdict() if rest else {}
        number, year = int(found["number"] or said.get("after") or 0), int(said.get("year") or 0)
        end = rest.end() if rest else found.end()
        if number or year:
            yield _Citation(at + start, at + end, text[start:end], kind, number, year, "", said.get("title") or "")


# Against the register


@functools.lru_cache(maxsize=8)
def _register(instruments: tuple[Instrument, ...]) -> Mapping[tuple[str, int], Instrument]:
    """The instruments by kind and number, in English."""
    return {(i.kind, i.number): i for i in instruments if i.number and i.language == "en"}


@functools.lru_cache(maxsize=16)
def _stems(instruments: tuple[Instrument, ...], language: str) -> Mapping[tuple[str, str], tuple[Instrument, ...]]:
    """The instruments by kind and the words of their titles, without the kind itself."""
    found: dict[tuple[str, str], tuple[Instrument, ...]] = {}
    for instrument in instruments:
        if instrument.language == language and instrument.kind in ("Convention", "Recommendation"):
            for stem in _stem(instrument.title):
                found[instrument.kind, stem] = (*found.get((instrument.kind, stem), ()), instrument)
    return found


def _stem(title: str) -> Iterator[str]:
    """The words of a title: "migration for employment"; with those in brackets and, where they say less, without."""
    bare = " ".join(_own_words(title))
    yield bare
    short = " ".join(_own_words(re.sub(r"\((?:Revised|révisée?|revisad[oa])\)", "", title)))
    if short != bare:
        yield short


def _own_words(title: str) -> list[str]:
    words = [word for word in plain(title).split() if word not in _KIND_WORDS]
    while words and OFF.match(words[0]):
        words = words[1:]
    return words


_KIND_WORDS = frozenset(plain(kind) for kind in KINDS)


def _wrong(citation: _Citation, registers: Registers, language: str) -> Iterator[Mark]:
    """What the register says against a citation."""
    if citation.kind == "Protocol" and not citation.number:
        yield from _wrong_protocol(citation, registers, language)
        return
    meant = _register(registers.instruments).get((citation.kind, citation.number))
    titled, title = _titled(citation, registers, language)
    citation = _with_title(citation, title)
    if meant and citation.year and citation.year != meant.year:
        others = [i for i in titled if i.year == citation.year and i.number != meant.number]
        if others and any(i.number == meant.number for i in titled):
            right = f"{_short(meant)} is of {meant.year}, that of {citation.year} is No. {others[0].number}"
            yield _mark(citation, right, "", "")
        elif others:
            yield _mark(citation, f"it is No. {others[0].number}", str(citation.number), str(others[0].number))
        else:
            yield _mark(citation, f"{_short(meant)} is of {meant.year}", str(citation.year), str(meant.year))
    elif titled and citation.number and citation.number not in {i.number for i in titled}:
        if meant and not title and _is_about(meant, titled[0], registers, language):
            return
        of_that_year = [i for i in titled if not citation.year or i.year == citation.year]
        if len(of_that_year) == 1:
            meant = of_that_year[0]
            yield _mark(citation, f"it is {_short(meant)}", str(citation.number), str(meant.number))
    elif titled and not citation.number and citation.year not in {i.year for i in titled}:
        of = " and ".join(f"{_short(one)} is of {one.year}" for one in titled)
        year = str(citation.year) if len(titled) == 1 else ""
        yield _mark(citation, of, year, str(titled[0].year))
    elif not meant and not titled and citation.number:
        yield from _wrong_kind(citation, registers, language)


def _is_about(meant: Instrument, titled: Instrument, registers: Registers, language: str) -> bool:
    """Whether the instrument of a number may be said to be on what another is called: Convention No. 105, "on forced labour"."""
    named = {
        i.title for i in registers.instruments if (i.kind, i.number) == (meant.kind, meant.number) and i.language == language
    }
    its = {word for title in (named or {meant.title}) for word in _own_words(title)} - _SMALL
    others = set(_own_words(titled.title)) - _SMALL
    return bool(others & its) if language == "en" else others <= its


_SMALL = frozenset("of and the for in on to at against or et la le les l du des de d sur au aux y el los las del en".split())


def _wrong_kind(citation: _Citation, registers: Registers, language: str) -> Iterator[Mark]:
    """A Convention that is a Recommendation, or the other way round: by its title or year under that number, or by its number."""
    other = "Recommendation" if citation.kind == "Convention" else "Convention"
    one = _register(registers.instruments).get((other, citation.number))
    titled, title = _titled(replace(citation, kind=other), registers, language)
    if one and (one in _english(titled, registers) or (citation.year == one.year and citation.year)):
        yield _mark(_with_title(citation, title), f"it is a {other}, {_short(one)} of {one.year}", "", "")
    elif one and citation.kind == "Convention" and citation.number > _last(registers.instruments) and not citation.year:
        said = f"“{citation.said}”: no such Convention is known; there is a {_short(one)}, of {one.year}. Please look it up."
        yield Mark(citation.start, citation.end, said, None, Severity.WARNING)


def _english(titled: tuple[Instrument, ...], registers: Registers) -> set[Instrument]:
    known = _register(registers.instruments)
    return {known[i.kind, i.number] for i in titled if (i.kind, i.number) in known}


@functools.lru_cache(maxsize=8)
def _last(instruments: tuple[Instrument, ...]) -> int:
    """The number of the latest Convention."""
    return max((i.number for i in instruments if i.kind == "Convention"), default=0)


def _wrong_protocol(citation: _Citation, registers: Registers, language: str) -> Iterator[Mark]:
    """A Protocol under a year in which its Convention was given none."""
    titled, _ = _titled(replace(citation, kind="Convention"), registers, language)
    numbers = {i.number for i in titled}
    years = {i.year for i in registers.instruments if i.kind == "Protocol" and i.number in numbers}
    if years and citation.year not in years:
        of = " and ".join(map(str, sorted(years)))
        year = str(citation.year) if len(years) == 1 else ""
        yield _mark(citation, f"the Protocol to it is of {of}", year, of)


def _ratified_before(citation: _Citation, text: str, registers: Registers) -> Iterator[Mark]:
    """An instrument that is said to have been ratified before it was adopted."""
    meant = _register(registers.instruments).get((citation.kind, citation.number))
    after = re.search(r"(?: en| in)? ?$", citation.said)
    end = citation.end - len(after[0]) if after else citation.end
    found = _RATIFIED_IN.match(text, end, end + 30)
    if meant and found and int(found["year"]) < meant.year and _RATIFY.search(text[max(citation.start - 80, 0) : citation.start]):
        said = f"“{found['year']}”: {_short(meant)} is of {meant.year} and cannot have been ratified before."
        yield Mark(found.start("year"), found.end("year"), said)


def _titled(citation: _Citation, registers: Registers, language: str) -> tuple[tuple[Instrument, ...], int]:
    """The instruments whose title is cited, and of how many words it is before the kind; none where no title is known."""
    before = "" if citation.before.rstrip().endswith((",", ";", ":")) else citation.before
    stems, words = _stems(registers.instruments, language), plain(before).split()
    for begin in range(max(len(words) - 14, 0), len(words)):
        if found := stems.get((citation.kind, " ".join(words[begin:]))):
            return found, len(words) - begin
    words = _own_words(citation.about)[:20]
    heads = (" ".join(words[:end]) for end in range(len(words), 0, -1))
    return next((stems[citation.kind, head] for head in heads if (citation.kind, head) in stems), ()), 0


def _with_title(citation: _Citation, words: int) -> _Citation:
    """A citation with the words of its title that stand before the kind."""
    if not words:
        return citation
    title = citation.before[[*_TITLE_WORD.finditer(citation.before)][-words].start() :]
    return replace(citation, start=citation.start - len(title), said=title + citation.said)


_TITLE_WORD = re.compile(r"\w+(?:['’]\w+)*")


def _short(instrument: Instrument) -> str:
    return f"{instrument.kind} No. {instrument.number}"


def _mark(citation: _Citation, right: str, typed: str, written: str) -> Mark:
    once = bool(typed) and len(re.findall(rf"\b{typed}\b", citation.said)) == 1
    fix = Fix(re.sub(rf"\b{typed}\b", written, citation.said)) if once else None
    return Mark(citation.start, citation.end, f"“{citation.said}”: {right}. Please correct it.", fix)


# Declarations

AGAIN = {1977: (2000, 2006, 2017, 2022), 1998: (2010, 2022), 2008: (2022,), 2019: (), 1944: (1946,)}
"""In which years a Declaration was amended or brought up to date, by the year in which it was adopted."""
ADDED = {1977: (1986, 1987, 1995)}
"""In which years something was added to it."""
ALSO = {
    "en": {
        "MNE Declaration": 1977,
        "Tripartite Declaration of Principles": 1977,
        "Tripartite Declaration on Multinational Enterprises": 1977,
        "Philadelphia Declaration": 1944,
        "Social Justice Declaration": 2008,
        "Centenary Declaration": 2019,
    },
    "fr": {
        "Déclaration sur les EMN": 1977,
        "Déclaration sur les entreprises multinationales": 1977,
        "Déclaration de principes tripartite": 1977,
        "Déclaration sur la justice sociale": 2008,
        "Déclaration du centenaire": 2019,
    },
    "es": {
        "Declaración sobre las EMN": 1977,
        "Declaración EMN": 1977,
        "Declaración tripartita de principios": 1977,
        "Declaración sobre la justicia social": 2008,
        "Declaración del Centenario": 2019,
    },
}
"""By what other names Declarations are called, and the years of these."""
_ANOTHER = re.compile(
    r"[;!?]|\.\s|\b(?:Conven|Recomm|Recomend|Guidelines|Guiding|Principes directeurs|Directrices|Agenda|Pact|Constitution)"
    r"|\b[Dd][ée]clara"
)
ADOPTED = re.compile(r"\b(?:adopted|adoptée?|adoptad[oa]|dates? (?:from|back))\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
TIED = re.compile(
    r"(?: and its [Ff]ollow-up| et son suivi| y su seguimiento)?[\"”’»]?(?: \([^()\n]{1,60}\))?,?\s?(?:\(|of |de |du |d['’])?$"
)
"""What stands between a Declaration and its own year: brackets, "of"; not "in" or "since", which speak of other things."""
AMENDED = re.compile(
    r"\b(?:amended|revised|updated|révisée|modifiée|amendée|mise à jour|enmendada|revisada|actualizada|modificada)"
    rf"\s(?:(?:most|last|recently|dernièrement|por última vez)\s){{0,2}}(?:in|en)\s(?P<year>{_YEAR})\b"
)
_YEARS = re.compile(rf"(?<![\d/–-]){_YEAR}(?![\d/]|[–-]\d)")
_YEAR_BEFORE = re.compile(rf"(?<![\d/–-])({_YEAR})(?:\s(?:ILO|OIT|tripartite))?\s$")
NEAR, BEFORE = 90, 24


def _declarations(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A Declaration under a year in which it was neither adopted nor amended."""
    pattern, adopted = _called(registers.instruments, passage.language)
    if pattern is None:
        return
    text = passage.text
    for found in pattern.finditer(text):
        year = adopted[_with_z(found[0])]
        after = text[found.end() : found.end() + NEAR].partition("\n")[0]
        if stop := _ANOTHER.search(after):
            after = after[: stop.start()]
        named = [*_YEARS.finditer(text, found.end(), found.end() + len(after))]
        begin = max(found.start() - BEFORE, 0)
        if before := _YEAR_BEFORE.search(text[begin : found.start()]):
            at = begin + before.start(1)
            if int(before[1]) not in (year, *AGAIN.get(year, ())):
                yield _misdated(text, at, found.end(), at, found[0], year)
        elif named and str(year) not in (one[0] for one in named):
            first = named[0]
            newly = ADOPTED.search(text, found.end(), first.start())
            its_own = TIED.match(text[found.end() : first.start()]) and int(first[0]) not in AGAIN.get(year, ())
            if newly or its_own:
                yield _misdated(text, found.start(), first.end(), first.start(), found[0], year)
        yield from _amended_then(text, found.end(), found.end() + len(after), found[0], year)


def _amended_then(text: str, begin: int, end: int, name: str, year: int) -> Iterator[Mark]:
    """A year in which a Declaration is said to have been amended, and was not."""
    for amended in AMENDED.finditer(text, begin, end):
        again = AGAIN.get(year, ())
        if again and int(amended["year"]) not in (year, *again, *ADDED.get(year, ())):
            said = f"“{amended['year']}”: the {name} was amended in {', '.join(map(str, again))}."
            yield Mark(amended.start("year"), amended.end("year"), said, None, Severity.WARNING)


def _misdated(text: str, start: int, end: int, at: int, name: str, year: int) -> Mark:
    said = f"“{text[at : at + 4]}”: the {name} was adopted in {year}."
    return Mark(start, end, said, Fix(f"{text[start:at]}{year}{text[at + 4 : end]}"))


@functools.lru_cache(maxsize=16)
def _called(instruments: tuple[Instrument, ...], language: str) -> tuple[re.Pattern[str] | None, dict[str, int]]:
    """The names of Declarations, and the year in which each was adopted."""
    named = {i.title: i.year for i in instruments if i.kind == "Declaration" and i.language == language}
    named |= {name: year for name, year in ALSO.get(language, {}).items() if year in named.values()}
    if not named:
        return None, {}
    words = (re.sub("['’]", "['’]", re.sub(r"(\\ )+", r"\\s", re.escape(name))) for name in sorted(named, key=len, reverse=True))
    words = (name.replace("ization", "i[sz]ation") for name in words)
    inside = {_with_z(name): year for name, year in named.items()}
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE), inside


def _with_z(name: str) -> str:
    """A name as it is compared, in either spelling."""
    return plain(name).replace("isation", "ization")
