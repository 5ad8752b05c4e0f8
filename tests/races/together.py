"""Many at once, by design and not by luck: all wait at one row that the test holds, and start when it lets go."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import psycopg2
from django.db import connection, models

PATIENCE = 60  # seconds until a race that does not happen is a failure


class Outcome:
    """What became of one call: its result, or the exception it raised."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self.call = call
        self.result: Any = None
        self.error: BaseException | None = None
        self.thread = Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self.result = self.call()
        except Exception as error:  # noqa: BLE001 - it is the outcome
            self.error = error
        finally:
            connection.close()

    def __repr__(self) -> str:
        return f"{type(self.error).__name__}: {self.error}" if self.error else repr(self.result)


def at_once(calls: Sequence[Callable[[], Any]], *, held: Sequence[models.Model]) -> list[Outcome]:
    """Starts all calls, waits until each of them waits for a lock, lets go, and returns what became of them.

    Args:
        held: the rows that are locked meanwhile.
    """
    return _race(calls, held, in_order=False)


def one_after_another(calls: Sequence[Callable[[], Any]], *, held: Sequence[models.Model]) -> list[Outcome]:
    """The same, but each call starts when those before it wait: they are served in this order."""
    return _race(calls, held, in_order=True)


def _race(calls: Sequence[Callable[[], Any]], held: Sequence[models.Model], in_order: bool) -> list[Outcome]:
    outcomes = [Outcome(call) for call in calls]
    with locked(held) as look:
        for number, outcome in enumerate(outcomes, 1):
            outcome.thread.start()
            if in_order:
                wait_until(lambda: look() == number)  # noqa: B023 - asked within this round
        wait_until(lambda: look() == len(outcomes))
    for outcome in outcomes:
        outcome.thread.join(PATIENCE)
        assert not outcome.thread.is_alive(), "still waiting for a lock"
    return outcomes


@contextmanager
def locked(rows: Sequence[models.Model]) -> Iterator[Callable[[], int]]:
    """Holds rows in a connection of its own; gives a function that counts who waits for a lock in this database."""
    parameters = connection.get_connection_params()
    gate = psycopg2.connect(
        **{key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters}
    )
    watch = psycopg2.connect(gate.dsn, password=parameters.get("password"))
    watch.autocommit = True
    try:
        with gate.cursor() as cursor, watch.cursor() as watcher:
            for row in rows:
                cursor.execute(f'SELECT 1 FROM "{row._meta.db_table}" WHERE {row._meta.pk.column} = %s FOR UPDATE', [row.pk])
                assert cursor.fetchone(), f"{row!r} is not there to be held"

            def waiting() -> int:
                watcher.execute(
                    "SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
                    "WHERE NOT l.granted AND a.datname = current_database()"
                )
                return watcher.fetchone()[0]

            yield waiting
            gate.rollback()
    finally:
        gate.close()
        watch.close()


def wait_until(happened: Callable[[], bool]) -> None:
    """Asks again and again, for as long as the patience lasts."""
    end, pause = time.monotonic() + PATIENCE, Event()
    while not happened():
        assert time.monotonic() < end, "They do not all wait for the row: the race did not happen."
        pause.wait(0.01)
