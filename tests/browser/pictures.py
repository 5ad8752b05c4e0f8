"""Pictures of the portal: those of the README, or every page at three widths; `script/pictures` runs it."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.mail.peer import free_port

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = shutil.ignore_patterns(".git", ".venv", "var", "pictures", "__pycache__", ".*_cache", "*.sqlite3")
WIDTHS = (360, 768, 1280)

README = {
    # picture: who looks, where, how wide the window is and how high, and which heading they have scrolled to
    "home": ("ana", "/", 1280, 960, ""),
    "section": ("felix", "/proposals/12/edit/duties_and_responsibilities/", 1280, 960, ""),
    "check": ("ana", "/proposals/11/steps/submit/", 1280, 960, "What happens"),
    "proposal": ("june", "/proposals/2/", 1280, 960, ""),
    "phone": ("greta", "/proposals/3/steps/endorse/", 390, 844, "Endorse"),
}
PDF = ("june", "/proposals/1/versions/1.pdf")

PAGES = {
    # The numbers are those of the demonstration's texts, in the order in which it makes them.
    "": ["/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/account/signup/", "/help/",
         "/accessibility/", "/privacy/", "/verify/", "/mailbox/", "/mailbox/1/", "/mailbox/3/"],
    "ana": ["/", "/proposals/", "/proposals/?show=mine", "/proposals/?q=labour", "/proposals/1/", "/proposals/3/",
            "/proposals/4/", "/proposals/7/", "/proposals/8/", "/proposals/10/", "/proposals/11/", "/proposals/1/versions/1/",
            "/proposals/new/", "/proposals/new/blank/", "/proposals/new/copy/", "/proposals/new/copy/1/", "/proposals/new/file/",
            "/proposals/4/edit/", "/proposals/11/edit/", "/proposals/11/details/", "/proposals/11/edit/general_information/",
            "/proposals/11/edit/supervision/", "/proposals/11/edit/introduction/",
            "/proposals/11/edit/duties_and_responsibilities/", "/proposals/11/edit/qualifications_and_experience/",
            "/proposals/11/edit/training_components_and_learning_elements/", "/proposals/11/edit/background_information/",
            "/proposals/11/edit/preview/", "/proposals/11/edit/supervision/preview/",
            "/proposals/11/steps/submit/", "/proposals/3/steps/recall/", "/proposals/3/steps/withdraw/",
            "/proposals/8/steps/reopen/", "/proposals/3/steps/endorse/", "/proposals/4711/", "/account/password/change/",
            "/account/logout/"],
    "felix": ["/", "/proposals/9/", "/proposals/12/", "/proposals/12/edit/", "/proposals/12/delete/",
              "/proposals/12/edit/supervision/", "/proposals/12/edit/background_information/", "/proposals/12/steps/submit/"],
    "greta": ["/", "/proposals/3/", "/proposals/3/steps/endorse/", "/proposals/3/steps/return/"],
    "hugo": ["/", "/proposals/2/"],
    "hana": ["/", "/proposals/5/", "/proposals/5/steps/approve/"],
    "june": ["/", "/proposals/", "/proposals/2/", "/proposals/2/steps/issue/", "/proposals/2/steps/return/", "/proposals/1/"],
    "otto": ["/", "/proposals/"],
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/pictures", description="Take pictures of the demonstration.")
    parser.add_argument("--all", metavar="DIR", type=Path, help="every page at three widths, into this folder")
    wanted = parser.parse_args().all
    with demonstration() as site, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        if wanted:
            every_page(browser, site, wanted)
        else:
            for_the_readme(browser, site, ROOT / "pictures")
        browser.close()


@contextmanager
def demonstration() -> Iterator[str]:
    """The demonstration, served by `script/run` in a copy of this folder until the pictures are taken; its address.

    Raises:
        SystemExit: it does not start, or its letters are not done after five minutes.
    """
    with tempfile.TemporaryDirectory(prefix="jpo-pictures-") as folder:
        copy, port = Path(folder) / "portal", free_port()
        shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
        (copy / ".venv").symlink_to(ROOT / ".venv")
        serving = subprocess.Popen([copy / "script" / "run"], cwd=copy, env=os.environ | {"PORT": str(port)})
        site = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                if serving.poll() is not None:
                    raise SystemExit("The demonstration has ended by itself.")
                if is_ready(site):
                    break
                time.sleep(0.5)
            else:
                raise SystemExit("The demonstration was not ready after five minutes.")
            yield site
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait(60)


def is_ready(site: str) -> bool:
    """Whether it answers, and every letter has left."""
    try:
        with urllib.request.urlopen(f"{site}/healthz", timeout=10) as answer:
            health = json.load(answer)
    except (urllib.error.URLError, TimeoutError):
        return False
    return health["oldest_unsent_s"] == 0 and health["worker_seen_s"] is not None


def for_the_readme(browser: Browser, site: str, folder: Path) -> None:
    """The pictures of the README, each small enough for a page."""
    folder.mkdir(exist_ok=True)
    for name, (who, path, width, height, words) in README.items():
        page = enter(browser, site, who, width, height)
        page.goto(site + path)
        if words:
            page.get_by_role("heading", name=words, exact=True).evaluate("heading => heading.scrollIntoView()")
        page.screenshot(path=folder / f"{name}.png")
        shrink(folder / f"{name}.png")
    who, path = PDF
    content = enter(browser, site, who, 1280, 960).context.request.get(site + path).body()
    side_by_side(content, folder / "pdf.png")


def every_page(browser: Browser, site: str, folder: Path) -> None:
    """Every page, whole, at every width."""
    folder.mkdir(parents=True, exist_ok=True)
    for who, paths in PAGES.items():
        page = enter(browser, site, who, 1280, 900)
        for path in paths:
            page.goto(site + path)
            name = "-".join(part for part in (who or "anybody", *path.replace("?", "/").strip("/").split("/")) if part)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        page.context.close()


def enter(browser: Browser, site: str, who: str, width: int, height: int) -> Page:
    """A window in which one of the cast is signed in, or nobody."""
    page = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce").new_page()
    if who:
        page.goto(f"{site}/account/login/")
        page.locator(f"button[value={who}]").click()
    return page


def side_by_side(pdf: bytes, path: Path, pages: int = 3, height: int = 720) -> None:
    """The first pages of a PDF as one picture."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "100", "-l", str(pages), "-png", "-", f"{folder}/page"], input=pdf, check=True)
        sheets = [Image.open(sheet).convert("RGB") for sheet in sorted(Path(folder).iterdir())]
    sheets = [sheet.resize((sheet.width * height // sheet.height, height), Image.Resampling.LANCZOS) for sheet in sheets]
    gap = 16
    table = Image.new("RGB", (gap + sum(sheet.width + gap for sheet in sheets), height + 2 * gap), "#b8c4cc")
    left = gap
    for sheet in sheets:
        table.paste(sheet, (left, gap))
        left += sheet.width + gap
    table.save(path)
    shrink(path)


def shrink(path: Path) -> None:
    """Saves a picture with 64 colours, which is a third of its size."""
    Image.open(path).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
