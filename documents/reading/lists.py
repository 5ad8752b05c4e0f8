"""Lists: paragraphs and list items put together as canonical prose, nested by indentation or by their bullets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents import prose
from documents.reading import inline
from documents.reading.lines import Role
from documents.reading.repair import Piece

_ORDERED = ("1.", "a.", "i.")
"""The marks of lists that are counted: by numbers, letters, Roman numerals."""

_RANKS = {"-": 2, "–": 2, "—": 2, "−": 2, "*": 2, "+": 2, "o": 3, "◦": 3, "○": 3, "▪": 4, "■": 4, "□": 4, "§": 4, "\uf0a7": 4}
"""The level a bullet stands for where all stand at the same indentation; the round ones are the first."""


@dataclass
class _Level:
    """A list being built: where its items stand, and what they are marked with."""

    indent: int
    mark: str
    start: int
    last: int
    items: list[list["str | _Level"]]

    def html(self) -> str:
        tag = "ol" if self.mark in _ORDERED else "ul"
        start = f' start="{self.start}"' if tag == "ol" else ""
        items = ("".join(part if isinstance(part, str) else part.html() for part in item) for item in self.items)
        return f"<{tag}{start}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"


def prose_of(pieces: Sequence[Piece]) -> str:
    """The canonical prose of pieces: paragraphs, and lists nested by indentation or by their bullets."""
    out: list[str | _Level] = []
    stack: list[_Level] = []
    for piece in _numbered_by_hand(pieces):
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
    if {piece.mark, current.mark}.intersection(_ORDERED):
        leads = str(current.items[-1][0]).removesuffix("</p>").rstrip().endswith(":")
        return current.mark in _ORDERED and leads
    return _RANKS.get(piece.mark, 1) > _RANKS.get(current.mark, 1)


def _goes_on(piece: Piece, level: _Level) -> bool:
    if piece.mark == level.mark and piece.mark not in _ORDERED:
        return True
    if {piece.mark, level.mark}.intersection(_ORDERED):
        return piece.mark == level.mark and (piece.number == level.last + 1 or piece.number == level.last == 1)
    return _RANKS.get(piece.mark, 1) == _RANKS.get(level.mark, 1)


# Numbers and letters typed by hand

_BY_HAND = re.compile(
    r"\(?(?P<sign>\d{1,2}|[a-z]|[ivx]{1,5}|[A-Z]|[IVX]{1,5})(?:\)|(?<!\()\.)(?:\s+|(?<=\d[).])(?=[^\W\d]))(?=\S)"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii")
FEWEST_BY_HAND = 3  # items; two paragraphs with letters may be anything


def _numbered_by_hand(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with paragraphs that begin with running letters or numbers ("a)", "b)" …) made the items of a list.

    A lone number that opens a list within its own paragraph ("1) this; 2) that") stays the beginning of a paragraph.
    """
    below = [*(piece.number for piece in pieces[1:]), 0]
    out = [
        _as_paragraph(piece) if number != 2 and _counts_on(piece) else piece for piece, number in zip(pieces, below, strict=False)
    ]
    at = 0
    while at < len(out):
        run = max((_run(out, at, mark) for mark in _ORDERED), key=len)
        if len(run) >= FEWEST_BY_HAND:
            out[at : at + len(run)] = run
        at += max(len(run), 1)
    return out


def _run(pieces: Sequence[Piece], start: int, mark: str) -> list[Piece]:
    """The paragraphs from a place on that are counted from one on, as items."""
    items: list[Piece] = []
    for at in range(start, len(pieces)):
        piece = pieces[at]
        found = _BY_HAND.match(piece.text) if piece.role is Role.TEXT and not piece.is_item else None
        if not found or _count(found["sign"].lower(), mark) != len(items) + 1 or len(found[0]) == len(piece.text):
            break
        items.append(replace(piece, text=piece.text[found.end() :], mark=mark, number=len(items) + 1, sign=found[0].strip()))
    return items


def _count(sign: str, mark: str) -> int:
    """The number that a sign stands for, counted by numbers, letters or Roman numerals; 0 if it is none of that kind."""
    if mark == "1.":
        return int(sign) if sign.isdigit() else 0
    if mark == "i.":
        return _ROMAN.index(sign) + 1 if sign in _ROMAN else 0
    return ord(sign) - ord("a") + 1 if len(sign) == 1 and sign.isalpha() else 0


def _counts_on(piece: Piece) -> bool:
    """Whether an item with the number one goes on with number two in its own text."""
    return piece.sign in ("1)", "1.") and bool(
        re.search(rf"[;,.]\s+(?:and\s+|et\s+|y\s+)?2{re.escape(piece.sign[1])}\s", piece.text)
    )


def _as_paragraph(piece: Piece) -> Piece:
    return replace(piece, text=f"{piece.sign} {piece.text}", mark="", number=0)
