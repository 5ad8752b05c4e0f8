"""The press: real PDFs read back, hostile texts, limits of time and memory."""

import os
import re
import signal
import socket
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from documents import prose
from documents.document import Document
from documents.form import Form, Kind
from documents.paper import Edition, paper
from documents.press import BUSY, MISSING, PRINT, CannotPrint, _idle, press, renderer
from proposals.sections import form as real_form
from tests.documents import pdfs
from tests.documents.invented import ANSWERS, CHECK, DECISIONS, DIGEST, FORM, ISSUED, proposal
from tests.measures import order, recall, words_of

MARK = bytes.fromhex("f0f2fc")  # the colour of the word across a draft
HEADINGS = [section.heading for section in FORM.sections]


@pytest.fixture(scope="module")
def issued() -> bytes:
    """The invented proposal as issued."""
    html = paper(proposal(), kind=Edition.ISSUED, version=2, decisions=DECISIONS, issued=ISSUED, check=CHECK)
    return press(html, attachment=proposal().text())


@pytest.fixture(scope="module")
def draft() -> bytes:
    """A preview of the invented proposal's draft."""
    return press(paper(proposal(), kind=Edition.DRAFT, dated="2026-09-01T10:00:00+02:00"))


def page_of(body: str) -> str:
    """A page with any HTML, as no proposal can hold it."""
    return f'<!DOCTYPE html><html lang="en"><title>A page</title><body><article class="issued">{body}</article>'


def refusal(html: str, **limits: Any) -> str:
    """The sentence with which the press refuses."""
    with pytest.raises(CannotPrint) as refused:
        press(html, **limits)
    return str(refused.value)


def answered(form: Form) -> list[str]:
    """The words of every box of the invented proposal, in the order of the form."""
    return [
        word
        for name, box in form.boxes.items()
        for word in words_of(prose.text(ANSWERS[name]) if box.kind is Kind.PROSE else f"{box.fixed} {ANSWERS[name]}")
    ]


# What is printed


def test_every_word_of_every_box_arrives_in_order(issued: bytes):
    words = answered(FORM)
    printed, read = words_of(pdfs.text(issued)), words_of(pdfs.read_aloud(issued))
    assert len(words) > 500
    assert (recall(words, printed), recall(words, read), order(words, read)) == (1.0, 1.0, 1.0)
    assert order(words, printed) >= 0.999


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_real_form_prints_in_every_language(language: str):
    form = real_form(language)
    pdf = press(paper(proposal(form), kind=Edition.DRAFT, dated="2026-09-01T10:00:00+02:00"))
    said = words_of(pdfs.text(pdf))
    worded = [form.title, form.subtitle, *form.closing, *(section.heading for section in form.sections)]
    assert recall(answered(form), said) == 1.0
    assert order(answered(form), said) >= 0.999
    assert recall(words_of(" ".join(worded)), said) == 1.0
    assert pdfs.catalog(pdf)["/Lang"] == f"u:{language}"
    assert pdfs.text(pdf).count(form.words["draft_mark"]) == 1 + len(pdfs.pages(pdf))


def test_an_empty_desirable_leaves_no_label_behind(issued: bytes):
    assert pdfs.text(issued).count("Desirable:") == 3
    full = press(paper(proposal(experience_desirable="<p>Some.</p>"), kind=Edition.SUBMISSION))
    assert pdfs.text(full).count("Desirable:") == 4


def test_a_long_line_is_not_parted_by_its_label():
    long = "in " + "Skills Forecasting for the Maritime Trades and the Ports that Live by Them " * 2
    text = pdfs.text(press(paper(proposal(title=long, education_minimum=f"<p>{long}</p>"), kind=Edition.SUBMISSION)))
    assert " ".join(f"Title: Junior Professional Officer {long} Duty station:".split()) in " ".join(text.split())
    assert " ".join(f"Minimum: {long} Desirable:".split()) in " ".join(text.split())


def test_a_numbered_list_keeps_its_first_number(issued: bytes):
    assert "3. Keep the register of harbour trades up to date." in pdfs.text(issued)


def test_the_issue_stands_at_the_head_once_there_is_one(issued: bytes, draft: bytes):
    head = pdfs.read_aloud(issued).partition(FORM.title.upper())[0]
    assert head.split("\n")[:-1] == [
        *("International", "Labour", "Office ", "Post number:", "2131", "Month of issue:", "October", "Year:", "2026"),
    ]
    assert "Post number" not in pdfs.text(draft)


def test_the_decisions_stand_together_on_one_page(issued: bytes):
    [page] = [text for text in pdfs.pages(issued) if "DECISIONS" in text]
    words = words_of(page.partition("DECISIONS")[2])
    told = words_of(
        f"""Stage Name Decision Date Version Digest
        Submission Ana Author Author Submitted 2 September 2026 2 {DIGEST[:12]}
        Endorsement Adele Deputy Director, HARBOUR, acting for Dina Director Endorsed 5 September 2026 2 {DIGEST[:12]}
        Approval Hana Partner HR Partner, Africa Approved 8 September 2026 2 {DIGEST[:12]}"""
    )
    assert (recall(told, words), "DECISIONS" in pdfs.read_aloud(issued)) == (1.0, True)


def test_no_word_of_the_decisions_is_cut_in_two_in_the_longest_language():
    french = real_form("fr")
    decided = replace(DECISIONS[0], stage="Partenaire des ressources humaines", decision="Approuvée")
    html = paper(Document(french, dict.fromkeys(french.boxes, "")), kind=Edition.SUBMISSION, version=1, decisions=[decided])
    table = words_of(pdfs.text(press(html)).partition("DÉCISIONS")[2])
    assert {"version", "approuvée", "empreinte", "ressources"} <= set(table)


@pytest.mark.parametrize("above", [13, 14, 15])
def test_a_heading_is_not_left_at_the_foot_of_a_page_with_one_line(above: int):
    background = {"programme_outline": "<p>Word.</p>" * above, "outcomes": "<p>Guidance:</p><p>Outcome 4.</p>"}
    pages = pdfs.pages(press(paper(Document(FORM, dict.fromkeys(FORM.boxes, "") | background), kind=Edition.SUBMISSION)))
    assert [page for page in pages if "Guidance:" in page] == [page for page in pages if "Outcome 4." in page]


def test_every_page_is_numbered_and_named(issued: bytes):
    pages = pdfs.pages(issued)
    assert len(pages) > 2
    assert [re.findall(r"Page \d+ of \d+", page) for page in pages] == [
        [f"Page {number} of {len(pages)}"] for number in range(1, len(pages) + 1)
    ]
    assert ["JPO 2131 · October 2026" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert all("Version 2 · Check code K7QM2-XRF9D" in page for page in pages)


def test_a_draft_is_marked_on_every_page_and_nothing_else_is(issued: bytes, draft: bytes):
    pages = pdfs.pages(draft)
    assert all("Draft – not for publication · 2026-09-01" in page for page in pages)
    assert pages[0].count("Draft – not for publication") == 2
    assert "not for publication" not in pdfs.text(issued)
    # the large mark is a drawing: it is on every page and in no text
    assert "DRAFT" not in pdfs.text(draft)
    assert [MARK in colours for colours in pdfs.colours(draft)] == [True] * len(pages)
    assert not any(MARK in colours for colours in pdfs.colours(issued))


def test_the_file_says_what_it_is(issued: bytes, draft: bytes):
    said, catalog = pdfs.info(issued), pdfs.catalog(issued)
    assert {key: said[key] for key in ("Title", "Author", "Subject", "CreationDate", "ModDate", "Tagged", "Page size")} == {
        "Title": "2131 – Junior Professional Officer in Skills Forecasting for the Maritime Trades",
        "Author": "International Labour Office",
        "Subject": "Vacancy proposal for Junior Professional Officers (JPO)",
        "CreationDate": "2026-09-02T07:12:00Z",
        "ModDate": "2026-09-09T04:30:00Z",
        "Tagged": "yes",
        "Page size": "595.276 x 841.89 pts (A4)",
    }
    assert (catalog["/Lang"], catalog["/PageMode"], catalog["/MarkInfo"]) == ("u:en", "/UseOutlines", {"/Marked": True})
    title = f"Junior Professional Officer {ANSWERS['title']} (Draft – not for publication)"
    assert pdfs.info(draft)["Title"] == title


def test_the_headings_are_bookmarks(issued: bytes):
    marks = pdfs.bookmarks(issued)
    assert marks[0] == (1, FORM.title)
    assert [title for level, title in marks if level == 2] == [*HEADINGS, "Decisions"]
    assert [title for level, title in marks if level == 3][:3] == [
        *("Direct Supervision by:", "Content and methodology of supervision:", "Education:"),
    ]


def test_links_lead_where_they_say(issued: bytes):
    web = re.findall(r'href="(https[^"]*)"', ANSWERS["introduction"] + ANSWERS["programme_outline"])
    mail = ["mailto:marta.invented@harbour.example", "mailto:ports@harbour.example"]
    assert pdfs.links(issued) == sorted([CHECK.address, *mail, *(address.replace("&amp;", "&") for address in web)])


def test_the_documents_own_text_is_enclosed(issued: bytes, draft: bytes):
    assert pdfs.enclosures(issued) == {"proposal.json": proposal().text()}
    assert pdfs.enclosures(draft) == {}
    assert len(pdfs.catalog(issued)["/AF"]) == 1


def test_only_the_papers_own_fonts_are_used(issued: bytes):
    assert pdfs.fonts(issued) == ["Noto-Sans", "Noto-Sans-Bold", "Noto-Sans-Italic", "Overpass-Bold"]


def test_the_file_keeps_two_standards(issued: bytes):
    assert re.findall(rb'pdf(?:a|ua)id:(?:part|conformance)="\w+"', issued) == [
        *(b'pdfaid:part="3"', b'pdfaid:conformance="A"'),
    ]
    said = dict(re.findall(rb"<(pdfuaid:part|jpo:\w+)>(.*?)<", issued))
    assert said == {
        b"pdfuaid:part": b"1",
        b"jpo:postNumber": b"2131",
        b"jpo:state": b"issued",
        b"jpo:contentSha256": proposal().answers_digest().encode(),
    }
    assert set(re.findall(rb"(..)endstream", issued, re.DOTALL)) == {b"\r\n"}
    assert subprocess.run(["qpdf", "--check", "-"], input=issued, capture_output=True, check=False).returncode in (0, 2)


def test_heads_and_feet_are_not_read_aloud(issued: bytes):
    number = len(pdfs.pages(issued))
    assert not re.search(r"Page \d|Version 2|October 2026", pdfs.read_aloud(issued))
    # two at the foot of each page, two at the head from the second page on: marked as furniture of the page
    assert pdfs.drawn(issued).count("/Artifact\n<</Type /Pagination>>\nBDC") == 2 * number + 2 * (number - 1)


def test_no_page_ends_or_begins_with_a_lonely_line():
    """The same few lines pushed down step by step, so that the foot of the page falls on each of them once."""
    few = (
        "<h3>PAIR</h3><div class='pair'><p class='label'>LABEL</p><div class='value'><p>VALUE<br>more</p></div></div>"
        "<h3>HEAD</h3><p class='lead'>LEAD</p><ul><li>FIRST</li><li>MIDDLE</li><li>MIDDLE</li><li>LAST</li></ul>"
        "<p>OWN LEAD</p><ul><li>ALONE</li></ul><p class='lead'>LEAD</p><p>TEXT</p>"
    )
    body = "".join(f"<p style='break-before: page; height: {step}pt'>TOP</p>{few}" for step in range(430, 690, 6))
    found = pdfs.pages(press(page_of(body)))
    pages = [re.findall(r"TOP|PAIR|LABEL|VALUE|HEAD|OWN LEAD|LEAD|FIRST|MIDDLE|LAST|ALONE|TEXT", page) for page in found]
    breaks = {(above[-1], below[0]) for above, below in pairwise(filter(None, pages)) if below[0] != "TOP"}
    assert breaks == {("TOP", "PAIR"), ("VALUE", "HEAD"), ("MIDDLE", "MIDDLE"), ("LAST", "OWN LEAD"), ("ALONE", "LEAD")}


def test_the_same_paper_is_the_same_bytes_everywhere(issued: bytes, monkeypatch: pytest.MonkeyPatch):
    for name, value in {"TZ": "Asia/Bangkok", "LC_ALL": "fr_CH.UTF-8", "PYTHONHASHSEED": "7", "FONTCONFIG_FILE": "/x"}.items():
        monkeypatch.setenv(name, value)
    again = press(
        paper(proposal(), kind=Edition.ISSUED, version=2, decisions=DECISIONS, issued=ISSUED, check=CHECK),
        attachment=proposal().text(),
    )
    assert again == issued


def test_the_renderer_names_itself():
    programs = r"WeasyPrint 70\.\S+, pydyf \S+, Pango 1\.\d+\.\d+, HarfBuzz \S+, zlib \S+, fonts and style [0-9a-f]{12}"
    assert re.fullmatch(programs, renderer())


# What is not printed


def test_a_character_without_a_glyph_is_named():
    html = paper(proposal(supervisor_name="李 Invented", introduction="<p>A 😀.</p>"), kind=Edition.SUBMISSION)
    assert refusal(html) == (
        "This text holds “李” (U+674E CJK UNIFIED IDEOGRAPH-674E) and “😀” (U+1F600 GRINNING FACE), "
        "for which the paper's fonts have no sign. Please write it another way."
    )


OUTSIDE = """
<img src="{0}">
<img src="x" srcset="{0} 2x">
<link rel="stylesheet" href="{0}">
<link rel="attachment" href="{0}">
<a rel="attachment" href="{0}">x</a>
<style>@import "{0}";</style>
<style>@import url({0});</style>
<style>p { background: url({0}) }</style><p>x
<style>@page { background: url({0}) }</style>
<style>@font-face { font-family: f; src: url({0}) } p { font-family: f }</style><p>x
<style>p::before { content: url({0}) }</style><p>x
<style>ul { list-style-image: url({0}) }</style><ul><li>x</ul>
<style>@color-profile --f { src: url({0}) }</style><p>x
<style>p { border-image: url({0}) 1 }</style><p>x
<object data="{0}"></object>
<embed src="{0}">
<svg width="9" height="9"><image href="{0}" width="9" height="9"/></svg>
<svg width="9" height="9"><style>@import "{0}";</style><rect width="9" height="9"/></svg>
<base href="{0}"><img src="secret.txt">
<p style="background: url({0})">x
<body background="{0}"><p>x
<table background="{0}"><tr><td>x</table>
<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{0}'/%3E%3C/svg%3E">
<img src="asset:../paper.css">
<a href="{0}">x</a><a href="javascript:alert(1)">x</a>
""".strip().splitlines()


@pytest.mark.parametrize("body", OUTSIDE)
def test_a_hostile_page_reaches_neither_network_nor_files(body: str, tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("open sesame")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/secret.txt"
        said = refusal(page_of(body.replace("{0}", address) + body.replace("{0}", secret.as_uri())))
        with pytest.raises(TimeoutError):
            server.accept()
    assert said.startswith("This text ")


def test_links_lead_to_the_web_or_to_a_mailbox_only():
    assert refusal(page_of('<a href="javascript:alert(1)">x</a>')) == (
        "This text has a link that is neither a web nor a mail address: javascript:alert(1)"
    )


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("<p>" + "line<br>" * 20_000, "This text has more than 2000 line breaks. Please use paragraphs or lists."),
        ("<p>" + "x" * 10_000, "This text holds a word of more than 500 characters, which no page can hold."),
        (
            "<p>" + ("x" * 400 + " ") * 100,
            "This text holds too many words of more than 100 characters to print. Please shorten them.",
        ),
        ("<div>" * 300 + "x", "This text is too deeply nested to print. Please simplify its lists."),
        ("<ul><li>" * 300 + "x", "This text is too deeply nested to print. Please simplify its lists."),
        ("<ul>" + "<li>x" * 20_000, "This text has too many paragraphs and list items to print. Please shorten it."),
        ("<p>" + "a word or two " * 72_000, PRINT.too_large),
        ("<p>a\ud800b", "This text holds half a character, which no font can print. Please type that word again."),
        ("<style>li::marker { content: 'x' }</style><ul><li>x</ul>", PRINT.broken.format("TypeError")),
    ],
    ids=["breaks", "long word", "long words", "nested", "nested lists", "items", "a megabyte", "half", "crash"],
)
def test_what_is_too_much_is_refused_at_once(body: str, sentence: str):
    begun = time.monotonic()
    assert refusal(page_of(body)) == sentence
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "body",
    [
        "<p>a" + "".join(f"&#{code};" for code in [*range(1, 32), *range(127, 160)]) + "b",
        "<p>a" + "\u202e\u202b\u2066\u200f\u061c" * 2000 + "b",
        "<p>" + "a\u0301\u0323\u0308" * 2000,
        pytest.param("<p>" + "\ufeff\u200b\u00ad\u2060 " * 1000, marks=pytest.mark.slow),
        "<table>" + "<tr><td>x" * 1500,
        pytest.param("<ul>" + "<li>word" * 2900, marks=pytest.mark.slow),
        pytest.param("<p>" + ("x" * 99 + " ") * 800, marks=pytest.mark.slow),
        "<p>" + "<b><i>word </i></b>" * 2900,
    ],
    ids=["control", "bidirectional", "marks", "nothing to see", "rows", "most items", "words of 99", "most marks"],
)
def test_what_is_odd_ends_in_a_paper_or_a_sentence_soon(body: str):
    begun = time.monotonic()
    try:
        assert press(page_of(body)).startswith(b"%PDF-")
    except CannotPrint as trouble:
        assert str(trouble).startswith(("Printing this text took too long", "This text holds"))
    assert time.monotonic() - begun < 11


def test_lists_nested_without_end_still_print():
    html = paper(proposal(introduction="<ul><li>deep" * 300), kind=Edition.SUBMISSION)
    assert pdfs.text(press(html)).count("deep") == 300


LONG = page_of("<p>" + "A word or two that fill the page. " * 8000)
SLOW = page_of("<table><tr><td colspan=1000000>x</table>")  # more than twenty seconds, and no more than that


def test_a_slow_press_is_stopped_with_everything_it_started(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_KEY", "known to the portal alone")
    while _idle:
        _idle.pop().end()
    press(page_of("x"))
    with ThreadPoolExecutor(1) as one:
        begun = time.monotonic()
        stopped = one.submit(refusal, SLOW, seconds=3)
        child = wait_for_children(1)[0]
        time.sleep(0.5)
        surroundings = Path(f"/proc/{child}/environ").read_bytes()
        assert stopped.result() == PRINT.too_slow
    assert time.monotonic() - begun < 6
    assert b"FONTCONFIG_FILE" in surroundings
    assert b"known to the portal alone" not in surroundings
    assert children() == []


def test_a_press_without_memory_stops():
    assert refusal(LONG, memory=100 << 20) == PRINT.too_large
    assert refusal(LONG, memory=60 << 20) == PRINT.too_large


def test_a_room_prints_one_paper_after_another_and_a_new_one_takes_its_place(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("documents.room.MOST_JOBS", 3)
    rooms = [the_room_after(page_of(f"paper {number}")) for number in range(6)]
    assert 2 <= max(Counter(rooms).values()) <= 3, "a room is used again, and given up after so many"
    os.kill(rooms[-1], signal.SIGKILL)
    assert press(page_of("x")).startswith(b"%PDF-"), "one that has ended is no trouble"


def the_room_after(html: str) -> int:
    """The room in which a page was just printed."""
    press(html)
    return _idle[-1]._process.pid


def test_no_more_than_two_print_at_once_and_pages_answer_meanwhile():
    with ThreadPoolExecutor(2) as two:
        stopped = [two.submit(refusal, SLOW, seconds=8) for _ in range(2)]
        wait_for_children(2)
        assert Client().get("/accessibility/").status_code == 200
        assert not any(each.done() for each in stopped)
        assert refusal(page_of("x"), seconds=0.3) == BUSY
        assert [each.result() for each in stopped] == [PRINT.too_slow, PRINT.too_slow]
    assert press(page_of("x")).startswith(b"%PDF-")


def test_missing_libraries_are_named_with_the_packages_that_bring_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "libpangoft2-1.0.so.0").write_text("no library")
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    assert refusal(page_of("x")) == MISSING
    assert "libpangoft2-1.0-0 libharfbuzz-subset0" in MISSING


def started_by(process: str) -> list[int]:
    """The processes that one has started and that still run."""
    found: list[int] = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            found += map(int, path.read_text().split())
    return found


def children() -> list[int]:
    """The children that print, in whatever room of this process's press."""
    rooms = [pid for pid in started_by("self") if b"documents.room" in command_of(pid)]
    return [child for room in rooms for child in started_by(str(room))]


def command_of(pid: int) -> bytes:
    """The command line of a process; empty once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_for_children(number: int) -> list[int]:
    """The children that print, once there are so many."""
    end = time.monotonic() + timedelta(seconds=20).total_seconds()
    while len(children()) < number and time.monotonic() < end:
        time.sleep(0.02)
    return children()
