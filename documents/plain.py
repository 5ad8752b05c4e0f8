"""Plain: a document as text in the shape of the paper form, which `documents.reader` reads back to the same boxes."""

import html
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from documents import prose
from documents.document import FORMAT, Document
from documents.form import Box, Form, Kind, OnPaper, Section
from documents.reader import SUPERVISOR, NotAProposal, read
from documents.reading import inline
from documents.reading.lines import Line, lines_of
from documents.reading.lists import prose_of
from documents.reading.repair import LONGEST_BROKEN, Width, pieces_of, starts_lower, unmarked


def as_text(document: Document, *, mark: str = "") -> str:
    """A document as text: headings, labels, fixed leads and answers, with Markdown for lists, emphasis and links.

    Args:
        document: what to write.
        mark: a line before everything else: "Draft – not for publication".

    Returns:
        The text. Read back it gives the same boxes: an answer that would not (it looks like a label, say) is written
        so that nothing in it can be taken for anything else.
    """
    guarded: set[str] = set()
    for _ in range(3):
        text = _Writing(document, mark, guarded).text()
        try:
            boxes = read(text.encode(), document.form).boxes
        except NotAProposal:  # longer than any proposal
            break
        changed = {name for name, value in boxes.items() if value != document[name]}
        if changed <= guarded:
            break
        guarded |= changed | (set(SUPERVISOR) if changed & set(SUPERVISOR) else set())
    return text


class _Writing:
    """Writes one document; the answers of guarded boxes in a way nothing can mistake."""

    def __init__(self, document: Document, mark: str, guarded: set[str]) -> None:
        self.document = document
        self.form: Form = document.form
        self.mark = mark
        self.guarded = guarded

    def text(self) -> str:
        """The whole text."""
        blocks = [self.mark, self.form.letterhead, f"# {self.form.title.upper()} {self.form.subtitle}"]
        for section in self.form.sections:
            blocks += ["---", f"## {section.heading.upper()}", *self._section(section)]
        blocks += ["---", *self.form.closing, f"<!-- {FORMAT} {self.form.language} -->"]
        return "\n\n".join(filter(None, blocks)) + "\n"

    def _section(self, section: Section) -> Iterator[str]:
        names = [box.name for box in section.boxes]
        if "supervision_note" in names:
            yield self._prose(self.form.boxes["supervision_note"])
        for box in section.boxes:
            if box.name == SUPERVISOR[0]:
                yield from self._supervisor(box)
            elif box.name in SUPERVISOR or box.name == "supervision_note":
                continue
            elif box.kind is Kind.PROSE:
                yield from self._labelled_prose(section, box)
            else:
                yield f"**{box.label}:** {' '.join(filter(None, (box.fixed, self._line(box.name))))}"

    def _line(self, name: str) -> str:
        value = self.document[name]
        return _guarded(value) if name in self.guarded else _escaped(value)

    def _supervisor(self, first: Box) -> Iterator[str]:
        values = [self._line(name) for name in SUPERVISOR]
        yield f"**{first.group}:**"
        if not self.guarded & set(SUPERVISOR):
            yield ", ".join(filter(None, values))
            return
        for name, value in zip(SUPERVISOR, values, strict=True):
            if value:
                yield f"{self.form.boxes[name].label}: {value}"

    def _labelled_prose(self, section: Section, box: Box) -> Iterator[str]:
        value = self.document[box.name]
        peers = [other for other in section.boxes if other.group == box.group and box.group]
        if peers and peers[0] is box:
            yield f"### {box.group}:"
        if peers and (value or peers[0] is box):
            yield f"{box.label}:"
        elif not peers and self._prints_label(section, box):
            yield f"### {box.label}:"
        if value and box.lead and (box.name in self.guarded or not prose.has_lead(value)):
            yield box.lead
        yield self._prose(box)

    def _prints_label(self, section: Section, box: Box) -> bool:
        filled = [other.name for other in section.boxes if self.document[other.name]]
        if box.label_on_paper is OnPaper.IF_SEVERAL:
            return box.name in filled and filled != [section.boxes[0].name]
        return box.label_on_paper is OnPaper.ALWAYS

    def _prose(self, box: Box) -> str:
        value = self.document[box.name]
        if box.name in self.guarded:
            return value
        for careful in (False, True):
            text = "\n\n".join("\n".join(_lines(block, careful)) for block in prose.blocks(value))
            if prose_of(pieces_of(lines_of(text), Width())) == value:
                return text
        return value


def _lines(block: prose.Block, careful: bool) -> Iterator[str]:
    """The lines of a paragraph or list; with care, none of them goes on with the one above it."""
    if isinstance(block, prose.Paragraph):
        yield from _paragraph(block, careful)
        return
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else "- "
        begun = False
        for part in item.content:
            if begun and isinstance(part, prose.Paragraph):
                yield ""
            for line in _lines(part, careful and begun):
                yield (" " * len(mark) if begun else mark) + line
                begun = True


def _paragraph(block: prose.Paragraph, careful: bool) -> Iterator[str]:
    """The lines of a paragraph, a line break after each but the last."""
    lines: list[list[prose.Run]] = [[]]
    for run in block.runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    text = ""
    for at, line in enumerate(lines):
        text = _unmistakable(_marked(line), careful or len(text) >= LONGEST_BROKEN)
        yield text if at == len(lines) - 1 else f"{text}  "


MARKDOWN = {"strong": ("**", "**"), "em": ("*", "*")}
TAGS = {"strong": ("<strong>", "</strong>"), "em": ("<em>", "</em>")}


def _marked(line: Sequence[prose.Run]) -> str:
    """A line's runs with Markdown's marks, or with tags where marks would be misread."""
    text = _wrapped(line, MARKDOWN, _link)
    wanted = _wrapped(line, TAGS, _tagged_link)
    return text if prose.canonical(inline.markup(text)) == prose.canonical(inline.markup(wanted)) else wanted


def _wrapped(line: Sequence[prose.Run], marks: Mapping[str, tuple[str, str]], link: Callable[[str], tuple[str, str]]) -> str:
    """A line's runs, each mark opened where it begins and closed where it ends: a link outside, italic inside."""
    out: list[str] = []
    opened: list[str] = []
    for run in (*line, prose.Run("")):
        wanted = ([run.href] if run.href else []) + sorted(run.marks, reverse=True)
        shared = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(opened, wanted, strict=False)))
        out += [(marks.get(name) or link(name))[1] for name in reversed(opened[shared:])]
        out += [(marks.get(name) or link(name))[0] for name in wanted[shared:]]
        out.append(_escaped(run.text))
        opened = wanted
    return "".join(out)


def _link(href: str) -> tuple[str, str]:
    target = re.sub(r"([()<>\\])", r"\\\1", href)
    return "[", f"]({target})"


def _tagged_link(href: str) -> tuple[str, str]:
    return f'<a href="{html.escape(href)}">', "</a>"


def _escaped(text: str) -> str:
    """Text in which no character is taken for a mark."""
    return re.sub(r"([\\*_\[\]`<&])", r"\\\1", text)


def _unmistakable(line: str, careful: bool) -> str:
    """A line that is not taken for a list item, a heading or a page number; with care, nor for the rest of the line above."""
    if number := re.match(r"(\d{1,3})([.)])(\s)", line):
        return f"{number[1]}\\{line[number.end(1) :]}"
    misread = unmarked(line)[0] or lines_of(f"\n{line}\n")[1] != Line(line)
    if misread or (careful and starts_lower(line)):
        found = re.search(r"[^\W_]", line) or re.search(r"[^*\[\\]", line)
        at = found.start() if found and line[0] in "\\*[(“\"'‘«" else 0
        return f"{line[:at]}&#{ord(line[at])};{line[at + 1 :]}"
    return line


def _guarded(text: str) -> str:
    """A line in which every letter that could begin something, and every mark, is written as a number."""
    return re.sub(r"[^\w\s]|^\w|(?<=\s)\w", lambda found: f"&#{ord(found[0])};", text)
