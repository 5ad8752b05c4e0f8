"""Two people, one box: both texts stand side by side, any choice is saved as it was made, and nothing is thrown away."""

import pytest
from django.test import Client
from django.urls import reverse

from proposals.conflict import BUTTON
from proposals.models import EarlierText, Proposal
from proposals.sections import DutiesAndResponsibilities, GeneralInformation, Introduction
from proposals.writing import invite, write
from tests.proposals.pages import alive, answers, form_of, page, signed_in, text
from tests.story import COMPLETE, draft, step

MINE = "<p>Mine to begin.</p><ul><li>Shared.</li><li>A duty for both of us, by Ana.</li><li>Only Ana's.</li></ul>"
THEIRS = "<ul><li>Shared.</li><li>A duty for both of us, by Colin.</li></ul><p>Theirs to end.</p>"


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, in which Colin writes too."""
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.colin)
    return proposal


@pytest.fixture
def ana(cast) -> Client:
    return signed_in(cast.ana)


@pytest.fixture
def met(ana, cast, proposal):
    """The page that Ana sees: she had opened the duties, Colin saved his, then she saved hers."""
    opened = form_of(ana.get(page(proposal, DutiesAndResponsibilities)))
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": THEIRS}, 0)
    return ana.post(page(proposal, DutiesAndResponsibilities), opened | {"duties": MINE})


def kept(proposal: Proposal) -> list[tuple[str, bool, str]]:
    """The earlier texts of the duties, the oldest first: who wrote them, whether they ever stood, and what they say."""
    rows = EarlierText.objects.filter(proposal=proposal, section="duties_and_responsibilities").order_by("pk")
    return [(str(row.written_by), row.stood, row.answers["duties"]) for row in rows]


def choose(ana: Client, proposal: Proposal, met, **choices: str):
    """Ana sends the page with some choices: `keep` for the box, `part_0`… for its differences."""
    sent = form_of(met) | {BUTTON: "save"}
    for name, choice in choices.items():
        head, _, number = name.partition("_")
        sent[f"{head}:duties" + (f":{number}" if number else "")] = choice
    return ana.post(page(proposal, DutiesAndResponsibilities), sent)


def test_both_texts_are_shown_and_mine_is_safe_before_anything_is_chosen(cast, proposal, met):
    assert met.status_code == 409
    shown = text(met)
    assert f"{cast.colin} saved this section on" in shown
    assert shown.count('class="jpo-hunk"') == 4
    assert "Mine: without this" in shown
    assert "Theirs: without this" in shown
    assert 'value="mine" checked> <label class="form-check-label" for="keep_duties">Keep mine</label>' in shown
    assert answers(proposal) == COMPLETE | {"duties": THEIRS}
    assert kept(proposal) == [(str(cast.ana), True, COMPLETE["duties"]), (str(cast.ana), False, MINE)]
    assert alive(met) == []


def test_mine_stands_if_nothing_else_is_chosen_and_theirs_is_kept(ana, cast, proposal, met):
    assert choose(ana, proposal, met).status_code == 302
    assert answers(proposal) == COMPLETE | {"duties": MINE}
    assert kept(proposal) == [(str(cast.ana), True, COMPLETE["duties"]), (str(cast.colin), True, THEIRS)]


def test_theirs_stands_if_that_is_chosen_and_mine_is_kept_as_not_taken_over(ana, cast, proposal, met):
    assert choose(ana, proposal, met, keep="theirs").status_code == 302
    assert answers(proposal) == COMPLETE | {"duties": THEIRS}
    assert kept(proposal) == [(str(cast.ana), True, COMPLETE["duties"]), (str(cast.ana), False, MINE)]
    earlier = EarlierText.objects.get(written_at=None)
    ana.post(reverse("earlier_text", args=[proposal.pk, earlier.section, earlier.pk]), {"revision": 1})
    assert answers(proposal) == COMPLETE | {"duties": MINE}


def test_parts_are_put_together_and_both_texts_are_kept(ana, cast, proposal, met):
    choose(ana, proposal, met, keep="parts", part_0="theirs", part_1="both", part_2="mine", part_3="theirs")
    assert answers(proposal)["duties"] == (
        "<ul><li>Shared.</li><li>A duty for both of us, by Ana.</li><li>A duty for both of us, by Colin.</li>"
        "<li>Only Ana's.</li></ul><p>Theirs to end.</p>"
    )
    assert [(stood, said) for _, stood, said in kept(proposal)] == [
        (True, COMPLETE["duties"]), (False, MINE), (True, THEIRS),
    ]  # fmt: skip


def test_parts_leave_no_line_out_until_somebody_says_so(ana, proposal, met):
    choose(ana, proposal, met, keep="parts")
    assert answers(proposal)["duties"] == MINE + "<p>Theirs to end.</p>"


def test_a_line_that_stands_elsewhere_in_mine_is_not_taken_twice(ana, cast, proposal):
    opened = form_of(ana.get(page(proposal, DutiesAndResponsibilities)))
    moved = "<ul><li>One.</li><li>Two.</li><li>Three.</li><li>Theirs.</li></ul>"
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": moved}, 0)
    mine = "<ul><li>Two.</li><li>Three.</li><li>One.</li></ul>"
    met = ana.post(page(proposal, DutiesAndResponsibilities), opened | {"duties": mine})
    choose(ana, proposal, met, keep="parts")
    assert sorted(answers(proposal)["duties"].split("<li>")[1:]) == sorted(
        ["Two.</li>", "Three.</li>", "Theirs.</li>", "One.</li></ul>"]
    )


@pytest.mark.parametrize(("every", "expected"), [("mine", MINE), ("theirs", THEIRS)])
def test_all_parts_of_one_text_are_that_text(ana, proposal, met, every, expected):
    choose(ana, proposal, met, keep="parts", **{f"part_{n}": every for n in range(4)})
    assert answers(proposal)["duties"] == expected


def test_somebody_who_saves_again_meanwhile_brings_the_page_again_with_the_newest(ana, cast, proposal, met):
    newest = "<p>Colin's newest.</p>"
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": newest}, 1)
    again = choose(ana, proposal, met, keep="theirs")
    assert again.status_code == 409
    assert "Colin's newest." in text(again)
    assert 'value="theirs" checked> <label class="form-check-label" for="keep_duties_theirs">' in text(again)
    assert answers(proposal) == COMPLETE | {"duties": newest}
    choose(ana, proposal, again, keep="mine")
    assert answers(proposal) == COMPLETE | {"duties": MINE}
    # What Colin wrote over himself, within ten minutes, is not kept.
    assert [said for _, _, said in kept(proposal)] == [COMPLETE["duties"], newest]


def test_another_box_saved_meanwhile_disturbs_no_choice(ana, cast, proposal, met):
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"key_outputs": "<p>Colin's outputs.</p>"}, 1)
    assert choose(ana, proposal, met, keep="theirs").status_code == 302
    assert answers(proposal) == COMPLETE | {"duties": THEIRS, "key_outputs": "<p>Colin's outputs.</p>"}


def test_each_box_has_a_choice_of_its_own_and_a_line_has_no_parts(ana, cast, proposal):
    opened = form_of(ana.get(page(proposal, GeneralInformation)))
    write(proposal.pk, GeneralInformation, cast.colin, {"unit": "Colin's unit", "grade": "P1", "duration": "24 months"}, 0)
    mine = opened | {"unit": "Ana's unit", "duration": "18 months"}
    met = ana.post(page(proposal, GeneralInformation), mine)
    assert "Take parts of both" not in text(met)
    sent = form_of(met) | {BUTTON: "save", "keep:unit": "theirs", "keep:duration": "parts"}
    ana.post(page(proposal, GeneralInformation), sent)
    assert answers(proposal) == COMPLETE | {"unit": "Colin's unit", "grade": "P1", "duration": "18 months"}


def test_parts_that_are_too_long_together_are_refused_in_words_and_the_choices_stay(ana, cast, proposal):
    opened = form_of(ana.get(page(proposal, Introduction)))
    write(proposal.pk, Introduction, cast.colin, {"introduction": f"<p>{'theirs ' * 2500}</p>"}, 0)
    met = ana.post(page(proposal, Introduction), opened | {"introduction": f"<p>{'mine ' * 3500}</p>"})
    sent = form_of(met) | {BUTTON: "save", "keep:introduction": "parts"}
    refused = ana.post(page(proposal, Introduction), sent)
    assert refused.status_code == 422
    assert "This text has 35,012 characters; there is room for 30,000." in text(refused)
    assert 'value="parts" checked' in text(refused)
    assert answers(proposal)["introduction"].startswith("<p>theirs")


def test_what_comes_too_late_is_kept_for_when_the_proposal_comes_back(ana, cast, proposal):
    opened = form_of(ana.get(page(proposal, DutiesAndResponsibilities)))
    step("submit", proposal, cast.ana)
    late = opened | {"duties": "<p>Too late.</p>"}
    for _twice in range(2):
        answer = ana.post(page(proposal, DutiesAndResponsibilities), late)
        assert (answer.status_code, "It is kept among the earlier texts" in text(answer)) == (409, True)
    assert kept(proposal) == [(str(cast.ana), False, "<p>Too late.</p>")]
    unchanged = ana.post(page(proposal, DutiesAndResponsibilities), opened)
    assert "It is kept" not in text(unchanged)
    assert len(kept(proposal)) == 1
    step("return", proposal, cast.dina, comment="Please name the outputs.")
    earlier = EarlierText.objects.get()
    ana.post(reverse("earlier_text", args=[proposal.pk, earlier.section, earlier.pk]), {"revision": 0})
    assert answers(proposal) == COMPLETE | {"duties": "<p>Too late.</p>"}


@pytest.mark.parametrize("reader", ["dina", "june"])
def test_who_may_only_read_leaves_no_text_behind(cast, proposal, reader):
    step("submit", proposal, cast.ana)
    answer = signed_in(cast.people[reader]).post(page(proposal, Introduction), {"introduction": "Not mine.", "revision": 0})
    assert answer.status_code == 403
    assert not EarlierText.objects.exists()


@pytest.mark.parametrize("odd", ["", "all", "\x00", "part:duties:0"])
def test_whatever_is_sent_as_a_choice_nothing_falls_over_and_nothing_is_lost(ana, proposal, met, odd):
    sent = form_of(met)
    sent = {name: odd if ":" in name and not name.startswith("stands") else value for name, value in sent.items()}
    assert ana.post(page(proposal, DutiesAndResponsibilities), sent | {BUTTON: odd}).status_code == 302
    assert answers(proposal)["duties"] == MINE
    assert ana.post(page(proposal, DutiesAndResponsibilities), {BUTTON: odd}).status_code in (302, 409)
    assert answers(proposal)["duties"] == MINE


def test_the_page_asks_the_database_little(ana, cast, proposal, met, django_assert_max_num_queries):
    sent = form_of(met) | {BUTTON: "save", "keep:duties": "parts"}
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": "<p>Again.</p>"}, 1)
    with django_assert_max_num_queries(10):
        assert ana.post(page(proposal, DutiesAndResponsibilities), sent).status_code == 409
