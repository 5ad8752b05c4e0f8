"""Repair: the lines of text converted from PDF or Word, brought back to the paragraphs and lists their author wrote.

Repaired is what a converter breaks (paragraphs cut by a page, empty bullets, list levels pushed in) and nothing else.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from documents import prose
from documents.reading import inline


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

    @property
    def has_words(self) -> bool:
        """Whether it is more than white space and page breaks."""
        return self.role in (Role.TEXT, Role.HEADING, Role.HTML)


BLANK = Line("", role=Role.BLANK)

# From text to lines

DEEPEST = 60  # indentation beyond it says nothing more
_FENCE = re.compile(r"(?:```+|~~~+)\s*(?:markdown|md|text|txt)?")
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
    raw = _NAMED.sub(_unescaped, raw)
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


LONGEST_BROKEN = 60  # a line of sixty characters that is cut in mid-sentence was wrapped, whatever break stands after it
LONGEST_END = 500  # as much of a paragraph's end as shows whether its sentence is complete

# From lines to pieces: a paragraph or a list item each, before they are put into lists

_GLYPHS = "•●▪■◦○□‣⁃∙·➢➤►▶✓✔§\uf0b7\uf0a7\uf0d8\uf0fc"
_BULLET = re.compile(rf"(?P<mark>[-*+](?=\s|$)|[–—−](?=\s|$)|[-–](?=[A-ZÀ-Þ])|[{_GLYPHS}]|o(?=\t|\s\s|$)|o(?=\s[^\W\d_]))\s*")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)][ \t]+(?=\S)")
_LETTERED = re.compile(r"\((?:[a-zA-Z]|[ivxIVX]{1,4}|\d{1,2})\)\s|(?:[a-z]|[ivx]{1,4})\)\s")
_ADDRESS = re.compile(r"(?:https?://|www\.)|\S+@\S+")
_RANKS = {"-": 2, "–": 2, "—": 2, "−": 2, "*": 2, "+": 2, "o": 3, "◦": 3, "○": 3, "▪": 4, "■": 4, "□": 4, "§": 4, "\uf0a7": 4}


def unmarked(text: str) -> tuple[str, str]:
    """A line's bullet or number, if it has one, and the text after it."""
    found = _NUMBERED.match(text) or _BULLET.match(text)
    return (found[0].strip(), text[found.end() :]) if found else ("", text)


@dataclass(frozen=True)
class Piece:
    """A paragraph or a list item as typed; a line feed in its text is a line break."""

    text: str
    indent: int = 0
    mark: str = ""  # the bullet; "1." for a numbered item; nothing for a paragraph
    number: int = 0
    broken: bool = False  # a blank line or a page's end stands before it
    page: bool = False  # a page's end stands before it
    role: Role = Role.TEXT
    end: Line | None = None  # the last of its lines

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return bool(self.mark)

    @property
    def words(self) -> str:
        """Its text without marks."""
        return prose.text(self.text) if self.role is Role.HTML else inline.plain(self.text)


@dataclass
class _Open:
    """The piece being read: its lines so far and what stood before it."""

    piece: Piece
    last: Line
    parts: list[str]

    def closed(self) -> Piece:
        return replace(self.piece, text="".join(self.parts), end=self.last)


def is_ended(text: str) -> bool:
    """Whether a text ends like a sentence, a clause or a lead."""
    if text.endswith(")") and (target := text.rfind("](")) >= 0 and not re.search(r"\s", text[target:]):
        text = text[:target]
    bare = text.rstrip("\"”’»'‘)]*_ \u00a0")
    return bare[-1:] in tuple(".:;!?…") and not _ABBREVIATED.search(bare[-8:])


_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:i\.e|e\.g|cf|vs|No|Nos|Mr|Ms|Mrs|Dr|Prof|Art)\.$")


def starts_lower(text: str) -> bool:
    """Whether a text begins in the middle of a sentence: in lower case, and with no mark of a list."""
    if _ADDRESS.match(text) or _LETTERED.match(text):
        return False
    return text.lstrip("*_[(\\\"'“‘«¿¡ \u00a0")[:1].islower()


@dataclass(frozen=True)
class Width:
    """How wide the lines of a file were wrapped: in characters, and as letters of a book are wide; 0 if they were not."""

    characters: float = 0
    letters: float = 0

    def fill(self, last: Line, line: Line) -> float:
        """How full the line above would have been with the next line's first word on it."""
        if not self.characters:
            return 0
        first_word = line.text.lstrip().partition(" ")[0][:100]
        text = f"{last.text[-300:]} {first_word}"
        return max((last.indent + len(text)) / self.characters, (last.indent / 2 + _as_wide_as(text)) / self.letters)


FULL = 0.9  # filled so far, the next word had no room: the line was wrapped
LONG = 0.8  # filled so far, it may have been


def _as_wide_as(text: str) -> float:
    """The width of a text in letters of middling width."""
    narrow = len(re.findall(r"[iljtfrI.,:;'|!() ]", text))
    wide = len(re.findall(r"[mwA-HJ-Z@—…]", text))
    return len(text) - 0.45 * narrow + 0.3 * wide


def width_of(lines: Sequence[Line]) -> Width:
    """The width at which the lines of a file were wrapped, seen where a sentence goes on in the next line."""
    wrapped = [
        line
        for line, following in zip(lines, lines[1:], strict=False)
        if line.role is following.role is Role.TEXT
        and len(line.text) <= 160
        and not line.hard
        and not unmarked(following.text)[0]
        and not is_ended(line.text)
        and starts_lower(following.text)
    ]
    characters = max((line.indent + len(line.text) for line in wrapped), default=0)
    return Width(characters, max((line.indent / 2 + _as_wide_as(line.text) for line in wrapped), default=0))


def pieces_of(lines: Sequence[Line], width: Width) -> list[Piece]:
    """The paragraphs and list items in lines of a file that was wrapped at a width, repaired."""
    return _levelled(_joined(_without_empty(list(_gathered(lines, width))), width))


def _gathered(lines: Sequence[Line], width: Width) -> Iterator[Piece]:
    """The pieces as they stand in the file."""
    current: _Open | None = None
    gap = page = False
    for line in lines:
        if line.role in (Role.BLANK, Role.PAGE):
            gap, page = True, page or line.role is Role.PAGE
            continue
        joint = _joint_to(line, current, width) if current and (not gap or _waits_for_text(current)) else None
        if current and joint is not None:
            current.parts += [joint, line.text]
            current.last = line
        else:
            if current:
                yield current.closed()
            current = _opened(line, gap, page)
        gap = page = False
    if current:
        yield current.closed()


def _waits_for_text(current: _Open) -> bool:
    """Whether a bullet stands on a line of its own, its text below it."""
    return not any(current.parts) and current.piece.is_item and current.piece.mark in _GLYPHS


def _opened(line: Line, gap: bool, page: bool) -> _Open:
    piece = Piece(line.text, line.indent, broken=gap, page=page, role=line.role)
    if line.role is Role.HEADING:
        bare = line.text.strip("*_ ")
        return _Open(piece, line, [f"**{bare}**" if bare else ""])
    if line.role is not Role.TEXT:
        return _Open(piece, line, [line.text])
    if found := _NUMBERED.match(line.text):
        return _Open(replace(piece, mark="1.", number=int(found["number"])), line, [line.text[found.end() :]])
    if found := _BULLET.match(line.text):
        return _Open(replace(piece, mark=found["mark"]), line, [line.text[found.end() :]])
    return _Open(piece, line, [line.text])


def _joint_to(line: Line, current: _Open, width: Width) -> str | None:
    """What joins a line to the piece directly above it: a space, nothing, a line break; None if it is a piece of its own."""
    if line.role is not Role.TEXT or current.piece.role is not Role.TEXT:
        return None
    last = current.last
    if not any(current.parts):
        return None if unmarked(line.text)[0] else ""
    if last.hard and not _begins_anew(line, current, width):
        wrapped = starts_lower(line.text) and len(last.text) >= LONGEST_BROKEN and not is_ended(last.text)
        return _joint(last.text, line.text) if wrapped else "\n"
    if re.fullmatch(r"(\*\*|__).*\1:?", last.text) or _begins_anew(line, current, width):
        return None
    fill, ended = width.fill(last, line), is_ended(last.text)
    if fill >= FULL or (starts_lower(line.text) and (not ended or fill >= LONG)):
        return _joint(last.text, line.text)
    if ended or starts_lower(line.text):
        return None
    if fill >= LONG or not line.text[:1].isalpha() or _LEADING_ON.search(last.text):
        return " "
    return None if current.piece.is_item and line.indent <= current.piece.indent else "\n"


def _begins_anew(line: Line, current: _Open, width: Width) -> bool:
    """Whether a line begins with the mark of a list, and not by chance in the middle of a wrapped sentence."""
    last = current.last
    cut = not last.hard and not is_ended(last.text) and not current.piece.is_item
    if found := _NUMBERED.match(line.text):
        return not (cut and int(found["number"]) != 1)
    if found := _BULLET.match(line.text):
        return not (cut and found["mark"] in "–—−o" and width.fill(last, line) >= FULL)
    if _LETTERED.match(line.text):
        return not cut or bool(_LETTERED.match(last.text)) or last.text.endswith(",")
    return False


def _joint(first: str, second: str) -> str:
    """What stands between two halves of a sentence: a space, but nothing where a word was parted at its hyphen."""
    parted = re.search(r"[^\W\d_]-$", first[-2:]) and starts_lower(second)
    return "" if parted and not re.match(r"(?:and|or|to|et|ou|y|o|e|u)\b", second) else " "


def _without_empty(pieces: list[Piece]) -> list[Piece]:
    """The pieces without empty bullets; where one stood, the list was broken."""
    out: list[Piece] = []
    broken = page = False
    for piece in pieces:
        if piece.role in (Role.TEXT, Role.HEADING) and not piece.words.strip():
            broken, page = True, page or piece.page
            continue
        out.append(replace(piece, broken=piece.broken or broken, page=piece.page or page))
        broken = page = False
    return out


def _joined(pieces: list[Piece], width: Width) -> list[Piece]:
    """The pieces with paragraphs and items made whole that the end of a page had cut in two."""
    out: list[Piece] = []
    parts: list[str] = []
    for at, piece in enumerate(pieces):
        if at and _is_cut(pieces[at - 1], out[-1], piece, width):
            parts += [_joint(pieces[at - 1].text, piece.text), piece.text]
            continue
        if out:
            out[-1] = replace(out[-1], text="".join(parts))
        out.append(piece)
        parts = [piece.text]
    if out:
        out[-1] = replace(out[-1], text="".join(parts))
    return out


def _is_cut(half: Piece, whole: Piece, second: Piece, width: Width) -> bool:
    """Whether a piece is the second half of the one above it, whose last stretch is given."""
    if second.is_item or not whole.role is second.role is Role.TEXT or is_ended(inline.plain(half.text[-LONGEST_END:])):
        return False
    if starts_lower(second.text):
        return True
    if not second.page or half.end is None or _LETTERED.match(second.text):
        return False
    return width.fill(half.end, Line(second.text)) >= LONG


_LEADING_ON = re.compile(
    r"(?::|\b(?:including|includes?|such as|e\.g\.,?|i\.e\.,?|namely|following|follows|of|to|for|with|on|in|by|and|or|the))$"
)


def _levelled(pieces: list[Piece]) -> list[Piece]:
    """The pieces with list items brought back to the level from which a break had pushed them in."""
    out = list(pieces)
    start = 0
    while start < len(out):
        end = start
        while end < len(out) and out[end].is_item:
            end += 1
        if end - start > 1:
            out[start:end] = _levelled_list(out[start:end])
        start = max(end, start + 1)
    return out


def _levelled_list(items: list[Piece]) -> list[Piece]:
    """One list: after a break, items that are all deeper than the one above them were pushed in, unless it leads to them."""
    is_tight = any(not item.broken for item in items[1:])
    breaks = [at for at, item in enumerate(items) if at and (item.broken if is_tight else item.page)]
    for begin, end in zip(breaks, [*breaks, len(items)][1:], strict=True):
        first = begin if items[begin].indent <= items[begin - 1].indent + 1 else begin - 1
        pushed = items[first + 1 : end]
        deeper = all(item.indent > items[first].indent + 1 and item.mark == items[first].mark for item in pushed)
        if pushed and deeper and _are_siblings(items, first, pushed):
            shift = pushed[0].indent - items[first].indent
            items[first + 1 : end] = [replace(item, indent=max(item.indent - shift, 0)) for item in pushed]
    return items


def _are_siblings(items: list[Piece], first: int, pushed: list[Piece]) -> bool:
    """Whether pushed-in items read like the one above them, which does not lead to them."""
    above = items[first].words.strip()
    if _LEADING_ON.search(above):
        return False
    if is_ended(above):
        return True
    level = [item.words for item in items[:first] if abs(item.indent - items[first].indent) <= 1]
    unended = sum(not is_ended(words) for words in level)
    return unended * 2 > len(level) and starts_lower(above) == starts_lower(pushed[0].words)


def goes_on(value: str, text: str) -> bool:
    """Whether a paragraph goes on with the line above it: that one is incomplete, or this one begins in mid-sentence."""
    if value.endswith(("...", "…")):
        return True
    return not is_ended(value) and (starts_lower(text) or value.endswith(",") or bool(_LEADING_ON.search(value)))


# From pieces to prose


@dataclass
class _Level:
    """A list being built: where its items stand, and what they are marked with."""

    indent: int
    mark: str
    start: int
    last: int
    items: list[list["str | _Level"]]

    def html(self) -> str:
        tag = "ol" if self.mark == "1." else "ul"
        start = f' start="{self.start}"' if tag == "ol" else ""
        items = ("".join(part if isinstance(part, str) else part.html() for part in item) for item in self.items)
        return f"<{tag}{start}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def prose_of(pieces: Sequence[Piece]) -> str:
    """The canonical prose of pieces: paragraphs, and lists nested by indentation or by their bullets."""
    out: list[str | _Level] = []
    stack: list[_Level] = []
    for piece in pieces:
        if piece.is_item:
            _place(piece, stack, out)
            continue
        while stack and piece.indent < stack[-1].indent + 2:
            stack.pop()
        text = f"<p>{inline.markup(piece.text)}</p>"
        if piece.role is not Role.TEXT:
            stack.clear()
            text = piece.text if piece.role is Role.HTML else text
        if stack:
            stack[-1].items[-1].append(text)
        else:
            out.append(text)
    return prose.canonical("".join(part if isinstance(part, str) else part.html() for part in out))


def _place(piece: Piece, stack: list[_Level], out: list["str | _Level"]) -> None:
    """An item put into the list it belongs to, or into a new one."""
    while stack and piece.indent < stack[-1].indent - 1:
        stack.pop()
    deeper = bool(stack) and piece.indent > stack[-1].indent + 1
    if stack and not deeper:
        deeper = _goes_below(piece, stack)
    text = f"<p>{inline.markup(piece.text)}</p>"
    if stack and not deeper and _goes_on(piece, stack[-1]):
        stack[-1].items.append([text])
        stack[-1].last = piece.number
        return
    if stack and not deeper:
        stack.pop()
    level = _Level(piece.indent, piece.mark, piece.number, piece.number, [[text]])
    (stack[-1].items[-1] if stack else out).append(level)
    stack.append(level)


def _goes_below(piece: Piece, stack: list[_Level]) -> bool:
    """Whether an item at the same indentation is of a lower level by its bullet; levels it has left are closed."""
    for above, level in enumerate(reversed(stack)):
        if abs(level.indent - piece.indent) > 1:
            break
        if level.mark == piece.mark:
            del stack[len(stack) - above :]
            return False
    current = stack[-1]
    if "1." in (piece.mark, current.mark):
        leads = str(current.items[-1][0]).removesuffix("</p>").rstrip().endswith(":")
        return current.mark == "1." and leads
    return _RANKS.get(piece.mark, 1) > _RANKS.get(current.mark, 1)


def _goes_on(piece: Piece, level: _Level) -> bool:
    if piece.mark == level.mark != "1.":
        return True
    if "1." in (piece.mark, level.mark):
        return piece.mark == level.mark and (piece.number == level.last + 1 or piece.number == level.last == 1)
    return _RANKS.get(piece.mark, 1) == _RANKS.get(level.mark, 1)
