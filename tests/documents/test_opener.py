"""A PDF is read back: our own from its enclosure or from its tags, others from their pages, hostile ones not at all."""

import json
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from documents import prose
from documents.document import Document
from documents.form import Form, Kind
from documents.opened import CannotPrint, compared, opened
from documents.paper import Check, Edition, paper
from documents.press import press
from documents.reader import NotAProposal, Reading, read, read_in_its_language
from proposals.sections import form
from tests import seeds
from tests.documents import hostile, invented
from tests.documents.accounting import unaccounted, words
from tests.documents.forgery import edited, without_enclosure, without_tags
from workflow.demonstration import cast

FORMS = [form(code) for code in ("en", "fr", "es")]
DEMONSTRATION = sorted(Path(cast.__file__).parent.glob("*.json"))
CHECK = Check("K7QM2XRF9D", "https://jpo.example.org/verify/")


def demonstrated(path: Path) -> Document:
    """A proposal of the demonstration."""
    said = json.loads(path.read_text())
    return Document(form(said["language"]), said["boxes"])


def printed(document: Document, kind: Edition, *, enclosed: bool = True) -> bytes:
    """Its paper in an edition, with everything on it that such a paper has."""
    decided = kind is not Edition.DRAFT
    html = paper(
        document,
        kind=kind,
        version=2 if decided else None,
        decisions=invented.DECISIONS if decided else (),
        issued=invented.ISSUED if kind in (Edition.ISSUED, Edition.PUBLIC) else None,
        check=CHECK if decided else None,
        dated="2026-09-05T16:40:00+02:00",
    )
    return press(html, attachment=document.text() if enclosed else None)


def read_back(pdf: bytes) -> Reading:
    """What the reader makes of a PDF in whatever language."""
    return read_in_its_language(pdf, FORMS, name="old.pdf")


def said(boxes: dict[str, str], worded: Form) -> Counter[str]:
    """The words of all boxes."""
    counted: Counter[str] = Counter()
    for name, answer in boxes.items():
        counted.update(words(prose.text(answer) if worded.boxes[name].kind is Kind.PROSE else answer))
    return counted


def check_read_back(document: Document, kind: Edition) -> None:
    """From its enclosure a PDF is read as it was, and from its tags too: every box equal, no doubt."""
    pdf = printed(document, kind)
    for brought in (pdf, without_enclosure(pdf)):
        found = read_back(brought)
        assert {name: answer for name, answer in found.boxes.items() if answer != document[name]} == {}
        assert (list(found.boxes), found.doubts, found.language) == (list(document.answers), (), document.form.language)


@pytest.mark.parametrize(("number", "kind"), [(0, "issued"), (1, "submission"), (8, "draft"), (9, "public")])
def test_a_proposal_of_the_demonstration_is_read_back_as_it_was(number: int, kind: str) -> None:
    """One in each edition; the slow test below has all of them in all."""
    check_read_back(replace(demonstrated(DEMONSTRATION[number]), named_to_donors=True), Edition(kind))


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_every_shape_of_prose_is_read_back_in_every_language(language: str) -> None:
    check_read_back(invented.proposal(form(language)), Edition.ISSUED)


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(Edition))
@pytest.mark.parametrize("source", [*DEMONSTRATION, "en", "fr", "es"], ids=lambda source: getattr(source, "stem", source))
def test_every_proposal_is_read_back_in_every_edition(source: Path | str, kind: Edition) -> None:
    document = demonstrated(source) if isinstance(source, Path) else invented.proposal(form(source))
    check_read_back(replace(document, named_to_donors=True), kind)


@pytest.mark.parametrize("file", seeds.seeds(), ids=lambda file: file.stem)
def test_a_real_proposal_is_read_back_word_for_word(file: Path) -> None:
    document = Document(form("en"), read(file.read_bytes(), form("en")).boxes)
    reading = read_back(printed(document, Edition.ISSUED, enclosed=False))
    assert reading.doubts == ()
    assert said(reading.boxes, form("en")) == said(dict(document.answers), form("en"))
    assert [name for name, answer in document.answers.items() if reading.boxes[name] != answer] == []


def test_donors_do_not_get_the_supervisor_back_either() -> None:
    document = invented.proposal(form("en"))
    pdf = press(
        paper(document, kind=Edition.PUBLIC, issued=invented.ISSUED, check=CHECK), attachment=document.for_donors().text()
    )
    for found in (read_back(pdf), read_back(without_enclosure(pdf))):
        assert "Marta" not in str(found)
        assert [name for name, answer in document.answers.items() if found.boxes[name] != answer][:1] == ["supervisor_name"]


def test_an_answer_that_looks_like_the_form_stays_where_it_stood() -> None:
    """In tags an answer is told from a label; nothing that an author writes is taken for the form's own."""
    words_of_the_form = "<p>Education:</p><p>- Minimum</p><p><strong>DECISIONS</strong></p><p>1. Introduction</p><p>| a | b |</p><p>*_`\\ &lt;b&gt;</p>"
    closing = f"<p>{form('en').closing[0]}</p>"
    check_read_back(invented.proposal(form("en"), introduction=words_of_the_form, learning_elements=closing), Edition.ISSUED)


@pytest.mark.parametrize(
    "words",
    [
        "العمل اللائق للجميع في عالم متغير",
        "2026: العمل (ILO) في عالم",
        "The word العمل اللائق stands here, and עבודה הוגנת too.",
        "עבודה הוגנת לכולם 2026",
        "مُحَمَّدٌ",
    ],
)
def test_what_runs_from_the_right_is_read_in_its_order(words: str) -> None:
    document = invented.proposal(form("en"), introduction=f"<p>{words}</p><ul><li>{words}</li></ul>")
    assert read_back(printed(document, Edition.DRAFT, enclosed=False)).boxes["introduction"] == document["introduction"]


def test_what_a_page_cuts_is_made_whole() -> None:
    """The same list and paragraphs, each time a line further down."""
    items = "".join(
        f"<li>The {number}th of many things, which takes more than one line to say, as things do that matter.</li>"
        for number in range(12)
    )
    long = f"<p>{'One sentence says what the next one says as well, and so do all the others. ' * 14}</p>"
    for lines in (0, 13, 26):
        above = "<p>" + "<br>".join(["A line."] * (lines + 1)) + "</p>"
        written = f"{above}{long}{long}<ol>{items}</ol>{long}<ul>{items}</ul>"
        document = invented.proposal(form("en"), introduction=written)
        found = read_back(printed(document, Edition.DRAFT, enclosed=False))
        assert found.boxes["introduction"] == document["introduction"], lines


def test_a_pdf_without_tags_is_read_from_its_pages_and_loses_no_word() -> None:
    document = demonstrated(DEMONSTRATION[2])
    pdf = without_tags(printed(document, Edition.SUBMISSION))
    found = read_back(pdf)
    lost, _ = unaccounted(opened(pdf).text, found, form("en"))
    assert lost == Counter()
    equal = [name for name, answer in document.answers.items() if found.boxes[name] == answer]
    assert len(equal) >= 22, "most of the 29 boxes"


def test_what_is_enclosed_is_what_counts() -> None:
    document = invented.proposal(form("en"))
    pdf = printed(document, Edition.DRAFT)
    assert opened(pdf).sources == (document.text(),)

    def another(opened_pdf: pikepdf.Pdf) -> None:
        for name, more in (("b.json", document.text()), ("c.txt", "not a proposal")):
            opened_pdf.attachments[name] = pikepdf.AttachedFileSpec(opened_pdf, more.encode(), relationship=pikepdf.Name.Source)

    with pytest.raises(NotAProposal, match="This PDF holds 2 proposals. Bring the PDF of each by itself."):
        read_back(edited(pdf, another))


DAMAGED = "This PDF is damaged, or only a part of one."
PICTURES = "This PDF has no text: its pages are pictures."
TOO_MUCH = "This PDF has far more in it than a proposal does."
HEAVY = "This PDF takes more memory to open than any proposal."

HOSTILE = {
    hostile.ring_of_pages: (DAMAGED, DAMAGED),
    hostile.deep_tree_of_pages: (DAMAGED, DAMAGED),
    hostile.ring_of_drawings: (PICTURES, TOO_MUCH),
    hostile.endless_alphabet: ("", TOO_MUCH),
    hostile.deep_tags: ("This PDF is too deeply nested to be read.", ""),
    hostile.ring_of_tags: (PICTURES, ""),
    hostile.ring_of_enclosures: (PICTURES, ""),
    hostile.nested: (HEAVY, ""),
    hostile.blank: (PICTURES, ""),
    hostile.large_stream_of_objects: (PICTURES, ""),
    hostile.large_enclosure: (DAMAGED, DAMAGED),
}
HOSTILE_AND_SLOW = {
    hostile.many_pages: ("This PDF has 100,000 pages;", "This PDF has 100,000 pages;"),
    hostile.large_drawing: (DAMAGED, DAMAGED),
    hostile.long_text: (DAMAGED, HEAVY),
    hostile.large_table_of_objects: (DAMAGED, DAMAGED),
}


def answered(pdf: bytes) -> tuple[str, str]:
    """How opening a PDF for reading and for comparing is refused; each within ten seconds."""
    sentences = []
    for task in (opened, compared):
        begun = time.monotonic()
        try:
            task(pdf)
            sentences.append("")
        except CannotPrint as refusal:
            sentences.append(str(refusal))
        assert time.monotonic() - begun < 10
    return sentences[0], sentences[1]


@pytest.mark.parametrize(
    ("made", "says"),
    [
        *HOSTILE.items(),
        *(pytest.param(made, says, marks=pytest.mark.slow) for made, says in HOSTILE_AND_SLOW.items()),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_hostile_pdf_ends_in_a_sentence_and_harms_nobody(made, says: tuple[str, str]) -> None:
    sentences = answered(made())
    assert [
        sentence.startswith(begin) and bool(sentence) == bool(begin) for sentence, begin in zip(sentences, says, strict=True)
    ] == [
        True,
        True,
    ], sentences
    assert opened(SOUND).text.strip() == "Sound."


SOUND = hostile.with_one_page(
    b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>",
    hostile.stream(b"", b"BT /F 9 Tf (Sound.) Tj ET"),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
)


def test_what_is_broken_locked_or_too_large_is_told() -> None:
    whole = printed(invented.proposal(form("en")), Edition.DRAFT)
    locked = edited(whole, encryption=pikepdf.Encryption(owner="a", user="b"))
    readable = edited(whole, encryption=pikepdf.Encryption(owner="a", user=""))
    assert answered(whole[:20_000])[0].startswith(DAMAGED)
    assert answered(b"%PDF-1.7\n" + bytes(range(256)) * 400)[0].startswith(DAMAGED)
    assert answered(locked)[0] == "This PDF is locked with a password. Save it without one and bring it again."
    assert read_back(readable).boxes == invented.proposal(form("en")).answers
    assert answered(whole + b" " * 10_000_000)[0] == "This PDF is larger than 10 MB; a proposal is a fraction of that."
