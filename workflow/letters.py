"""What is written to whom about a step: one row of the outbox per person, in the transaction of the step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from organisation.models import User
from proposals.models import Event, Proposal, Rendition
from proposals.reasons import reasons_given
from proposals.writing import when
from workflow.models import Letter
from workflow.steps import HOLDER, Case, Step, Told


@dataclass(frozen=True)
class Person:
    """Somebody a letter goes to."""

    name: str
    address: str


def write(event: Event, step: Step, case: Case, actor: User, rendition: Rendition | None) -> list[Letter]:
    """Writes the letters of a step: to those it asks to decide, to those it tells, to the JPO unit's mailbox.

    Nobody gets two letters about one step; whoever is asked to decide is asked, not told. The one who took the step is
    not told of it, except that a delivered PDF goes to every decider.
    """
    return Letter.objects.bulk_create(
        _letter(kind, person, event, step, case, None if kind == "tell" else rendition)
        for kind, person in addressed(step, case, actor)
    )


def told(event: Event) -> str:
    """An event as a sentence: "Dina Haddad (Director, WORKSKILLS) endorsed it on 22 November 2026, 14:02."""
    said = event.said
    return f"{said['actor']['name']} ({said['role']}) {said['done']} on {when(event.at)}."


def link(proposal: Proposal) -> str:
    """The address of a proposal's page, for letters: always the configured site, never the visitor's host."""
    return settings.SITE_URL + reverse("proposal", args=[proposal.pk])


def recipients(step: Step, case: Case, actor: User) -> list[Person]:
    """Whom a step would write to, for the page that announces it."""
    return [person for _kind, person in addressed(step, case, actor)]


def addressed(step: Step, case: Case, actor: User) -> Iterable[tuple[str, Person]]:
    """The kind of letter for each person a step writes to; each address once, with the first kind that fits."""
    asked = case.addressees(step.asks) if step.asks else []
    mailbox = [Person("JPO unit", settings.JPO_MAILBOX)] if Told.MAILBOX in step.tells else []
    kinds = (
        ("ask", [Person(a.user.name, a.user.email) for a in asked]),
        ("deliver", mailbox),
        ("deliver" if step.delivers else "tell", _told(step, case, actor)),
    )
    once: dict[str, tuple[str, Person]] = {}
    for kind, people in kinds:
        for person in people:
            once.setdefault(person.address.lower(), (kind, person))
    return once.values()


def _told(step: Step, case: Case, actor: User) -> list[Person]:
    people: dict[int, User] = {}
    if Told.AUTHORS in step.tells:
        people |= {user.pk: user for user in case.authors()}
    if Told.DECIDERS in step.tells:
        people |= {e.actor.pk: e.actor for e in case.events if e.action in ("endorse", "approve")}
    if Told.HOLDERS in step.tells and (holder := HOLDER.get(case.came_from)):
        people |= {a.user.pk: a.user for a in case.addressees(holder)}
    if step.delivers:
        people[actor.pk] = actor
    else:
        people.pop(actor.pk, None)
    return [Person(user.name, user.email) for user in people.values() if user.is_active]


def _letter(kind: str, person: Person, event: Event, step: Step, case: Case, enclosure: Rendition | None) -> Letter:
    reasons = reasons_given([*case.events, event])
    context = {"event": event, "said": event.said, "step": step, "reasons": reasons}
    return compose(kind, f"event {event.pk}", person, case.proposal, enclosure, **context)


def compose(
    kind: str, occasion: str, person: Person, proposal: Proposal, enclosure: Rendition | None = None, **context: Any
) -> Letter:
    """A letter about a proposal, not yet in the outbox: the first line of its template is its subject.

    Args:
        kind: the name of its template; `context`: what stands there besides person, proposal and link.
        occasion: what it is about, in its key: nobody is written to twice about the same.
    """
    context |= {"person": person, "proposal": proposal, "link": link(proposal)}
    subject, _, body = render_to_string(f"workflow/letters/{kind}.txt", context).strip().partition("\n")
    return Letter(
        key=f"{occasion} to {person.address}",
        proposal=proposal,
        to_name=person.name,
        to_address=person.address,
        subject=" ".join(subject.split())[:250],
        body=body.strip() + "\n",
        enclosure=enclosure,
    )
