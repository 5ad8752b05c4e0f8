"""Who writes in a proposal: the rows behind inviting, removing and handing over. Whoever calls holds the proposal."""

from django.utils import timezone

from organisation.models import User
from proposals.models import Act, Colleague, Presence, Proposal


def present(proposal: Proposal) -> list[Colleague]:
    """The colleagues who write in a proposal now, in the order in which they came."""
    return list(proposal.colleagues.filter(until__isnull=True).select_related("user").order_by("since", "pk"))


def acts(proposal: Proposal) -> list[Act]:
    """Who was invited, removed and handed it over, the latest first."""
    return list(proposal.acts.select_related("by", "person").order_by("-pk"))


def let_in(proposal: Proposal, user: User, by: User) -> Act:
    """Lets somebody write in a proposal, perhaps again."""
    _stay(proposal, user, by)
    return _note(Act.Kind.INVITED, proposal, user, by)


def let_out(proposal: Proposal, user: User, by: User) -> Act:
    """Ends somebody's part in a proposal. Their texts stay, and it stays a text of their own."""
    _end(proposal, user)
    return _note(Act.Kind.REMOVED, proposal, user, by)


def hand(proposal: Proposal, to: User, by: User, stays: bool) -> Act:
    """Makes somebody the author of a proposal.

    Args:
        stays: whether the author until now goes on writing in it; it stays a text of theirs in any case.
    """
    former = proposal.author
    _stay(proposal, former, by)
    if not stays:
        _end(proposal, former)
    _end(proposal, to)  # an author is no colleague beside
    proposal.author = to
    proposal.save(update_fields=["author"])
    return _note(Act.Kind.HANDED_OVER, proposal, to, by)


def _stay(proposal: Proposal, user: User, by: User) -> None:
    now = {"since": timezone.now(), "until": None, "invited_by": by}
    Colleague.objects.update_or_create(proposal=proposal, user=user, defaults=now)


def _end(proposal: Proposal, user: User) -> None:
    proposal.colleagues.filter(user=user, until__isnull=True).update(until=timezone.now())
    Presence.objects.filter(proposal=proposal, user=user).delete()


def _note(kind: Act.Kind, proposal: Proposal, person: User, by: User) -> Act:
    return Act.objects.create(proposal=proposal, kind=kind, person=person, by=by)
