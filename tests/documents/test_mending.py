"""What is mended in WeasyPrint and pydyf: each fault is still there without its mend; a red test here says that one is not needed."""

import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
import pytest

from documents.paper import Edition, paper
from documents.press import _environment
from proposals.sections import form
from tests.documents import pdfs
from tests.documents.invented import CHECK, DECISIONS, ISSUED, proposal
from tests.documents.standards import broken_rules
from tests.documents.test_standards import ending_in_a_line_end

# Only a new version of a library can change what is needed: each mend is tried without itself among the slow tests.

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ending_in_a_line_end(proposal(form("en")))
SOURCE = DOCUMENT.text()
HTML = paper(DOCUMENT, kind=Edition.ISSUED, version=2, decisions=DECISIONS, issued=ISSUED, check=CHECK)

PRINTING = """
import sys
from documents import mending
mending.MENDS[:] = [mend for mend in mending.MENDS if mend.__name__ != sys.argv[1]]
from documents import printer
html, source = sys.stdin.read().split("\\0")
printer.warm_up()
calls = 0
def count(frame, event, argument):
    global calls
    calls += event == "call"
sys.setprofile(count)
pdf = printer.pdf(html, source)
sys.setprofile(None)
sys.stderr.write(f"calls: {calls}")
sys.stdout.buffer.write(pdf)
"""
AS_IT_COMES = """
import sys
import weasyprint
html, source = sys.stdin.read().split("\\0")
enclosed = weasyprint.Attachment(string=source, name="proposal.json", relationship="Source")
sys.stdout.buffer.write(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/a-3a", attachments=[enclosed]))
"""


@cache
def printed(program: str = PRINTING, without: str = "", html: str = HTML) -> tuple[bytes, int]:
    """A paper, printed by a process that leaves one mend out; and how many calls of functions it took."""
    command = [sys.executable, "-c", program, without]
    sent = f"{html}\0{SOURCE}".encode()
    done = subprocess.run(command, cwd=ROOT, env=_environment(), input=sent, capture_output=True, check=True)
    calls = re.search(rb"calls: (\d+)", done.stderr)
    return done.stdout, int(calls[1]) if calls else 0


def page_of(body: str) -> str:
    """A page of a few words."""
    return f'<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><article class="issued">{body}</article>'


def test_with_all_mends_the_paper_keeps_both_standards() -> None:
    assert broken_rules(printed()[0]) == []


@pytest.mark.slow
def test_a_stream_that_ends_in_a_carriage_return_is_read_as_shorter() -> None:
    assert broken_rules(printed(without="end_streams_clearly")[0]) != []


@pytest.mark.slow
def test_heads_and_feet_are_tagged_as_text() -> None:
    assert "Page 1 of" not in pdfs.read_aloud(printed()[0])
    assert "<Span> " in _tags(printed(without="keep_margins_silent")[0]) or broken_artifacts(
        printed(without="keep_margins_silent")[0]
    )


@pytest.mark.slow
def test_some_glyphs_say_nothing() -> None:
    html = page_of("<p>שָׁלוֹם</p>")
    assert broken_rules(printed(html=html)[0]) == []
    assert broken_rules(printed(without="let_all_speak", html=html)[0]) != []


@pytest.mark.slow
def test_a_link_with_bold_words_in_it_is_made_twice() -> None:
    html = page_of('<p><a href="https://www.example.org"><strong>bold</strong></a></p>')
    assert broken_rules(printed(html=html)[0]) == []
    assert any("PDF/UA-1" in rule and "LINK" in rule.upper() for rule in broken_rules(printed(AS_IT_COMES, html=html)[0]))


def test_the_references_of_all_pages_are_made_anew_each_time() -> None:
    file = pydyf.PDF()
    file.add_page(pydyf.Dictionary({"Type": "/Page"}))
    assert file.page_references is not file.page_references


@pytest.mark.slow
def test_styles_take_many_calls_and_are_the_same_without_them() -> None:
    (quick, fewer), (slow, calls) = printed(), printed(without="take_plain_styles_straight")
    assert quick == slow
    assert fewer < calls * 0.97


@pytest.mark.slow
def test_a_library_is_declared_again_for_every_length_of_an_array() -> None:
    (quick, fewer), (slow, calls) = printed(), printed(without="declare_arrays_once")
    assert quick == slow
    assert fewer < calls * 0.97


def test_what_a_file_holds_is_asked_twice() -> None:
    class Stream(pydyf.Stream):
        asked = 0

        @property
        def data(self) -> bytes:
            Stream.asked += 1
            return bytes(super().data)

    file = pydyf.PDF()
    file.add_object(Stream([b"x"], compress=True))
    file.write(io.BytesIO(), identifier=True, compress=True)
    assert Stream.asked == 2


@pytest.mark.slow
def test_weasyprint_packs_the_metadata_names_one_standard_and_lists_the_source_twice() -> None:
    pdf, _ = printed(AS_IT_COMES)
    rules = " ".join(broken_rules(pdf))
    assert "METADATA" in rules.upper()
    assert "PDF/UA-1" in rules
    assert len(_associated(pdf)) == 2
    assert len(_associated(printed()[0])) == 1


def _associated(pdf: bytes) -> list[Any]:
    return list(pdfs.catalog(pdf)["/AF"])


def _tags(pdf: bytes) -> str:
    return pdfs._on_file(["pdfinfo", "-struct"], pdf).decode()


def broken_artifacts(pdf: bytes) -> bool:
    """Whether no page furniture is marked as such."""
    return "/Artifact <</Type /Pagination>> BDC" not in pdfs.drawn(pdf)
