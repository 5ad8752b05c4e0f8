"""How a proposal moves: stories told through `take`, each with all that it leaves behind."""

import datetime
import hashlib
import json
import sys

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from documents import press
from organisation.models import Appointment, User
from proposals.models import Event, Issue, Post, Proposal, Rendition, Version
from proposals.policy import Role, addressees, roles_held, visible_to, with_roles
from proposals.sections import GeneralInformation, Introduction, Section, form, section_named
from proposals.states import State
from proposals.writing import begin, invite, write
from tests.story import COMPLETE, bring_to, draft, step
from workflow.demonstration.cast import ACTING_AFTER
from workflow.engine import Issuing, NotYours, Overtaken, Refused, case_of, next_number, offers, prints, take
from workflow.models import Letter
from workflow.steps import STEPS
from workflow.verifying import troubles

# The table of DESIGN.md, by hand. "reason": a reason is required; "version": a version is frozen.
TABLE = """
submit   | draft returned       | endorsement | author          | this text is not yet endorsed                    | version
submit   | draft returned       | approval    | author          | the same text is already endorsed; field post    | version
submit   | draft returned       | submitted   | author          | the same text is already endorsed (and approved) | version
recall   | endorsement approval | draft       | author          | –                                                |
return   | endorsement          | returned    | Director        | –                                                | reason
endorse  | endorsement          | approval    | Director        | field post                                       |
endorse  | endorsement          | submitted   | Director        | headquarters post                                |
return   | approval             | returned    | HR Partner      | –                                                | reason
approve  | approval             | submitted   | HR Partner      | –                                                |
return   | submitted            | returned    | JPO unit        | –                                                | reason
issue    | submitted            | issued      | JPO unit        | –                                                |
withdraw | any but issued       | withdrawn   | author JPO unit | –                                                | reason
reopen   | withdrawn            | draft       | author          | –                                                |
"""
ANY_BUT_ISSUED = "draft returned endorsement approval submitted"


def looked_at(proposal: Proposal, user: User) -> str:
    """The token of the page somebody has open now."""
    seen = with_roles(visible_to(user).whole(), user).get(pk=proposal.pk)
    return seen.seen(for_author=Role.AUTHOR in roles_held(seen))


def rewrite(proposal: Proposal, user: User, **answers: str) -> None:
    """Somebody writes in some boxes, each section saved from the page as it is now."""
    sections = form("en").section_of
    for box, answer in answers.items():
        section: type[Section] = section_named(sections[box].name)
        revision = section.objects.get(proposal=proposal).revision
        write(proposal.pk, section, user, {box: answer}, revision)


def path(proposal: Proposal) -> str:
    """A proposal's history in short: "submit→endorsement, return→returned"."""
    return ", ".join(f"{event.action}→{event.said['to']}" for event in proposal.events.all())


def afresh(user: User) -> User:
    """A person as a new request knows them: what they hold is asked anew."""
    return User.objects.get(pk=user.pk)


def now(proposal: Proposal) -> Proposal:
    """The proposal as it is in the database."""
    return Proposal.objects.whole().get(pk=proposal.pk)


def test_the_steps_are_those_of_the_table():
    found = [
        (
            s.action, ANY_BUT_ISSUED if s.action == "withdraw" else " ".join(s.sources), str(s.target), " ".join(s.by),
            s.when.__doc__, " ".join(["version"] * s.freezes + ["reason"] * s.reason),
        )
        for s in STEPS
    ]  # fmt: skip
    by_hand = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]
    assert found == [(a, ANY_BUT_ISSUED if f == "any but issued" else f, *rest) for a, f, *rest in by_hand]
    assert " ".join(next(s for s in STEPS if s.action == "withdraw").sources) == ANY_BUT_ISSUED


# Rounds


def test_a_returned_proposal_keeps_its_first_version(cast):
    proposal = bring_to(State.RETURNED, cast)
    first = proposal.versions.get()
    rewrite(proposal, cast.ana, introduction="<p>A second thought.</p>")
    step("submit", proposal, cast.ana)
    assert list(proposal.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Version.objects.filter(pk=first.pk).values().get() == {
        "id": first.pk, "proposal_id": proposal.pk, "number": 1, "text": first.text, "answers": first.answers,
        "seal": first.seal, "office_id": proposal.office_id, "frozen_at": first.frozen_at, "frozen_by_id": cast.ana.pk,
    }  # fmt: skip
    assert first.document["introduction"] == COMPLETE["introduction"]
    assert now(proposal).version.document["introduction"] == "<p>A second thought.</p>"
    assert path(proposal) == "submit→endorsement, return→returned, submit→endorsement"


def test_in_returned_others_see_the_newest_version_and_the_author_what_is_being_written(cast):
    proposal = bring_to(State.RETURNED, cast)
    rewrite(proposal, cast.ana, introduction="<p>Half a sent</p>")
    assert now(proposal).newest(for_author=True)["introduction"] == "<p>Half a sent</p>"
    assert now(proposal).newest(for_author=False)["introduction"] == COMPLETE["introduction"]


def test_an_endorsed_text_returned_by_the_jpo_unit_goes_straight_back_there_when_nothing_is_changed(cast):
    proposal = bring_to(State.SUBMITTED, cast)
    step("return", proposal, cast.june, comment="Please wait for the budget, then submit again.")
    step("submit", proposal, cast.ana)
    assert path(proposal) == "submit→endorsement, endorse→submitted, return→returned, submit→submitted"
    assert proposal.versions.count() == 1


def test_an_endorsed_text_returned_by_the_hr_partner_goes_straight_back_there_when_nothing_is_changed(cast):
    proposal = bring_to(State.APPROVAL, cast, field=True)
    step("return", proposal, cast.hugo, comment="Please talk to me first.")
    step("submit", proposal, cast.felix)
    step("approve", proposal, cast.hugo)
    step("return", proposal, cast.june, comment="Please wait.")
    step("submit", proposal, cast.felix)
    assert path(proposal) == (
        "submit→endorsement, endorse→approval, return→returned, submit→approval, approve→submitted, return→returned, "
        "submit→submitted"
    )


def test_a_changed_text_needs_every_decision_again(cast):
    proposal = bring_to(State.SUBMITTED, cast, field=True)
    step("return", proposal, cast.june, comment="The duties are those of a P3.")
    rewrite(proposal, cast.felix, duties="<p>Lighter duties.</p>")
    step("submit", proposal, cast.felix)
    step("endorse", proposal, cast.diego)
    step("approve", proposal, cast.hugo)
    assert path(proposal) == (
        "submit→endorsement, endorse→approval, approve→submitted, return→returned, submit→endorsement, endorse→approval, "
        "approve→submitted"
    )


def test_a_text_changed_back_word_for_word_is_the_endorsed_one_again(cast):
    proposal = bring_to(State.SUBMITTED, cast)
    step("return", proposal, cast.june, comment="Is the introduction right?")
    rewrite(proposal, cast.ana, introduction="<p>Perhaps so.</p>")
    rewrite(proposal, cast.ana, introduction=COMPLETE["introduction"])
    step("submit", proposal, cast.ana)
    assert now(proposal).state == State.SUBMITTED
    assert proposal.versions.count() == 1


def test_one_letter_more_is_another_text(cast):
    proposal = bring_to(State.SUBMITTED, cast)
    step("return", proposal, cast.june, comment="A full stop is missing.")
    rewrite(proposal, cast.ana, duration="12 months, renewable.")
    step("submit", proposal, cast.ana)
    assert now(proposal).state == State.ENDORSEMENT


def test_a_proposal_taken_back_is_a_draft_that_others_no_longer_see(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    event = step("recall", proposal, cast.ana)
    assert (event.said["from"], event.said["to"], event.version.number) == ("endorsement", "draft", 1)
    assert not visible_to(cast.dina).filter(pk=proposal.pk).exists()
    step("submit", proposal, cast.ana)
    assert visible_to(cast.dina).filter(pk=proposal.pk).exists()
    assert proposal.versions.count() == 1


def test_what_the_director_has_decided_cannot_be_taken_back_but_with_the_hr_partner_it_can(cast):
    decided, waiting = bring_to(State.SUBMITTED, cast), bring_to(State.APPROVAL, cast, field=True)
    with pytest.raises(Refused, match="This cannot be done while the proposal is “With the JPO unit”."):
        step("recall", decided, cast.ana)
    assert step("recall", waiting, cast.felix).said["to"] == "draft"
    step("submit", waiting, cast.felix)
    assert now(waiting).state == State.APPROVAL


def test_a_proposal_is_withdrawn_for_a_reason_and_reopened_as_a_draft(cast):
    proposal = bring_to(State.SUBMITTED, cast)
    event = step("withdraw", proposal, cast.june, comment="  The donor has left.  ")
    assert (event.said["comment"], event.said["role"]) == ("The donor has left.", "JPO unit")
    step("reopen", proposal, cast.ana)
    assert not visible_to(cast.june).filter(pk=proposal.pk).exists()
    step("submit", proposal, cast.ana)
    assert path(proposal) == "submit→endorsement, endorse→submitted, withdraw→withdrawn, reopen→draft, submit→submitted"


def test_an_issued_proposal_does_not_move_any_more(cast):
    proposal = bring_to(State.ISSUED, cast)
    for action in ("submit", "recall", "return", "endorse", "approve", "issue", "withdraw", "reopen"):
        for person in (cast.ana, cast.dina, cast.june):
            with pytest.raises(Refused, match="This cannot be done while the proposal is “Issued”."):
                step(action, proposal, person, comment="Why not.", issuing=Issuing(4, 2027))


def test_a_step_that_does_not_exist_is_refused(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    with pytest.raises(Refused, match="This cannot be done"):
        step("approve everything", proposal, cast.dina)


# Posts and their numbers


def test_issuing_gives_number_month_and_year(cast):
    proposal = bring_to(State.SUBMITTED, cast)
    event = step("issue", proposal, cast.june, issuing=Issuing(month=3, year=2027))
    proposal = now(proposal)
    assert event.said["given"] == {"number": 1000, "month": 3, "year": 2027}
    assert (proposal.state, str(proposal.post)) == (State.ISSUED, "1000")
    assert Issue.objects.values_list("post__number", "proposal", "month", "year", "event").get() == (
        1000, proposal.pk, 3, 2027, event.pk,
    )  # fmt: skip
    assert event.renditions.order_by("pk")[0].edition == "issued"


def test_a_post_issued_again_keeps_its_number_for_good(cast):
    first = bring_to(State.ISSUED, cast)
    again = begin(cast.ana, first.office, answers=COMPLETE, follows=first, same_post=True)
    step("submit", again, cast.ana)
    step("endorse", again, cast.dina)
    assert next_number() == 1001
    with pytest.raises(Refused, match="This is post 1000 for good. Please leave its number as it is."):
        step("issue", again, cast.june, issuing=Issuing(5, 2028, number=1234))
    with pytest.raises(Refused, match="Post 1000 is already issued for that month. Please choose another month."):
        step("issue", again, cast.june, issuing=Issuing(3, 2027))
    step("issue", again, cast.june, issuing=Issuing(3, 2028))
    assert (now(again).post, now(again).follows, Post.objects.count()) == (now(first).post, first, 1)
    assert next_number() == 1001
    assert sorted(Issue.objects.values_list("post__number", "year", "month")) == [(1000, 2027, 3), (1000, 2028, 3)]


def test_the_next_number_follows_the_highest_until_there_is_none_and_then_fills_the_lowest_gap(cast):
    for number in (2401, 1500):
        Post.objects.create(number=number)
    assert next_number() == 2402
    Post.objects.create(number=9999)
    assert next_number() == 1000


def test_a_copy_that_is_another_post_gets_a_number_of_its_own(cast):
    first = bring_to(State.ISSUED, cast)
    other = begin(cast.ana, first.office, answers=COMPLETE, follows=first)
    step("submit", other, cast.ana)
    step("endorse", other, cast.dina)
    step("issue", other, cast.june, issuing=Issuing(3, 2027))
    assert (now(first).post.number, now(other).post.number) == (1000, 1001)


def test_a_number_given_already_is_refused_with_the_next_free_one(cast):
    bring_to(State.ISSUED, cast)
    proposal = bring_to(State.SUBMITTED, cast)
    with pytest.raises(Refused, match="Number 1000 is given already. The next free one is 1001."):
        step("issue", proposal, cast.june, issuing=Issuing(4, 2027, number=1000))
    step("issue", proposal, cast.june, issuing=Issuing(4, 2027, number=1002))
    third, fourth = bring_to(State.ISSUED, cast), bring_to(State.ISSUED, cast)
    assert [now(p).post.number for p in (proposal, third, fourth)] == [1002, 1003, 1004]


@pytest.mark.parametrize("number", [0, 999, 10_000, -1])
def test_a_post_number_has_four_digits(cast, number):
    proposal = bring_to(State.SUBMITTED, cast)
    with pytest.raises(Refused, match="A post number has four digits: 1000 to 9999."):
        step("issue", proposal, cast.june, issuing=Issuing(4, 2027, number=number))
    assert not Post.objects.exists()


@pytest.mark.parametrize("issuing", [None, Issuing(0, 2027), Issuing(13, 2027), Issuing(4, 1999), Issuing(4, 2101)])
def test_month_and_year_are_asked_for(cast, issuing):
    proposal = bring_to(State.SUBMITTED, cast)
    with pytest.raises(Refused, match="Please give the month and the year of issue."):
        step("issue", proposal, cast.june, issuing=issuing)
    assert (now(proposal).state, Post.objects.count(), Issue.objects.count()) == (State.SUBMITTED, 0, 0)


def test_issuing_voids_no_endorsement_for_number_and_month_stand_outside_the_text(cast):
    proposal = bring_to(State.ISSUED, cast)
    assert {(e.version.answers, e.version.seal) for e in proposal.events.all()} == {
        (proposal.document().answers_digest(), proposal.document().seal())
    }


# What stands in the way


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
@pytest.mark.parametrize(
    ("state", "action", "who", "field"),
    [
        (State.ENDORSEMENT, "return", "dina", False),
        (State.APPROVAL, "return", "hugo", True),
        (State.SUBMITTED, "return", "june", False),
        (State.SUBMITTED, "withdraw", "ana", False),
    ],
)
def test_a_reason_is_required(cast, state, action, who, field, reason):
    proposal = bring_to(state, cast, field=field)
    with pytest.raises(Refused, match="Please give a reason: it goes to those who work on this proposal next."):
        step(action, proposal, getattr(cast, who), comment=reason)
    assert now(proposal).state == state


def obstacle(proposal: Proposal, user: User, action: str = "submit") -> str | None:
    """What stands in the way, as the page says it; the attempt is refused with that very sentence."""
    seen = with_roles(visible_to(user).whole(), user).get(pk=proposal.pk)
    offer = next(offer for offer in offers(case_of(seen), roles_held(seen)) if offer.step.action == action)
    if offer.obstacle:
        with pytest.raises(Refused) as refusal:
            step(action, proposal, user)
        assert str(refusal.value) == offer.obstacle
    return offer.obstacle


def test_a_missing_box_is_named(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], duties="")
    assert obstacle(proposal, cast.ana) == "One thing is missing: “Duties and responsibilities” is empty."


def test_several_missing_boxes_are_told_by_their_sections(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], duties="", key_outputs="", introduction="", title="in ")
    assert obstacle(proposal, cast.ana) == (
        "4 things are missing, in: General information, Introduction, Duties and responsibilities."
    )


def test_living_conditions_are_missing_in_the_field_only(cast):
    at_headquarters = draft(cast.ana, cast.offices["WORKSKILLS"], living_conditions="")
    in_the_field = draft(cast.felix, cast.offices["CO-Jakarta"], living_conditions="")
    assert obstacle(at_headquarters, cast.ana) is None
    assert obstacle(in_the_field, cast.felix) == "One thing is missing: “Living conditions” is empty."


def test_an_office_without_a_director_says_whom_to_ask(cast):
    proposal = draft(cast.ana, cast.offices["RO-Europe"])
    assert obstacle(proposal, cast.ana) == (
        "Nobody is appointed who may endorse for RO-Europe, or whoever is has a part in this text. "
        "Ask the JPO unit to enter a Director."
    )


def test_a_region_without_an_hr_partner_says_so_before_submitting_and_before_endorsing(cast):
    proposal = draft(cast.felix, cast.offices["CO-Jakarta"])
    submitted = bring_to(State.ENDORSEMENT, cast, field=True)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Appointment.objects.filter(user=cast.hugo).update(ends=yesterday)
    sentence = "Nobody is appointed as HR Partner of Asia and the Pacific. Ask the JPO unit to enter one."
    assert obstacle(proposal, cast.felix) == sentence
    assert obstacle(submitted, cast.diego, "endorse") == sentence
    assert obstacle(submitted, cast.diego, "return") is None


def test_a_text_that_cannot_be_printed_cannot_be_submitted(cast, monkeypatch):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], introduction="<p>In Amharic: ሰላም</p>")
    with pytest.raises(Refused, match="“Introduction” holds “ሰ” .* for which the paper's fonts have no sign"):
        step("submit", proposal, cast.ana)
    rewrite = draft(cast.ana, cast.offices["WORKSKILLS"], introduction="<p>This text is printed while the press is broken.</p>")
    with monkeypatch.context() as broken:
        broken.setattr(press, "_idle", [])
        broken.setattr(sys, "executable", "/bin/false")
        with pytest.raises(Refused, match="This text cannot be printed: .+"):
            step("submit", rewrite, cast.ana)
    assert (now(proposal).state, Version.objects.count(), Rendition.objects.count()) == (State.DRAFT, 0, 0)


def test_a_press_that_failed_once_is_asked_again(cast, monkeypatch):
    text = draft(cast.ana, cast.offices["WORKSKILLS"], introduction="<p>Nobody has printed this yet.</p>").document().text()
    with monkeypatch.context() as broken:
        broken.setattr(press, "_idle", [])
        broken.setattr(sys, "executable", "/bin/false")
        assert prints(text) == press.PRINT.broken.format("it stopped without a reason")
    assert prints(text) is None


def test_a_step_whose_letters_cannot_be_written_is_not_taken(cast):
    """One transaction: no event without its letters, no new state without its event."""
    proposal = bring_to(State.ENDORSEMENT, cast)
    following = Event.objects.latest("pk").pk + 1
    in_the_way = Letter.objects.create(key=f"event {following} to ana@demo.example", to_address="ana@demo.example")
    with pytest.raises(IntegrityError):
        step("endorse", proposal, cast.dina)
    in_the_way.delete()
    assert (now(proposal).state, path(proposal), Rendition.objects.count()) == (State.ENDORSEMENT, "submit→endorsement", 1)


# One decides on what one has read


def refused(action: str, proposal: Proposal, user: User, seen: str, **more) -> str:
    """The sentence with which a step is refused because the page was old; nothing is left behind."""
    before = (Event.objects.count(), Version.objects.count(), Letter.objects.count(), now(proposal).state)
    with pytest.raises(Overtaken) as refusal:
        take(action, proposal.pk, user, seen=seen, comment="For a reason.", **more)
    assert (Event.objects.count(), Version.objects.count(), Letter.objects.count(), now(proposal).state) == before
    return str(refusal.value)


CHANGED = "The text was changed after you opened this page. Nothing was done; please read it as it is now."


def test_a_text_changed_in_another_tab_is_not_submitted_unread(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    open_page = looked_at(proposal, cast.ana)
    rewrite(proposal, cast.ana, introduction="<p>Written in another tab.</p>")
    assert refused("submit", proposal, cast.ana, open_page) == CHANGED


def test_a_text_taken_back_changed_and_submitted_again_is_not_endorsed_unread(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    open_page = looked_at(proposal, cast.dina)
    step("recall", proposal, cast.ana)
    rewrite(proposal, cast.ana, introduction="<p>Something else altogether.</p>")
    event = step("submit", proposal, cast.ana)
    at = timezone.localtime(event.at)
    assert refused("endorse", proposal, cast.dina, open_page) == (
        f"Ana Lindqvist (author) submitted it to the Director on {at.day} {at:%B %Y, %H:%M}. Nothing was done this time."
    )


def test_the_loser_is_told_who_did_what_and_when(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    dina, maya = looked_at(proposal, cast.dina), looked_at(proposal, cast.maya)
    event = take("return", proposal.pk, cast.maya, seen=maya, comment="Not this year.")
    with pytest.raises(Overtaken) as refusal:
        take("endorse", proposal.pk, cast.dina, seen=dina)
    at = timezone.localtime(event.at)
    assert str(refusal.value) == (
        f"Maya Ferreira (Director, ILO-HQ) returned it on {at.day} {at:%B %Y, %H:%M}. Nothing was done this time."
    )
    assert refusal.value.event == event


def test_a_press_of_the_same_button_twice_is_one_event(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    open_page = looked_at(proposal, cast.dina)
    event = take("endorse", proposal.pk, cast.dina, seen=open_page)
    with pytest.raises(Overtaken) as refusal:
        take("endorse", proposal.pk, cast.dina, seen=open_page)
    assert refusal.value.event == event
    assert path(proposal) == "submit→endorsement, endorse→submitted"


def test_a_decision_replayed_after_return_and_resubmission_of_the_same_text_is_refused(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    replayed = looked_at(proposal, cast.dina)
    take("return", proposal.pk, cast.dina, seen=replayed, comment="Please wait.")
    step("submit", proposal, cast.ana)
    assert now(proposal).version.number == 1
    assert "submitted it to the Director" in refused("return", proposal, cast.dina, replayed)
    assert "submitted it to the Director" in refused("endorse", proposal, cast.dina, replayed)


@pytest.mark.parametrize("token", ["", "1", "-", "1-", "None-None", "0-0", "1-ffff"])
def test_a_token_that_was_never_on_a_screen_is_refused(cast, token):
    proposal = bring_to(State.ENDORSEMENT, cast)
    refused("endorse", proposal, cast.dina, token)


def test_the_jpo_unit_withdraws_what_it_has_seen_though_the_author_writes_on(cast):
    proposal = bring_to(State.RETURNED, cast)
    open_page = looked_at(proposal, cast.june)
    rewrite(proposal, cast.ana, introduction="<p>Nobody else sees this.</p>")
    take("withdraw", proposal.pk, cast.june, seen=open_page, comment="The donor has left.")
    assert now(proposal).state == State.WITHDRAWN


# Who acts


def test_a_director_whose_appointment_ended_while_the_page_was_open_decides_nothing(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    open_page = looked_at(proposal, cast.dina)
    Appointment.objects.filter(user=cast.dina).update(ends=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(Proposal.DoesNotExist):
        take("endorse", proposal.pk, cast.dina, seen=open_page)
    assert path(proposal) == "submit→endorsement"


def test_a_director_who_only_belongs_to_the_jpo_unit_now_sees_it_but_it_is_not_theirs(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    open_page = looked_at(proposal, cast.dina)
    Appointment.objects.filter(user=cast.dina).update(role=Appointment.JPO_UNIT, office=None)
    with pytest.raises(NotYours, match="This is for the Director to do, and nobody decides on a text of their own."):
        take("endorse", proposal.pk, cast.dina, seen=open_page)
    assert path(proposal) == "submit→endorsement"


def test_a_closed_account_decides_nothing(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    open_page = looked_at(proposal, cast.dina)
    User.objects.filter(pk=cast.dina.pk).update(is_active=False)
    with pytest.raises(Proposal.DoesNotExist):
        take("endorse", proposal.pk, cast.dina, seen=open_page)


def test_a_colleague_removed_while_the_page_was_open_submits_nothing(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    colleague = invite(proposal, cast.colin)
    open_page = looked_at(proposal, cast.colin)
    colleague.until = timezone.now()
    colleague.save()
    with pytest.raises(Proposal.DoesNotExist):
        take("submit", proposal.pk, cast.colin, seen=open_page)


def test_without_its_director_a_proposal_waits_for_the_one_above(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    User.objects.filter(pk=cast.dina.pk).update(is_active=False)
    step("endorse", proposal, cast.maya)
    assert proposal.events.last().said["role"] == "Director, ILO-HQ"


def test_a_proposal_whose_only_director_has_left_stays_in_sight_of_the_jpo_unit_until_another_is_appointed(cast):
    proposal = bring_to(State.ENDORSEMENT, cast, field=True)
    User.objects.filter(pk=cast.diego.pk).update(is_active=False)
    assert addressees(proposal, Role.DIRECTOR) == []
    assert visible_to(cast.june).filter(pk=proposal.pk).exists()
    Appointment.objects.create(user=cast.otto, role="director", office=proposal.office)
    step("endorse", proposal, afresh(cast.otto))
    assert path(proposal) == "submit→endorsement, endorse→approval"


def test_an_office_changed_by_the_jpo_unit_needs_its_own_directors_endorsement(cast):
    proposal = bring_to(State.SUBMITTED, cast)
    step("return", proposal, cast.june, comment="This post is DATAHUB's; we corrected it.")
    Proposal.objects.filter(pk=proposal.pk).update(office=cast.offices["DATAHUB"])
    step("submit", proposal, cast.ana)
    with pytest.raises(Proposal.DoesNotExist):
        step("endorse", proposal, cast.dina)
    step("endorse", proposal, cast.greta)
    assert path(proposal) == "submit→endorsement, endorse→submitted, return→returned, submit→endorsement, endorse→submitted"
    assert [v.office.code for v in proposal.versions.order_by("number")] == ["WORKSKILLS", "DATAHUB"]


def test_an_office_that_turns_out_to_be_a_field_office_needs_the_hr_partner_too(cast):
    office = cast.offices["WORKSKILLS/YOUTH"]
    proposal = draft(cast.ana, office)
    step("submit", proposal, cast.ana)
    step("endorse", proposal, cast.dina)
    office.region = cast.offices["CO-Jakarta"].region
    office.save()
    step("return", proposal, cast.june, comment="The unit sits in Bangkok; we corrected its entry.")
    step("submit", proposal, cast.ana)
    step("approve", proposal, cast.hugo)
    assert path(proposal) == ("submit→endorsement, endorse→submitted, return→returned, submit→approval, approve→submitted")


# What an event says


def test_an_event_says_everything_in_words(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    event = step("return", proposal, cast.dina, comment="Please name the outputs.")
    version = proposal.versions.get()
    assert event.said == {
        "recipe": 2,
        "proposal": proposal.pk,
        "place": 2,
        "action": "return",
        "from": "endorsement",
        "to": "returned",
        "done": "returned it",
        "actor": {"id": cast.dina.pk, "name": "Dina Haddad", "email": "dina@demo.example"},
        "role": "Director, WORKSKILLS",
        "acting_for": "",
        "channel": "page",
        "evidence": "",
        "recorded_by": "",
        "version": 1,
        "digests": {"answers": version.answers, "seal": version.seal},
        "comment": "Please name the outputs.",
        "given": {},
        "reasons": [],
        "at": event.at.isoformat(timespec="microseconds"),
    }
    assert event.text == json.dumps(event.said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_an_acting_director_decides_for_whom_they_act_and_only_in_the_dated_weeks(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    first_day, last_day = ACTING_AFTER, ACTING_AFTER + datetime.timedelta(days=14)
    for days in (first_day - datetime.timedelta(days=1), last_day + datetime.timedelta(days=1)):
        with time_machine.travel(timezone.now() + days), pytest.raises(Proposal.DoesNotExist):
            step("endorse", proposal, afresh(cast.adele))
    for days in (first_day, last_day):
        with time_machine.travel(timezone.now() + days):
            event = step("endorse", proposal, afresh(cast.adele))
            assert (event.said["role"], event.said["acting_for"]) == ("Director, WORKSKILLS", "Dina Haddad")
            step("return", proposal, afresh(cast.june), comment="Once more.")
            rewrite(proposal, cast.ana, introduction=f"<p>Again, after {days.days} days.</p>")
            step("submit", proposal, cast.ana)


@pytest.mark.parametrize(
    ("state", "action", "who", "field", "role"),
    [
        (State.DRAFT, "submit", "ana", False, "author"),
        (State.DRAFT, "submit", "colin", False, "author"),
        (State.ENDORSEMENT, "endorse", "diego", True, "Director, CO-Jakarta"),
        (State.ENDORSEMENT, "endorse", "maya", False, "Director, ILO-HQ"),
        (State.APPROVAL, "approve", "hugo", True, "HR Partner, Asia and the Pacific"),
        (State.SUBMITTED, "issue", "june", False, "JPO unit"),
    ],
)
def test_the_role_stands_in_the_event_in_the_offices_words(cast, state, action, who, field, role):
    proposal = bring_to(state, cast, field=field)
    invite(proposal, cast.colin)
    event = step(action, proposal, getattr(cast, who), issuing=Issuing(3, 2027))
    assert (event.said["role"], event.said["actor"]["name"]) == (role, getattr(cast, who).name)


def test_a_decision_outlives_the_name_and_the_appointment_it_was_taken_in(cast):
    proposal = bring_to(State.SUBMITTED, cast)
    Appointment.objects.filter(user=cast.dina).delete()
    User.objects.filter(pk=cast.dina.pk).update(name="Dina Haddad-Keller", is_active=False)
    said = proposal.events.get(action="endorse").said
    assert (said["actor"]["name"], said["role"]) == ("Dina Haddad", "Director, WORKSKILLS")
    assert list(troubles()) == []


# Digests


@pytest.fixture
def reworded():
    """A function that rewords a label of the form, for as long as the test lasts."""
    patch = pytest.MonkeyPatch()

    def reword(section: type[Section], box: str, label: str) -> None:
        patch.setattr(section._meta.get_field(box), "label", label)
        form.cache_clear()

    yield reword
    patch.undo()
    form.cache_clear()


def test_a_reworded_form_changes_the_seal_but_not_the_answers(cast, reworded):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    before = proposal.document()
    reworded(GeneralInformation, "duration", "Length of the assignment")
    after = now(proposal).document()
    assert after.answers_digest() == before.answers_digest()
    assert after.seal() != before.seal()


def test_a_reworded_form_is_frozen_anew_and_voids_no_endorsement(cast, reworded):
    proposal = bring_to(State.SUBMITTED, cast)
    step("return", proposal, cast.june, comment="The form has been reworded.")
    reworded(GeneralInformation, "duration", "Length of the assignment")
    step("submit", proposal, cast.ana)
    assert now(proposal).state == State.SUBMITTED
    labels = [v.document.form.boxes["duration"].label for v in proposal.versions.order_by("number")]
    assert labels == ["Duration of the assignment", "Length of the assignment"]


def test_guidance_stands_outside_both_digests(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    before, patch = proposal.document(), pytest.MonkeyPatch()
    patch.setattr(Introduction._meta.get_field("introduction"), "guidance", "Write what you like.")
    form.cache_clear()
    try:
        after = now(proposal).document()
        assert after.form.boxes["introduction"].guidance == "Write what you like."
        assert (after.seal(), after.answers_digest()) == (before.seal(), before.answers_digest())
    finally:
        patch.undo()
        form.cache_clear()


def test_every_event_is_chained_to_the_one_before_it(cast):
    proposal = bring_to(State.ISSUED, cast, field=True)
    hashes: list[str] = []
    for event in proposal.events.all():
        previous = hashes[-1] if hashes else ""
        hashes.append(hashlib.sha256(f"{previous}\n{event.text}".encode()).hexdigest())
    assert [event.hash for event in proposal.events.all()] == hashes
    assert len(set(hashes)) == 4


def test_a_frozen_text_has_the_digests_it_was_frozen_with(cast):
    version = bring_to(State.ENDORSEMENT, cast).version
    assert (version.document.answers_digest(), version.document.seal()) == (version.answers, version.seal)
    assert version.document.text() == version.text
