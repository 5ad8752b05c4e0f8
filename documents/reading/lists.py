"""Lists: paragraphs and list items put together as canonical prose, nested by indentation or by their bullets."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents import prose
from documents.reading import inline
from documents.reading.lines import Role
from documents.reading.repair import Piece

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
