"""Drawn: the text that the pages of a PDF draw, read letter by letter from what draws them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from documents.room import Refused

UNREADABLE = "\ufffd"
FURNITURE = -1
"""The tag of what belongs to the page and not to the text: running heads, rules."""
DEEPEST = 100
DEEPEST_INSIDE, MOST_INSIDE = 5, 1000  # drawings inside drawings of a page
MOST_CODES = 200_000  # of a font; it has some hundred
TOO_MUCH = "This PDF has far more in it than a proposal does."


@dataclass(frozen=True)
class Run:
    """A stretch of text as it is drawn: its letters, the line it stands on, how it looks, where it leads."""

    text: str
    line: tuple[int, float] = (0, 0)  # page and height
    marks: frozenset[str] = frozenset()
    href: str = ""


BREAK = Run("\n")


class Font:
    """How the codes of a font are read."""

    def __init__(self, font: Any) -> None:
        name = str(font.get("/BaseFont", "")).lower()
        self.marks = frozenset(mark for mark, style in (("strong", "bold"), ("em", "italic|oblique")) if re.search(style, name))
        table = font.get("/ToUnicode")
        self.letters = _letters(table.read_bytes()) if isinstance(table, pikepdf.Stream) else {}
        self.width = 2 if font.get("/Subtype") == "/Type0" else 1

    def read(self, codes: bytes) -> str:
        """The letters that codes stand for; UNREADABLE for one that stands for none."""
        parts = (codes[at : at + self.width] for at in range(0, len(codes), self.width))
        return "".join(self.letters.get(int.from_bytes(part), UNREADABLE) for part in parts)


_HEX = rb"<\s*([0-9A-Fa-f\s]*?)\s*>"
_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_CHARACTER = re.compile(rb"%b\s*%b" % (_HEX, _HEX))
_RANGE = re.compile(rb"%b\s*%b\s*(?:%b|\[([^\]]*)\])" % (_HEX, _HEX, _HEX))


def _letters(table: bytes) -> dict[int, str]:
    """Which letters the codes of a font stand for."""
    letters: dict[int, str] = {}
    read = 0
    for kind, section in _SECTION.findall(table):
        if kind == b"bfchar":
            letters |= {_number(code): _string(text) for code, text in _CHARACTER.findall(section)}
            continue
        for first, last, text, texts in _RANGE.findall(section):
            codes = range(_number(first), min(_number(last), 0xFFFF) + 1)
            read += len(codes)
            if read > MOST_CODES:
                raise Refused(TOO_MUCH)
            if texts:
                letters |= dict(zip(codes, map(_string, re.findall(_HEX, texts)), strict=False))
            elif start := _string(text):
                letters |= {code: start[:-1] + chr(min(ord(start[-1]) + at, 0x10FFFF)) for at, code in enumerate(codes)}
    return letters


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()) or b"0", 16)


def _string(digits: bytes) -> str:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()).decode("utf-16-be", "replace")


class Page:
    """What a page, or anything else with drawing in it, draws as text."""

    def __init__(self, page: Any, number: int) -> None:
        self.number = number
        self.all: list[str] = []  # in the order of drawing
        self.tagged: dict[int, list[Run]] = {}  # by the number of its tag
        self.untagged: list[str] = []  # neither tagged nor furniture
        self._height, self._inside = 0.0, 0
        self._draw(page, inherited(page, "/Resources"), 0)

    def _draw(self, stream: Any, resources: Any, depth: int) -> None:
        fonts: dict[str, Font] = {}
        font = Font({})
        opened: list[int | None] = []  # the tags that are open
        for instruction in pikepdf.parse_content_stream(stream):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("Tj", "TJ", "'", '"'):
                strings: Any = operands[0] if name == "TJ" else operands[-1:]
                self._add("".join(font.read(bytes(part)) for part in strings if isinstance(part, pikepdf.String)), font, opened)
            elif name == "Tf":
                key = str(operands[0])
                font = fonts[key] if key in fonts else fonts.setdefault(key, Font(resources.get("/Font", {}).get(key, {})))
            elif name == "Tm":
                self._height = float(operands[5])
            elif name in ("Td", "TD"):
                self._height += float(operands[1])
            elif name == "T*":
                self._height += 1  # another line; how far down does not matter
            elif name in ("BDC", "BMC"):
                opened.append(_tag(operands, resources))
            elif name == "EMC" and opened:
                opened.pop()
            elif name == "Do" and depth < DEEPEST_INSIDE:
                self._inside += 1
                if self._inside > MOST_INSIDE:
                    raise Refused(TOO_MUCH)
                inside = resources.get("/XObject", {}).get(str(operands[0]))
                if isinstance(inside, pikepdf.Stream) and inside.get("/Subtype") == "/Form":
                    self._draw(inside, inside.get("/Resources", resources), depth + 1)

    def _add(self, text: str, font: Font, opened: Sequence[int | None]) -> None:
        self.all.append(text)
        tags = [tag for tag in opened if tag is not None]
        if not tags:
            self.untagged.append(text)
        elif FURNITURE not in tags:
            self._add_tagged(tags[-1], Run(text, (self.number, round(self._height, 1)), font.marks))

    def _add_tagged(self, tag: int, run: Run) -> None:
        """Adds to what bears a tag; what stands on one line and looks alike is one stretch."""
        runs = self.tagged.setdefault(tag, [])
        if runs and (runs[-1].line, runs[-1].marks) == (run.line, run.marks):
            run = replace(run, text=runs.pop().text + run.text)
        runs.append(run)


def _tag(operands: Any, resources: Any) -> int | None:
    """The number of the tag that a mark names, if it names one."""
    if operands[0] == "/Artifact":
        return FURNITURE
    said = operands[1] if len(operands) > 1 else {}
    said = resources.get("/Properties", {}).get(str(said), {}) if isinstance(said, pikepdf.Name) else said
    number = said.get("/MCID")
    return None if number is None else int(number)


def inherited(page: Any, key: str) -> Any:
    """What a page says, or what stands above it says for it; an empty value if nothing does."""
    for _ in range(DEEPEST):
        if key in page:
            return page[key]
        page = page.get("/Parent")
        if not isinstance(page, pikepdf.Dictionary):
            break
    return {}
