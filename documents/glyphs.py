"""What the glyphs of a paper say to whoever reads or copies its text; WeasyPrint alone leaves some of them mute.

Where a character is drawn with several glyphs ("≠", a Hebrew letter with two points), WeasyPrint gives the whole text to
one of them and nothing to the others, which no archival file may hold. And where an Arabic glyph stands for two letters,
readers that turn the line round would turn these two as well, unless one character says both.
"""

import functools
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from fontTools.ttLib import TTFont
from weasyprint.draw import text as draw
from weasyprint.text.ffi import ffi

_PLAIN = re.compile("[\0-\u02ff\u2010-\u206f]*")  # always one glyph to a character


def let_all_speak() -> None:
    """From now on every glyph says its own part of the text."""
    paint = draw.draw_first_line

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        if not _PLAIN.fullmatch(textbox.text):
            _say_first(stream, textbox)
        return paint(stream, textbox, *rest)

    draw.draw_first_line = draw_first_line


def shares(glyphs: list[int], said: str, shown: Mapping[int, set[str]], from_right: bool) -> dict[int, str]:
    """What each glyph of a cluster says, where WeasyPrint would share it out wrongly; empty where it does well.

    Args:
        glyphs: the glyphs of the cluster.
        said: its text.
        shown: by glyph, the characters that the font shows with it.
        from_right: whether it is read from the right to the left.
    """
    if len(glyphs) == 1 and not (from_right and len(said) > 1):
        return {}
    parts, found = Counter(unicodedata.normalize("NFD", said)), dict[int, str]()
    for glyph in glyphs:
        for sign in sorted(shown.get(glyph, ()), key=lambda sign: (len(_spelled(sign)), sign)):
            if (letters := Counter(_spelled(sign))) and letters <= parts:
                found[glyph] = sign if unicodedata.normalize("NFKD", sign) == _spelled(sign) else _spelled(sign)
                parts -= letters
                break
    silent = [glyph for glyph in glyphs if glyph not in found]
    if len(glyphs) > 1 and silent:
        *few, last = silent
        rest = list(parts.elements())
        found |= dict(zip(few, rest, strict=False)) | {last: "".join(rest[len(few) :]) or said}
    return found


def _spelled(sign: str) -> str:
    """The letters that a character stands for; the stroke that carries a mark is none."""
    return re.sub("[ \u0640]", "", unicodedata.normalize("NFKD", sign))


def _say_first(stream: Any, textbox: Any) -> None:
    """Notes what the glyphs of a line say, before WeasyPrint does."""
    for item, glyphs, said in _clusters(textbox):
        if len(glyphs) > 1 or len(said) > 1:
            font, _ = stream.add_font(item.analysis.font)
            for glyph, share in shares(glyphs, said, _shown(font.file_content), bool(item.analysis.level % 2)).items():
                font.to_unicode.setdefault(glyph, share)


def _clusters(textbox: Any) -> Iterator[tuple[Any, list[int], str]]:
    """The clusters of a line, each with its run, its glyphs and its text."""
    line, _ = textbox.pango_layout.get_first_line()
    text = textbox.pango_layout.text.encode()
    run = line.runs[0]
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        glyphs: dict[int, list[int]] = {}
        for place in range(string.num_glyphs):
            glyphs.setdefault(string.log_clusters[place], []).append(string.glyphs[place].glyph)
        ends = dict(zip(sorted(glyphs), [*sorted(glyphs)[1:], item.length], strict=True))
        for start, those in glyphs.items():
            yield item, those, text[item.offset + start : item.offset + ends[start]].decode()
        run = run.next


@functools.lru_cache(maxsize=32)
def _shown(font: bytes) -> dict[int, set[str]]:
    """By glyph, the characters that a font shows with it."""
    shown: dict[int, set[str]] = {}
    with TTFont(io.BytesIO(font), lazy=True) as opened:
        for code, name in opened.getBestCmap().items():
            shown.setdefault(opened.getGlyphID(name), set()).add(chr(code))
    return shown
