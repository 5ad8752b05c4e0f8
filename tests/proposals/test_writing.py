"""The one way in which text enters a proposal: what it keeps, what it refuses, and that no word is lost."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from organisation.models import User
from proposals.models import Colleague, Doubt, EarlierText, Proposal
from proposals.sections import TEMPLATE, DutiesAndResponsibilities, GeneralInformation, Introduction, form
from proposals.states import State
from proposals.writing import Conflict, NotWritable, begin, invite, offered, when, write
from tests.story import COMPLETE, bring_to, draft


def introduction(proposal: Proposal) -> Introduction:
    """The section as it stands in the database."""
    return Introduction.objects.get(proposal=proposal)


def save(proposal: Proposal, user: User, text: str, revision: int | None = None) -> Introduction:
    """Somebody saves the introduction, from a page made now or from an older one."""
    revision = introduction(proposal).revision if revision is None else revision
    return write(proposal.pk, Introduction, user, {"introduction": f"<p>{text}</p>"}, revision)


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, with all its boxes filled."""
    return draft(cast.ana, cast.offices["WORKSKILLS"])


# Beginning


def test_a_blank_proposal_has_every_section_and_says_what_the_form_and_the_register_offer(cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS/YOUTH"])
    filled = {name: answer for name, answer in proposal.document().answers.items() if answer}
    assert filled == {
        "title": "in",
        "duty_station": "Geneva, Switzerland",
        "duration": "12 months, renewable",
        "grade": "P2",
        "department": "Department of Skills and Working Life (WORKSKILLS)",
        "unit": "Youth and Apprenticeships Unit (WORKSKILLS/YOUTH)",
    }
    assert list(proposal.document().answers) == list(form("en").boxes)
    assert (proposal.state, proposal.place, proposal.title, str(proposal)) == (State.DRAFT, 0, "", "Untitled proposal")
    assert {section.objects.get().revision for section in TEMPLATE} == {0}


def test_an_office_that_is_no_unit_is_the_department_itself(cast):
    assert offered(cast.offices["CO-Jakarta"], "en")["department"] == "Country Office for Indonesia and Timor-Leste (CO-Jakarta)"
    assert offered(cast.offices["CO-Jakarta"], "en")["unit"] == ""


def test_a_proposal_in_french_is_offered_the_french_names(cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"], "fr")
    assert proposal.document()["department"] == "Département des compétences et de la vie au travail (WORKSKILLS)"
    assert proposal.document().form.language == "fr"


def test_answers_given_are_stored_clean_and_the_others_stay_empty(cast):
    answers = {"title": "  in\tlabour \n law ", "duties": "<p>Do <b>this</b></p><script>x()</script>", "no_such_box": "x"}
    document = begin(cast.ana, cast.offices["WORKSKILLS"], answers=answers).document()
    assert {name: answer for name, answer in document.answers.items() if answer} == {
        "title": "in labour law",
        "duties": "<p>Do <strong>this</strong></p>",
    }


def test_the_doubts_of_an_old_file_are_kept_beside_it(cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"], answers={}, doubts=[("duties", "Also this.", "No box fits.")])
    assert list(Doubt.objects.values_list("proposal", "box", "text", "why", "settled_at")) == [
        (proposal.pk, "duties", "Also this.", "No box fits.", None)
    ]


def test_a_copy_follows_and_is_the_same_post_only_if_said_so(cast):
    issued = bring_to(State.ISSUED, cast)
    other = begin(cast.ana, issued.office, answers=COMPLETE, follows=issued)
    again = begin(cast.ana, issued.office, answers=COMPLETE, follows=issued, same_post=True)
    assert (other.follows, other.post, again.follows, again.post) == (issued, None, issued, issued.post)


# Writing


def test_a_saved_section_holds_the_text_and_who_wrote_it_when(cast, proposal):
    with time_machine.travel(datetime.datetime(2026, 12, 1, 9, 30, tzinfo=datetime.UTC), tick=False):
        row = save(proposal, cast.ana, "A new beginning.")
    assert Introduction.objects.filter(proposal=proposal).values().get() == {
        "proposal_id": proposal.pk,
        "introduction": "<p>A new beginning.</p>",
        "revision": 1,
        "saved_at": datetime.datetime(2026, 12, 1, 9, 30, tzinfo=datetime.UTC),
        "saved_by_id": cast.ana.pk,
        "kept_at": datetime.datetime(2026, 12, 1, 9, 30, tzinfo=datetime.UTC),
        "hand_since": 0,
    }
    assert row.revision == 1


def test_boxes_that_are_not_given_stay_as_they_are(cast, proposal):
    write(proposal.pk, GeneralInformation, cast.ana, {"grade": "P1"}, 0)
    assert Proposal.objects.whole().get().document().answers == COMPLETE | {"grade": "P1"}


def test_what_is_no_box_of_the_section_is_not_stored(cast, proposal):
    before = Proposal.objects.values().get()
    smuggled = {
        "introduction": "<p>Only this.</p>", "duties": "<p>x</p>", "revision": 99, "saved_by": cast.dina.pk, "kept_at": None,
        "state": "issued", "author": cast.otto.pk, "post": 1, "proposal_id": 7, "is_superuser": 1,
    }  # fmt: skip
    row = write(proposal.pk, Introduction, cast.ana, smuggled, 0)
    assert (row.revision, row.saved_by) == (1, cast.ana)
    assert Proposal.objects.values().get() == before
    assert Proposal.objects.whole().get().document().answers == COMPLETE | {"introduction": "<p>Only this.</p>"}


def test_the_title_in_lists_follows_the_box(cast, proposal):
    write(proposal.pk, GeneralInformation, cast.ana, {"title": "in labour statistics"}, 0)
    assert Proposal.objects.get().title == "Junior Professional Officer in labour statistics"
    write(proposal.pk, GeneralInformation, cast.ana, {"title": "in "}, 1)
    assert Proposal.objects.get().title == ""


def test_unchanged_text_makes_no_new_revision_even_from_an_old_page(cast, proposal):
    save(proposal, cast.ana, "Once.")
    row = save(proposal, cast.ana, "Once.", revision=0)
    assert (row.revision, EarlierText.objects.count()) == (1, 1)


def test_a_saved_text_saved_again_as_it_came_back_is_unchanged(cast, proposal):
    typed = "<p>One <b>two</b></p>\r\n<ul><li>three<ul><li>four</li></ul></li></ul> five &amp; six"
    first = write(proposal.pk, Introduction, cast.ana, {"introduction": typed}, 0)
    again = write(proposal.pk, Introduction, cast.ana, {"introduction": first.introduction}, 1)
    assert (again.introduction, again.revision) == (first.introduction, 1)


# Two at once


def test_the_second_to_save_a_section_is_told_and_nothing_is_overwritten(cast, proposal):
    invite(proposal, cast.colin)
    save(proposal, cast.ana, "Ana's text.", revision=0)
    with pytest.raises(Conflict) as conflict:
        save(proposal, cast.colin, "Colin's text.", revision=0)
    assert str(conflict.value) == "Ana Lindqvist saved this section after you opened it."
    assert conflict.value.section.introduction == "<p>Ana's text.</p>"
    assert introduction(proposal).introduction == "<p>Ana's text.</p>"
    save(proposal, cast.colin, "Ana's text. Colin's text.", revision=conflict.value.section.revision)
    assert introduction(proposal).introduction == "<p>Ana's text. Colin's text.</p>"


def test_two_write_in_two_sections_at_once(cast, proposal):
    invite(proposal, cast.colin)
    save(proposal, cast.ana, "Ana's text.", revision=0)
    row = write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": "<p>Colin's.</p>"}, 0)
    assert row.revision == 1


def test_a_revision_that_has_not_come_yet_is_a_conflict_too(cast, proposal):
    with pytest.raises(Conflict):
        save(proposal, cast.ana, "From nowhere.", revision=7)


# Who may write, and when


@pytest.mark.parametrize("who", ["dina", "maya", "adele", "june", "hugo", "felix", "otto", "root"])
def test_nobody_else_writes_in_it(cast, proposal, who):
    with pytest.raises(Proposal.DoesNotExist):
        save(proposal, getattr(cast, who), "I know better.", revision=0)
    assert Proposal.objects.whole().get().document().answers == COMPLETE


def test_the_director_does_not_write_in_what_they_returned(cast):
    proposal = bring_to(State.RETURNED, cast)
    with pytest.raises(Proposal.DoesNotExist):
        save(proposal, cast.dina, "I know better.", revision=0)


def test_a_colleague_writes_until_removed_and_again_when_invited_again(cast, proposal):
    colleague = invite(proposal, cast.colin)
    save(proposal, cast.colin, "Mine.")
    colleague.until = timezone.now()
    colleague.save()
    with pytest.raises(Proposal.DoesNotExist):
        save(proposal, cast.colin, "Still mine.")
    invite(proposal, cast.colin)
    save(proposal, cast.colin, "Mine again.")
    assert Colleague.objects.values_list("proposal", "user", "until").get() == (proposal.pk, cast.colin.pk, None)


@pytest.mark.parametrize(
    ("state", "field"), [(state, field) for state in State for field in (False, True) if field or state != State.APPROVAL]
)
def test_it_is_written_in_only_while_it_is_in_its_authors_hands(cast, state, field):
    proposal = bring_to(state, cast, field=field)
    author, before = proposal.author, introduction(proposal).introduction
    if state in (State.DRAFT, State.RETURNED):
        assert save(proposal, author, "Later.").introduction == "<p>Later.</p>"
        return
    with pytest.raises(NotWritable) as refusal:
        save(proposal, author, "Later.")
    assert str(refusal.value) == (f"This proposal is “{state.label}” since {when(proposal.since)}; it cannot be written in.")
    assert introduction(proposal).introduction == before


# No word is lost


def kept(proposal: Proposal) -> list[tuple[str, str]]:
    """The earlier texts of the introduction and who had written them."""
    earlier = EarlierText.objects.filter(proposal=proposal, section="introduction").order_by("pk")
    return [(text.answers["introduction"], text.written_by.get_short_name()) for text in earlier]


def test_an_earlier_text_is_kept_once_per_person_in_ten_minutes(cast, proposal):
    start = timezone.now()
    for minutes, text in ((0, "a"), (4, "ab"), (9, "abc"), (11, "abcd"), (20, "abcde"), (22, "abcdef")):
        with time_machine.travel(start + datetime.timedelta(minutes=minutes), tick=False):
            save(proposal, cast.ana, text)
    assert kept(proposal) == [(COMPLETE["introduction"], "Ana"), ("<p>abc</p>", "Ana"), ("<p>abcde</p>", "Ana")]


def test_what_somebody_else_wrote_is_always_kept_before_it_is_overwritten(cast, proposal):
    invite(proposal, cast.colin)
    save(proposal, cast.ana, "Ana 1")
    save(proposal, cast.colin, "Colin 1")
    save(proposal, cast.ana, "Ana 2")
    save(proposal, cast.colin, "Colin 2")
    assert kept(proposal) == [
        (COMPLETE["introduction"], "Ana"), ("<p>Ana 1</p>", "Ana"), ("<p>Colin 1</p>", "Colin"), ("<p>Ana 2</p>", "Ana"),
    ]  # fmt: skip


def test_an_earlier_text_says_of_which_revision_it_was(cast, proposal):
    save(proposal, cast.ana, "First.")
    earlier = EarlierText.objects.get()
    assert (earlier.section, earlier.revision, earlier.answers, earlier.written_by) == (
        "introduction", 0, {"introduction": COMPLETE["introduction"]}, cast.ana,
    )  # fmt: skip


def test_a_moment_is_told_as_people_say_it_in_the_time_of_the_site():
    assert when(datetime.datetime(2026, 11, 22, 13, 2, tzinfo=datetime.UTC)) == "22 November 2026, 14:02"
    assert when(datetime.datetime(2026, 7, 1, 22, 5, tzinfo=datetime.UTC)) == "2 July 2026, 00:05"
