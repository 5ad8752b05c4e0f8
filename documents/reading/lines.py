"""Lines: the text of a file line by line, with tables, tags, rules and the ends of pages already taken apart."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum


class Role(Enum):
    """What a line of the file is."""

    TEXT = "text"
    HEADING = "heading"
    BLANK = "blank"
    PAGE = "page"  # the end of a page: a form feed, a page number, a running head
    HTML = "html"
    PART = "part"  # an empty comment: what stands before and after it has nothing to do with each other


@dataclass(frozen=True)
class Line:
    """A line of the file: its text without indentation, and whether a line break was typed after it."""

    text: str
    indent: int = 0
    hard: bool = False
    role: Role = Role.TEXT
    taken: int = 0  # how many characters stood before it that were a label

    @property
    def has_words(self) -> bool:
        """Whether it is more than white space and page breaks."""
        return self.role in (Role.TEXT, Role.HEADING, Role.HTML)


BLANK = Line("", role=Role.BLANK)

DEEPEST = 60  # indentation beyond it says nothing more
_FENCE = re.compile(r"(?:```+|~~~+)\s*(?:markdown|md|text|txt)?|:{3,}\s*(?:\{[^{}]*\})?")
_STYLED = re.compile(r"(?<!\\)\[([^\[\]]*)\]\{[.#][^{}]*\}")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}|\+[-=+]{3,}\+")
_ROW_RULE = re.compile(r"\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?|\|\s*:?-+:?\s*\|?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HTML_BEGINS = re.compile(r"<(?:ul|ol|p)(?:\s[^<>]*)?>", re.IGNORECASE)
_HTML_ENDS = re.compile(r"</(?:ul|ol|p)>", re.IGNORECASE)
_HTML_TAG = re.compile(r"</?(?:ul|ol|p|div|table|thead|tbody|tr|td|th|section|center|body|hr)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HTML_ITEM = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_NAMED = re.compile(r"\\.|&(?:#160|#xa0|#8226|#x2022|#821[1-7]|[a-zA-Z][a-zA-Z0-9]{1,30});", re.IGNORECASE)
_NUMBER = r"\d{1,3}"
_PAGE_NUMBER = re.compile(
    rf"(?:(?:page|página|pagina|pág\.?|p\.)\s*{_NUMBER}(?:\s*(?:of|/|de|sur)\s*{_NUMBER})?"
    rf"|{_NUMBER}\s*(?:of|/|de|sur)\s*{_NUMBER}|[-–—|]\s*{_NUMBER}\s*[-–—|]|\{{\d+\}}-{{3,}}|<!--.*-->)",
    re.IGNORECASE,
)
_BOLD_NUMBER = re.compile(rf"^(\*\*|__)({_NUMBER}[.)])\s?\1\s+(?=\S)")
_LONE_NUMBER = re.compile(rf"{_NUMBER}")


def lines_of(text: str) -> list[Line]:
    """The lines of a text, with tables, tags, rules and page breaks already taken apart."""
    rows = _table_rows(text.split("\n"))
    lines = [line for raw, in_table in rows for line in _lines_of_raw(raw, in_table)]
    return [_page_number(lines, at) for at in range(len(lines))]


def _table_rows(raw: list[str]) -> Iterator[tuple[str, bool]]:
    """Each raw line, and whether it is a row of a table."""
    in_table = False
    for at, line in enumerate(raw):
        bare = line.strip()
        following = raw[at + 1].strip() if at + 1 < len(raw) else ""
        starts = "|" in bare and "|" in following and bool(_ROW_RULE.fullmatch(following))
        in_table = "|" in bare and (in_table or starts or bare.startswith("|"))
        yield line, in_table


def _lines_of_raw(raw: str, in_table: bool) -> Iterator[Line]:
    first, *later = raw.split("\f")
    yield from _lines_of_page(first, in_table)
    for part in later:
        yield Line("", role=Role.PAGE)
        yield from _lines_of_page(part, in_table)


def _lines_of_page(raw: str, in_table: bool) -> Iterator[Line]:
    raw = _STYLED.sub(r"\1", _NAMED.sub(_unescaped, raw))
    if in_table:
        yield BLANK
        if not _ROW_RULE.fullmatch(raw.strip()):
            cells = [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", raw.strip().strip("|")) if cell.strip()]
            for at, cell in enumerate(cells):
                is_label = at == 0 and len(cells) > 1
                yield from _lines_of_cell(_BREAK.sub(" ", cell) if is_label else cell)
                yield BLANK
    else:
        yield from _lines_of_cell(raw)


def _unescaped(found: re.Match[str]) -> str:
    """A named character, unless it stands for one that would be taken for a mark."""
    return found[0] if found[0].lower() in ("&lt;", "&gt;", "&amp;") or found[0][0] == "\\" else html.unescape(found[0])


def _lines_of_cell(raw: str) -> Iterator[Line]:
    """The lines of a stretch of text that may hold tags of its own."""
    if "<" not in raw:
        yield _line(raw)
        return
    begin, ends = _HTML_BEGINS.search(raw), [found.end() for found in _HTML_ENDS.finditer(raw)]
    if begin and ends and ends[-1] > begin.end():
        if before := raw[: begin.start()].strip():
            yield from (*_lines_of_cell(before), BLANK)
        yield from (Line(raw[begin.start() : ends[-1]], role=Role.HTML), BLANK)
        if after := raw[ends[-1] :].strip():
            yield from _lines_of_cell(after)
        return
    *broken, last = _BREAK.split(raw)
    for part in broken:
        yield replace(_line(part), hard=True)
    if not broken and (_HTML_TAG.search(last) or _HTML_ITEM.search(last)):
        last = _HTML_TAG.sub("\n", _HTML_ITEM.sub("\n- ", last)).replace("</li>", "")
        for part in last.split("\n"):
            yield _line(part)
    elif last.strip() or not broken:
        yield _line(last)


def _line(raw: str) -> Line:
    """A line of text, measured."""
    raw = re.sub(r"^[ \t\u00a0]*(?:>[ \t]?)+", "", raw).replace("\u00ad", "")
    text = raw.strip()
    if not text or _FENCE.fullmatch(text):
        return BLANK
    if re.fullmatch(r"<!--\s*-->", text):
        return Line("", role=Role.PART)
    if _RULE.fullmatch(text) and not re.fullmatch(r"_+", text):
        return BLANK
    indent = min(len(raw[: len(raw) - len(raw.lstrip())].expandtabs(4)), DEEPEST)
    hard = raw.endswith("  ") or bool(re.search(r"(?<!\\)(?:\\\\)*\\$", text))
    if hard and text.endswith("\\"):
        text = text[:-1].rstrip()
    text = _BOLD_NUMBER.sub(r"\2 ", text)
    if heading := re.match(r"#{1,6}(?:\s+|$)", text):
        return _heading(text[heading.end() :], indent)
    return Line(text, indent, hard)


def _heading(text: str, indent: int) -> Line:
    """A heading without the marks that close it."""
    if text.endswith("}") and re.fullmatch(r"\{[#.][^{}]*\}", text[text.rfind("{") :]):
        text = text[: text.rfind("{")].rstrip()
    bare = text.rstrip("#")
    text = bare.rstrip() if bare != text and (not bare or bare[-1].isspace()) else text
    return Line(text, indent, False, Role.HEADING) if text else BLANK


def _page_number(lines: list[Line], at: int) -> Line:
    """The line itself, or what marks the end of a page, if it is nothing but the number of one."""
    line = lines[at]
    if line.role is not Role.TEXT or len(line.text) > 200:
        return line
    bare = line.text.strip("*_ ")
    if _PAGE_NUMBER.fullmatch(bare):
        return replace(line, role=Role.PAGE)
    if _LONE_NUMBER.fullmatch(bare) and not any(near.has_words for near in lines[max(at - 1, 0) : at] + lines[at + 1 : at + 2]):
        return replace(line, role=Role.PAGE)
    return line
