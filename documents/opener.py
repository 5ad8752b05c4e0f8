"""The opener: what a PDF that somebody brings encloses, says and shows; imported only in a room of the press.

A PDF from outside may be made to do harm. Nothing in it is run, and whatever opening it does to the room's child (time,
memory, a crash) ends with the child.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf
import pypdf

from documents import xmp
from documents.document import FORMAT
from documents.opening import likeness
from documents.opening.drawn import UNREADABLE, Page
from documents.opening.tags import Tags
from documents.opening.written import written
from documents.room import Refused

MOST_PAGES = 100
MOST_ENCLOSED = 100

for _library in ("pikepdf", "pypdf"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)  # what they complain of may quote the file


def answer(job: Mapping[str, Any], payload: bytes) -> bytes:
    """What goes back to the press, as JSON.

    Args:
        job: `purpose` says what the PDF is opened for: "reading" or "comparing".
        payload: the PDF.

    Raises:
        Refused: it cannot be opened; the message says why, as a sentence to the person who brought it.
    """
    try:
        with pikepdf.open(BytesIO(payload)) as pdf:
            _refuse_excess(pdf)
            sources = list(_sources(pdf))
            if job["purpose"] == "comparing":
                said = {"letters": likeness.letters(pdf), "drawing": likeness.drawing(pdf)}
            else:
                said = {"text": "" if sources else _text(pdf, payload)}
            return json.dumps({"sources": sources, **said}).encode()
    except (Refused, MemoryError, RecursionError):
        raise
    except pikepdf.PasswordError as trouble:
        raise Refused("This PDF is locked with a password. Save it without one and bring it again.") from trouble
    except Exception as trouble:  # a file from outside may break anything, and nothing of it is noted
        raise Refused("This PDF is damaged, or only a part of one. Save it anew in the program it comes from.") from trouble


def warm_up() -> None:
    """Opens an empty PDF and throws it away, so that everything is loaded before the first one comes."""
    empty = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(empty)
    answer({"purpose": "comparing"}, empty.getvalue())
    pypdf.PdfReader(empty).pages[0].extract_text()


def _refuse_excess(pdf: pikepdf.Pdf) -> None:
    if (pages := len(pdf.pages)) > MOST_PAGES:
        raise Refused(f"This PDF has {pages:,} pages; a proposal has five or six, and {MOST_PAGES} is the most that is opened.")


def _sources(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The proposals enclosed as the source of this file, exactly as they are enclosed."""
    for name in list(pdf.attachments)[:MOST_ENCLOSED]:
        enclosed = pdf.attachments[name]
        if enclosed.relationship == pikepdf.Name.Source:
            text = enclosed.get_file().read_bytes().decode(errors="replace")
            if re.search(rf'"format"\s*:\s*"{FORMAT}"', text):
                yield text


def _text(pdf: pikepdf.Pdf, data: bytes) -> str:
    """The text of a PDF: by its tags where they name all that its pages say, otherwise page by page."""
    try:
        text = _by_tags(pdf)
    except (pikepdf.PdfError, AttributeError, LookupError, TypeError, ValueError):  # tags are worse kept than pages
        text = ""
    text = text or _by_pages(data)
    if not text.strip():
        raise Refused("This PDF has no text: its pages are pictures. Bring the file it was made from, or paste its text.")
    return text


def _by_tags(pdf: pikepdf.Pdf) -> str:
    """The text in the order of the tags; nothing if there are none, or some text bears none."""
    if "/StructTreeRoot" not in pdf.Root:
        return ""
    pages = {page.obj.objgen: Page(page.obj, number) for number, page in enumerate(pdf.pages)}
    blocks, ours = Tags(pdf, pages).blocks(), _is_ours(pdf)
    text = written(blocks, ours)
    left = [text for page in pages.values() for text in page.untagged]
    left += [run.text for page in pages.values() for runs in page.tagged.values() for run in runs]
    if "".join(left).strip() or UNREADABLE in text or not text.strip():
        return ""
    return f"{text}\n\n<!-- {FORMAT} {str(pdf.Root.get('/Lang', 'en'))[:2]} -->\n" if ours else f"{text}\n"


def _by_pages(data: bytes) -> str:
    """The text page by page, laid out as it stands there; in the order of drawing where that would lose a letter."""
    pages = pypdf.PdfReader(BytesIO(data)).pages
    drawn = "\n\f".join(page.extract_text() for page in pages)
    try:
        lines = "\n\f".join(page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=False) for page in pages)
    except (AttributeError, LookupError, TypeError, ValueError):  # a font that says too little of itself
        return drawn
    return lines if len("".join(lines.split())) >= len("".join(drawn.split())) else drawn


def _is_ours(pdf: pikepdf.Pdf) -> bool:
    """Whether a file says of itself that this portal printed it."""
    said: Any = pdf.Root.get("/Metadata")
    return isinstance(said, pikepdf.Stream) and xmp.proposal({}).address.encode() in said.read_bytes()
