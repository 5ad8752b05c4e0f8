"""Who stands where to a proposal: one declaration that filters lists, guards pages, picks buttons and finds deciders."""

import enum
import operator
from functools import reduce

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from organisation.models import Appointment, User
from proposals.models import Colleague, Proposal, Proposals
from proposals.states import State

NOBODY = Q(pk__in=[])
SUBMITTED_ONCE = Q(version__isnull=False) & ~Q(state=State.DRAFT)
"""A draft is seen by its authors alone; so is anything that was never submitted."""


class Role(enum.StrEnum):
    """What somebody is to a proposal; the value is the office's word."""

    AUTHOR = "author"
    DIRECTOR = "Director"
    HR_PARTNER = "HR Partner"
    JPO_UNIT = "JPO unit"

    def where(self, user: User) -> Q:
        """The proposals to which the user stands in this role today."""
        match self:
            case Role.AUTHOR:
                return Q(author=user) | Q(
                    Exists(Colleague.objects.filter(proposal=OuterRef("pk"), user=user, until__isnull=True))
                )
            case Role.DIRECTOR:
                return reduce(operator.or_, (Q(office__path__startswith=path) for path in user.standing.directs), NOBODY)
            case Role.HR_PARTNER:
                return Q(office__region__in=user.standing.regions) if user.standing.regions else NOBODY
            case Role.JPO_UNIT:
                return ~NOBODY if user.standing.jpo_unit else NOBODY

    def may_act(self, user: User) -> Q:
        """The proposals on which the user may act in this role: theirs, once submitted, and not a text of their own."""
        return self.where(user) if self is Role.AUTHOR else self.where(user) & SUBMITTED_ONCE & ~own_text(user)


def own_text(user: User) -> Q:
    """The proposals that are, in part, the user's own text: as author, as colleague once, or as deputy of one.

    `_own_text_of` is the same question asked of a proposal.
    """
    people = [user.pk, *user.standing.deputy_of]
    ever = Exists(Colleague.objects.filter(proposal=OuterRef("pk"), user__in=people))
    return Q(author__in=people) | Q(ever)


def visible_to(user: User) -> Proposals:
    """The proposals the user may see at all; what is not among them does not exist for them."""
    others = reduce(operator.or_, (role.where(user) for role in Role if role is not Role.AUTHOR))
    return Proposal.objects.filter(Role.AUTHOR.where(user) | (SUBMITTED_ONCE & others))


def with_roles(proposals: Proposals, user: User) -> Proposals:
    """Proposals, each with the roles in which the user may act on it; `roles_held` reads them."""
    return proposals.annotate(**{f"is_{role.name}": Case(When(role.may_act(user), then=True), default=False) for role in Role})


def roles_held(proposal: Proposal) -> frozenset[Role]:
    """The roles in which the user of `with_roles` may act on this proposal."""
    return frozenset(role for role in Role if getattr(proposal, f"is_{role.name}"))


def in_charge(user: User) -> Q:
    """The proposals to which the user may invite, and which they may hand over: their own, and those in which they write
    and whose author has left.
    """
    return Q(author=user) | (Q(author__is_active=False) & Role.AUTHOR.where(user))


def may_hand_over(user: User) -> Q:
    """The proposals that the user may hand over: those they are in charge of, and for the JPO unit all it may act on."""
    return in_charge(user) | Role.JPO_UNIT.may_act(user)


def addressees(proposal: Proposal, role: Role, also_writing: User | None = None) -> list[Appointment]:
    """Who is asked to decide on a proposal: the nearest eligible holders of the role, going up from its office.

    Args:
        also_writing: somebody who does not write in it; who would be asked if they did?
    """
    if role is Role.AUTHOR:
        return []  # authors are asked nothing: a draft withdrawn is no Director's business
    held = list(_held(proposal, role).exclude(user__in=_own_text_of(proposal, also_writing)))
    if role is not Role.DIRECTOR:
        return held
    nearest = max((len(d.office.path) for d in held if d.office), default=0)
    return [d for d in held if d.office and len(d.office.path) == nearest]


def passed_over(proposal: Proposal) -> list[Appointment]:
    """Directors and HR Partners who would decide on a proposal if the text were not, in part, their own."""
    held = _held(proposal, Role.DIRECTOR, Role.HR_PARTNER)
    return list(held.filter(user__in=_own_text_of(proposal)))


def _held(proposal: Proposal, *roles: Role) -> QuerySet[Appointment]:
    """The appointments in force today by which somebody decides on it in these roles, whoever wrote it."""
    places = {
        Role.DIRECTOR: Q(role=Appointment.DIRECTOR, office__in=proposal.office.above),
        Role.HR_PARTNER: Q(role=Appointment.HR_PARTNER, region=proposal.office.region_id or 0),
        Role.JPO_UNIT: Q(role=Appointment.JPO_UNIT),
    }
    current = Appointment.objects.current().select_related("user", "office", "region", "acting_for")
    return current.filter(reduce(operator.or_, (places[role] for role in roles)))


def _own_text_of(proposal: Proposal, also_writing: User | None = None) -> QuerySet[User]:
    """The people who may not decide on it: who wrote in it, and who acts for one of those, or for one who does."""
    ever = Colleague.objects.filter(proposal=proposal.pk).values("user")
    further = [also_writing.pk] if also_writing else []
    writers = User.objects.filter(Q(pk__in=[proposal.author_id, *further]) | Q(pk__in=ever))
    deputies = _deputies(writers)
    return User.objects.filter(Q(pk__in=writers) | Q(pk__in=deputies) | Q(pk__in=_deputies(deputies)))


def _deputies(people: QuerySet[User]) -> QuerySet[User]:
    return User.objects.filter(pk__in=Appointment.objects.acting().filter(acting_for__in=people).values("user"))
