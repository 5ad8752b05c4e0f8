"""The seats of the regional offices: one that is said to sit in the city of another's region (R10)."""

import itertools
import re
from collections.abc import Iterator

from readiness.finding import Mark, Severity
from readiness.passage import Passage
from readiness.registers import Registers

SEATS = (
    ("Africa", "Abidjan", "Africa|Afrique|África", "Abidjan|Abidján|Abiyán"),
    (
        "Latin America and the Caribbean",
        "Lima",
        "Latin America(?: and the Caribbean)?|Americas|Amérique latine(?: et (?:les|des) Caraïbes)?|"
        "América Latina(?: y el Caribe)?",
        "Lima",
    ),
    ("the Arab States", "Beirut", "Arab States|États arabes|Estados Árabes", "Beirut|Beyrouth"),
    ("Asia and the Pacific", "Bangkok", "Asia and the Pacific|Asie et le Pacifique|Asia y el Pacífico", "Bangkok"),
    (
        "Europe and Central Asia",
        "Geneva",
        "Europe and Central Asia|Europe et l['’]Asie centrale|Europa y Asia Central",
        "Geneva|Genève|Ginebra",
    ),
)
"""The regions, the city in which each has its office, and how both are called in three languages."""
_REGION = "|".join(f"(?P<r{n}>{regions})" for n, (*_, regions, _) in enumerate(SEATS))
_CITY = "|".join(f"(?P<c{n}>{cities})" for n, (*_, cities) in enumerate(SEATS))
_OF_REGION = rf" (?:for|pour|para)(?: (?:the|les|la|los))? (?:l['’])?(?:{_REGION})"
_ACRONYM = r"(?: \([A-Za-z/ -]{2,20}\))?"
_OFFICE = rf"\b(?:Regional Office|Bureau régional|Oficina Regional)(?: (?:of the ILO|de l['’]OIT|du BIT|de la OIT))?{_ACRONYM}"
_SEATED = re.compile(
    rf"{_OFFICE}{_OF_REGION}{_ACRONYM},?"
    r"(?: (?:which is|which has its seat|that is|located|based|situé|sis|con sede|ubicada))?(?: (?:in|at|à|en) | \(|, )"
    rf"(?:{_CITY})\b",
    re.IGNORECASE,
)
"""A regional office with its region and its city."""
_OF_ANOTHER = re.compile(r"(?<!\w)(?:(?!ILO|OIT|BIT)[A-Z]{3,}|UN Women|ONU Femmes|ONU Mujeres|World Bank)(?:['’]s)? $")
MOST = 400
"""How many offices of a text are looked at: no proposal names more."""


def wrong_seat(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A regional office in the city of another region's: one of the two is wrong; other organizations sit elsewhere."""
    for found in itertools.islice(_SEATED.finditer(passage.text), MOST):
        region, seat, *_ = next(row for n, row in enumerate(SEATS) if found[f"r{n}"])
        there, city, *_ = next(row for n, row in enumerate(SEATS) if found[f"c{n}"])
        if region != there and not _OF_ANOTHER.search(passage.text, max(found.start() - 30, 0), found.start()):
            said = f"“{found[0]}”: the office for {region} sits in {seat}, that for {there} in {city}. Correct one of the two."
            yield Mark(*found.span(), said, None, Severity.BLOCKER)
