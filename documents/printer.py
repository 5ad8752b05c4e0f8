"""The printer: HTML to a tagged, archival PDF by WeasyPrint; imported only in a room of the press, behind its limits."""

import ctypes
import gc
import hashlib
import logging
import re
import zlib
from collections.abc import Iterator
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pydyf
import weasyprint
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents import mending, signs, xmp
from documents.form import LONGEST_WORD
from documents.room import Refused

FOLDER = Path(__file__).resolve().parent
ASSETS = {path.name: path.read_bytes() for path in sorted((FOLDER / "assets").glob("*.svg"))}

# Some shapes of text cost the renderer the square of their size, or a level of Python's stack each.
MOST_BREAKS = 2000
MOST_ELEMENTS = 6000
DEEPEST = 60
LONG_WORD = 100
MOST_LONG_WORDS = 10_000_000  # the squares of their lengths, added up: some seconds
ENCLOSED, MEANT = "proposal.json", "The text of this document, as data"
LONG_AGO = "2020-01-01T00:00:00Z"  # the date of an enclosure on a paper without one: never the clock's

mending.mend()

LINKED = {"http", "https", "mailto"}
VARIANT = "pdf/a-3a"


class Assets(URLFetcher):
    """Hands out the paper's own assets by name, and nothing else: no network, no files, no redirects."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"asset"}, allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        name = url.removeprefix("asset:")
        if name == url or name not in ASSETS:
            self.refused.append(url)
            raise ValueError(f"Not an asset of the paper: {url[:200]}")
        return URLFetcherResponse(url, ASSETS[name], {"Content-Type": "image/svg+xml"})


FONTS = FontConfiguration()
SHEET = weasyprint.CSS(
    string=(FOLDER / "assets" / "paper.css").read_text(), base_url="asset:paper.css", font_config=FONTS, url_fetcher=Assets()
)


LETTERS = (
    "The quick brown fox jumps over the lazy dog. THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG; "
    "0123456789 (à–é), “ü”: ñ/ç’s office ệ!"
)
LANGUAGES = ("en", "fr", "es")  # fonts are looked up for each
WARM = """<!DOCTYPE html><html lang="{}"><head><title>Warm</title><meta name="jpo:state" content="draft"></head><body>
<article class="{}" data-letterhead="{}" data-reference="{}" data-footer="{}" data-page="Page" data-of="of">
<header class="masthead"><p class="wordmark">{}<br>w</p><div class="head"><table class="issue">
<tr><th scope="row">{}</th><td>{}</td></tr></table><p class="mark">{}</p></div></header><h1>{}</h1><p class="subtitle">{}</p>
<section><h2>{}</h2><table class="rows"><tr><th scope="row">{}</th><td>{}</td></tr></table></section>
<section><h2>{}</h2><h3>{}</h3><div class="group"><div class="pair"><p class="label">{}</p><div class="value">
<div class="jpo-prose"><p>{} <strong>{} <em>{}</em></strong> <em>{}</em> <a href="https://www.example.org">{}</a></p>
<ul><li>{}<ul><li>{}</li></ul></li></ul><ol start="3"><li>{}</li></ol></div></div></div></div></section>
<footer class="closing"><p>{}</p></footer><section class="decisions"><h2>{}</h2><table><thead><tr><th scope="col">{}</th></tr>
</thead><tbody><tr><td>{}<p class="role">{}</p></td></tr></tbody></table></section><p class="check">{}</p></article>"""
"""A paper that says nothing and has something of everything."""


class Complaints(logging.Handler):
    """Keeps what WeasyPrint complains of: a paper with a complaint is not printed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def warm_up() -> None:
    """Prints a little of everything and throws it away: what is loaded and remembered then, no later paper waits for."""
    for language, kind in product(LANGUAGES, ("draft", "issued")):
        pdf(WARM.format(language, kind, *[LETTERS] * WARM.count("{}")), "{}")
    gc.enable()
    gc.collect()


def answer(job: dict[str, Any], payload: bytes) -> bytes:
    """A PDF; or, for a job that asks for it, the names of the programs that print.

    Raises:
        Refused: this is not printed.
    """
    if "renderer" in job:
        return renderer().encode()
    try:
        return pdf(payload.decode(), job["attachment"])
    except UnicodeError as error:
        raise Refused("This text holds half a character, which no font can print. Please type that word again.") from error


def pdf(html: str, attachment: str | None) -> bytes:
    """The PDF of a paper.

    Raises:
        Refused: the text has a shape that cannot be printed, misses glyphs, or reaches outside.
    """
    gc.disable()  # one paper, one process: collecting what dies with it anyway costs a tenth of the time
    fetcher, complaints = Assets(), Complaints()
    logging.getLogger("weasyprint").addHandler(complaints)
    source = weasyprint.HTML(string=html, base_url="asset:paper.html", url_fetcher=fetcher)
    _refuse_shapes(source.etree_element)
    document = source.render(stylesheets=[SHEET], font_config=FONTS, pdf_variant=VARIANT, presentational_hints=True)
    _refuse_links(document)
    _link_once(document)
    _say_more(document.metadata)
    enclosed = [_enclosure(attachment, document.metadata, fetcher)] if attachment is not None else []
    printed = document.write_pdf(pdf_variant=VARIANT, attachments=enclosed, finisher=_finish)
    if fetcher.refused:
        raise Refused(f"This text asks for something from outside, which the paper never loads: {fetcher.refused[0][:200]}")
    if complaints.records:
        raise Refused(_sentence(complaints.records))
    return printed


def renderer() -> str:
    """All that the bytes of a paper depend on beside its text: programs and libraries with their versions, fonts and style."""
    major, minor, micro = (pango.pango_version() // place % 100 for place in (10000, 100, 1))
    shaping = ctypes.CDLL("libharfbuzz.so.0").hb_version_string
    shaping.restype = ctypes.c_char_p
    files = [*sorted((FOLDER / "fonts" / "ttf").glob("*.ttf")), *sorted((FOLDER / "assets").iterdir())]
    style = hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()
    return (
        f"WeasyPrint {weasyprint.VERSION}, pydyf {pydyf.VERSION}, Pango {major}.{minor}.{micro}, "
        f"HarfBuzz {shaping().decode()}, zlib {zlib.ZLIB_RUNTIME_VERSION}, fonts and style {style[:12]}"
    )


def _refuse_shapes(root: Any) -> None:
    """Refuses at once what would otherwise be stopped only after many seconds."""
    if sum(1 for _ in root.iter("br")) > MOST_BREAKS:
        raise Refused(f"This text has more than {MOST_BREAKS} line breaks. Please use paragraphs or lists.")
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Refused("This text has too many paragraphs and list items to print. Please shorten it.")
    if _depth(root) > DEEPEST:
        raise Refused("This text is too deeply nested to print. Please simplify its lists.")
    long = [len(word) for text in root.itertext() for word in text.split() if len(word) > LONG_WORD]
    if max(long, default=0) > LONGEST_WORD:
        raise Refused(f"This text holds a word of more than {LONGEST_WORD} characters, which no page can hold.")
    if sum(length**2 for length in long) > MOST_LONG_WORDS:
        raise Refused(f"This text holds too many words of more than {LONG_WORD} characters to print. Please shorten them.")


def _depth(root: Any) -> int:
    """How deep the elements are nested, found without recursion."""
    depth, level = 0, [root]
    while level and depth <= DEEPEST:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


def _refuse_links(document: Any) -> None:
    for kind, target, _, _ in (link for page in document.pages for link in page.links):
        if kind == "external" and urlsplit(target).scheme not in LINKED:
            raise Refused(f"This text has a link that is neither a web nor a mail address: {target[:200]}")


def _link_once(document: Any) -> None:
    """WeasyPrint makes every box within a link a further link, whose tag is none; the box of the link itself is enough."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].link]


def _sentence(records: list[logging.LogRecord]) -> str:
    """The sentence to a person for what the renderer complained of; characters without a glyph are named."""
    missing = dict.fromkeys(_characters(records))
    if not missing:
        return f"This text could not be printed: {records[0].getMessage()[:300]}"
    return signs.sentence(missing)


def _characters(records: list[logging.LogRecord]) -> Iterator[str]:
    for record in records:
        if found := re.search(r"\.notdef glyph.*\(U\+([0-9A-F]{4,6})\)", record.getMessage(), re.DOTALL):
            yield chr(int(found[1], 16))


def _enclosure(text: str, metadata: Any, fetcher: Assets) -> weasyprint.Attachment:
    """The document's own text, enclosed in the PDF as its source, dated as the paper and never by the clock."""
    dated = datetime.fromisoformat(metadata.modified or metadata.created or LONG_AGO)
    return weasyprint.Attachment(
        string=text, name=ENCLOSED, description=MEANT, relationship="Source", created=dated, modified=dated, url_fetcher=fetcher
    )


def _say_more(metadata: Any) -> None:
    """Puts into the file's metadata that it is accessible too, and what the paper's head says of the proposal."""
    archival, end = metadata.generate_rdf_metadata, b"</rdf:RDF>"
    said = {name.removeprefix("jpo:"): value for name, value in metadata.custom.items()}
    more = xmp.described([xmp.ACCESSIBLE, xmp.proposal(said)])
    metadata.generate_rdf_metadata = lambda *standard: archival(*standard).replace(end, more + end)


def _finish(document: Any, file: Any) -> None:
    """The last corrections before the file is written: what WeasyPrint 70 leaves against PDF/A-3."""
    file.catalog["PageMode"] = "/UseOutlines"
    if "AF" in file.catalog:
        file.catalog["AF"] = pydyf.Array(dict.fromkeys(file.catalog["AF"]))
    for thing in file.objects:
        if isinstance(thing, pydyf.Stream) and thing.extra.get("Type") == "/Metadata":
            thing.compress = False
    file.objects = [thing if thing.free == "f" else mending.Written(thing) for thing in file.objects]
