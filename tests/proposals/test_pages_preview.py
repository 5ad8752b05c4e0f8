"""The draft as it prints, on the screen: by the paper's own templates and style, for its authors, in a frame of ours alone."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.paper import Edition, paper
from proposals.models import Proposal
from proposals.sections import TEMPLATE, Introduction, Supervision
from proposals.writing import begin, write
from tests.proposals.pages import page, signed_in, text
from tests.story import COMPLETE, draft


@pytest.fixture
def ana(cast) -> Client:
    """Ana's browser."""
    return signed_in(cast.ana)


def said(html: str) -> list[str]:
    """What an article of the paper says, word by word."""
    article = html.partition("<article")[2].partition("</article>")[0].partition(">")[2]
    return re.sub(r"<[^>]*>", " ", article).split()


def test_the_whole_draft_says_what_its_paper_says(ana, cast):
    for language in ("en", "fr", "es"):
        proposal = begin(cast.ana, cast.offices["WORKSKILLS"], language, answers=COMPLETE)
        answer = ana.get(reverse("sheet_preview", args=[proposal.pk]))
        assert said(answer.content.decode()) == said(paper(proposal.document(), kind=Edition.DRAFT))
        assert f'<main lang="{language}">' in text(answer)


def test_a_section_alone_is_a_piece_of_the_paper_with_its_boxes_named(ana, cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    whole = paper(proposal.document(), kind=Edition.DRAFT)
    pieces = re.findall(r"<section>.*?</section>", whole, re.DOTALL)
    for section, piece in zip(TEMPLATE, pieces, strict=True):
        answer = ana.get(reverse("section_preview", args=[proposal.pk, section.name()])).content.decode()
        assert re.findall(r"<section>.*?</section>", answer, re.DOTALL) == [piece]
        named = {box for boxes in re.findall(r'data-box="([^"]*)"', piece) for box in boxes.split()}
        assert named == {field.name for field in section.fields() if COMPLETE[field.name]}
        assert "masthead" not in answer
        assert "Draft – not for publication" in answer


def test_an_empty_section_says_so_on_the_screen(ana, cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"])
    address = reverse("section_preview", args=[proposal.pk, Introduction.name()])
    assert "Nothing is written in this section yet." in text(ana.get(address))
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>Tea.</p>"}, revision=0)
    assert "Nothing is written" not in text(ana.get(address))
    assert ">Tea.<" in text(ana.get(address))


def test_only_the_preview_may_stand_in_a_frame_and_only_in_one_of_ours(ana, cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    for address, whose, header in (
        (reverse("section_preview", args=[proposal.pk, "supervision"]), "'self'", "SAMEORIGIN"),
        (reverse("sheet_preview", args=[proposal.pk]), "'self'", "SAMEORIGIN"),
        (page(proposal, Supervision), "'none'", "DENY"),
        (reverse("preview", args=[proposal.pk]), "'none'", "DENY"),
        (reverse("home"), "'none'", "DENY"),
    ):
        answer = ana.get(address)
        policy = dict(rule.split(" ", 1) for rule in answer["Content-Security-Policy"].split("; "))
        assert (policy["frame-ancestors"], answer["X-Frame-Options"]) == (whose, header), address
        assert (policy["frame-src"], policy["default-src"]) == ("'self'", "'none'")
        assert " style=" not in answer.content.decode(errors="ignore")


def test_screen_and_press_share_one_style_sheet(ana, cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    sheet = settings.BASE_DIR / "documents" / "assets" / "paper.css"
    assert finders.find("documents/paper.css") == str(sheet)
    assert '<link rel="stylesheet" href="/static/documents/paper.css">' in text(
        ana.get(reverse("sheet_preview", args=[proposal.pk]))
    )
    assert finders.find("documents/paper.py") is None


@pytest.mark.parametrize("others", [0, 20])
def test_a_preview_is_light(ana, cast, others):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], introduction="<p>" + "Tea and coffee. " * 1200 + "</p>")
    for _ in range(others):
        begin(cast.ana, cast.offices["WORKSKILLS"])
    ana.get(reverse("home"))
    for address in (
        reverse("sheet_preview", args=[proposal.pk]),
        reverse("section_preview", args=[proposal.pk, "introduction"]),
    ):
        with CaptureQueriesContext(connection) as asked:
            answer = ana.get(address)
        assert len(asked) == 3
        assert len(answer.content) < 60_000


def test_what_is_left_of_a_draft_that_went_away_is_no_preview(ana, cast):
    assert ana.get(reverse("sheet_preview", args=[4711])).status_code == 404
    proposal: Proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    assert ana.get(reverse("section_preview", args=[proposal.pk, "no_such_section"])).status_code == 404
