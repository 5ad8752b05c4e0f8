"""Many writers who save without pause, over HTTP: how many saves fail, whether a text is lost, how long one waits.

    python -m tests.autosavers [--writers 32] [--seconds 10]

Starts gunicorn, two processes of four threads each, on a throw-away database: on SQLite, and on PostgreSQL too where
TEST_POSTGRES_URL is set. Four writers share a section: Ana in two windows, both in the same box, and two colleagues in a box
each. Every text is another one. Lost is a text that was acknowledged, was not followed by another one of the same window, and
stands neither in its box nor among the earlier texts. Prints a line for each database; its exit status is 1 if anything failed
or was lost.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
import psycopg2
from django.core.management import call_command

from tests.server import Server

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "jpo_portal.settings",
    "SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789-0123456789",
    "SITE_URL": "http://127.0.0.1",
    "EMAIL_URL": "dummymail://",
    "STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
SEATS = (("ana", "education_minimum"), ("ana", "education_minimum"), ("colin", "skills_minimum"), ("felix", "competencies"))
"""Who of the cast writes in which box of a section."""
ROW = "{:<12}{:>8}{:>8}{:>8}{:>8}{:>9}{:>9}{:>9}"


@dataclass
class Window:
    """A page of a section in which somebody saves one box again and again."""

    name: str
    address: str
    box: str
    cookies: str
    sent: dict[str, str]
    acknowledged: list[str] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def write(self, port: int, until: float) -> None:
        """Saves without pause until then."""
        number = 0
        while time.monotonic() < until:
            number += 1
            self.save(port, f"Text {number} of {self.name}.")

    def save(self, port: int, text: str) -> None:
        """One save, as the page's script sends it, and what it learns from the answer."""
        began = time.monotonic()
        try:
            status, answer = ask(port, self.address, self.cookies, self.sent | {self.box: text})
        except (OSError, HTTPException, ValueError) as trouble:
            status, answer = 0, {"trouble": repr(trouble)}
        self.waited.append(time.monotonic() - began)
        if status != 200:
            self.failed.append(f"{self.name}: {status} {answer}")
            return
        self.acknowledged.append(text)
        self.sent |= {"opened": answer["opened"], "revision": str(answer["revision"])}  # it shows what others wrote, too


def ask(port: int, address: str, cookies: str, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """One request on a connection of its own; status and answer."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
        line.request("POST", address, urlencode(sent), headers)
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        line.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.autosavers", description="Many writers save without pause.")
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    if "DATABASE_URL" in os.environ and os.environ.get("AUTOSAVERS_ON"):
        sys.exit(measure(os.environ["AUTOSAVERS_ON"], given.writers, given.seconds))
    print(ROW.format("database", "writers", "saved", "failed", "lost", "p50 ms", "p95 ms", "max ms"), flush=True)
    worst = 0
    for name, database in databases():
        with database as url:
            on = {"AUTOSAVERS_ON": name, "DATABASE_URL": url}
            done = subprocess.run(
                [sys.executable, "-m", "tests.autosavers", *sys.argv[1:]], cwd=ROOT, env=os.environ | SETTINGS | on
            )
            worst = max(worst, abs(done.returncode))
    sys.exit(worst)


def databases() -> Iterator[tuple[str, Any]]:
    """The databases to try, each made when it is entered and gone when it is left."""
    yield "SQLite", on_sqlite()
    if address := os.environ.get("TEST_POSTGRES_URL"):
        yield "PostgreSQL", on_postgresql(address)


@contextmanager
def on_sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="jpo-autosavers-") as folder:
        yield f"sqlite:///{folder}/jpo.sqlite3"


@contextmanager
def on_postgresql(address: str) -> Iterator[str]:
    name, server = f"autosavers_{os.getpid()}", psycopg2.connect(address)
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
            yield f"{address.rpartition('/')[0]}/{name}"
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        server.close()


def measure(database: str, writers: int, seconds: float) -> int:
    """Lets them write on a new database, prints the line of the table, and says whether something went wrong."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    windows = sit_down(writers)
    server = Server(os.environ["DATABASE_URL"], workers=2)
    server.start()
    try:
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=window.write, args=(server.port, until)) for window in windows]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.kill()
    failed, missing = [trouble for window in windows for trouble in window.failed], lost(windows)
    waited = sorted(1000 * wait for window in windows for wait in window.waited)
    saved = sum(len(window.acknowledged) for window in windows)
    times = (f"{value:.0f}" for value in (statistics.median(waited), statistics.quantiles(waited, n=20)[-1], waited[-1]))
    print(ROW.format(database, writers, saved, len(failed), len(missing), *times), flush=True)
    for trouble in [*failed, *missing][:10]:
        print(f"  {trouble}", flush=True)
    return int(bool(failed or missing or not saved))


def sit_down(writers: int) -> list[Window]:
    """Proposals with four writers each, every one of them signed in with the page open."""
    from proposals.sections import QualificationsAndExperience as Section  # noqa: PLC0415 - the same
    from proposals.writing import begin, invite  # noqa: PLC0415 - the same
    from tests.proposals.pages import HIDDEN, form_of, page, signed_in  # noqa: PLC0415 - models, after the settings
    from workflow.demonstration.cast import make_cast  # noqa: PLC0415 - the same

    cast = make_cast()
    browsers = {name: signed_in(cast.people[name]) for name in {name for name, _ in SEATS}}
    windows = []
    for number in range(writers):
        if number % len(SEATS) == 0:
            proposal = begin(cast.ana, cast.offices["WORKSKILLS"])
            for name in ("colin", "felix"):
                invite(proposal, cast.people[name])
        name, box = SEATS[number % len(SEATS)]
        address, browser = page(proposal, Section), browsers[name]
        form = form_of(browser.get(address, headers={"host": "127.0.0.1"}))
        cookies = "; ".join(f"{key}={cookie.value}" for key, cookie in browser.cookies.items())
        sent = {key: form[key] for key in ("csrfmiddlewaretoken", *HIDDEN)}
        windows.append(Window(f"{name} {number}", address, box, cookies, sent))
    return windows


def lost(windows: list[Window]) -> list[str]:
    """The last acknowledged texts that stand nowhere."""
    from proposals.models import EarlierText, Proposal  # noqa: PLC0415 - models, after the settings

    found = set()
    for proposal in Proposal.objects.whole():
        found |= set(proposal.document().answers.values())
    for answers in EarlierText.objects.values_list("answers", flat=True):
        found |= set(answers.values())
    last = [window.acknowledged[-1] for window in windows if window.acknowledged]
    return [f"lost: {text}" for text in last if f"<p>{text}</p>" not in found]


if __name__ == "__main__":
    main()
