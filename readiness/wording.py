"""What the form itself says, made ready to be found again in an author's text; and the paper form's own guidance."""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from documents import prose
from documents.form import Form

ON_THE_PAPER_FORM = (
    "Please describe the supervisory role exercised in terms of planning, guiding and reviewing the JPO.",
    "Example text follows below.",
    "Describe briefly the main tasks specific to this assignment and outputs expected during the assignment.",
    "This could include, but is not limited to:",
    "Indicate which activities will be used to structure/manage learning.",
    "Indicate what the incumbent will learn during the assignment, defined in measurable results and specified per year.",
    "General outline of the programme/project (use web links).",
    "Outline of planned developments concerning the programme/project.",
    "Information about living arrangements/conditions wherever possible.",
    "The ILO outcome(s) from the Programme and Budget the JPO will work for, e.g. which outcome or indicator is relevant to "
    "the role.",
)
"""The guidance of the paper form, in its own words: old files bring it along."""
SHORTEST = 4
"""Words of the shortest sentence that is compared."""
_WORDS = re.compile(r"\w+")


ALIKE = 0.7
"""So many of the threes of a sentence must be the guidance's, or of the guidance's the sentence's."""
TO_THE_AUTHOR = re.compile(
    r"^\W{0,3}(?:please|kindly) (?:\w+ly )?(?:describe|indicate|specify|insert|list|fill|complete|delete|adapt|adjust|explain"
    r"|mention|state|enter|add|provide (?:a|an|the|brief|information))\b"
    r"|^\W{0,3}(?:veuillez|merci de|prière de|il convient d['’e]) ?(?:bien vouloir |brièvement )?(?:décrire|indiquer|préciser"
    r"|insérer|énumérer|compléter|remplir|supprimer|adapter|expliquer|mentionner|ajouter|fournir)\b"
    r"|^\W{0,3}(?:por favor,? |sírvase |se ruega |rogamos )(?:brevemente )?(?:describ\w+|indi\w+|especifi\w+|insert\w+"
    r"|enumer\w+|complet\w+|rellen\w+|suprim\w+|elimin\w+|adapt\w+|expli\w+|mencion\w+|añad\w+)\b"
    r"|\b(?:is|are|should|must|has|have|needs?) (?:to )?be (?:\w+ly )?(?:described|indicated|specified|listed|filled in"
    r"|completed|inserted|adapted)(?: (?:here|below|above|briefly|in (?:this|the) (?:box|section|field)|in terms of))"
    r"|^\W{0,3}(?:décrivez|indiquez|précisez|énumérez|mentionnez|expliquez)\b"
    r"|^\W{0,3}(?:describa|indique|especifique|enumere|mencione|precise|explique)n?\b"
    r"|^\W{0,3}(?:indicate|specify|state) (?:briefly )?(?:what|which|how many|whether|if)\b"
    r"|^\W{0,3}(?:indiquer|indiquez|préciser|précisez|décrire|décrivez|énumérer|énumérez) (?:brièvement )?"
    r"(?:ce que|ce qu['’]|quel\w*|les activités|les principales tâches|les tâches|le rôle|si)\b"
    r"|^\W{0,3}(?:indique|indíquese|indicar|describa|describir|descríbase|especifique|especificar|enumere) (?:brevemente )?"
    r"(?:lo que|qué|cuál\w*|las actividades|las principales tareas|las tareas|el papel|la función|si)\b"
    r"|^\W{0,2}[\[<(] ?(?:describe|indicate|specify|décrire|indiquer|préciser|describir|indicar|especificar)\b"
    r"|^\W{0,3}(?:example|sample) (?:text|wording) (?:follows|below)|^\W{0,3}(?:texte d['’]exemple|exemple de texte"
    r"|texto de ejemplo|ejemplo de texto)\b"
    r"|^\W{0,3}(?:note for supervisors|note aux superviseurs|nota para los supervisores)\b"
    r"|\b(?:delete|strike|tick|choose|select) (?:as|where|if) (?:appropriate|applicable|necessary)\b|\b(?:rayer"
    r"|supprimer) la mention inutile\b|\btáchese lo que no proceda\b",
    re.IGNORECASE,
)
"""What is said to whoever fills in the form, not to who reads it."""
ALREADY_PRINTED = re.compile(
    r"\bILO (?:values|is committed to) (?:workforce |staff )?diversity\b"
    r"|\bILO (?:is|has|offers) (?:a |an )?(?:smoke|tobacco)-free\b|\b(?:welcomes?"
    r"|encourages?) applications from (?:qualified )?(?:women|persons"
    r"|people|candidates) (?:and men|with disabilities)\b"
    r"|\bL?['’]?OIT (?:valorise|attache [^.]{0,30} à) la diversité\b|\bla OIT valora la diversidad\b",
    re.IGNORECASE,
)
"""What the portal prints at the end of every proposal, in other words."""
ALIKE_FIXED = 0.85
"""The same of what the portal prints itself."""
LONGEST_LOOKED_AT = 2000


@functools.lru_cache(maxsize=4096)  # several rules compare the same sentence
def bare(text: str) -> tuple[str, ...]:
    """Words as they are compared: small letters without accents or punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "").replace("'", ""))
    return tuple(_WORDS.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


def plain(text: str) -> str:
    """The same in one line, parted by spaces."""
    return " ".join(bare(text))


def threes(words: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Every three words in a row."""
    return frozenset(words[n : n + 3] for n in range(len(words) - 2))


def _sentences(text: str) -> list[str]:
    return [said for said in re.split(r"(?<=[.?!:;])\s+|\n", text) if said]


@dataclass(frozen=True, eq=False)
class Wording:
    """A form with its sentences made ready; one for each form, so that whatever is worked out from it is kept."""

    form: Form

    @functools.cached_property
    def guidance(self) -> "Sentences":
        """Every sentence of guidance, on this form and on the paper form."""
        said = [box.guidance for box in self.form.boxes.values()] + [section.guidance for section in self.form.sections]
        return Sentences.of(*said, self.form.note, *ON_THE_PAPER_FORM)

    def is_guidance(self, sentence: str) -> bool:
        """Whether a sentence is guidance: the form's or the paper form's own, or said to whoever fills in a form."""
        if TO_THE_AUTHOR.search(sentence[:LONGEST_LOOKED_AT]):
            return True
        words = bare(sentence[:LONGEST_LOOKED_AT])
        return words in self.guidance.known or any(
            shared >= ALIKE * min(ours, theirs) for shared, ours, theirs in self.guidance.alike(words) if min(ours, theirs) >= 4
        )

    def is_fixed(self, sentence: str) -> bool:
        """Whether a sentence is one that the portal prints itself after the boxes, or one of the form's note."""
        if ALREADY_PRINTED.search(sentence[:LONGEST_LOOKED_AT]):
            return True
        words = bare(sentence[:LONGEST_LOOKED_AT])
        return words in self.fixed.known or any(
            shared >= ALIKE_FIXED * max(ours, theirs) for shared, ours, theirs in self.fixed.alike(words)
        )

    @functools.cached_property
    def examples(self) -> frozenset[tuple[str, ...]]:
        """The sentences of all examples that have no gap, as bare words."""
        return frozenset(bare(line) for line in self._example_lines if "…" not in line)

    @functools.cached_property
    def gapped(self) -> frozenset[tuple[str, ...]]:
        """Those that have one, as bare words without it."""
        return frozenset(bare(line) for line in self._example_lines if "…" in line)

    @functools.cached_property
    def _example_lines(self) -> list[str]:
        return [line for box in self.form.boxes.values() for line in prose.text(box.example).splitlines() if line]

    @functools.cached_property
    def sentences(self) -> frozenset[tuple[str, ...]]:
        """What the form says itself or offers as it is: nobody is blamed for saying it as well."""
        printed = [*self.form.closing, *(box.lead for box in self.form.boxes.values())]
        return self.examples | frozenset(bare(sentence) for text in printed for sentence in _sentences(text))

    @functools.cached_property
    def fixed(self) -> "Sentences":
        """What the portal prints itself after the boxes, and the form's note."""
        return Sentences.of(*self.form.closing, self.form.note)


@dataclass(frozen=True, eq=False)
class Sentences:
    """Sentences of the form as bare words, ready to be found again in a text, nearly word for word."""

    known: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, *texts: str) -> "Sentences":
        """Those of some texts, the very short ones apart."""
        said = (bare(sentence) for text in texts for sentence in _sentences(text))
        return cls(frozenset(words for words in said if len(words) >= SHORTEST))

    def alike(self, words: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
        """Of each that shares three words in a row with some words: how many threes they share, those words have, it has."""
        ours = threes(words)
        shared = Counter(known for three in ours for known in self._by_three.get(three, ()))
        return ((common, len(ours), len(threes(known))) for known, common in shared.items())

    @functools.cached_property
    def _by_three(self) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
        found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for known in self.known:
            for three in threes(known):
                found.setdefault(three, []).append(known)
        return found


@functools.lru_cache(maxsize=16)
def wording_of(form: Form) -> Wording:
    """The wording of a form."""
    return Wording(form)
