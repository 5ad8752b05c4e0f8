"""What lies ahead of a proposal, in words: who has it, what a step will do, to whom it will write."""

from dataclasses import dataclass

from django.urls import reverse

from documents.comparison import SectionChanges, compare
from documents.document import Document, wording
from documents.paper import Part, Shown, parts, shown
from organisation.models import User
from proposals.models import Event, Proposal, Version
from proposals.policy import Role, addressees
from proposals.states import State
from proposals.writing import when
from workflow import letters
from workflow.engine import Offer
from workflow.letters import Person
from workflow.steps import HOLDER, Case, Step

DECISIONS = {"return": "returned", "endorse": "endorsed", "approve": "approved"}
"""The steps that are decisions on a text, in the past tense."""


@dataclass(frozen=True)
class Button:
    """A step that is offered, as a page shows it."""

    action: str
    label: str
    address: str
    obstacle: str
    leads: bool
    """Whether it moves the proposal on, rather than back or out."""


@dataclass(frozen=True)
class Announcement:
    """What a step will do, said before it is taken."""

    consequences: list[str]
    next_role: str
    next_people: list[str]
    recipients: list[Person]


@dataclass(frozen=True)
class Past:
    """One line of a proposal's history."""

    sentence: str
    comment: str
    version: int | None
    version_address: str


@dataclass(frozen=True)
class Row:
    """A box on the page on which an author checks the answers."""

    title: str
    shown: Shown
    problem: str
    change: str
    """The address of the box's input."""


@dataclass(frozen=True)
class News:
    """What is new in a text for one who knows an earlier version of it: a link, in words."""

    words: str
    address: str


@dataclass(frozen=True)
class Between:
    """What changed from one version to another: the text, section by section, and what stands beside it."""

    sections: tuple[SectionChanges, ...]
    beside: list[str]

    @property
    def differs(self) -> bool:
        """Whether any box says something else."""
        return any(part.differing for part in self.sections)

    @property
    def staying(self) -> int:
        """How many filled boxes say the same."""
        return sum(len(part.staying) for part in self.sections)


@dataclass(frozen=True)
class Screen:
    """A document as a page shows it, laid out by the very parts that the paper has."""

    language: str
    colon: str
    sections: list[tuple[str, list[Part]]]


def buttons(proposal: Proposal, offers: list[Offer]) -> list[Button]:
    """The steps that are offered, those that move a proposal on before those that ask for a reason."""
    return [
        Button(
            action=offer.step.action,
            label=offer.step.label,
            address=reverse("step", args=[proposal.pk, offer.step.action]),
            obstacle=offer.obstacle or "",
            leads=offer.step.leads(State(proposal.state)),
        )
        for offer in sorted(offers, key=lambda offer: offer.step.reason)
    ]


def holders(proposal: Proposal, state: State | None = None) -> list[str]:
    """Who has a proposal, by name and role: in its state, or in the one given."""
    role = HOLDER.get(state or State(proposal.state))
    if role is None:
        return []
    if role is Role.AUTHOR:
        return [f"{proposal.author} (author)", *(f"{colleague} (colleague)" for colleague in proposal.colleagues_now)]
    return [f"{appointment.user} ({appointment.words})" for appointment in addressees(proposal, role)]


def colleagues_link(proposal: Proposal, roles: frozenset[Role], user: User) -> str:
    """What the link to the page of colleagues says to somebody in these roles; nothing to those it is not for."""
    if proposal.author_id == user.pk:
        return "Invite a colleague, hand over"
    if Role.AUTHOR in roles:
        return "Colleagues"
    return "Colleagues, hand over" if Role.JPO_UNIT in roles else ""


def announce(step: Step, case: Case, user: User) -> Announcement:
    """What this step will do to this proposal if this person takes it now."""
    holder = HOLDER.get(step.target)
    return Announcement(
        consequences=list(_consequences(step, case)),
        next_role=str(holder) if holder else "",
        next_people=holders(case.proposal, step.target),
        recipients=letters.recipients(step, case, user),
    )


def _consequences(step: Step, case: Case) -> list[str]:
    said = [f"The proposal will be “{step.target.label}”."]
    if step.freezes:
        said.append("The text is kept as it stands; nobody can write in it while others decide.")
    if step.prints and step.delivers:
        said.append("The PDF goes to the JPO unit's mailbox, with copies to its authors and to those who decided.")
    elif step.prints:
        said.append("The PDF of the proposal is enclosed with the letter that asks for the next decision.")
    if step.target in (State.DRAFT, State.RETURNED):
        said.append("Its authors can write in it again. Versions that were submitted stay as they are.")
    return said


def history(events: tuple[Event, ...]) -> list[Past]:
    """What has happened to a proposal, the latest first."""
    return [
        Past(
            sentence=letters.told(event),
            comment=event.said["comment"],
            version=event.version.number if event.version else None,
            version_address=reverse("version", args=[event.proposal_id, event.version.number]) if event.version else "",
        )
        for event in reversed(events)
    ]


def versions(proposal: Proposal, events: tuple[Event, ...]) -> list[dict[str, str]]:
    """The versions that were submitted, the newest first."""
    known = {event.version.number: event.version for event in events if event.version}
    issued = {event.version.number for event in events if event.version and event.action == "issue"}
    return [
        {
            "name": f"Version {number}",
            "address": reverse("version", args=[proposal.pk, number]),
            "pdf": reverse("version_pdf", args=[proposal.pk, number]),
            "donors": reverse("donors_pdf", args=[proposal.pk, number]) if number in issued else "",
            "frozen": when(version.frozen_at),
        }
        for number, version in sorted(known.items(), reverse=True)
    ]


def news(proposal: Proposal, events: tuple[Event, ...], user: User) -> News | None:
    """What changed since the version that this person decided on; if they decided on none, since anybody last did."""
    newest = max((event.version.number for event in events if event.version), default=0)
    decided = [event for event in events if event.action in DECISIONS and event.version and event.version.number < newest]
    if not decided:
        return None
    last = next((event for event in reversed(decided) if event.actor_id == user.pk), decided[-1])
    assert last.version
    who = "you" if last.actor_id == user.pk else last.said["actor"]["name"]
    return News(
        f"Changed since version {last.version.number}, which {who} {DECISIONS[last.action]}",
        reverse("version_changes", args=[proposal.pk, newest, last.version.number]),
    )


def between(earlier: Version, later: Version) -> Between:
    """What changed from one version to another."""
    before, after = earlier.document, later.document
    languages = dict(Proposal.LANGUAGES)
    pairs = [
        ("The office", earlier.office.name, later.office.name),
        ("The language", *(languages.get(document.form.language, "") for document in (before, after))),
    ]
    beside = [f"{what} was {was}; it is {now}." for what, was, now in pairs if was != now]
    if wording(before.form) != wording(after.form):
        beside.append("The form's own printed wording is another.")
    if before.named_to_donors != after.named_to_donors:
        beside.append(f"The supervisor {'may now' if after.named_to_donors else 'may no longer'} be named to donors.")
    return Between(compare(before, after), beside)


def screen(document: Document) -> Screen:
    """A document as a page shows it."""
    return Screen(
        language=document.form.language,
        colon="\u00a0:" if document.form.language == "fr" else ":",
        sections=[(section.heading, list(parts(section, document))) for section in document.form.sections],
    )


def answers(proposal: Proposal, document: Document) -> list[tuple[str, list[Row]]]:
    """Every box with its answer, what is missing in it and where it is changed, section by section."""
    problems = {problem.box.name: problem.sentence for problem in document.problems()}
    return [
        (
            section.heading,
            [
                Row(
                    title=box.title,
                    shown=shown(box, "" if box.is_empty(document[box.name]) else document[box.name]),
                    problem=problems.get(box.name, ""),
                    change=f"{reverse('section', args=[proposal.pk, section.name])}#id_{box.name}",
                )
                for box in section.boxes
            ],
        )
        for section in document.form.sections
    ]
