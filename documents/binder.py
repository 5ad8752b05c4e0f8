"""The binder: stored papers bound behind a cover into one PDF by pikepdf; imported only in a room of the press.

No paper is printed again. Its pages, tags, bookmarks and enclosures are carried over as they are; what must be one of a
kind in a file (numbers of structure parents, names of header cells and of enclosures) is made so.
"""

import gc
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import accumulate, count, pairwise
from pathlib import PurePath
from typing import Any, Final

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, StreamDecodeLevel, String
from pikepdf.settings import set_flate_compression_level

FOLIO_SIZE, FOLIO_RIGHT, FOLIO_TOP = 8.5, 62.4, 32  # in points: above all that a paper prints, flush with its text
FOLIO_COLOUR = "0.1176 0.1765 0.7451"

FAST: Final = 3
"""How hard what is new in the file is compressed, of 9: the book is 3 % larger than it might be, and sooner done."""
TEXTS = frozenset(f"/{tag}" for tag in "P Span Link L Lbl H1 H2 H3".split())
"""Tags that hold no table: most of a paper's, and nothing is looked for in them."""

Paper = dict[str, str]
"""What is said of a paper that is bound: its `stem` (the name of its enclosure), its `bookmark` and the `group` above it, its
`language`, and its `line`: what a link to it in the contents is called."""


def answer(job: dict[str, Any], payload: bytes) -> bytes:
    """What goes back to the press: how many pages each file has, as JSON, or the bound PDF.

    Args:
        job: `lengths` of the files in the payload; to bind them also `folio` (the words before the number of a page),
            `contents` (the address to which a line of the contents leads until now, before the place of its paper, from 0), and
            `papers`: a `Paper` for each file but the first two, the cover, and a page that shows every letter of a folio.
        payload: the files, one after another.
    """
    gc.disable()  # one book, one process
    set_flate_compression_level(FAST)
    places = [0, *accumulate(job["lengths"])]
    files = (Pdf.open(BytesIO(payload[begin:end])) for begin, end in pairwise(places))
    if "papers" not in job:
        return json.dumps([len(file.pages) for file in files]).encode()
    book, letters = Book(next(files)), next(files)
    for file, paper in zip(files, job["papers"], strict=True):
        book.bind(file, paper)
    return book.finished(job["folio"], job["contents"], letters)


class Book:
    """A book in the making: the cover's file, and the papers bound into it so far."""

    def __init__(self, cover: Pdf) -> None:
        self.pdf, self.front = cover, len(cover.pages)
        self.tree = cover.Root.StructTreeRoot
        self.whole = self.tree.K[0]
        self.parents = self.tree.ParentTree.Nums
        self.headers: dict[str, Object] = {}
        self.enclosures: dict[str, Object] = {}
        self.papers: list[Paper] = []
        self.first_pages: list[Object] = []
        self.marks: dict[str, list[Object]] = {}
        self._name_headers(self.whole, "0")

    def bind(self, file: Pdf, paper: Paper) -> None:
        """Binds a paper in, as the last one so far: its pages, tags, enclosures and bookmarks."""
        first = len(self.pdf.pages)
        self.pdf.pages.extend(file.pages)
        pages = [page.obj for page in self.pdf.pages[first:]]
        self.papers.append(paper)
        self.first_pages.append(pages[0])
        self._tag(self.pdf.copy_foreign(file.Root.StructTreeRoot), pages, paper)
        self._enclose(file.Root.get("/AF", ()), paper)
        self._mark(self.pdf.copy_foreign(file.Root.Outlines), pages[0], paper)

    def finished(self, folio: str, contents: str, letters: Pdf) -> bytes:
        """The file: with contents that lead to the papers, and every page but the cover's numbered after `folio`."""
        root = self.pdf.Root
        self._lead(contents)
        self._number(folio, self.pdf.copy_foreign(next(iter(letters.pages[0].obj.Resources.Font.values()))))
        _hang(root.Outlines, [*_marks(root.Outlines), *(self._group(*group) for group in self.marks.items())])
        root.AF = Array(self.enclosures.values())
        root.Names = Dictionary(EmbeddedFiles=_index(self.enclosures))
        self.tree.IDTree = self.pdf.make_indirect(_index(self.headers))
        return _saved(self.pdf)

    def _tag(self, tree: Object, pages: Sequence[Object], paper: Paper) -> None:
        """A paper's tags become a part of the book's; its pages and links find theirs under new numbers."""
        shift = int(self.parents[-2]) + 1
        for number, found in _pairs(tree.ParentTree.Nums):
            self.parents.append(int(number) + shift)
            self.parents.append(found)
        for one in (*pages, *(note for page in pages for note in page.get("/Annots", ()))):
            for key in ("/StructParents", "/StructParent"):
                if key in one:
                    one[key] = int(one[key]) + shift
        for part in tree.K:
            part.S, part.P, part.Lang = Name.Part, self.whole, String(paper["language"])
            self.whole.K.append(part)
            self._name_headers(part, str(len(self.papers)))

    def _name_headers(self, element: Object, place: str) -> None:
        """Header cells, and the cells that name them, bear the paper's place before their own name."""
        if "/ID" in element:
            element.ID = String(f"{place}-{element.ID}")
            self.headers[str(element.ID)] = element
        if "/A" in element and "/Headers" in element.A:
            element.A.Headers = Array(String(f"{place}-{name}") for name in element.A.Headers)
        for child in element.get("/K", ()):
            if isinstance(child, Dictionary) and child.get("/S", "/P") not in TEXTS:
                self._name_headers(child, place)

    def _enclose(self, enclosed: Iterable[Object], paper: Paper) -> None:
        for there in enclosed:
            spec = self.pdf.copy_foreign(there)
            suffix = PurePath(str(spec.UF)).suffix
            names = (f"{paper['stem']}{f'-{again}' if again > 1 else ''}{suffix}" for again in count(1))
            name = next(name for name in names if name not in self.enclosures)
            spec.F = spec.UF = String(name)
            spec.Desc = String(paper["bookmark"])
            self.enclosures[name] = spec

    def _mark(self, outline: Object, page: Object, paper: Paper) -> None:
        """The paper's bookmark; what the paper's own heading has under it stands closed below."""
        mark = self._bookmark(paper["bookmark"], _top(page))
        own = _marks(outline)
        _hang(mark, _marks(own[0]) if len(own) == 1 else own, closed=True)
        self.marks.setdefault(paper["group"], []).append(mark)

    def _group(self, title: str, marks: list[Object]) -> Object:
        """The bookmark of a group, open over those of its papers."""
        group = self._bookmark(title, marks[0].Dest)
        _hang(group, marks)
        return group

    def _bookmark(self, title: str, where: Object) -> Object:
        return self.pdf.make_indirect(Dictionary(Title=String(title), Dest=where))

    def _lead(self, contents: str) -> None:
        """The lines of the contents, which led to that address until now, lead to their papers."""
        elements = dict(_pairs(self.parents))
        for note in (note for page in self.pdf.pages[: self.front] for note in page.obj.get("/Annots", ())):
            address = str(note.A.get("/URI", "")) if "/A" in note else ""
            if address.startswith(contents):
                place = int(address.removeprefix(contents))
                note.Dest, note.Contents = _top(self.first_pages[place]), String(self.papers[place]["line"])
                del note.A
                elements[note.StructParent].Lang = String(self.papers[place]["language"])

    def _number(self, folio: str, font: Object) -> None:
        glyphs, widths = _glyphs(font), _widths(font)
        for number, page in enumerate(self.pdf.pages[1:], 2):
            codes = [glyphs[letter] for letter in f"{folio} {number}"]
            left = float(page.mediabox[2]) - FOLIO_RIGHT - sum(widths[code] for code in codes) * FOLIO_SIZE / 1000
            place = f"{left:.3f} {float(page.mediabox[3]) - FOLIO_TOP:.3f}"
            shown = "".join(f"{code:04x}" for code in codes)
            page.obj.Resources.Font.Folio = font
            # Before all else on the page: what is drawn there leaves it upside down.
            page.contents_add(
                f"/Artifact <</Type /Pagination>> BDC\nq\n{FOLIO_COLOUR} rg\nBT\n/Folio {FOLIO_SIZE} Tf\n{place} Td\n"
                f"<{shown}> Tj\nET\nQ\nEMC\n".encode(),
                prepend=True,
            )


def _pairs(flat: Object) -> Iterator[tuple[Any, Any]]:
    """The keys and values that an array of a tree has one after another."""
    every = iter(flat)
    return zip(every, every, strict=True)


def _index(things: dict[str, Object]) -> Dictionary:
    """A name tree of one leaf, in the order of its names."""
    return Dictionary(Names=Array(part for name in sorted(things, key=str.encode) for part in (String(name), things[name])))


def _top(page: Object) -> Array:
    """Where one arrives who is led to a page: at its top, as large as before."""
    return Array([page, Name.XYZ, 0, page.MediaBox[3], 0])


def _marks(parent: Object) -> list[Object]:
    """The bookmarks right under a bookmark, or under the outline itself."""
    found = [parent.First] if "/First" in parent else []
    while found and "/Next" in found[-1]:
        found.append(found[-1].Next)
    return found


def _hang(parent: Object, marks: list[Object], *, closed: bool = False) -> None:
    """Makes bookmarks the children of another one, in this order."""
    for mark in marks:
        mark.Parent = parent
    for earlier, later in pairwise(marks):
        earlier.Next, later.Prev = later, earlier
    if marks:
        for mark, key in ((marks[0], "/Prev"), (marks[-1], "/Next")):
            if key in mark:
                del mark[key]
        seen = len(marks) + sum(max(int(mark.get("/Count", 0)), 0) for mark in marks)
        parent.First, parent.Last, parent.Count = marks[0], marks[-1], -seen if closed else seen


def _glyphs(font: Object) -> dict[str, int]:
    """The glyph of each letter that a font's subset has, from the table that serves to copy its text."""
    table = font.ToUnicode.read_bytes().decode("ascii")
    return {bytes.fromhex(text).decode("utf-16-be"): int(code, 16) for code, text in re.findall(r"<(\w+)> *<(\w+)>\s*\n", table)}


def _widths(font: Object) -> dict[int, float]:
    """The width of each glyph, in thousandths of the font's size."""
    widths: dict[int, float] = {}
    for first, those in _pairs(font.DescendantFonts[0].W):
        widths |= {int(first) + place: float(width) for place, width in enumerate(those)}
    return widths


def _saved(pdf: Pdf) -> bytes:
    file = BytesIO()
    pdf.save(
        file,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
        deterministic_id=True,
    )
    return _ended_clearly(file.getvalue())


def _ended_clearly(file: bytes) -> bytes:
    """A stream whose last byte is a carriage return reads as if it were shorter (1 in 256): a full line end parts them.

    The byte more before `endstream` is taken from the blank after the stream's `<<`, so that nothing else moves.
    """
    mended = bytearray(file)
    for found in re.finditer(rb"\r\nendstream", file):
        head = file.rindex(b" obj\n<< /", 0, found.start()) + len(b" obj\n<<")
        mended[head : found.end()] = file[head + 1 : found.start()] + b"\r\r\nendstream"
    return bytes(mended)
