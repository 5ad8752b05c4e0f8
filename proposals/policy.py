"""Who stands where to a proposal: one declaration that filters lists, guards pages, picks buttons and finds deciders."""

import enum
import operator
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from organisation.models import Appointment, User
from proposals.models import SUBMITTED_ONCE, Colleague, Proposal, Proposals

NOBODY = Q(pk__in=[])
MOST_OFFICES = 200
"""So many offices a list looks into one by one; whoever decides for more finds enough by going through all."""


@dataclass(frozen=True)
class Part:
    """A part of a list that an index has in the list's order: of each of these offices, or, without any, of all."""

    where: Q = Q()
    offices: tuple[int, ...] = ()

    def __and__(self, other: Q) -> "Part":
        return replace(self, where=self.where & other)

    def whole(self) -> Q:
        """The same proposals, in no order."""
        return self.where & Q(office__in=self.offices) if self.offices else self.where


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
                return Q(author=user) | _written_with(user)
            case Role.DIRECTOR:
                return reduce(operator.or_, (Q(office__path__startswith=path) for path in user.standing.directs), NOBODY)
            case Role.HR_PARTNER:
                return Q(office__region__in=user.standing.regions) if user.standing.regions else NOBODY
            case Role.JPO_UNIT:
                return ~NOBODY if user.standing.jpo_unit else NOBODY

    def apart(self, user: User) -> list[Part]:
        """The same proposals as `where`, for lists."""
        match self:
            case Role.AUTHOR:
                return [Part(Q(author=user)), Part(_written_with(user))]
            case Role.DIRECTOR:
                offices = [office.pk for office in user.offices if office.path.startswith(user.standing.directs)]
            case Role.HR_PARTNER:
                offices = [office.pk for office in user.offices if office.region_id in user.standing.regions]
            case Role.JPO_UNIT:
                return [Part()] if user.standing.jpo_unit else []
        if len(offices) > MOST_OFFICES:
            return [Part(self.where(user))]
        return [Part(offices=tuple(offices))] if offices else []

    def may_act(self, user: User) -> Q:
        """The proposals on which the user may act in this role: theirs, once submitted, and not a text of their own."""
        return self.where(user) & self._allowed(user)

    def may_act_apart(self, user: User) -> list[Part]:
        """The same proposals as `may_act`, for lists."""
        allowed = self._allowed(user)
        return [part & allowed for part in self.apart(user)]

    def _allowed(self, user: User) -> Q:
        return Q() if self is Role.AUTHOR else SUBMITTED_ONCE & ~own_text(user)


def _written_with(user: User) -> Q:
    """The proposals in which the user writes now as a colleague."""
    return Q(pk__in=Colleague.objects.filter(user=user, until__isnull=True).values("proposal"))


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


def visible_apart(user: User) -> list[Part]:
    """The same proposals as `visible_to`, for lists."""
    roles = [Role.JPO_UNIT] if user.standing.jpo_unit else [Role.DIRECTOR, Role.HR_PARTNER]
    return [*Role.AUTHOR.apart(user), *(part & SUBMITTED_ONCE for role in roles for part in role.apart(user))]


def with_roles(proposals: Proposals, user: User, among: Iterable[Role] = Role) -> Proposals:
    """Proposals, each with the roles, among these, in which the user may act on it; `roles_held` reads them."""
    return proposals.annotate(**{f"is_{role.name}": Case(When(role.may_act(user), then=True), default=False) for role in among})


def roles_held(proposal: Proposal, among: Iterable[Role] = Role) -> frozenset[Role]:
    """The roles in which the user of `with_roles` may act on this proposal."""
    return frozenset(role for role in among if getattr(proposal, f"is_{role.name}"))


def in_charge(user: User) -> Q:
    """The proposals to which the user may invite, and which they may hand over: their own, and those in which they write
    and whose author has left.
    """
    return Q(author=user) | (Q(author__is_active=False) & Role.AUTHOR.where(user))


def may_hand_over(user: User) -> Q:
    """The proposals that the user may hand over: those they are in charge of, and for the JPO unit all it may act on."""
    return in_charge(user) | Role.JPO_UNIT.may_act(user)


def deciders(proposal: Proposal, also_writing: User | None = None) -> dict[Role, list[Appointment]]:
    """Who is asked to decide on a proposal, role by role: all who may, of Directors the nearest, going up from its office.

    Authors are not among them: they are asked nothing, and a draft withdrawn is no Director's business.

    Args:
        also_writing: somebody who does not write in it; who would be asked if they did?
    """
    held = list(_held(proposal).exclude(user__in=_own_text_of(proposal, also_writing)))
    nearest = max((len(a.office.path) for a in held if a.office), default=0)
    return {
        Role.DIRECTOR: [a for a in held if a.office and len(a.office.path) == nearest],
        Role.HR_PARTNER: [a for a in held if a.role == Appointment.HR_PARTNER],
        Role.JPO_UNIT: [a for a in held if a.role == Appointment.JPO_UNIT],
    }


def addressees(proposal: Proposal, role: Role, also_writing: User | None = None) -> list[Appointment]:
    """Who is asked to decide on a proposal in a role; `also_writing` as for `deciders`."""
    return deciders(proposal, also_writing).get(role, [])


def passed_over(proposal: Proposal) -> list[Appointment]:
    """Directors and HR Partners who would decide on a proposal if the text were not, in part, their own."""
    return list(_held(proposal).exclude(role=Appointment.JPO_UNIT).filter(user__in=_own_text_of(proposal)))


def _held(proposal: Proposal) -> QuerySet[Appointment]:
    """The appointments in force today by which somebody decides on it, whoever wrote it."""
    places = (
        Q(role=Appointment.DIRECTOR, office__in=proposal.office.above)
        | Q(role=Appointment.HR_PARTNER, region=proposal.office.region_id or 0)
        | Q(role=Appointment.JPO_UNIT)
    )
    return Appointment.objects.current().select_related("user", "office", "region", "acting_for").filter(places)


def _own_text_of(proposal: Proposal, also_writing: User | None = None) -> QuerySet[User]:
    """The people who may not decide on it: who wrote in it, and who acts for one of those, or for one who does."""
    ever = Colleague.objects.filter(proposal=proposal.pk).values("user")
    further = [also_writing.pk] if also_writing else []
    writers = User.objects.filter(Q(pk__in=[proposal.author_id, *further]) | Q(pk__in=ever))
    deputies = _deputies(writers)
    return User.objects.filter(Q(pk__in=writers) | Q(pk__in=deputies) | Q(pk__in=_deputies(deputies)))


def _deputies(people: QuerySet[User]) -> QuerySet[User]:
    return User.objects.filter(pk__in=Appointment.objects.acting().filter(acting_for__in=people).values("user"))
