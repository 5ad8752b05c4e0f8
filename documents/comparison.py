"""What has changed between two texts: lines paired, words marked inside them; and one text composed of two.

`difflib` finds what is common. What it may cost is bounded: where two texts are too odd to be compared word by word in
time, their words are shown as removed and added, which is true of any two texts.
"""

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate, groupby

from django.utils.safestring import SafeString, mark_safe

from documents import prose
from documents.document import Document
from documents.form import Box, Kind, Section
from documents.lines import Line, joined, lines
from documents.prose import Run

ALIKE = 0.4
"""From this share of common words on, two lines are one line that was changed."""
MOST_WORK = 600_000
"""How many pairs of lines and words may be looked at in one comparison; about half a second."""

_WORDS = re.compile(r"\w+|\s|[^\w\s]")


class Sign(StrEnum):
    """What became of a line, or of some of its words."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    FORMATTING = "formatting"


@dataclass(frozen=True)
class Piece:
    """Neighbouring words that stayed, came or went; those that stayed, as they are now and as they were `before`."""

    sign: Sign
    runs: tuple[Run, ...]
    before: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """The words, and the spaces between them."""
        return "".join(run.text for run in self.runs)

    @property
    def html(self) -> SafeString:
        """The words with bold, italic and links."""
        return mark_safe(prose.inline(self.runs))  # noqa: S308 - made of cleaned runs, each escaped


@dataclass(frozen=True)
class Change:
    """One line of two texts: as it was, as it is, and its words with their signs.

    `links` are the addresses that its links lead to no more, and now.
    """

    sign: Sign
    earlier: Line | None
    later: Line | None
    pieces: tuple[Piece, ...]
    links: tuple[tuple[Sign, str], ...] = ()

    @property
    def line(self) -> Line:
        """The line as it is, or as it was if it is no more."""
        line = self.later or self.earlier
        assert line
        return line

    @property
    def differs(self) -> bool:
        """Whether anything about it is another."""
        return self.sign is not Sign.SAME

    @property
    def tag(self) -> str:
        """The word before the line; none where its marked words say it."""
        if self.sign in (Sign.SAME, Sign.CHANGED):
            return ""
        return "Link" if self.sign is Sign.FORMATTING and self.links else self.sign.capitalize()

    @property
    def was(self) -> tuple[Piece, ...]:
        """The words of the earlier text."""
        return tuple(Piece(piece.sign, piece.before or piece.runs) for piece in self.pieces if piece.sign is not Sign.ADDED)

    @property
    def now(self) -> tuple[Piece, ...]:
        """The words of the later text."""
        return tuple(piece for piece in self.pieces if piece.sign is not Sign.REMOVED)


@dataclass(frozen=True)
class BoxChanges:
    """A box of two documents, line by line."""

    box: Box
    changes: tuple[Change, ...]

    @property
    def differs(self) -> bool:
        """Whether anything in it is another."""
        return any(change.differs for change in self.changes)

    @property
    def stretches(self) -> list[tuple[bool, list[Change]]]:
        """Its lines, those that stayed together apart from those that did not: whether they differ, and which."""
        return stretches(self.changes)


@dataclass(frozen=True)
class SectionChanges:
    """A section of two documents, box by box."""

    section: Section
    boxes: tuple[BoxChanges, ...]

    @property
    def differing(self) -> list[BoxChanges]:
        """The boxes in which anything is another."""
        return [box for box in self.boxes if box.differs]

    @property
    def staying(self) -> list[BoxChanges]:
        """The boxes that say the same in both, and say something."""
        return [box for box in self.boxes if box.changes and not box.differs]


class Take(StrEnum):
    """Which of two texts is taken where they differ."""

    EARLIER = "earlier"
    LATER = "later"
    BOTH = "both"


@dataclass
class _Work:
    """What a comparison may still cost."""

    left: int = MOST_WORK

    def allows(self, cost: int) -> bool:
        """Whether there is room for this much more; if there is, it is spent."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


def changes(earlier: str, later: str, kind: Kind = Kind.PROSE, *, moves: bool = True) -> tuple[Change, ...]:
    """What became of each line from one answer to another, in the order of the later one.

    Args:
        earlier, later: answers in a box of that kind: canonical prose, or one line.
        moves: whether a line that stands elsewhere is shown there as moved; else it is removed here and added there.

    Returns:
        All lines, those that stayed too. The pieces that are not added are the words of the earlier answer, those that
        are not removed the words of the later one.
    """
    return _changes(earlier, later, kind, moves, _Work())


def compare(earlier: Document, later: Document) -> tuple[SectionChanges, ...]:
    """What changed from one document to another: every section and box that either knows, in the order of the later one."""
    work = _Work()
    before = {section.name: section for section in earlier.form.sections}
    known = {section.name for section in later.form.sections}
    gone = [section for section in earlier.form.sections if section.name not in known]
    return tuple(
        SectionChanges(
            section,
            tuple(
                BoxChanges(box, _changes(earlier[box.name], later[box.name], box.kind, True, work))
                for box in _boxes(section, before.get(section.name))
            ),
        )
        for section in (*later.form.sections, *gone)
    )


def stretches(compared: Sequence[Change]) -> list[tuple[bool, list[Change]]]:
    """Lines in groups of neighbours: whether they differ, and which they are."""
    return [(differ, list(group)) for differ, group in groupby(compared, key=lambda change: change.differs)]


def compose(compared: Sequence[Change], choices: Sequence[Take]) -> str:
    """One text of two, compared without moves: prose that holds what was chosen, in order.

    Args:
        choices: for each line that differs. EARLIER for all gives the earlier text to the byte, LATER the later one.
            Of a line that only one text has, BOTH takes that one; of a changed line, the later one before the earlier.
    """
    chosen: list[tuple[Line, bool]] = []
    waiting = iter(choices)
    take = choices[0] if choices else Take.LATER
    places = {Take.EARLIER: 0, Take.LATER: 0}
    last: tuple[Take, int] | None = None
    for change in compared:
        take = next(waiting) if change.differs else take
        for side, line in ((Take.LATER, change.later), (Take.EARLIER, change.earlier)):
            if line is None:
                continue
            places[side] += 1
            if _is_taken(change, side, take):
                chosen.append((line, last == (side, places[side] - 1)))
                last = (side, places[side])
    return joined(chosen)


def words_between(earlier: Mapping[Box, str], later: Mapping[Box, str]) -> tuple[int, int]:
    """How many words came and how many went, wherever they stand: the number of each, counted without comparing lines."""
    before, after = (
        Counter(word for box, answer in answers.items() for word in box.words(answer)) for answers in (earlier, later)
    )
    return (after - before).total(), (before - after).total()


def _is_taken(change: Change, side: Take, take: Take) -> bool:
    """Whether the line of this side is; where nothing but the form differs, both are one."""
    if take is not Take.BOTH:
        return take is side
    if change.sign in (Sign.SAME, Sign.FORMATTING):
        return side is Take.LATER
    return True


def _boxes(section: Section, before: Section | None) -> tuple[Box, ...]:
    names = {box.name for box in section.boxes}
    return section.boxes + tuple(box for box in (before.boxes if before else ()) if box.name not in names)


def _changes(earlier: str, later: str, kind: Kind, moves: bool, work: _Work) -> tuple[Change, ...]:
    if kind is Kind.PROSE:
        return _of_lines(lines(earlier), lines(later), moves, work)
    old, new = (Line((Run(answer),)) if answer else None for answer in (earlier, later))
    return (_change(old, new, work),) if old or new else ()


def _of_lines(old: tuple[Line, ...], new: tuple[Line, ...], moves: bool, work: _Work) -> tuple[Change, ...]:
    """All lines in the order of the new text; what went stands where it stood, before what came there.

    Only where what came goes on with a list and what went does not, it stands first, so that the list stays whole.
    """
    pairs, moved = _paired(old, new, moves, work)
    shown = set(moved.values())
    ahead = list(accumulate(reversed(range(len(new))), lambda upto, place: pairs.get(place, upto), initial=len(old)))
    out: list[Change] = []
    done = 0
    for place, line in enumerate(new):
        upto = ahead[len(new) - place]  # the old line of the next pair
        if place in pairs or not (done < upto and line.depth > old[done].depth):
            out += [_change(old[gone], None, work) for gone in range(done, upto) if gone not in shown]
            done = max(done, upto)
        if place in pairs:
            out.append(_change(old[upto], line, work))
            done = upto + 1
        elif place in moved:
            out.append(replace(_change(old[moved[place]], line, work), sign=Sign.MOVED))
        else:
            out.append(_change(None, line, work))
    out += [_change(old[gone], None, work) for gone in range(done, len(old)) if gone not in shown]
    if old != new and not any(change.differs for change in out):
        return tuple(_renumbered(change) for change in out)
    return tuple(out)


def _renumbered(change: Change) -> Change:
    """Lines that are all the same in two texts that are not: their lists begin and end elsewhere."""
    assert change.earlier and change.later
    same = replace(change.earlier, runs=change.later.runs) == change.later
    return change if same else replace(change, sign=Sign.FORMATTING)


def _paired(old: tuple[Line, ...], new: tuple[Line, ...], moves: bool, work: _Work) -> tuple[dict[int, int], dict[int, int]]:
    """Which old line each new one is: those in their order, and those that were moved."""
    pairs: dict[int, int] = {}
    for at, to, size in _common([line.text for line in old], [line.text for line in new], work):
        pairs |= {to + step: at + step for step in range(size)}
    moved = _moved(old, new, pairs) if moves else {}
    taken = {*pairs.values(), *moved.values()}
    edges = [(-1, -1), *((pairs[place], place) for place in sorted(pairs)), (len(old), len(new))]
    for (at, to), (at_next, to_next) in zip(edges, edges[1:], strict=False):
        went = [place for place in range(at + 1, at_next) if place not in taken]
        came = [place for place in range(to + 1, to_next) if place not in moved]
        pairs |= {came[b]: went[a] for a, b in _alike([old[i] for i in went], [new[j] for j in came], work)}
    return pairs, moved


def _moved(old: tuple[Line, ...], new: tuple[Line, ...], pairs: dict[int, int]) -> dict[int, int]:
    """The lines that stand elsewhere now, word for word."""
    left: dict[str, list[int]] = defaultdict(list)
    kept = set(pairs.values())
    for place in reversed(range(len(old))):
        if place not in kept:
            left[old[place].text].append(place)
    return {place: left[line.text].pop() for place, line in enumerate(new) if place not in pairs and left.get(line.text)}


def _alike(went: list[Line], came: list[Line], work: _Work) -> list[tuple[int, int]]:
    """Lines of a gap that are one line, changed: the pairs in order that have most words in common together."""
    if not went or not came or not work.allows(len(went) * len(came) * 10):
        return []
    ours, theirs = ([frozenset(re.findall(r"\w+", line.text.casefold())) for line in part] for part in (went, came))
    best = [[0.0] * (len(came) + 1) for _ in range(len(went) + 1)]
    scores: dict[tuple[int, int], float] = {}
    for a in reversed(range(len(went))):
        for b in reversed(range(len(came))):
            score = 2 * len(ours[a] & theirs[b]) / (len(ours[a]) + len(theirs[b]) or 1)
            best[a][b] = max(best[a + 1][b], best[a][b + 1])
            if score >= ALIKE and score + best[a + 1][b + 1] > best[a][b]:
                best[a][b] = score + best[a + 1][b + 1]
                scores[a, b] = score
    found: list[tuple[int, int]] = []
    a = b = 0
    while a < len(went) and b < len(came):
        if (a, b) in scores and best[a][b] == scores[a, b] + best[a + 1][b + 1]:
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _change(old: Line | None, new: Line | None, work: _Work) -> Change:
    links = _links(old, new)
    if not old or not new:
        sign = Sign.ADDED if new else Sign.REMOVED
        runs = new.runs if new else old.runs if old else ()
        return Change(sign, old, new, (Piece(sign, runs),), links)
    if old.text == new.text:
        sign = Sign.SAME if _form(old) == _form(new) else Sign.FORMATTING
        return Change(sign, old, new, (Piece(Sign.SAME, new.runs, old.runs),), links)
    return Change(Sign.CHANGED, old, new, tuple(_pieces(old, new, work)), links)


def _form(line: Line) -> object:
    """What of a line is not words: its marks and links, the kinds of its lists, and where a numbered one begins."""
    begins = line.levels[-1].start if line.fresh and line.levels[-1].ordered else 1
    return line.runs, [level.ordered for level in line.levels], line.opens == line.depth, begins


def _links(old: Line | None, new: Line | None) -> tuple[tuple[Sign, str], ...]:
    before, after = (dict.fromkeys(run.href for run in line.runs if run.href) if line else {} for line in (old, new))
    gone = [(Sign.REMOVED, href) for href in before if href not in after]
    return (*gone, *((Sign.ADDED, href) for href in after if href not in before))


def _pieces(old: Line, new: Line, work: _Work) -> Iterator[Piece]:
    """The words of a changed line with their signs, what went before what came."""
    ours, theirs = _WORDS.findall(old.text), _WORDS.findall(new.text)
    cut_ours, cut_theirs = _Cutter(old.runs, ours), _Cutter(new.runs, theirs)
    a = b = 0
    for at, to, size in [*_readable(_common(ours, theirs, work), ours, theirs), (len(ours), len(theirs), 0)]:
        yield from (
            piece
            for piece in (
                Piece(Sign.REMOVED, cut_ours(a, at)),
                Piece(Sign.ADDED, cut_theirs(b, to)),
                Piece(Sign.SAME, cut_theirs(to, to + size), cut_ours(at, at + size)),
            )
            if piece.runs
        )
        a, b = at + size, to + size


def _readable(found: list[tuple[int, int, int]], ours: list[str], theirs: list[str]) -> list[tuple[int, int, int]]:
    """Common words without the crumbs: a space or a word or two between longer changes is a part of the change."""
    out: list[tuple[int, int, int]] = []
    ends = [*found[1:], (len(ours), len(theirs), 0)]
    for (at, to, size), (at_next, to_next, _size) in zip(found, ends, strict=False):
        a, b = (out[-1][0] + out[-1][2], out[-1][1] + out[-1][2]) if out else (0, 0)
        before = max(_length(ours[a:at]), _length(theirs[b:to]))
        after = max(_length(ours[at + size : at_next]), _length(theirs[to + size : to_next]))
        common = theirs[to : to + size]
        said = sum(any(map(str.isalnum, word)) for word in common)
        if before and after and (not said or (said <= 2 and _length(common) <= min(before, after))):
            continue
        out.append((at, to, size))
    return out


def _length(words: list[str]) -> int:
    return sum(map(len, words))


class _Cutter:
    """Cuts the runs of a line between two of its words."""

    def __init__(self, runs: tuple[Run, ...], words: list[str]) -> None:
        self.runs = runs
        self.begins = [0, *accumulate(len(run.text) for run in runs)]
        self.places = [0, *accumulate(map(len, words))]

    def __call__(self, first: int, last: int) -> tuple[Run, ...]:
        start, end = self.places[first], self.places[last]
        out: list[Run] = []
        at = bisect(self.begins, start) - 1
        while start < end:
            upto = min(end, self.begins[at + 1])
            out.append(replace(self.runs[at], text=self.runs[at].text[start - self.begins[at] : upto - self.begins[at]]))
            start, at = upto, at + 1
        return tuple(out)


def _common(ours: list[str], theirs: list[str], work: _Work) -> list[tuple[int, int, int]]:
    """The stretches that two lists share, as `SequenceMatcher` finds them: places in both, and length.

    Where the work is used up, what is left counts as different; what the two begin and end with is always found.
    """
    head = next((n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    most = min(len(ours), len(theirs)) - head
    tail = next((n for n in range(most) if ours[-1 - n] != theirs[-1 - n]), most)
    middle, other = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
    found = [(head + at, head + to, size) for at, to, size in _matches(middle, other, work)]
    return [stretch for stretch in [(0, 0, head), *found, (len(ours) - tail, len(theirs) - tail, tail)] if stretch[2]]


def _matches(ours: list[str], theirs: list[str], work: _Work) -> list[tuple[int, int, int]]:
    counts = Counter(word for word in theirs if not word.isspace())
    costs = [0, *accumulate(1 + counts[word] for word in ours)]
    matcher = SequenceMatcher(str.isspace, ours, theirs, autojunk=False)
    found: list[tuple[int, int, int]] = []
    waiting = [(0, len(ours), 0, len(theirs))]
    while waiting:
        a, a_end, b, b_end = waiting.pop()
        if a == a_end or b == b_end or not work.allows(costs[a_end] - costs[a]):
            continue
        match = matcher.find_longest_match(a, a_end, b, b_end)
        if match.size:
            found.append((match.a, match.b, match.size))
            waiting += [(a, match.a, b, match.b), (match.a + match.size, a_end, match.b + match.size, b_end)]
    return sorted(found)
