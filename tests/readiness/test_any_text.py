"""Any text: nothing one may type or paste makes the check fail, dawdle, point beside the text or change its mind."""

import html
import time

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from documents import prose
from documents.document import Document
from documents.form import FAR_TOO_LONG, Kind
from proposals.sections import form
from readiness import dictionaries
from readiness.check import findings
from readiness.finding import Finding
from tests.readiness.registers import KNOWN
from tests.readiness_costs import forget

PHASES = [Phase.explicit, Phase.generate]
SMALL, LARGE = 10_000, (FAR_TOO_LONG - 5_000, 1_000_000)
"""Characters of an odd text in the ordinary run, and in the slow one: as much as is read at all, and far more."""
SECONDS = 2.0
"""Of the processor, which other work on the machine lengthens less than the time on the wall."""

ODD = {
    "one word": "a",
    "one word that begins with a capital": "Ab",
    "one letter again and again": "a ",
    "“in in in”": "in ",
    "phrases that might repeat": "as well ",
    "letters and semicolons": "a;",
    "words and semicolons": "write reports; ",
    "commas": ",",
    "commas and spaces": "word , ",
    "full stops": ".",
    "full stops and spaces": "a. ",
    "stops after long beginnings": "e.g. ",
    "sentences that begin small": "word. word",
    "opening brackets": "(",
    "brackets in brackets": "(a ",
    "closing brackets": "a )",
    "opening quotation marks": "“",
    "quotation marks": '"a',
    "apostrophes": "a'",
    "apostrophes and s": "workers' and ",
    "hyphens": "a-",
    "hyphens and spaces": "abc- def -ghi ",
    "dots": "…",
    "gaps": "_",
    "addresses": "www.a.org ",
    "half an address": "http://",
    "mail addresses": "a@b.ch ",
    "at signs": "@",
    "numbers": "1,000.5 ",
    "money": "$1 USD 1 ",
    "years": "in 2024 ",
    "acronyms": "ABC (DEF) ",
    "acronyms of every kind": "AbC/D ",
    "right to left": "عمل لائق ",
    "Chinese": "体面劳动",
    "emoji": "🙂👩🏽‍🔬",
    "accents on accents": "e\u0301\u0301",
    "control characters": "a\u0007\u200b\u202e",
    "no-break spaces": "a\u00a0",
    "unknown words": "qzxk vwqj ",
    "words with capitals": "Qzxk Vwqj ",
    "articles": "a an a an ",
    "what is to come": "to be confirmed. ",
    "promises": "the JPO will be ",
    "phrases of the lists": "in charge of in the field of ",
    "supervision": "under the supervision of the ",
    "tags typed": "<p>",
    "offices that are no more": "Subregional Office for the ",
    "offices nearly named": "Sectorial Policies Department ",
    "seats": "Regional Office for the Arab States (A), ",
    "Conventions": "Convention No. 155 on the Labour Inspection Convention ",
    "Protocols": "Protocol of 2014 to the ",
    "outcomes": "an outcome of the P&B outcomes A, B and ",
}


def document(language: str, **boxes: str) -> Document:
    """A document with some boxes filled and the others empty."""
    return Document(form(language), boxes)


def check(asked: Document) -> tuple[Finding, ...]:
    """Its findings, as if it had never been read."""
    forget()
    return findings(asked, asked.form, KNOWN)


def beside(asked: Document, told: tuple[Finding, ...]) -> list[Finding]:
    """Findings that do not stand on the words they quote."""
    boxes = asked.form.boxes
    texts = {name: prose.text(asked[name]) if boxes[name].kind is Kind.PROSE else asked[name] for name in boxes}
    return [f for f in told if not 0 <= f.start <= f.end <= len(texts[f.box]) or texts[f.box][f.start : f.end] != f.quote]


def numbered(size: int) -> str:
    """As many different words as there is room for, none of them known."""
    letters = "bcdfghjklm"
    return " ".join("".join(letters[int(digit)] for digit in str(number)) + "x" for number in range(size // 7))


def is_quick(language: str, text: str, seconds: float = SECONDS) -> None:
    """Asserts that a text is checked in time, as one paragraph, as items and as a line, and that every mark is on its words."""
    for each in dictionaries.LANGUAGES:
        dictionaries.nearest(each, "wwarm")
    check(document(language, introduction="<p>Warm.</p>"))
    items = "".join(f"<li>{html.escape(item)}</li>" for item in [text[at : at + 40] for at in range(0, len(text), 40)])
    for boxes in (
        {"introduction": prose.canonical(f"<p>{html.escape(text)}</p>")},
        {"duties": prose.canonical(f"<ul>{items}</ul>")},
        {"title": prose.clean_line(text)},
    ):
        asked = document(language, **boxes)
        begin = time.process_time()
        told = check(asked)
        assert time.process_time() - begin < seconds, boxes.keys()
        assert beside(asked, told) == []


@pytest.mark.parametrize("why", ODD)
def test_odd_texts_are_checked_in_time(why: str) -> None:
    is_quick("en", (ODD[why] * SMALL)[:SMALL], SECONDS)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_so_are_words_that_nobody_knows(language: str) -> None:
    is_quick(language, numbered(SMALL), SECONDS)


@pytest.mark.slow
@pytest.mark.parametrize("size", LARGE)
@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("why", ODD)
def test_odd_texts_of_a_million_characters_too(why: str, language: str, size: int) -> None:
    is_quick(language, (ODD[why] * size)[:size])


@pytest.mark.slow
@pytest.mark.parametrize("size", LARGE)
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_and_a_million_characters_of_unknown_words(language: str, size: int) -> None:
    is_quick(language, numbered(size))


PIECES = st.sampled_from(
    [
        *ODD.values(),
        "The JPO ",
        "the the ",
        "Under the supervision of ",
        "others task ",
        "recieve ",
        "developpement ",
        "organizacion ",
        " , ",
        "( a ) ",
        "; and ",
        "etc. ",
        "etc.. ",
        "N/A",
        "Minimum: ",
        "employers' and workers on ",
        "a ILO ",
        "SDG 5 ",
        "2022-2030 ",
        "$4.000 ",
        "jpo@ilo.org ",
        "\u202fà ",
        " : ",
        "de le ",
        "y informes ",
    ]
)
MARKUP = st.sampled_from(
    [
        "<p>{}</p>",
        "<ul><li>{}</li></ul>",
        "<ol><li>{}<ul><li>{}</li></ul></li></ol>",
        "<p><strong>{}</strong></p>",
        "<p><em>{}</em> {}</p>",
        '<p><a href="https://example.org">{}</a></p>',
    ]
)
ANY = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12).map("".join)


@st.composite
def any_prose(draw: st.DrawFn) -> str:
    """Prose of any shape, as it would be stored."""
    blocks = draw(st.lists(st.tuples(MARKUP, ANY, ANY), max_size=5))
    return prose.canonical("".join(shape.format(html.escape(one), html.escape(other)) for shape, one, other in blocks))


@st.composite
def any_document(draw: st.DrawFn) -> Document:
    """A document in one of the languages with any text in some boxes."""
    language = draw(st.sampled_from(["en", "fr", "es"]))
    boxes = form(language).boxes
    names = draw(st.lists(st.sampled_from(sorted(boxes)), max_size=5, unique=True))
    answers = {name: draw(any_prose()) if boxes[name].kind is Kind.PROSE else prose.clean_line(draw(ANY)) for name in names}
    return document(language, **answers)


def holds(asked: Document) -> None:
    """Asserts that the check does not fail, marks what it quotes, and says the same again."""
    told = check(asked)
    assert beside(asked, told) == []
    assert len({(f.rule, f.box, f.start, f.end) for f in told}) == len(told)
    assert check(asked) == told


@settings(phases=PHASES, max_examples=25)
@given(any_document())
def test_any_document_is_checked_the_same_way_twice(asked: Document) -> None:
    holds(asked)


@pytest.mark.slow
@settings(phases=PHASES, max_examples=2_000)
@given(any_document())
def test_so_are_two_thousand(asked: Document) -> None:
    holds(asked)
