"""Likeness: what two PDFs are compared by, whatever program saved them."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from documents.opening.drawn import DEEPEST, Page, inherited
from documents.opening.tags import TOO_DEEP
from documents.room import Refused

SHOWN = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Annots")
SHOWN_INSTEAD = ("/AcroForm", "/Collection", "/OpenAction", "/AA", "/OCProperties")
"""What of a file may change what its pages show."""
NOT_SHOWN = {"/Parent", "/P", "/StructParent", "/StructParents", "/Dest", "/Length", "/Filter", "/DecodeParms", "/Metadata"}


def letters(pdf: pikepdf.Pdf) -> str:
    """All letters that the pages show, furniture and notes too, in the order of drawing, without white space."""
    return "".join("".join(_letters(pdf)).split())


def drawing(pdf: pikepdf.Pdf) -> str:
    """A digest of everything by which the pages are drawn: fonts, pictures, notes."""
    seal = hashlib.sha256()
    seals = _Seals()
    for key in SHOWN_INSTEAD:
        seal.update(seals.of(pdf.Root.get(key)))
    for page in pdf.pages:
        for key in SHOWN:
            seal.update(seals.of(inherited(page.obj, key)))
        seal.update(pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page)))
    return seal.hexdigest()


def _letters(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages):
        yield from Page(page.obj, number).all
        notes: Any = page.obj.get("/Annots", [])
        for note in notes:
            yield from (str(note[key]) for key in ("/Contents", "/V") if isinstance(note.get(key), pikepdf.String))
            looks = note.get("/AP", {}).get("/N")
            if isinstance(looks, pikepdf.Stream):
                yield from Page(looks, number).all


class _Seals:
    """Digests of objects with everything that they lead to; the order, numbers and packing of objects do not count."""

    def __init__(self) -> None:
        self.known: dict[Any, bytes] = {}

    def of(self, thing: Any, depth: int = 0) -> bytes:
        """The digest of an object."""
        if depth > DEEPEST:
            raise Refused(TOO_DEEP)
        key = thing.objgen if isinstance(thing, pikepdf.Object) and thing.is_indirect else None
        if key in self.known:
            return self.known[key]
        if key:
            self.known[key] = b"itself"  # what leads back to it says so
        seal = hashlib.sha256(b"".join(self._parts(thing, depth + 1))).digest()
        if key:
            self.known[key] = seal
        return seal

    def _parts(self, thing: Any, depth: int) -> Iterator[bytes]:
        if isinstance(thing, pikepdf.Stream):
            yield _content(thing)
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            for name in sorted(set(thing.keys()) - NOT_SHOWN):
                yield name.encode() + self.of(thing.get(name), depth)
        elif isinstance(thing, pikepdf.Array | list):
            yield from (self.of(part, depth) for part in thing)
        else:
            yield repr(thing).encode()


def _content(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # packed in a way that nothing here unpacks, as photographs are
        return bytes(stream.read_raw_bytes())
