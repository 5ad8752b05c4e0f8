"""The home page and the list of proposals: what stands there for whom, page by page, at the same cost for many as for few."""

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.models import User
from proposals.models import Proposal
from proposals.states import State
from proposals.writing import invite
from tests.story import bring_to, draft, step
from workflow import lists
from workflow.demonstration.cast import Cast


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def headings(page: str) -> dict[str, list[str]]:
    """The lists of a page: under each heading the titles in it."""
    parts = re.split(r"<h2[^>]*>(.*?)</h2>", page)[1:]
    return {
        heading: re.findall(r'class="jpo-rows__title"[^>]*>(.*?)</a>', body)
        for heading, body in zip(parts[::2], parts[1::2], strict=True)
    }


def titles(page: str) -> list[str]:
    """The titles in the list of a page."""
    return [title.removeprefix("Junior Professional Officer ") for title in re.findall(r'__title"[^>]*>(.*?)</a>', page)]


def test_the_home_page_says_what_waits_what_is_mine_and_what_moved(cast: Cast) -> None:
    bring_to(State.ENDORSEMENT, cast, title="on waiting")
    bring_to(State.SUBMITTED, cast, title="on arriving")
    bring_to(State.RETURNED, cast, title="on returning")
    draft(cast.ana, cast.offices["WORKSKILLS"], title="on beginning")
    jpo = "Junior Professional Officer on"
    home = {
        person: headings(signed_in(getattr(cast, person)).get("/").content.decode()) for person in ("ana", "dina", "june", "otto")
    }
    everything = [f"{jpo} returning", f"{jpo} arriving", f"{jpo} waiting"]
    assert home == {
        "ana": {
            "Waits for me": [f"{jpo} beginning", f"{jpo} returning"],
            "My proposals": [f"{jpo} beginning", *everything],
            "Recently moved": everything,
        },
        "dina": {"Waits for me": [f"{jpo} waiting"], "My proposals": [], "Recently moved": everything},
        "june": {"Waits for me": [f"{jpo} arriving"], "My proposals": [], "Recently moved": everything},
        "otto": {"Waits for me": [], "My proposals": [], "Recently moved": []},
    }


def test_what_somebody_wrote_themselves_does_not_wait_for_their_decision(cast: Cast) -> None:
    """Dina directs the office, but it is a text of her own: it waits for Maya, who directs headquarters."""
    written_with = draft(cast.ana, cast.offices["WORKSKILLS"], title="on two hats")
    invite(written_with, cast.dina)
    step("submit", written_with, cast.ana)
    waits = [[row["title"] for row in lists.page(lists.waiting(person), 10).rows] for person in (cast.dina, cast.maya)]
    assert waits == [[], ["Junior Professional Officer on two hats"]]


def test_an_empty_list_says_what_to_do_next(cast: Cast) -> None:
    page = signed_in(cast.otto).get("/").content.decode()
    assert re.findall(r'<p class="jpo-inset jpo-measure">(.*?)</p>', page) == [
        lists.WAITING.empty,
        lists.MINE.empty,
        lists.MOVED.empty,
    ]


def test_a_row_is_ready_to_be_shown(cast: Cast) -> None:
    proposal = bring_to(State.APPROVAL, cast, field=True, title="on fair recruitment")
    Proposal.objects.filter(pk=proposal.pk).update(since=timezone.make_aware(timezone.datetime(2026, 3, 1, 9, 30)))
    assert lists.page(lists.visible_apart(cast.hugo), 10).rows == [
        {
            "address": f"/proposals/{proposal.pk}/",
            "title": "Junior Professional Officer on fair recruitment",
            "number": "",
            "office": "CO-Jakarta",
            "author": "Felix Tanoto",
            "state": "approval",
            "tag": "With the regional HR Partner",
            "who": "",
            "since": "1 March 2026",
        }
    ]


def test_pages_of_a_list_follow_each_other_without_gap_or_repetition(cast: Cast) -> None:
    for number in range(70):
        draft(cast.ana, cast.offices["WORKSKILLS"], title=f"on subject {number}")
    Proposal.objects.filter(pk__in=list(Proposal.objects.values_list("pk", flat=True)[:50])).update(
        since=timezone.now()
    )  # all at once
    browser, address, seen, sizes = signed_in(cast.ana), "/proposals/?show=mine", [], []
    while address and len(sizes) < 9:
        page = browser.get(address).content.decode()
        found = titles(page)
        seen += found
        sizes.append(len(found))
        older = re.search(r'href="(\?[^"]*)">Show older', page)
        address = "/proposals/" + older[1].replace("&amp;", "&") if older else ""
    expected = Proposal.objects.order_by("-since", "-pk").values_list("title", flat=True)
    assert sizes == [30, 30, 10]
    assert seen == [title.removeprefix("Junior Professional Officer ") for title in expected]


NO_PLACES = (
    "", "x", "~", "2026-01-01~x", "2026-01-01T00:00:00~1", "0001-01-01T00:00:00+14:00~1", "9999-12-31T23:59:59-12:00~1",
    "2026-01-01T00:00:00+00:00~" + "9" * 40, "2026-01-01T00:00:00+00:00~-5", "\x00~\x00", "²~²",
)  # fmt: skip


def test_a_place_in_the_list_that_makes_no_sense_does_no_harm(cast: Cast) -> None:
    bring_to(State.ENDORSEMENT, cast)
    browser = signed_in(cast.ana)
    assert {browser.get("/proposals/", {"before": before}).status_code for before in NO_PLACES} == {200}


def test_a_search_finds_title_office_author_and_number(cast: Cast) -> None:
    issued = bring_to(State.ISSUED, cast, title="on Straße and 100 % wages")
    bring_to(State.SUBMITTED, cast, field=True, title="on fair_recruitment")
    browser = signed_in(cast.june)
    number = str(issued.post)
    found = {q: titles(browser.get("/proposals/", {"q": q}).content.decode()) for q in (
        "STRASSE", "straße", "jakarta", "tanoto fair", "lindqvist jakarta", number, f"post {number}", "100 %", "_", "%%", "' OR 1=1 --", ""
    )}  # fmt: skip
    assert found == {
        "STRASSE": [],
        "straße": ["on Straße and 100 % wages"],
        "jakarta": ["on fair_recruitment"],
        "tanoto fair": ["on fair_recruitment"],
        "lindqvist jakarta": [],
        number: ["on Straße and 100 % wages"],
        f"post {number}": [],
        "100 %": ["on Straße and 100 % wages"],
        "_": ["on fair_recruitment"],
        "%%": [],
        "' OR 1=1 --": [],
        "": ["on fair_recruitment", "on Straße and 100 % wages"],
    }


def test_a_search_finds_nothing_that_the_person_may_not_see(cast: Cast) -> None:
    bring_to(State.SUBMITTED, cast, field=True, title="on pearl fishing")
    bring_to(State.DRAFT, cast, title="on pearl diving")
    found = {
        person: titles(signed_in(getattr(cast, person)).get("/proposals/?q=pearl").content.decode())
        for person in ("felix", "ana", "diego", "hugo", "dina", "hana", "otto", "june", "root")
    }
    assert found == {
        "felix": ["on pearl fishing"],
        "ana": ["on pearl diving"],
        "diego": ["on pearl fishing"],
        "hugo": ["on pearl fishing"],
        "dina": [],
        "hana": [],
        "otto": [],
        "june": ["on pearl fishing"],
        "root": [],
    }


HOSTILE = (
    "\x00", "\x00pearl", "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe", "a " * 10_000, "x" * 100_000, "9" * 30, "²",
    "\u202e", "<script>alert(1)</script>", "\"'*():-^{}", "%", "\\",
)  # fmt: skip


def test_no_search_breaks_the_list(cast: Cast) -> None:
    bring_to(State.ENDORSEMENT, cast)
    browser = signed_in(cast.ana)
    answers = [browser.get("/proposals/", {"q": q}) for q in HOSTILE]
    assert {(answer.status_code, b"<script>alert" in answer.content) for answer in answers} == {(200, False)}


COSTS = {"/": 10, "/proposals/": 8, "/proposals/?show=waiting": 8, "/proposals/?q=officer": 8}
"""How many questions to the database each page may ask, the session and the person included."""


def test_lists_cost_the_same_with_ten_and_with_sixty_rows(cast: Cast) -> None:
    likes = [bring_to(State.ENDORSEMENT, cast), bring_to(State.SUBMITTED, cast)]
    costs = []
    for more in (4, 25):
        for like in likes:  # copies of rows: sixty stories would take a minute to tell
            same = {name: getattr(like, name) for name in ("author", "office", "title", "state", "version", "place", "since")}
            Proposal.objects.bulk_create(Proposal(**same) for _ in range(more))
        costs.append({(address, who): cost(getattr(cast, who), address) for address in COSTS for who in ("ana", "dina", "june")})
    Proposal.objects.exclude(pk__in=[like.pk for like in likes]).delete()
    assert costs[0] == costs[1]
    assert [at for at, count in costs[1].items() if count > COSTS[at[0]]] == []


def cost(person: User, address: str) -> int:
    """How many questions to the database a page asks."""
    browser = signed_in(person)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
