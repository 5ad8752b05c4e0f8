"""The catalogue: the stored PDFs of many posts as one file, behind a cover and contents with page numbers."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path

from django.template import Context

from documents.paper import ENGINE, WORDS
from documents.press import Task, ask, press

TITLE = "Catalogue of Junior Professional Officer posts"
FOLIO = "Catalogue page"
LOOK = (Path(__file__).resolve().parent / "assets" / "catalogue.css").read_text()
CONTENTS = "https://contents.invalid/"
"""Where a line of the contents leads until it is bound: this address, and behind it the place of its post, from 0."""
PAGE, ROW, LINE, LETTERS = 690, 34, 13, 78
"""How high a page of contents is, a post in it, and each further line of its title of so many letters; in points, about."""
SECONDS = 30
"""How long somebody may wait for a large catalogue; a hundred posts take about two seconds."""
BIND = Task(
    "bind",
    "Binding this catalogue took too long and was stopped. Please choose fewer posts.",
    "This catalogue is too large to bind. Please choose fewer posts.",
    "This catalogue could not be bound ({}). Please tell the administrator.",
)
MONTHS = [month.strip() for month in WORDS["months"].split(",")]


@dataclass(frozen=True)
class Entry:
    """A post in the catalogue; `group` is the heading it stands under, `pdf` its stored PDF."""

    number: str
    year: int
    month: int
    title: str
    where: str
    group: str
    language: str
    pdf: bytes

    @property
    def issued(self) -> str:
        """When it was issued: "March 2027"."""
        return f"{MONTHS[self.month - 1]} {self.year}"

    @property
    def stem(self) -> str:
        """What the file of its data is called: "2131-2026-05"."""
        return f"{self.number}-{self.year}-{self.month:02d}"


@dataclass(frozen=True)
class Line:
    """A line of the contents: a post, its place among all, and the page on which it begins."""

    entry: Entry
    place: int
    page: int


def catalogue(entries: Sequence[Entry], *, selection: str, dated: str, notes: Sequence[str] = ()) -> bytes:
    """The catalogue of some posts as one PDF (PDF/A-3a and PDF/UA-1); the same posts give the same bytes.

    Args:
        entries: the posts, in their order; those of a group one after another.
        selection: which posts these are, for the cover: "Posts issued in 2026".
        dated: ISO date and time of the catalogue, for its metadata.
        notes: sentences for the end of the contents: what is not in it, and why.

    Raises:
        CannotPrint: the press cannot; the message says why.
    """
    papers = [entry.pdf for entry in entries]
    sizes = _sizes(papers)
    cover, lines = _cover(entries, sizes, selection, dated, notes)
    job: dict[str, object] = {
        "folio": FOLIO,
        "contents": CONTENTS,
        "papers": [
            {
                "stem": line.entry.stem,
                "bookmark": f"{line.entry.number} – {line.entry.title}",
                "group": line.entry.group,
                "language": line.entry.language,
                "line": f"Post {line.entry.number}, {line.entry.title}: {FOLIO.lower()} {line.page}",
            }
            for line in lines
        ],
    }
    return _bind(job, [cover, _letters(), *papers])


def _cover(
    entries: Sequence[Entry], sizes: Sequence[int], selection: str, dated: str, notes: Sequence[str]
) -> tuple[bytes, list[Line]]:
    """Cover and contents; printed again, with the right page numbers, if they are not as long as expected."""
    height = sum(ROW + LINE * (len(entry.title) // LETTERS) for entry in entries)
    expected = 2 + height // PAGE
    while True:
        lines = list(_lines(entries, sizes, expected))
        cover = press(_html(lines, selection, dated, notes), seconds=SECONDS)
        [found] = _sizes([cover])
        if found == expected:
            return cover, lines
        expected = found


def _lines(entries: Sequence[Entry], sizes: Sequence[int], before: int) -> Iterator[Line]:
    pages = accumulate(sizes, initial=before + 1)
    return (Line(entry, place, page) for place, (entry, page) in enumerate(zip(entries, pages, strict=False)))


def _html(lines: Sequence[Line], selection: str, dated: str, notes: Sequence[str]) -> str:
    groups = [(group, list(those)) for group, those in groupby(lines, lambda line: line.entry.group)]
    first, last = (end(lines, key=lambda line: (line.entry.year, line.entry.month)).entry.issued for end in (min, max))
    context = {
        "title": TITLE,
        "selection": selection,
        "look": LOOK,
        "dated": dated,
        "groups": groups,
        "number": len(lines),
        "issued": first if first == last else f"{first} to {last}",
        "contents": CONTENTS,
        "notes": notes,
    }
    return ENGINE.get_template("documents/catalogue.html").render(Context(context, use_l10n=False, use_tz=False))


def _letters() -> bytes:
    """A page that shows every letter of a folio in its font."""
    return press(ENGINE.get_template("documents/folio.html").render(Context({"look": LOOK, "letters": f"{FOLIO} 0123456789"})))


def _sizes(files: Sequence[bytes]) -> list[int]:
    """How many pages each file has."""
    return list(json.loads(_bind({}, files)))


def _bind(job: dict[str, object], files: Sequence[bytes]) -> bytes:
    sent = job | {"lengths": [len(file) for file in files]}
    return ask(BIND, sent, b"".join(files), seconds=SECONDS)
