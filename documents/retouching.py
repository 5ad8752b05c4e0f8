"""Retouching: a few words of prose written anew, made a link or made a list; everything else stays as it is.

Places count characters of the plain text (`prose.text`).
"""

from collections.abc import Callable, Iterator, Sequence

from documents.prose import Block, Item, List, Paragraph, Run, blocks, canonical, serialise

Change = Callable[[Paragraph, int], tuple[Block, ...]]
"""What becomes of a paragraph that begins at a place."""


def replaced(markup: str, start: int, end: int, words: str) -> str:
    """Prose with other words from one place to another; they bear the marks of those they replace."""
    to_write = iter([words])

    def change(paragraph: Paragraph, at: int) -> tuple[Block, ...]:
        runs, length = paragraph.runs, _length(paragraph)
        if end < at or start > at + length or (start == end and not at <= start <= at + length):
            return (paragraph,)
        first, last = max(start - at, 0), min(end - at, length)
        like = next(iter(_cut(runs, first, length)), None) or (runs[-1] if runs else Run(""))
        new = next(to_write, "")
        written = (Run(new, like.marks, like.href),) if new else ()
        return (Paragraph((*_cut(runs, 0, first), *written, *_cut(runs, last, length))),)

    return _changed(markup, change)


def linked(markup: str, start: int, end: int, href: str) -> str:
    """Prose with the words from one place to another made a link."""

    def change(paragraph: Paragraph, at: int) -> tuple[Block, ...]:
        first, last, length = start - at, end - at, _length(paragraph)
        if first < 0 or last > length:
            return (paragraph,)
        link = tuple(Run(run.text, run.marks, href) for run in _cut(paragraph.runs, first, last))
        return (Paragraph((*_cut(paragraph.runs, 0, first), *link, *_cut(paragraph.runs, last, length))),)

    return _changed(markup, change)


def listed(markup: str, start: int, end: int, lines: Sequence[str]) -> str:
    """Prose with the words from one place to another made a list: an item for each line, in whose order they stand there.

    They may stand in several paragraphs, which then make one list; what stands in an item already becomes the line alone.
    """
    left = list(lines)

    def parted(paragraph: Paragraph, at: int) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
        """What stands before the words in a paragraph, each of their lines, and what stands after them."""
        first, last, length = max(start - at, 0), min(end - at, _length(paragraph)), _length(paragraph)
        text, place, found = "".join(run.text for run in paragraph.runs), first, []
        while left and (begin := text.find(left[0], place, max(last, 0))) >= 0:
            place = begin + len(left.pop(0))
            found.append(Paragraph(tuple(_cut(paragraph.runs, begin, place))))
        if not found:
            return [paragraph], [], []
        around = (tuple(_cut(paragraph.runs, 0, first)), tuple(_cut(paragraph.runs, last, length)))
        before, after = ([Paragraph(runs)] if "".join(run.text for run in runs).strip() else [] for runs in around)
        return before, found, after

    def to_list(paragraph: Paragraph, at: int) -> tuple[Block, ...]:
        before, found, after = parted(paragraph, at)
        items = tuple(Item((line,)) for line in found)
        return (*before, *([List(False, 1, items)] if items else []), *after)

    def to_lines(paragraph: Paragraph, at: int) -> tuple[Block, ...]:
        before, found, after = parted(paragraph, at)
        return (*before, *found, *after)

    return _changed(markup, to_list, to_lines)


def _changed(markup: str, change: Change, in_items: Change | None = None) -> str:
    """Prose with what becomes of each paragraph, and of each in a list."""
    at = 0

    def walk(content: tuple[Block, ...], change: Change) -> Iterator[Block]:
        nonlocal at
        for block in content:
            if isinstance(block, Paragraph):
                new = change(block, at)
                at += _length(block) + 1
                yield from new
            else:
                items = tuple(Item(tuple(walk(item.content, in_items or change))) for item in block.items)
                yield List(block.ordered, block.start, items)

    return canonical(serialise(tuple(walk(blocks(markup), change))))


def _length(paragraph: Paragraph) -> int:
    return sum(len(run.text) for run in paragraph.runs)


def _cut(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    """The runs from one character to another."""
    at = 0
    for run in runs:
        text = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if text:
            yield Run(text, run.marks, run.href)
