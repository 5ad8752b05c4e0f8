"""Qualifications: Minimum and Desirable told apart (R07), a minimum taken back (R08) or out of line (R27)."""

import re
from collections.abc import Iterator

from readiness.finding import Mark
from readiness.passage import Passage
from readiness.registers import Registers
from readiness.rule import Whole

# R07

ONLY_DESIRABLE = re.compile(
    r"\b(?:(?:is|are|would be|will be|considered) (?:highly |also |very )?(?:desirable|preferred|welcome|(?:a |an "
    r"|considered )?(?:strong |distinct )?(?:asset|advantage|plus))|an asset|an advantage|preferably)\b"
    r"|\b(?:serait|seraient|est|sont|constitue(?:rait|nt)?|constitueraient) (?:très )?(?:un atout|des atouts|souhaitables?"
    r"|appréciée?s?|un avantage)\b|\bde préférence\b"
    r"|\b(?:sería|serían|será|serán|es|son|se considerar\w+) (?:muy )?(?:deseables?|una ventaja|un activo|un plus"
    r"|preferibles?)\b|\bse valorar\w+|\bpreferiblemente\b",
    re.IGNORECASE,
)
HIGHER = re.compile(
    r"\b(?:advanced|master|post-?graduate|ph\.? ?d|doctora\w+|maîtrise|maestría|máster|posgrado|troisième cycle)\b", re.IGNORECASE
)
FIRST = re.compile(r"\b(?:first|bachelor\w*|undergraduate|licence|premier|primer|licenciatura|grado)\b", re.IGNORECASE)
SO_MANY = 6
"""So many separate requirements are hardly all a minimum."""


def minimum_holds_both(whole: Whole) -> Iterator[Mark]:
    """An empty Desirable beside a Minimum that seems to hold both."""
    for name, minimum in whole.passages.items():
        desirable = whole.passages.get(f"{name.removesuffix('_minimum')}_desirable") if name.endswith("_minimum") else None
        if desirable is None or not desirable.is_empty or minimum.is_empty:
            continue
        if reason := _holds_both(name, minimum):
            said = f"“{desirable.box.title}” is empty, and {reason}. Put there what is only desirable."
            yield Mark(0, 0, said, None, None, desirable.box.name)


def _holds_both(name: str, minimum: Passage) -> str:
    """Why a minimum seems to hold what is only desirable; empty if it does not."""
    if found := ONLY_DESIRABLE.search(minimum.text):
        return f"the minimum says “{found[0]}”"
    if name.startswith("education") and len(minimum.sentences) > 1 and HIGHER.search(minimum.text) and FIRST.search(minimum.text):
        return "the minimum names two degrees"
    lines = [line for line in minimum.text.split("\n") if line.strip()]
    if name.startswith("skills") and len(lines) >= SO_MANY:
        return f"the minimum names {len(lines)} skills"
    return ""


def desirable_in_minimum(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """ "Would be an asset" in a minimum."""
    for sentence in passage.sentences:
        if found := ONLY_DESIRABLE.search(sentence.text):
            start = sentence.start + found.start()
            said = f"“{found[0]}”: this is not required but desirable. Move the sentence to “Desirable”."
            yield Mark(start, start + len(found[0]), said)


NO_LESS = re.compile(
    r"\b(?:(?:is|are) (?:strictly |absolutely )?(?:required|mandatory|compulsory|essential|indispensable)|must (?:have|be|hold)"
    r"|(?:est|sont) (?:obligatoires?|indispensables?|exigée?s?|requise?s?|impérati\w+)|doi(?:t|vent) (?:avoir|posséder|être)"
    r"|(?:es|son) (?:obligatori[oa]s?|indispensables?|imprescindibles?|necesari[oa]s?)|se (?:exige|exigen|requiere|requieren)"
    r"|debe(?:n|rá|rán)? (?:tener|poseer|ser))\b",
    re.IGNORECASE,
)


def minimum_in_desirable(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """ "Is required" among what is only desirable (R27)."""
    for found in NO_LESS.finditer(passage.text):
        if not re.search(r"\b(?:not|no|pas|n['’])\W*$", passage.text[max(0, found.start() - 8) : found.start()], re.IGNORECASE):
            yield Mark(
                *found.span(), f"“{found[0]}” among what is only desirable. Move it to “Minimum”, or say that it is an asset."
            )


FOR_DONORS = re.compile(
    r"\b(?:not|no) (?:be )?(?:older|more) than (?:the age of )?\d\d(?: years of age| years old|(?=[.,;)]|$))"
    r"|\b(?:under|below|over) (?:the age of |the age limit of )\d\d\b|\b(?:maximum age|age limit)\b"
    r"|\b(?:aged?) (?:under|below|up to|between|not more than|no more than) \d\d\b|\b(?:under|below) \d\d years(?: of age| old)\b"
    r"|\b(?:be|is|are) (?:a )?(?:nationals?|citizens?) of\b"
    r"|\b(?:âge (?:maximum|maximal|limite)|limite d['’]âge|avoir (?:moins de|plus de|au plus) \d\d ans|âgée?s? de (?:moins"
    r"|plus) de"
    r"|ressortissante?s? d[eu'’])"
    r"|\b(?:edad (?:máxima|límite)|límite de edad|(?:menor|mayor)(?:es)? de \d\d años|ser (?:nacional|ciudadan[oa]) de)\b",
    re.IGNORECASE,
)


def for_donors_to_set(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An age or a nationality among the qualifications: each donor sets its own (R27)."""
    for found in FOR_DONORS.finditer(passage.text):
        yield Mark(*found.span(), f"“{found[0]}”: each donor sets its own age limit and who may apply. Leave it out.")


# R08

TAKES_BACK = re.compile(
    r"\b(?:(?:may|can|could|will|might)(?: also)? be (?:accepted|considered|substituted|waived)|accepted"
    r"|acceptable)(?: \w+){0,3} (?:in lieu|instead|in place|as (?:a |an )?(?:substitute|alternative"
    r"|equivalent))\b[^.;\n]{0,60}"
    r"|\bin lieu of\b[^.;\n]{0,60}|\b(?:may|can|could) (?:be )?(?:substitut\w+|replaced?|compensate\w*)\b[^.;\n]{0,60}"
    r"|\bwith (?:less|fewer|no|little) [^.;\n]{0,60}? (?:may|can|could|will|might)(?: also)? be (?:considered|accepted)\b"
    r"|\b(?:requirement|minimum) (?:may|can|could) be waived\b"
    r"|\b(?:will|may|can|might|would|are|is) also (?:be )?(?:considered|accepted|eligible|invited to apply|welcome to apply)\b"
    r"|\b(?:in the absence of|failing) (?:this|such|that|an?|any)\b[^.;\n]{0,60}"
    r"|\b(?:is|are) not (?:strictly |absolutely )?(?:required|mandatory|essential|necessary|indispensable)\b"
    r"|\b(?:peu(?:t|vent)|pourrai(?:t|ent)|pourra|pourront) (?:être acceptée?s?|remplacer|compenser|tenir lieu"
    r"|se substituer)\b[^.;\n]{0,60}|\ben lieu et place d[eu']"
    r"|\b(?:seront|sera|pourront être|pourra être) (?:également|aussi) (?:considérée?s?|acceptée?s?|prise?s? en compte"
    r"|examinée?s?)\b|\bà défaut\b[^.;\n]{0,60}"
    r"|\b(?:podrá|podrán|puede|pueden|podría|podrían) (?:aceptarse|sustituir\w*|reemplazar\w*|compensar\w*"
    r"|considerarse en lugar)\b[^.;\n]{0,60}|\b(?:a falta de|en su defecto)\b[^.;\n]{0,60}"
    r"|\btambién se (?:aceptar\w+|considerar\w+|tendrán en cuenta)\b|\ben (?:lugar|sustitución) d(?:e|el) (?:un "
    r"|una )?(?:título|diploma|grado"
    r"|experiencia)\b",
    re.IGNORECASE,
)


def taken_back(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A minimum that a later sentence undoes: "may be accepted in lieu of"."""
    for found in TAKES_BACK.finditer(passage.text):
        said = "This takes the minimum back. State the lower requirement as the minimum, and the higher one as desirable."
        yield Mark(*found.span(), said)


# R27

NUMBERS = {
    word: number
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "un deux trois quatre cinq six sept huit neuf dix onze douze",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce",
    )
    for number, word in enumerate(words.split(), 1)
} | {"a": 1, "une": 1, "una": 1, "eighteen": 18, "dix-huit": 18, "dieciocho": 18}
TIME = re.compile(
    r"\b(?P<number>\d{1,2}|"
    + "|".join(sorted(NUMBERS, key=len, reverse=True))
    + r")(?: \(\d{1,2}\))?(?:[ \u00a0]?(?:to|-|–|à|a)[ \u00a0]?\d{1,2})?"
    r"[ \u00a0-](?:full |années? |)?(?P<unit>years?|months?|ans?|années?|mois|años?|meses)\b",
    re.IGNORECASE,
)
AT_MOST = re.compile(
    r"\b(?:maximum(?: of)?|at most|up to|no more than|not more than|not exceeding|less than|au maximum|au plus|moins de"
    r"|jusqu['’]à|como máximo|hasta|no más de|máximo de|menos de)(?: \w+)? (?=\d|"
    + "|".join(sorted(NUMBERS, key=len, reverse=True))
    + r")",
    re.IGNORECASE,
)
NONE_REQUIRED = re.compile(
    r"\bno (?:prior |previous |professional |work |relevant ){0,3}experience (?:is )?(?:required|necessary|needed|expected)\b"
    r"|\baucune expérience(?: \w+){0,2} (?:n['’]est )?(?:requise|exigée|nécessaire)\b|\bno se (?:requiere|exige"
    r"|necesita) experiencia\b",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
FROM_TO = re.compile(
    rf"\b(?:(?:between|entre) {_NUMBER} (?:and|et|y)|(?:from |de )?{_NUMBER}(?: to | à | a | ?[-–] ?)) ?{_NUMBER}"
    r"[ \u00a0](?:years?|ans|années|años)\b",
    re.IGNORECASE,
)
"""From so many years to so many: the second number is a maximum."""
LEAST_MONTHS, MOST_MONTHS = 24, 71


def experience_out_of_line(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Less than the two years most donors require, far more than a first post asks for, or a maximum as a minimum."""
    if found := AT_MOST.search(passage.text):
        end = next((time.end() for time in TIME.finditer(passage.text, found.start())), found.end())
        yield Mark(found.start(), end, "This is a maximum; the box asks for a minimum.")
        return
    if found := FROM_TO.search(passage.text):
        yield Mark(*found.span(), f"“{found[0]}”: the second number is a maximum; the box asks for a minimum.")
        return
    if found := NONE_REQUIRED.search(passage.text):
        yield Mark(*found.span(), f"“{found[0]}”: most donors require two years at least.")
        return
    asked = [(found, _months(found)) for found in TIME.finditer(passage.text)]
    if not asked:
        return
    found, months = max(asked, key=lambda pair: pair[1])
    if months < LEAST_MONTHS:
        said = f"“{found[0]}”: most donors require two years at least. Ask for two years, or have a reason ready."
        yield Mark(*found.span(), said)
    elif months > MOST_MONTHS:
        yield Mark(*found.span(), f"“{found[0]}” is more than a junior post asks for.")


def _months(found: re.Match[str]) -> int:
    number = found["number"].casefold()
    count = int(number) if number.isdigit() else NUMBERS[number]
    return count if found["unit"].casefold().startswith(("month", "mois", "mes")) else 12 * count


LANGUAGE = re.compile(
    r"\b(?:english|french|spanish|arabic|portuguese|russian|chinese|german|anglais\w*|français\w*|espagnol\w*|arabe|portugais"
    r"|russe|chinois|allemand"
    r"|inglés|francés|español\w*|castellano|árabe|portugués|ruso|chino|alemán)\b",
    re.IGNORECASE,
)
WORKING_LANGUAGE = re.compile(
    r"\b(?:(?:a|an|one|any|either) (?:(?:working|official) languages?)(?: of the (?:ILO|Organi[sz]ation))?"
    r"|one of the (?:\w+ ){0,3}?(?:working|official) languages(?: of the (?:ILO|Organi[sz]ation))?"
    r"|une (?:des )?langues? de travail(?: du BIT| de l['’]OIT)?|un(?:o de los|a)? idiomas? de trabajo(?: de la OIT)?"
    r"|una lengua de trabajo(?: de la OIT)?)",
    re.IGNORECASE,
)


def language_not_named(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """ "One working language" without saying which."""
    found = WORKING_LANGUAGE.search(passage.text)
    if found and not LANGUAGE.search(passage.text):
        yield Mark(*found.span(), f"“{found[0]}”: say which, for example “English”.")


FIELDS_TWICE = re.compile(
    r"\b(?:the )?relevant field\b[^.;\n]{0,80}?\b(?:or|and) a (?:related|relevant) (?:field|area)\b"
    r"|\bin (?:a|the) relevant field (?!or\b|and\b|of\b|to\b|in\b|with\b|is\b|at\b|for\b|such\b|like\b|including\b|related\b"
    r"|combined\b"
    r"|from\b|obtained\b|that\b|which\b|plus\b|as\b)[a-z]+(?: [a-z]+)?",
    re.IGNORECASE,
)


def field_said_twice(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """The form's words "in the relevant field" beside the field that was filled in (R22)."""
    if found := FIELDS_TWICE.search(passage.text):
        yield Mark(*found.span(), "The field of study is said twice, once as the form words it. Name it once.")
