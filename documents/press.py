"""The press: prints the HTML of a paper as PDF, in a child process with its own limits of time and memory."""

import ctypes.util
import functools
import importlib
import json
import logging
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

FOLDER = Path(__file__).resolve().parent
LARGEST = 300_000  # characters of HTML: ten times what a long proposal has, and some seconds of printing
MOST_MEMORY = 1 << 30
MOST_PROCESSOR_SECONDS = 20

TOO_LARGE = "This text is too large or too deeply nested to print. Please shorten or simplify it."
TOO_SLOW = "Printing this text took too long and was stopped. Please shorten or simplify it."
BUSY = "The press is busy. Please try again in a minute."
BROKEN = "This text could not be printed: the press stopped without a reason. Please tell the administrator."
MISSING = (
    "The press misses libraries of the system. On Debian or Ubuntu an administrator installs them with: "
    "apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
)

_presses = BoundedSemaphore(2)  # a third would only slow down the two
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
        return _pdf(*_child(json.dumps({"html": html, "attachment": attachment, "memory": memory}), seconds))
    finally:
        _presses.release()


@functools.cache
def renderer() -> str:
    """The programs that print, with their versions, to be kept beside a PDF: the same ones give the same bytes.

    Raises:
        CannotPrint: the press cannot start.
    """
    answer, _ = _child(json.dumps({"renderer": True, "memory": MOST_MEMORY}), 30)
    said = _json(answer)
    if "renderer" not in said:
        raise CannotPrint(said.get("sentence", BROKEN))
    return said["renderer"]


def _child(job: str, seconds: float) -> tuple[bytes, int]:
    """What the child answers to a job, and its exit code; it is killed, whatever it does, when the time is up."""
    with subprocess.Popen(
        [sys.executable, "-m", "documents.press"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=FOLDER.parent,
        env=_environment(),
        start_new_session=True,
    ) as child:
        try:
            answer, noise = child.communicate(job.encode(), timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise CannotPrint(TOO_SLOW) from error
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode:
        _log.error("The press ended with %s: %s", child.returncode, noise.decode(errors="replace")[-4000:])
    return answer, child.returncode


def _environment() -> dict[str, str]:
    """What the child may know of the environment: no password, no address, no language of the machine."""
    kept = ("PATH", "HOME", "XDG_CACHE_HOME", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "FONTCONFIG_FILE": str(FOLDER / "fonts" / "fonts.conf"),
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


def _serve() -> None:
    """The child: sets its own limits, does the one job that comes in and writes the answer out."""
    job = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Libraries print on the standard output when they are in trouble: that goes to the errors, the answer stays clean.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    out.write(_answer(job))
    out.flush()


def _answer(job: dict[str, Any]) -> bytes:
    # WeasyPrint tries wrong names of libraries first, and each would start a compiler to look for it; the right names
    # need no search.
    ctypes.util.find_library = lambda name: None
    try:
        printer = importlib.import_module("documents.printer")  # only now, so that it comes under the limits
    except OSError as error:
        print(error, file=sys.stderr)
        return json.dumps({"sentence": MISSING}).encode()
    except MemoryError:
        return json.dumps({"sentence": TOO_LARGE}).encode()
    return printer.answer(job)


if __name__ == "__main__":
    _serve()
