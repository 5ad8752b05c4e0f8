"""Every proposal on paper, in every edition: both standards kept, every word in its place, the source enclosed to the byte."""

import hashlib
import json
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path
from string import ascii_letters, digits
from typing import Any
from unicodedata import category

import pikepdf
import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from documents import prose
from documents.document import Document
from documents.form import Kind
from documents.opened import opened
from documents.paper import Edition, paper
from documents.press import press
from documents.reader import read_in_its_language
from documents.signs import without_sign
from proposals.models import Proposal, Rendition
from proposals.sections import form
from tests.documents import pdfs
from tests.documents.invented import CHECK, DECISIONS, ISSUED, proposal
from tests.documents.standards import faults
from tests.measures import order, recall, words_of
from tests.seeds import seeds
from workflow.printing import enclosed, print_due

FORMS = [form(language) for language in ("en", "fr", "es")]


def in_every_edition(document: Document) -> list[tuple[Document, bytes]]:
    """A document as it is printed as a draft, submitted, issued, and for donors; each with what is on the paper."""
    shared: dict[str, Any] = {"version": 2, "decisions": DECISIONS, "check": CHECK, "dated": DECISIONS[-1].on}
    papers = [
        (document, paper(document, kind=Edition.DRAFT, dated="2026-09-01T10:00:00+02:00")),
        (document, paper(document, kind=Edition.SUBMISSION, **shared)),
        (document, paper(document, kind=Edition.ISSUED, issued=ISSUED, **shared)),
        (document.for_donors(), paper(document, kind=Edition.PUBLIC, issued=ISSUED, **shared)),
    ]
    with ThreadPoolExecutor(2) as two:
        printed = two.map(lambda each: press(each[1], attachment=each[0].text(), seconds=60), papers)
        return [(shown, pdf) for (shown, _), pdf in zip(papers, printed, strict=True)]


def words_in(document: Document) -> list[str]:
    """The words of every box, in the order of the form."""
    return [
        word
        for name, box in document.form.boxes.items()
        if not box.is_empty(document[name])
        for word in words_of(prose.text(document[name]) if box.kind is Kind.PROSE else f"{box.fixed} {document[name]}")
    ]


def by_tags(pdf: bytes) -> str:
    """The text in the order of the tags, as this portal reads it back; Poppler takes some seconds to do the same."""
    with pikepdf.open(BytesIO(pdf)) as file:
        for name in list(file.attachments):
            del file.attachments[name]
        bare = BytesIO()
        file.save(bare)
    return opened(bare.getvalue()).text


def misread(document: Document, pdf: bytes, read: Callable[[bytes], str] = by_tags) -> list[str]:
    """What is wrong with how a paper reads back: aloud, as text, and by the source enclosed in it."""
    words, aloud, layer = words_in(document), words_of(read(pdf)), words_of(pdfs.text(pdf))
    found = {
        "aloud, recall": recall(words, aloud) == 1,
        "aloud, order": order(words, aloud) == 1,
        "text, recall": recall(words, layer) == 1,
        "text, order": order(words, layer) >= 0.999,
        "source": pdfs.enclosures(pdf) == {"proposal.json": document.text()},
    }
    return [f"{document.title[:60]}: {what}" for what, holds in found.items() if not holds]


@pytest.mark.parametrize(
    "worded", [FORMS[0], *(pytest.param(worded, marks=pytest.mark.slow) for worded in FORMS[1:])], ids=["en", "fr", "es"]
)
def test_a_proposal_in_every_language_and_edition_keeps_both_standards_and_reads_back(worded: Any) -> None:
    printed = in_every_edition(proposal(worded))
    assert faults([pdf for _, pdf in printed]) == []
    assert [fault for document, pdf in printed for fault in misread(document, pdf)] == []
    assert misread(*printed[2], pdfs.read_aloud) == []
    assert {pdfs.catalog(pdf)["/Lang"] for _, pdf in printed} == {f"u:{worded.language}"}


def test_a_proposal_that_has_hardly_begun_does_too() -> None:
    begun = [Document(worded, {"title": "in x", "introduction": "<p>One.</p>"}) for worded in FORMS]
    assert faults([pdf for document in begun for _, pdf in in_every_edition(document)]) == []


@pytest.mark.parametrize(
    "file",
    [pytest.param(file, marks=[pytest.mark.slow] if place else []) for place, file in enumerate(seeds())],
    ids=lambda file: file.stem,
)
def test_real_proposals_keep_both_standards_and_read_back(file: Path) -> None:
    reading = read_in_its_language(file.read_bytes(), FORMS)
    worded = next(form for form in FORMS if form.language == reading.language)
    printed = in_every_edition(Document(worded, reading.boxes))
    assert faults([pdf for _, pdf in printed]) == []
    assert [fault for document, pdf in printed for fault in misread(document, pdf)] == []
    assert misread(*printed[2], pdfs.read_aloud) == []


@pytest.mark.django_db
def test_every_proposal_of_the_demonstration_keeps_both_standards_and_reads_back(settings: Any) -> None:
    settings.DEMO = True
    call_command("createcachetable")
    call_command("demo")
    while print_due():
        pass
    drafts = [proposal.document() for proposal in Proposal.objects.whole()]
    printed = [(document, press(paper(document, kind=Edition.DRAFT), attachment=document.text())) for document in drafts]
    for rendition in Rendition.objects.select_related("version", "event"):
        assert rendition.state == "done", rendition.trouble
        source, pdf = enclosed(rendition), bytes(rendition.pdf or b"")
        assert (rendition.sha256, rendition.source) == tuple(hashlib.sha256(each).hexdigest() for each in (pdf, source.encode()))
        printed.append((Document.from_text(source), pdf))
    assert len(printed) >= 30
    assert {json.loads(document.text())["language"] for document, _ in printed} == {"en", "fr", "es"}
    assert faults([pdf for _, pdf in printed]) == []
    assert [fault for document, pdf in printed for fault in misread(document, pdf)] == []


# Proposals nobody would write

# Latin with Vietnamese, Greek, Cyrillic, figures, marks: all that reads from the left and that the fonts have.
LETTERS = [chr(code) for code in (*range(0x21, 0x530), *range(0x1E00, 0x2000), *range(0x2010, 0x2050), *range(0x20A0, 0x20C0))]
STRESS = "ˈˌ"  # letters, as their category goes, before which a line may break within a word
SIGNS = "".join(sign for sign in LETTERS if category(sign)[0] in "LNPS" and sign not in STRESS and not without_sign(sign))
# A hyphen at a line's end parts a word for whoever reads the text layer: no word here ends with one. Poppler takes single letters
# that stand one above another, or alone in a line, for one word: no word is so short, and each paragraph begins with a longer one.
WORD = st.text(SIGNS, min_size=2, max_size=30).map(lambda word: f"{word.rstrip('-‐‑‒–—−')}word"[: max(len(word), 2)])
SENTENCE = st.lists(WORD, max_size=25).map(lambda words: " ".join(["Word", *words]))
MARKED = SENTENCE | SENTENCE.map("<strong>{}</strong>".format) | SENTENCE.map("<em>{}</em>".format)
LIST = st.tuples(st.sampled_from(["ul", 'ol start="7"']), st.lists(SENTENCE, min_size=1, max_size=5)).map(
    lambda each: f"<{each[0]}>{''.join(f'<li>{item}</li>' for item in each[1])}</{each[0][:2]}>"
)
PROSE = st.lists(MARKED.map("<p>{}</p>".format) | LIST, max_size=6).map("".join)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A form in some language, filled with anything that can be typed into it."""
    worded = draw(st.sampled_from(FORMS))
    answers = {}
    for name, box in worded.boxes.items():
        typed = draw(PROSE if box.kind is Kind.PROSE else st.just("P2") if box.kind is Kind.CHOICE else SENTENCE)
        answers[name] = prose.canonical(typed.replace("&", "&amp;")) if box.kind is Kind.PROSE else prose.clean_line(typed)
    return Document(worded, answers, named_to_donors=draw(st.booleans()))


def ending_in_a_line_end(document: Document) -> Document:
    """The same, with an office such that its source, compressed, ends in a carriage return."""
    # The last byte is the low byte of a sum of all bytes (Adler-32).
    sum_of_bytes = 1 + sum(document.text().encode())
    signs = (sign for sign in product(ascii_letters + digits + "!#$%&()*+,-./", repeat=3))
    office = next("".join(sign) for sign in signs if (sum_of_bytes + sum(map(ord, sign))) % 65521 % 256 == ord("\r"))
    found = replace(document, office=office)
    assert zlib.compress(found.text().encode(), 6)[-1:] == b"\r"
    return found


def holds(document: Document, read: Callable[[bytes], str] = by_tags) -> None:
    """A document on paper, as a draft or issued, keeps the standards and reads back."""
    kind = Edition.ISSUED if document.named_to_donors else Edition.DRAFT
    html = paper(document, kind=kind, version=1, decisions=DECISIONS, issued=ISSUED, check=CHECK, dated=DECISIONS[-1].on)
    pdf = press(html, attachment=document.text(), seconds=60)
    assert faults([pdf]) == []
    assert misread(document, pdf, read) == []


@given(documents())
@settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_whatever_is_typed_keeps_both_standards_and_reads_back(document: Document) -> None:
    holds(document)


@pytest.mark.slow
@given(documents())
@settings(max_examples=200, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_two_hundred_more_of_them_do(document: Document) -> None:
    holds(document)


@pytest.mark.slow
@given(documents())
@settings(max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_poppler_reads_them_aloud_in_the_same_order(document: Document) -> None:
    holds(document, pdfs.read_aloud)


def test_what_an_item_says_after_a_list_nested_in_it_is_read_after_it() -> None:
    nested = (
        "<ol><li>Word one<ul><li>Word two</li></ul><em>Word three</em><ul><li>Word four</li></ul></li><li>Word five</li></ol>"
    )
    holds(Document(FORMS[0], {"title": "in wells", "introduction": nested}))


def test_a_source_that_ends_in_a_carriage_return_keeps_both_standards() -> None:
    holds(ending_in_a_line_end(proposal(FORMS[0])))
