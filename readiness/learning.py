"""Learning: elements without a year (R12), training and supervision without substance (R30)."""

import re
from collections.abc import Iterator

from readiness.finding import Mark
from readiness.passage import Passage
from readiness.promises import ALLOWANCE
from readiness.registers import Registers

YEAR = re.compile(
    r"\b(?:(?:first|second|third|1st|2nd|3rd|each|every|per|final|initial) (?:\w+ )?(?:years?|months?|weeks?|half|six|three"
    r"|quarter|semester)|years? (?:\d|one|two|three|I{1,3}\b)|annual(?:ly)?|(?:within|after|by the end of|during"
    r"|in) (?:the )?(?:first |next |last )?(?:\w+ )?(?:\d{1,2}|three|four|six|nine|twelve|eighteen) (?:months?|weeks?)"
    r"|months? \d)"
    r"|\b(?:(?:première|deuxième|seconde|troisième|1re|1ère|2e|2ème|3e|chaque|par|dernière) (?:année|semestre|moitié|mois)"
    r"|premier (?:semestre|mois|trimestre)|premiers mois|années? (?:\d|un|deux|I{1,3}\b)|par an|annuel\w*|(?:après|dans les"
    r"|au bout de) \w+(?: premiers)? mois|fin de l['’]année)"
    r"|\b(?:(?:primer|segundo|tercer|cada|último|1\.º|2\.º|1er|2do|1°|2°) (?:año|semestre|mes|trimestre)|primeros \w+ meses"
    r"|años? (?:\d|uno|dos|I{1,3}\b)|por año|al año|anual\w*|(?:tras|después de|en los) \w+(?: primeros)? meses"
    r"|final del año)",
    re.IGNORECASE,
)

NO_BREAK = "\u00a0"


def not_per_year(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Learning elements of which none says in which year, or by when."""
    own = passage.own_sentences
    if any(YEAR.search(sentence.text.replace(NO_BREAK, " ")) and not ALLOWANCE.search(sentence.text) for sentence in own):
        return
    if first := next((sentence for sentence in own if not sentence.text.rstrip().endswith(":")), None):
        said = "The form asks what is learned in each year, in results that can be measured. Say what by the end of which year."
        yield Mark(first.start, passage.opening(first.start, first.end), said)


ACTIVITY = re.compile(
    r"\b(?:courses?|workshops?|missions?|seminars?|webinars?|conferences?|e-?learning|on-the-job|modules?|inductions?"
    r"|academ(?:y|ies)|field visits?|study (?:visits?|tours?)|mentor\w*|coach\w*|shadow\w*|briefings?|class(?:es)?"
    r"|certificat\w+|ITC|Turin|rotations?|secondments?|training (?:sessions?|programmes?|activities|events?)|orientation"
    r"|language lessons"
    r"|cours|ateliers?|séminaires?|conférences?|stages?|formations?|visites?|accompagnement|tutorat"
    r"|cursos?|taller(?:es)?|misiones|misión|seminarios?|conferencias?|visitas?|tutorías?|pasantías?|formación en)\b",
    re.IGNORECASE,
)
OFTEN = re.compile(
    r"\b(?:week(?:s|ly)?|month(?:s|ly)?|dail?y|days?|fortnight\w*|quarter\w*|regular(?:ly)?|frequent(?:ly)?|once|twice|every"
    r"|bi-?weekly|on an? ongoing basis|continuous\w*"
    r"|semaines?|hebdomadaires?|mensuel\w*|mois|jours?|quotidien\w*|régul\w+|trimestr\w+|quinzaine"
    r"|semanas?|semanal\w*|mensual\w*|meses|mes|diari\w+|días?|regular\w*|periódic\w+|trimestral\w*|quincenal\w*)\b",
    re.IGNORECASE,
)
ABOUT_MEETING = re.compile(
    r"\b(?:meet|review|assess|feedback|apprais|discuss|réunion|évalu|entretien|revis|evalu|reuni)\w*", re.IGNORECASE
)
FEWEST_WORDS = 25
FEWEST_OF_TRAINING = 8
FEW_SENTENCES = 3
"""So few sentences are meant as a whole where something is not said in them."""


def training_too_thin(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Training of which no activity is named."""
    own = passage.own_sentences
    enough = sum(len(sentence.text.split()) for sentence in own) >= FEWEST_OF_TRAINING
    if own and not (enough and any(ACTIVITY.search(sentence.text) for sentence in own)):
        said = "Hardly any course, workshop or mission is named. Say which ones will structure the learning, and when."
        yield Mark(own[0].start, own[-1].end, said)


def supervision_too_thin(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Supervision that says not how often, or next to nothing."""
    own = passage.own_sentences
    enough = sum(len(sentence.text.split()) for sentence in own) >= FEWEST_WORDS
    if not own or (enough and any(OFTEN.search(sentence.text) for sentence in own)):
        return
    if len(own) <= FEW_SENTENCES:
        start, end = own[0].start, own[-1].end
    else:
        about = next((sentence for sentence in own if ABOUT_MEETING.search(sentence.text)), own[0])
        start, end = about.start, passage.opening(about.start, about.end)
    said = "How often supervisor and JPO meet is not said, nor when the first work plan is made. Donors look for it."
    yield Mark(start, end, said)
