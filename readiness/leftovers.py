"""What the form left in the text: guidance (R03), placeholders (R04), labels (R06), fixed wording (R28), examples (R32)."""

import itertools
import re
from collections.abc import Iterator

from documents import prose
from readiness.finding import Fix, Mark, Severity
from readiness.passage import Passage, Stretch
from readiness.registers import Registers
from readiness.wording import ALIKE_FIXED, bare, threes

# R03


def guidance_left(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A sentence of guidance still standing in the text; neighbouring ones are told as one."""
    told: list[Stretch] = []
    for sentence in passage.sentences:
        if not passage.wording.is_guidance(sentence.text):
            continue
        if (
            told
            and passage.text[told[-1].end : sentence.start].strip() == ""
            and "\n" not in passage.text[told[-1].end : sentence.start]
        ):
            told[-1] = Stretch(told[-1].start, sentence.end, passage.text[told[-1].start : sentence.end])
        else:
            told.append(sentence)
    everything = sum(len(stretch.text) for stretch in told) >= len(passage.text.strip())
    for stretch in told:
        said = "This is guidance of the form, not text for donors. Delete it, or answer it in your own words."
        yield Mark(stretch.start, stretch.end, said, None if everything else Fix(""))


# R04

GAP = re.compile(r"(?<!\S)[(\[“\"]?(?:\.{3,}|…+|_{3,}|\[\s?(?:\.{3,}|…)\s?\])(?!\w)")
DOTS = re.compile(r"\.{3,}|…|_{3,}")
AND_SO_ON = re.compile(r"(?:,|;|\betc\.?|\bso on|\bso forth|\bainsi de suite|\bdemás)\s*$", re.IGNORECASE)
"""What is left open on purpose: a list that goes on."""
STANDS_FOR_NOTHING = re.compile(
    r"(?<![\w/.-])(?:N\.N\.|NN(?=[,;)]|$)|TB[ADCN]|tbd|tbc|[Xx]{3,20}|\?{3,20}|XX/XX(?:/\w{2,4})?|dd/mm/(?:yy)?yy|jj/mm/aaaa"
    r"|(?i:lorem ipsum))(?![\w/-])"
    r"|\b(?i:XX) (?:months?|years?|weeks?|days?|mois|ans|semaines|jours|meses|años|semanas|días)\b"
    r"|[\[<]\s?(?:insert|name|title|date|number|to be|add|enter|nom|titre|à |insérer|nombre|insertar|título|fecha"
    r"|por )[^\]>\n]{0,80}[\]>]"
    r"|\((?:(?:please )?(?:insert|fill in|enter the|specify|indicate)|name of|title of|insérer|insertar|nom de"
    r"|nombre de)\b[^)\n]{0,80}\)"
    r"|\[(?!(?:sic|the|an?|their|its|emphasis|our|original|traduction|traducción)\b)[a-zà-ÿ][a-zà-ÿ /’'-]{2,40}\]",
)
NOT_YET = re.compile(
    r"\bto be (?:determined|confirmed|completed|defined|added|announced|specified|decided|advised)\b"
    r"|\bà (?:déterminer|confirmer|compléter|définir|préciser)\b|\bpor (?:determinar|confirmar|completar|definir|especificar)\b",
    re.IGNORECASE,
)
NOBODY_YET = re.compile(
    r"\bto be (?:recruited|appointed)\b|\b(?:recruitment|selection) (?:is )?(?:under way|underway|ongoing|in progress|pending)\b"
    r"|\bunder recruitment\b|\bvacant[e]?\b|\b(?:en cours de recrutement|à recruter|en proceso de contratación)\b",
    re.IGNORECASE,
)
"""What stands in the place of a supervisor still to come."""
ALONE = re.compile(r"(?<=[.;:!?] )(?:n\s?/\s?[ad]\.?|s\s?/\s?o\.?|TB[CD])$", re.IGNORECASE)
"""A placeholder left behind the last sentence of a paragraph."""
NOTHING = re.compile(
    r"(?:n\s?[/.]\s?[ad]\.?|not applicable|none|nil|[-–—.]{1,3}|sans objet|s\s?[./]?\s?o\.?|néant|aucune?|no aplica|no procede"
    r"|ningun[oa])[.:]?",
    re.IGNORECASE,
)
SHORT_ANSWER = 8
SET_OFF = re.compile(r"(?:\(|[:–—] ?|\[)$")
"""What stands before a remark to oneself."""
MOST_GAPS = 200
"""So many gaps of one box are told."""


def placeholder(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A gap of an example not filled, or letters that stand for something still to come."""
    gaps = GAP.finditer(passage.text) if passage.is_prose else DOTS.finditer(passage.text)
    for found in itertools.islice(gaps, MOST_GAPS):
        goes_on = AND_SO_ON.search(passage.text[max(0, found.start() - 20) : found.start()])
        is_last = not passage.text[found.end() : found.end() + 2].partition("\n")[0].strip(" .,;:)")
        if not _is_omission(passage.text, found.start()) and not (goes_on and is_last):
            yield Mark(*_around(passage.text, *found.span()), "A gap is left here. Fill it in, or write the sentence anew.")
    for found in STANDS_FOR_NOTHING.finditer(passage.text):
        yield Mark(*found.span(), f"“{found[0]}” only keeps a place. Write what belongs there.")
    for found in NOT_YET.finditer(passage.text):
        sentence = passage.sentence_at(found.start())
        is_answer = sentence and len(sentence.text.split()) <= SHORT_ANSWER and _keeps_a_place(passage, sentence, found.end())
        if is_answer or SET_OFF.search(passage.text[max(0, found.start() - 3) : found.start()]):
            yield Mark(*found.span(), f"“{found[0]}” only keeps a place. Write what is known now.")
    for found in NOBODY_YET.finditer(passage.text) if passage.box.name.startswith("supervisor") else ():
        yield Mark(*found.span(), f"“{found[0]}”: a supervisor must be named. Name who supervises now.")


def _keeps_a_place(passage: Passage, sentence: Stretch, end: int) -> bool:
    """Whether a short sentence says of something that it is still to come: "à définir", but not "aider à définir les règles"."""
    return passage.language == "en" or not passage.text[end : sentence.end].strip(" .;,)")


def says_nothing(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A box filled with "N/A" or a dash: leave it empty, or answer it."""
    for part in passage.parts:
        if found := ALONE.search(part.text[-60:].rstrip()):
            start = part.end - len(part.text[-60:]) + found.start()
            yield Mark(start, start + len(found[0]), f"“{found[0]}” says nothing. Leave it out.", Fix(""))
        if part.text.strip() and len(part.text) < 40 and NOTHING.fullmatch(part.text.strip()):
            whole = part.text.strip() == passage.text.strip()
            needed = passage.box.required.value != "never"
            said = f"“{part.text}” says nothing. " + (
                "Answer the question." if needed and whole else "Leave it out; an empty part is not printed."
            )
            yield Mark(
                part.start,
                part.end,
                said,
                None if whole and needed else Fix(""),
                Severity.BLOCKER if needed and whole else Severity.WARNING,
            )


def _is_omission(text: str, at: int) -> bool:
    """Whether it stands in a quotation, where dots mark what was left out."""
    before = text[max(0, at - 300) : at]
    return any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "«»"))


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """A gap with the word before it and the word after it, in its line, so that it can be recognised."""
    before = re.search(r"\S{1,40} $", text[max(0, start - 42) : start])
    after = re.match(r" \S{1,40}", text[end : end + 42])
    return start - (len(before[0]) if before else 0), end + (len(after[0]) if after else 0)


# R06

MINIMUM = {
    "en": r"minimum|required|essential",
    "fr": r"minimum|exigée?s?|requise?s?",
    "es": r"mínimos?|m[ií]nimas?|requisitos mínimos|exigid[oa]s?",
}
DESIRABLE = {
    "en": r"desirable|desired|preferred",
    "fr": r"souhaitables?|souhaitée?s?",
    "es": r"deseables?|preferibles?|convenientes?",
}
A_MINIMUM = re.compile(r"^(?:a |an )?minimum (?:of|required)?|^(?:un )?minimum d[e'’]|^(?:un )?mínimo de", re.IGNORECASE)


SHORT_LABELS = {
    "education": "education|formation|formación",
    "experience": "(?:work |professional )?experience|expérience|experiencia",
    "skills": "(?:required )?skills(?: required)?|compétences(?: requises)?|competencias(?: requeridas)?",
    "languages": "languages?|langues?|idiomas?",
    "duties": "(?:main )?(?:duties|tasks)",
    "key": "(?:expected )?outputs",
}
"""What people write before a colon instead of a label of the form, by the first word of the box's name: "Skills required:"."""


def label_repeated(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """The box's own label at the beginning of its text, or Minimum and Desirable as labels within it."""
    pattern = _labels(passage)
    for part in passage.parts:
        if found := pattern.match(part.text):
            label = found[0].strip()
            alone = found.end() >= len(part.text.rstrip())
            said = f"“{label}” is a label of the form; it is printed for you. Delete it."
            if alone and part.start:
                said = f"“{label}” stands inside the text. Move what follows into the box of that name, or delete the label."
            end = part.start + found.end()
            yield Mark(part.start, end if not alone else part.end, said, None if alone and part is passage.parts[-1] else Fix(""))


def minimum_twice(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """ "A minimum of" right after the printed word "Minimum"."""
    if found := A_MINIMUM.match(passage.text):
        said = "“Minimum” is printed before your text already. Begin with “At least …”."
        yield Mark(0, found.end(), said)


def _labels(passage: Passage) -> re.Pattern[str]:
    """A label at the beginning of a paragraph: the box's own, its group's, or Minimum and Desirable."""
    box = passage.box
    words = [re.escape(label) for label in (box.label, box.group, box.title) if label and box.label_on_paper != "never"]
    if box.group and box.name.endswith(("_minimum", "_desirable")):
        words += [MINIMUM[passage.language], DESIRABLE[passage.language]]
    short = SHORT_LABELS.get(box.name.partition("_")[0])
    words += [rf"(?:{short})(?=\s?[:(])"] if short else []
    both = "|".join(words) or "(?!)"
    more = (
        r"(?: \((?:minimum|desirable|souhaitable|mínimo|deseable)\))?(?: (?:requirements?|skills?|qualifications?|experience"
        r"|education|degree))?"
    )
    return re.compile(rf"(?:{both}){more}(?:\s?:\s*| [–-] )|(?:{both})$", re.IGNORECASE)


# R28, R32


def fixed_text(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """A sentence that the portal prints itself."""
    for sentence in passage.sentences:
        if passage.wording.is_fixed(sentence.text):
            yield Mark(sentence.start, sentence.end, "The portal prints this sentence itself. Delete it here.")


def lead_typed(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """The box's own lead typed before the text, which is printed twice then; not where it opens a list, for then it is not."""
    lead = threes(bare(passage.box.lead))
    if lead and passage.sentences and not prose.has_lead(passage.answer):
        first = passage.sentences[0]
        opening = passage.text[first.start : first.start + 2 * len(passage.box.lead)]
        if len(lead & threes(bare(opening))) >= ALIKE_FIXED * len(lead):
            end = passage.text.find(":", first.start, first.end) + 1 or passage.opening(first.start, first.end)
            yield Mark(first.start, end, "The portal prints this lead itself. Delete it here.")


def fixed_before_title(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """The fixed words of a line typed again: "Junior Professional Officer Junior Professional Officer in …"."""
    fixed = passage.box.fixed
    if fixed and (found := re.match(rf"{re.escape(fixed)}(?: \(?JPO\)?)?(?:\s*[-–:]\s*| )", passage.text, re.IGNORECASE)):
        said = f"“{fixed}” is printed before your text already. Begin with “in” or “on”."
        yield Mark(0, len(found[0].rstrip()), said, Fix(""))


def example_unchanged(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An example of the form kept word for word."""
    for part in passage.parts:
        if len(part.text) < 300 and bare(part.text) in passage.wording.examples:
            end = part.start + len(part.text.rstrip(". "))
            yield Mark(part.start, end, "This is the form's example, word for word. Say what it means in this post.")


def example_without_its_gap(passage: Passage, registers: Registers) -> Iterator[Mark]:
    """An example whose gap was left out instead of filled: "Interact with"."""
    for part in passage.parts:
        if len(part.text) < 300 and bare(part.text) in passage.wording.gapped:
            yield Mark(
                part.start, part.end, "This is the form's example without what belongs in its gap. Say with whom, in what, when."
            )
