"""What printing costs, and handing out what is printed: `python -m tests.printing_costs [--rounds 20]`.

Three ways of printing the same papers, round by round in turn, each warm: this portal's press with all that it does (both
standards, tags, enclosed source, a process of its own for each paper), `HTML(string).write_pdf()` of WeasyPrint as it
comes, in a process of its own, and Chromium, in one page that stays open. All three get the same HTML with the paper's
style sheet; every round has another text. Then what a browser waits for: a stored PDF against an empty page of somebody
who is signed in. Printed are medians of the processor's time (for Chromium of all its processes) and of the time it took,
pages, size, and ratios. Nothing of it is a test: a busy machine decides nothing.
"""

import argparse
import itertools
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import tests.conftest  # noqa: F401 - sets the environment and Django up

import weasyprint  # isort: skip - a benchmark may load it
from playwright.sync_api import sync_playwright

from documents import press as presses
from documents.paper import Edition, paper
from documents.press import FONTS, press
from proposals.sections import form
from proposals.states import State
from tests.browser.chromium import FLAGS, find_chromium
from tests.documents import pdfs
from tests.documents.invented import ANSWERS, CHECK, DECISIONS, ISSUED, proposal
from tests.scale import Site, databases
from tests.story import bring_to
from workflow.printing import print_due

STYLE = f"<style>{(FONTS.parent.parent / 'assets' / 'paper.css').read_text()}</style></head>"
TICK = os.sysconf("SC_CLK_TCK")
NAMES = ("portal", "WeasyPrint", "Chromium")


def papers() -> Iterator[tuple[str, str]]:
    """Papers without end, in three languages, each with another text; and the source enclosed in each."""
    for number, language in zip(itertools.count(), itertools.cycle(("en", "fr", "es")), strict=False):
        more = f"<p>This is variant {number} of the introduction, number {number * number}.</p>"
        document = proposal(form(language), introduction=ANSWERS["introduction"] + more, unit=f"Unit {number}")
        html = paper(document, kind=Edition.ISSUED, version=2, decisions=DECISIONS, issued=ISSUED, check=CHECK)
        yield html, document.text()


def spent(pid: int) -> float:
    """Seconds of the processor's time that a process and its ended children have had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def below(pid: int) -> set[int]:
    """A process and all that it started."""
    started = {int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()}
    return {pid}.union(*map(below, started))


def by_weasyprint(line: Connection) -> None:
    """A process that prints what it is sent with WeasyPrint as it comes."""
    os.environ["FONTCONFIG_FILE"] = str(FONTS)
    while True:
        html = line.recv()
        line.send(weasyprint.HTML(string=html).write_pdf())


@contextmanager
def ways() -> Iterator[dict[str, tuple[Callable[[str, str], bytes], Callable[[], set[int]]]]]:
    """Each way of printing, and which processes work for it."""
    here, there = multiprocessing.get_context("fork").Pipe()
    plain = multiprocessing.get_context("fork").Process(target=by_weasyprint, args=(there,))
    plain.daemon = True  # it ends with this process, whatever happens here
    plain.start()

    def weasy(html: str, source: str) -> bytes:
        here.send(html.replace("</head>", STYLE))
        return bytes(here.recv())

    before = below(os.getpid())
    with sync_playwright() as player, player.chromium.launch(executable_path=find_chromium(), args=FLAGS) as browser:
        page, theirs = browser.new_page(), below(os.getpid()) - before

        def chromium(html: str, source: str) -> bytes:
            page.set_content(html.replace("</head>", STYLE))
            return page.pdf(prefer_css_page_size=True, tagged=True, outline=True)

        yield {
            "portal": (lambda html, source: press(html, attachment=source), lambda: {presses._idle[-1]._process.pid}),
            "WeasyPrint": (weasy, lambda: {plain.pid or 0}),
            "Chromium": (chromium, lambda: {pid for root in theirs for pid in below(root)}),
        }


def printing(rounds: int) -> Iterator[str]:
    """The lines of the table of printing."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in NAMES}
    made: dict[str, list[bytes]] = {name: [] for name in NAMES}
    with ways() as each:
        for turn, (html, source) in zip(range(rounds + 3), papers(), strict=False):
            for name, (make, workers) in each.items():
                pids = workers() if turn else set()
                cpu, wall = sum(map(spent, pids)), time.monotonic()
                pdf = make(html, source)
                if turn > 2:  # a round in each language only warms up
                    taken[name].append((sum(map(spent, pids)) - cpu, time.monotonic() - wall))
                    made[name].append(pdf)
    yield f"{'':<12}{'cpu ms':>8}{'wall ms':>9}{'pages':>7}{'kB':>6}   cpu, wall: this portal's to it"
    cost = {name: [statistics.median(column) for column in zip(*taken[name], strict=True)] for name in NAMES}
    sums = {name: [sum(column) for column in zip(*taken[name], strict=True)] for name in NAMES}
    for name in NAMES:
        pages = statistics.mean(int(pdfs.info(pdf)["Pages"]) for pdf in made[name])
        size = statistics.mean(map(len, made[name])) / 1000
        ratios = ", ".join(f"{ours / theirs:.2f}" for ours, theirs in zip(sums["portal"], sums[name], strict=True))
        yield f"{name:<12}{cost[name][0] * 1000:8.0f}{cost[name][1] * 1000:9.0f}{pages:7.1f}{size:6.0f}   {ratios}"


def handing_out(site: Site, rounds: int) -> Iterator[str]:
    """The lines of the table of a stored PDF against an empty page."""
    site.fill(0)
    issued = bring_to(State.ISSUED, site.cast)
    while print_due():
        pass
    june, otto = site.browsers["june"], site.browsers["otto"]
    asked = {"an empty page": (otto, "/"), "a stored PDF": (june, f"/proposals/{issued.pk}/versions/1.pdf")}
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for turn, (name, (browser, address)) in itertools.product(range(rounds * 5), asked.items()):
        before = site.cpu()
        answer = browser.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if turn > 4:
            taken[name].append(site.cpu() - before)
    middle = {name: statistics.median(each) for name, each in taken.items()}
    for name in asked:
        yield f"{name:<16}{middle[name]:8.2f} ms   {middle[name] / middle['an empty page']:.2f}"


def main() -> None:
    """Measures, prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", default=20, type=int)
    rounds = parser.parse_args().rounds
    print(f"Printing, {rounds} rounds")
    for line in printing(rounds):
        print(line)
    for database, [site] in databases([0]):
        print(f"\nHanding out, {database}, processor's time (medians), and ratio")
        for line in handing_out(site, rounds):
            print(line)


if __name__ == "__main__":
    main()
