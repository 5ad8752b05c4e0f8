"""Prose as a flat list of lines, one for each paragraph and list item, and lines made prose again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from documents import prose
from documents.prose import Block, List, Paragraph, Run


@dataclass(frozen=True)
class Level:
    """A list that a line stands in, and the number of the item in it."""

    ordered: bool
    start: int
    number: int


@dataclass(frozen=True)
class Line:
    """A paragraph or the text of a list item, with all that is needed to put it back where it stood.

    Attributes:
        levels: the lists it stands in, the outermost first; none for a paragraph.
        opens: the level from which on its items begin with this line; the number of levels where none does.
        fresh: whether the list at that level begins with it.
    """

    runs: tuple[Run, ...]
    levels: tuple[Level, ...] = ()
    opens: int = 0
    fresh: bool = False

    @property
    def text(self) -> str:
        """Its words; a line break in it is a line feed."""
        return "".join(run.text for run in self.runs)

    @property
    def depth(self) -> int:
        """How many lists it stands in."""
        return len(self.levels)

    @property
    def marker(self) -> str:
        """What stands before it: a bullet, the number of its item, or nothing."""
        if self.opens == self.depth:
            return ""
        return f"{self.levels[-1].number}." if self.levels[-1].ordered else "•"


def lines(markup: str) -> tuple[Line, ...]:
    """The lines of prose in reading order."""
    return tuple(_lines(prose.blocks(markup), ()))


def joined(chosen: Iterable[tuple[Line, bool]]) -> str:
    """Lines as canonical prose; all lines of a text, each following the one before, give that text to the byte.

    Args:
        chosen: each line, and whether it follows the one before it in its own text too. Where it does not, a list that
            began with the line continues the one that is open, so that items of two texts share one list.
    """
    out: list[str] = []
    open_lists: list[bool] = []  # the outermost first; whether each is numbered

    def close(level: int) -> None:
        while len(open_lists) > level:
            out.append("</li></ol>" if open_lists.pop() else "</li></ul>")

    for line, follows in chosen:
        kinds = [level.ordered for level in line.levels]
        level = 0
        while level < min(line.opens, len(open_lists)) and open_lists[level] == kinds[level]:
            level += 1
        if level == line.opens < len(kinds) and open_lists[level : level + 1] == kinds[level : level + 1]:
            if not (line.fresh and follows):
                close(level + 1)
                out.append("</li><li>")
                level += 1
        close(level)
        for new in line.levels[level:]:
            out.append(f'<ol start="{new.start}"><li>' if new.ordered else "<ul><li>")
            open_lists.append(new.ordered)
        out.append(f"<p>{prose.inline(line.runs)}</p>")
    close(0)
    return prose.canonical("".join(out))


def _lines(content: tuple[Block, ...], levels: tuple[Level, ...]) -> Iterator[Line]:
    for part in content:
        if isinstance(part, Paragraph):
            yield Line(part.runs, levels, len(levels))
        else:
            yield from _items(part, levels)


def _items(part: List, levels: tuple[Level, ...]) -> Iterator[Line]:
    for place, item in enumerate(part.items):
        first, *more = _lines(item.content, (*levels, Level(part.ordered, part.start, part.start + place)))
        yield replace(first, opens=len(levels), fresh=place == 0)
        yield from more
