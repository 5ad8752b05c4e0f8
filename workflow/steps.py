"""STEPS is the whole workflow: one row for each way a proposal can move. `engine.take` reads it, and nothing else does."""

import enum
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from documents.paper import Edition
from organisation.models import Appointment, User
from proposals.models import Event, Proposal
from proposals.policy import Role, deciders
from proposals.reasons import Found, found_in
from proposals.sections import form
from proposals.states import WRITABLE, State


@dataclass(frozen=True)
class Case:
    """A proposal at the moment of a step, and the decisions that already stand for the very text it holds now."""

    proposal: Proposal
    events: tuple[Event, ...]
    standing: Mapping[str, Event]
    came_from: State
    known: dict[Role, list[Appointment]] = field(default_factory=dict, compare=False, repr=False)
    """Who is asked to decide, role by role; looked up once, for the obstacles and the letters of this step and later ones."""

    @classmethod
    def of(cls, proposal: Proposal, events: list[Event]) -> "Case":
        """The case of a proposal and its events (in order, with their versions)."""
        text = proposal.document().answers_digest()
        standing = {
            event.action: event
            for event in events
            if event.version and event.version.answers == text and event.version.office_id == proposal.office_id
        }
        return cls(proposal, tuple(events), standing, State(proposal.state))

    def addressees(self, role: Role) -> list[Appointment]:
        """Who is asked to decide on it in a role; authors are asked nothing."""
        if not self.known:
            self.known.update(deciders(self.proposal))
        return self.known.get(role, [])

    @functools.cached_property
    def found(self) -> Found:
        """What the readiness check finds in its text now, and the reasons given for it."""
        return found_in(self.proposal, self.proposal.document())

    def authors(self) -> list[User]:
        """Its author and the colleagues who write in it now."""
        return [self.proposal.author, *self.proposal.colleagues_now]

    @property
    def is_field(self) -> bool:
        """Whether it is for a field post."""
        return self.proposal.is_field


Condition = Callable[[Case], bool]
Obstacle = Callable[[Case], str | None]


def always(case: Case) -> bool:
    """–"""
    return True


def field_post(case: Case) -> bool:
    """field post"""
    return case.is_field


def headquarters_post(case: Case) -> bool:
    """headquarters post"""
    return not case.is_field


def not_yet_endorsed(case: Case) -> bool:
    """this text is not yet endorsed"""
    return "endorse" not in case.standing


def endorsed_not_approved(case: Case) -> bool:
    """the same text is already endorsed; field post"""
    return "endorse" in case.standing and case.is_field and "approve" not in case.standing


def all_decided(case: Case) -> bool:
    """the same text is already endorsed (and approved)"""
    return "endorse" in case.standing and (not case.is_field or "approve" in case.standing)


def nothing_missing(case: Case) -> str | None:
    """nothing missing"""
    problems = case.proposal.document().problems()
    if not problems:
        return None
    if len(problems) == 1:
        return f"One thing is missing: {problems[0].sentence}"
    sections = dict.fromkeys(str(problem.section.heading) for problem in problems)
    return f"{len(problems)} things are missing, in: {', '.join(sections)}."


def no_open_blocker(case: Case) -> str | None:
    """no blocker without a reason"""
    stops = case.found.unexplained
    if not stops:
        return None
    headings = {section.name: str(section.heading) for section in form(case.proposal.language).sections}
    sections = ", ".join(dict.fromkeys(headings[finding.section] for finding in stops))
    open_now = "1 blocker is open" if len(stops) == 1 else f"{len(stops)} blockers are open"
    return f"{open_now}, in: {sections}. Change the words, or say why they stay."


OF_THE_TEXT = (nothing_missing, no_open_blocker)
"""The obstacles that the author's own text puts up."""


def somebody_directs(case: Case) -> str | None:
    """somebody may endorse"""
    if case.addressees(Role.DIRECTOR):
        return None
    return (
        f"Nobody is appointed who may endorse for {case.proposal.office}, or whoever is has a part in this text. "
        "Ask the JPO unit to enter a Director."
    )


def somebody_approves(case: Case) -> str | None:
    """somebody may approve"""
    if not case.is_field or case.addressees(Role.HR_PARTNER):
        return None
    return f"Nobody is appointed as HR Partner of {case.proposal.office.region}. Ask the JPO unit to enter one."


class Told(enum.StrEnum):
    """Who gets a letter about a step, besides the one who is asked for the next."""

    AUTHORS = "author and colleagues"
    DECIDERS = "those who decided before"
    HOLDERS = "whoever had it"
    MAILBOX = "the JPO unit's mailbox"


@dataclass(frozen=True)
class Step:
    """One way a proposal moves.

    Attributes:
        by: the roles that may take it; `when` and `obstacles` say what else must hold, in words of their docstrings.
        label: on the button; `done`: in the history, after the person's name.
        asks: the role whose nearest holders get a letter to decide; `tells`: who else is written to.
        prints: the editions of the PDF that are due with this step; the first is enclosed with its letters.
    """

    action: str
    sources: tuple[State, ...]
    target: State
    by: tuple[Role, ...]
    label: str
    done: str
    when: Condition = always
    obstacles: tuple[Obstacle, ...] = ()
    reason: bool = False
    freezes: bool = False
    asks: Role | None = None
    tells: tuple[Told, ...] = ()
    prints: tuple[Edition, ...] = ()

    @property
    def delivers(self) -> bool:
        """Whether the PDF goes to the JPO unit's mailbox with it, copy to author and deciders."""
        return bool(self.prints) and Told.MAILBOX in self.tells

    def leads(self, state: State) -> bool:
        """Whether it moves a proposal on from a state, rather than back or out: whoever has it there takes it."""
        return state in self.sources and not self.reason and HOLDER.get(state) in (None, *self.by)


SUBMITTING = (nothing_missing, somebody_directs, somebody_approves, no_open_blocker)
EVERYBODY = (Told.MAILBOX, Told.AUTHORS, Told.DECIDERS)

STEPS: tuple[Step, ...] = (
    Step(
        "submit", WRITABLE, State.ENDORSEMENT, (Role.AUTHOR,), "Submit to the Director", "submitted it to the Director",
        when=not_yet_endorsed, obstacles=SUBMITTING, freezes=True,
        asks=Role.DIRECTOR, tells=(Told.AUTHORS,), prints=(Edition.SUBMISSION,),
    ),
    Step(
        "submit", WRITABLE, State.APPROVAL, (Role.AUTHOR,), "Submit to the HR Partner", "submitted it to the HR Partner",
        when=endorsed_not_approved, obstacles=(nothing_missing, somebody_approves, no_open_blocker), freezes=True,
        asks=Role.HR_PARTNER, tells=(Told.AUTHORS,), prints=(Edition.SUBMISSION,),
    ),
    Step(
        "submit", WRITABLE, State.SUBMITTED, (Role.AUTHOR,), "Submit to the JPO unit", "submitted it to the JPO unit",
        when=all_decided, obstacles=OF_THE_TEXT, freezes=True,
        tells=EVERYBODY, prints=(Edition.SUBMISSION,),
    ),
    Step(
        "recall", (State.ENDORSEMENT, State.APPROVAL), State.DRAFT, (Role.AUTHOR,), "Take back", "took it back",
        tells=(Told.HOLDERS, Told.AUTHORS),
    ),
    Step(
        "return", (State.ENDORSEMENT,), State.RETURNED, (Role.DIRECTOR,), "Return to the author", "returned it",
        reason=True, tells=(Told.AUTHORS,),
    ),
    Step(
        "endorse", (State.ENDORSEMENT,), State.APPROVAL, (Role.DIRECTOR,), "Endorse", "endorsed it",
        when=field_post, obstacles=(somebody_approves,),
        asks=Role.HR_PARTNER, tells=(Told.AUTHORS,), prints=(Edition.SUBMISSION,),
    ),
    Step(
        "endorse", (State.ENDORSEMENT,), State.SUBMITTED, (Role.DIRECTOR,), "Endorse", "endorsed it",
        when=headquarters_post, tells=EVERYBODY, prints=(Edition.SUBMISSION,),
    ),
    Step(
        "return", (State.APPROVAL,), State.RETURNED, (Role.HR_PARTNER,), "Return to the author", "returned it",
        reason=True, tells=(Told.AUTHORS, Told.DECIDERS),
    ),
    Step(
        "approve", (State.APPROVAL,), State.SUBMITTED, (Role.HR_PARTNER,), "Approve", "approved it",
        tells=EVERYBODY, prints=(Edition.SUBMISSION,),
    ),
    Step(
        "return", (State.SUBMITTED,), State.RETURNED, (Role.JPO_UNIT,), "Return to the author", "returned it",
        reason=True, tells=(Told.AUTHORS, Told.DECIDERS),
    ),
    Step(
        "issue", (State.SUBMITTED,), State.ISSUED, (Role.JPO_UNIT,), "Issue the post", "issued it",
        tells=EVERYBODY, prints=(Edition.ISSUED, Edition.PUBLIC),
    ),
    Step(
        "withdraw", (*WRITABLE, State.ENDORSEMENT, State.APPROVAL, State.SUBMITTED), State.WITHDRAWN,
        (Role.AUTHOR, Role.JPO_UNIT), "Withdraw", "withdrew it",
        reason=True, tells=(Told.HOLDERS, Told.AUTHORS, Told.DECIDERS),
    ),
    Step(
        "reopen", (State.WITHDRAWN,), State.DRAFT, (Role.AUTHOR,), "Reopen", "reopened it", tells=(Told.AUTHORS,),
    ),
)  # fmt: skip

HOLDER: dict[State, Role] = {
    State.DRAFT: Role.AUTHOR,
    State.RETURNED: Role.AUTHOR,
    State.ENDORSEMENT: Role.DIRECTOR,
    State.APPROVAL: Role.HR_PARTNER,
    State.SUBMITTED: Role.JPO_UNIT,
}
"""Who has a proposal in each state; the states that are missing wait for nobody."""
