"""Nobody decides on a text of their own: neither author nor colleague, once or now, nor a deputy of one."""

import datetime
import random

import pytest
import time_machine
from django.utils import timezone

from organisation.models import Appointment, User
from proposals.models import Event, Proposal
from proposals.policy import Role, addressees, own_text, roles_held, visible_to, with_roles
from proposals.states import State
from proposals.writing import begin, invite
from tests.story import COMPLETE, bring_to, draft, step
from workflow.demonstration.cast import ACTING_AFTER
from workflow.engine import Issuing, NotYours, Refused, case_of, offers, take


def roles(proposal: Proposal, user: User) -> set[Role]:
    """The roles in which somebody may act on a proposal today."""
    afresh = User.objects.get(pk=user.pk)
    return set(roles_held(with_roles(visible_to(afresh), afresh).get(pk=proposal.pk)))


def offered(proposal: Proposal, user: User) -> list[str]:
    """The steps somebody is offered today."""
    afresh = User.objects.get(pk=user.pk)
    seen = with_roles(visible_to(afresh).whole(), afresh).get(pk=proposal.pk)
    return [offer.step.action for offer in offers(case_of(seen), roles_held(seen))]


def refused(action: str, proposal: Proposal, user: User) -> str:
    """The sentence with which a step is refused; no event is made."""
    before, token = Event.objects.count(), Proposal.objects.whole().get(pk=proposal.pk)
    afresh = User.objects.get(pk=user.pk)
    writes = proposal.author_id == user.pk or proposal.colleagues.filter(user=user, until=None).exists()
    with pytest.raises(NotYours) as refusal:
        take(action, proposal.pk, afresh, seen=token.seen(writes), comment="For a reason.", issuing=Issuing(3, 2027))
    assert Event.objects.count() == before
    return str(refusal.value)


OWN = "and nobody decides on a text of their own."


def once(proposal: Proposal, user: User) -> None:
    """Somebody was a colleague and is no longer."""
    colleague = invite(proposal, user)
    colleague.until = timezone.now()
    colleague.save()


def test_a_director_does_not_endorse_what_they_wrote(cast):
    proposal = draft(cast.dina, cast.offices["WORKSKILLS"])
    step("submit", proposal, cast.dina)
    assert offered(proposal, cast.dina) == ["recall", "withdraw"]
    assert refused("endorse", proposal, cast.dina) == f"This is for the Director to do, {OWN}"
    assert refused("return", proposal, cast.dina) == f"This is for the Director to do, {OWN}"
    assert step("endorse", proposal, cast.maya).said["role"] == "Director, ILO-HQ"


def test_a_director_does_not_endorse_what_they_helped_to_write(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.dina)
    step("submit", proposal, cast.ana)
    assert offered(proposal, cast.dina) == ["recall", "withdraw"]
    refused("endorse", proposal, cast.dina)


def test_nor_after_they_were_removed_as_a_colleague(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    once(proposal, cast.dina)
    step("submit", proposal, cast.ana)
    assert offered(proposal, cast.dina) == []
    refused("endorse", proposal, cast.dina)


def test_a_deputy_does_not_endorse_for_whom_they_act(cast):
    proposal = draft(cast.dina, cast.offices["WORKSKILLS"])
    with time_machine.travel(timezone.now() + ACTING_AFTER):
        step("submit", proposal, User.objects.get(pk=cast.dina.pk))
        assert offered(proposal, cast.adele) == []
        refused("endorse", proposal, cast.adele)
        assert roles(proposal, cast.maya) == {Role.DIRECTOR}


def test_nor_the_deputy_of_a_colleague_or_of_a_colleague_once(cast):
    now, before = (draft(cast.ana, cast.offices["WORKSKILLS"]) for _ in range(2))
    invite(now, cast.dina)
    once(before, cast.dina)
    with time_machine.travel(timezone.now() + ACTING_AFTER):
        for proposal in (now, before):
            step("submit", proposal, User.objects.get(pk=cast.ana.pk))
            refused("endorse", proposal, cast.adele)


def test_a_deputy_acts_for_whom_they_like_on_other_texts(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    with time_machine.travel(timezone.now() + ACTING_AFTER):
        assert offered(proposal, cast.adele) == ["return", "endorse"]


def test_a_director_may_endorse_what_their_deputy_wrote(cast):
    proposal = draft(cast.adele, cast.offices["WORKSKILLS"])
    with time_machine.travel(timezone.now() + ACTING_AFTER):
        step("submit", proposal, User.objects.get(pk=cast.adele.pk))
        assert offered(proposal, cast.dina) == ["return", "endorse"]
        assert offered(proposal, cast.adele) == ["recall", "withdraw"]


def test_a_delegation_does_not_lead_back_to_oneself(cast):
    """Otto acts for Adele, who acts for Dina, who wrote it: Dina's authority is not lent on to decide on Dina's text."""
    today = timezone.localdate() + ACTING_AFTER
    Appointment.objects.create(
        user=cast.otto, role="director", office=cast.offices["WORKSKILLS"], acting_for=cast.adele, starts=today,
        ends=today + datetime.timedelta(days=7),
    )  # fmt: skip
    proposal = draft(cast.dina, cast.offices["WORKSKILLS"])
    with time_machine.travel(timezone.now() + ACTING_AFTER):
        event = step("submit", proposal, User.objects.get(pk=cast.dina.pk))
        assert set(event.proposal.letters.values_list("to_address", flat=True)) == {"maya@demo.example"}
        refused("endorse", proposal, cast.otto)


def test_an_hr_partner_does_not_approve_what_they_wrote(cast):
    asia = cast.offices["CO-Jakarta"].region
    Appointment.objects.create(user=cast.otto, role="hr_partner", region=asia)
    proposal = draft(cast.hugo, cast.offices["CO-Jakarta"])
    step("submit", proposal, cast.hugo)
    step("endorse", proposal, cast.diego)
    assert offered(proposal, cast.hugo) == ["recall", "withdraw"]
    assert refused("approve", proposal, cast.hugo) == f"This is for the HR Partner to do, {OWN}"
    step("approve", proposal, cast.otto)


def test_the_jpo_unit_does_not_issue_what_it_wrote_itself(cast):
    proposal = draft(cast.june, cast.offices["WORKSKILLS"])
    step("submit", proposal, cast.june)
    step("endorse", proposal, cast.dina)
    assert offered(proposal, cast.june) == ["withdraw"]
    assert refused("issue", proposal, cast.june) == f"This is for the JPO unit to do, {OWN}"
    Appointment.objects.create(user=cast.otto, role="jpo_unit")
    assert step("issue", proposal, cast.otto, issuing=Issuing(3, 2027)).said["role"] == "JPO unit"


def test_an_office_whose_only_director_wrote_it_says_so_before_submitting(cast):
    proposal = draft(cast.diego, cast.offices["CO-Jakarta"])
    with pytest.raises(
        Refused, match="Nobody is appointed who may endorse for CO-Jakarta, or whoever is has a part in this text."
    ):
        step("submit", proposal, cast.diego)


def test_a_region_whose_only_hr_partner_wrote_it_says_so_before_submitting(cast):
    proposal = draft(cast.hugo, cast.offices["CO-Jakarta"])
    with pytest.raises(Refused, match="Nobody is appointed as HR Partner of Asia and the Pacific"):
        step("submit", proposal, cast.hugo)


def test_a_copy_is_its_authors_own_text_and_not_that_of_whoever_wrote_the_one_before(cast):
    first = draft(cast.dina, cast.offices["WORKSKILLS"])
    copy = begin(cast.ana, cast.offices["WORKSKILLS"], answers=COMPLETE, follows=first)
    step("submit", copy, cast.ana)
    assert offered(copy, cast.dina) == ["return", "endorse"]


def test_two_hats_one_person_may_endorse_and_approve_what_others_wrote(cast):
    Appointment.objects.create(user=cast.diego, role="hr_partner", region=cast.offices["CO-Jakarta"].region)
    proposal = bring_to(State.ENDORSEMENT, cast, field=True)
    step("endorse", proposal, cast.diego)
    assert step("approve", proposal, cast.diego).said["role"] == "HR Partner, Asia and the Pacific"


@pytest.mark.parametrize("seed", range(12))
def test_whoever_is_asked_may_decide_and_where_nobody_is_asked_nobody_may(cast, seed):
    """The two ways to ask about four eyes agree, in organisations drawn by lot."""
    lot = random.Random(seed)
    offices = [cast.offices[code] for code in ("ILO-HQ", "WORKSKILLS", "WORKSKILLS/YOUTH")]
    people = list(cast.people.values())
    Appointment.objects.filter(role="director").delete()
    for _ in range(5):
        user, principal = lot.sample(people, 2)
        acting = principal if lot.random() < 0.6 else None
        Appointment.objects.create(user=user, role="director", office=lot.choice(offices), acting_for=acting)
    proposal = draft(lot.choice(people), lot.choice(offices))
    for user in lot.sample(people, 3):
        (invite if lot.random() < 0.5 else once)(proposal, user)
    User.objects.filter(pk__in=[user.pk for user in lot.sample(people, 3)]).update(is_active=False)
    asked = {appointment.user for appointment in addressees(proposal, Role.DIRECTOR)}
    may = {
        user for user in User.objects.all()
        if Proposal.objects.filter(Role.DIRECTOR.where(user) & ~own_text(user), pk=proposal.pk).exists()
    }  # fmt: skip
    assert asked <= may
    assert bool(asked) == bool(may)
