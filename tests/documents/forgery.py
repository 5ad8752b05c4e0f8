"""What people and programs do to a PDF after it has left the portal: save it anew, take the enclosure out, forge it."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pypdf


def edited(pdf: bytes, edit: Callable[[pikepdf.Pdf], Any] = lambda pdf: None, **how: Any) -> bytes:
    """The file with something done to it, saved as pikepdf saves."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        edit(opened)
        opened.save(out, **how)
    return out.getvalue()


def without_enclosure(pdf: bytes) -> bytes:
    """The file with nothing enclosed in it."""

    def taken_out(opened: pikepdf.Pdf) -> None:
        for name in list(opened.attachments):
            del opened.attachments[name]
        if "/AF" in opened.Root:  # a version of the library takes it out by itself
            del opened.Root["/AF"]

    return edited(pdf, taken_out)


def without_tags(pdf: bytes) -> bytes:
    """The same, and without its tags, as a program makes it that prints to a PDF."""

    def taken_out(opened: pikepdf.Pdf) -> None:
        del opened.Root["/StructTreeRoot"]
        del opened.Root["/Metadata"]

    return edited(without_enclosure(pdf), taken_out)


SAVED_ANEW: dict[str, Callable[[bytes], bytes]] = {
    "packed": lambda pdf: edited(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True),
    "for the web": lambda pdf: edited(pdf, linearize=True),
    "in the clear": lambda pdf: edited(pdf, qdf=True, normalize_content=True),
    "by another library": lambda pdf: written_by_pypdf(pdf),
}
"""How programs save a file that they have opened."""


def written_by_pypdf(pdf: bytes) -> bytes:
    """The file as pypdf writes it, its pages packed anew."""
    writer, out = pypdf.PdfWriter(clone_from=BytesIO(pdf)), BytesIO()
    for page in writer.pages:
        page.compress_content_streams()
    writer.write(out)
    return out.getvalue()


def codes(font: Any, word: str) -> bytes:
    """A word in the codes of a font."""
    table = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"^<(\w+)> <(\w+)>$", table, re.MULTILINE)
    signs = {bytes.fromhex(letters).decode("utf-16-be"): bytes.fromhex(code) for code, letters in pairs}
    return b"".join(signs[letter] for letter in word)


def reworded(pdf: bytes, word: str, by: str) -> bytes:
    """The file with a word of as many letters in the place of another on its pages, its enclosure kept."""
    done = 0

    def changed(opened: pikepdf.Pdf) -> None:
        nonlocal done
        for page in opened.pages:
            for font in page.resources.Font.values():
                try:
                    old, new = codes(font, word), codes(font, by)
                except KeyError:
                    continue
                instructions: list[Any] = []
                for step in pikepdf.parse_content_stream(page):
                    if str(step.operator) == "TJ":
                        letters = b"".join(bytes(part) for part in step.operands[0] if isinstance(part, pikepdf.String))
                        if old in letters:
                            done += 1
                            letters = letters.replace(old, new)
                            step = pikepdf.ContentStreamInstruction([[pikepdf.String(letters)]], pikepdf.Operator("TJ"))
                    instructions.append(step)
                page.Contents = opened.make_stream(pikepdf.unparse_content_stream(instructions))

    forged = edited(pdf, changed)
    assert done, f"{word} stands nowhere"
    return forged


def drawn_on(pdf: bytes, drawing: bytes) -> bytes:
    """The file with something drawn over its first page."""
    return edited(pdf, lambda opened: opened.pages[0].contents_add(drawing))


def noted_on(pdf: bytes, words: str) -> bytes:
    """The file with a note laid over its first page."""

    def noted(opened: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[80, 600, 400, 640], Contents=pikepdf.String(words)
        )
        opened.pages[0].Annots = opened.make_indirect([*opened.pages[0].get("/Annots", []), opened.make_indirect(note)])

    return edited(pdf, noted)
