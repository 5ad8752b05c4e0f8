"""Real workers, real mail, real accidents: killed at every point, several at once, a mail server down, slow or silent."""

import os
import signal
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from proposals.models import Rendition
from proposals.states import State
from tests.invariants import check_invariants
from tests.mail.conftest import Post, kill, time_passes
from tests.mail.peer import Mood
from tests.story import bring_to, draft, step
from workflow.models import Letter
from workflow.outbox import message_id

both = pytest.mark.parametrize(
    "database",
    [pytest.param("suite", marks=pytest.mark.slow), pytest.param("postgres", marks=pytest.mark.postgres)],
    indirect=True,
)
"""On PostgreSQL, as a real site has it; on SQLite among the slow tests."""


def write(count: int) -> list[str]:
    """That many letters to as many people, their Message-IDs in order."""
    already = Letter.objects.count()
    Letter.objects.bulk_create(
        Letter(key=f"test {n}", subject=f"Letter {n}", body="Good day.\n", to_address=f"reader{n}@demo.example")
        for n in range(already, already + count)
    )
    return [message_id(letter) for letter in Letter.objects.order_by("pk")[already:]]


def all_sent() -> bool:
    """Whether every letter has left."""
    return not Letter.objects.exclude(state=Letter.State.SENT).exists()


@both
@pytest.mark.parametrize("where", ["door", "end"])
def test_a_worker_killed_before_the_server_has_taken_the_letter_sends_no_copy(post: Post, where: str) -> None:
    (sent,) = write(1)
    post.peer.halt(where)
    worker = post.work()
    post.until(post.peer.halted.is_set)
    kill(worker)
    post.peer.go_on()
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == ("due", 1)
    assert letter.leased_until, "it comes free by itself"

    post.work_once()
    assert post.peer.ids() == [], "not before its lease has run out"

    time_passes()
    post.work_once()
    assert post.peer.ids() == [sent]
    assert all_sent()


@both
def test_a_worker_killed_after_the_server_has_taken_the_letter_sends_one_copy_with_the_same_id(post: Post) -> None:
    (sent,) = write(1)
    post.peer.halt("end")
    worker = post.work()
    post.until(post.peer.halted.is_set)
    worker.send_signal(signal.SIGSTOP)  # whatever the server says, the worker does nothing more about it
    post.peer.go_on()
    post.until(lambda: post.peer.ids() == [sent])
    kill(worker)
    assert Letter.objects.get().state == "due"

    time_passes()
    post.work_once()
    assert post.peer.ids() == [sent, sent]
    assert all_sent()


@both
def test_a_worker_told_to_end_ends_after_the_letter_in_hand(post: Post) -> None:
    ids = write(2)
    post.peer.halt("end")
    worker = post.work()
    post.until(post.peer.halted.is_set)
    worker.send_signal(signal.SIGTERM)
    post.peer.go_on()
    said, _ = worker.communicate(timeout=20)
    assert (worker.returncode, said) == (0, "")
    assert post.peer.ids() == ids[:1]
    assert [letter.state for letter in Letter.objects.order_by("pk")] == ["sent", "due"]
    assert Letter.objects.get(state="due").attempts == 0


def cut_off() -> None:
    """The database ends the conversation with whoever else is connected."""
    others = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with connection.cursor() as cursor:
        cursor.execute(others)
        assert cursor.fetchall() == [(True,)]


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_database_that_restarts_costs_no_letter_and_makes_no_second_copy(post: Post) -> None:
    ids = write(1)
    post.peer.halt("end")
    worker = post.work()
    post.until(post.peer.halted.is_set)
    cut_off()  # while a letter is under way
    post.peer.go_on()
    post.until(all_sent)
    cut_off()  # while there is nothing to do
    ids += write(1)
    post.until(all_sent)
    assert post.peer.ids() == ids

    worker.terminate()
    said, _ = worker.communicate(timeout=10)
    lines = [line.split(" ", 2)[2] for line in said.splitlines()]
    first = Letter.objects.order_by("pk")[0].pk
    assert lines == [
        f"WARNING workflow.outbox Letter {first}: the database does not take down what became of it.",
        "WARNING workflow.management.commands.worker The database is away (OperationalError); trying again.",
    ]


@both
def test_three_workers_send_every_letter_once(post: Post) -> None:
    ids = write(90)
    for _ in range(3):
        post.work()
    post.until(all_sent)
    assert Counter(post.peer.ids()) == Counter(ids)
    assert {letter.attempts for letter in Letter.objects.all()} == {1}


@pytest.mark.slow
@both
def test_three_workers_send_five_hundred_letters_while_one_after_the_other_is_killed(post: Post) -> None:
    ids = write(500)
    for _ in range(3):
        post.work()
    for n in range(6):
        post.until(lambda n=n: len(post.peer.letters) > 60 * (n + 1), 60)  # type: ignore[misc]
        kill(post.workers[n])
        post.work()
    post.until(lambda: not Letter.objects.filter(state="due", leased_until=None).exists())
    for worker in post.workers:
        worker.terminate()
        worker.wait(20)
    time_passes()
    post.work_once()
    assert all_sent()
    copies = Counter(post.peer.ids())
    assert set(copies) == set(ids)
    assert set(copies.values()) <= {1, 2} and sum(copies.values()) <= len(ids) + 6, "at most one copy for each that was killed"


@pytest.mark.slow
@both
def test_proposals_move_as_fast_while_the_mail_server_is_down_and_their_letters_arrive_in_order(post: Post, cast: Any) -> None:
    proposals = [draft(cast.ana, cast.offices["WORKSKILLS"]) for _ in range(4)]
    step("submit", proposals[0], cast.ana)  # the text is proved once
    step("recall", proposals[0], cast.ana)
    worker = post.work()

    def moved() -> list[float]:
        took = []
        for proposal in proposals:
            for action, user, comment in (
                ("submit", cast.ana, ""),
                ("return", cast.dina, "Once more, please."),
                ("submit", cast.ana, ""),
            ):
                began = time.perf_counter()
                step(action, proposal, user, comment=comment)
                took.append(time.perf_counter() - began)
            step("recall", proposal, cast.ana)
        post.until(lambda: not Rendition.objects.exclude(state="done").exists())
        return took

    usual = moved()
    post.until(all_sent)
    post.peer.close()
    down = moved()
    assert statistics.median(down) < 2 * statistics.median(usual)
    waiting = Letter.objects.exclude(state="sent")
    post.until(lambda: waiting.filter(attempts__gt=0).count() >= 8)  # the first to each person about each proposal
    assert waiting.filter(attempts__gt=0).count() == 8
    assert {letter.trouble for letter in waiting.filter(attempts__gt=0)} == {
        "ConnectionRefusedError: [Errno 111] Connection refused"
    }
    assert worker.poll() is None

    post.peer.open()
    for _ in range(8):
        time_passes()
        post.until(
            lambda: not waiting.filter(attempts=0).exclude(pk__in=waiting.filter(attempts__gt=0)).exists() or all_sent(), 5
        )
        if all_sent():
            break
    post.until(all_sent)
    assert Counter(post.peer.ids()) == Counter(message_id(letter) for letter in Letter.objects.all())
    came = {letter.id: place for place, letter in enumerate(post.peer.letters)}
    for proposal in proposals:
        for person in (cast.ana, cast.dina):
            places = [came[message_id(letter)] for letter in Letter.objects.filter(proposal=proposal, to_address=person.email)]
            assert places == sorted(places)
    check_invariants()


@pytest.mark.slow
def test_a_server_that_falls_silent_holds_up_one_letter_and_the_others_go(post: Post) -> None:
    ids = write(3)
    post.peer.mood = Mood.HANG
    worker = post.work()
    post.until(lambda: Letter.objects.filter(trouble__contains="timed out").count() == 1, 15)
    post.peer.mood = Mood.ACCEPT
    post.until(lambda: Letter.objects.filter(state="sent").count() == 2, 15)
    assert sorted(post.peer.ids()) == sorted(ids[1:])
    time_passes()
    post.until(all_sent)
    assert post.peer.ids()[2:] == ids[:1]
    worker.terminate()
    said, _ = worker.communicate(timeout=10)
    assert (
        said.strip().endswith("WARNING workflow.outbox Letter 1, try 1: SMTPServerDisconnected")
        or "try 1: SMTPServerDisconnected" in said
    )
    assert len(said.strip().splitlines()) == 1, "one line for one failure"
    assert "reader" not in said


@pytest.mark.slow
def test_a_server_that_answers_just_before_the_time_is_up_keeps_a_letter_half_a_minute(post: Post) -> None:
    write(1)
    post.peer.mood, post.peer.thinks = Mood.SLOW, 9
    post.work()
    post.until(lambda: Letter.objects.filter(attempts=1), 20)
    began = time.monotonic()
    post.until(lambda: Letter.objects.exclude(trouble=""), 35)
    assert time.monotonic() - began < 31
    assert Letter.objects.get().trouble == "The mail server took longer than 28 seconds."


def test_a_press_killed_in_its_work_leaves_nothing_half_printed(post: Post, cast: Any) -> None:
    bring_to(State.ENDORSEMENT, cast)
    worker = post.work()
    post.until(lambda: children(worker.pid))
    for child in children(worker.pid):
        os.kill(child, signal.SIGKILL)
    post.until(lambda: Rendition.objects.exclude(trouble=""))
    rendition = Rendition.objects.get()
    assert (rendition.state, rendition.attempts, rendition.pdf, rendition.sha256) == ("due", 1, None, "")

    time_passes()
    post.until(lambda: Rendition.objects.filter(state="done"))
    post.until(all_sent)
    assert [letter.pdf for letter in post.peer.letters] == [bytes(Rendition.objects.get().pdf or b"")]
    check_invariants()


@both
def test_a_worker_killed_while_it_prints_leaves_the_pdf_to_the_next(post: Post, cast: Any) -> None:
    bring_to(State.ENDORSEMENT, cast)
    worker = post.work()
    post.until(lambda: children(worker.pid))
    kill(worker)
    rendition = Rendition.objects.get()
    assert (rendition.state, rendition.attempts, rendition.pdf) == ("due", 1, None)

    post.work_once()
    assert post.peer.ids() == [], "not before its lease has run out"
    time_passes()
    post.work_once()
    assert (Rendition.objects.get().state, all_sent(), len(post.peer.letters)) == ("done", True, 1)
    check_invariants()


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
