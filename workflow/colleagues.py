"""Inviting a colleague, removing one, leaving, handing a proposal over: each in one transaction that holds the proposal,
with its letters."""

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.prose import clean_line
from organisation.models import Appointment, User
from proposals import colleagues
from proposals.models import Act, Proposal
from proposals.policy import Role, addressees, in_charge, may_hand_over
from proposals.states import State
from workflow.accounts import password_link
from workflow.letters import Person, compose
from workflow.steps import HOLDER

MOST_COLLEAGUES = 20
MOST_A_DAY = {Act.Kind.INVITED: 20, Act.Kind.HANDED_OVER: 100}
"""How often one person may invite and hand over within a day."""
AT_ONCE = timedelta(minutes=1)
"""The same invitation sent again within this time is one press of a button too many, and no second invitation."""
PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9_'-]|\.(?!\.))*(?<![.])@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
"""An address as people have it at work, in small letters; none that only looks like one, or means another one too."""
DECIDES = {Role.DIRECTOR: "endorse", Role.HR_PARTNER: "approve", Role.JPO_UNIT: "issue"}


class Refused(Exception):
    """Nothing was done; the message says why, to the person."""


class Unsure(Refused):
    """It would cost somebody their decision; it is done when this is wanted all the same."""


@transaction.atomic
def invite(pk: int, by: User, address: str, name: str = "", knowing: bool = False) -> None:
    """Lets somebody write in a proposal and writes to them; who has no account gets one.

    Args:
        by: its author.
        name: what to call somebody who has no account yet; otherwise the account's name stands.
        knowing: whether it is known that somebody can then no longer decide on it.

    Raises:
        Proposal.DoesNotExist: there is none that this person is in charge of.
        Unsure: somebody would lose their decision, and `knowing` does not say that this is wanted.
        Refused: it cannot be done.
    """
    proposal, address = Proposal.objects.locked(pk, in_charge(by)), address.lower()
    if Act.objects.filter(
        proposal=proposal, by=by, kind=Act.Kind.INVITED, person__email=address, at__gt=timezone.now() - AT_ONCE
    ).exists():
        return
    examine(Act.Kind.INVITED, proposal, by, address, knowing)
    act = colleagues.let_in(proposal, _account(address, name), by)
    _write(act, "invited" if act.person.has_usable_password() else "invited_new", act.person)


@transaction.atomic
def remove(pk: int, by: User, colleague: int) -> Act | None:
    """Ends a colleague's part in a proposal: their own, or as its author any; a letter tells the other of the two.

    Returns:
        What was done; None if that person has been removed already.

    Raises:
        Proposal.DoesNotExist, Colleague.DoesNotExist: there is none that this person may end.
        Refused: the proposal is issued.
    """
    proposal = Proposal.objects.locked(pk, Role.AUTHOR.where(by))
    theirs = Q() if Proposal.objects.filter(in_charge(by), pk=pk).exists() else Q(user=by)
    row = proposal.colleagues.select_related("user").get(theirs, pk=colleague)
    still_open(proposal)
    if row.until:
        return None
    act = colleagues.let_out(proposal, row.user, by)
    _write(act, "removed", proposal.author if row.user == by else row.user)
    return act


@transaction.atomic
def hand_over(pk: int, by: User, address: str, name: str = "", stays: bool = True, knowing: bool = False) -> Act:
    """Makes somebody the author of a proposal and writes to them and to the author until now.

    Args:
        by: its author, or somebody of the JPO unit.
        stays: whether the author until now goes on writing in it as a colleague.
        name, knowing: as in `invite`.

    Returns:
        What was done, with the new author.

    Raises:
        Proposal.DoesNotExist: there is none that this person may hand over.
        Unsure: somebody would lose their decision, and `knowing` does not say that this is wanted.
        Refused: it cannot be done.
    """
    proposal, address = Proposal.objects.locked(pk, may_hand_over(by)), address.lower()
    examine(Act.Kind.HANDED_OVER, proposal, by, address, knowing)
    former = proposal.author
    act = colleagues.hand(proposal, _account(address, name), by, stays and former.is_active)
    for person in dict.fromkeys([act.person, former]):
        _write(act, "handed_over", person, former=former, stays=stays)
    return act


def examine(kind: Act.Kind, proposal: Proposal, by: User, address: str, knowing: bool) -> None:
    """Whether this person may let somebody at this address into a proposal, or hand it to them.

    Raises:
        Unsure, Refused: as `invite` and `hand_over` do.
    """
    still_open(proposal)
    if address == proposal.author.email:
        raise Refused("You are its author." if proposal.author == by else f"{proposal.author} is its author already.")
    there = {row.user.email: row.user for row in colleagues.present(proposal)}
    if address not in there:
        _check_address(address)
    elif kind is Act.Kind.INVITED:
        raise Refused(f"{there[address]} writes in it already.")
    if kind is Act.Kind.INVITED and len(there) >= MOST_COLLEAGUES:
        raise Refused(f"{len(there)} colleagues write in it. There cannot be more; remove one first.")
    if Act.objects.filter(by=by, kind=kind, at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY[kind]:
        raise Refused(f"You have done this {MOST_A_DAY[kind]} times within a day. Go on tomorrow, or ask the JPO unit.")
    if known := User.objects.filter(email=address).first():
        if not known.is_active:
            raise Refused(f"Nobody can be reached at {address} in this portal. Ask the JPO unit.")
        _check_decisions(proposal, known, knowing)


def still_open(proposal: Proposal) -> None:
    """Whether it may still change who writes in a proposal.

    Raises:
        Refused: it is issued.
    """
    if proposal.state == State.ISSUED:
        raise Refused("This proposal is issued; who wrote in it stays as it is.")


def _check_address(address: str) -> None:
    if not address.isascii():
        odd = ", ".join(dict.fromkeys(f"“{letter}”" for letter in address if not letter.isascii()))
        raise Refused(f"{odd} cannot stand in an office address, even if it looks right. Type the address in plain letters.")
    if len(address) > 254 or not PLAIN.fullmatch(address):
        raise Refused("This is no e-mail address that can be invited. Type one address, like name@ilo.org, and nothing else.")
    if address.partition("@")[2] not in settings.INVITED_DOMAINS:
        raise Refused(
            f"Only addresses that end in {' or '.join('@' + name for name in settings.INVITED_DOMAINS)} can be invited."
        )


def _check_decisions(proposal: Proposal, user: User, knowing: bool) -> None:
    """Nobody decides on a text of their own: who would no longer be asked if this person wrote in it?"""
    said = []
    for role, verb in DECIDES.items():
        asked, left = addressees(proposal, role), addressees(proposal, role, also_writing=user)
        lost = [appointment for appointment in asked if appointment.user not in {other.user for other in left}]
        if not lost:
            continue
        if HOLDER.get(State(proposal.state)) is role:
            raise Refused(f"This proposal is with {_named(lost)} now; who writes in it cannot decide on it. Take it back first.")
        who = "who writes in it" if {one.user for one in lost} == {user} else "who writes in it, or acts for somebody who does,"
        are = "is" if len({one.user for one in lost}) == 1 else "are"
        said.append(f"{_named(lost)} {are} asked to {verb} this proposal; {who} cannot decide on it. {_instead(lost, left)}")
    if said and not knowing:
        raise Unsure(" ".join(said))


def _instead(lost: list[Appointment], left: list[Appointment]) -> str:
    if not left:
        return "Nobody else is appointed who could."
    if left[0].office != lost[0].office:
        return f"The next office up would be asked: {_named(left)}, {left[0].office}."
    return f"{_named(left)} would still be asked."


def _named(appointments: list[Appointment]) -> str:
    return " and ".join(dict.fromkeys(str(appointment.user) for appointment in appointments))


def _account(address: str, name: str) -> User:
    """The account of an address, made if there is none; nobody can sign in to it before they set a password."""
    name = clean_line(name) or re.sub(r"[._-]+", " ", address.partition("@")[0]).title()
    user, _made = User.objects.get_or_create(email=address, defaults={"name": name, "password": make_password(None)})
    return user


def _write(act: Act, kind: str, person: User, **more: Any) -> None:
    """Writes about an act to one person, who can set a password with that letter if they never had one."""
    assert act.proposal
    if not person.is_active:
        return
    password = "" if person.has_usable_password() else password_link(person)
    to = Person(person.name, person.email)
    compose(kind, f"act {act.pk}", to, act.proposal, act=act, password=password, **more).save(force_insert=True)
