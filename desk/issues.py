"""Issued posts: a page of them, and what the JPO unit chooses among them to hand on."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db.models import F, Max, Min, Q, QuerySet

from documents.catalogue import Entry, catalogue
from documents.paper import Edition
from organisation.models import User
from proposals.models import Issue, Rendition
from proposals.policy import visible_to
from workflow.forms import MONTHS
from workflow.printing import named

PAGE = 30
MOST = 300
"""So many posts are handed on at once: as many as a catalogue holds that somebody still reads."""
HEADQUARTERS = "Headquarters"
EDITIONS = {
    Edition.PUBLIC: "For donors and the public, without the decisions",
    Edition.ISSUED: "Complete, with the decisions on each proposal",
}
COLUMNS = {
    "office": "proposal__office__code",
    "region": "proposal__office__region__name",
    "station": "proposal__generalinformation__duty_station",
    "subject": "proposal__generalinformation__title",
    "language": "proposal__language",
    "title": "proposal__title",
    "number": "post__number",
}


@dataclass(frozen=True)
class Time:
    """The time of issue that a list is narrowed to: a year, a month, both or neither."""

    year: int = 0
    month: int = 0

    @classmethod
    def asked(cls, said: Mapping[str, str]) -> "Time":
        """The one a form asks for; what makes no sense narrows nothing."""
        year, month = (_number(said.get(name, "")) for name in ("year", "month"))
        return cls(year, month if 1 <= month <= 12 else 0)

    @property
    def words(self) -> str:
        """As one says it: "in May 2026", "in any May"; empty for all times."""
        month = MONTHS[self.month - 1][1].strip() if self.month else ""
        said = f"{month} {self.year}" if month and self.year else f"any {month}" if month else str(self.year or "")
        return said and f"in {said}"

    def of(self, issues: QuerySet[Issue]) -> QuerySet[Issue]:
        """The issues of this time."""
        return issues.filter(**{name: asked for name, asked in (("year", self.year), ("month", self.month)) if asked})


@dataclass(frozen=True)
class Paper:
    """An issued post with the key and digest of its stored PDF; 0 as long as it is not printed."""

    row: dict[str, Any]
    rendition: int
    sha256: str

    @property
    def number(self) -> str:
        """The number of the post, as it is printed."""
        return f"{self.row['number']:04d}"

    @property
    def file_name(self) -> str:
        """What its PDF is called among others: "2131 - 2026-05 - on apprenticeship systems.pdf"."""
        return named(self.number, f"{self.row['year']}-{self.row['month']:02d}", self.row["subject"])

    def entry(self, pdf: bytes) -> Entry:
        """Its place in a catalogue."""
        row = self.row
        where = " · ".join(filter(None, (row["station"], row["office"])))
        group = row["region"] or HEADQUARTERS
        return Entry(self.number, row["year"], row["month"], row["title"], where, group, row["language"], pdf)


def issued(user: User) -> QuerySet[Issue]:
    """The issued posts this person may see, the newest first."""
    return Issue.objects.filter(proposal__in=visible_to(user)).order_by("-year", "-month", "-pk")


def page(issues: QuerySet[Issue], before: str = "") -> tuple[list[dict[str, Any]], str]:
    """A page of the list, and where the next one begins ("" if there is none).

    Args:
        before: the second value of the page shown before this one; anything else begins at the top.
    """
    found = list(_rows(_after(issues, before))[: PAGE + 1])
    shown = [row | {"number": f"{row['number']:04d}", "time": Time(row["year"], row["month"]).words[3:]} for row in found[:PAGE]]
    last = shown[-1] if shown else {}
    return shown, f"{last['year']}-{last['month']}-{last['pk']}" if len(found) > PAGE else ""


def years() -> list[int]:
    """The years in which posts may have been issued, the newest first."""
    ends = Issue.objects.aggregate(first=Min("year"), last=Max("year"))
    return list(range(ends["last"], ends["first"] - 1, -1)) if ends["last"] else []


def chosen(issues: QuerySet[Issue], ticked: Iterable[str]) -> list[int]:
    """The keys of the issues that were ticked, or, if none was, of all; one more than `MOST` says that they are too many."""
    keys = [key for key in map(_number, ticked) if key]
    return list((issues.filter(pk__in=keys[: MOST + 1]) if keys else issues).values_list("pk", flat=True)[: MOST + 1])


def papers(issues: QuerySet[Issue], edition: Edition) -> list[Paper]:
    """The issues with their stored PDFs of an edition: headquarters first, then by region, each by number and time."""
    rows = list(_rows(issues))
    printed = Rendition.objects.filter(
        event__in=[row["event"] for row in rows], edition=edition, state=Rendition.State.DONE
    ).values_list("event", "pk", "sha256")
    kept = {event: rest for event, *rest in printed}
    rows.sort(key=lambda row: (row["region"] or "", row["number"], row["year"], row["month"]))
    return [Paper(row, *kept.get(row["event"], (0, ""))) for row in rows]


def bound(chosen: Iterable[Paper], time: Time, edition: Edition, *, everything: bool) -> bytes:
    """The catalogue of these posts; those without a PDF are named in it.

    Raises:
        CannotPrint: the press cannot; the message says why.
    """
    all_of_them = list(chosen)
    printed = [paper for paper in all_of_them if paper.rendition]
    pdfs = Rendition.objects.in_bulk([paper.rendition for paper in printed])
    latest = max(paper.row["at"] for paper in printed)
    selection = " ".join(filter(None, ("Posts issued" if everything else "Selected posts, issued", time.words)))
    return catalogue(
        [paper.entry(bytes(pdfs[paper.rendition].pdf or b"")) for paper in printed],
        selection=selection if everything or time.words else "Selected posts",
        notes=[*([] if edition is Edition.PUBLIC else [f"{EDITIONS[edition]}."]), *_missing(all_of_them)],
        dated=latest.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def zipped(chosen: Iterable[Paper]) -> Iterator[bytes]:
    """The ZIP of these posts' PDFs and a list of them, piece by piece: one PDF at a time is fetched and held."""
    all_of_them = list(chosen)
    line = _Line()
    with zipfile.ZipFile(line, "w") as archive:
        archive.writestr(_dated("index.csv", all_of_them[0]), _index(all_of_them))
        yield line.taken()
        for paper in (paper for paper in all_of_them if paper.rendition):
            pdf = Rendition.objects.values_list("pdf", flat=True).get(pk=paper.rendition)
            archive.writestr(_dated(paper.file_name, paper), bytes(pdf or b""))
            yield line.taken()
    yield line.taken()


class _Line(io.RawIOBase):
    """A file that only goes on: what is written can be taken once, and nothing before it is kept."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def _dated(name: str, paper: Paper) -> zipfile.ZipInfo:
    """A file of the ZIP, dated by the issue and not by the clock: the same posts give the same ZIP."""
    return zipfile.ZipInfo(name, (paper.row["year"], paper.row["month"], 1, 0, 0, 0))


def _index(chosen: Iterable[Paper]) -> str:
    """The list in the ZIP, as spreadsheets read it."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["post", "title", "year", "month", "office", "language", "file", "sha256"])
    for paper in chosen:
        row, file = paper.row, paper.file_name if paper.rendition else "not printed yet"
        rows.writerow([paper.number, row["title"], row["year"], row["month"], row["office"], row["language"], file, paper.sha256])
    return "\ufeff" + text.getvalue()


def _missing(chosen: Iterable[Paper]) -> list[str]:
    numbers = [paper.number for paper in chosen if not paper.rendition]
    return [f"Not in this catalogue, because not printed yet: {', '.join(numbers)}."] if numbers else []


def _rows(issues: QuerySet[Issue]) -> Any:
    columns = {name: F(path) for name, path in COLUMNS.items()}
    return issues.values("pk", "event", "proposal", "year", "month", at=F("event__at"), **columns)


def _after(issues: QuerySet[Issue], before: str) -> QuerySet[Issue]:
    if not (found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,18})", before, re.ASCII)):
        return issues
    year, month, pk = map(int, found.groups())
    return issues.filter(Q(year__lt=year) | Q(year=year, month__lt=month) | Q(year=year, month=month, pk__lt=pk))


def _number(typed: str) -> int:
    """A number that somebody sent; 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else 0
