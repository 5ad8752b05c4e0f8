"""The way ahead: who will decide, why, what is written to whom, what stands and what is in the way, in every kind of case."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from organisation.models import Appointment
from proposals.models import Event, Proposal
from proposals.sections import Introduction
from proposals.states import State
from proposals.writing import begin, invite, write
from tests.story import bring_to, draft, step
from tests.workflow.browsing import cost, signed_in, text
from workflow.ahead import Stage, for_office, way_ahead
from workflow.demonstration.cast import ACTING_AFTER, Cast
from workflow.engine import case_of
from workflow.letters import told


def ahead(proposal: Proposal, user):
    """What lies ahead of a proposal as it is now, for somebody who writes in it."""
    return way_ahead(case_of(Proposal.objects.whole().get(pk=proposal.pk)), user)


def colleague_too(cast: Cast) -> Proposal:
    """Dina, who directs the department, is a colleague in this text."""
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.dina)
    return proposal


def of_two(cast: Cast) -> Proposal:
    """A department with two Directors at once."""
    Appointment.objects.create(user=cast.otto, role="director", office=cast.offices["WORKSKILLS"])
    return draft(cast.ana, cast.offices["WORKSKILLS"])


def leaver(cast: Cast) -> Proposal:
    """The one Director of the country office has left the house."""
    cast.diego.is_active = False
    cast.diego.save()
    return draft(cast.felix, cast.offices["CO-Jakarta"])


def nobody_at_all(cast: Cast) -> Proposal:
    """A region without Director and HR Partner; nor is anybody left in the JPO unit."""
    Appointment.objects.filter(role="jpo_unit").delete()
    return draft(cast.ana, cast.offices["RO-Europe"])


NOBODY_ENDORSES = (
    "Nobody is appointed who may endorse for {}, or whoever is has a part in this text. Ask the JPO unit to enter a Director."
)
CASES = {
    "headquarters": (
        lambda cast: draft(cast.ana, cast.offices["WORKSKILLS"]),
        "WORKSKILLS: Director Dina Haddad, then the JPO unit.", [], [],
    ),
    "a unit": (
        lambda cast: draft(cast.ana, cast.offices["WORKSKILLS/YOUTH"]),
        "WORKSKILLS/YOUTH: Director Dina Haddad of WORKSKILLS, then the JPO unit.",
        ["WORKSKILLS/YOUTH has no Director of its own today; that of WORKSKILLS decides."], [],
    ),
    "field": (
        lambda cast: draft(cast.felix, cast.offices["CO-Jakarta"]),
        "CO-Jakarta: Director Diego Santoso, then HR Partner Hugo Marchetti for Asia and the Pacific, then the JPO unit.", [], [],
    ),
    "two Directors": (
        of_two, "WORKSKILLS: Director Otto Berg or Dina Haddad, then the JPO unit.", [], [],
    ),
    "own text, somebody above": (
        colleague_too,
        "WORKSKILLS: Director Maya Ferreira of ILO-HQ, then the JPO unit.",
        ["Dina Haddad (Director, WORKSKILLS) may not decide on it: this text is theirs too, or that of somebody they act for."], [],
    ),
    "own text, nobody above": (
        lambda cast: draft(cast.diego, cast.offices["CO-Jakarta"]),
        "CO-Jakarta: nobody yet as Director, then HR Partner Hugo Marchetti for Asia and the Pacific, then the JPO unit.",
        ["Diego Santoso (Director, CO-Jakarta) may not decide on it: this text is theirs too, or that of somebody they act for."],
        [NOBODY_ENDORSES.format("CO-Jakarta")],
    ),
    "a leaver": (
        leaver,
        "CO-Jakarta: nobody yet as Director, then HR Partner Hugo Marchetti for Asia and the Pacific, then the JPO unit.",
        [], [NOBODY_ENDORSES.format("CO-Jakarta")],
    ),
    "nobody at all": (
        nobody_at_all,
        "RO-Europe: nobody yet as Director, then nobody yet as HR Partner, then the JPO unit.",
        ["Nobody is appointed to the JPO unit today; the PDF still arrives in its mailbox."],
        [NOBODY_ENDORSES.format("RO-Europe"), "Nobody is appointed as HR Partner of Europe and Central Asia. Ask the JPO unit to enter one."],
    ),
    "a draft with gaps": (
        lambda cast: begin(cast.felix, cast.offices["CO-Dakar"]),
        "CO-Dakar: Director Sofia Ndiaye, then HR Partner Hana Kovac for Africa, then the JPO unit.", [], [],
    ),
    "half way": (
        lambda cast: bring_to(State.APPROVAL, cast, field=True),
        "CO-Jakarta: HR Partner Hugo Marchetti for Asia and the Pacific, then the JPO unit.", [], [],
    ),
    "issued": (lambda cast: bring_to(State.ISSUED, cast), "", [], []),
    "withdrawn": (lambda cast: bring_to(State.WITHDRAWN, cast), "", [], []),
}  # fmt: skip


@pytest.mark.parametrize("story", CASES)
def test_who_decides_why_and_who_is_missing(cast, story):
    begun, sentence, notes, obstacles = CASES[story]
    proposal = begun(cast)
    found = ahead(proposal, proposal.author)
    assert (found.sentence, list(found.notes), list(found.obstacles), found.standing) == (sentence, notes, obstacles, ())


def test_every_step_says_who_takes_it_and_who_gets_which_letter(cast):
    proposal = draft(cast.felix, cast.offices["CO-Jakarta"])
    invite(proposal, cast.colin)
    everybody = ("Felix Tanoto", "Colin Mbeki", "Diego Santoso", "Hugo Marchetti")
    assert ahead(proposal, cast.felix).stages == (
        Stage("Submit to the Director", (), True, asked=("Diego Santoso",), told=("Colin Mbeki",)),
        Stage(
            "Endorse", ("Diego Santoso (Director, CO-Jakarta)",), asked=("Hugo Marchetti",), told=("Felix Tanoto", "Colin Mbeki")
        ),
        Stage("Approve", ("Hugo Marchetti (HR Partner, Asia and the Pacific)",), delivered=("JPO unit", *everybody)),
        Stage("Issue the post", ("June Okafor (JPO unit)",), delivered=("JPO unit", *everybody, "June Okafor")),
    )


def test_what_is_foretold_is_what_is_written(cast):
    """Step by step, the letters that were announced are those that then lie in the outbox."""
    proposal = draft(cast.felix, cast.offices["CO-Jakarta"])
    invite(proposal, cast.colin)
    foretold = ahead(proposal, cast.felix).stages
    steps = [("submit", cast.felix), ("endorse", cast.diego), ("approve", cast.hugo)]
    for stage, (action, user) in zip(foretold, steps, strict=False):
        before = proposal.letters.count()
        step(action, proposal, user)
        written = {letter.to_name for letter in proposal.letters.order_by("pk")[before:]}
        assert {*stage.asked, *stage.delivered, *stage.told} == written


def test_where_two_may_decide_one_of_them_gets_the_pdf_as_a_decider(cast):
    issue = ahead(of_two(cast), cast.ana).stages[-1]
    assert issue.delivered == ("JPO unit", "Ana Lindqvist", "Otto Berg or Dina Haddad", "June Okafor")


def test_while_somebody_acts_for_the_director_both_stand_there(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    with time_machine.travel(timezone.now() + ACTING_AFTER + datetime.timedelta(days=1)):
        found = ahead(proposal, cast.ana)
        until = Appointment.objects.get(acting_for=cast.dina).ends
    assert found.sentence == ("WORKSKILLS: Director Adele Fontaine (acting for Dina Haddad) or Dina Haddad, then the JPO unit.")
    assert found.stages[1].takers == (
        f"Adele Fontaine (Director, WORKSKILLS (acting for Dina Haddad), until {until.day} {until:%B %Y})",
        "Dina Haddad (Director, WORKSKILLS)",
    )


def test_decisions_on_an_unchanged_text_stand_after_a_return_and_fall_with_a_word(cast):
    proposal = bring_to(State.APPROVAL, cast, field=True)
    endorsed = told(Event.objects.get(action="endorse"))
    step("return", proposal, cast.hugo, comment="Please wait.")
    found = ahead(proposal, cast.felix)
    assert found.standing == (endorsed,)
    assert [stage.label for stage in found.stages] == ["Submit to the HR Partner", "Approve", "Issue the post"]
    assert found.sentence == "CO-Jakarta: HR Partner Hugo Marchetti for Asia and the Pacific, then the JPO unit."
    write(proposal.pk, Introduction, cast.felix, {"introduction": "<p>Another.</p>"}, 0)
    changed = ahead(proposal, cast.felix)
    assert (changed.standing, [stage.label for stage in changed.stages]) == (
        (), ["Submit to the Director", "Endorse", "Approve", "Issue the post"],
    )  # fmt: skip


def test_all_decisions_may_stand(cast):
    proposal = bring_to(State.SUBMITTED, cast, field=True)
    step("return", proposal, cast.june, comment="Please wait.")
    found = ahead(proposal, cast.felix)
    assert found.standing == tuple(told(Event.objects.get(action=action)) for action in ("endorse", "approve"))
    assert found.sentence == "CO-Jakarta: the JPO unit."
    assert [stage.label for stage in found.stages] == ["Submit to the JPO unit", "Issue the post"]


def test_a_new_proposal_is_foretold_before_it_exists(cast):
    assert for_office(cast.offices["CO-Jakarta"], cast.felix).sentence == (
        "CO-Jakarta: Director Diego Santoso, then HR Partner Hugo Marchetti for Asia and the Pacific, then the JPO unit."
    )
    assert for_office(cast.offices["WORKSKILLS"], cast.dina).sentence == (
        "WORKSKILLS: Director Maya Ferreira of ILO-HQ, then the JPO unit."
    )
    assert Proposal.objects.count() == 0


# The pages


def test_the_page_says_it_all_in_one_place(cast):
    proposal = begin(cast.felix, cast.offices["CO-Jakarta"])
    said = text(signed_in(cast.felix).get(f"/proposals/{proposal.pk}/ahead/"))
    for sentence in (
        "CO-Jakarta: Director Diego Santoso, then HR Partner",
        "Field post: CO-Jakarta, Asia and the Pacific.",
        "If that is wrong, ask the JPO unit to correct the register",
        "Supervision 3 things missing",
        "Introduction 1 thing missing",
        "Gets a letter that asks to decide: Hugo Marchetti.",
        "Choose another office",
    ):
        assert sentence in said, said
    assert "What stands already" not in said
    assert "Who is missing" not in said


def test_on_the_page_decisions_stand_and_the_missing_are_named(cast):
    proposal = bring_to(State.APPROVAL, cast, field=True)
    step("return", proposal, cast.hugo, comment="Please wait.")
    Appointment.objects.filter(role="hr_partner").delete()
    said = text(signed_in(cast.felix).get(f"/proposals/{proposal.pk}/ahead/"))
    assert "What stands already Diego Santoso (Director, CO-Jakarta) endorsed it on" in said
    assert "Who is missing Nobody is appointed as HR Partner of Asia and the Pacific. Ask the JPO unit to enter one." in said
    assert "Nothing: every section is complete." in said


def test_another_page_gets_the_short_form_alone(cast):
    proposal = draft(cast.felix, cast.offices["CO-Jakarta"])
    felix = signed_in(cast.felix)
    part = felix.get(f"/proposals/{proposal.pk}/ahead/", headers={"HX-Request": "true"})
    assert "HX-Request" in part["Vary"]
    assert "<main" not in part.content.decode()
    assert "Director Diego Santoso" in part.content.decode()
    for page in ("edit/", "edit/introduction/"):
        asked = felix.get(f"/proposals/{proposal.pk}/{page}").content.decode()
        assert f'hx-get="/proposals/{proposal.pk}/ahead/"' in asked
        assert f'<a href="/proposals/{proposal.pk}/ahead/">' in asked


def test_the_choice_of_an_office_says_who_would_decide(cast):
    felix = signed_in(cast.felix)
    asked = felix.get("/proposals/new/ahead/", {"office": cast.offices["CO-Jakarta"].pk}, headers={"HX-Request": "true"})
    assert "Director Diego Santoso, then HR Partner Hugo Marchetti" in asked.content.decode()
    for odd in ("", "0", "x", "9" * 30, "²"):
        nothing = felix.get("/proposals/new/ahead/", {"office": odd}, headers={"HX-Request": "true"})
        assert (nothing.status_code, nothing.content.strip()) == (200, b"")
        assert "Choose one first." in text(felix.get("/proposals/new/ahead/", {"office": odd}))


def test_the_way_ahead_costs_little_however_much_lies_behind(cast):
    proposal = bring_to(State.APPROVAL, cast, field=True)
    felix = signed_in(cast.felix)
    address = f"/proposals/{proposal.pk}/ahead/"
    few = cost(felix, address)
    for _ in range(5):
        step("return", proposal, cast.hugo, comment="Again.")
        step("submit", proposal, cast.felix)
    for name in ("colin", "otto", "ana"):
        invite(proposal, cast.people[name])
    step("return", proposal, cast.hugo, comment="Again.")
    assert cost(felix, address) <= 10
    assert few <= 10
    assert cost(felix, f"/proposals/new/ahead/?office={cast.offices['CO-Jakarta'].pk}") <= 10
