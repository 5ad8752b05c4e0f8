"""The post office of the tests: a real mail server, real workers, and the suite's database or one on PostgreSQL."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import environ
import pytest
from django.db import connection, connections
from django.db.models.functions import Now

from proposals.models import Rendition
from tests.conftest import POSTGRES, REQUIRE_ALL
from tests.mail.peer import Peer, free_port
from workflow.models import Letter


@dataclass
class Post:
    """A post office: the mail server its letters go to, and its workers, which are processes of their own."""

    peer: Peer
    scheme: str = "smtp"
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def work(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Starts a worker."""
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker", *arguments],
            env=os.environ | self.environment() | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.workers.append(worker)
        return worker

    def work_once(self, **environment: str) -> str:
        """A worker does what is due and ends well; what it logged."""
        worker = self.work("--once", **environment)
        said, _ = worker.communicate(timeout=120)
        assert worker.returncode == 0, said
        return said

    def until(self, happened: Callable[[], Any], seconds: float = 60) -> None:
        """Waits for something to happen.

        Raises:
            AssertionError: it did not, in that time, or a worker broke down.
        """
        end = time.monotonic() + seconds
        while not happened():
            for worker in self.workers:
                assert worker.poll() in (None, 0, -signal.SIGKILL), worker.communicate()[0]
            assert time.monotonic() < end, "It did not happen in time."
            time.sleep(0.02)

    def environment(self) -> dict[str, str]:
        """What a worker must know: the database of this test and its mail server."""
        return {"DATABASE_URL": database_url(), "EMAIL_URL": f"{self.scheme}://127.0.0.1:{self.peer.port}"}

    def end(self) -> None:
        """Ends the workers that are left, and the mail server."""
        for worker in self.workers:
            kill(worker)
            worker.communicate()
        self.peer.close()


def kill(worker: subprocess.Popen[str]) -> None:
    """kill -9."""
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)


def database_url() -> str:
    """The address of the database this test works on."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    person = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}"
    return f"postgres://{person}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def time_passes() -> None:
    """So much time that whatever waits for a later try is due, and every lease has run out."""
    Letter.objects.filter(state=Letter.State.DUE).update(due_at=Now(), leased_until=None)
    Rendition.objects.filter(state=Rendition.State.DUE).update(leased_until=None)


@contextmanager
def no_room_for_events() -> Iterator[None]:
    """A database in which no event can be written."""
    done, undone = {
        "sqlite": (
            "CREATE TRIGGER full BEFORE INSERT ON proposals_event BEGIN SELECT RAISE(ABORT, 'no room for events'); END",
            "DROP TRIGGER full",
        ),
        "postgresql": (
            'ALTER TABLE proposals_event ADD CONSTRAINT "no room for events" CHECK (false)',
            'ALTER TABLE proposals_event DROP CONSTRAINT "no room for events"',
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(done)
        try:
            yield
        finally:
            cursor.execute(undone)


@pytest.fixture(scope="session")
def postgres(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """A database on PostgreSQL beside the suite's own."""
    if not POSTGRES:
        (pytest.fail if REQUIRE_ALL else pytest.skip)("TEST_POSTGRES_URL is not set; script/test sets it")
    known = environ.Env.db_url_config(POSTGRES) | {"TEST": {"NAME": f"test_mail_{os.getpid()}"}}
    connections.settings["mail"] = connections.configure_settings({"default": known})["default"]
    wrapper = connections["mail"]
    with django_db_blocker.unblock():
        wrapper.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        del connections.settings["mail"]
        yield wrapper
        wrapper.close()
        wrapper.creation.destroy_test_db(verbosity=0)


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[None]:
    """The suite's database, unless a test asks for PostgreSQL."""
    if getattr(request, "param", "") != "postgres":
        yield
        return
    suite, connections["default"] = connections["default"], request.getfixturevalue("postgres")
    yield
    connections["default"] = suite


@pytest.fixture
def peer() -> Iterator[Peer]:
    """A mail server that takes every letter, until it is told otherwise."""
    peer = Peer(free_port())
    peer.open()
    yield peer
    peer.close()


@pytest.fixture
def post(peer: Peer, transactional_db: None) -> Iterator[Post]:
    """A post office whose workers are real processes on this test's database."""
    post = Post(peer)
    yield post
    post.end()


@pytest.fixture
def by_hand(peer: Peer, settings: Any) -> Peer:
    """The mail server, for tests that send in this process."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", peer.port, 1
    return peer
