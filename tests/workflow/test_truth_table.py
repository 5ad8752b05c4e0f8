"""Who may do what, where a proposal stands: written out by hand, and held against every list, button and direct attempt."""

import datetime

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from proposals.models import Event, Proposal
from proposals.policy import Role, roles_held, visible_to, with_roles
from proposals.states import State
from proposals.writing import invite
from tests.story import bring_to, draft, step
from workflow.demonstration.cast import ACTING_AFTER
from workflow.engine import Issuing, Refused, case_of, offers, take

ACTIONS = ("submit", "recall", "return", "endorse", "approve", "issue", "withdraw", "reopen")

# "–": sees it and may do nothing; "404": it does not exist for them.
# "adele" is outside her dated weeks, "adele-acting" within; "colin" is a colleague, "colin-once" no longer is.
HEADQUARTERS = """
                      | ana colin                | dina maya adele-acting | june                  | others
draft                 | submit withdraw          | 404                    | 404                   | 404
draft, taken back     | submit withdraw          | 404                    | 404                   | 404
endorsement           | recall withdraw          | return endorse         | withdraw              | 404
returned              | submit withdraw          | –                      | withdraw              | 404
submitted             | withdraw                 | –                      | return issue withdraw | 404
issued                | –                        | –                      | –                     | 404
withdrawn             | reopen                   | –                      | –                     | 404
withdrawn, unread     | reopen                   | 404                    | 404                   | 404
"""
FIELD = """
                      | felix colin              | diego                  | hugo                  | june                  | others
draft                 | submit withdraw          | 404                    | 404                   | 404                   | 404
draft, taken back     | submit withdraw          | 404                    | 404                   | 404                   | 404
endorsement           | recall withdraw          | return endorse         | –                     | withdraw              | 404
returned              | submit withdraw          | –                      | –                     | withdraw              | 404
approval              | recall withdraw          | –                      | return approve        | withdraw              | 404
submitted             | withdraw                 | –                      | –                     | return issue withdraw | 404
issued                | –                        | –                      | –                     | –                     | 404
withdrawn             | reopen                   | –                      | –                     | –                     | 404
withdrawn, unread     | reopen                   | 404                    | 404                   | 404                   | 404
"""
EVERYBODY = {
    "headquarters": "ana colin colin-once felix dina diego maya adele adele-acting hugo hana sofia greta june otto root".split(),
    "field": "felix colin colin-once ana diego dina maya adele adele-acting hugo hana sofia greta june otto root".split(),
}


def read(table: str, everybody: list[str]) -> dict[tuple[str, str], str]:
    """A table as what stands in it by state and person."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip("\n").splitlines()]
    heads, said = rows[0][1:], {}
    named = {person for head in heads for person in head.split()}
    for state, *cells in rows[1:]:
        for head, cell in zip(heads, cells, strict=True):
            people = [p for p in everybody if p not in named] if head == "others" else head.split()
            said |= {(state, person): cell for person in people}
    return said


TABLES = {"headquarters": read(HEADQUARTERS, EVERYBODY["headquarters"]), "field": read(FIELD, EVERYBODY["field"])}
ROWS = [(kind, state) for kind, table in TABLES.items() for state in dict.fromkeys(state for state, _ in table)]


def brought_to(words: str, cast, field: bool) -> Proposal:
    """A proposal in a state of the table, by real steps."""
    author = cast.felix if field else cast.ana
    if words == "draft, taken back":
        proposal = bring_to(State.ENDORSEMENT, cast, field=field)
        step("recall", proposal, author)
    elif words == "withdrawn, unread":
        proposal = draft(author, cast.offices["CO-Jakarta" if field else "WORKSKILLS"])
        step("withdraw", proposal, author, comment="The post is no longer needed.")
    else:
        proposal = bring_to(State(words), cast, field=field)
    invite(proposal, cast.colin)
    return Proposal.objects.whole().get(pk=proposal.pk)


class At:
    """One person at the moment of the table: in their dated weeks, or no longer a colleague."""

    def __init__(self, cast, person: str, proposal: Proposal) -> None:
        name, _, how = person.partition("-")
        self.user = type(cast.ana).objects.get(pk=getattr(cast, name).pk)
        days = ACTING_AFTER + datetime.timedelta(days=1) if how == "acting" else datetime.timedelta()
        self.clock = time_machine.travel(timezone.now() + days)
        self.until = timezone.now() if how == "once" else None
        self.proposal = proposal

    def __enter__(self):
        self.clock.start()
        self.proposal.colleagues.update(until=self.until)
        return self.user

    def __exit__(self, *exception):
        self.clock.stop()


@pytest.mark.parametrize(("kind", "state"), ROWS)
def test_what_is_offered_is_what_the_table_says(cast, kind, state):
    proposal = brought_to(state, cast, kind == "field")
    offered = {}
    for person in EVERYBODY[kind]:
        with At(cast, person, proposal) as user:
            seen = with_roles(visible_to(user).whole(), user).filter(pk=proposal.pk).first()
            names = [offer.step.action for offer in offers(case_of(seen), roles_held(seen))] if seen else ["404"]
            offered[state, person] = " ".join(names) or "–"
    assert offered == {place: cell for place, cell in TABLES[kind].items() if place[0] == state}


@pytest.mark.parametrize(("kind", "state"), ROWS)
def test_every_attempt_outside_the_table_is_refused_and_every_one_inside_succeeds(cast, kind, state):
    proposal = brought_to(state, cast, kind == "field")
    author = cast.felix if kind == "field" else cast.ana
    events, wrong = Event.objects.count(), []
    for person in EVERYBODY[kind]:
        cell = TABLES[kind][state, person]
        for action in ACTIONS:
            with At(cast, person, proposal) as user:
                writes = person in (author.get_short_name().lower(), "colin")
                outcome = attempt(action, proposal, user, proposal.seen(for_author=writes))
            expected = "taken" if action in cell.split() else "does not exist" if cell == "404" else "refused"
            if outcome != expected:
                wrong.append((person, action, outcome, expected))
    assert wrong == []
    assert Event.objects.count() == events
    assert Proposal.objects.whole().get(pk=proposal.pk).seen() == proposal.seen()


def attempt(action: str, proposal: Proposal, user, seen: str) -> str:
    """What becomes of a step asked for directly, past every page; whatever it did is undone."""
    before = Event.objects.count()
    try:
        with transaction.atomic():
            take(action, proposal.pk, user, seen=seen, comment="For a reason.", issuing=Issuing(month=5, year=2027))
            made = Event.objects.count() - before
            transaction.set_rollback(True)
            return "taken" if made == 1 else f"taken with {made} events"
    except Proposal.DoesNotExist:
        return "does not exist"
    except Refused:
        return "refused"


def test_nobody_is_offered_a_step_whose_role_they_do_not_hold(cast):
    """The buttons follow the roles alone: a person's other titles change nothing."""
    proposal = bring_to(State.SUBMITTED, cast)
    case = case_of(Proposal.objects.whole().get(pk=proposal.pk))
    assert offers(case, frozenset()) == []
    assert [offer.step.action for offer in offers(case, frozenset({Role.DIRECTOR, Role.HR_PARTNER}))] == []


def test_every_person_of_the_cast_stands_in_the_tables(cast):
    assert {person.partition("-")[0] for people in EVERYBODY.values() for person in people} == set(cast.people)
    assert all((state, person) in TABLES[kind] for kind, state in ROWS for person in EVERYBODY[kind])
