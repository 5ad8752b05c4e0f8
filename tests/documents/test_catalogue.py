"""The catalogue: stored papers bound behind cover and contents, read back with the tools that others read it with."""

import re
import subprocess
import zlib
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import accumulate, count

import pikepdf
import pytest

from documents.catalogue import Entry, catalogue
from documents.document import Document
from documents.paper import Edition, Issued, paper
from documents.press import CannotPrint, press
from proposals.sections import form
from tests.documents import pdfs
from tests.documents.invented import ANSWERS, DECISIONS, proposal
from tests.documents.standards import faults
from tests.measures import order, recall, words_of

PLACES = [("Geneva, Switzerland · HARBOUR", "Headquarters"), ("Abidjan, Côte d'Ivoire · CO-Abidjan", "Africa")]
DATED = "2027-04-01T08:00:00Z"


def entry(number: int, *, enclosed: str = "", long: bool = False) -> Entry:
    """An issued post; languages take turns, and so do headquarters and the field."""
    language, where = ["en", "fr", "es"][number % 3], PLACES[number >= 2104]
    words = form(language)
    some = {name: ANSWERS[name] for name in ("duty_station", "duties", "introduction", "programme_outline")}
    answers = dict.fromkeys(words.boxes, "") | some | {"title": f"on subject {number}"}
    document = proposal(words, title=f"on subject {number}") if long else Document(words, answers)
    html = paper(
        document,
        kind=Edition.ISSUED,
        version=1,
        decisions=DECISIONS,
        issued=Issued(str(number), "March", 2027),
        dated="2027-03-02T09:00:00+01:00",
    )
    pdf = press(html, attachment=enclosed or document.text(), seconds=30)
    return Entry(str(number), 2027, 3, f"Junior Professional Officer on subject {number}", *where, language, pdf)


def ending_in_a_carriage_return() -> str:
    """A text whose compressed stream ends in one."""
    return next(text for text in map(str, count()) if zlib.compress(text.encode())[-1:] == b"\r")


def bound(entries: Sequence[Entry], **more: object) -> bytes:
    """Their catalogue."""
    return catalogue(entries, selection="Posts issued in 2027", dated=DATED, **more)


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """Five posts in three languages, at headquarters and in the field; one encloses what is hard to bind."""
    return [entry(number, enclosed=ending_in_a_carriage_return() if number == 2103 else "") for number in range(2101, 2106)]


@pytest.fixture(scope="module")
def book(entries: list[Entry]) -> bytes:
    """The catalogue of the five."""
    return bound(entries, notes=["Not in this catalogue, because not printed yet: 2106."])


def begins(entries: Sequence[Entry], book: bytes) -> list[int]:
    """The page on which each post begins, from 1: what comes before it is counted, not what the catalogue says."""
    sizes = [len(pdfs.pages(one.pdf)) for one in entries]
    return list(accumulate(sizes[:-1], initial=len(pdfs.pages(book)) - sum(sizes) + 1))


def test_the_catalogue_keeps_both_standards(book: bytes):
    assert faults([book]) == []


def test_every_page_is_there_as_it_was_and_numbered_through(entries: list[Entry], book: bytes):
    single = [text for one in entries for text in pdfs.pages(one.pdf)]
    pages = pdfs.pages(book)
    front = len(pages) - len(single)
    found = [re.findall(r"Catalogue page (\d+)\n", text) for text in pages]
    assert found == [[], *([str(number)] for number in range(2, len(pages) + 1))]
    bare = [re.sub(r"Catalogue page \d+\n+", "", text) for text in pages[front:]]
    assert [words_of(text) for text in bare] == [words_of(text) for text in single]


def test_the_number_of_a_page_stands_upright_above_all_else(book: bytes):
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=book, capture_output=True, check=True).stdout.decode()
    for number, page in enumerate(boxes.split("<page ")[2:], 2):
        words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page)
        folio = [tuple(map(float, word[:4])) for word in words if word[1] == min((w[1] for w in words), key=float)]
        assert [word[4] for word in words if word[1] == min((w[1] for w in words), key=float)] == [
            "Catalogue",
            "page",
            str(number),
        ]
        assert folio[-1][2] == pytest.approx(595.28 - 62.4, abs=0.1)
        assert folio[0][0] < folio[1][0] < folio[2][0]
        assert folio[0][3] < min(float(word[1]) for word in words if word[4] not in ("Catalogue", "page", str(number)))


def test_bookmarks_and_contents_lead_to_the_right_pages(entries: list[Entry], book: bytes):
    right = begins(entries, book)
    found = [
        (
            mark["title"],
            mark["open"],
            mark["destpageposfrom1"],
            [(kid["title"], kid["open"], kid["destpageposfrom1"]) for kid in mark["kids"]],
        )
        for mark in pdfs.outlines(book)
    ]
    marks = [(f"{one.number} – {one.title}", False, page) for one, page in zip(entries, right, strict=True)]
    assert found == [
        ("Cover", True, 1, []),
        ("Contents", True, 2, []),
        ("Headquarters", True, right[0], marks[:3]),
        ("Africa", True, right[3], marks[3:]),
    ]  # fmt: skip
    lines = re.findall(r"^(\d{4})\s.*?2027\s+(\d+)$", _laid_out(book, 2), re.MULTILINE | re.DOTALL)
    assert lines == [(one.number, str(page)) for one, page in zip(entries, right, strict=True)]
    with pikepdf.open(BytesIO(book)) as pdf:
        places = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        led = [(str(note.Contents), places[note.Dest[0].objgen]) for note in pdf.pages[1].Annots]
    assert led == [
        (f"Post {one.number}, {one.title}: catalogue page {page}", page) for one, page in zip(entries, right, strict=True)
    ]


def _laid_out(book: bytes, page: int) -> str:
    """The text of a page, line by line as it is laid out."""
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), "-", "-"]
    return subprocess.run(command, input=book, capture_output=True, check=True).stdout.decode()


def test_a_posts_own_bookmarks_are_kept_under_it(entries: list[Entry], book: bytes):
    marks = pdfs.bookmarks(book)
    at = marks.index((2, f"{entries[1].number} – {entries[1].title}"))
    own = [(level + 1, title) for level, title in pdfs.bookmarks(entries[1].pdf)[1:]]
    assert marks[at + 1 : at + 1 + len(own)] == own
    assert len(own) > 3


def test_the_enclosures_are_those_of_the_papers_each_under_a_name_of_its_own(entries: list[Entry], book: bytes):
    own = {f"{one.number}-2027-03.json": pdfs.enclosures(one.pdf)["proposal.json"] for one in entries}
    assert pdfs.enclosures(book) == own
    assert len(pdfs.catalog(book)["/AF"]) == len(entries)
    assert b"\r\r\nendstream" in book  # a stream that ends in a carriage return
    assert not re.search(rb"[^\r]\r\nendstream", book)
    twice = bound([entries[0], replace(entries[0], title="Again")])
    assert sorted(pdfs.enclosures(twice)) == ["2101-2027-03-2.json", "2101-2027-03.json"]


def test_each_paper_is_a_part_in_its_language_and_no_header_cell_has_the_name_of_another(entries: list[Entry], book: bytes):
    with pikepdf.open(BytesIO(book)) as pdf:
        root = pdf.Root.StructTreeRoot
        parts = [str(part.Lang) for part in root.K[0].K if part.S == "/Part"]
        cells = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"]
        names = [str(cell.ID) for cell in cells if "/ID" in cell]
        named = {str(name) for cell in cells if "/A" in cell and "/Headers" in cell.A for name in cell.A.Headers}
        index = [str(name) for name in list(root.IDTree.Names)[::2]]
        lines = [str(cell.Lang) for cell in cells if cell.S == "/Link" and "/Lang" in cell]
    assert parts == [one.language for one in entries]
    assert sorted(names) == sorted(set(names)) == index
    assert named <= set(names)
    assert len(names) > 5 * len(entries)
    assert sorted(lines) == sorted(parts)


def test_every_page_and_every_link_finds_its_tags(book: bytes):
    lost = []
    with pikepdf.open(BytesIO(book)) as pdf:
        flat = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip(map(int, flat[::2]), flat[1::2], strict=True))
        assert sorted(parents) == list(map(int, flat[::2]))
        for number, page in enumerate(pdf.pages, 1):
            elements = list(parents[int(page.obj.StructParents)])
            lost += [number for place, one in enumerate(elements) if one.Pg.objgen != page.obj.objgen or place not in list(one.K)]
            for note in page.obj.get("/Annots", ()):
                kids = parents[int(note.StructParent)].K
                kids = [kid.Obj.objgen for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
                lost += [number] if note.objgen not in kids else []
    assert lost == []


def test_the_file_says_what_it_is(book: bytes):
    said, catalog = pdfs.info(book), pdfs.catalog(book)
    assert {key: said[key] for key in ("Title", "Author", "CreationDate", "Tagged")} == {
        "Title": "Catalogue of Junior Professional Officer posts – Posts issued in 2027",
        "Author": "International Labour Office",
        "CreationDate": DATED,
        "Tagged": "yes",
    }
    assert (catalog["/Lang"], catalog["/PageMode"], len(catalog["/OutputIntents"])) == ("u:en", "/UseOutlines", 1)
    cover, contents = pdfs.pages(book)[:2]
    assert re.findall(r"^(Posts|Headquarters|Africa|Issued)\n+([\w ]+)$", _rows(book), re.MULTILINE) == [
        ("Posts", "5"), ("Issued", "March 2027"), ("Headquarters", "3"), ("Africa", "2"),
    ]  # fmt: skip
    assert "Catalogue of Junior" in cover
    assert "Not in this catalogue, because not printed yet: 2106." in contents


def _rows(book: bytes) -> str:
    """The table on the cover: each label and its value under each other."""
    return re.sub(r" {3,}", "\n", _laid_out(book, 1))


def test_the_same_posts_are_the_same_bytes_everywhere(entries: list[Entry], book: bytes, monkeypatch: pytest.MonkeyPatch):
    for name, value in {"TZ": "Asia/Bangkok", "LC_ALL": "fr_CH.UTF-8", "PYTHONHASHSEED": "7"}.items():
        monkeypatch.setenv(name, value)
    assert bound(entries, notes=["Not in this catalogue, because not printed yet: 2106."]) == book


def test_the_page_numbers_are_right_however_long_the_contents_are(entries: list[Entry]):
    """Titles of many short lines: the contents take more pages than one guesses, and are printed again."""
    many = [
        replace(entries[0], number=str(number), title="Statisticsstatisticsstatisticsstatisticsstatistics " * 3)
        for number in range(3000, 3045)
    ]
    book = bound(many)
    size = len(pdfs.pages(many[0].pdf))
    front = int(pdfs.info(book)["Pages"]) - size * len(many)
    right = list(range(front + 1, front + size * len(many), size))
    assert front > 3
    assert re.search(rf"^3000\s.*?^\s+.*? {right[0]}$", _laid_out(book, 2), re.MULTILINE | re.DOTALL)
    with pikepdf.open(BytesIO(book)) as pdf:
        places = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        led = [places[note.Dest[0].objgen] for page in pdf.pages[1:front] for note in page.Annots]
    assert led == right


def test_what_is_no_paper_is_not_bound(entries: list[Entry]):
    with pytest.raises(CannotPrint, match="This catalogue could not be bound"):
        bound([replace(entries[0], pdf=b"%PDF-1.7 nothing")])


def test_a_screen_reader_reads_every_word_of_a_paper_in_its_order(entries: list[Entry]):
    spoken(entries[3:4], bound(entries[3:4]))  # Poppler takes some seconds for each


def spoken(entries: Sequence[Entry], book: bytes) -> None:
    """All that is read aloud of the papers is read aloud of their catalogue, in the same order and with nothing between."""
    single = words_of("\n".join(pdfs.read_aloud(one.pdf) for one in entries))
    aloud = words_of(pdfs.read_aloud(book))
    assert len(single) > 100 * len(entries)
    assert (recall(single, aloud), order(single, aloud)) == (1.0, 1.0)
    assert aloud[-len(single) :] == single


@pytest.mark.slow
def test_twelve_long_papers_are_read_in_their_order_and_keep_both_standards():
    entries = [entry(number, long=True) for number in range(2098, 2110)]
    book = bound(entries)
    assert faults([book]) == []
    spoken(entries, book)
