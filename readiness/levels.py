"""A skill that is asked for at one level here and at another there (R17)."""

import re
from collections.abc import Iterator

from readiness.finding import Mark
from readiness.rule import Whole
from readiness.wording import bare, plain

LEVELS: dict[str, int] = {
    "basic": 1, "elementary": 1, "limited": 1, "some": 1, "good": 2, "working": 2, "satisfactory": 2,
    "excellent": 4, "outstanding": 4, "advanced": 4, "fluent": 4, "perfect": 4,
    "notions": 1, "bonne": 2, "bonnes": 2, "excellente": 4, "excellentes": 4,
    "básico": 1, "básicos": 1, "buen": 2, "buenos": 2, "buena": 2, "buenas": 2, "excelente": 4, "excelentes": 4,
}  # fmt: skip
"""How much a word asks for; what is not plainly more or less than another is not here."""
_SKILL = re.compile(
    rf"\b(?P<level>{'|'.join(LEVELS)})\s(?:(?P<noun>(?:[\w-]{{2,20}}\s){{1,2}}?(?:skills|abilities))\b"
    r"|(?:working\s|practical\s)?(?:command|knowledge|mastery|maîtrise|connaissance|dominio|conocimientos?|manejo)\s"
    r"(?:of|de\sl['’]|de\sla|de|du|del)\s?(?P<of>(?:spoken\sand\swritten\s|written\sand\sspoken\s)?[^\W\d_]{3,20}))",
    re.IGNORECASE,
)
MINIMUM = ("skills_minimum", "experience_minimum", "education_minimum", "languages_minimum")
AGAINST = ("competencies", "skills_desirable", "languages_desirable", "experience_desirable")


def two_levels(whole: Whole) -> Iterator[Mark]:
    """A skill that is asked for at one level as a minimum, and at a lower one elsewhere."""
    lower: dict[str, tuple[int, str, str]] = {}
    for box in (*AGAINST, *MINIMUM):
        for level, what, said, _ in _asked(whole, box):
            if what not in lower or level < lower[what][0]:
                lower[what] = level, said, box
    for box in MINIMUM:
        for level, what, said, start in _asked(whole, box):
            least, other, elsewhere = lower.get(what, (level, said, box))
            if least < level and elsewhere != box:
                label = whole.passages[elsewhere].box.title
                yield Mark(start, start + len(said), f"“{said}”, but “{other}” in “{label}”: ask for one level.", box=box)


def _asked(whole: Whole, box: str) -> Iterator[tuple[int, str, str, int]]:
    """The levels of a box: how much, of what, in which words, and where; the form's own examples say nothing."""
    passage = whole.passages[box]
    if passage.is_empty:
        return
    for found in _SKILL.finditer(passage.text):
        sentence = next((s for s in passage.sentences if s.start <= found.start() < s.end), None)
        if sentence is None or bare(sentence.text) in whole.wording.examples:
            continue
        what = found["of"] or found["noun"]
        yield LEVELS[found["level"].casefold()], plain(what), found[0], found.start()
