"""A real web server for the tests: processes that can be killed, and a line to them that can be slow."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.mail.peer import free_port

PATIENCE = 60  # seconds for the slowest of stories
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Server:
    """gunicorn, serving the portal on a database."""

    database_url: str
    port: int = field(default_factory=free_port)
    site: str = ""
    workers: int = 1
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers.

        Raises:
            AssertionError: it does not, in a minute.
        """
        environment = os.environ | {
            "DATABASE_URL": self.database_url,
            "SITE_URL": self.site or self.address,
            "STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
        }
        command = [
            sys.executable, "-m", "gunicorn", "tests.served", "--bind", f"127.0.0.1:{self.port}", "--workers", str(self.workers),
            "--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None, "The web server has ended by itself."
            assert time.monotonic() < end, "The web server does not answer."
            time.sleep(0.1)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def answers(self) -> bool:
        """Whether it is there."""
        try:
            urllib.request.urlopen(f"{self.address}/accessibility/", timeout=10)
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """kill -9, all of it."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


class SlowLine:
    """A line to a server, over which answers to saves can be held back."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.gates: deque[threading.Event] = deque()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listening.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def hold(self) -> threading.Event:
        """Holds back the answer to the next save that nobody waits for yet, until the event is set."""
        self.gates.append(threading.Event())
        return self.gates[-1]

    def close(self) -> None:
        """Nobody comes any more."""
        self.listening.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        """One connection: what is asked goes on at once, what is answered waits if it must."""
        late: deque[threading.Event] = deque()
        try:
            far = socket.create_connection(("127.0.0.1", self.to))
        except OSError:
            near.close()
            return
        threading.Thread(target=self._answers, args=(far, near, late), daemon=True).start()
        with suppress(OSError):
            while asked := near.recv(65536):
                head = asked.partition(b"\r\n\r\n")[0]
                if head.startswith(b"POST /proposals/") and b"application/json" in head and b"/here/ " not in head:
                    if self.gates:
                        late.append(self.gates.popleft())
                far.sendall(asked)
        with suppress(OSError):
            far.shutdown(socket.SHUT_WR)

    def _answers(self, far: socket.socket, near: socket.socket, late: deque[threading.Event]) -> None:
        with suppress(OSError):
            while answered := far.recv(65536):
                if late:
                    late.popleft().wait(PATIENCE)
                near.sendall(answered)
        for side in (near, far):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)  # wakes whoever still listens there
            side.close()
