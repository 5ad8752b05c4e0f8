"""Repair: the lines of text converted from PDF or Word, brought back to the paragraphs and items their author wrote.

Repaired is what a converter breaks (paragraphs cut by a page, empty bullets, list levels pushed in) and nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from documents import prose
from documents.reading import inline
from documents.reading.lines import Line, Role

LONGEST_BROKEN = 60  # a line of sixty characters that is cut in mid-sentence was wrapped, whatever break stands after it
LONGEST_END = 500  # as much of a paragraph's end as shows whether its sentence is complete

_GLYPHS = "•●▪■◦○□‣⁃∙·➢➤►▶→➔❖◆✓✔☐☑☒§\uf0b7\uf0a7\uf0d8\uf0fc"
_BULLET = re.compile(rf"(?P<mark>[-*+](?=\s|$)|[–—−](?=\s|$)|[-–](?=[A-ZÀ-Þ])|[{_GLYPHS}]|o(?=\t|\s\s|$)|o(?=\s[^\W\d_]))\s*")
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)][ \t]+(?=\S)")
_LETTERED = re.compile(
    r"\((?:[a-zA-Z]|[ivxIVX]{1,4}|\d{1,2})\)\s|(?:[a-z]|[ivx]{1,4})\)\s|(?:[a-z]|[ivx]{1,4})\.\s+(?=[A-ZÀ-Þ][\w’'])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)|\S+@\S+")


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
    sign: str = ""  # the number as typed: "1)"
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
    counted: bool = False  # every line was wrapped at this very number of characters

    def fill(self, last: Line, line: Line) -> float:
        """How full the line above would have been with the next line's first word on it."""
        if not self.characters:
            return 0
        text = f"{last.text[-300:]} {_first_word(line)}"
        before = last.indent + last.taken
        characters = (before + len(text)) / self.characters
        if self.counted:
            return characters if characters > 1 else 0
        return max(characters, (before / 2 + as_wide_as(text)) / self.letters)


FULL = 0.9  # filled so far, the next word had no room: the line was wrapped
LONG = 0.8  # filled so far, it may have been
WIDEST = 160  # characters; no page holds a wider line


def _first_word(line: Line) -> str:
    return line.text.lstrip().partition(" ")[0][:100]


def as_wide_as(text: str) -> float:
    """The width of a text in letters of middling width."""
    narrow = len(re.findall(r"[iljtfrI.,:;'|!() ]", text))
    wide = len(re.findall(r"[mwA-HJ-Z@—…]", text))
    return len(text) - 0.45 * narrow + 0.3 * wide


def width_of(lines: Sequence[Line]) -> Width:
    """The width at which the lines of a file were wrapped, seen where a sentence goes on in the next line."""
    wrapped = [
        (line, following)
        for line, following in zip(lines, lines[1:], strict=False)
        if line.role is following.role is Role.TEXT
        and len(line.text) <= WIDEST
        and not line.hard
        and not unmarked(following.text)[0]
        and not is_ended(line.text)
        and starts_lower(following.text)
    ]
    too_wide = sum(len(line.text) > WIDEST for line in lines if line.role is Role.TEXT)
    if len(wrapped) <= too_wide:  # the lines are paragraphs
        return Width()
    characters = max(line.indent + len(line.text) for line, _ in wrapped)
    letters = max(line.indent / 2 + as_wide_as(line.text) for line, _ in wrapped)
    unfilled = sum(line.indent + len(f"{line.text} {_first_word(following)}") <= characters for line, following in wrapped)
    return Width(characters, letters, len(wrapped) >= FEWEST and unfilled * 20 <= len(wrapped))


FEWEST = 12  # wrapped lines that show a habit


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
        return _Open(
            replace(piece, mark="1.", number=int(found["number"]), sign=found[0].strip()), line, [line.text[found.end() :]]
        )
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
    if _stands_apart(current, line) or _begins_anew(line, current, width):
        return None
    fill, ended = width.fill(last, line), is_ended(last.text)
    if fill >= FULL or (starts_lower(line.text) and (not ended or fill >= LONG)):
        return _joint(last.text, line.text)
    if ended or starts_lower(line.text):
        return None
    if fill >= LONG or not line.text[:1].isalpha() or _LEADING_ON.search(last.text):
        return " "
    if len("".join(current.parts)) >= LONGEST_BROKEN and (width.counted or not width.characters):
        return None
    return None if current.piece.is_item and line.indent <= current.piece.indent else "\n"


_WHOLLY_BOLD = re.compile(r"(\*\*|__)[^*]+\1:?")


def _stands_apart(current: _Open, line: Line) -> bool:
    """Whether the piece above is emphasised as a whole, like a heading or guidance, and this line is not, or this line alone."""
    if _WHOLLY_BOLD.fullmatch(current.last.text) or (_WHOLLY_BOLD.fullmatch(line.text) and not starts_lower(line.text)):
        return True
    whole = re.fullmatch(r"([*_])[^*]*\1", "".join(current.parts))
    return whole is not None and not (starts_lower(line.text) or line.text.startswith(whole[1]))


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
    """What stands between two halves of a sentence: a space, but nothing where a word or an address was parted."""
    if _ADDRESS_CUT.search(first[-LONGEST_END:]) and _ADDRESS_GOES_ON.match(second[:LONGEST_END]):
        return ""
    parted = re.search(r"[^\W\d_]-$", first[-2:]) and starts_lower(second)
    return "" if parted and not re.match(r"(?:and|or|to|et|ou|y|o|e|u)\b", second) else " "


_ADDRESS_CUT = re.compile(r"(?:https?://|www\.)\S*[/_=&?%#-]$")
_ADDRESS_GOES_ON = re.compile(r"[\w-]*[\w][/_=&?%#.-]\w")


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
    r"(?::|\b(?:including|includes?|such as|e\.g\.,?|i\.e\.,?|namely|following|follows|of|to|for|with|on|in|by|and|or|the"
    r"|de|du|des|la|le|les|et|ou|pour|avec|y|o|del|los|las|que|para|con|en))$"
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
    return _without_false_child(items) if not breaks else items


def _without_false_child(items: list[Piece]) -> list[Piece]:
    """A list without breaks, whose last items are all deeper than one that ends as only siblings end: with a semicolon."""
    shallow = min(item.indent for item in items)
    first = max(at for at, item in enumerate(items) if item.indent <= shallow + 1)
    pushed = items[first + 1 :]
    if first and pushed and items[first].words.rstrip().endswith(";") and all(item.mark == items[first].mark for item in pushed):
        shift = min(item.indent for item in pushed) - items[first].indent
        return items[: first + 1] + [replace(item, indent=item.indent - shift) for item in pushed]
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
