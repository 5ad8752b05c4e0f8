"""Dates: facts that will have aged when the post is issued, or issued again (R18)."""

import itertools
import re
from collections.abc import Iterator

from readiness.finding import Mark, Severity
from readiness.passage import Passage
from readiness.registers import Registers

NOW = {
    "en": r"is|are|will|currently|presently|now|has|have|being|runs?|operates?|works?|covers?",
    "fr": r"est|sont|actuellement|intervient|couvre|opère|travaille|met|a|ont|[a-zà-ÿ]{1,20}(?:era|eront|ira|iront|dra|dront)",
    "es": r"está|están|es|son|actualmente|opera|trabaja|cubre|ejecuta|ha|han|[a-zñáéíóú]{1,20}(?:rá|rán)",
}
THEN = {
    "en": r"was|were|had|did|[a-z]{2,20}ed|became|began|set|took|held|led|rose|fell|grew",
    "fr": r"était|étaient|avait|avaient|fut|furent|[a-zà-ÿ]{2,20}(?:ait|aient|ées?|és?)",
    "es": r"era|eran|fue|fueron|había|habían|[a-zñáéíóú]{2,20}(?:ó|aron|ieron|aba|aban|ía|ían|ad[oa]s?|id[oa]s?)",
}
FIRST_VERB = {
    language: re.compile(rf"\b(?:(?P<now>{NOW[language]})|(?P<then>{THEN[language]}))\b", re.IGNORECASE) for language in NOW
}
"""The first verb of a clause, in one tense or the other."""
IN_YEAR = re.compile(
    r"\b(?:in|during|since early|for|by end|at the end of|en|au cours de|pendant|fin|durante|a finales de) (?:the year "
    r"|the (?:[a-z]{3,10} ){1,2}of |l['’]année |el año |early |late "
    r"|mid-)?(?:\w{3,10} )?(?:de )?20\d\d\b(?!\s?[-–/]\s?\d)(?! Agenda)",
    re.IGNORECASE,
)
AS_OF = re.compile(
    r"\bas (?:of|at) (?:the |end[ -]|early |mid-|late ){0,2}(?:end of )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:[^\W\d_]{3,10} )?20\d\d\b"
    r"|\bau \d{1,2}(?:er)? [^\W\d_]{3,10} 20\d\d\b|\bal \d{1,2}\.?º? de [^\W\d_]{3,10} (?:de|del) 20\d\d\b",
    re.IGNORECASE,
)
"""The day of a figure, whatever the tense of what was counted then."""
SINCE = re.compile(r"\b(?:since|depuis|desde) [^.;:\n]{0,40}?\b(?P<year>20\d\d)\b(?!\s?[-–/]\s?\d)", re.IGNORECASE)
"""What has changed lately, where people want to know how it is now."""
LATEST = re.compile(
    r"\bat the time of writing\b|\bau moment de la rédaction\b|\bal momento de (?:redactar|escribir)\b"
    r"|\b(?:latest|most recent|newest)(?: \w+){0,3} (?:estimates?|figures?|data|statistics|survey|numbers)\b"
    r"|(?<!no )(?<!any )(?<!without )\brecent(?: \w+){0,3} (?:estimates?|figures?|data|statistics)\b"
    r"|\b(?:dernières|récentes|plus récentes) (?:\w+ ){0,2}(?:estimations|données|statistiques)\b|\b(?:estimations|données"
    r"|statistiques)(?: \w+){0,3} (?:les plus récentes|récentes)\b"
    r"|\b(?:últim[oa]s|recientes) (?:\w+ ){0,2}(?:estimaciones|datos|cifras|estadísticas)\b|\b(?:estimaciones|datos|cifras"
    r"|estadísticas)(?: \w+){0,3} (?:más )?recientes\b",
    re.IGNORECASE,
)
UNTIL = re.compile(
    r"\b(?:until|till|through|up to|ends? in|expires? in|jusqu['’]en|jusqu['’]à|jusqu['’]au|prend fin en|se termine en"
    r"|s['’]achève en|hasta|finaliza en"
    r"|termina en) (?:the end of |the |end |early |mid-|late |fin |finales de |el )?(?:\w{3,10} )?(?:de )?20\d\d\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?:this|last|next|the current|the coming) year\b|\brecently\b|\bas of (?:today|now)\b|\bat present\b|\brécemment\b"
    r"|\brecientemente\b|\b(?:cette année"
    r"|l['’]an dernier|l['’]année (?:dernière|prochaine"
    r"|en cours))\b|\b(?:este año|el año (?:pasado|próximo|que viene|en curso))\b",
    re.IGNORECASE,
)


MOST = 20
"""So many years of a sentence are looked at."""
PLANS = "planned_developments"
"""The box in which dates to come are the matter itself."""
OF_THE_PLACE = "living_conditions"
LATELY = 2
"""So many years before the biennium a change is still news."""


def ages(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A present fact under a year, the latest figures, an end date, "this year": once for each sentence."""
    for sentence in passage.sentences:
        if found := _aged(sentence.text, passage, registers.biennium):
            said = (
                f"“{found[0]}” will have aged when the post is issued, or issued again. Leave the date out, or name the source."
            )
            yield Mark(sentence.start, sentence.end, said, None, Severity.HINT if passage.box.name == PLANS else None)
        elif found := UNTIL.search(sentence.text) or RELATIVE.search(sentence.text):
            said = f"“{found[0]}” ages: look at it again when the post is issued anew."
            yield Mark(sentence.start + found.start(), sentence.start + found.end(), said, None, Severity.HINT)


def _aged(text: str, passage: Passage, biennium: str) -> re.Match[str] | None:
    """What in a sentence is true today alone."""
    lately = SINCE.search(text) if passage.box.name == OF_THE_PLACE else None
    if lately and biennium and int(lately["year"]) < int(biennium[:4]) - LATELY:
        lately = None
    return LATEST.search(text) or AS_OF.search(text) or lately or _present_under_a_year(text, passage.language)


def _present_under_a_year(text: str, language: str) -> re.Match[str] | None:
    """A year of this century in a clause whose first verb is in the present; what happened then is history."""
    for found in itertools.islice(IN_YEAR.finditer(text), MOST):
        clause = max(text.rfind(sign, 0, found.start()) + 1 for sign in ",;:(")
        begin = found.end() if not text[clause : found.start()].strip() else clause
        verb = FIRST_VERB[language].search(text, begin)
        if verb and verb["now"]:
            return found
    return None
