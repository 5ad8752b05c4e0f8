"""The press: prints the HTML of a paper as PDF, apart from the portal and within limits of time and memory."""

import functools
import json
import logging
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

from documents.room import MISSING, Room

__all__ = ["MISSING", "PRINT", "CannotPrint", "Task", "ask", "press", "renderer"]

FONTS = Path(__file__).resolve().parent / "fonts" / "fonts.conf"
LARGEST = 300_000  # characters of HTML: ten times what a long proposal has, and some seconds of printing
MOST_MEMORY = 1 << 30
PATIENCE = 10
"""Seconds within which somebody who waits for a page gets a document or a sentence."""

BUSY = "The press is busy. Please try again in a minute."

_presses = BoundedSemaphore(2)  # a third would only slow down the two
_idle: list[Room] = []
os.register_at_fork(after_in_child=_idle.clear)  # a room answers the process that opened it, and no other
_log = logging.getLogger(__name__)


class CannotPrint(Exception):
    """The job is not done; the message says why, as a sentence to a person."""


@dataclass(frozen=True)
class Task:
    """What a room can do, and what is said to a person when it cannot."""

    name: str
    too_slow: str
    too_large: str
    broken: str


PRINT = Task(
    "print",
    "Printing this text took too long and was stopped. Please shorten or simplify it.",
    "This text is too large or too deeply nested to print. Please shorten or simplify it.",
    "This text could not be printed ({}). Please tell the administrator.",
)


def press(html: str, *, attachment: str | None = None, seconds: float = PATIENCE, memory: int = MOST_MEMORY) -> bytes:
    """The HTML of a paper as PDF (PDF/A-3a and PDF/UA-1); the same HTML gives the same bytes.

    Args:
        html: what `documents.paper.paper` returned; it can reach neither network nor files.
        attachment: the document's JSON text, enclosed in the PDF as its source.
        seconds: how long to wait before the press is stopped.
        memory: how many bytes of address space the press may take.

    Raises:
        CannotPrint: the text is too large, takes too long, holds characters without a glyph, or asks for something
            from outside; the message says which.
    """
    if len(html) > LARGEST:
        raise CannotPrint(PRINT.too_large)
    sent = html.encode(errors="surrogatepass")
    return ask(PRINT, {"attachment": attachment}, sent, seconds=seconds, memory=memory)


@functools.cache
def renderer() -> str:
    """The programs that print, with their versions, to be kept beside a PDF: the same ones give the same bytes.

    Raises:
        CannotPrint: the press cannot start.
    """
    return ask(PRINT, {"renderer": True}, seconds=30).decode()


def ask(
    task: Task,
    job: dict[str, object],
    payload: bytes = b"",
    *,
    seconds: float = PATIENCE,
    memory: int = MOST_MEMORY,
) -> bytes:
    """What a room of the press makes of a job, in a process of its own.

    Args:
        job: what the task wants to know, as plain data.
        payload: the bytes it is about.
        seconds: how long to wait, for a free room too, before it is stopped.
        memory: how many bytes of address space it may take.

    Raises:
        CannotPrint: it is refused, too large, takes too long or breaks; the message says which.
    """
    end = time.monotonic() + seconds
    if not _presses.acquire(timeout=seconds):
        raise CannotPrint(BUSY)
    try:
        job = {**job, "task": task.name, "memory": memory, "processor": round(seconds) or 1}
        return _checked(task, *_answered(task, job, payload, end))
    finally:
        _presses.release()


def _answered(task: Task, job: dict[str, object], payload: bytes, end: float) -> tuple[bytes, int]:
    """What a room answers to a job, and its child's exit code; it is ended when the time is up."""
    room = _room()
    try:
        answer, noise, code = room.answer(job, payload, max(end - time.monotonic(), 0.001))
    except TimeoutError as error:
        room.end()
        raise CannotPrint(task.too_slow) from error
    except ConnectionError:  # it was ended while nobody looked
        room.end()
        return _answered(task, job, payload, end) if room.jobs > 1 else (b"", 1)
    _idle.append(room)
    if code or answer.startswith(b'{"trouble"'):
        _log.error("The press ended with %s: %s", code, noise.decode(errors="replace")[-4000:])
    return answer, code


def _room() -> Room:
    """A room that is free and was opened in today's environment, or a new one."""
    environment = _environment()
    while _idle:
        room = _idle.pop()
        if room.is_fit and room.environment == environment:
            return room
        room.end()
    return Room(environment)


def _environment() -> dict[str, str]:
    """What the child may know of the environment: no password, no address, no language of the machine."""
    kept = ("PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "FONTCONFIG_FILE": str(FONTS),
        "MALLOC_ARENA_MAX": "1",  # one heap: a child out of memory is told so at once
        "SOURCE_DATE_EPOCH": "1700000000",
        "PYTHONHASHSEED": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def _checked(task: Task, answer: bytes, code: int) -> bytes:
    """A room's answer, if it is one.

    Raises:
        CannotPrint: it says why there is none, or it died of the job.
    """
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise CannotPrint(task.too_slow)
    if code < 0:  # the libraries under the renderer end like this when they get no more memory
        raise CannotPrint(task.too_large)
    if code:
        raise CannotPrint(task.broken.format("it stopped without a reason"))
    if answer.startswith(b'{"sentence"'):
        raise CannotPrint(json.loads(answer)["sentence"])
    if answer.startswith(b'{"trouble"'):
        trouble = json.loads(answer)["trouble"]
        raise CannotPrint(task.too_large if trouble == "too large" else task.broken.format(trouble))
    return answer
