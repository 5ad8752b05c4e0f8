"""Prose: the small, canonical HTML that every text box holds, and the little tree behind it.

Stored prose knows paragraphs, bulleted and numbered lists (nested as deep as anybody wrote them), bold, italic, line
breaks and web or mail links; nothing else. Equal text is equal bytes: `canonical(canonical(x)) == canonical(x)`.
"""

import html
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

PARAGRAPHS = frozenset(
    "address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr legend main nav p pre section summary table tbody td tfoot th thead tr".split()
)
"""Tags at which a new paragraph begins, so that no two words are glued when the tag is dropped."""
MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "br", "a"}
SCHEMES = {"http", "https", "mailto"}
DEEPEST = 12  # a list nested deeper is kept at this depth: no page and no renderer holds more
DEEPEST_TAGS = 100  # the cleaner's time grows with the square of the depth

_DROPPED = dict.fromkeys(
    [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]  # control characters
    + [0xAD, 0x200B, 0x2060, 0xFEFF]  # soft hyphen, zero-width space, word joiner, byte order mark
    + [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]  # marks that turn the reading direction
    + [*range(0xD800, 0xE000), 0xFFFE, 0xFFFF]  # halves of characters, no characters
)
_DROPPED |= {0x0B: " ", 0x0C: " ", 0x85: " ", 0x2028: " ", 0x2029: " "}  # these part words
_SPACE = " \t\r\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPACES = re.compile(f"[{_SPACE}]+")


@dataclass(frozen=True)
class Run:
    """A stretch of text with the same marks; a line break is a run whose text is a line feed."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of runs."""

    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Item:
    """A list item: its text and the lists nested in it, in reading order."""

    content: tuple["Paragraph | List", ...]


@dataclass(frozen=True)
class List:
    """A bulleted or numbered list."""

    ordered: bool
    start: int
    items: tuple[Item, ...]


Block = Paragraph | List


def clean_line(text: str) -> str:
    """A one-line answer: one line, single spaces, no control characters, composed characters."""
    return _collapsed(_cleaned(text)).strip(_SPACE)


def canonical(markup: str) -> str:
    """Any HTML brought to the canonical prose that says the same; what is not allowed goes, its words stay."""
    return serialise(blocks(markup))


def from_typed(text: str) -> str:
    """What was typed into a plain text area: canonical prose if it holds an allowed tag, else paragraphs and "- " lists."""
    if re.search(rf"</?({'|'.join(sorted(ALLOWED))})(\s[^<>]*)?/?>", text, re.IGNORECASE):
        return canonical(text)
    return from_plain(text)


def from_plain(text: str) -> str:
    """Plain text as canonical prose: a blank line parts paragraphs, lines that begin with "- " or "• " are a list."""
    parts: list[str] = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        open_list = False
        lines: list[str] = []
        for line in filter(str.strip, chunk.split("\n")):
            bullet = re.match(r"\s*[-•–]\s+(.*)", line)
            if bullet and not open_list:
                parts += ["<p>" + "<br>".join(lines) + "</p>", "<ul>"]
                lines, open_list = [], True
            if bullet:
                parts.append(f"<li>{html.escape(bullet[1])}</li>")
            elif open_list:
                parts.insert(len(parts), f"</ul><p>{html.escape(line)}</p>")
                open_list = False
            else:
                lines.append(html.escape(line))
        parts.append("</ul>" if open_list else "<p>" + "<br>".join(lines) + "</p>")
    return canonical("".join(parts))


def appended(markup: str, more: str) -> str:
    """Prose with more prose at its end; a list goes on in a list of its kind that ends the text."""
    before, after = blocks(markup), blocks(more)
    last, first = (before or (None,))[-1], (after or (None,))[0]
    if isinstance(last, List) and isinstance(first, List) and last.ordered == first.ordered:
        return serialise((*before[:-1], List(last.ordered, last.start, last.items + first.items), *after[1:]))
    return serialise(before + after)


def pieces(markup: str) -> Iterator[str]:
    """The paragraphs and list items of prose, each as prose of its own."""
    for block in blocks(markup):
        if isinstance(block, Paragraph):
            yield serialise((block,))
        else:
            yield from (serialise((List(block.ordered, 1, (item,)),)) for item in block.items)


def text(markup: str) -> str:
    """The plain text of prose: a line for each paragraph, list item and line break."""
    return plain(blocks(markup))


def plain(tree: tuple[Block, ...]) -> str:
    """The plain text of a tree, as `text` gives that of prose."""
    return "\n".join(_lines(tree))


def paragraphs(tree: tuple[Block, ...]) -> Iterator[Paragraph]:
    """The paragraphs of a tree in reading order, those of list items among them."""
    for block in tree:
        if isinstance(block, Paragraph):
            yield block
        else:
            for item in block.items:
                yield from paragraphs(item.content)


def words(markup: str) -> list[str]:
    """The words of prose, in reading order."""
    return text(markup).split()


def has_lead(markup: str) -> bool:
    """Whether prose opens with a lead of its own: a paragraph that ends in a colon before its first list."""
    for block in blocks(markup):
        if isinstance(block, List):
            return False
        if "".join(run.text for run in block.runs).rstrip().endswith(":"):
            return any(isinstance(later, List) for later in blocks(markup))
    return False


def safe(markup: str) -> str:
    """Prose with anything dangerous taken out once more, for output: nothing stored is trusted."""
    return nh3.clean(markup, tags=ALLOWED, attributes={"a": {"href"}, "ol": {"start"}}, url_schemes=SCHEMES, link_rel=None)


def directed(markup: str) -> str:
    """Prose whose paragraphs and lists say that they run from the right, where their first letter does."""
    if not _FROM_RIGHT.search(markup):
        return markup
    parts = [serialise((block,)) for block in blocks(markup)]
    return "".join(part.replace(">", ' dir="rtl">', 1) if _runs_from_right(text(part)) else part for part in parts)


def blocks(markup: str) -> tuple[Block, ...]:
    """The tree of any HTML: paragraphs and lists in reading order."""
    builder = _Builder()
    builder.feed(
        nh3.clean(
            _shallow(_cleaned(markup)),
            tags=ALLOWED | PARAGRAPHS | set(MARKS),
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes=SCHEMES,
            link_rel=None,
        )
    )
    builder.close()
    return builder.result()


def serialise(tree: tuple[Block, ...]) -> str:
    """The canonical HTML of a tree."""
    return "".join(f"<p>{inline(block.runs)}</p>" if isinstance(block, Paragraph) else _list(block) for block in tree)


_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def _runs_from_right(words: str) -> bool:
    """Whether the first letter is of a script that is written from the right to the left."""
    turns = map(unicodedata.bidirectional, words)
    return next((turn for turn in turns if turn in ("L", "R", "AL")), "L") != "L"


def _cleaned(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_DROPPED))


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_NEST = (PARAGRAPHS | ALLOWED | set(MARKS)) - {"p", "li", "br"}  # a new paragraph or item ends the one before


def _shallow(markup: str) -> str:
    """Markup without the tags nested absurdly deep; where a paragraph would have begun, one still does."""
    if markup.count("<") < DEEPEST_TAGS:
        return markup
    opened, dropped = Counter[str](), Counter[str]()

    def kept(found: re.Match[str]) -> str:
        closing, tag = found[1], found[2].lower()
        if tag not in _NEST and tag not in ("span", "font", "u"):
            return found[0]
        if not closing and opened.total() < DEEPEST_TAGS:
            opened[tag] += 1
            return found[0]
        if closing and not dropped[tag]:
            opened[tag] -= opened[tag] > 0
            return found[0]
        dropped[tag] += -1 if closing else 1
        return "<p>" if tag in PARAGRAPHS else ""

    return _TAG.sub(kept, markup)


def _collapsed(text: str) -> str:
    return _SPACES.sub(_one_space, text)


def _list(block: List) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    return f"<{tag}{start}>{''.join(f'<li>{_item(item)}</li>' for item in block.items)}</{tag}>"


def _item(item: Item) -> str:
    return "".join(inline(part.runs) if isinstance(part, Paragraph) else _list(part) for part in item.content)


def inline(runs: tuple[Run, ...]) -> str:
    """Runs as HTML, tags nested in one fixed order (a, strong, em) and opened once for neighbours that share them."""
    out: list[str] = []
    open_tags: list[str] = []
    for run in runs:
        wanted = ([f'a href="{html.escape(run.href)}"'] if run.href else []) + sorted(run.marks, reverse=True)
        shared = 0
        while shared < min(len(open_tags), len(wanted)) and open_tags[shared] == wanted[shared]:
            shared += 1
        out += [f"</{tag.split()[0]}>" for tag in reversed(open_tags[shared:])]
        out += [f"<{tag}>" for tag in wanted[shared:]]
        out.append("<br>" if run.text == "\n" else html.escape(run.text, quote=False))
        open_tags = wanted
    return "".join(out + [f"</{tag.split()[0]}>" for tag in reversed(open_tags)])


def _lines(tree: tuple[Block, ...]) -> Iterator[str]:
    for paragraph in paragraphs(tree):
        yield from "".join(run.text for run in paragraph.runs).split("\n")


@dataclass
class _OpenList:
    ordered: bool
    start: int
    items: list["_OpenItem"] = field(default_factory=list)


@dataclass
class _OpenItem:
    content: list["list[Run] | _OpenList"] = field(default_factory=list)


class _Builder(HTMLParser):
    """Walks cleaned HTML once, without recursion, and builds the tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[Run] | _OpenList] = []
        self.lists: list[_OpenList] = []
        self.runs: list[Run] | None = None  # the paragraph that text goes to, if one is open
        self.marks = Counter[str]()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self.marks[MARKS[tag]] += 1
        elif tag == "a":
            target = re.sub(r"\s+", "", dict(attrs).get("href") or "")
            self.hrefs.append(target if target.lower().startswith(tuple(f"{scheme}:" for scheme in SCHEMES)) else "")
        elif tag == "br":
            self._paragraph().append(Run("\n"))
        elif tag in ("ul", "ol"):
            self._open_list(tag == "ol", dict(attrs).get("start"))
        elif tag == "li":
            self.runs = None
            if not self.lists:
                self._open_list(False, None)
            self.lists[-1].items.append(_OpenItem())
        else:
            self.runs = None

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            self.marks[MARKS[tag]] -= self.marks[MARKS[tag]] > 0
        elif tag == "a":
            if self.hrefs:
                self.hrefs.pop()
        elif tag in ("ul", "ol"):
            self.runs = None
            if self.lists:
                self.lists.pop()
        elif tag != "br":
            self.runs = None

    def handle_data(self, data: str) -> None:
        data = data.replace("\n", " ")  # only a tag breaks a line
        if data.strip(_SPACE) or self.runs:
            self._paragraph().append(Run(data, frozenset(+self.marks), self.hrefs[-1] if self.hrefs else ""))

    def result(self) -> tuple[Block, ...]:
        return _closed(self.blocks)

    def _open_list(self, ordered: bool, start: str | None) -> None:
        number = int(start) if start and re.fullmatch(r"-?\d{1,6}", start) else 1
        self.runs = None
        if len(self.lists) >= DEEPEST:
            self.lists.append(self.lists[-1])
            return
        opened = _OpenList(ordered, number)
        if not self.lists:
            self.blocks.append(opened)
        else:
            items = self.lists[-1].items
            if not items:
                items.append(_OpenItem())
            items[-1].content.append(opened)
        self.lists.append(opened)

    def _paragraph(self) -> list[Run]:
        if self.runs is None:
            self.runs = []
            if not self.lists:
                self.blocks.append(self.runs)
            else:
                if not self.lists[-1].items:
                    self.lists[-1].items.append(_OpenItem())
                self.lists[-1].items[-1].content.append(self.runs)
        return self.runs


def _closed(content: list[list[Run] | _OpenList]) -> tuple[Block, ...]:
    """The frozen blocks of opened ones: empty ones dropped, lists that continue each other joined."""
    out: list[Block] = []
    for part in content:
        if isinstance(part, _OpenList):
            for block in _closed_list(part):
                previous = out[-1] if out else None
                if isinstance(block, List) and isinstance(previous, List) and _continues(previous, block):
                    out[-1] = List(previous.ordered, previous.start, previous.items + block.items)
                else:
                    out.append(block)
        else:
            out += [Paragraph(runs) for runs in _paragraphs(part)]
    return tuple(out)


def _continues(earlier: List, later: List) -> bool:
    if earlier.ordered != later.ordered:
        return False
    return not later.ordered or later.start == earlier.start + len(earlier.items)


def _closed_list(opened: _OpenList) -> tuple[Block, ...]:
    items: list[Item] = []
    for item in opened.items:
        content = _item_content(item)
        if content and all(isinstance(part, List) for part in content) and items:
            # a list without words of its own before it belongs to the item above
            items[-1] = Item(_joined(items[-1].content + content))
        elif content:
            items.append(Item(content))
    if len(items) == 1 and all(isinstance(part, List) for part in items[0].content):
        return items[0].content  # nothing but a list in a list: one level of it says the same
    return (List(opened.ordered, opened.start, tuple(items)),) if items else ()


def _item_content(item: _OpenItem) -> tuple[Block, ...]:
    return _joined(_closed(item.content))


def _joined(content: tuple[Block, ...]) -> tuple[Block, ...]:
    """An item's content with neighbouring paragraphs made one, parted by line breaks, and continued lists joined."""
    out: list[Block] = []
    for part in content:
        previous = out[-1] if out else None
        if isinstance(part, Paragraph) and isinstance(previous, Paragraph):
            out[-1] = Paragraph((*previous.runs, Run("\n"), *part.runs))
        elif isinstance(part, List) and isinstance(previous, List) and _continues(previous, part):
            out[-1] = List(previous.ordered, previous.start, previous.items + part.items)
        else:
            out.append(part)
    return tuple(out)


def _paragraphs(runs: list[Run]) -> Iterator[tuple[Run, ...]]:
    """The paragraphs of an opened one: two line breaks in a row begin a new one."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    paragraph: list[Run] = []
    for line in map(_tidy, lines):
        if line and paragraph:
            paragraph.append(Run("\n"))
        if not line and paragraph:
            yield _merged(paragraph)
            paragraph = []
        paragraph += line
    if paragraph:
        yield _merged(paragraph)


def _tidy(runs: list[Run]) -> list[Run]:
    """A line's runs with single spaces, none at its ends; a space bears the marks that both its neighbours bear."""
    out: list[Run] = []
    gap = ""
    for run in runs:
        words = run.text.strip(_SPACE)
        if not words:
            gap += run.text
            continue
        at = run.text.index(words[0])
        gap += run.text[:at]
        if gap and out:
            before = out[-1]
            out.append(Run(_collapsed(gap), before.marks & run.marks, before.href if before.href == run.href else ""))
        out.append(Run(_collapsed(words), run.marks, run.href))
        gap = run.text[at + len(words) :]
    return out


def _one_space(gap: re.Match[str]) -> str:
    """A stretch of spaces as one: a no-break space that stands alone stays one (French needs it)."""
    return gap[0] if gap[0] in ("\u00a0", "\u202f") else " "


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    """Runs with neighbours of equal marks made one; a line break stays for itself."""
    groups = itertools.groupby(runs, lambda run: (run.text == "\n", run.marks, run.href))
    return tuple(Run("".join(run.text for run in group), marks, href) for (_, marks, href), group in groups)
