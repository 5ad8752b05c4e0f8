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
    """Prose with the words from one place to another made a list: an item for each line, in whose order they stand there."""

    def change(paragraph: Paragraph, at: int) -> tuple[Block, ...]:
        first, last, length = start - at, end - at, _length(paragraph)
        if first < 0 or last > length:
            return (paragraph,)
        text, place, items = "".join(run.text for run in paragraph.runs), first, []
        for line in lines:
            place = text.index(line, place)
            items.append(Item((Paragraph(tuple(_cut(paragraph.runs, place, place + len(line)))),)))
            place += len(line)
        before, after = tuple(_cut(paragraph.runs, 0, first)), tuple(_cut(paragraph.runs, last, length))
        around = [Paragraph(runs) if "".join(run.text for run in runs).strip() else None for runs in (before, after)]
        return tuple(block for block in (around[0], List(False, 1, tuple(items)), around[1]) if block)

    return _changed(markup, change)


def _changed(markup: str, change: Change) -> str:
    at = 0

    def walk(content: tuple[Block, ...]) -> Iterator[Block]:
        nonlocal at
        for block in content:
            if isinstance(block, Paragraph):
                new = change(block, at)
                at += _length(block) + 1
                yield from new
            else:
                yield List(block.ordered, block.start, tuple(Item(tuple(walk(item.content))) for item in block.items))

    return canonical(serialise(tuple(walk(blocks(markup)))))


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
