"""The signs of the paper: which characters its fonts cannot print, and how a person is told so.

A font added to `fonts/ttf` adds its characters here by itself: the files are asked what they hold.
"""

import functools
import importlib
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

FONTS = Path(__file__).resolve().parent / "fonts" / "ttf"
MOST_NAMED = 5

_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]*")  # what most texts are made of, known without opening a font
_SILENT = (
    r"\t\n\r\x20-\x7e\xa0\xad\u034f\u061c\u17b4\u17b5\u180b-\u180e\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000"
    r"\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What needs no sign of its own: spaces, joiners, marks of direction, selectors of a variant."""
_PART_LINES = "\u2028"  # the renderer asks for a sign even where a font has one


def without_sign(text: str) -> list[str]:
    """The characters of a text that the paper's fonts cannot print, in their order, each once."""
    if _PLAIN.fullmatch(text):
        return []
    return list(dict.fromkeys(_strange().findall(text)))


def sentence(characters: Collection[str], where: str = "This text") -> str:
    """What is said to a person of characters without a sign: which, where, and what to do."""
    *most, last = [named(character) for character in [*characters][:MOST_NAMED]]
    more = len(characters) - MOST_NAMED
    names = f"{', '.join([*most, last])} and {more} more" if more > 0 else " and ".join(filter(None, (", ".join(most), last)))
    return f"{where} holds {names}, for which the paper's fonts have no sign. Please write it another way."


def named(character: str) -> str:
    """A character as people can find it: “李” (U+674E CJK UNIFIED IDEOGRAPH-674E)."""
    seen = f"“{character}” " if character.isprintable() else ""
    return f"{seen}({' '.join(filter(None, (_code(character), unicodedata.name(character, ''))))})"


def spelled(text: str) -> str:
    """A text that always prints: characters without a sign stand in it by their codes, "[U+674E]"."""
    return text.translate({ord(character): f"[{_code(character)}]" for character in without_sign(text)})


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


@functools.cache
def _strange() -> re.Pattern[str]:
    """Finds what no font of the paper has a sign for."""
    held = frozenset[str]().union(*map(_held, FONTS.glob("*.ttf"))) - {_PART_LINES}
    return re.compile(f"[^{_SILENT}{''.join(map(re.escape, sorted(held)))}]")


def _held(font: Path) -> frozenset[str]:
    """The characters that a font has a sign for."""
    ttf = importlib.import_module("fontTools.ttLib")  # here alone: it would slow down the start of every command
    with ttf.TTFont(font, lazy=True) as opened:
        return frozenset(chr(code) for code in opened.getBestCmap() if code > 0x1F)
