"""The sentences that an author may take one by one, in three languages; and how the words of a text are counted."""

import html

import pytest
from django.test import Client

from documents.form import Kind
from documents.prose import appended, canonical, pieces, words
from proposals.forms import WordCount
from proposals.models import Proposal
from proposals.sections import TEMPLATE, DutiesAndResponsibilities, Introduction, QualificationsAndExperience, form
from proposals.writing import begin
from tests.proposals.pages import answers, form_of, page, signed_in, text
from tests.story import COMPLETE, draft

LANGUAGES = ("en", "fr", "es")


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, complete."""
    return draft(cast.ana, cast.offices["WORKSKILLS"])


@pytest.fixture
def ana(cast) -> Client:
    """Ana's browser."""
    return signed_in(cast.ana)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_prose_box_has_sentences_that_are_prose_and_fit(language):
    for box in form(language).boxes.values():
        if box.kind is not Kind.PROSE:
            assert box.sentences == ()
            continue
        assert len(box.sentences) >= 2, box.name
        assert len(set(box.sentences)) == len(box.sentences)
        assert list(pieces(box.example)) == list(box.sentences[: len(list(pieces(box.example)))])
        for sentence in box.sentences:
            assert sentence == canonical(sentence)
            assert len(list(pieces(sentence))) == 1, "one sentence, one press"
            assert 3 <= len(words(sentence)) <= 60, sentence


@pytest.mark.parametrize("language", ["fr", "es"])
def test_every_sentence_is_translated_with_its_gaps_and_its_shape(language):
    for name, box in form("en").boxes.items():
        theirs = form(language).boxes[name].sentences
        assert len(theirs) == len(box.sentences)
        for english, other in zip(box.sentences, theirs, strict=True):
            assert other != english, english
            assert (other.count("…"), other[:3]) == (english.count("…"), english[:3]), other


def test_a_sentence_goes_on_in_the_list_that_ends_the_text():
    first, second = pieces("<ol><li>One</li><li>Two <strong>b</strong><ul><li>c</li></ul></li></ol>")
    assert appended("", first) == "<ol><li>One</li></ol>"
    assert appended("<p>a</p><ol><li>Zero</li></ol>", second) == (
        "<p>a</p><ol><li>Zero</li><li>Two <strong>b</strong><ul><li>c</li></ul></li></ol>"
    )
    assert appended("<ul><li>a</li></ul>", first) == "<ul><li>a</li></ul><ol><li>One</li></ol>"
    assert appended("<p>a</p>", "") == "<p>a</p>"
    for text_ in ('<ol start="4"><li>x</li></ol>', "<p>a</p>", "<ul><li>x<ol><li>y</li></ol></li></ul>"):
        for more in (first, second, "<p>b</p><ul><li>c</li></ul>"):
            assert appended(text_, more) == canonical(appended(text_, more))


def test_each_sentence_has_a_button_of_its_own_and_its_gaps_are_seen(ana, proposal):
    shown = html.unescape(text(ana.get(page(proposal, Introduction))))
    assert "Examples and sentences<span" in shown
    sentences = form("en").boxes["introduction"].sentences
    for number, sentence in enumerate(sentences):
        said = sentence.removeprefix("<p>").removesuffix("</p>")
        assert f'value="introduction:{number}"' in shown
        assert f'Use <span class="visually-hidden">“{said}”</span>' in shown
    assert shown.count('<mark class="jpo-gap">…</mark>') == "".join(sentences).count("…") > 4
    assert "Use this example" not in shown, "the form gives no example here"


def test_a_sentence_is_put_at_the_end_of_its_box_and_nothing_is_saved_or_lost(ana, proposal):
    sent = form_of(ana.get(page(proposal, DutiesAndResponsibilities))) | {"key_outputs": "- My own"}
    response = ana.post(page(proposal, DutiesAndResponsibilities), sent | {"use_example": "key_outputs:1"})
    kept = form_of(response)
    assert canonical(kept["key_outputs"]) == "<ul><li>My own</li><li>… country notes on …</li></ul>"
    assert "It stands at the end of the text of its box. Nothing is saved yet." in text(response)
    assert (kept["duties"], kept["revision"]) == (sent["duties"], "0")
    assert answers(proposal) == COMPLETE


def test_a_sentence_comes_in_the_language_of_the_proposal(ana, cast):
    spanish = begin(cast.ana, cast.offices["WORKSKILLS"], "es")
    response = ana.post(page(spanish, Introduction), {"introduction": "", "revision": 0, "use_example": "introduction:0"})
    assert canonical(form_of(response)["introduction"]) == "<p>… es la parte de la OIT que se encarga de …</p>"


@pytest.mark.parametrize(
    "odd", ["introduction:4", "introduction:-1", "introduction:²", "introduction:x", ":1", "title:0", "introduction:00"]
)
def test_a_sentence_that_does_not_exist_changes_nothing(ana, proposal, odd):
    sent = form_of(ana.get(page(proposal, Introduction)))
    response = ana.post(page(proposal, Introduction), sent | {"use_example": odd})
    assert (response.status_code, form_of(response)["introduction"]) == (200, sent["introduction"])


# The words of a text


@pytest.mark.parametrize(
    ("number", "said", "near", "over"),
    [
        (0, "0 words", False, False),
        (1, "1 word", False, False),
        (639, "639 words", False, False),
        (640, "640 of at most 800 words", True, False),
        (800, "800 of at most 800 words", True, False),
        (801, "801 of at most 800 words", True, True),
    ],
)
def test_the_room_is_named_when_it_runs_short(number, said, near, over):
    count = WordCount(number, 800)
    assert (str(count), count.is_near, count.is_over) == (said, near, over)


def test_the_words_of_each_prose_box_stand_under_it(ana, cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], skills_minimum="<p>" + "word " * 450 + "</p>")
    shown = text(ana.get(page(proposal, QualificationsAndExperience)))
    assert shown.count('class="jpo-words') == sum(field.kind is Kind.PROSE for field in QualificationsAndExperience.fields())
    assert 'data-most="500">450 of at most 500 words</p>' in shown
    assert 'data-most="800">3 words</p>' in shown
    sent = form_of(ana.get(page(proposal, Introduction))) | {"introduction": "one\r\n\r\n- two\r\n- three " + "x" * 30_000}
    assert ">4 words</p>" in text(ana.post(page(proposal, Introduction), sent)), "what was typed is counted, not what is stored"


def test_a_line_has_no_count(ana, proposal):
    assert "jpo-words" not in text(ana.get(page(proposal, TEMPLATE[0])))
