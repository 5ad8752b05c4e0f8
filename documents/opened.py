"""Opened: a PDF that somebody brought, taken apart in a room of the press; the portal itself never touches its bytes."""

import json
from dataclasses import dataclass

from documents.press import CannotPrint, Task, ask

__all__ = ["MOST_BYTES", "CannotPrint", "Compared", "Opened", "compared", "opened"]

MOST_BYTES = 10_000_000
MOST_MEMORY = 1 << 29
SECONDS = 8

OPEN = Task(
    "open",
    "Opening this PDF took too long and was stopped. Bring the file it was made from, or paste its text.",
    "This PDF takes more memory to open than any proposal. Bring the file it was made from, or paste its text.",
    "This PDF could not be opened ({}). Bring the file it was made from, or paste its text.",
)


@dataclass(frozen=True)
class Opened:
    """What a PDF says: the JSON texts of proposals enclosed in it as its source, and the text of its pages.

    With a source the pages are not read, and `text` is empty.
    """

    sources: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Compared:
    """What two PDFs are compared by: their sources, the letters that their pages draw, a digest of all that they draw."""

    sources: tuple[str, ...]
    letters: str
    drawing: str


def opened(pdf: bytes) -> Opened:
    """What a PDF says.

    Raises:
        CannotPrint: it is damaged, locked, a scan, or takes more time or memory than any proposal; the message says which.
    """
    said = _asked("reading", pdf)
    return Opened(tuple(said["sources"]), said["text"])


def compared(pdf: bytes, *, seconds: float = SECONDS) -> Compared:
    """What a PDF is compared by.

    Args:
        seconds: how long it may take.

    Raises:
        CannotPrint: it is damaged, locked, or takes more time or memory than any proposal; the message says which.
    """
    said = _asked("comparing", pdf, seconds)
    return Compared(tuple(said["sources"]), said["letters"], said["drawing"])


def _asked(purpose: str, pdf: bytes, seconds: float = SECONDS) -> dict[str, str]:
    if len(pdf) > MOST_BYTES:
        raise CannotPrint("This PDF is larger than 10 MB; a proposal is a fraction of that.")
    said: dict[str, str] = json.loads(ask(OPEN, {"purpose": purpose}, pdf, seconds=seconds, memory=MOST_MEMORY))
    return said
