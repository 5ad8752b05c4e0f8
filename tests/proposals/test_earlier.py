"""Earlier texts of a section: listed, compared with the text now, and brought back without losing what stood there."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from proposals.models import EarlierText, Proposal
from proposals.sections import DutiesAndResponsibilities, Introduction
from proposals.writing import invite, set_aside, write
from tests.proposals.pages import alive, answers, form_of, page, signed_in, text
from tests.story import COMPLETE, draft
from tests.workflow.browsing import cost

DUTIES = "duties_and_responsibilities"


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, in which Colin writes too."""
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.colin)
    return proposal


@pytest.fixture
def ana(cast) -> Client:
    return signed_in(cast.ana)


def listed(proposal: Proposal, section: str = "introduction") -> str:
    return reverse("earlier_texts", args=[proposal.pk, section])


def address(earlier: EarlierText) -> str:
    return reverse("earlier_text", args=[earlier.proposal_id, earlier.section, earlier.pk])


def written(proposal: Proposal, cast, times: int) -> None:
    """Ana and Colin write over each other's introduction so often."""
    for n in range(times):
        write(proposal.pk, Introduction, (cast.colin, cast.ana)[n % 2], {"introduction": f"<p>Text {n}.</p>"}, n)


def test_an_empty_list_says_what_will_stand_there_and_the_section_leads_to_it(ana, proposal):
    assert f'href="{listed(proposal)}">Earlier texts' in text(ana.get(page(proposal, Introduction)))
    assert "Nothing yet. When you or a colleague write over what stands in this section" in text(ana.get(listed(proposal)))


def test_the_newest_comes_first_with_who_and_when_and_what_has_changed_since(ana, cast, proposal):
    with time_machine.travel("2026-11-22T13:02:00Z", tick=False):
        write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": "<p>One two three.</p>"}, 0)
    write(proposal.pk, DutiesAndResponsibilities, cast.ana, {"duties": "<p>One two.</p>", "key_outputs": "<p>New.</p>"}, 1)
    shown = text(ana.get(listed(proposal, DUTIES)))
    first, second = shown.split('class="jpo-rows__title"')[1:]
    assert "22 November 2026, 14:02" in first
    assert "Colin Mbeki" in first
    assert "Duties and responsibilities, Key outputs" in first
    assert '<span class="jpo-nowrap">+2</span> <span class="jpo-nowrap">−10</span>' in first
    assert str(cast.ana) in second
    assert "Not taken over" not in shown


def test_a_text_that_was_not_taken_over_says_so(ana, cast, proposal):
    set_aside(Introduction.objects.get(), cast.colin, {"introduction": "<p>Colin's.</p>"})
    assert "Not taken over" in text(ana.get(listed(proposal)))
    assert "it was not saved as it is" in text(ana.get(address(EarlierText.objects.get())))


def test_an_earlier_text_shows_what_is_different_now(ana, cast, proposal):
    write(proposal.pk, Introduction, cast.colin, {"introduction": "<p>The unit advises many governments on skills.</p>"}, 0)
    response = ana.get(address(EarlierText.objects.get()))
    shown = text(response)
    assert "<del>" in shown
    assert "many <span" in shown
    assert "The text as it was" in shown
    assert alive(response) == []


def test_a_text_is_brought_back_and_that_can_be_undone_within_the_minute(ana, cast, proposal):
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>Second.</p>"}, 0)
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>Third.</p>"}, 1)
    first = EarlierText.objects.get()
    sent = form_of(ana.get(address(first)))
    back = ana.post(address(first), sent, follow=True)
    assert "is back. What stood here is kept under “Earlier texts”." in text(back)
    assert answers(proposal) == COMPLETE
    undo = EarlierText.objects.order_by("-pk").first()
    assert undo.answers == {"introduction": "<p>Third.</p>"}
    ana.post(address(undo), form_of(ana.get(address(undo))))
    assert answers(proposal) == COMPLETE | {"introduction": "<p>Third.</p>"}
    assert EarlierText.objects.count() == 3


def test_one_box_is_brought_back_alone(ana, cast, proposal):
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": "<p>a</p>", "key_outputs": "<p>b</p>"}, 0)
    earlier = EarlierText.objects.get()
    ana.post(address(earlier), form_of(ana.get(address(earlier))) | {"box": "key_outputs"})
    assert answers(proposal) == COMPLETE | {"duties": "<p>a</p>"}
    ana.post(address(earlier), form_of(ana.get(address(earlier))) | {"box": "no_such_box"})
    assert answers(proposal) == COMPLETE | {"duties": "<p>a</p>"}


def test_somebody_who_wrote_meanwhile_is_not_written_over_unseen(ana, cast, proposal):
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>Second.</p>"}, 0)
    earlier = EarlierText.objects.get()
    sent = form_of(ana.get(address(earlier)))
    write(proposal.pk, Introduction, cast.colin, {"introduction": "<p>Colin's.</p>"}, 1)
    met = ana.post(address(earlier), sent)
    assert (met.status_code, "Colin Mbeki saved this section" in text(met)) == (409, True)
    assert answers(proposal) == COMPLETE | {"introduction": "<p>Colin's.</p>"}


def test_texts_of_another_section_or_proposal_do_not_exist_here(ana, cast, proposal):
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>Second.</p>"}, 0)
    earlier = EarlierText.objects.get()
    other = draft(cast.ana, cast.offices["WORKSKILLS"])
    for args in (
        [proposal.pk, DUTIES, earlier.pk],
        [other.pk, "introduction", earlier.pk],
        [proposal.pk, "introduction", 10**30],
    ):
        for ask in (ana.get, ana.post):
            assert ask(reverse("earlier_text", args=args)).status_code == 404
    assert ana.get(listed(proposal, "no_such_section")).status_code == 404
    assert signed_in(cast.otto).get(address(earlier)).status_code == 404


def test_the_list_is_paged(ana, cast, proposal):
    written(proposal, cast, 45)
    address, seen = listed(proposal), []
    pages = []
    while address:
        shown = text(ana.get(address))
        numbers = [part.split("/")[0] for part in shown.split(f'href="{listed(proposal)}')[1:] if part[0].isdigit()]
        pages.append(len(numbers))
        seen += numbers
        address = listed(proposal) + "?" + shown.partition('href="?')[2].partition('"')[0] if 'href="?' in shown else ""
    assert pages == [20, 20, 5]
    assert seen == [str(pk) for pk in EarlierText.objects.order_by("-pk").values_list("pk", flat=True)]


@pytest.mark.parametrize("before", ["0", "-3", "x", "\x00", "9" * 40])
def test_a_page_that_never_was_is_the_first_or_empty(ana, proposal, before):
    assert ana.get(listed(proposal), {"before": before}).status_code == 200


def test_ten_or_sixty_earlier_texts_cost_the_same(ana, cast, proposal):
    written(proposal, cast, 10)
    pages = [listed(proposal), address(EarlierText.objects.order_by("pk").first())]
    few = [cost(ana, each) for each in pages]
    for n in range(10, 60):
        write(proposal.pk, Introduction, (cast.colin, cast.ana)[n % 2], {"introduction": f"<p>Text {n}.</p>"}, n)
    assert EarlierText.objects.count() == 60
    assert [cost(ana, each) for each in pages] == few
    assert max(few) <= 10


def test_texts_are_kept_for_good(ana, cast, proposal):
    """However old: nothing forgets them."""
    with time_machine.travel(timezone.now() - timedelta(days=900)):
        write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>Old.</p>"}, 0)
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>New.</p>"}, 1)
    assert [row.answers["introduction"] for row in EarlierText.objects.order_by("pk")] == [
        COMPLETE["introduction"],
        "<p>Old.</p>",
    ]
