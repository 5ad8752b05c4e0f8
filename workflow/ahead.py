"""The way ahead of a proposal: who will decide, in which order and why, what is written to whom, and what is in the way."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from organisation.models import Appointment, Office, User
from proposals.access import is_author, person, seen
from proposals.forms import valid_offices
from proposals.models import Event, Proposal
from proposals.policy import Role, passed_over
from proposals.progress import title
from proposals.states import State
from workflow import letters
from workflow.engine import case_of
from workflow.steps import HOLDER, OF_THE_TEXT, STEPS, Case, Step


@dataclass(frozen=True)
class Stage:
    """One step of the way: who takes it, and who gets which letter about it."""

    label: str
    takers: tuple[str, ...]
    """By name and appointment; empty where its authors take it, or nobody may."""
    by_authors: bool = False
    asked: tuple[str, ...] = ()
    delivered: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ahead:
    """All that lies ahead of a proposal, in words.

    `standing` are the decisions that stand for its present text; `notes` say why somebody else decides than one would
    expect, `obstacles` why nobody could decide as things are, and whom to ask.
    """

    sentence: str
    stages: tuple[Stage, ...]
    standing: tuple[str, ...]
    notes: tuple[str, ...]
    obstacles: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """How many things are missing in a section, and where it is written."""

    heading: str
    count: int
    address: str


@require_safe
def ahead(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies ahead of a proposal, for its authors: a page, or its summary as a part of another page."""
    proposal = seen(request, pk)
    if not is_author(proposal):
        raise PermissionDenied("What lies ahead of a proposal is shown to its authors.")
    context = {
        "proposal": proposal,
        "title": title(proposal.newest(for_author=True) or proposal.document()),
        "ahead": way_ahead(case_of(proposal), person(request)),
        "missing": missing(proposal) if proposal.is_writable else [],
    }
    return _page_or_part(request, "workflow/ahead.html", "workflow/ahead_part.html", context)


@require_safe
def new_ahead(request: HttpRequest) -> HttpResponse:
    """Who would decide on a proposal for an office, while its author is still choosing one."""
    office = next((office for office in valid_offices() if str(office.pk) == request.GET.get("office")), None)
    context = {"office": office, "ahead": for_office(office, person(request)) if office else None}
    return _page_or_part(request, "workflow/ahead_new.html", "workflow/ahead_new_part.html", context)


def way_ahead(case: Case, user: User) -> Ahead:
    """What lies ahead of a proposal from where it stands, for the author who looks."""
    coming = list(_walk(case))
    return Ahead(
        sentence=_sentence(case, coming),
        stages=tuple(_stage(step, then, user) for step, then in coming),
        standing=tuple(_standing(case, coming)),
        notes=tuple(_notes(case, coming)),
        obstacles=tuple(_obstacles(coming)),
    )


def for_office(office: Office, user: User) -> Ahead:
    """Who would decide on a new proposal of this person's for an office; without letters, for nobody else writes yet."""
    proposal = Proposal(author=user, office=office)
    proposal.colleagues_now = []
    return way_ahead(Case(proposal, (), {}, State.DRAFT), user)


def missing(proposal: Proposal) -> list[Missing]:
    """What is still missing for the submission, section by section."""
    counts = Counter(problem.section for problem in proposal.document().problems())
    return [
        Missing(section.heading, count, reverse("section", args=[proposal.pk, section.name])) for section, count in counts.items()
    ]


def _page_or_part(request: HttpRequest, page: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """A page of its own, or the part of it that another page asks for by a script."""
    response = render(request, part if request.headers.get("HX-Request") else page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _walk(case: Case) -> Iterator[tuple[Step, Case]]:
    """The steps by which a proposal moves on from where it is, each with the case as it will be then."""
    while step := next((step for step in STEPS if step.leads(case.came_from) and step.when(case)), None):
        if case.came_from not in HOLDER:
            return  # what waits for nobody may be begun again; that is no way ahead
        yield step, case
        case = _after(step, case)


def _after(step: Step, case: Case) -> Case:
    """The case when a step has been taken by whoever may take it then."""
    event = Event(action=step.action, actor=_whoever(case))
    expected = (event,) if _takers(case) else ()
    standing = {**case.standing, step.action: event}
    return replace(case, came_from=step.target, events=(*case.events, *expected), standing=standing)


def _takers(case: Case) -> list[Appointment]:
    return case.addressees(HOLDER[case.came_from])


def _whoever(case: Case) -> User:
    """One person who stands for whoever of several will act; without name and address where nobody may."""
    people = {taker.user.pk: taker.user for taker in _takers(case)}
    if len(people) == 1:
        return next(iter(people.values()))
    names, addresses = ([user.name for user in people.values()], [user.email for user in people.values()])
    return User(pk=-len(case.events) - 1, name=" or ".join(names), email=" or ".join(addresses))


def _sentence(case: Case, coming: Sequence[tuple[Step, Case]]) -> str:
    """Who decides, in order: "CO-Jakarta: Director Diego Santoso, then HR Partner Hugo Marchetti for Asia, then the JPO unit"."""
    deciding = [then for _, then in coming if HOLDER[then.came_from] is not Role.AUTHOR]
    return f"{case.proposal.office}: {', then '.join(map(_who, deciding))}." if deciding else ""


def _who(then: Case) -> str:
    """Who has it in one stage, in the middle of a sentence."""
    role, office = HOLDER[then.came_from], then.proposal.office
    if role is Role.JPO_UNIT:
        return f"the {role}"
    takers = [_named(taker, office) for taker in _takers(then)]
    return f"{role} {' or '.join(takers)}" if takers else f"nobody yet as {role}"


def _named(taker: Appointment, office: Office) -> str:
    where = f" for {taker.region}" if taker.region else f" of {taker.office}" if taker.office != office else ""
    return f"{taker.user}{where}" + (f" (acting for {taker.acting_for})" if taker.acting_for else "")


def _stage(step: Step, then: Case, user: User) -> Stage:
    by_authors = HOLDER[then.came_from] is Role.AUTHOR
    written: dict[str, list[str]] = {"ask": [], "deliver": [], "tell": []}
    for kind, reader in letters.addressed(step, then, user if by_authors else _whoever(then)):
        if reader.address:
            written[kind].append(reader.name)
    return Stage(
        label=step.label,
        takers=tuple(map(_in_full, _takers(then))),
        by_authors=by_authors,
        asked=tuple(written["ask"]),
        delivered=tuple(written["deliver"]),
        told=tuple(written["tell"]),
    )


def _in_full(taker: Appointment) -> str:
    until = f", until {taker.ends.day} {taker.ends:%B %Y}" if taker.ends else ""
    return f"{taker.user} ({taker.words}{until})"


def _standing(case: Case, coming: Sequence[tuple[Step, Case]]) -> Iterator[str]:
    """The decisions that a text unread by anybody would need, and that this one has already."""
    needed = {step.action for step, _ in coming}
    for step, _ in _walk(replace(case, standing={})) if case.proposal.is_writable else ():
        if step.action in case.standing and step.action not in needed:
            yield letters.told(case.standing[step.action])


def _notes(case: Case, coming: Sequence[tuple[Step, Case]]) -> Iterator[str]:
    """Why somebody else decides than the office's own Director or HR Partner."""
    roles = {HOLDER[then.came_from] for _, then in coming}
    directors = case.addressees(Role.DIRECTOR) if Role.DIRECTOR in roles else []
    nearest = max((len(taker.office.path) for taker in directors if taker.office), default=0)
    over = [held for held in passed_over(case.proposal) if not held.office or len(held.office.path) >= nearest]
    over = [held for held in over if _ROLES[held.role] in roles]
    for held in over:
        yield f"{held.user} ({held.words}) may not decide on it: this text is theirs too, or that of somebody they act for."
    if directors and not over and directors[0].office != case.proposal.office:
        yield f"{case.proposal.office} has no Director of its own today; that of {directors[0].office} decides."
    if Role.JPO_UNIT in roles and not case.addressees(Role.JPO_UNIT):
        yield "Nobody is appointed to the JPO unit today; the PDF still arrives in its mailbox."


_ROLES = {Appointment.DIRECTOR: Role.DIRECTOR, Appointment.HR_PARTNER: Role.HR_PARTNER}


def _obstacles(coming: Sequence[tuple[Step, Case]]) -> Iterator[str]:
    """What would stop it, the text apart: each sentence once, with whom to ask."""
    said = (obstacle(then) for step, then in coming for obstacle in step.obstacles if obstacle not in OF_THE_TEXT)
    yield from dict.fromkeys(filter(None, said))
