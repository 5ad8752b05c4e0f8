"""Outcomes of the Programme and Budget: with number, title and biennium, in their own box (R11)."""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from readiness.finding import Fix, Mark, Severity
from readiness.passage import Part, Passage
from readiness.registers import Outcome, Registers
from readiness.rule import Whole
from readiness.wording import plain

BOX = "outcomes"
_CODES = r"(?:[A-D]\.)?[1-9]\d?(?:\.\d{1,2}){0,2}(?![\d/%]|\.\d)|(?-i:[A-D])(?![\w.-])"
_LIST = rf"(?P<codes>(?:{_CODES})(?:(?:, ?| ?& ?| (?:and|or|et|ou|y|e|o) |, (?:and|et|y) )(?:{_CODES})){{0,8}})"
NOUNS = {
    "en": "outcomes?|outputs?|enablers?",
    "fr": "résultats?|produits?|catalyseurs?",
    "es": "resultados?|productos?",
}
"""What the Programme and Budget is made of."""
_SPACE = "[ \u00a0\u202f]"
_NUMBER = rf"(?:{_SPACE}(?:No|no|nos|Nos|n[°ºo]|núm|number)\.?)?{_SPACE}{{0,2}}"
REFERENCE = {
    language: re.compile(rf"(?<![\w-])(?P<noun>(?:{nouns})){_NUMBER}{_LIST}|(?<![\w-])(?-i:O)(?P<code>[1-9]\d?)(?![\w.])",
                         re.IGNORECASE)
    for language, nouns in NOUNS.items()
}  # fmt: skip
"""An outcome given by its number or letter: "Outcome 3", "outputs 3.1 and 3.2", "Output A.3", "Enabler B"."""
_ANY = {
    "en": r"(?:an?|one of (?:the|its)|some|several|various|different|relevant)",
    "fr": r"(?:une?|l['’]un des|certains|plusieurs|divers|différents)",
    "es": r"(?:un|uno de los|algunos|varios|diversos|distintos)",
}
UNNAMED = {
    language: re.compile(rf"\b{_ANY[language]} (?:[^\W\d]+ ){{0,2}}(?:{nouns})(?= (?:of|in|from|under|du|des|de|dans|del)\b)",
                         re.IGNORECASE)
    for language, nouns in NOUNS.items()
}  # fmt: skip
"""An outcome of which it is not said which: "an enabler of the Programme and Budget"."""
NAMED_THEN = re.compile(
    r"[:“«\"‘]|\b(?:namely|i\.e\.|includ\w+|such as|especially|à savoir|notamment|a saber|entre ellos|incluid\w+)"
)
PROGRAMME = re.compile(
    r"\b(?:Programme? (?:and|&) Budget|P ?& ?B|Programme et budget|Programa y Presupuesto|PyP"
    r"|biennium|biennial|bienn(?:al|ale)|bienio|policy outcome|enabling outcome)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:DWCPs?|PPTD|PTDP|Decent Work Country|UNSDCF|UNDAF|Cooperation Framework|cadre de coopération|Marco de Cooperación|"
    r"log(?:ical )?frame\w*|results framework|learning outcomes?|expected outcomes?)\b",
    re.IGNORECASE,
)
"""Whose outcomes they are, if not the Programme and Budget's."""
BIENNIUM = re.compile(r"(?<![\d/–-])(?P<first>20\d\d) ?[-–—/] ?(?P<second>(?:20)?\d\d)(?![\d/–-])")
EMPTY_WORDS = frozenset(
    # of such sentences in English, French and Spanish without their accents, where no title is named
    "the of and for to in on by under with within through towards toward its it this that as or from be been is are was will "
    "would which our p b pb programme program programmes budget biennium biennial biennia period ilo ilos jpo jpos post position "
    "assignment incumbent work works working support supports supporting supported contribute contributes contributing "
    "contribution contributions correspond corresponds corresponding relate relates related link linked links line aligned "
    "alignment align aligns fall falls serve serves achieve achieving achievement implementation delivery realization "
    "framework strategic main mainly primary secondary secondarily particular particularly especially relevant policy enabling "
    "following both also directly mentioned respective project unit department branch office team activities tasks duties "
    "outcome outcomes output outputs indicator indicators enabler enablers number numbers no nos biannual "
    "le la les l du des de d et ou pour dans sur par au aux en ce cette son sa ses qui que est sont s inscrit inscrivent cadre "
    "titre periode exercice biennale biennal bienn poste travail affectation unite departement bureau equipe activites taches "
    "oit bit resultat resultats produit produits indicateur indicateurs contribuera contribue contribuent contribuer participe "
    "correspond releve lie liee principalement notamment particulier realisation atteinte numero catalyseur catalyseurs "
    "el los las del y o para por al este esta su sus que es son se inscribe enmarca marco periodo bienio bienal puesto trabajo "
    "asignacion unidad departamento oficina equipo actividades tareas resultado resultados producto productos indicador "
    "indicadores contribuira contribuye contribuyen contribuir corresponde relativo principalmente programa presupuesto "
    "particular especial logro consecucion num".split()
)
FEWEST, MOST = 2, 1_000
"""How many words of its own a title has at least; how many paragraphs, sentences and outcomes are looked at."""


def in_their_box(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """Outcomes without a title, of a biennium that is over or none, or not as the register has them.

    It is a blocker where the whole box names none by its title: then it says no more than an empty one.
    """
    spans = _spans(passage.text)
    yield from _bienniums(passage, spans, registers)
    named = False
    severity = Severity.WARNING if len(_own(passage.text).split()) >= FEWEST else Severity.BLOCKER
    for number, part in enumerate(passage.parts[:MOST]):
        references = [*itertools.islice(REFERENCE[passage.language].finditer(part.text), MOST)]
        references = [found for found in references if found["codes"] or PROGRAMME.search(passage.text)]
        named = named or bool(references)
        said = _title_of(passage.parts, number)
        biennium = _biennium([*_spans(part.text), *spans]) or registers.biennium
        for found in references:
            start, end = part.start + found.start(), part.start + found.end()
            codes = re.findall(_CODES, found["codes"] or found["code"])
            for mark in _reference(start, end, found[0], codes, said, biennium, registers, passage.language):
                yield replace(mark, severity=severity)
    if not named and (PROGRAMME.search(passage.text) or not _own(passage.text)):
        yield from _none_named(passage)
    elif named and not spans:
        yield Mark(0, 0, "Say of which biennium: the outcomes change every two years.", None, Severity.HINT)


def _none_named(passage: Passage) -> Iterator[Mark]:
    """A box that speaks of the Programme and Budget and says of no outcome which one it is."""
    found = UNNAMED[passage.language].search(passage.text)
    if found and not NAMED_THEN.search(passage.text, found.end()):
        yield Mark(*found.span(), f"“{found[0]}”: say which one, by its number and title.", None, Severity.BLOCKER)
    elif len(_own(passage.text).split()) < FEWEST and (_spans(passage.text) or passage.text.rstrip().endswith(".")):
        said = "No outcome is named here: write its number, its title and the biennium."
        yield Mark(0, passage.opening(0, len(passage.text)), said, None, Severity.BLOCKER)


def _reference(
    start: int, end: int, words: str, codes: Sequence[str], said: str, biennium: str, registers: Registers, language: str
) -> Iterator[Mark]:
    """What is wrong with one reference to an outcome or several."""
    known = _titles(registers, biennium, language)
    strange = [code for code in codes if known and code not in known and code.count(".") <= _depth(known)]
    title = known.get(codes[0], "") if len(codes) == 1 else ""
    if strange:
        yield Mark(start, end, f"“{words}”: the register has no outcome {strange[0]} for {biennium}.")
    elif len(said.split()) < FEWEST:
        fix = Fix(f"{words}: {title}") if title else None
        called = f", “{title}”" if title else ""
        yield Mark(start, end, f"“{words}”: name the outcome by its title too{called}; the numbers change.", fix)
    elif title and not set(said.split()) & (set(plain(title).split()) - EMPTY_WORDS):
        yield Mark(start, end, f"“{words}”: in the register of {biennium} this is “{title}”.")


def _title_of(parts: Sequence[Part], number: int) -> str:
    """What is said of an outcome beside its number: the words of its own in its paragraph, and in the next after a colon."""
    text = parts[number].text
    if text.rstrip().endswith((":", "–", "-")) and number + 1 < len(parts):
        text += " " + parts[number + 1].text
    return _own(text)


def _own(text: str) -> str:
    """The words of a text that may be of a title, as they are compared."""
    return " ".join(
        word for word in plain(text[:3000]).split() if word not in EMPTY_WORDS and not word.isdecimal() and len(word) > 1
    )


@functools.lru_cache(maxsize=64)
def _titles(registers: Registers, biennium: str, language: str) -> dict[str, str]:
    """The outcomes of a biennium by their numbers; in English where the register has no other title."""
    of = [outcome for outcome in registers.outcomes if outcome.biennium == biennium]
    return {outcome.code: outcome.title for tongue in ("en", language) for outcome in of if _in(outcome, tongue)}


def _in(outcome: Outcome, language: str) -> bool:
    return outcome.language == language


def _depth(known: dict[str, str]) -> int:
    """How deep the register goes: it may know outcomes and not their outputs."""
    return max((code.count(".") for code in known), default=0)


def _spans(text: str) -> list[re.Match[str]]:
    """Where two years that follow each other are named: "2026-27", "2026–2027"."""
    return [
        found
        for found in itertools.islice(BIENNIUM.finditer(text), MOST)
        if (int(found["first"]) + 1) % 100 == int(found["second"][-2:])
    ]


def _biennium(spans: Sequence[re.Match[str]]) -> str:
    """The first of them as the register writes it, "2026-27"; nothing where there is none."""
    return f"{spans[0]['first']}-{spans[0]['second'][-2:]}" if spans else ""


def _bienniums(passage: Passage, spans: Sequence[re.Match[str]], registers: Registers) -> Iterator[Mark]:
    now = registers.biennium
    for found in spans:
        first = int(found["first"])
        if first % 2 and PROGRAMME.search(passage.text):
            yield Mark(found.start(), found.end(), f"“{found[0]}” is no biennium: each begins in an even year.")
        elif now and first < int(now[:4]) and not first % 2:
            said = f"“{found[0]}” is over: name the outcome of the Programme and Budget {now} or of the next one."
            yield Mark(found.start(), found.end(), said)


def elsewhere(whole: Whole) -> Iterator[Mark]:
    """An outcome that is named in another box, while its own is empty."""
    if not whole.passages[BOX].is_empty or whole.language not in REFERENCE:
        return
    for box, passage in whole.passages.items():
        if not passage.is_prose or passage.is_empty:
            continue
        for sentence in passage.sentences[:MOST]:
            if (found := _outcome_in(sentence.text, box, whole.language)) and not OTHERS.search(sentence.text):
                now, start, end = whole.registers.biennium, sentence.start + found.start(), sentence.start + found.end()
                said = f"“{found[0]}”: outcomes of the Programme and Budget have a box of their own, which is empty."
                spans = [span for span in _spans(sentence.text) if span.start() >= found.end()]
                if spans and now and _biennium(spans) < now:
                    end, said = sentence.start + spans[0].end(), f"{said} And “{spans[0][0]}” is over."
                yield Mark(start, end, said, box=box)


_WORD = re.compile(r"\b(?:outcomes?|enablers?|résultats?|catalyseurs?|resultados?)\b", re.IGNORECASE)
"""An outcome by name; outputs and products are spoken of in other senses too."""
_PROJECT = re.compile(r"\b(?:project|projet|proyecto)", re.IGNORECASE)
_TOWARDS = re.compile(r"\b(?:contribu|align|in line|link|serv|support|s['’]inscri|appu|relèv|enmarc|apoy)", re.IGNORECASE)
_OF_THE_POST = re.compile(
    r"\b(?:JPO|junior professional officer|incumbent|post|position|assignment|titulaire|poste|affectation|titular|puesto"
    r"|asignación)\b",
    re.IGNORECASE,
)
OF_THEIR_OWN = frozenset({"key_outputs", "learning_elements", "training_components"})
"""Boxes that number outcomes and outputs of their own."""


def _outcome_in(sentence: str, box: str, language: str) -> re.Match[str] | None:
    """Where a sentence names an outcome of the Programme and Budget: by name, by the capital of "Outcome 3", or by a number
    such as 6.2, or to which the post contributes."""
    found = REFERENCE[language].search(sentence)
    if PROGRAMME.search(sentence):
        return found or _WORD.search(sentence)
    if not found or box in OF_THEIR_OWN or _PROJECT.search(sentence):
        return None
    of_the_post = "." in (found["codes"] or "") or _OF_THE_POST.search(sentence, 0, found.start())
    is_towards = of_the_post and box != "duties" and _TOWARDS.search(sentence, 0, found.start())
    return found if found[0][0].isupper() or is_towards else None
