"""`manage.py worker`: prints what is due and sends what is written, until it is told to end."""

import logging
import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from workflow.outbox import beat, send_due
from workflow.printing import print_due

PAUSE = 0.5  # seconds, when nothing is due
PAUSE_WITHOUT_DATABASE = 2
BEAT_EVERY = 10

_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Prints PDFs and sends letters; several may run side by side, on one machine or on many."""

    help = "Print the PDFs and send the letters that are due; runs until it is ended by SIGTERM or Ctrl-C."
    ending = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do all that is due now, then end (for cron)")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        before = {number: signal.signal(number, self._end) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._work_once() if once else self._work()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: FrameType | None) -> None:
        """Ends after the PDF and the letter in hand."""
        self.ending = True

    def _work_once(self) -> None:
        beat()
        while not self.ending and _round():
            pass

    def _work(self) -> None:
        beaten = float("-inf")
        while not self.ending:
            try:
                if time.monotonic() - beaten > BEAT_EVERY:
                    beat()
                    beaten = time.monotonic()
                pause = 0.0 if _round() else PAUSE
            except (OperationalError, InterfaceError) as trouble:
                _log.warning("The database is away (%s); trying again.", type(trouble).__name__)
                connection.close()
                pause = PAUSE_WITHOUT_DATABASE
            if not self.ending:
                time.sleep(pause)


def _round() -> bool:
    """One PDF and one letter, so that neither waits for all of the other; whether there was anything to do."""
    return any([print_due(), send_due()])
