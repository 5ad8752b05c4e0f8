"""Every character or a clear word: what the paper's fonts print, and what is said of what they do not."""

import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from documents import signs
from documents.form import Box, Kind
from documents.press import _environment
from documents.prose import clean_line
from tests.documents import pdfs

ROOT = Path(signs.__file__).resolve().parent.parent
PRINTED = "a b, ñ œ “curly” – … € ẫ ệ Ω ᾧ Ж ғ ع ـ ﷺ ٣ ש ְ é q̃ ﬁ\u200d\u200c\ufe0f\u00ad\t\n\u00a0\u3000"
WITHOUT = "李 ≠ → 한 ひ ก ำ अ 😀 ☎ \ue000 \x01 ␀ \ud800 \U000e1000"


def test_what_the_fonts_hold_prints_and_nothing_else() -> None:
    assert signs.without_sign(PRINTED) == []
    assert signs.without_sign(WITHOUT) == WITHOUT.split()
    assert signs.without_sign("李 Li 李 明") == ["李", "明"]


def test_a_person_is_told_which_character_where_and_what_to_do() -> None:
    assert signs.sentence("李", "“Title”") == (
        "“Title” holds “李” (U+674E CJK UNIFIED IDEOGRAPH-674E), for which the paper's fonts have no sign. "
        "Please write it another way."
    )
    assert signs.sentence("😀\ue000\x01").startswith("This text holds “😀” (U+1F600 GRINNING FACE), (U+E000) and (U+0001), for")
    assert "“ก” (U+0E01 THAI CHARACTER KO KAI) and 2 more, for which" in signs.sentence("ひとつめกขฃ"[-8:])
    assert signs.spelled("李明, Director, CO-Jakarta") == "[U+674E][U+660E], Director, CO-Jakarta"


def test_a_box_names_what_cannot_be_printed_but_not_what_an_address_holds() -> None:
    title, duties = Box("title", Kind.LINE, "Title"), Box("duties", Kind.PROSE, "Duties", most_words=9)
    assert title.problem("in 李", field_post=False) == signs.sentence("李", "“Title”")
    assert title.problem("in Ελλάδα, Việt Nam, القاهرة", field_post=False) is None
    assert duties.problem('<p>See <a href="https://例.example/">it</a>.</p>', field_post=False) is None
    assert duties.problem('<p>See <a href="https://例.example/">例</a> 😀.</p>', field_post=False) == signs.sentence(
        "例😀", "“Duties”"
    )


def test_a_long_text_is_looked_at_in_a_millisecond() -> None:
    text = "Le “texte” — naïf, Ελλάδα, Việt Nam. " * 900
    signs.without_sign(text)
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        assert signs.without_sign(text) == []
        times.append(time.perf_counter() - begun)
    assert len(text) > 30_000
    assert min(times) < 0.001


def test_the_start_of_the_portal_opens_no_font() -> None:
    code = "import sys, documents.paper; from documents import signs; signs.without_sign('ABC'); assert 'fontTools' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)


def test_the_fonts_are_those_whose_checksums_are_written_down() -> None:
    fonts = {font.name: hashlib.sha256(font.read_bytes()).hexdigest() for font in signs.FONTS.glob("*.ttf")}
    written = (line.split() for line in (signs.FONTS / "SHA256SUMS").read_text().splitlines())
    assert fonts == {name: checksum for checksum, name in written}


# The fonts and the renderer agree

RENDERER = """
import json, logging, sys
import weasyprint
from weasyprint.text.fonts import FontConfiguration
found, fonts = [], FontConfiguration()
class Complaints(logging.Handler):
    def emit(self, record):
        found.append(record.args[0] if record.msg.startswith(".notdef glyph") else record.getMessage())
logging.getLogger("weasyprint").addHandler(Complaints(logging.WARNING))
sheet = weasyprint.CSS(filename="documents/assets/paper.css", font_config=fonts)
for line in sys.stdin:
    found.clear()
    html = "<html lang=en><title>x</title><article class=issued>" + json.loads(line)
    weasyprint.HTML(string=html, url_fetcher=None).write_pdf(stylesheets=[sheet], font_config=fonts)
    print(json.dumps(found), flush=True)
"""
APART = {*"\u0e33\u0eb3≠≮≯"}
"""The renderer takes these apart: it complains of parts of the first two, and draws the others of two signs, not well."""


def complaints(bodies: list[str], root: Path = ROOT) -> list[set[str]]:
    """What the renderer complains of, page by page, with the paper's fonts and look."""
    pages = "".join(json.dumps(body) + "\n" for body in bodies)
    done = subprocess.run(
        [sys.executable, "-c", RENDERER], input=pages, cwd=root, env=_environment(), capture_output=True, text=True, check=True
    )
    return [set(json.loads(line)) for line in done.stdout.splitlines()]


def all_that_boxes_hold(*planes: range) -> list[str]:
    """Every character of some planes that a box keeps."""
    return [character for plane in planes for code in plane if clean_line(character := chr(code)) == character]


def words(characters: list[str]) -> str:
    """Each character within a word."""
    return " ".join(f"a{character}b" for character in characters)


def disagreements(characters: list[str], page: str) -> list[str]:
    """The characters on which the renderer says otherwise than `without_sign`; those without a sign print apart from the others."""
    missing = set(signs.without_sign("".join(characters)))
    kinds = [sorted(kind - set("<>&")) for kind in (missing - APART, set(characters) - missing)]
    chunks = [kind[start : start + 2000] for kind in kinds for start in range(0, len(kind), 2000)]
    bodies = ["".join(page.format(words(chunk[start : start + 50])) for start in range(0, len(chunk), 50)) for chunk in chunks]
    return [
        signs.named(character)
        for chunk, found in zip(chunks, complaints(bodies), strict=True)
        for character in sorted(found ^ (missing & set(chunk)))
    ]


def test_the_renderer_complains_of_these_and_no_others() -> None:
    everywhere = all_that_boxes_hold(range(0x20, 0x30000), range(0xE0000, 0xE0200))
    some = [*everywhere[:0x600], *everywhere[0x600::199], *"אبﬁﷺﺏ\ufe0f😀"]
    assert disagreements(some, "<p>{0}</p>") == []
    assert signs.without_sign("".join(APART)) == [*APART]


@pytest.mark.slow
@pytest.mark.parametrize("style", ["{0}", "<b>{0}</b>", "<i>{0}</i>", "<b><i>{0}</i></b>"])
def test_the_renderer_agrees_on_every_character(style: str) -> None:
    everywhere = all_that_boxes_hold(
        range(0x20, 0x20400), range(0x2F800, 0x2FA20), range(0xE0000, 0xE0200), range(0xF0000, 0xF0020)
    )
    assert disagreements(everywhere, f"<p>{style}</p>") == []


# A further font

USE = """
import sys
from documents import signs
from documents.press import press
assert signs.without_sign("李 明") == ["明"]
sys.stdout.buffer.write(press("<html lang=en><title>x</title><article class=issued><p>Dr <b>李</b> writes.</p>"))
"""


def a_font_with(character: str) -> FontBuilder:
    """A font of one sign, a square."""
    pen = TTGlyphPen(None)
    for move, *points in (("moveTo", (100, 0)), ("lineTo", (100, 700)), ("lineTo", (800, 700)), ("lineTo", (800, 0))):
        getattr(pen, move)(*points)
    pen.closePath()
    font = FontBuilder(1000)
    font.setupGlyphOrder([".notdef", "square"])
    font.setupCharacterMap({ord(character): "square"})
    font.setupGlyf({".notdef": pen.glyph(), "square": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (900, 100), "square": (900, 100)})
    font.setupHorizontalHeader(ascent=900, descent=-200)
    font.setupNameTable({"familyName": "Square Signs", "styleName": "Regular"})
    font.setupOS2(sTypoAscender=900, sTypoDescender=-200)
    font.setupPost()
    return font


def test_a_font_that_is_dropped_into_the_folder_prints_without_a_change_of_code(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "documents", tmp_path / "documents", ignore=shutil.ignore_patterns("__pycache__"))
    a_font_with("李").save(tmp_path / "documents" / "fonts" / "ttf" / "SquareSigns-Regular.ttf")
    printed = subprocess.run([sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, check=True, timeout=60).stdout
    assert "Dr 李 writes." in pdfs.text(printed)
    assert "Square-Signs" in pdfs.fonts(printed)
