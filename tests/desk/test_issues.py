"""Issued posts on the JPO unit's desk: the list, what is chosen from it, the ZIP and the catalogue."""

import csv
import hashlib
import io
import os
import re
import tracemalloc
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk import issues
from documents.paper import Edition
from organisation.models import User
from proposals.models import Issue, Post, Proposal, Rendition
from proposals.states import State
from tests.documents import pdfs
from tests.story import bring_to, step
from workflow.demonstration.cast import Cast
from workflow.engine import Issuing
from workflow.printing import print_due


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def issue(cast: Cast, number: int, month: int, year: int, *, field: bool = False, **answers: str) -> Issue:
    """A post issued in that month, with that number."""
    proposal = bring_to(State.SUBMITTED, cast, field=field, **answers)
    step("issue", proposal, cast.june, issuing=Issuing(month=month, year=year, number=number))
    return Issue.objects.get(proposal=proposal)


def print_as(issues: list[Issue], pdf: bytes = b"%PDF-1.7 of ", edition: str = "public") -> None:
    """Their PDFs are printed; what they hold does not matter here, but each is another one."""
    for printed in issues:
        rendition = Rendition.objects.get(event=printed.event, edition=edition)
        content = pdf + str(printed.post).encode()
        rendition.state, rendition.pdf, rendition.sha256 = "done", content, hashlib.sha256(content).hexdigest()
        rendition.save()


def shown(browser: Client, address: str) -> list[str]:
    """The numbers in the list of a page, each with its time."""
    page = browser.get(address).content.decode()
    return re.findall(r"<strong>(\d+)</strong> <span[^>]*>.*?, (\w+ \d+)</span>", page)


def unzipped(answer) -> zipfile.ZipFile:
    """The ZIP in an answer."""
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def four(cast: Cast) -> list[Issue]:
    """Four issued posts, of two years, two of them in the field."""
    return [
        issue(cast, 2101, 5, 2026, title="on labour statistics"),
        issue(cast, 2102, 3, 2027, field=True, title="on fair recruitment", duty_station="Jakarta, Indonesia"),
        issue(cast, 2103, 5, 2027, title="sur l'économie sociale: coopératives / mutuelles"),
        issue(cast, 2104, 5, 2027, field=True, title="on safe work"),
    ]


def test_the_list_has_the_newest_first_and_is_narrowed_by_year_and_month(cast: Cast, four: list[Issue]) -> None:
    june = signed_in(cast.june)
    assert {query: [number for number, _ in shown(june, f"/issues/?{query}")] for query in (
        "", "year=2027", "year=2027&month=5", "month=5", "year=2025", "year=x&month=13"
    )} == {
        "": ["2104", "2103", "2102", "2101"],
        "year=2027": ["2104", "2103", "2102"],
        "year=2027&month=5": ["2104", "2103"],
        "month=5": ["2104", "2103", "2101"],
        "year=2025": [],
        "year=x&month=13": ["2104", "2103", "2102", "2101"],
    }  # fmt: skip
    page = june.get("/issues/?year=2027&month=5").content.decode()
    assert "if you tick nothing, all 2 posts issued in May 2027." in page
    assert "No post was issued in 2025." in june.get("/issues/?year=2025").content.decode()


def test_the_menu_leads_to_the_list_for_the_jpo_unit_alone(cast: Cast) -> None:
    assert ['href="/issues/"' in signed_in(who).get("/").content.decode() for who in (cast.june, cast.ana, cast.root)] == [
        True, False, False,
    ]  # fmt: skip


def test_pages_of_the_list_follow_each_other_without_gap_or_repetition(cast: Cast) -> None:
    copies(issue(cast, 2101, 5, 2026), 70)
    june, address, seen = signed_in(cast.june), "/issues/?year=&month=", []
    while address and len(seen) < 200:
        seen += shown(june, address)
        older = re.search(r'href="(\?[^"]*)">Show older', june.get(address).content.decode())
        address = "/issues/" + older[1].replace("&amp;", "&") if older else ""
    assert [number for number, _ in seen] == [
        str(row) for row in Issue.objects.order_by("-year", "-month", "-pk").values_list("post__number", flat=True)
    ]
    assert len(seen) == 71


def copies(like: Issue, number: int) -> None:
    """More issued posts like one: as many stories would take minutes to tell."""
    same = {name: getattr(like.proposal, name) for name in ("author", "office", "title", "state", "version", "place", "since")}
    made = Proposal.objects.bulk_create(Proposal(**same) for _ in range(number))
    first = 5000 + Post.objects.count()
    posts = Post.objects.bulk_create(Post(number=first + place) for place in range(number))
    events = type(like.event).objects.bulk_create(
        type(like.event)(
            proposal=proposal, place=1, action="issue", actor=like.event.actor, version=like.event.version, text="{}", hash="x"
        )
        for proposal in made
    )
    Issue.objects.bulk_create(
        Issue(post=post, proposal=proposal, event=event, month=place % 12 + 1, year=2020 + place % 3)
        for place, (post, proposal, event) in enumerate(zip(posts, made, events, strict=True))
    )


def cost(browser: Client, address: str) -> int:
    """How many questions a page asks the database."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_the_list_costs_the_same_with_ten_and_with_sixty_rows(cast: Cast) -> None:
    like, june = issue(cast, 2101, 5, 2026), signed_in(cast.june)
    copies(like, 30)
    few = cost(june, "/issues/?year=2020")
    copies(like, 60)
    assert few == cost(june, "/issues/?year=2020") <= 10


def test_the_zip_holds_the_ticked_posts_under_names_people_keep(cast: Cast, four: list[Issue]) -> None:
    print_as(four)
    answer = signed_in(cast.june).get("/issues/posts.zip", {"issue": [four[2].pk, four[1].pk, "x", "9" * 30]})
    assert answer["Content-Disposition"] == 'attachment; filename="JPO posts.zip"'
    archive = unzipped(answer)
    names = ["2103 - 2027-05 - sur l'economie sociale cooperatives mutuelles.pdf", "2102 - 2027-03 - on fair recruitment.pdf"]
    assert archive.namelist() == ["index.csv", *names]
    assert [archive.read(name) for name in names] == [b"%PDF-1.7 of 2103", b"%PDF-1.7 of 2102"]
    assert archive.testzip() is None
    rows = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
    assert rows[0] == {
        "post": "2103",
        "title": "Junior Professional Officer sur l'économie sociale: coopératives / mutuelles",
        "year": "2027",
        "month": "5",
        "office": "WORKSKILLS",
        "language": "en",
        "file": names[0],
        "sha256": hashlib.sha256(b"%PDF-1.7 of 2103").hexdigest(),
    }
    assert [row["post"] for row in rows] == ["2103", "2102"]


def test_ticking_nothing_hands_on_the_whole_selection_and_the_same_one_twice_is_the_same_zip(
    cast: Cast, four: list[Issue]
) -> None:
    print_as(four)
    june = signed_in(cast.june)
    one, two = (b"".join(june.get("/issues/posts.zip?year=2027&month=5").streaming_content) for _ in range(2))
    assert one == two
    assert [name[:4] for name in zipfile.ZipFile(io.BytesIO(one)).namelist()[1:]] == ["2103", "2104"]


def test_what_is_not_printed_yet_is_said_by_number_and_never_left_out_in_silence(cast: Cast, four: list[Issue]) -> None:
    print_as(four[1:])
    june = signed_in(cast.june)
    for address in ("/issues/posts.zip", "/issues/catalogue.pdf"):
        answer = june.get(address, {"month": "5"})
        page = answer.content.decode()
        assert (answer.status_code, re.findall(r'<a href="/proposals/\d+/">(\d+), ', page)) == (409, ["2101"])
        assert 'href="?month=5&amp;without=unprinted">Go on without it: 2 posts' in page
    archive = unzipped(june.get("/issues/posts.zip?month=5&without=unprinted"))
    index = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode("utf-8-sig"))))
    assert len(archive.namelist()) == 3
    assert [(row["post"], row["file"][:15]) for row in index] == [
        ("2101", "not printed yet"), ("2103", "2103 - 2027-05 "), ("2104", "2104 - 2027-05 "),
    ]  # fmt: skip
    nothing = june.get("/issues/posts.zip", {"issue": four[0].pk, "without": "unprinted"})
    assert (nothing.status_code, b"Go on" in nothing.content) == (409, False)


def test_donors_get_what_is_for_them_unless_the_complete_edition_is_asked_for(cast: Cast, four: list[Issue]) -> None:
    print_as(four[:1], b"for donors ")
    print_as(four[:1], b"complete ", "issued")
    june = signed_in(cast.june)
    found = {
        edition: unzipped(june.get("/issues/posts.zip", {"issue": four[0].pk, "edition": edition})).read(
            "2101 - 2026-05 - on labour statistics.pdf"
        )
        for edition in ("", "public", "issued", "draft")
    }
    assert found == {
        "": b"for donors 2101",
        "public": b"for donors 2101",
        "issued": b"complete 2101",
        "draft": b"for donors 2101",
    }


def test_an_empty_choice_and_a_too_large_one_are_told(cast: Cast, four: list[Issue], monkeypatch: pytest.MonkeyPatch) -> None:
    june = signed_in(cast.june)
    empty = june.get("/issues/posts.zip?year=2020")
    monkeypatch.setattr(issues, "MOST", 3)
    large = june.get("/issues/catalogue.pdf")
    assert [(answer.status_code, re.findall(r"<h2>Nothing was made</h2>\s*<p>(.*?)</p>", answer.content.decode())) for answer in (empty, large)] == [
        (422, ["There is no issued post among those you chose. Tick some, or choose another year or month."]),
        (422, ["These are more than 3 posts. Choose a year or a month, or tick fewer."]),
    ]  # fmt: skip


def test_the_zip_starts_at_once_and_holds_one_pdf_at_a_time(cast: Cast, four: list[Issue]) -> None:
    size = 4_000_000
    print_as(four, os.urandom(size))
    stream = iter(signed_in(cast.june).get("/issues/posts.zip").streaming_content)
    with CaptureQueriesContext(connection) as asked:
        first = next(stream)
    assert (len(asked), first[:4]) == (0, b"PK\x03\x04")
    tracemalloc.start()
    sizes = [len(part) for part in stream]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [length // size for length in sizes] == [1, 1, 1, 1, 0]
    assert peak < 5 * size  # of one PDF: out of the database, as bytes, as a part, as the answer's


def test_the_catalogue_binds_what_was_printed(cast: Cast) -> None:
    """The real thing: printed by the worker, bound by the press."""
    hq, field = issue(cast, 2101, 5, 2026), issue(cast, 2102, 6, 2026, field=True, duty_station="Jakarta, Indonesia")
    while print_due():
        pass
    answer = signed_in(cast.june).get("/issues/catalogue.pdf?year=2026")
    assert answer["Content-Disposition"] == 'attachment; filename="JPO catalogue 2026.pdf"'
    book = answer.content
    assert pdfs.info(book)["Title"] == "Catalogue of Junior Professional Officer posts – Posts issued in 2026"
    assert [title for level, title in pdfs.bookmarks(book) if level < 3] == [
        "Cover", "Contents", "Headquarters", "2101 – Junior Professional Officer on apprenticeship systems",
        "Asia and the Pacific", "2102 – Junior Professional Officer on apprenticeship systems",
    ]  # fmt: skip
    enclosed = {
        f"{printed.post}-{printed.year}-{printed.month:02d}.json": Rendition.objects.get(
            event=printed.event, edition=Edition.PUBLIC
        ).source
        for printed in (hq, field)
    }
    assert {name: hashlib.sha256(text.encode()).hexdigest() for name, text in pdfs.enclosures(book).items()} == enclosed
    assert "Jakarta, Indonesia · CO-Jakarta · June 2026" in pdfs.pages(book)[1]
