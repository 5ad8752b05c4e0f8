"""A room of the press: a process with its tools loaded, which does each job in a child forked off it.

Loading the printer costs several times what printing a paper costs; forking costs next to nothing, and whatever a paper
or a file does to its child (time, memory, a crash) ends with the child.
"""

import ctypes.util
import functools
import gc
import importlib
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
TOOLS = {"print": "documents.printer", "bind": "documents.binder", "open": "documents.opener"}
"""The module that does each task; each has a function `answer(job, payload)` and may have another, `warm_up()`."""
MOST_JOBS = 500  # a room that has done so many is given up for a new one
MISSING = (
    "The press misses libraries of the system. On Debian or Ubuntu an administrator installs them with: "
    "apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
)

_SENT = struct.Struct("!II")  # the lengths of a job and of the bytes it is about
_ANSWERED = struct.Struct("!iII")  # the child's exit code, the lengths of its answer and of its noise


class Refused(Exception):
    """A job is not done; the message says why, as a sentence to a person."""


class Room:
    """The room, seen from the portal."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment, self.jobs = environment, 0
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", f"from documents.room import serve; serve({theirs.fileno()})"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env=dict(environment),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    @property
    def is_fit(self) -> bool:
        """Whether it can take another job."""
        return self._process.poll() is None and self.jobs < MOST_JOBS

    def answer(self, job: Mapping[str, Any], payload: bytes, seconds: float) -> tuple[bytes, bytes, int]:
        """What the child says to a job: its answer, what it printed on the errors, its exit code.

        Args:
            job: its `task`, the `memory` and the `processor` seconds it may take, and what the task wants to know.
            payload: the bytes it is about.

        Raises:
            TimeoutError: it takes longer than so many seconds; end the room then.
            ConnectionError: the room has ended.
        """
        self.jobs += 1
        deadline = time.monotonic() + seconds
        self._line.settimeout(seconds)
        sent = json.dumps(job).encode()
        self._line.sendall(_SENT.pack(len(sent), len(payload)) + sent + payload)
        code, *lengths = _ANSWERED.unpack(_received(self._line, _ANSWERED.size, deadline))
        answer, noise = (_received(self._line, length, deadline) for length in lengths)
        return answer, noise, code

    def end(self) -> None:
        """Ends the room and the child in it, whatever they are at."""
        self._line.close()
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _received(line: socket.socket, length: int, deadline: float | None = None) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        if deadline is not None:
            line.settimeout(max(deadline - time.monotonic(), 0.001))
        part = line.recv(min(length - len(parts), 1 << 20))
        if not part:
            raise ConnectionResetError("The other end has closed the line.")
        parts += part
    return bytes(parts)


# Inside the room


def serve(file: int) -> None:
    """Takes one job after another from the socket of that number, until the portal closes it."""
    line = socket.socket(fileno=file)
    while True:
        try:
            sent, weight = _SENT.unpack(_received(line, _SENT.size))
            job, payload = json.loads(_received(line, sent)), _received(line, weight)
            answer, noise, code = _done(job, payload)
            line.sendall(_ANSWERED.pack(code, len(answer), len(noise)) + answer + noise)
        except ConnectionError:
            return


def _done(job: Mapping[str, Any], payload: bytes) -> tuple[bytes, bytes, int]:
    try:
        tool = _tool(job["task"])
    except OSError as trouble:
        return _json(sentence=MISSING), str(trouble).encode(), 0
    return _in_a_child(tool, job, payload)


@functools.cache
def _tool(task: str) -> ModuleType:
    """The module that does a task, warm; the portal itself never loads it.

    Raises:
        OSError: libraries of the system are missing.
    """
    # WeasyPrint tries wrong names of libraries first, and each would start a compiler to look for it; the right names
    # need no search.
    ctypes.util.find_library = lambda name: None
    tool = importlib.import_module(TOOLS[task])
    if hasattr(tool, "warm_up"):
        tool.warm_up()
    gc.freeze()  # what is loaded stays shared with the children
    return tool


def _in_a_child(tool: ModuleType, job: Mapping[str, Any], payload: bytes) -> tuple[bytes, bytes, int]:
    answer, noise = (os.memfd_create(name) for name in ("answer", "noise"))
    try:
        child = os.fork()
        if not child:
            _work(tool, job, payload, answer, noise)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return _read(answer), _read(noise), code
    finally:
        os.close(answer)
        os.close(noise)


def _work(tool: ModuleType, job: Mapping[str, Any], payload: bytes, answer: int, noise: int) -> NoReturn:
    """The child: sets its own limits, does the one job, writes the answer out."""
    code = 1
    try:
        os.dup2(noise, 1)  # libraries print on the standard output when they are in trouble
        os.dup2(noise, 2)
        _limit(job["memory"], job["processor"])
        with open(answer, "wb", closefd=False) as out:
            out.write(_answer(tool, job, payload))
        code = 0
    finally:
        os._exit(code)


def _answer(tool: ModuleType, job: Mapping[str, Any], payload: bytes) -> bytes:
    """What goes back to the press: the bytes that were asked for, or JSON that says why there are none."""
    try:
        answer: bytes = tool.answer(job, payload)
        return answer
    except Refused as refusal:
        return _json(sentence=str(refusal))
    except (MemoryError, RecursionError):
        return _json(trouble="too large")
    except Exception as error:  # noqa: BLE001 - whatever breaks in the libraries, the person gets a sentence
        traceback.print_exc(file=sys.stderr)
        return _json(trouble=type(error).__name__)


def _limit(memory: int, processor: int) -> None:
    # Of address space alone, a forked child has some reserved already that it could still fill.
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        resource.setrlimit(kind, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(file: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    with open(file, "rb", closefd=False) as written:
        return written.read()


def _json(**said: str) -> bytes:
    return json.dumps(said).encode()
