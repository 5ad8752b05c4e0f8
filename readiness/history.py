"""History: whether some words speak of what was, so that a former name is right there."""

import re

from readiness.passage import Passage

_BEFORE_FORMER = re.compile(
    r"\b(?:former(?:ly)?|previous(?:ly)?|then|once|earlier|late|predecessors?|succe\w+|replac\w+|merg\w+|renamed|created as"
    r"|anciens?|ancienne|anciennement|alors|jadis|ex|remplac\w+|antigu[ao]|antes|anteriormente|entonces|reemplaz\w+)\b"
    r"[\W]{1,3}(?:(?:known|called|named|as|of|to|by|with|the|ILO|ILO['’]s|du|de|la|le|el|al|au|en|d|l)\b[\W]{1,2}){0,4}$",
    re.IGNORECASE,
)
_BEHIND_FORMER = re.compile(
    r"^(?: \([^()]{1,40}\))?[\s,(–-]{1,3}(?:which |that |que |qui )?(?:is |was |has |est |es |fue )?"
    r"(?:now|today|later|since|became|becomes?|then|as it was|renamed|merged|replaced"
    r"|aujourd|devenue?|désormais|hoy|ahora|convertid|luego)",
    re.IGNORECASE,
)
_CITED = re.compile(r"^(?: \([A-Z/]{2,20}\))?(?:, | \(|: )(?:19|20)\d\d\b")
_QUOTED = re.compile(r"“[^“”\n]{0,300}”|«[^«»\n]{0,300}»|\"[^\"\n]{0,300}\"|‘[^‘’\n]{0,200}’")


def is_history(passage: Passage, start: int, end: int) -> bool:
    """Whether some words are said of what was: called a former name, or in the title or imprint of a publication."""
    text = passage.text
    if _BEFORE_FORMER.search(text, max(start - 70, 0), start) or _BEHIND_FORMER.search(text[end : end + 70]):
        return True
    if passage.is_prose and (_CITED.match(text[end : end + 40]) or any(b <= start and end <= e for b, e in passage.italics)):
        return True
    return any(quoted.start() < start and end < quoted.end() for quoted in _QUOTED.finditer(text))
