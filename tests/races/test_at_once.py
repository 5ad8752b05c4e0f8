"""Two or thirty-two at once: exactly one event, one number, one text, and a sentence for whoever came second."""

import datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone

from organisation.models import Appointment, User
from proposals.models import EarlierText, Event, Issue, Post, Proposal, Version
from proposals.policy import Role, roles_held, visible_to, with_roles
from proposals.records import Numbering
from proposals.sections import DutiesAndResponsibilities, Introduction
from proposals.states import State
from proposals.writing import Conflict, NotWritable, begin, discard, invite, write
from tests.races.together import Outcome, at_once, locked, one_after_another, wait_until
from tests.story import COMPLETE, bring_to, draft, step
from workflow.engine import Issuing, NotYours, Overtaken, Refused, take
from workflow.models import Letter

MANY = 32
assert connection.vendor == "postgresql", "Without row locks these tests prove nothing."


def call(action: str, proposal: Proposal, user: User, **more):
    """The step, on the page that is open now, to be taken later: what a press of the button sends."""
    seen = with_roles(visible_to(user).whole(), user).get(pk=proposal.pk)
    token = seen.seen(for_author=Role.AUTHOR in roles_held(seen))
    return lambda: take(action, proposal.pk, user, seen=token, comment="For a reason.", **more)


def save(proposal: Proposal, user: User, text: str, section=Introduction, box="introduction"):
    """A save of a section, from the page that is open now."""
    revision = section.objects.get(proposal=proposal).revision
    return lambda: write(proposal.pk, section, user, {box: f"<p>{text}</p>"}, revision)


def path(proposal: Proposal) -> str:
    return ", ".join(f"{event.action}→{event.said['to']}" for event in proposal.events.all())


def won_and_lost(outcomes: list[Outcome]) -> tuple[list[Event], list[Outcome]]:
    return [o.result for o in outcomes if o.error is None], [o for o in outcomes if o.error is not None]


def assert_one_winner(outcomes: list[Outcome]) -> Event:
    """One took the step; each of the others is told who did what and when."""
    winners, losers = won_and_lost(outcomes)
    assert len(winners) == 1, outcomes
    assert {type(o.error) for o in losers} == {Overtaken}, outcomes
    assert {o.error.event for o in losers} == {winners[0]}
    assert all("Nothing was done this time." in str(o.error) for o in losers)
    return winners[0]


# Decisions


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("endorse", "dina"), ("return", "maya")),
        (("return", "maya"), ("endorse", "dina")),
        (("endorse", "dina"), ("withdraw", "ana")),
        (("withdraw", "ana"), ("endorse", "dina")),
        (("endorse", "dina"), ("recall", "ana")),
        (("withdraw", "june"), ("return", "dina")),
    ],
)
def test_of_two_who_decide_at_once_the_first_wins_and_the_second_is_told(cast, first, then):
    proposal = bring_to(State.ENDORSEMENT, cast)
    calls = [call(action, proposal, getattr(cast, who)) for action, who in (first, then)]
    outcomes = one_after_another(calls, held=[proposal])
    event = assert_one_winner(outcomes)
    assert (event.action, event.actor) == (first[0], getattr(cast, first[1]))
    assert [e.action for e in proposal.events.all()] == ["submit", first[0]]


@pytest.mark.parametrize(("first", "then"), [("issue", "withdraw"), ("withdraw", "issue")])
def test_of_an_issue_and_a_withdrawal_at_once_the_first_wins(cast, first, then):
    proposal = bring_to(State.SUBMITTED, cast)
    who = {"issue": cast.june, "withdraw": cast.ana}
    calls = [call(action, proposal, who[action], issuing=Issuing(3, 2027)) for action in (first, then)]
    assert assert_one_winner(one_after_another(calls, held=[proposal])).action == first
    assert Post.objects.count() == (first == "issue")


def test_two_directors_press_at_the_same_moment(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    calls = [call("endorse", proposal, cast.dina), call("return", proposal, cast.maya)] * 8
    event = assert_one_winner(at_once(calls, held=[proposal]))
    assert path(proposal) == f"submit→endorsement, {event.action}→{event.said['to']}"


@pytest.mark.parametrize(
    ("action", "who", "state", "field"),
    [
        ("submit", "ana", State.DRAFT, False),
        ("endorse", "dina", State.ENDORSEMENT, False),
        ("approve", "hugo", State.APPROVAL, True),
        ("withdraw", "june", State.SUBMITTED, False),
        ("issue", "june", State.SUBMITTED, False),
    ],
)
def test_a_button_pressed_thirty_two_times_is_one_event_and_one_letter_each(cast, action, who, state, field):
    proposal = bring_to(state, cast, field=field)
    press = call(action, proposal, getattr(cast, who), issuing=Issuing(3, 2027))
    events, letters = Event.objects.count(), Letter.objects.count()
    event = assert_one_winner(at_once([press] * MANY, held=[proposal]))
    assert (Event.objects.count(), event.action) == (events + 1, action)
    assert Letter.objects.count() - letters == Letter.objects.filter(key__startswith=f"event {event.pk} to ").count()
    assert Post.objects.count() == (1 if action == "issue" else 0)
    assert Version.objects.count() == 1


def test_an_appointment_that_ends_while_the_decision_waits_decides_nothing(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    endorse = Outcome(call("endorse", proposal, cast.dina))
    with locked([proposal]) as waiting:
        endorse.thread.start()
        wait_until(lambda: waiting() == 1)
        Appointment.objects.filter(user=cast.dina).update(ends=timezone.localdate() - datetime.timedelta(days=1))
    endorse.thread.join()
    assert isinstance(endorse.error, Proposal.DoesNotExist)
    assert path(proposal) == "submit→endorsement"


def test_a_director_who_is_invited_to_write_just_before_deciding_decides_nothing(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    calls = [lambda: invite(proposal, cast.dina), call("endorse", proposal, cast.dina)]
    invited, endorsed = one_after_another(calls, held=[proposal])
    assert invited.error is None
    assert isinstance(endorsed.error, NotYours)
    assert path(proposal) == "submit→endorsement"


def test_what_was_taken_back_a_moment_ago_does_not_exist_for_the_director_any_more(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    calls = [call("recall", proposal, cast.ana), call("endorse", proposal, cast.dina)]
    recalled, endorsed = one_after_another(calls, held=[proposal])
    assert recalled.error is None
    assert isinstance(endorsed.error, Proposal.DoesNotExist)
    assert path(proposal) == "submit→endorsement, recall→draft"


# Numbers


def numbered(cast, count: int, **more) -> list[Proposal]:
    """So many proposals with the JPO unit."""
    return [bring_to(State.SUBMITTED, cast, **more) for _ in range(count)]


def test_thirty_two_issues_at_once_get_thirty_two_numbers_without_a_gap(cast):
    proposals = numbered(cast, MANY)
    calls = [call("issue", proposal, cast.june, issuing=Issuing(3, 2027)) for proposal in proposals]
    outcomes = at_once(calls, held=[Numbering.objects.get()])
    assert [o.error for o in outcomes] == [None] * MANY
    assert sorted(o.result.said["given"]["number"] for o in outcomes) == list(range(1000, 1000 + MANY))
    assert list(Post.objects.values_list("number", flat=True)) == list(range(1000, 1000 + MANY))
    assert Issue.objects.count() == MANY


class Mishap(Exception):
    """Something goes wrong after the number is given and before it is kept."""


def test_an_issue_that_fails_leaves_no_gap_in_the_numbers(cast):
    proposals = numbered(cast, 12)
    calls = [call("issue", proposal, cast.june, issuing=Issuing(3, 2027)) for proposal in proposals]

    def failing(issue):
        def attempt():
            with transaction.atomic():
                issue()
                raise Mishap

        return attempt

    outcomes = at_once(
        [failing(issue) if n in (2, 5, 9) else issue for n, issue in enumerate(calls)], held=[Numbering.objects.get()]
    )
    assert sorted(n for n, o in enumerate(outcomes) if o.error) == [2, 5, 9]
    assert list(Post.objects.values_list("number", flat=True)) == list(range(1000, 1009))


def test_the_very_first_issues_at_once(cast):
    """No post is there yet; they wait each for its own proposal, and meet only at the counter."""
    proposals = numbered(cast, 8)
    assert not Post.objects.exists()
    calls = [call("issue", proposal, cast.june, issuing=Issuing(3, 2027)) for proposal in proposals]
    outcomes = at_once(calls, held=proposals)
    assert [o.error for o in outcomes] == [None] * 8
    assert list(Post.objects.values_list("number", flat=True)) == list(range(1000, 1008))


def test_one_number_asked_for_by_many_is_given_once_and_the_others_are_told_the_next_free_one(cast):
    proposals = numbered(cast, 8)
    calls = [call("issue", proposal, cast.june, issuing=Issuing(3, 2027, number=1000)) for proposal in proposals]
    winners, losers = won_and_lost(at_once(calls, held=[Numbering.objects.get()]))
    assert len(winners) == 1
    assert {(type(o.error), str(o.error)) for o in losers} == {
        (Refused, "Number 1000 is given already. The next free one is 1001.")
    }
    assert Proposal.objects.filter(state=State.SUBMITTED).count() == 7


def test_a_post_issued_again_by_two_at_once_is_issued_once_for_that_month(cast):
    first = bring_to(State.ISSUED, cast)
    again = [begin(cast.ana, first.office, answers=COMPLETE, follows=first, same_post=True) for _ in range(6)]
    for proposal in again:
        step("submit", proposal, cast.ana)
        step("endorse", proposal, cast.dina)
    calls = [call("issue", proposal, cast.june, issuing=Issuing(3, 2028)) for proposal in again]
    winners, losers = won_and_lost(at_once(calls, held=[Numbering.objects.get()]))
    assert len(winners) == 1
    assert {(type(o.error), str(o.error)) for o in losers} == {
        (Refused, "Post 1000 is already issued for that month. Please choose another month.")
    }


# Text


def test_an_edit_that_comes_after_the_submission_is_refused(cast):
    """The autosave waits at the row, the submission goes first: what was submitted is what was on the screen."""
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    shown = Proposal.objects.whole().get(pk=proposal.pk).document()
    calls = [call("submit", proposal, cast.ana), save(proposal, cast.ana, "Slipped in behind the submission.")]
    submitted, edited = one_after_another(calls, held=[proposal])
    assert submitted.error is None
    assert isinstance(edited.error, NotWritable)
    assert "“With the Director”" in str(edited.error)
    assert proposal.versions.get().text == shown.text()
    assert Introduction.objects.get(proposal=proposal).introduction == COMPLETE["introduction"]
    assert not EarlierText.objects.exists()


def test_a_submission_that_comes_after_an_edit_is_refused_for_its_page_is_old(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    calls = [save(proposal, cast.ana, "Written in another tab."), call("submit", proposal, cast.ana)]
    edited, submitted = one_after_another(calls, held=[proposal])
    assert edited.error is None
    assert isinstance(submitted.error, Overtaken)
    assert str(submitted.error).startswith("The text was changed after you opened this page.")
    assert (Version.objects.count(), Event.objects.count()) == (0, 0)
    assert Introduction.objects.get(proposal=proposal).introduction == "<p>Written in another tab.</p>"


def test_many_edits_and_one_submission_at_once_submit_what_was_shown_or_nothing(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    shown = Proposal.objects.whole().get(pk=proposal.pk).document().text()
    edits = [save(proposal, cast.ana, f"Edit {number}.") for number in range(7)]
    outcomes = at_once([*edits[:4], call("submit", proposal, cast.ana), *edits[4:]], held=[proposal])
    versions = list(Version.objects.values_list("text", flat=True))
    assert versions == ([shown] if outcomes[4].error is None else [])
    assert {type(o.error) for o in outcomes} <= {type(None), NotWritable, Conflict, Overtaken}


def test_two_who_save_one_section_at_once_lose_nothing(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.colin)
    calls = [save(proposal, cast.ana, "Ana's text."), save(proposal, cast.colin, "Colin's text.")]
    first, second = one_after_another(calls, held=[proposal])
    assert first.error is None
    assert isinstance(second.error, Conflict)
    assert second.error.section.introduction == "<p>Ana's text.</p>"
    assert Introduction.objects.get(proposal=proposal).introduction == "<p>Ana's text.</p>"


def test_two_who_save_two_sections_at_once_both_succeed(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.colin)
    calls = [
        save(proposal, cast.ana, "Ana's text."),
        save(proposal, cast.colin, "Colin's text.", DutiesAndResponsibilities, "duties"),
    ]
    assert [o.error for o in at_once(calls, held=[proposal])] == [None, None]
    document = Proposal.objects.whole().get(pk=proposal.pk).document()
    assert (document["introduction"], document["duties"]) == ("<p>Ana's text.</p>", "<p>Colin's text.</p>")


def test_a_draft_submitted_while_it_is_being_deleted_stays(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    calls = [call("submit", proposal, cast.ana), lambda: discard(proposal.pk, cast.ana)]
    submitted, deleted = one_after_another(calls, held=[proposal])
    assert submitted.error is None
    assert isinstance(deleted.error, NotWritable)
    assert Proposal.objects.get(pk=proposal.pk).state == State.ENDORSEMENT


def test_a_draft_deleted_while_it_is_being_submitted_is_gone(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    calls = [lambda: discard(proposal.pk, cast.ana), call("submit", proposal, cast.ana)]
    deleted, submitted = one_after_another(calls, held=[proposal])
    assert deleted.error is None
    assert isinstance(submitted.error, Proposal.DoesNotExist)
    assert (Proposal.objects.count(), Event.objects.count(), Letter.objects.count()) == (0, 0, 0)
