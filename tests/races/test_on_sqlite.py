"""The same on SQLite, on which the demonstration runs: one writer at a time, and everybody else in a queue."""

import sqlite3
from collections.abc import Callable
from threading import Semaphore
from typing import Any

from django.db import connection

from proposals.models import Event, Post, Proposal
from proposals.sections import Introduction
from proposals.states import State
from proposals.writing import NotWritable, write
from tests.races.together import PATIENCE, Outcome
from tests.story import COMPLETE, bring_to, draft
from workflow.engine import Issuing, Overtaken, take

SOME = 8


def at_once(calls: list[Callable[[], Any]]) -> list[Outcome]:
    """Holds the database's one pen until every call has begun, then lets go; what became of them."""
    begun = Semaphore(0)

    def announced(call: Callable[[], Any]) -> Callable[[], Any]:
        return lambda: (begun.release(), call())[1]

    outcomes = [Outcome(announced(call)) for call in calls]
    gate = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    gate.execute("BEGIN IMMEDIATE")
    for outcome in outcomes:
        outcome.thread.start()
    for _ in outcomes:
        assert begun.acquire(timeout=PATIENCE)
    assert not any(outcome.error or outcome.result for outcome in outcomes), "somebody wrote while the pen was held"
    gate.rollback()
    gate.close()
    for outcome in outcomes:
        outcome.thread.join(PATIENCE)
        assert not outcome.thread.is_alive()
    return outcomes


def test_a_button_pressed_eight_times_is_one_event(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    token = Proposal.objects.whole().get().seen()
    outcomes = at_once([lambda: take("endorse", proposal.pk, cast.dina, seen=token)] * SOME)
    assert sorted(type(o.error).__name__ for o in outcomes) == ["NoneType"] + ["Overtaken"] * (SOME - 1)
    assert Event.objects.count() == 2


def test_one_endorses_and_one_returns(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    token = Proposal.objects.whole().get().seen()
    outcomes = at_once(
        [
            lambda: take("endorse", proposal.pk, cast.dina, seen=token),
            lambda: take("return", proposal.pk, cast.maya, seen=token, comment="Not yet."),
        ]
    )
    assert sorted(type(o.error).__name__ for o in outcomes) == ["NoneType", "Overtaken"]
    assert Event.objects.count() == 2


def test_eight_issues_get_eight_numbers_without_a_gap(cast):
    proposals = [bring_to(State.SUBMITTED, cast) for _ in range(SOME)]

    def issue(proposal: Proposal) -> Callable[[], Event]:
        token = Proposal.objects.whole().get(pk=proposal.pk).seen()
        return lambda: take("issue", proposal.pk, cast.june, seen=token, issuing=Issuing(3, 2027))

    outcomes = at_once([issue(proposal) for proposal in proposals])
    assert [o.error for o in outcomes] == [None] * SOME
    assert list(Post.objects.values_list("number", flat=True)) == list(range(1000, 1000 + SOME))


def test_an_edit_and_a_submission_at_once_submit_what_was_shown_or_nothing(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    shown = Proposal.objects.whole().get().document().text()
    token = Proposal.objects.whole().get().seen(for_author=True)
    edited, submitted = at_once(
        [
            lambda: write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>Edited.</p>"}, 0),
            lambda: take("submit", proposal.pk, cast.ana, seen=token),
        ]
    )
    introduction = Introduction.objects.get().introduction
    if submitted.error is None:
        assert isinstance(edited.error, NotWritable)
        assert (proposal.versions.get().text, introduction) == (shown, COMPLETE["introduction"])
    else:
        assert isinstance(submitted.error, Overtaken)
        assert (edited.error, introduction, proposal.versions.count()) == (None, "<p>Edited.</p>", 0)
