"""The press: prints the HTML of a paper as PDF, apart from the portal and within limits of time and memory."""

import functools
import json
import logging
import os
import signal
from pathlib import Path
from threading import BoundedSemaphore

from documents.room import MISSING, TOO_LARGE, Room

__all__ = ["MISSING", "TOO_LARGE", "CannotPrint", "press", "renderer"]

FONTS = Path(__file__).resolve().parent / "fonts" / "fonts.conf"
LARGEST = 300_000  # characters of HTML: ten times what a long proposal has, and some seconds of printing
MOST_MEMORY = 1 << 30

TOO_SLOW = "Printing this text took too long and was stopped. Please shorten or simplify it."
BUSY = "The press is busy. Please try again in a minute."
BROKEN = "This text could not be printed: the press stopped without a reason. Please tell the administrator."

_presses = BoundedSemaphore(2)  # a third would only slow down the two
_idle: list[Room] = []
os.register_at_fork(after_in_child=_idle.clear)  # a room answers the process that opened it, and no other
_log = logging.getLogger(__name__)


class CannotPrint(Exception):
    """The paper cannot be printed; the message says why, as a sentence to a person."""


def press(html: str, *, attachment: str | None = None, seconds: float = 30, memory: int = MOST_MEMORY) -> bytes:
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
        raise CannotPrint(TOO_LARGE)
    if not _presses.acquire(timeout=seconds):
        raise CannotPrint(BUSY)
    try:
        return _pdf(*_answered({"html": html, "attachment": attachment, "memory": memory}, seconds))
    finally:
        _presses.release()


@functools.cache
def renderer() -> str:
    """The programs that print, with their versions, to be kept beside a PDF: the same ones give the same bytes.

    Raises:
        CannotPrint: the press cannot start.
    """
    answer, _ = _answered({"renderer": True, "memory": MOST_MEMORY}, 30)
    said = _json(answer)
    if "renderer" not in said:
        raise CannotPrint(said.get("sentence", BROKEN))
    return said["renderer"]


def _answered(job: dict[str, object], seconds: float) -> tuple[bytes, int]:
    """What a room of the press answers to a job, and its child's exit code; it is ended when the time is up."""
    room = _room()
    try:
        answer, noise, code = room.answer(job, seconds)
    except TimeoutError as error:
        room.end()
        raise CannotPrint(TOO_SLOW) from error
    except ConnectionError:  # it was ended while nobody looked
        room.end()
        return _answered(job, seconds) if room.jobs > 1 else (b"", 1)
    _idle.append(room)
    if code:
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


def _pdf(answer: bytes, code: int) -> bytes:
    if answer.startswith(b"%PDF-") and code == 0:
        return answer
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise CannotPrint(TOO_SLOW)
    if code < 0:  # the libraries under the renderer end like this when they get no more memory
        raise CannotPrint(TOO_LARGE)
    raise CannotPrint(_json(answer).get("sentence", BROKEN))


def _json(answer: bytes) -> dict[str, str]:
    return json.loads(answer) if answer.startswith(b"{") else {}
