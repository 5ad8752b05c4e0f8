"""How the drafting pages fetch a proposal: through the policy, for one who may write in it."""

from typing import NoReturn, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from organisation.models import User
from proposals.models import Proposal
from proposals.policy import Role, roles_held, visible_to, with_roles
from proposals.sections import TEMPLATE, Section, section_named
from proposals.writing import NotWritable, closed


def person(request: HttpRequest) -> User:
    """Who is asking; LoginRequiredMiddleware lets nobody else come here."""
    return cast(User, request.user)


def seen(request: HttpRequest, pk: int) -> Proposal:
    """A proposal that this person may see, whole, with the roles they hold.

    Raises:
        Http404: there is none for them.
    """
    found = with_roles(visible_to(person(request)), person(request)).whole().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def is_author(proposal: Proposal) -> bool:
    """Whether whoever fetched this proposal is one of its authors."""
    return Role.AUTHOR in roles_held(proposal)


def written(request: HttpRequest, pk: int) -> Proposal:
    """A proposal that this person writes in now.

    Raises:
        Http404: they may not see it.
        PermissionDenied: they may only read it.
        NotWritable: it has left its authors' hands.
    """
    proposal = Proposal.objects.whole().filter(Role.AUTHOR.where(person(request)), pk=pk).first()
    if proposal is None:
        refuse(request, pk)
    if sentence := closed(proposal):
        raise NotWritable(sentence)
    return proposal


def section_called(name: str) -> type[Section]:
    """The model of the section that an address names.

    Raises:
        Http404: there is none.
    """
    try:
        return section_named(name)
    except KeyError:
        raise Http404 from None


def refuse(request: HttpRequest, pk: int) -> NoReturn:
    """Refuses one who is no author.

    Raises:
        Http404: they may not see the proposal.
        PermissionDenied: they may only read it.
    """
    seen(request, pk)
    raise PermissionDenied("You may read this proposal; to write in it is for its authors.")


def section_with(box: str) -> type[Section] | None:
    """The section in which a box stands."""
    return next((section for section in TEMPLATE if any(field.name == box for field in section.fields())), None)
