"""A room of the press: a process with the printer loaded, which prints each paper in a child forked off it.

Loading the printer costs several times what printing a paper costs; forking costs next to nothing, and whatever a paper
does to its child (time, memory, a crash) ends with the child.
"""

import ctypes.util
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
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
MOST_JOBS = 500  # a room that has printed so many is given up for a new one
MOST_PROCESSOR_SECONDS = 20
TOO_LARGE = "This text is too large or too deeply nested to print. Please shorten or simplify it."
MISSING = (
    "The press misses libraries of the system. On Debian or Ubuntu an administrator installs them with: "
    "apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
)

_SENT = struct.Struct("!I")  # the length of a job
_ANSWERED = struct.Struct("!iII")  # the child's exit code, the lengths of its answer and of its noise


class Room:
    """The room, seen from the portal."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment, self.jobs = environment, 0
        self._line, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "documents.room", str(theirs.fileno())],
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

    def answer(self, job: Mapping[str, Any], seconds: float) -> tuple[bytes, bytes, int]:
        """What the child says to a job: its answer, what it printed on the errors, its exit code.

        Raises:
            TimeoutError: it takes longer than so many seconds; end the room then.
            ConnectionError: the room has ended.
        """
        self.jobs += 1
        deadline = time.monotonic() + seconds
        self._line.settimeout(seconds)
        sent = json.dumps(job).encode()
        self._line.sendall(_SENT.pack(len(sent)) + sent)
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


def serve(line: socket.socket) -> None:
    """Takes one job after another, until the portal closes the line."""
    printer, trouble = _loaded()
    gc.freeze()  # what is loaded stays shared with the children
    while True:
        try:
            job = json.loads(_received(line, *_SENT.unpack(_received(line, _SENT.size))))
            answer, noise, code = _in_a_child(printer, job) if printer else (_sentence(MISSING), trouble, 0)
            line.sendall(_ANSWERED.pack(code, len(answer), len(noise)) + answer + noise)
        except ConnectionError:
            return


def _loaded() -> tuple[ModuleType | None, bytes]:
    """The printer, warm; or none, and why."""
    # WeasyPrint tries wrong names of libraries first, and each would start a compiler to look for it; the right names
    # need no search.
    ctypes.util.find_library = lambda name: None
    try:
        printer = importlib.import_module("documents.printer")  # here alone: the portal itself never loads it
        printer.warm_up()
    except OSError as trouble:
        return None, str(trouble).encode()
    return printer, b""


def _in_a_child(printer: ModuleType, job: Mapping[str, Any]) -> tuple[bytes, bytes, int]:
    answer, noise = (os.memfd_create(name) for name in ("answer", "noise"))
    try:
        child = os.fork()
        if not child:
            _print(printer, job, answer, noise)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return _read(answer), _read(noise), code
    finally:
        os.close(answer)
        os.close(noise)


def _print(printer: ModuleType, job: Mapping[str, Any], answer: int, noise: int) -> NoReturn:
    """The child: sets its own limits, does the one job, writes the answer out."""
    code = 1
    try:
        os.dup2(noise, 1)  # libraries print on the standard output when they are in trouble
        os.dup2(noise, 2)
        _limit(job["memory"])
        with open(answer, "wb", closefd=False) as out:
            out.write(printer.answer(job))
        code = 0
    finally:
        os._exit(code)


def _limit(memory: int) -> None:
    # Of address space alone, a forked child has some reserved already that it could still fill.
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        resource.setrlimit(kind, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(file: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    with open(file, "rb", closefd=False) as written:
        return written.read()


def _sentence(sentence: str) -> bytes:
    return json.dumps({"sentence": sentence}).encode()


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
