"""Decoding: the bytes of somebody's file as plain text, or a sentence that says why it is none."""

import codecs
import io
import re
import zipfile

from documents.opened import CannotPrint, opened
from documents.reading.garbled import mended

MOST_BYTES_OF_TEXT = 1_000_000
PDF = re.compile(rb"\s{0,1024}%PDF-")
MOST_CHARACTERS = 250_000  # fifteen times a proposal; beyond it, reading takes longer than anybody waits
MOST_MARKS = 8_000  # and lines; a proposal has some hundred
_MARKS = "\\&<*_`[]!\n"

_SAVE_AS_TEXT = "Open it, save it as plain text (in Word: File, Save as, Plain text) and bring that file."
_KINDS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file (.doc)"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"\x1f\x8b", "a packed file (.gz)"),
    (b"7z\xbc\xaf", "a packed file (.7z)"),
    (b"Rar!", "a packed file (.rar)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
)
_PACKED = (
    ("word", "a Word file (.docx)"),
    ("xl", "an Excel file (.xlsx)"),
    ("ppt", "a PowerPoint file (.pptx)"),
    ("content.xml", "an OpenDocument file (.odt)"),
)
_BYTE_ORDER_MARKS = (  # the longer ones first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NotAProposal(ValueError):
    """The file cannot be read as a proposal; the message is a sentence to the person who brought it."""


def text_of(data: bytes, name: str = "") -> str:
    """The text of a file, its line ends made one kind; of a PDF, the source enclosed in it or the text of its pages.

    Args:
        data: the bytes of the file.
        name: what the file is called, for the sentence.

    Raises:
        NotAProposal: the file is empty, too large, no text, in an unknown encoding, or a PDF that cannot be opened.
    """
    file = f"“{name}”" if name else "This file"
    if not data.strip(b" \t\r\n\x00"):
        raise NotAProposal(f"{file} is empty.")
    if PDF.match(data):
        return _text_of_pdf(data)
    if kind := _kind(data):
        raise NotAProposal(f"{file} is {kind}; only text and PDF can be read. {_SAVE_AS_TEXT}")
    if len(data) > MOST_BYTES_OF_TEXT:
        raise NotAProposal(f"{file} is larger than 1 MB; the text of a proposal is a fraction of that. {_SAVE_AS_TEXT}")
    text = _decoded(data)
    if text is None:
        raise NotAProposal(f"{file} is no text, or in an unknown encoding. Save it as UTF-8 text and bring it again.")
    if not text.strip():
        raise NotAProposal(f"{file} is empty.")
    return re.sub(r"\r\n?|\x0b|\x85|\u2028|\u2029", "\n", mended(text))


def _text_of_pdf(data: bytes) -> str:
    try:
        said = opened(data)
    except CannotPrint as trouble:
        raise NotAProposal(str(trouble)) from trouble
    if len(said.sources) > 1:
        raise NotAProposal(f"This PDF holds {len(said.sources)} proposals. Bring the PDF of each by itself.")
    return said.sources[0] if said.sources else mended(said.text)


def refuse_excess(text: str, name: str = "", times: int = 1) -> None:
    """Refuse a text that is far longer, or has far more marks and lines, than any proposal.

    Raises:
        NotAProposal: reading it would take longer than anybody waits.
    """
    if len(text) > times * MOST_CHARACTERS or sum(map(text.count, _MARKS)) > times * MOST_MARKS:
        file = f"“{name}”" if name else "This file"
        raise NotAProposal(f"{file} holds far more than a proposal does ({len(text):,} characters; a proposal has some 15,000).")


def _kind(data: bytes) -> str | None:
    """What a file is that is no text, by its first bytes."""
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data)
    if re.match(rb"\s*(<\?xml[^>]*>\s*)?(<!doctype html|<html)", data[:500], re.IGNORECASE):
        return "a web page"
    return next((kind for start, kind in _KINDS if data.startswith(start)), None)


def _kind_of_zip(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return "a packed or damaged file (.zip)"
    parts = {name.partition("/")[0] for name in names}
    return next((kind for part, kind in _PACKED if part in parts), "a packed file (.zip)")


def _decoded(data: bytes) -> str | None:
    for encoding, errors in _encodings(data):
        try:
            text = data.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        return text if _is_text(text) else None
    return None


def _encodings(data: bytes) -> tuple[tuple[str, str], ...]:
    """The encodings the bytes may be in, the likeliest first, each with what to do where it does not hold."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return ((encoding, "strict"),)
    if data[1::2].count(0) > len(data) // 4:
        return (("utf-16-le", "strict"),)
    if data[0::2].count(0) > len(data) // 4:
        return (("utf-16-be", "strict"),)
    whole = _OF_SEVERAL_BYTES.findall(data)
    lone = len(_HIGH.findall(data)) - sum(map(len, whole))
    return (("utf-8", "windows" if len(whole) > lone else "strict"), ("windows-1252", "strict"))


_HIGH = re.compile(rb"[\x80-\xff]")
_OF_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _from_windows(error: UnicodeError) -> tuple[str, int]:
    """The first of the bytes that are no UTF-8, as Windows reads it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("windows-1252"), error.start + 1


codecs.register_error("windows", _from_windows)


def _is_text(text: str) -> bool:
    """Whether hardly any character is one that no text has."""
    strange = len(re.findall(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", text))
    return strange * 100 <= len(text) and "\x00" not in text
