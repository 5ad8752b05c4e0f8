"""What a catalogue costs: `python -m tests.catalogue_costs [ROUNDS]` binds 100 stored posts, and has Chromium print the same 100.

A hundred invented proposals with texts of their own are printed once, before any clock runs. Then, in turns: the catalogue of
the stored PDFs as the portal makes it, in a press that is warm; and headless Chromium printing their hundred articles as one
document, with the same style sheet. For each round it prints the wall seconds of both, their pages and sizes, and the ratio;
at the end the medians. The ratio is to be 0.4 or less.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tests.conftest  # noqa: F401 - the suite's environment
from documents.catalogue import Entry, catalogue
from documents.paper import Edition, Issued, paper
from documents.press import press
from proposals.sections import form
from tests.browser.chromium import FLAGS, find_chromium
from tests.documents import pdfs
from tests.documents.invented import ANSWERS, DECISIONS, proposal

ROOT = Path(__file__).resolve().parent.parent
POSTS, GOAL = 100, 0.4


def posts() -> list[tuple[str, Entry]]:
    """The HTML of each post and its stored PDF."""
    return [_post(number) for number in range(POSTS)]


def _post(number: int) -> tuple[str, Entry]:
    language = ["en", "fr", "es"][number % 3]
    more = f"<p>Distinct text number {number}.</p>" + "<p>Something more is said here, to fill a line or two.</p>" * (number % 9)
    document = proposal(form(language), title=f"on subject {number}", introduction=ANSWERS["introduction"] + more)
    html = paper(document, kind=Edition.ISSUED, version=1, decisions=DECISIONS, issued=Issued(str(2100 + number), "March", 2027))
    pdf = press(html, attachment=document.text(), seconds=30)
    group = "Headquarters" if number < POSTS // 2 else "Africa"
    return html, Entry(str(2100 + number), 2027, 3, f"Officer on subject {number}", "Geneva", group, language, pdf)


def as_one(papers: list[str]) -> str:
    """The articles of all papers in one HTML document, with the paper's style sheet in it."""
    articles = "".join(article for html in papers for article in re.findall(r"<article.*?</article>", html, re.DOTALL))
    sheet = (ROOT / "documents" / "assets" / "paper.css").read_text()
    return (
        f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>Posts</title><style>{sheet}"
        f"article {{ break-before: page }}</style>{articles}"
    )


def printed(html: Path, pdf: Path) -> None:
    """Has Chromium print a file."""
    command = [str(find_chromium()), *FLAGS, "--headless", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", html.as_uri()]
    subprocess.run(command, capture_output=True, check=True)


def main(rounds: int) -> None:
    """Prints the table."""
    papers, entries = zip(*posts(), strict=True)
    _bound(entries)  # a press that has worked before is warm
    print(f"{POSTS} posts       catalogue s  pages   MB   Chromium s  pages   MB   ratio")
    seconds: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        html, pdf = Path(folder, "posts.html"), Path(folder, "posts.pdf")
        html.write_text(as_one(list(papers)))
        for number in range(1, rounds + 1):
            begin = time.perf_counter()
            book = _bound(entries)
            middle = time.perf_counter()
            printed(html, pdf)
            ours, theirs = middle - begin, time.perf_counter() - middle
            seconds.append((ours, theirs))
            print(f"round {number:<9} {_line(ours, book)}  {_line(theirs, pdf.read_bytes())}   {ours / theirs:.2f}", flush=True)
    ours, theirs = (statistics.median(each) for each in zip(*seconds, strict=True))
    print(f"median          {ours:11.2f}  {theirs:24.2f}   ratio {ours / theirs:.2f}, to be {GOAL} or less")


def _bound(entries: tuple[Entry, ...]) -> bytes:
    return catalogue(entries, selection="Posts issued in 2027", dated="2027-04-01T08:00:00Z")


def _line(seconds: float, pdf: bytes) -> str:
    return f"{seconds:11.2f}  {pdfs.info(pdf)['Pages']:>5} {len(pdf) / 1e6:4.1f}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
