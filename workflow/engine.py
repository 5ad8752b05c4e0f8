"""`take` is the only function that changes a state: one transaction, one event, its letters, its PDF due."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils import timezone

from documents.document import Document, canonical_json
from documents.paper import Edition, paper
from documents.press import CannotPrint, press
from organisation.models import Appointment, User
from proposals.models import Event, Issue, Post, Proposal, Proposals, Rendition, Version
from proposals.policy import Role, roles_held, visible_to, with_roles
from proposals.reasons import sealed
from proposals.records import Numbering
from proposals.states import State
from workflow import letters
from workflow.steps import STEPS, Case, Step


class Refused(Exception):
    """The step was not taken; the message says why and what to do, to the person."""


class NotYours(Refused):
    """The person sees the proposal but may not take this step."""


class Overtaken(Refused):
    """Somebody was faster, or the page is old: the proposal or its text is no longer what was on the screen."""

    def __init__(self, sentence: str, event: Event | None = None) -> None:
        super().__init__(sentence)
        self.event = event


@dataclass(frozen=True)
class Offer:
    """A step somebody may take now, and what still stands in its way, in a sentence."""

    step: Step
    obstacle: str | None


@dataclass(frozen=True)
class Issuing:
    """What the JPO unit gives an issue: its month and year, and the post's number (None: the next free one)."""

    month: int
    year: int
    number: int | None = None


@dataclass
class Taken:
    """A step in the making: all that the rows to be written need to know."""

    step: Step
    case: Case
    user: User
    role: Role
    appointment: Appointment | None
    comment: str
    channel: str
    given: Mapping[str, Any] = field(default_factory=dict)


def case_of(proposal: Proposal) -> Case:
    """A proposal's case: its history, and which decisions already stand for its present text."""
    history = proposal.events.select_related("version", "actor") if proposal.place else ()
    return Case.of(proposal, list(history))


def offers(case: Case, roles: frozenset[Role]) -> list[Offer]:
    """The steps that people in these roles may take from where a proposal stands, each with what is in its way."""
    return [
        Offer(step, _obstacle(step, case))
        for step in STEPS
        if case.proposal.state in step.sources and roles & set(step.by) and step.when(case)
    ]


def take(
    action: str,
    pk: int,
    user: User,
    *,
    seen: str,
    comment: str = "",
    issuing: Issuing | None = None,
    channel: str = "page",
) -> Event:
    """Takes a step: checks that this person may, on what they have seen, and writes everything that follows from it.

    Args:
        action: the name of a step: "submit", "endorse"…
        seen: the token of what was on the person's screen (`Proposal.seen`); one decides on what one has read.
        comment: the reason, or a word to those who are told.
        issuing: month, year and number, for "issue".
        channel: how the decision came: "page".

    Returns:
        The event.

    Raises:
        Proposal.DoesNotExist: there is no such proposal for this person.
        Overtaken: it has moved, or its text has changed, since the page was made.
        NotYours: it is somebody else's to do this.
        Refused: something stands in the way; the message says what.
    """
    steps = [step for step in STEPS if step.action == action]
    if any(step.freezes for step in steps):
        _prove(pk, user)
    user = user.afresh()
    with transaction.atomic():
        proposal, roles = _held(pk, user, steps, issuing)
        case = case_of(proposal)
        _check_seen(case, seen, roles)
        step = _step(action, case, roles)
        if obstacle := _obstacle(step, case):
            raise Refused(obstacle)
        comment = comment.strip()
        if step.reason and not comment:
            raise Refused("Please give a reason: it goes to those who work on this proposal next.")
        role = next(role for role in step.by if role in roles)
        taken = Taken(step, case, user, role, _appointment(user, role, proposal), comment, channel)
        return _carry_out(taken, issuing)


def _prove(pk: int, user: User) -> None:
    """Proves, before the proposal is held, that the text prints: what cannot be printed cannot be submitted."""
    proposal = Proposal.objects.whole().filter(Role.AUTHOR.where(user), pk=pk).first()
    if proposal and proposal.is_writable and not proposal.document().problems():
        if trouble := prints(proposal.document().text()):
            raise Refused(f"This text cannot be printed: {trouble}")


def prints(text: str) -> str | None:
    """Whether a document's text can be printed: None if so, else what is in the way."""
    try:
        _print(text)
    except CannotPrint as trouble:
        return str(trouble)
    return None


@functools.lru_cache(maxsize=256)
def _print(text: str) -> None:
    """Prints a text and throws the paper away. What printed once prints again; that it could not is not remembered, for
    the press may only have been busy."""
    press(paper(Document.from_text(text), kind=Edition.DRAFT))


def _held(pk: int, user: User, steps: Sequence[Step], issuing: Issuing | None) -> tuple[Proposal, frozenset[Role]]:
    """The proposal, held against every other writer and then read, and the roles in which this person may take these steps.

    Raises:
        Proposal.DoesNotExist: there is none for this person.
    """
    among = {role for step in steps for role in step.by}
    if issues := any(step.target is State.ISSUED for step in steps):
        _hold_with_numbers(pk)
    else:
        Proposal.objects.select_for_update().values_list("pk").get(pk=pk)
    # Only now: what this person may do is asked as soon as the question is put together.
    asked = with_roles(Proposal.objects.all(), user, among)
    proposal = (_with_register(asked, issuing) if issues and issuing else asked).with_colleagues(pk)
    if roles := roles_held(proposal, among):
        return proposal, roles
    # They may take none of these steps. Whoever sees the proposal is told so; for all others it does not exist.
    proposal = with_roles(visible_to(user), user).with_colleagues(pk)
    return proposal, roles_held(proposal)


def _hold_with_numbers(pk: int) -> None:
    """Holds a proposal, and the counter of posts until its issue stands.

    So no number is given twice or skipped, and no post is issued twice for a month.
    """
    counter = Numbering.objects.select_for_update().filter(pk=Numbering.ONLY).values("pk")
    held = Proposal.objects.select_for_update().annotate(counter=Subquery(counter)).values_list("counter", flat=True).get(pk=pk)
    if held is None:
        raise Numbering.DoesNotExist("The counter of post numbers is missing; migration 0005 of proposals makes it.")


def _with_register(proposals: Proposals, issuing: Issuing) -> Proposals:
    """Proposals, each with what the register of posts says about its issue."""
    return proposals.annotate(
        highest_number=Subquery(Post.objects.order_by("-number").values("number")[:1]),
        number_is_given=Exists(Post.objects.filter(number=issuing.number or 0)),
        is_issued_then=Exists(Issue.objects.filter(post=OuterRef("post"), year=issuing.year, month=issuing.month)),
    )


def _check_seen(case: Case, seen: str, roles: frozenset[Role]) -> None:
    proposal = case.proposal
    if seen == proposal.seen(for_author=Role.AUTHOR in roles):
        return
    place = seen.partition("-")[0]
    if case.events and place != str(proposal.place):
        last = case.events[-1]
        raise Overtaken(f"{letters.told(last)} Nothing was done this time.", last)
    raise Overtaken("The text was changed after you opened this page. Nothing was done; please read it as it is now.")


def _step(action: str, case: Case, roles: frozenset[Role]) -> Step:
    possible = [s for s in STEPS if s.action == action and case.proposal.state in s.sources and s.when(case)]
    yours = [step for step in possible if roles & set(step.by)]
    if yours:
        return yours[0]
    if possible:
        raise NotYours(f"This is for the {' or '.join(possible[0].by)} to do, and nobody decides on a text of their own.")
    raise Refused(f"This cannot be done while the proposal is “{case.proposal.get_state_display()}”.")


def _obstacle(step: Step, case: Case) -> str | None:
    return next((sentence for obstacle in step.obstacles if (sentence := obstacle(case))), None)


def _appointment(user: User, role: Role, proposal: Proposal) -> Appointment | None:
    """The appointment by which a person acts: the one nearest to the proposal's office; authors need none."""
    if role is Role.AUTHOR:
        return None
    fits = {
        Role.DIRECTOR: lambda a: a.role == a.DIRECTOR and proposal.office.path.startswith(a.office.path),
        Role.HR_PARTNER: lambda a: a.role == a.HR_PARTNER and a.region_id == proposal.office.region_id,
        Role.JPO_UNIT: lambda a: a.role == a.JPO_UNIT,
    }[role]
    return max(filter(fits, user.held), key=lambda a: len(a.office.path) if a.office else 0, default=None)


def _carry_out(taken: Taken, issuing: Issuing | None) -> Event:
    proposal, step = taken.case.proposal, taken.step
    if step.freezes:
        proposal.version = _freeze(proposal, taken.user)
        proposal.title = proposal.version.document.title
    if step.target is State.ISSUED:
        proposal.post, taken.given = _numbered(proposal, issuing)
    event = _event(taken)
    proposal.state, proposal.since, proposal.place = step.target, event.at, event.place
    proposal.save(update_fields=["state", "since", "place", "version", "post", "title"])
    if issuing and proposal.post and step.target is State.ISSUED:
        Issue.objects.create(post=proposal.post, proposal=proposal, month=issuing.month, year=issuing.year, event=event)
    due = [Rendition(event=event, version=proposal.version, edition=edition) for edition in step.prints if proposal.version]
    printed = Rendition.objects.bulk_create(due)
    letters.write(event, step, taken.case, taken.user, printed[0] if printed else None)
    return event


def _freeze(proposal: Proposal, user: User) -> Version:
    """The version of the text as it stands; the newest one again, if not a word has changed since."""
    document = proposal.document()
    seal, newest = document.seal(), proposal.version
    if newest and newest.seal == seal and newest.office_id == proposal.office_id and newest.text == document.text():
        return newest
    return Version.objects.create(
        proposal=proposal,
        number=newest.number + 1 if newest else 1,
        text=document.text(),
        answers=document.answers_digest(),
        seal=seal,
        office=proposal.office,
        frozen_by=user,
    )


def _event(taken: Taken) -> Event:
    """The event: everything in words in one canonical text, chained to the event before it."""
    proposal, step, at = taken.case.proposal, taken.step, timezone.now()
    previous = taken.case.events[-1].hash if taken.case.events else ""
    appointment, version = taken.appointment, proposal.version
    text = canonical_json(
        {
            "recipe": Event.RECIPE,
            "proposal": proposal.pk,
            "place": proposal.place + 1,
            "action": step.action,
            "from": proposal.state,
            "to": step.target,
            "done": step.done,
            "actor": {"id": taken.user.pk, "name": taken.user.name, "email": taken.user.email},
            "role": appointment.office_words if appointment else str(taken.role),
            "acting_for": appointment.acting_for.name if appointment and appointment.acting_for else "",
            "channel": taken.channel,
            "evidence": "",
            "recorded_by": "",
            "version": version.number if version else None,
            "digests": {"answers": version.answers, "seal": version.seal} if version else None,
            "comment": taken.comment,
            "given": dict(taken.given),
            "reasons": sealed(taken.case.found) if step.freezes else [],
            "at": at.isoformat(timespec="microseconds"),
        }
    )
    return Event.objects.create(
        proposal=proposal,
        place=proposal.place + 1,
        action=step.action,
        actor=taken.user,
        version=version,
        at=at,
        text=text,
        hash=Event.chained(previous, text),
    )


def _numbered(proposal: Proposal, issuing: Issuing | None) -> tuple[Post, dict[str, int]]:
    """The post of an issue: its own for good, the number the JPO unit chose, or the next free one."""
    if issuing is None or not 1 <= issuing.month <= 12 or not 2000 <= issuing.year <= 2100:
        raise Refused("Please give the month and the year of issue.")
    said = vars(proposal)  # by the register, while it was held
    post = proposal.post or _new_post(issuing.number, said["highest_number"], said["number_is_given"])
    if issuing.number not in (None, post.number):
        raise Refused(f"This is post {post} for good. Please leave its number as it is.")
    if said["is_issued_then"]:
        raise Refused(f"Post {post} is already issued for that month. Please choose another month.")
    return post, {"number": post.number, "month": issuing.month, "year": issuing.year}


def _new_post(number: int | None, highest: int | None, is_given: bool) -> Post:
    if number is None:
        number = _following(highest)
    if not Numbering.FIRST <= number <= Numbering.LAST:
        raise Refused(f"A post number has four digits: {Numbering.FIRST} to {Numbering.LAST}.")
    if is_given:
        raise Refused(f"Number {number} is given already. The next free one is {_following(highest)}.")
    return Post.objects.create(number=number)


def next_number() -> int:
    """The number the next new post will get, unless the JPO unit chooses another: one more than the highest given.

    Once the highest possible is given, the lowest free one.
    """
    return _following(Post.objects.aggregate(highest=Max("number"))["highest"])


def _following(highest: int | None) -> int:
    highest = highest or Numbering.FIRST - 1
    if highest < Numbering.LAST:
        return highest + 1
    taken = set(Post.objects.values_list("number", flat=True))
    return next(number for number in range(Numbering.FIRST, Numbering.LAST + 2) if number not in taken)
