"""Tags: the headings, paragraphs, lists and tables that the tags of a PDF make of what its pages draw."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

import pikepdf

from documents.opening.direction import in_reading_order
from documents.opening.drawn import BREAK, DEEPEST, Page, Run
from documents.reading.repair import as_wide_as, is_ended, starts_lower
from documents.room import Refused

TOO_DEEP = "This PDF is too deeply nested to be read."


@dataclass
class Block:
    """A heading, a paragraph, a list or a row, with the runs and the blocks that stand in it.

    A "part" is empty: what stands before it is another part of the file than what stands after it.
    """

    kind: str
    content: "list[Run | Block]" = field(default_factory=list)
    level: int = 0  # of a heading
    label: str | None = None  # of an item; None where one goes on from the page before
    is_answer: bool = False  # it stands where this portal's paper has answers, and nothing else

    @property
    def runs(self) -> list[Run]:
        """Its own text."""
        return [part for part in self.content if isinstance(part, Run)]

    @property
    def blocks(self) -> "list[Block]":
        """What stands in it: items in a list, cells in a row."""
        return [part for part in self.content if isinstance(part, Block)]

    @property
    def number(self) -> int | None:
        """The number before an item; None before one with a bullet."""
        found = re.match(r"\d{1,6}\b", self.label or "")
        return int(found[0]) if found else None

    def all_runs(self) -> Iterator[Run]:
        """The text of everything that stands in it."""
        for part in self.content:
            if isinstance(part, Block):
                yield from part.all_runs()
            elif part.text.strip():
                yield part


class Tags:
    """Goes through the tags of a file in reading order."""

    def __init__(self, pdf: pikepdf.Pdf, pages: Mapping[Any, Page]) -> None:
        self.pages = pages
        self.tree: Any = pdf.Root.StructTreeRoot
        self.roles = {str(name): str(role) for name, role in self.tree.get("/RoleMap", {}).items()}
        self.seen: set[Any] = set()

    def blocks(self) -> list[Block]:
        """Everything that bears a tag, in order; what the end of a page had cut in two is whole."""
        return _whole(paragraphs(self._inside(self.tree, None, (), "")))

    def _inside(self, element: Any, page: Any, above: tuple[str, ...], href: str) -> list[Run | Block]:
        """What stands in an element, with the roles of those it stands in and the address that it leads to."""
        if len(above) > DEEPEST:
            raise Refused(TOO_DEEP)
        page = element.get("/Pg", page)
        kids = _kids(element)
        roles = [self._role(kid) for kid in kids]
        if roles == ["NonStruct"] and above[-1] == "NonStruct" and not _kids(kids[0]):
            return [BREAK]
        out: list[Run | Block] = []
        for at, (kid, role) in enumerate(zip(kids, roles, strict=True)):
            if role:
                out += self._element(kid, role, page, (*above, role), href, leads="Div" in roles[at + 1 :])
            elif isinstance(kid, int) or "/MCID" in kid:
                number, where = (kid, page) if isinstance(kid, int) else (int(kid.MCID), kid.get("/Pg", page))
                drawn = self.pages[where.objgen].tagged.pop(number, [])
                out += [replace(run, text=in_reading_order(run.text), href=href) for run in drawn]
        return out

    def _role(self, kid: Any) -> str:
        """What an element is; nothing for what is no element, or was met already."""
        if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid:
            return ""
        if kid.is_indirect:
            if kid.objgen in self.seen:
                return ""
            self.seen.add(kid.objgen)
        role = str(kid.S)
        return self.roles.get(role, role).removeprefix("/")

    def _element(self, kid: Any, role: str, page: Any, above: tuple[str, ...], href: str, *, leads: bool) -> list[Run | Block]:
        """What an element adds to what it stands in; whether it leads to a division below it tells labels from answers."""
        inside = self._inside(kid, page, above, _target(kid) if role == "Link" else href)
        within = above[-2] if len(above) > 1 else ""
        match role:
            case "P" | "Caption" | "Note":
                return [*paragraphs(inside, is_answer=within == "Div" and "Sect" in above and not leads)]
            case "H" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6":
                return [Block("heading", inside, level=int(role[1:] or 1))]
            case "Div":
                return [*inside, Block("part")]
            case "L":
                return [_list(inside)]
            case "LI":
                label = next((part for part in inside if isinstance(part, Block) and part.kind == "label"), None)
                text = "".join(run.text for run in label.runs).strip() if label else None
                return [Block("item", [part for part in inside if part is not label], label=text)]
            case "Lbl" if within == "LI":
                return [Block("label", inside)]
            case "TR":
                return [Block("row", inside)]
            case "TH" | "TD":
                return [Block("head" if role == "TH" else "cell", inside)]
        return inside


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array | list) else [kids]


def _target(link: Any) -> str:
    """Where a link leads."""
    noted: list[Any] = [kid.Obj for kid in _kids(link) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
    return next((str(note.get("/A", {}).get("/URI", "")) for note in noted), "")


def paragraphs(content: Sequence[Run | Block], *, is_answer: bool = False) -> list[Block]:
    """Blocks alone: the runs that stand between them are paragraphs."""
    out: list[Block] = []
    runs: list[Run | Block] = []
    for part in (*content, None):
        if isinstance(part, Run):
            runs.append(part)
            continue
        if runs:
            out.append(Block("paragraph", runs, is_answer=is_answer))
        if part:
            out.append(part)
        runs = []
    return out


def _list(content: Sequence[Run | Block]) -> Block:
    """A list: what stands in it beside its items belongs to the item above."""
    items: list[Run | Block] = []
    for part in content:
        last = items[-1] if items else None
        if isinstance(part, Block) and part.kind == "item":
            items.append(part)
        elif isinstance(last, Block):
            last.content.append(part)
        else:
            items.append(Block("item", [part]))
    return Block("list", items)


# What the end of a page has cut


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those made whole that the end of a page had cut in two."""
    out: list[Block] = []
    for block in blocks:
        turns = _is_on_next_page(out, block)
        while turns and out[-1].kind == "part":
            out.pop()
        if turns and _goes_on(out[-1], block):
            _add(out[-1], block)
        else:
            out.append(block)
    return out


def _is_on_next_page(blocks: Sequence[Block], block: Block) -> bool:
    before = next((run for earlier in reversed(blocks) for run in earlier.all_runs()), None)
    after = next(block.all_runs(), None)
    return before is not None and after is not None and before.line[0] < after.line[0]


def _goes_on(one: Block, other: Block) -> bool:
    """Whether a block is the rest of the one that ends the page before."""
    if one.kind == other.kind == "list":
        last, first = one.blocks[-1], other.blocks[0]
        return first.label is None or first.number == (last.number and last.number + 1)
    return one.kind == other.kind == "paragraph" and one.is_answer == other.is_answer and _is_cut(one, other)


def _is_cut(one: Block, other: Block) -> bool:
    """Whether a paragraph goes on in another on the next page: its last line had no room for the next word."""
    above, below = _lines(one), _lines(other)
    if min(len(above), len(below)) < FEWEST_LINES:
        return False
    if one.content[-1] is BREAK or (starts_lower(below[0]) and not is_ended(above[-1])):
        return True
    widest = max(map(as_wide_as, above + below))
    return as_wide_as(f"{above[-1]} {below[0].partition(' ')[0]}") > widest * NEARLY


NEARLY = 0.98  # how well the width of a line is known
FEWEST_LINES = 3  # of a paragraph at the foot or at the top of a page of this portal's paper


def _lines(block: Block) -> list[str]:
    """The lines as they are drawn."""
    return ["".join(run.text for run in line) for _, line in groupby(block.all_runs(), lambda run: run.line)]


def _add(one: Block, other: Block) -> None:
    """Adds to a block the rest of it from the next page."""
    if one.kind != "list" or other.blocks[0].label is not None:
        one.content += other.content
        return
    last, (first, *others) = one.blocks[-1], other.content
    for part in first.content if isinstance(first, Block) else ():
        end = last.content[-1] if last.content else None
        if isinstance(part, Block) and isinstance(end, Block) and part.kind == end.kind == "list":
            _add(end, part)
        else:
            last.content.append(part)
    one.content += others
