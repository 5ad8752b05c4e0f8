"""Terms of the registers (R19, R22, R23, R34): found in any box, replaced with their capitals, and silent where they are right."""

from dataclasses import dataclass, replace

import pytest

from documents.document import Document
from readiness import terms
from readiness.finding import Severity
from readiness.passage import Passage
from readiness.registers import Registers, Term
from readiness.wording import wording_of
from tests.readiness.registers import SHIPPED, Told, mended_with
from tests.readiness.texts import planted

B, W, H = Severity.BLOCKER, Severity.WARNING, Severity.HINT


@dataclass(frozen=True)
class Row:
    """What stands in a box, what is marked of it, how grave, what the box says once it is mended, and why."""

    language: str
    box: str
    text: str
    quote: str
    severity: Severity
    mended: str
    why: str

    def __str__(self) -> str:
        return self.why


ROWS = [
    Row("en", "introduction", "The International Labour Organisation's work.", "International Labour Organisation", W, "The International Labour Organization's work.", "official name, in the genitive"),
    Row("en", "training_components", "A course at the international training center in Turin.", "training center", W, "A course at the international Training Centre in Turin.", "in small letters"),
    Row("en", "title", "in Training Center Management", "Training Center", W, "in Training Centre Management", "in a line"),
    Row("en", "experience_desirable", "Service as an associate expert.", "an associate expert", W, "Service as a Junior Professional Officer.", "a former term; the article goes with it"),
    Row("en", "duties", "- Follow the Annual Programme and Budget.\n- Write.", "Annual Programme and Budget", W, "Follow the Programme and Budget.", "in a list, it is for two years"),
    Row("en", "introduction", "The ILO Governing Council decides.", "ILO Governing Council", W, "The ILO Governing Body decides.", "the longer of two terms"),
    Row("en", "programme_outline", "It supports Decent Work Country Programs and the Sustainable Development Objectives.", "Decent Work Country Programs", W, "It supports Decent Work Country Programmes and the Sustainable Development Objectives.", "one of two, in the plural"),
    Row("en", "introduction", "All  programs of the office.", "programs", H, "All programmes of the office.", "American spelling"),
    Row("en", "introduction", "The office covers Swaziland.", "Swaziland", W, "The office covers Eswatini.", "a country's former name"),
    Row("en", "duties", "- Manage technical cooperation with donors.\n- Write.", "technical cooperation", H, "Manage development cooperation with donors.", "a former term of the ILO"),
    Row("en", "introduction", "The office covers the Republic of Macedonia.", "Republic of Macedonia", W, "The office covers the North Macedonia.", "a country's former name, of several words"),
    Row("en", "introduction", "The office covers Ivory Coast.", "Ivory Coast", W, "The office covers Côte d’Ivoire.", "a name with a small letter in it"),
    Row("en", "introduction", "The Maritime Labor Convention applies.", "Maritime Labor Convention", W, "The Maritime Labour Convention applies.", "“Labor” in a name"),
    Row("en", "programme_outline", "It was agreed with the ICFTU.", "ICFTU", H, "It was agreed with the ITUC.", "an organization that has merged"),
    Row("fr", "introduction", "Le bureau mène sa coopération technique.", "coopération technique", H, "Le bureau mène sa coopération pour le développement.", "a former term, in French"),
    Row("es", "introduction", "La oficina gestiona la cooperación técnica.", "cooperación técnica", H, "La oficina gestiona la cooperación para el desarrollo.", "a former term, in Spanish"),
    Row("es", "introduction", "La oficina atiende a Turquía.", "Turquía", H, "La oficina atiende a Türkiye.", "a country's former name, in Spanish"),
    Row("fr", "introduction", "Une agence des Nations-Unies.", "Nations-Unies", W, "Une agence des Nations Unies.", "in French"),
    Row("fr", "outcomes", "Programme et budget annuel 2026-27, résultat 3 : des ports sûrs.", "Programme et budget annuel", W, "Programme et budget 2026-27, résultat 3 : des ports sûrs.", "the Programme et budget is for two years"),
    Row("fr", "introduction", "Les normes  internationales\u00a0de travail.", "normes internationales\u00a0de travail", W, "Les normes internationales du travail.", "with a space that does not break"),
    Row("es", "introduction", "La Organización Internacional de Trabajo (OIT).", "Organización Internacional de Trabajo", W, "La Organización Internacional del Trabajo (OIT).", "in Spanish"),
    Row("es", "duties", "- Seguir los Objetivos del Desarrollo Sostenible.\n- Redactar.", "Objetivos del Desarrollo Sostenible", W, "Seguir los Objetivos de Desarrollo Sostenible.", "in a Spanish list"),
]  # fmt: skip
CODES = ("R19", "R22", "R23", "R34")


def by_terms(text: str, registers: Registers, language: str = "en", box: str = "introduction") -> list[tuple[str, Severity, str]]:
    """What the terms tell of a box: under which code, how grave, on which words."""
    return [
        (code, one.severity, one.quote) for code in CODES for one in under(code, planted(language, **{box: text}), box, registers)
    ]


def under(code: str, document: Document, box: str, registers: Registers) -> list[Told]:
    """What the terms filed under a code tell of a box; other rules of that code are not asked."""
    passage = Passage(document.form.boxes[box], "", document[box], wording_of(document.form))
    marks = terms.told_under(code)(passage, registers)
    return [Told(box, mark.severity or W, passage.text[mark.start : mark.end], mark) for mark in marks]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_term_is_found_and_its_fix_leaves_nothing_to_find(row: Row) -> None:
    document = planted(row.language, **{row.box: row.text})
    code = "R22" if row.quote == "programs" else "R23"
    found = [one for one in under(code, document, row.box, SHIPPED) if one.quote == row.quote]
    assert [one.severity for one in found] == [row.severity], under(code, document, row.box, SHIPPED)
    after = planted(row.language, **{row.box: mended_with(document, found[0])})
    assert row.mended in after[row.box]
    assert row.quote not in [one.quote for one in under(code, after, row.box, SHIPPED)]


SILENT = [
    ("en", "The International Labour Organization and employers' organisations.", "the name is right; other organisations may have their s"),
    ("en", "The International Training Centre of the ILO, in Turin, a former Junior Professional Officer, the biennial Programme and Budget.", "the terms themselves"),
    ("en", "Computer programs, processing programs and programming.", "programs of computers"),
    ("en", "See www.program.example/program and program@example.org.", "within addresses"),
    ("en", "Funds of the regular budget for technical cooperation, and the Agency for Technical Cooperation.", "a budget and an agency of that name"),
    ("en", "Eswatini (formerly Swaziland), North Macedonia and Türkiye.", "names of old that are called so; names of today"),
    ("fr", "Le Programme de développement durable à l'horizon 2030, ou Agenda 2030, en Macédoine du Nord.", "said by the United Nations itself"),
    ("es", "La cooperación para el desarrollo y la Agencia de Cooperación Técnica de Macedonia del Norte.", "right in Spanish"),
    ("en", "A turkey is a bird, and United Nations agencies eat none.", "a bird; a longer name"),
    ("fr", "L'Organisation internationale du Travail, l'Organisation des Nations Unies et le Bureau international du Travail.", "right in French"),
    ("es", "La Organización Internacional del Trabajo y los Objetivos de Desarrollo Sostenible; la Agenda 2030.", "right in Spanish"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "why"), SILENT, ids=[why for *_, why in SILENT])
def test_what_is_right_is_left_in_peace(language: str, text: str, why: str) -> None:
    assert by_terms(text, SHIPPED, language) == []


def term(words: str, instead: str, **more: str) -> Registers:
    """A register of one term."""
    severity = Severity(more.get("severity", "W"))
    return Registers(terms=(Term(words, instead, "We say so.", "en", more.get("rule", "R23"), severity),))


CASES = [
    (term("staff", "staff members"), "All staff and other staff members. Staff write.", ["staff", "Staff"], "not within its own replacement"),
    (term("officers", "Junior Professional Officers"), "Junior Professional Officers and officers.", ["officers"], "nor at its end"),
    (term("chairman", "chair", rule="R34", severity="H"), "The Chairman and the chairmanship.", ["Chairman"], "whole words alone"),
    (term("man-made", "artificial"), "A man-made, MAN-MADE and post-man-made sea.", ["A man-made", "MAN-MADE", "man-made"], "with a hyphen; an article that must change goes with it"),
    (term("employers' side", "employers"), "The employers’ side and the employers' side.", ["employers’ side", "employers' side"], "either apostrophe"),
    (term("MDG", "SDG"), "The MDG; an mdg.", ["MDG"], "an acronym keeps its capitals"),
    (term("social Partners", "social partners"), "The social Partners and the social partners.", ["social Partners"], "where only the capital is wrong"),
    (term("top-up", "", rule="R19", severity="B"), "A top-up is paid.", ["top-up"], "without a replacement"),
    (term("he", "he or she / they"), "If he asks.", ["he"], "with a choice"),
    (term("$", "USD"), "It costs $ 5.", [], "signs alone cannot be found"),
]  # fmt: skip


@pytest.mark.parametrize(("registers", "text", "quotes", "why"), CASES, ids=[why for *_, why in CASES])
def test_how_a_term_is_found(registers: Registers, text: str, quotes: list[str], why: str) -> None:
    one = registers.terms[0]
    assert by_terms(text, registers) == [(one.rule, one.severity, quote) for quote in quotes]


def test_a_fix_keeps_the_capitals_and_is_offered_only_where_there_is_one_replacement() -> None:
    shouted = planted("en", introduction="THE TRAINING CENTER and the Training center. A Chairman.")
    registers = replace(SHIPPED, terms=(*term("training center", "training centre").terms, *term("chairman", "chair").terms))
    fixes = [one.mark.fix.text for one in under("R23", shouted, "introduction", registers) if one.mark.fix]
    assert fixes == ["TRAINING CENTRE", "Training centre", "Chair"]
    choice = planted("en", introduction="If he asks.")
    (one,) = under("R23", choice, "introduction", term("he", "he or she / they"))
    assert (one.mark.fix, one.mark.sentence) == (None, "“he”: We say so. Write he or she / they.")


def test_the_forms_own_example_is_no_slip() -> None:
    text = "An advanced university degree, Master's or Post Graduate Diploma in law."
    assert by_terms(text, term("post graduate", "postgraduate"), box="education_desirable") == []
    assert by_terms(text, term("post graduate", "postgraduate"), box="introduction") != []
