"""Rows for lists of proposals: dicts of ready strings, a page at a time, nothing counted."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from documents.prose import clean_line
from organisation.models import User
from proposals.models import Proposal
from proposals.policy import Role, visible_to
from proposals.states import State
from workflow.steps import HOLDER

FIRST, PAGE = 10, 30
"""How many rows the home page and the list show at a time."""
LONGEST_SEARCH, MOST_TERMS = 200, 10
COLUMNS = ("pk", "title", "state", "since", "office__code", "author__name", "post__number")


@dataclass(frozen=True)
class Page:
    """Some rows, and where the rows after them begin ("" if there are none)."""

    rows: list[dict[str, str]]
    older: str


@dataclass(frozen=True)
class Selection:
    """A list of proposals under a heading; what it says when it is empty tells what to do next."""

    name: str
    heading: str
    proposals: Callable[[User], QuerySet[Proposal]]
    empty: str


def waiting(user: User) -> QuerySet[Proposal]:
    """What waits for this person: they may act in the very role that has the proposal now."""
    return Proposal.objects.filter(reduce(operator.or_, (Q(state=state) & role.may_act(user) for state, role in HOLDER.items())))


def mine(user: User) -> QuerySet[Proposal]:
    """What this person writes, alone or with others."""
    return Proposal.objects.filter(Role.AUTHOR.where(user))


def moved(user: User) -> QuerySet[Proposal]:
    """What this person may see and has been moved by somebody."""
    return visible_to(user).filter(place__gt=0)


WAITING = Selection(
    "waiting",
    "Waits for me",
    waiting,
    "Nothing waits for you. When a proposal needs you, it stands here and a letter tells you.",
)
MINE = Selection("mine", "My proposals", mine, "You have not written a proposal yet. “New proposal” begins one.")
MOVED = Selection(
    "all",
    "Recently moved",
    moved,
    "Nothing has moved yet. Proposals that you may see stand here once they have been submitted.",
)
ALL = Selection(
    "all",
    "All that I may see",
    visible_to,
    "There is no proposal that you may see: you see your own, and those of offices or regions in which you decide. "
    "“New proposal” begins one.",
)
HOME = (WAITING, MINE, MOVED)
TABS = {selection.name: selection for selection in (WAITING, MINE, ALL)}


def page(proposals: QuerySet[Proposal], size: int, before: str = "") -> Page:
    """One page of proposals, the last to move first.

    Args:
        before: the `older` of the page that was shown before this one; anything else begins at the top.
    """
    ordered = _after(proposals, before).order_by("-since", "-pk").values(*COLUMNS)
    found = list(ordered[: size + 1])
    shown = found[:size]
    older = f"{shown[-1]['since'].isoformat()}~{shown[-1]['pk']}" if len(found) > size else ""
    return Page([row(proposal) for proposal in shown], older)


def row(proposal: Mapping[str, Any]) -> dict[str, str]:
    """A proposal's line in a list, every part of it ready to be shown."""
    state = State(proposal["state"])
    holder = HOLDER.get(state)
    number = proposal["post__number"]
    return {
        "address": reverse("proposal", args=[proposal["pk"]]),
        "title": proposal["title"] or "Untitled proposal",
        "number": f"Post {number:04d}" if number else "",
        "office": proposal["office__code"],
        "author": proposal["author__name"],
        "state": state.value,
        "tag": str(state.label),
        "who": f"with the {holder}" if holder and holder.lower() not in state.label.lower() else "",
        "since": day(proposal["since"]),
    }


def day(moment: datetime) -> str:
    """A day as people write it: "22 November 2026"."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y}"


def terms(typed: str) -> list[str]:
    """The words of a search, as far as they are looked for."""
    return clean_line(typed[:LONGEST_SEARCH]).split()[:MOST_TERMS]


def matching(proposals: QuerySet[Proposal], typed: str) -> QuerySet[Proposal]:
    """Those that have every word of a search in their title, office, author's name, or as their post number."""
    for term in terms(typed):
        anywhere = Q(title__icontains=term) | Q(office__code__icontains=term) | Q(author__name__icontains=term)
        if term.isascii() and term.isdigit() and len(term) <= 6:
            anywhere |= Q(post__number=int(term))
        proposals = proposals.filter(anywhere)
    return proposals


def _after(proposals: QuerySet[Proposal], before: str) -> QuerySet[Proposal]:
    moment, _, pk = before.partition("~")
    try:
        since, last = datetime.fromisoformat(moment), int(pk[:18])
    except ValueError:
        return proposals
    if since.tzinfo is None or not 2000 <= since.year <= 9000:
        return proposals
    return proposals.filter(since__lte=since).exclude(since=since, pk__gte=last)
