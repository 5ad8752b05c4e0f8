"""Lists and searches of everybody, whole and in order, whatever way they are found."""

import datetime
from functools import reduce

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from proposals import policy
from proposals.models import Proposal
from proposals.states import State
from proposals.writing import invite
from tests.story import bring_to
from workflow import lists
from workflow.demonstration.cast import Cast
from workflow.steps import HOLDER


def many(cast: Cast) -> None:
    """Proposals of several authors and offices in every state, written with colleagues; a third moved at one moment."""
    likes = [bring_to(state, cast, title="on wages") for state in State]
    once = timezone.now() - datetime.timedelta(days=3)
    offices = list(cast.offices.values())
    for number in range(120):
        like = likes[number % len(likes)]
        proposal = Proposal(
            author=(like.author, cast.dina, cast.greta)[number % 3],
            office=(like.office, *offices)[number % 7],
            title=f"on subject {number}",
            state=like.state,
            version=like.version,
            place=like.place,
            since=once if number % 3 else once + datetime.timedelta(minutes=number),
        )
        proposal.save()
        if number % 5 == 0:
            invite(proposal, (cast.colin, cast.maya, cast.june)[number % 3])


def whole(parts: list[policy.Part], size: int) -> list[str]:
    """The addresses in a list, page after page."""
    page = lists.page(parts, size)
    found = page.rows
    while page.older:
        page = lists.page(parts, size, page.older)
        found += page.rows
    return [row["address"] for row in found]


def in_order(proposals: QuerySet[Proposal]) -> list[str]:
    """The addresses of these proposals, the last to move first."""
    return [f"/proposals/{pk}/" for pk in proposals.order_by("-since", "-pk").values_list("pk", flat=True)]


@pytest.mark.parametrize("one_by_one", [200, 0], ids=["office by office", "all offices at once"])
def test_a_list_is_complete_in_order_and_without_doubles_for_everybody(cast: Cast, monkeypatch, one_by_one: int) -> None:
    """What each person's parts give together, page by page, is what the policy says of every proposal on its own."""
    monkeypatch.setattr(policy, "MOST_OFFICES", one_by_one)
    many(cast)
    every = Proposal.objects.all()
    for person in cast.people.values():
        seen = policy.visible_to(person)
        waits = [pk for state, role in HOLDER.items() for pk in every.filter(role.may_act(person), state=state).values_list("pk")]
        assert whole(lists.visible_apart(person), 7) == in_order(seen), person
        assert whole(lists.moved(person), 7) == in_order(seen.filter(place__gt=0)), person
        assert whole(lists.mine(person), 7) == in_order(every.filter(policy.Role.AUTHOR.where(person))), person
        assert whole(lists.waiting(person), 7) == in_order(every.filter(pk__in=[pk for (pk,) in waits])), person


def test_a_search_finds_the_same_whichever_way_it_goes(cast: Cast, monkeypatch) -> None:
    """By the index, if a word is in few proposals; through the list, if it is in many, or too short for the index."""
    many(cast)
    searches = (
        "wages",
        "subject",
        "subject 7",
        "ject 11",
        "jakarta",
        "LINDQVIST subject",
        "on",
        "1",
        "subject zzz",
        's"j',
        "dakar haddad",
    )
    everything = {}
    for few in (1000, 0):
        monkeypatch.setattr(lists, "FEW", few)
        for person in (cast.june, cast.maya, cast.dina, cast.ana, cast.sofia, cast.otto):
            for typed in searches:
                found = whole(lists.matching(lists.visible_apart(person), typed), 7)
                assert found == everything.setdefault((person, typed), found)
    plainly = {
        (person, typed): in_order(
            reduce(lambda left, word: left.filter(lists._has(word)), typed.split(), policy.visible_to(person))
        )
        for person, typed in everything
    }
    assert everything == plainly
    assert len([found for found in plainly.values() if found]) > 20
