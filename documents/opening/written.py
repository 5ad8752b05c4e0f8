"""Written: the blocks of a PDF as text that the reader reads."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from documents.opening.drawn import BREAK, Run
from documents.opening.tags import Block, paragraphs


def written(blocks: Sequence[Block], ours: bool) -> str:
    """Blocks as text.

    Args:
        ours: whether this portal printed them: then answers are told from labels, and are written so that nothing in
            them can be taken for a label.
    """
    return "\n\n".join(filter(None, (_block(block, ours) for block in blocks)))


def _block(block: Block, ours: bool) -> str:
    match block.kind:
        case "part":
            return "<!-- -->" if ours else ""
        case "heading":
            return f"{'#' * block.level} {_text(block.runs, _escaped, plainly=True)}"
        case "row":
            return f"| {' | '.join(map(_cell, block.blocks))} |"
        case "list":
            return _html(block) if ours else "\n".join(_items(block))
    return _html(block) if ours and block.is_answer else _text(block.runs, _escaped).replace(HTML_BREAK, "  \n")


def _cell(cell: Block) -> str:
    texts = [_text(part.runs, _escaped, plainly=cell.kind == "head") for part in paragraphs(cell.content)]
    return HTML_BREAK.join(texts).replace("|", "\\|")


def _html(block: Block) -> str:
    """A paragraph or list as HTML, on one line."""
    if block.kind != "list":
        return f"<p>{_text(block.runs, html.escape)}</p>"
    number = block.blocks[0].number
    tag, start = ("ul", "") if number is None else ("ol", f' start="{number}"')
    return f"<{tag}{start}>{''.join(map(_item, block.blocks))}</{tag}>"


def _item(item: Block) -> str:
    """An item as HTML; a single paragraph in it needs no tag of its own."""
    inside = paragraphs(item.content)
    single = [part.kind for part in inside].count("paragraph") == 1
    texts = (_text(part.runs, html.escape) if single and part.kind == "paragraph" else _html(part) for part in inside)
    return f"<li>{''.join(texts)}</li>"


def _items(block: Block, indent: str = "") -> Iterator[str]:
    """The lines of a list, nested by indentation."""
    for item in block.blocks:
        mark = "-" if item.number is None else f"{item.number}."
        for part in paragraphs(item.content):
            if part.kind == "list":
                yield from _items(part, f"{indent}  ")
            else:
                yield f"{indent}{mark} {_text(part.runs, _escaped)}"


def _text(runs: Sequence[Run], escaped: Callable[[str], str], *, plainly: bool = False) -> str:
    """Runs with the tags of their marks and links, those of one kind together; lines made whole again."""
    stretches = groupby(_joined(runs), lambda run: (frozenset[str]() if plainly else run.marks, run.href, run is BREAK))
    return "".join(_tagged("".join(escaped(run.text) for run in group), *how) for how, group in stretches)


def _tagged(text: str, marks: frozenset[str], href: str, is_break: bool) -> str:
    if is_break:
        return HTML_BREAK
    for mark in sorted(marks):
        text = f"<{mark}>{text}</{mark}>"
    return f'<a href="{html.escape(href)}">{text}</a>' if href else text


HTML_BREAK = "<br>"


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, and between two lines that only the width of the page had parted what stood there."""
    line, before = "", BREAK
    for run in runs:
        if BREAK not in (run, before) and before.line != run.line:
            alike = (before.marks, before.href) == (run.marks, run.href)
            yield Run(_joint(line, run.text), run.line, *((run.marks, run.href) if alike else ()))
            line = ""
        line, before = (line + run.text if run is not BREAK else ""), run
        yield run


def _joint(line: str, following: str) -> str:
    """What stood between two lines: a space, but nothing where a word, an address or a dash was parted."""
    if " " not in line.strip() and len(line) >= LONGEST_WHOLE:
        return ""
    parted = re.search(r"\S[-‐–—/]$", line) and not re.match(r"(?:and|or|to|et|ou|y|o|e|u)\b", following)
    return "" if parted else " "


LONGEST_WHOLE = 40  # characters; a line that is one longer word is the first part of it


def _escaped(text: str) -> str:
    """Text in which no character is taken for a mark."""
    return re.sub(r"([\\*_\[\]`<&])", r"\\\1", text)
