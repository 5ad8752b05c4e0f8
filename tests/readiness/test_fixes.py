"""Fixes: a click on any of them removes what it was about, brings up nothing new, and changes no other word."""

import html
from collections import Counter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from documents import prose
from documents.document import Document
from documents.form import Kind
from documents.reader import read_in_its_language
from proposals.sections import form
from readiness.check import findings
from readiness.finding import Finding, How
from readiness.mending import mended
from tests.readiness.registers import KNOWN
from tests.readiness.texts import of_rule, planted
from tests.seeds import seeds

PHASES = [Phase.explicit, Phase.generate]


def check(asked: Document) -> tuple[Finding, ...]:
    """The findings of a document with the lists as they are shipped."""
    return findings(asked, asked.form, KNOWN)


def plain(asked: Document, box: str) -> str:
    """The text of a box."""
    return prose.text(asked[box]) if asked.form.boxes[box].kind is Kind.PROSE else asked[box]


def kinds(told: tuple[Finding, ...]) -> Counter[tuple[str, str, str]]:
    """How many findings there are of each rule, box and severity."""
    return Counter((finding.rule, finding.box, str(finding.severity)) for finding in told)


def wrong(asked: Document, told: tuple[Finding, ...], finding: Finding) -> str:
    """What is wrong with the fix of a finding, in words; nothing if it is as it should be."""
    box = asked.form.boxes[finding.box]
    after = Document(asked.form, dict(asked.answers) | {box.name: mended(box, asked[box.name], finding)}, asked.field_post)
    fix, text, now = finding.fix, plain(asked, box.name), plain(after, box.name)
    assert fix
    name = (
        f"{finding.rule} {box.name} {finding.quote!r} -> {fix.text!r} in {text[max(finding.start - 30, 0) : finding.end + 30]!r}"
    )
    expected = f"{text[: finding.start]}{fix.text}{text[finding.end :]}"
    if fix.how is How.WORDS and [line.split() for line in now.split("\n") if line] != [
        line.split() for line in expected.split("\n") if line.strip()
    ]:
        return f"{name}: changes something else: {now!r}"
    if fix.how is How.LINK and now != text:
        return f"{name}: changes the words"
    if fix.how is How.LIST and letters(now) != letters(expected):
        return f"{name}: changes the words"
    rest = kinds(told) - Counter([(finding.rule, finding.box, str(finding.severity))])
    if added := kinds(check(after)) - rest:
        return f"{name}: afterwards there is {dict(added)}"
    return ""


def letters(text: str) -> str:
    """A text without its spaces and the marks that part items."""
    return "".join(sign for sign in text if sign.isalnum())


def wrongs(asked: Document) -> list[str]:
    """What is wrong with the fixes of a document."""
    told = check(asked)
    return [said for finding in told if finding.fix and (said := wrong(asked, told, finding))]


@pytest.mark.parametrize("path", seeds(), ids=lambda path: path.stem)
def test_fixes_of_real_proposals_do_what_they_say(path) -> None:
    reading = read_in_its_language(path.read_bytes(), [form(language) for language in ("en", "fr", "es")])
    assert wrongs(Document(form(reading.language), reading.boxes)) == []


SOUND = {
    "en": (
        "The JPO supports the unit in its research",
        "ministries and unions meet twice a year",
        "work with partners in the region",
        "two briefs for the team, with figures",
        "the pages of the Office",
    ),
    "fr": ("Le ou la JPO appuie l’équipe dans ses recherches", "deux notes par an", "le travail avec les partenaires"),
    "es": ("La persona apoya al equipo en sus estudios", "dos notas al año", "el trabajo con los socios"),
}
SLIPS = {
    "en": (
        "work in in the field", "seperate reports", "the labor market", "others tasks", "an European office", "a ILO report", "ministries ,unions",
        "plans ( and budgets )", "employers' and workers on equal terms", "in charge of trainings", "once year", "two years experience",
        "www.example.org", "the chairman of the board", "words,words and more", "done..", "the ILO 's work", "this activities", "more better",
        "gender-responsive policies and gender responsive plans", "programs", "organise and organize", "illegal migrants", "The the unit",
        "International Labour Organisation", "alot of work", "to supports",
        "employers and workers organizations", "he/she writes", "Minimum: two years", "workers – employers –unions", "; ; and",
    ),
    "fr": (
        "le developpement", "de le projet", "les participant", "malgré que", "le accès libre", "si il vient", "l’ emploi", "plans ,notes",
        "les handicapés", "( a ) b", "tous les les mois", "au niveau de la formation",
    ),
    "es": (
        "la organizacion", "de el proyecto", "los participante", "y informes", "planes , notas", "los discapacitados", "más mejor",
        "en base a", "o otros", "de de la", "( a ) b",
    ),
}  # fmt: skip
BETWEEN = {"en": "with great care", "fr": "avec grand soin", "es": "con gran cuidado"}
"""Sound words between slips, so that mending one does not make another of its neighbours."""
SHAPES = (
    "<p>{}.</p>",
    "<ul><li>{}.</li><li>{}.</li></ul>",
    "<p><strong>{}</strong>, {}.</p>",
    "<p>{}, <em>{}.</em></p>",
    '<p><a href="https://www.example.org">{}</a>, {}.</p>',
    "<ol><li>{}:<ul><li>{}.</li></ul></li></ol>",
)
BOXES = ("duties", "introduction", "training_components", "programme_outline", "skills_minimum", "key_outputs")


@st.composite
def slipped(draw: st.DrawFn) -> tuple[str, str, str]:
    """A language, a box, and slips between sound sentences to be planted there."""
    language = draw(st.sampled_from(sorted(SLIPS)))
    left = draw(st.permutations([*SOUND[language], *SLIPS[language]]))
    words = st.integers(1, 3).map(lambda many: f" {BETWEEN[language]} ".join(left.pop() for _ in range(min(many, len(left)))))
    if draw(st.integers(0, 9)) == 0:
        return language, "title", draw(words)
    blocks = draw(st.lists(st.tuples(st.sampled_from(SHAPES), words, words), min_size=1, max_size=4))
    markup = "".join(shape.format(html.escape(one, quote=False), html.escape(other, quote=False)) for shape, one, other in blocks)
    return language, draw(st.sampled_from(BOXES)), markup


@settings(phases=PHASES, max_examples=25)
@given(slipped())
def test_fixes_of_any_slips_do_what_they_say(slips: tuple[str, str, str]) -> None:
    language, box, text = slips
    assert wrongs(planted(language, **{box: text})) == []


@pytest.mark.slow
@settings(phases=PHASES, max_examples=1_500)
@given(slipped())
def test_so_do_those_of_fifteen_hundred_texts(slips: tuple[str, str, str]) -> None:
    language, box, text = slips
    assert wrongs(planted(language, **{box: text})) == []


@pytest.mark.parametrize(
    ("typed", "mended_text", "why"),
    [
        ("<p>Lead:</p><p>a) draft <strong>notes</strong>;</p><p>b) help.</p><p>More.</p>",
         "<p>Lead:</p><ul><li>draft <strong>notes</strong>;</li><li>help.</li></ul><p>More.</p>", "several paragraphs make one list; marks stay"),
        ("<ol><li>1. Draft notes:<ul><li>on wages</li></ul></li><li>2. Help.</li></ol>",
         "<ol><li>Draft notes:<ul><li>on wages</li></ul></li><li>Help.</li></ol>", "a list nested between two items stays as it is"),
        ("<p>The JPO will: draft notes; <em>write</em> minutes; and help.</p>",
         "<p>The JPO will:</p><ul><li>draft notes;</li><li><em>write</em> minutes;</li><li>and help.</li></ul>", "after a lead, one paragraph"),
    ],
)  # fmt: skip
def test_a_list_is_made_of_what_was_typed_as_one(typed: str, mended_text: str, why: str) -> None:
    document = Document(form("en"), {"duties": typed})
    (finding,) = of_rule(document, "R24", "duties")
    assert mended(form("en").boxes["duties"], typed, finding) == mended_text, why
