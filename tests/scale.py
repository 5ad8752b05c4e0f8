"""What pages cost with few and with many proposals: `python -m tests.scale [--rows 100,10000,100000] [--rounds 15]`.

Fills throw-away databases (SQLite files, and PostgreSQL where TEST_POSTGRES_URL is set) with so many proposals in all
states, then asks for each page in turn in all of them, round by round, in this process. Printed are the medians of the
processor's time (the database server's own included), the ratio of the largest to the smallest, how many times a Django
page that says “hello” the largest costs, and the statements. Nothing of it is a test: a busy machine decides nothing.
"""

import argparse
import contextlib
import datetime
import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import tests.conftest  # noqa: F401 - sets the environment and Django up

import psycopg2  # isort: skip
from django.contrib.auth.decorators import login_not_required
from django.core.management import call_command
from django.db import connections
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path
from django.utils import timezone

from documents.document import canonical_json
from organisation.models import Office, User
from proposals.models import Event, Proposal, Version
from proposals.sections import TEMPLATE
from proposals.states import State
from tests.conftest import POSTGRES
from tests.proposals.pages import form_of
from tests.story import COMPLETE, bring_to, draft
from tests.workflow.browsing import seen, signed_in
from workflow.demonstration.cast import Cast, make_cast

WORDS = "migration wages statistics dialogue safety inclusion transport agriculture enterprises standards".split()
FEW = 5
"""So many proposals Sofia's office and Felix have, however many there are in all."""
RARE = "okapi"
"""A word that stands in one title alone, the oldest; “apprenticeship” stands in every third, “officer” in each."""


@login_not_required
def hello(request: HttpRequest) -> HttpResponse:
    """The least that a page of Django can say, with the middleware of every page."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello), path("", include("jpo_portal.urls"))]


class Site:
    """The portal on a database of its own, filled with so many proposals."""

    def __init__(self, alias: str, count: int) -> None:
        self.alias, self.count = alias, count

    def use(self) -> None:
        """Makes the portal of this process work on this site's database."""
        connections["default"] = connections[self.alias]

    def fill(self, rounds: int) -> None:
        """Migrates, brings in the cast and all proposals, and makes ready what the measures need."""
        self.use()
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.cast = make_cast()
        fill(self.cast, self.count)
        self.draft = draft(self.cast.ana, self.cast.offices["WORKSKILLS"])
        self.submitted = bring_to(State.SUBMITTED, self.cast)
        self.to_endorse = [bring_to(State.ENDORSEMENT, self.cast) for _ in range(rounds + 1)]
        with connections["default"].cursor() as cursor:
            cursor.execute("ANALYZE")
        self.browsers = {name: signed_in(person) for name, person in self.cast.people.items()}

    def cpu(self) -> float:
        """The processor's time so far, in milliseconds: of this process, and of the database's where that is another."""
        own = time.process_time_ns()
        with contextlib.suppress(AttributeError, OSError):
            backend = connections["default"].connection.info.backend_pid
            own += int(Path(f"/proc/{backend}/schedstat").read_text().split()[0])
        return own / 1e6


def fill(cast: Cast, count: int) -> None:
    """Writes so many proposals of many authors and offices, in all states, through the models but many at a time."""
    offices, authors = spread(cast)
    began = timezone.now() - datetime.timedelta(days=900)
    for start in range(0, count, 2000):
        numbers = range(start, min(start + 2000, count))
        batch = Proposal.objects.bulk_create(a_proposal(n, offices, authors, began, count) for n in numbers)
        for section in TEMPLATE:
            texts = {field.name: COMPLETE[field.name] for field in section.fields()}
            section.objects.bulk_create(section(proposal=p, saved_by_id=p.author_id, saved_at=p.since, **texts) for p in batch)
        moved = [proposal for proposal in batch if proposal.place]
        versions = Version.objects.bulk_create(a_version(proposal) for proposal in moved)
        Event.objects.bulk_create(an_event(version) for version in versions)
        newest = Version.objects.filter(proposal=OuterRef("pk")).values("pk")
        Proposal.objects.filter(pk__in=[p.pk for p in moved]).update(version=Subquery(newest))


def spread(cast: Cast) -> tuple[list[Office], list[User]]:
    """Where proposals come from, in turn: forty more authors beside Ana, all offices but Sofia's; some more than others."""
    authors = [User(email=f"author{n}@demo.example", name=f"Author {n} Example") for n in range(40)]
    offices = [office for code, office in cast.offices.items() if code != "CO-Dakar"]
    return [*offices, *[cast.offices["WORKSKILLS"]] * 3], [*User.objects.bulk_create(authors), *[cast.ana] * 10]


def a_proposal(n: int, offices: list[Office], authors: list[User], began: datetime.datetime, count: int) -> Proposal:
    """The proposal with this number; the first few are Felix's, in Sofia's office."""
    state = list(State)[n % len(State)]
    subject = f"on {WORDS[n % 10]} and {WORDS[n // 10 % 10]}" + (" for apprenticeships" if n % 3 == 0 else "")
    few = n < FEW
    return Proposal(
        author=User.objects.get(email="felix@demo.example") if few else authors[n * 7 % len(authors)],
        office=Office.objects.get(code="CO-Dakar") if few else offices[n * 3 % len(offices)],
        title=f"Junior Professional Officer {subject}" + (f" in the {RARE} reserve" if n == 0 else f" no. {n}"),
        state=State.ENDORSEMENT if n == 0 else state,
        since=began + datetime.timedelta(days=890) * (n / count),
        place=0 if state == State.DRAFT and n else 1,
    )


def a_version(proposal: Proposal) -> Version:
    """A version of it, which lists and counters see; nobody opens it."""
    return Version(
        proposal=proposal, number=1, text="{}", answers="", seal="", office_id=proposal.office_id, frozen_by_id=proposal.author_id
    )


def an_event(version: Version) -> Event:
    """Its submission."""
    text = canonical_json({"to": version.proposal.state})
    return Event(
        proposal=version.proposal, place=1, action="submit", actor_id=version.frozen_by_id, version=version, text=text, hash=""
    )


Measure = Callable[[Site, int], tuple[Client, str, dict[str, str] | None]]
"""What one round of a measure asks for: the browser, the address, and what is sent, if anything."""


def get(who: str, address: str) -> Measure:
    """To ask for a page."""
    return lambda site, turn: (site.browsers[who], address.format(draft=site.draft.pk, submitted=site.submitted.pk), None)


def older(who: str, address: str) -> Measure:
    """To ask for the page of a list after this one."""

    def measure(site: Site, turn: int) -> tuple[Client, str, None]:
        page = site.browsers[who].get(address).content.decode()
        rest = page.partition(">Show older")[0].rpartition('href="')[2].rstrip('"').replace("&amp;", "&")
        return site.browsers[who], f"/proposals/{rest}" if rest.startswith("?") else address, None

    return measure


def save(site: Site, turn: int) -> tuple[Client, str, dict[str, str]]:
    """To save a section with another text."""
    browser, address = site.browsers["ana"], f"/proposals/{site.draft.pk}/edit/introduction/"
    return browser, address, form_of(browser.get(address)) | {"introduction": f"<p>Saved in round {turn}.</p>", "go": "stay"}


def endorse(site: Site, turn: int) -> tuple[Client, str, dict[str, str]]:
    """To endorse a proposal."""
    browser, address = site.browsers["dina"], f"/proposals/{site.to_endorse[turn].pk}/steps/endorse/"
    return browser, address, {"seen": seen(browser.get(address))}


STRANGER = Client()
"""One for all rounds: a new one would load the middleware anew, and be timed doing so."""

MEASURES: dict[str, Measure] = {
    "hello": lambda site, turn: (STRANGER, "/hello/", None),
    **{f"home ({who})": get(who, "/") for who in ("june", "maya", "dina", "sofia", "hugo", "ana", "felix", "otto")},
    **{f"list ({who})": get(who, "/proposals/") for who in ("june", "maya", "dina", "sofia", "ana", "otto")},
    "second page (june)": older("june", "/proposals/"),
    "second page (dina)": older("dina", "/proposals/"),
    "in the middle (june)": get("june", "/proposals/?before={middle}"),
    **{f"search, in each ({who})": get(who, "/proposals/?q=officer") for who in ("june", "dina", "sofia", "ana")},
    **{f"search, in a third ({who})": get(who, "/proposals/?q=apprenticeship+officer") for who in ("june", "sofia")},
    **{f"search, in one ({who})": get(who, f"/proposals/?q={RARE}") for who in ("june", "sofia", "dina", "ana")},
    "search, in none (june)": get("june", "/proposals/?q=zzyzx"),
    "search, a number (june)": get("june", "/proposals/?q=2131"),
    "proposal (june)": get("june", "/proposals/{submitted}/"),
    "overview (ana)": get("ana", "/proposals/{draft}/edit/"),
    "section (ana)": get("ana", "/proposals/{draft}/edit/introduction/"),
    "save (ana)": save,
    "endorse (dina)": endorse,
}
MEASURES["in the middle (june)"] = lambda site, turn: (
    site.browsers["june"],
    f"/proposals/?before={(timezone.now() - datetime.timedelta(days=450)).isoformat().replace('+', '%2B')}~1",
    None,
)


def once(site: Site, measure: Measure, turn: int) -> tuple[float, int]:
    """The processor's time of one request in milliseconds, and its statements."""
    browser, address, sent = measure(site, turn)
    with CaptureQueriesContext(connections["default"]) as asked:
        before = site.cpu()
        answer = browser.get(address) if sent is None else browser.post(address, sent)
        spent = site.cpu() - before
    assert answer.status_code in (200, 302, 303), f"{address}: {answer.status_code}"
    return spent, len(asked)


def table(sites: list[Site], rounds: int, only: str) -> Iterator[str]:
    """The lines of the table of one database."""
    costs: dict[str, dict[int, list[float]]] = {name: {site.count: [] for site in sites} for name in MEASURES}
    statements: dict[str, set[int]] = {name: set() for name in MEASURES}
    names = [name for name in MEASURES if only in name or name == "hello"]
    for turn, name, site in itertools.product(range(rounds + 1), names, sites):
        site.use()
        spent, asked = once(site, MEASURES[name], turn)
        if turn:  # the first round only warms up
            costs[name][site.count].append(spent)
            statements[name].add(asked)
    middle = {name: [statistics.median(costs[name][site.count]) for site in sites] for name in names}
    yield "".join([f"{'page':<28}", *(f"{site.count:>9,}" for site in sites), f"{'ratio':>8}{'× hello':>9}  statements"])
    for name in names:
        ms, asked = middle[name], "–".join(map(str, sorted({min(statements[name]), max(statements[name])})))
        figures = "".join(f"{one:9.2f}" for one in ms)
        yield f"{name:<28}{figures}{ms[-1] / ms[0]:8.2f}{ms[-1] / middle['hello'][-1]:9.1f}  {asked}"


def databases(rows: Iterable[int]) -> Iterator[tuple[str, list[Site]]]:
    """For each kind of database the sites on it, still empty; they are gone afterwards."""
    default = connections.settings["default"]
    with tempfile.TemporaryDirectory() as folder:
        connections.settings |= {f"s{n}": default | {"NAME": f"{folder}/{n}.sqlite3"} for n in rows}
        yield "SQLite", [Site(f"s{n}", n) for n in rows]
        for n in rows:
            connections[f"s{n}"].close()
    if POSTGRES:
        import environ  # noqa: PLC0415 - only where there is a PostgreSQL

        server = default | {"OPTIONS": {}} | environ.Env.db_url_config(POSTGRES)
        names = {n: f"scale_{os.getpid()}_{n}" for n in rows}
        on(server, *(f"CREATE DATABASE {name}" for name in names.values()))
        try:
            connections.settings |= {f"p{n}": server | {"NAME": name} for n, name in names.items()}
            yield "PostgreSQL", [Site(f"p{n}", n) for n in rows]
            for n in rows:
                connections[f"p{n}"].close()
        finally:
            on(server, *(f"DROP DATABASE {name} WITH (FORCE)" for name in names.values()))


def on(server: dict[str, str], *statements: str) -> None:
    """Runs statements on a PostgreSQL server, outside of any transaction."""
    known = {key: server[name] for key, name in (("user", "USER"), ("password", "PASSWORD"), ("host", "HOST"), ("port", "PORT"))}
    gate = psycopg2.connect(dbname="postgres", **known)
    gate.autocommit = True
    with gate.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    gate.close()


def main() -> None:
    """Fills, measures, prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", default="100,10000,100000", type=lambda said: sorted(map(int, said.split(","))))
    parser.add_argument("--rounds", default=15, type=int)
    parser.add_argument("--only", default="", help="measure only pages whose name has this in it")
    asked = parser.parse_args()
    with override_settings(ROOT_URLCONF="tests.scale"):
        for name, sites in databases(asked.rows):
            for site in sites:
                began = time.monotonic()
                site.fill(asked.rounds)
                print(f"{name}: {site.count:,} proposals in {time.monotonic() - began:.0f} s", file=sys.stderr)
            print(f"\n{name}, milliseconds of processor time, medians of {asked.rounds} rounds")
            for line in table(sites, asked.rounds, asked.only):
                print(line)


if __name__ == "__main__":
    main()
