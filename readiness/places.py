"""Places: right words in the wrong box (R25)."""

import re
from collections.abc import Iterator

from readiness.finding import Mark
from readiness.passage import Passage
from readiness.registers import Registers

A_UNIT = re.compile(
    r"^(?:in|on|at|dans|au|à la|en) (?:the |le |la |l['’]|el )?(?:[\w&,'’-]+ ){0,6}?"
    r"(?:Unit|Branch|Bureau|Department|Division|Section|Office|Service|Unité|Département|Unidad|Departamento|Oficina"
    r"|Servicio)\b(?:\s\([^)]{1,40}\))?"
    r"(?:$| (?:of|du|de la|des|del|de los) )"
)
NO_EDUCATION = {
    "en": re.compile(
        r"(?:familiarity|knowledge|(?:\w+ ){0,2}experience|ability|understanding|skills?|good command"
        r"|(?:at least |a minimum of )?\w+ (?:months|years)['’]? (?:(?:in|with|at|as)\b|(?:of )?(?:\w+ ){0,3}(?:experience"
        r"|practice|work)))\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"(?:connaissances?|(?:\w+ )?expérience|capacité|aptitude|maîtrise de l|bonne maîtrise)\b", re.IGNORECASE),
    "es": re.compile(r"(?:conocimientos?|experiencia|capacidad|aptitud|dominio)\b", re.IGNORECASE),
}
DEGREE = re.compile(r"\b(?:degree|diploma|diplôme|título universitario|licenciatura)\b", re.IGNORECASE)
A_DEGREE = re.compile(
    r"(?:an? |un |une |el |la )?(?:\w+ ){0,2}?(?:(?:master|bachelor)['’]?s?\b|(?:university|advanced"
    r"|first) (?:university )?degree\b|PhD\b|diplôme|licence"
    r"|máster|maestría|licenciatura|título universitario)",
    re.IGNORECASE,
)
EXPERIENCE = re.compile(r"\b(?:experience|work|years?|expérience|travail|ans|experiencia|trabajo|años)\b", re.IGNORECASE)
SKILL = re.compile(
    r"\b(?:(?:computer|IT|software|spreadsheet|typing|MS Office|Microsoft Office|Excel) (?:skills?|literacy|proficiency)"
    r"|(?:proficiency|proficient|experience) (?:in|with) (?:MS|Microsoft|Excel|Word|computers)"
    r"|(?:knowledge|command|mastery) of (?:MS|Microsoft|Excel|Stata|SPSS|SAS|Power ?BI|R and|Python|GIS)"
    r"|(?:connaissance|maîtrise) (?:de |d['’])(?:MS|Microsoft|Excel|Stata|SPSS|SAS|R et|Python)"
    r"|(?:conocimientos?|manejo|dominio) (?:de |del )(?:MS|Microsoft|Excel|Stata|SPSS|SAS|Power ?BI|Python|paquete Office)"
    r"|driving licen[cs]e|permis de conduire|permiso de conducir"
    r"|compétences (?:en informatique|informatiques)|maîtrise des outils informatiques|conocimientos (?:de informática"
    r"|informáticos)|manejo de (?:herramientas informáticas|Excel))\b",
    re.IGNORECASE,
)
LANGUAGE_SKILL = re.compile(
    r"\b(?:fluen(?:t|cy) in|(?:excellent|good|working) (?:command|knowledge) of|proficiency in) (?:the )?"
    r"(?:(?:spoken|written|oral)(?:,? (?:and|or) (?:spoken|written|oral))? )?(?:English|French|Spanish|Arabic|Portuguese)\b"
    r"|\b(?:maîtrise|connaissance) (?:de l['’]|du )(?:anglais|français|espagnol)\b|\b(?:dominio|conocimiento) del (?:inglés"
    r"|francés|español)\b",
    re.IGNORECASE,
)


def title_is_a_unit(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A title that names a unit instead of a subject."""
    if A_UNIT.match(passage.text):
        yield Mark(0, len(passage.text), "The title names a unit. Say in it what the JPO works on.")


def no_education(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Knowledge or experience among the degrees."""
    pattern = NO_EDUCATION[passage.language]
    for sentence in passage.sentences:
        if (found := pattern.match(sentence.text)) and not DEGREE.search(sentence.text):
            yield Mark(sentence.start, sentence.end, f"“{found[0]}” is no education. Move it to experience or skills.")


def skill_elsewhere(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Computer skills among the competencies or the languages."""
    for sentence in passage.sentences:
        if SKILL.search(sentence.text):
            yield Mark(sentence.start, sentence.end, "This is a skill. Move it to “Skills”.")


def degree_among_experience(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A degree asked for as experience."""
    for sentence in passage.sentences:
        if A_DEGREE.match(sentence.text) and not EXPERIENCE.search(sentence.text):
            yield Mark(sentence.start, passage.opening(sentence.start, sentence.end), "This is a degree. Move it to “Education”.")


def language_among_skills(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A language among the skills."""
    for found in LANGUAGE_SKILL.finditer(passage.text):
        yield Mark(*found.span(), f"“{found[0]}” belongs to “Languages”. Move it there.")
