"""A passage: the text of one box as the rules read it, with its paragraphs, items, sentences and words."""

import bisect
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents import prose
from documents.form import Box, Kind
from readiness.wording import Wording

ADDRESS = re.compile(r"@|://|www\.|\.(?:org|com|net|int|edu|gov|html?|pdf|docx?|xlsx?|pptx?|ch|eu|io)(?![a-z])", re.IGNORECASE)
"""What is found in the address of a page or of mail, and in the name of a file."""
OPENING = re.compile(r"(?:\S+\s+){0,11}\S+")
WORD = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*")


@dataclass(frozen=True)
class Part:
    """A paragraph, or the text of a list item, as a stretch of the passage's text."""

    start: int
    end: int
    text: str
    list: int = 0
    """Which list of the passage it is an item of, counted from 1; 0: none."""
    depth: int = 0
    """How deep its list is nested; 0: it is a paragraph."""
    ordered: bool = False
    has_more: bool = False
    """Whether a list of its own follows in the same item."""


@dataclass(frozen=True)
class Stretch:
    """Some characters of a passage."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, eq=False)
class Passage:
    """The text of one box."""

    box: Box
    section: str
    answer: str
    wording: Wording

    @property
    def language(self) -> str:
        """The language of the form it stands on."""
        return self.wording.form.language

    @property
    def is_prose(self) -> bool:
        """Whether it may hold paragraphs and lists."""
        return self.box.kind is Kind.PROSE

    @functools.cached_property
    def is_empty(self) -> bool:
        """Whether the author has not answered."""
        return self.box.is_empty(self.answer)

    @functools.cached_property
    def blocks(self) -> tuple[prose.Block, ...]:
        """The tree of its prose; nothing for a line."""
        return prose.blocks(self.answer) if self.is_prose else ()

    @functools.cached_property
    def text(self) -> str:
        """The plain text, in which marks count their places."""
        return prose.plain(self.blocks) if self.is_prose else self.answer

    @functools.cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its paragraphs and items in reading order."""
        if not self.is_prose:
            return (Part(0, len(self.text), self.text),)
        return tuple(_parts(self.blocks))

    @functools.cached_property
    def lists(self) -> dict[int, list[Part]]:
        """Its lists: the items of each, in order, without those of lists nested in them."""
        found: dict[int, list[Part]] = {}
        for part in self.parts:
            if part.list:
                found.setdefault(part.list, []).append(part)
        return found

    @functools.cached_property
    def words(self) -> tuple[Stretch, ...]:
        """Its words, without numbers and punctuation."""
        return tuple(Stretch(*word.span(), word[0]) for word in WORD.finditer(self.text))

    @functools.cached_property
    def sentences(self) -> tuple[Stretch, ...]:
        """Its sentences; a paragraph or item ends one."""
        return tuple(sentence for part in self.parts for sentence in _sentences(part))

    def sentences_of(self, part: Part) -> Iterator[Stretch]:
        """The sentences of one paragraph or item."""
        return _sentences(part)

    @functools.cached_property
    def own_sentences(self) -> tuple[Stretch, ...]:
        """The author's own sentences: those that are no guidance left in."""
        return tuple(sentence for sentence in self.sentences if not self.wording.is_guidance(sentence.text))

    def opening(self, start: int, end: int) -> int:
        """Where the first words of a long stretch end: enough to know it again."""
        found = OPENING.match(self.text, start, end)
        return found.end() if found else end

    @functools.cached_property
    def links(self) -> tuple[tuple[Stretch, str], ...]:
        """The words that are links, each with its address."""
        return tuple(_links(self.blocks))

    @functools.cached_property
    def runs(self) -> tuple[tuple[int, int, prose.Run], ...]:
        """Its stretches of equal marks, each with its place; none for a line."""
        return tuple(_runs(self.blocks))

    @functools.cached_property
    def italics(self) -> tuple[tuple[int, int], ...]:
        """The places of what is set in italics."""
        return tuple((start, end) for start, end, run in self.runs if "em" in run.marks)

    def is_even(self, start: int, end: int) -> bool:
        """Whether some characters bear the same marks, so that other words in their place change no more than words."""
        if not self.is_prose:
            return True
        at = bisect.bisect_right(self._run_starts, start) - 1
        return at >= 0 and end <= self.runs[at][1]

    @functools.cached_property
    def _run_starts(self) -> list[int]:
        return [start for start, _, _ in self.runs]

    @functools.cached_property
    def addresses(self) -> tuple[tuple[int, int], ...]:
        """The places of addresses of pages and mail, and of names of files, as they are written: no words, no sentences."""
        if not ADDRESS.search(self.text):
            return ()
        return tuple(chunk.span() for chunk in re.finditer(r"\S+", self.text) if ADDRESS.search(chunk[0]))

    def is_address(self, start: int, end: int) -> bool:
        """Whether some characters touch an address."""
        at = bisect.bisect_left(self.addresses, (end, 0)) - 1
        return at >= 0 and start < self.addresses[at][1]

    def sentence_at(self, place: int) -> Stretch | None:
        """The sentence in which a character stands."""
        at = bisect.bisect_right(self._sentence_starts, place) - 1
        return self.sentences[at] if at >= 0 and place < self.sentences[at].end else None

    @functools.cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def is_linked(self, start: int, end: int) -> bool:
        """Whether words stand in a link."""
        return any(start < link.end and link.start < end for link, _ in self.links)


ABBREVIATIONS = frozenset(
    "e.g i.e etc cf vs no nos art para p pp vol dr mr mrs ms prof st approx incl excl dept govt ed eds al fig ca "  # English
    "p.ex c.-à-d m mm mme mlle env etc n° av chap réf "  # French
    "p.ej sr sra dra dto núm ej aprox ee.uu ud uds".split()  # Spanish
)
"""What ends in a full stop and ends no sentence, without that stop."""
LONGEST_ABBREVIATION = 20
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"”»’)\]]*\s+")


def _sentences(part: Part) -> Iterator[Stretch]:
    """The sentences of a part: a full stop ends one, unless it belongs to an abbreviation or an initial."""
    begin = 0
    for line in re.finditer(r"[^\n]+", part.text):
        begin = line.start()
        for stop in _STOP.finditer(part.text, line.start(), line.end()):
            last = part.text[max(begin, stop.start() - LONGEST_ABBREVIATION) : stop.start()]
            before = last.rpartition(" ")[2].lstrip('(“"«[').casefold()
            if part.text[stop.start()] == "." and (before in ABBREVIATIONS or len(before) == 1 and before.isalpha()):
                continue
            yield _stretch(part, begin, stop.start() + len(stop[0].rstrip()))
            begin = stop.end()
        if begin < line.end():
            yield _stretch(part, begin, line.end())


def _stretch(part: Part, start: int, end: int) -> Stretch:
    return Stretch(part.start + start, part.start + end, part.text[start:end])


def _parts(blocks: tuple[prose.Block, ...]) -> Iterator[Part]:
    counted = 0

    def walk(content: tuple[prose.Block, ...], at: int, inside: int, depth: int, ordered: bool) -> Iterator[Part]:
        nonlocal counted
        for place, block in enumerate(content):
            if isinstance(block, prose.Paragraph):
                text = "".join(run.text for run in block.runs)
                more = bool(inside) and any(isinstance(later, prose.List) for later in content[place + 1 :])
                yield Part(at, at + len(text), text, inside, depth, ordered, more)
                at += len(text) + 1
                continue
            counted += 1
            number = counted
            for item in block.items:
                for part in walk(item.content, at, number, depth + 1, block.ordered):
                    yield part
                    at = part.end + 1

    yield from walk(blocks, 0, 0, 0, False)


def _links(blocks: tuple[prose.Block, ...]) -> Iterator[tuple[Stretch, str]]:
    for start, end, run in _runs(blocks):
        if run.href:
            yield Stretch(start, end, run.text), run.href


def _runs(blocks: tuple[prose.Block, ...]) -> Iterator[tuple[int, int, prose.Run]]:
    at = 0
    for paragraph in prose.paragraphs(blocks):
        for run in paragraph.runs:
            yield at, at + len(run.text), run
            at += len(run.text)
        at += 1
