"""Who is written to about each step, what kind of letter, and what is enclosed; also in the second round."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from organisation.models import Appointment, Office, User
from proposals.models import Event, Proposal
from proposals.policy import Role, addressees, roles_held, visible_to, with_roles
from proposals.states import State
from proposals.writing import invite
from tests.story import bring_to, draft, step
from workflow.demonstration.cast import ACTING_AFTER
from workflow.engine import Issuing, case_of, offers
from workflow.letters import recipients
from workflow.models import Letter

MAILBOX = "jpo@ilo.org"

# Ana (at headquarters) or Felix (in the field) is the author, Colin a colleague, Otto was one once. A line: who takes which
# step, who is asked to decide (with the PDF), to whom the PDF is delivered, who is told. The last column is the new state.
HEADQUARTERS = """
ana submit     | dina |                            | colin            | endorsement
dina return    |      |                            | ana colin        | returned
ana submit     | dina |                            | colin            | endorsement
dina endorse   |      | jpo@ilo.org ana colin dina |                  | submitted
june return    |      |                            | ana colin dina   | returned
ana submit     |      | jpo@ilo.org ana colin dina |                  | submitted
june issue     |      | jpo@ilo.org ana colin dina june |             | issued
"""
HEADQUARTERS_BY_THE_COLLEAGUE = """
colin submit   | dina |                            | ana              | endorsement
colin recall   |      |                            | ana dina         | draft
colin withdraw |      |                            | ana              | withdrawn
colin reopen   |      |                            | ana              | draft
colin submit   | dina |                            | ana              | endorsement
maya endorse   |      | jpo@ilo.org ana colin maya |                  | submitted
"""
FIELD = """
felix submit   | diego |                                    | colin            | endorsement
diego endorse  | hugo  |                                    | felix colin      | approval
hugo return    |       |                                    | felix colin diego | returned
felix submit   | hugo  |                                    | colin            | approval
felix recall   |       |                                    | colin hugo       | draft
felix submit   | hugo  |                                    | colin            | approval
hugo approve   |       | jpo@ilo.org felix colin diego hugo |                  | submitted
june return    |       |                                    | felix colin diego hugo | returned
felix submit   |       | jpo@ilo.org felix colin diego hugo |                  | submitted
june issue     |       | jpo@ilo.org felix colin diego hugo june |             | issued
"""
# The second round, after the duties were rewritten: everybody is asked anew.
FIELD_CHANGED = """
felix submit   | diego |                                    | colin            | endorsement
diego endorse  | hugo  |                                    | felix colin      | approval
hugo approve   |       | jpo@ilo.org felix colin diego hugo |                  | submitted
june return    |       |                                    | felix colin diego hugo | returned
felix rewrite
felix submit   | diego |                                    | colin            | endorsement
diego return   |       |                                    | felix colin      | returned
felix rewrite
felix submit   | diego |                                    | colin            | endorsement
diego endorse  | hugo  |                                    | felix colin      | approval
hugo approve   |       | jpo@ilo.org felix colin diego hugo |                  | submitted
"""
WITHDRAWN = """
ana withdraw   | draft       | headquarters | colin
ana withdraw   | returned    | headquarters | colin
june withdraw  | returned    | headquarters | ana colin
ana withdraw   | endorsement | headquarters | colin dina
june withdraw  | endorsement | headquarters | ana colin dina
ana withdraw   | submitted   | headquarters | colin dina june
june withdraw  | submitted   | headquarters | ana colin dina
felix withdraw | endorsement | field        | colin diego
felix withdraw | approval    | field        | colin diego hugo
june withdraw  | approval    | field        | felix colin diego hugo
felix withdraw | submitted   | field        | colin diego hugo june
"""


def post(event: Event) -> dict[str, set[str]]:
    """The letters of a step by their kind: who is asked, to whom the PDF is delivered, who is told."""
    kinds: dict[str, set[str]] = {"asked": set(), "delivered": set(), "told": set()}
    letters = list(Letter.objects.filter(key__startswith=f"event {event.pk} to "))
    for letter in letters:
        first = letter.subject.partition(":")[0]
        kind = {"For your endorsement": "asked", "For your approval": "asked", "Submitted": "delivered"}.get(first, "told")
        kind = "delivered" if first == "Issued" else kind
        assert letter.enclosure == (None if kind == "told" else event.renditions.first())
        kinds[kind].add(letter.to_address.removesuffix("@demo.example"))
    assert len({letter.to_address for letter in letters}) == len(letters), "somebody gets two letters"
    return kinds


def announced(action: str, proposal: Proposal, user: User) -> set[str]:
    """Whom the page says the step will write to."""
    seen = with_roles(visible_to(user).whole(), user).get(pk=proposal.pk)
    case = case_of(seen)
    offer = next(offer for offer in offers(case, roles_held(seen)) if offer.step.action == action)
    people = recipients(offer.step, case, user)
    assert len({person.address for person in people}) == len(people), "the page names somebody twice"
    return {person.address.removesuffix("@demo.example") for person in people}


def with_colleagues(proposal: Proposal, cast) -> Proposal:
    """A proposal that Colin writes in, and Otto once did."""
    invite(proposal, cast.colin)
    once = invite(proposal, cast.otto)
    once.until = timezone.now()
    once.save()
    return proposal


@pytest.mark.parametrize(
    ("table", "author", "office"),
    [
        (HEADQUARTERS, "ana", "WORKSKILLS"),
        (HEADQUARTERS_BY_THE_COLLEAGUE, "ana", "WORKSKILLS"),
        (FIELD, "felix", "CO-Jakarta"),
        (FIELD_CHANGED, "felix", "CO-Jakarta"),
    ],
    ids=["headquarters", "headquarters, by the colleague", "field", "field, with changed text"],
)
def test_every_step_writes_to_these_and_to_nobody_else(cast, table, author, office):
    proposal = with_colleagues(draft(getattr(cast, author), cast.offices[office]), cast)
    for number, line in enumerate(table.strip().splitlines()):
        who, action = line.partition("|")[0].split()
        user = getattr(cast, who)
        if action == "rewrite":
            proposal.refresh_from_db()
            proposal.dutiesandresponsibilities.duties = f"<p>Rewritten at line {number}.</p>"
            proposal.dutiesandresponsibilities.save()
            continue
        asked, delivered, told, state = [cell.split() for cell in line.split("|")[1:]]
        said_before = announced(action, proposal, user)
        event = step(action, proposal, user, comment="For a reason.", issuing=Issuing(3, 2027))
        expected = {"asked": set(asked), "delivered": set(delivered), "told": set(told)}
        assert (post(event), event.said["to"]) == (expected, state[0]), line
        assert said_before == {*asked, *delivered, *told}, line


@pytest.mark.parametrize("line", WITHDRAWN.strip().splitlines())
def test_a_withdrawal_is_told_to_whoever_had_it_and_whoever_decided(cast, line):
    (who, action), (state,), (kind,), told = [cell.split() for cell in line.split("|")]
    proposal = with_colleagues(bring_to(State(state), cast, field=kind == "field"), cast)
    event = step(action, proposal, getattr(cast, who), comment="The post is no longer needed.")
    assert post(event) == {"asked": set(), "delivered": set(), "told": set(told)}


def test_the_pdf_enclosed_is_the_edition_of_its_step(cast):
    proposal = bring_to(State.ISSUED, cast)
    editions = [letter.enclosure.edition for letter in Letter.objects.filter(to_address=MAILBOX).order_by("pk")]
    assert editions == ["submission", "issued"]
    assert {letter.proposal for letter in Letter.objects.all()} == {proposal}


# Who is asked


def asked(event: Event) -> set[str]:
    return post(event)["asked"]


def test_the_nearest_director_going_up_is_asked(cast):
    unit = cast.offices["WORKSKILLS/YOUTH"]
    assert asked(step("submit", draft(cast.ana, unit), cast.ana)) == {"dina"}
    Appointment.objects.create(user=cast.otto, role="director", office=unit)
    assert asked(step("submit", draft(cast.ana, unit), cast.ana)) == {"otto"}
    assert asked(step("submit", draft(cast.ana, cast.offices["ILO-HQ"]), cast.ana)) == {"maya"}


def test_in_the_dated_weeks_the_acting_director_is_asked_beside_the_director(cast):
    with time_machine.travel(timezone.now() + ACTING_AFTER):
        assert asked(step("submit", draft(cast.ana, cast.offices["WORKSKILLS"]), cast.ana)) == {"dina", "adele"}
    assert asked(step("submit", draft(cast.ana, cast.offices["WORKSKILLS"]), cast.ana)) == {"dina"}


def test_a_directors_own_text_goes_past_the_director_and_the_deputy_to_the_office_above(cast):
    with time_machine.travel(timezone.now() + ACTING_AFTER):
        event = step("submit", draft(cast.dina, cast.offices["WORKSKILLS"]), cast.dina)
    assert post(event) == {"asked": {"maya"}, "delivered": set(), "told": set()}


def test_a_director_who_once_was_a_colleague_is_not_asked(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    once = invite(proposal, cast.dina)
    once.until = timezone.now()
    once.save()
    assert asked(step("submit", proposal, cast.ana)) == {"maya"}


def test_every_hr_partner_of_the_region_is_asked_and_none_of_another(cast):
    asia = cast.offices["CO-Jakarta"].region
    Appointment.objects.create(user=cast.otto, role="hr_partner", region=asia)
    proposal = bring_to(State.ENDORSEMENT, cast, field=True)
    assert asked(step("endorse", proposal, cast.diego)) == {"hugo", "otto"}


def test_an_hr_partner_is_not_asked_to_approve_a_text_of_their_own(cast):
    asia = cast.offices["CO-Jakarta"].region
    proposal = draft(cast.hugo, cast.offices["CO-Jakarta"])
    Appointment.objects.create(user=cast.otto, role="hr_partner", region=asia)
    step("submit", proposal, cast.hugo)
    assert post(step("endorse", proposal, cast.diego)) == {"asked": {"otto"}, "delivered": set(), "told": {"hugo"}}


def test_closed_accounts_and_ended_appointments_get_no_letter(cast):
    proposal = with_colleagues(bring_to(State.SUBMITTED, cast), cast)
    step("return", proposal, cast.june, comment="Once more.")
    User.objects.filter(pk__in=[cast.dina.pk, cast.colin.pk]).update(is_active=False)
    event = step("withdraw", proposal, cast.june, comment="The donor has left.")
    assert post(event)["told"] == {"ana"}
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    again = step("submit", draft(cast.felix, cast.offices["WORKSKILLS"]), cast.felix)
    assert post(again)["asked"] == {"maya"}
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Appointment.objects.filter(user=cast.hugo).update(ends=yesterday)
    Appointment.objects.create(user=cast.otto, role="hr_partner", region=cast.offices["CO-Jakarta"].region)
    field = step("endorse", bring_to(State.ENDORSEMENT, cast, field=True), cast.diego)
    assert post(field)["asked"] == {"otto"}


def test_a_closed_author_gets_nothing_and_the_others_do(cast):
    proposal = with_colleagues(bring_to(State.ENDORSEMENT, cast), cast)
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert post(step("endorse", proposal, cast.dina)) == {
        "asked": set(),
        "delivered": {MAILBOX, "colin", "dina"},
        "told": set(),
    }


def test_authors_are_never_asked_to_decide(cast):
    assert addressees(draft(cast.ana, cast.offices["WORKSKILLS"]), Role.AUTHOR) == []


# Nobody twice


def test_one_who_is_director_and_hr_partner_gets_one_letter(cast):
    Appointment.objects.create(user=cast.diego, role="hr_partner", region=cast.offices["CO-Jakarta"].region)
    proposal = bring_to(State.ENDORSEMENT, cast, field=True)
    assert post(step("endorse", proposal, cast.diego))["asked"] == {"diego", "hugo"}
    assert post(step("approve", proposal, cast.diego))["delivered"] == {MAILBOX, "felix", "diego"}


def test_a_director_appointed_twice_gets_one_letter(cast):
    Appointment.objects.create(user=cast.dina, role="director", office=cast.offices["WORKSKILLS"], acting_for=cast.maya)
    assert asked(step("submit", draft(cast.ana, cast.offices["WORKSKILLS"]), cast.ana)) == {"dina"}


@pytest.mark.parametrize("mailbox", ["june@demo.example", "June@Demo.Example"])
def test_a_mailbox_that_is_somebodys_own_address_gets_one_letter(settings, cast, mailbox):
    settings.JPO_MAILBOX = mailbox
    proposal = bring_to(State.SUBMITTED, cast)
    assert len(announced("issue", proposal, cast.june)) == 3
    event = step("issue", proposal, cast.june, issuing=Issuing(3, 2027))
    addresses = Letter.objects.filter(key__startswith=f"event {event.pk} ").values_list("to_address", flat=True)
    assert sorted(addresses) == sorted([mailbox, "ana@demo.example", "dina@demo.example"])


# What stands in them


def test_a_letter_to_the_director_says_who_asks_for_what_and_where(cast, settings):
    settings.SITE_URL = "https://jpo.example.org"
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    step("submit", proposal, cast.ana, comment="Dina, the donor waits.")
    letter = Letter.objects.get(to_address="dina@demo.example")
    assert letter.subject == "For your endorsement: Junior Professional Officer on apprenticeship systems (WORKSKILLS)"
    assert letter.to_name == "Dina Haddad"
    assert letter.body == (
        "Dear Dina Haddad,\n"
        "\n"
        "Ana Lindqvist (author) submitted it to the Director:\n"
        "\n"
        "  Junior Professional Officer on apprenticeship systems\n"
        "  Headquarters post: WORKSKILLS\n"
        "\n"
        "They write:\n"
        "\n"
        "Dina, the donor waits.\n"
        "\n"
        "The proposal is enclosed as a PDF. Please read it and endorse it or return it here:\n"
        "\n"
        f"https://jpo.example.org/proposals/{proposal.pk}/\n"
        "\n"
        "Opening the page decides nothing; you decide there with a button.\n"
        "\n"
        "JPO Portal\n"
    )


def test_a_reason_reaches_the_author(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    event = step("return", proposal, cast.dina, comment="Please name the outputs.\nAnd the donor.")
    letter = Letter.objects.get(key=f"event {event.pk} to ana@demo.example")
    assert letter.subject == "Junior Professional Officer on apprenticeship systems: Dina Haddad returned it"
    assert "The reason:\n\nPlease name the outputs.\nAnd the donor.\n" in letter.body
    assert "It is now: Returned to the author." in letter.body


def test_the_mailbox_reads_number_and_title_in_the_subject(cast):
    bring_to(State.ISSUED, cast)
    subjects = [letter.subject for letter in Letter.objects.filter(to_address=MAILBOX).order_by("pk")]
    assert subjects == [
        "Submitted: Junior Professional Officer on apprenticeship systems (WORKSKILLS)",
        "Issued: post 1000, Junior Professional Officer on apprenticeship systems (WORKSKILLS)",
    ]


def test_a_hostile_title_or_reason_stays_text_and_the_subject_one_line(cast):
    hostile = "on {{ 7|add:7 }} <b>\r\nBcc: everybody@example.org\u2028%s {0}"
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], title=hostile)
    step("submit", proposal, cast.ana, comment="{{ said }} {% now 'Y' %} <script>")
    letter = Letter.objects.get(to_address="dina@demo.example")
    assert letter.subject == (
        "For your endorsement: Junior Professional Officer on {{ 7|add:7 }} <b> Bcc: everybody@example.org %s {0} (WORKSKILLS)"
    )
    assert "{{ said }} {% now 'Y' %} <script>" in letter.body


def test_a_long_title_fits_into_a_subject(cast):
    proposal = draft(
        cast.ana, cast.offices["WORKSKILLS"], title="on " + ", ".join(f"interdisciplinary field {n}" for n in range(10))
    )
    step("submit", proposal, cast.ana)
    letter = Letter.objects.get(to_address="dina@demo.example")
    assert len(letter.subject) <= 250
    assert letter.subject.startswith("For your endorsement: Junior Professional Officer on interdisciplinary field 0")


def test_the_office_of_a_letter_is_the_one_of_the_proposal(cast):
    office = Office.objects.create(code="EVAL/A & B", name="Evaluation", kind="unit", parent=cast.offices["WORKSKILLS"])
    step("submit", draft(cast.ana, office), cast.ana)
    assert Letter.objects.get(to_address="dina@demo.example").subject.endswith("(EVAL/A & B)")
