"""People: who supervises (R09), personal addresses and names (R20)."""

import re
from collections.abc import Iterator

from readiness.finding import Mark, Severity
from readiness.passage import Passage
from readiness.registers import Registers
from readiness.rule import Whole

# R09

ROLE = (
    r"coordinators?|leaders?|chiefs?|heads?|directors?|managers?|specialists?|officers?|advis[eo]rs?|representatives?"
    r"|economists?|econometricians?|statisticians?|actuar(?:y|ies)|analysts?|experts?|researchers?|editors?|engineers?"
    r"|deput(?:y|ies)|lawyers?|counsel|secretar(?:y|ies)|CTA"
    r"|coordonn\w+|coordinat\w+|chef(?:fe)?|responsable|direct(?:eur|rice)|spécialiste|fonctionnaire|conseill\w+"
    r"|représentante?|économiste|juriste|statisticien(?:ne)?|expert(?:e)?|analyste"
    r"|coordinador\w*|jefe|jefa|director\w*|especialista|funcionari\w+|asesor\w*|representante|economista|gerente|oficial"
    r"|estadístic[oa]|experto|experta|analista"
)
SOUGHT = re.compile(r"upervis|report", re.IGNORECASE)
A_ROLE = re.compile(rf"\b(?:{ROLE})\b", re.IGNORECASE)
UNDER = re.compile(
    r"(?:\bunder (?:the )?(?:(?:direct|day-to-day|immediate|technical|close|joint)(?: and)? ){0,3}supervision of "
    r"|\b(?<!not )supervised by |\bdirect supervisor, (?:the )?|\b(?:JPO"
    r"|incumbent) (?:will )?reports? (?:directly )?to )(?P<en>[^,.;:\n()]{3,90})"
    r"|\bsous la supervision (?:(?:directe|technique|immédiate) )?(?:de la |de l['’]|du |des |de )(?P<fr>[^,.;:\n()]{3,90})"
    r"|\bbajo la supervisión (?:(?:directa|técnica|inmediata) )?(?:de la |del |de los |de )(?P<es>[^,.;:\n()]{3,90})",
    re.IGNORECASE,
)
ENDS = re.compile(
    r",| (?:and in|in (?:close )?(?:collaboration|coordination|cooperation|consultation)|the JPO|she|he|they|who|which|while"
    r"|et en|en (?:étroite )?collaboration|le JPO|la JPO|y en|el JPO)\b.*$",
    re.IGNORECASE,
)
LEADS = frozenset("coord leade chief head heads direc manag deput repre cta chef cheff respo jefe jefa geren".split())
"""Functions that lead, as their first five letters; the others work for them."""
SMALL = frozenset(
    "the and for with from his her their its ilo unit project programme branch department office des les une pour del las "
    "los para "
    "general direct senior technical national international regional deputy team unité unidad bureau oficina division section "
    "service direction".split()
)


def supervisor_inconsistent(whole: Whole) -> Iterator[Mark]:
    """Another supervisor in the text than in the box of that name."""
    title, note = whole.passages.get("supervisor_title"), whole.passages.get("supervision_note")
    known = f"{title.text if title else ''} {note.text if note else ''}"
    for name, passage in whole.passages.items():
        if not passage.is_prose or name == "supervision_note" or not SOUGHT.search(passage.text):
            continue
        for found in UNDER.finditer(passage.text):
            at = found.start(found.lastgroup or "en")
            who = ENDS.sub("", found[found.lastgroup or "en"])
            severity = Severity.BLOCKER if _is_another(who, whole.document["supervisor_name"]) else _differs(who, known)
            if severity is None:
                continue
            named = "names somebody else" if title and not title.is_empty else "names nobody"
            said = f"“{who.strip()}” supervises here; the box “Direct Supervision by” {named}. Name one and the same person."
            yield Mark(found.start(), at + len(who), said, None, severity, name)


BY_NAME = re.compile(r"(?:Mr|Ms|Mrs|Miss|Dr|Prof|M|Mme|Mlle|Sr|Sra|Dra)\.? (?P<name>[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,4})")


def _is_another(who: str, supervisor: str) -> bool:
    """Whether somebody is called by a name that is not the supervisor's."""
    named = BY_NAME.match(who.strip())
    if not named or not supervisor.strip():
        return False
    return not set(named["name"].casefold().split()) & set(supervisor.casefold().split())


def _differs(who: str, known: str) -> Severity | None:
    """How sure it is that somebody is another one: surely, if not even the function is the same."""
    if not A_ROLE.search(who):
        return None
    subject, subjects = _subject(who), _subject(known)
    if not _roles(who) & _roles(known) and not _alike(subject, subjects):
        return Severity.BLOCKER
    if _ranks(who) and _ranks(known) and not _ranks(who) & _ranks(known):
        return Severity.WARNING
    return Severity.WARNING if subject and not _alike(subject, subjects) else None


def _roles(text: str) -> set[str]:
    """The functions named, with those that are said otherwise."""
    named = {found[0].casefold()[:5] for found in A_ROLE.finditer(text)}
    return named | ({"chief", "advis"} if "cta" in named else set())


def _ranks(text: str) -> set[str]:
    """Whether somebody leads or is one of those led."""
    return {"leads" if role in LEADS else "led" for role in _roles(text)}


def _subject(text: str) -> set[str]:
    """What somebody is in charge of: the longer words that name no function."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", A_ROLE.sub(" ", text).casefold()) if word not in SMALL}


def _alike(one: set[str], other: set[str]) -> bool:
    return bool(one & other)


# R20

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(
    r"(?<![\w/.-])(?:\+|00)\d{1,3}[ .\u00a0/-]?(?:\(?\d{1,4}\)?[ .\u00a0/-]?){2,6}\d{2,4}(?!\w)|\b(?:tel|phone|mobile|tél"
    r"|teléfono|whatsapp)\b[.:]? {0,2}\+?[\d (][\d ()./-]{5,20}\d",
    re.IGNORECASE,
)
OF_THE_UNIT = "jpo@ilo.org"
PRIVATE = re.compile(r"@(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|aol|gmx|protonmail|proton)\.", re.IGNORECASE)


def personal_address(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A person's e-mail address or telephone number in a text that donors publish."""
    for found in MAIL.finditer(passage.text) if "@" in passage.text else ():
        name = found[0].partition("@")[0]
        if found[0].casefold() == OF_THE_UNIT:
            continue
        personal = bool(re.search(r"[._]", name)) or bool(PRIVATE.search(found[0]))
        said = "An e-mail address in a text that donors publish. Leave it out; the supervisor's has a box of its own."
        yield Mark(*found.span(), said, None, None if personal else Severity.HINT)
    for found in PHONE.finditer(passage.text):
        yield Mark(found.start(), found.end(), "A telephone number in a text that donors publish. Leave it out.")


def supervisor_named_in_text(whole: Whole) -> Iterator[Mark]:
    """The supervisor's name in the running text, though she or he has not agreed to be named to donors."""
    name = whole.document["supervisor_name"].strip()
    if whole.document.named_to_donors or len(name.split()) < 2 or len(name) > 100:
        return
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    for box, passage in whole.passages.items():
        if passage.is_prose and (found := pattern.search(passage.text)):
            said = f"“{found[0]}” is named here, but has not agreed to be named to donors. Write “the supervisor”."
            yield Mark(*found.span(), said, None, None, box)
