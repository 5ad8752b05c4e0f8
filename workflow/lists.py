"""Rows for lists of proposals: dicts of ready strings, a page at a time, nothing counted."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone

from documents.prose import clean_line
from organisation.models import Office, User
from proposals.models import EVER_MOVED, Post, Proposal
from proposals.policy import Part, Role, visible_apart
from proposals.states import WRITABLE, State
from proposals.titles import SHORTEST, titles_with
from workflow.steps import HOLDER

FIRST, PAGE = 10, 30
"""How many rows the home page and the list show at a time."""
LONGEST_SEARCH, MOST_TERMS = 200, 10
FEW, MOST_LOOKED_UP = 500, 2
"""A word that no more proposals may have picks them; so many words, the longest, are tried."""
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
    parts: Callable[[User], list[Part]]
    empty: str


def waiting(user: User) -> list[Part]:
    """What waits for this person: they may act in the very role that has the proposal now."""
    having = {role: Q(state__in=WRITABLE) if role is Role.AUTHOR else Q(state=state) for state, role in HOLDER.items()}
    return [part & states for role, states in having.items() for part in role.may_act_apart(user)]


def mine(user: User) -> list[Part]:
    """What this person writes, alone or with others."""
    return Role.AUTHOR.apart(user)


def moved(user: User) -> list[Part]:
    """What this person may see and has been moved by somebody."""
    return [part & EVER_MOVED for part in visible_apart(user)]


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
    visible_apart,
    "There is no proposal that you may see: you see your own, and those of offices or regions in which you decide. "
    "“New proposal” begins one.",
)
HOME = (WAITING, MINE, MOVED)
TABS = {selection.name: selection for selection in (WAITING, MINE, ALL)}


def page(parts: list[Part], size: int, before: str = "") -> Page:
    """One page of proposals, the last to move first.

    Args:
        parts: which proposals.
        before: the `older` of the page that was shown before this one; anything else begins at the top.
    """
    firsts = _firsts(parts, size + 1, before)
    found = list(_first(Proposal.objects.filter(pk__in=firsts).values(*COLUMNS), size + 1)) if firsts else []
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


def matching(parts: list[Part], typed: str) -> list[Part]:
    """Those that have every word of a search in their title, office, author's name, or as their post number.

    A word that few proposals have picks these few; words that many have are soon met by going through the list.
    """
    words = terms(typed)
    if not words:
        return parts
    asked = reduce(operator.and_, map(_has, words))
    few = _few(words)
    if few is None:
        return [part & asked for part in parts]
    return [Part(Q(pk__in=few) & reduce(operator.or_, (part.whole() for part in parts)) & asked)]


def _has(word: str) -> Q:
    """The proposals that have a word."""
    anywhere = Q(title__icontains=word) | Q(office__code__icontains=word) | Q(author__name__icontains=word)
    return anywhere | Q(post__number=number) if (number := _number(word)) else anywhere


def _few(words: list[str]) -> list[int] | None:
    """All proposals that may have every one of these words; None if that may be more than a few."""
    for word in sorted(filter(lambda word: len(word) >= SHORTEST, words), key=len)[: -MOST_LOOKED_UP - 1 : -1]:
        found = list(_may_have(word)[: FEW + 1])
        if len(found) <= FEW:
            return found
    return None


def _may_have(word: str) -> QuerySet[Any]:
    """The keys of all proposals that may have a word, each way by its index."""
    ways = [
        Proposal.objects.filter(office__in=Office.objects.filter(code__icontains=word)),
        Proposal.objects.filter(author__in=User.objects.filter(name__icontains=word)),
    ]
    if number := _number(word):
        ways.append(Proposal.objects.filter(post__in=Post.objects.filter(number=number)))
    titles = titles_with(word).values_list("proposal_id", flat=True)
    return titles.union(*(way.order_by().values_list("pk", flat=True) for way in ways), all=True)


def _number(word: str) -> int | None:
    """The post number a word may be."""
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 6 else None


def _firsts(parts: list[Part], size: int, before: str) -> RawSQL | None:
    """The keys of the first proposals of each part: among them are the first of the whole, and no long list is sorted.

    Each part is put into SQL once and repeated for each of its offices; by the ORM alone a Director of many offices
    would wait longer for the question than for the answer.
    """
    questions: list[str] = []
    values: list[Any] = []
    for part in parts:
        proposals = Proposal.objects.filter(part.where, **({"office": RawSQL("%s", [part])} if part.offices else {}))
        try:
            question, asked = _first(_after(proposals, before).values("pk"), size).query.sql_with_params()
        except EmptyResultSet:
            continue
        for office in part.offices or [0]:
            questions.append(f"SELECT * FROM ({question}) AS part")
            values += [office if value is part else value for value in asked]
    return RawSQL(" UNION ALL ".join(questions), values) if questions else None


def _first(proposals: QuerySet[Any], size: int) -> QuerySet[Any]:
    return proposals.order_by("-since", "-pk")[:size]


def _after(proposals: QuerySet[Proposal], before: str) -> QuerySet[Proposal]:
    moment, _, pk = before.partition("~")
    try:
        since, last = datetime.fromisoformat(moment), int(pk[:18])
    except ValueError:
        return proposals
    if since.tzinfo is None or not 2000 <= since.year <= 9000:
        return proposals
    return proposals.filter(since__lte=since).exclude(since=since, pk__gte=last)
