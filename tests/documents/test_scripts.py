"""Scripts on paper: each prints in every style, reads back word for word, and runs the way it is written."""

import re
import unicodedata

import page
import pytest

from documents import prose
from documents.glyphs import shares
from documents.paper import Edition, paper
from documents.press import press
from tests.documents import pdfs
from tests.documents.invented import proposal
from tests.measures import recall, words_of

SCRIPTS = {
    "Latin": "Côte d'Ivoire, Łódź, Gdańsk, smørrebrød; “½ € № …”",
    "Vietnamese": "Tiếng Việt có những dấu chồng: ếềểễệ ốồổỗộ ẪẤỬỮ",
    "Greek": "Αξιοπρεπής εργασία για όλους, ᾧ ἀρχῇ",
    "Cyrillic": "Достойный труд для всех, гідна праця, ћирилица, қазақ тілі",
    "Arabic": "العمل اللائق للجميع في عالم متغير، كار شايسته پژوهش گچ ٹھیک ٢٠٢٦",
    "Hebrew": "עבודה הוגנת לכולם",
}
STYLES = ["<p>{}</p>", "<p><strong>{}</strong></p>", "<p><em>{}</em></p>", "<p><strong><em>{}</em></strong></p>", "<h3>{}</h3>"]


def page_of(body: str) -> str:
    """A page with any HTML, its headings in order."""
    return f'<!DOCTYPE html><html lang="en"><title>A</title><body><article class="issued"><h1>A</h1><h2>B</h2>{body}</article>'


def standards(pdf: bytes) -> list[str]:
    """The rules of both standards that a file breaks."""
    return [failure.rule_id for profile in ("ua1", "3a") for failure in page.validate_pdf_bytes(pdf, profile=profile).failures]


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_prints_in_every_style_and_reads_back(script: str) -> None:
    words = SCRIPTS[script]
    pdf = press(page_of("".join(style.format(words) for style in STYLES)))
    assert recall(words_of(words) * len(STYLES), words_of(pdfs.text(pdf))) == 1.0
    assert standards(pdf) == []
    assert {font.removesuffix("-Bold").removesuffix("-Italic") for font in pdfs.fonts(pdf)} <= {
        *("Noto-Sans", "Noto-Sans-Bold", "Overpass", "Noto-Sans-Arabic", "Noto-Sans-Hebrew"),
    }


def test_a_text_in_parts_prints_as_the_composed_one() -> None:
    words = SCRIPTS["Vietnamese"]
    parts = press(page_of(f"<p>{unicodedata.normalize('NFD', words)}</p>"))
    assert recall(words_of(words), words_of(pdfs.text(parts))) == 1.0
    assert pdfs.fonts(parts) == pdfs.fonts(press(page_of(f"<p>{words}</p>")))


def test_marks_without_a_letter_of_their_own_are_read_in_their_place() -> None:
    words = "Ọ̀rọ̀ ọmọ ẹ̀kọ́ ń ṣiṣẹ́, g̃uarani, во́рот"
    assert words in pdfs.read_aloud(press(page_of(f"<p>{words}</p>")))


def test_figures_and_points_among_arabic_and_hebrew_letters_are_noto_sans() -> None:
    pdf = press(page_of("<p><b>سنة 2026 (ILO), עבודה.</b></p>"))
    assert pdfs.fonts(pdf) == ["Noto-Sans", "Noto-Sans-Arabic-Bold", "Noto-Sans-Bold", "Noto-Sans-Hebrew-Bold", "Overpass-Bold"]
    without = press(page_of("<p><b>سنة עבודה</b></p>"))
    assert pdfs.fonts(without) == ["Noto-Sans", "Noto-Sans-Arabic-Bold", "Noto-Sans-Hebrew-Bold", "Overpass-Bold"]


@pytest.mark.parametrize("words", ["שָׁלוֹם לְכֻלָּם", "مُحَمَّدٌ", "لَّا", "هذا أيضاً مهمّ", "≠", "q̃ во́рот"])
def test_letters_with_points_keep_both_standards(words: str) -> None:
    """Each of these has a character that is drawn with several glyphs: none of them may be left without a word."""
    assert standards(press(page_of(f"<p>{words}</p>"))) == []


def test_every_glyph_of_a_cluster_says_its_part() -> None:
    shown = {1: {"="}, 2: {"\ufefb"}, 3: {"\u05b8"}, 4: {"\u05c1"}, 5: {"\ufc60"}, 7: {"\ufb01"}}
    assert shares([1, 6], "≠", shown, False) == {1: "=", 6: "\u0338"}
    assert shares([3, 4], "\u05b8\u05c1", shown, True) == {3: "\u05b8", 4: "\u05c1"}
    assert shares([2], "لا", shown, True) == {2: "\ufefb"}
    assert shares([5, 2], "لَّا", shown, True) == {5: "\u064e\u0651", 2: "\ufefb"}
    assert shares([6], "ab", shown, True) == shares([7], "fi", shown, False) == {}
    assert shares([6, 8], "x", shown, False) == {6: "x", 8: "x"}


def test_a_paragraph_runs_from_the_side_of_its_first_letter() -> None:
    arabic, mixed = "<p>2026: العمل (ILO)</p>", "<p>ILO: العمل</p>"
    lists = '<ol start="3"><li>עבודה<ul><li>ILO</li></ul></li></ol>'
    assert prose.directed(arabic + mixed + lists) == (
        f'<p dir="rtl">2026: العمل (ILO)</p>{mixed}<ol start="3" dir="rtl"><li>עבודה<ul><li>ILO</li></ul></li></ol>'
    )
    latin = "<p>Ελλάδα, Việt Nam</p>"
    assert prose.directed(latin) is latin
    html = paper(proposal(introduction=arabic + mixed), kind=Edition.SUBMISSION)
    assert (html.count('dir="rtl"'), standards(press(html))) == (1, [])


def test_what_runs_from_the_right_stands_at_the_right() -> None:
    places = pdfs.bounds(press(page_of("<p>2026</p><p dir='rtl'>2026</p>")))
    left, right = re.findall(r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"[^>]*>2026<', places)
    assert (round(float(left[0])), round(float(right[1]))) == (62, 533)  # the edges of the text
