"""The walk through a file's lines, from label to label: which box each line belongs to."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from documents.document import FORMAT
from documents.form import Box, Form, Kind, OnPaper, Section
from documents.reading import inline, repair
from documents.reading.doubts import WHY_LABEL, WHY_WORDING, Doubt
from documents.reading.labels import HEAD, Labels, Means, Sign, Typed, holds, left_over, words
from documents.reading.lines import BLANK, Line, Role
from documents.reading.repair import FULL, Width

SUPERVISOR = ("supervisor_name", "supervisor_title", "supervisor_email")
OWN_EXPORT = re.compile(rf"<!-- {FORMAT} (?P<language>\w\w) -->\s*$")
"""How a text that this portal wrote ends: with its format and language."""


@dataclass
class Walk:
    """Goes through the lines once and puts each to the box whose label stands above it; "" is outside every section."""

    form: Form
    labels: Labels
    own_export: bool
    content: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    doubts: list[Doubt] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    recognised: set[tuple[Means, str]] = field(default_factory=set)
    strong: bool = False  # a label was met that hardly stands in any other text
    section: Section | None = None
    box: str = ""
    last: Line | None = None  # the line directly above, if no blank line and no label stands between
    above: Line | None = None  # the last line with words, if no label stands between
    width: Width = Width()
    headings: list[tuple[int, int]] = field(default_factory=list)  # where the form's own section headings stand
    at: int = 0
    worded: set[str] = field(default_factory=set)  # the boxes whose labels stand in this file as the form words them
    parts: set[str] = field(default_factory=set)  # the same for the labels of parts of a group
    live: set[int] = field(default_factory=set)  # those of them that stand above their section, not in a table of contents

    @property
    def is_proposal(self) -> bool:
        """Whether the text bears the form's labels; those of the first section stand on many forms and prove nothing."""
        common = {(Means.BOX, box.name) for box in self.form.sections[0].boxes}
        return self.strong or len(self.recognised - common) > 1

    def through(self, lines: list[Line]) -> None:
        """Put every line somewhere."""
        lines = _before_the_end(lines, self.form) if self.own_export else lines
        lines = self._with_whole_labels(_without_running_heads(lines, self.form, self._is_known))
        self.width = repair.width_of(lines)
        self._find_headings(lines)
        for self.at, line in enumerate(lines):
            if line.role is Role.TEXT or line.role is Role.HEADING:
                self._take(line)
                continue
            if line.role is Role.PAGE and line.text and not OWN_EXPORT.search(line.text):
                self.pages.append(inline.plain(line.text.removeprefix("<!--").removesuffix("-->")).strip())
            self.content[self.box].append(line)
            self.last = None

    def _with_whole_labels(self, lines: list[Line]) -> list[Line]:
        """The lines with headings and labels made whole that stand on two lines."""
        out = list(lines)
        short = [at for at, line in enumerate(lines) if line.has_words]
        for at, following in zip(short, short[1:], strict=False):
            first, second = out[at], lines[following]
            if first.role is not second.role or following - at > 2 or max(len(first.text), len(second.text)) > LONGEST_HALF:
                continue
            whole = replace(first, text=f"{first.text} {second.text}".replace("** **", " "))
            begun = words(inline.plain(repair.unmarked(first.text)[1]))
            if self._is_known(first) or not begun:
                continue
            if any(words(sign.wording)[: len(begun)] == begun for sign in self._own_signs(whole)):
                out[at], out[following] = whole, BLANK
        return out

    def _find_headings(self, lines: list[Line]) -> None:
        """Note where the form's own headings stand, each once (the one that has its section below it), and its own labels."""
        found: list[tuple[int, int]] = []
        for at, line in enumerate(lines):
            for sign in self._own_signs(line):
                if sign.means is Means.SECTION and sign.section:
                    found.append((at, sign.section.number))
                elif sign.means in (Means.GROUP, Means.BOX):
                    self.worded.add(sign.name)
                elif sign.means is Means.PART:
                    self.parts.add(sign.name)
        places = {at for at, _ in found}
        filled = [at for at, line in enumerate(lines) if line.has_words]
        pairs = [pair for pair in zip(filled, filled[1:], strict=False) if places.issuperset(pair)]
        crowded = {at for pair in pairs for at in pair}  # one heading directly above another, as in a table of contents
        for number in {number for _, number in found}:
            mine = [at for at, other in found if other == number]
            self.live.add(next((at for at in mine if at not in crowded), mine[-1]))
        self.headings = [(at, number) for at, number in found if at in self.live]

    def _own_signs(self, line: Line) -> Iterator[Sign]:
        """The form's own headings and labels that a line begins with."""
        if line.role in (Role.TEXT, Role.HEADING):
            for typed, sign in self.labels.find(line, False):
                if sign.own and (typed.alone or (typed.colon and sign.means is not Means.SECTION)):
                    yield sign

    def _is_known(self, line: Line) -> bool:
        return any(True for _ in self._own_signs(line))

    def _take(self, line: Line, glued: bool = False) -> None:
        """A line: a label and what follows it, or text of the box that is open."""
        if not line.text.strip():
            return
        if self.section is None and (found := self._head_beside(line)):
            self._take(Line(line.text[: found.start()]))
            self._take(Line(line.text[found.end() :]))
            return
        if self._is_year(line):
            self.content["year"].append(line)
            self.box = ""
            self.last = line
            return
        in_first = self.section is None or self.section is self.form.sections[0]
        for typed, sign in self.labels.find(line, prefixes=in_first):
            if self._accepts(typed, sign, line, glued):
                self._open(typed, sign, line)
                return
        if self.box in HEAD and len(line.text.split()) > LONGEST_OF_HEAD:
            self.box = ""
        if self.last and not self.last.hard and self._begins_fixed(line):
            self.content[self.box].append(BLANK)
        self.content[self.box].append(line)
        self.last = self.above = line
        if self.box in HEAD:
            self.box = ""

    def _begins_fixed(self, line: Line) -> bool:
        """Whether a fixed lead or closing text of the form begins here, so that what stands above it has come to its end."""
        typed = words(inline.plain(line.text[:200]))
        texts = [*self.form.closing, *(box.lead for box in self.form.boxes.values())]
        keys = (words(text)[: len(typed)] for text in texts)
        return any(len(key) >= FEWEST_FIXED and typed[: len(key)] == key for key in keys)

    def _is_year(self, line: Line) -> bool:
        """Whether a line is the year of the issue, which often stands without its label."""
        return self.section is None and bool(self.content["month_of_issue"]) and bool(re.fullmatch(r"(?:19|20)\d\d", line.text))

    def _head_beside(self, line: Line) -> re.Match[str] | None:
        """The gap before a label of the head that stands beside something else, as in two columns."""
        names = "|".join(re.escape(self.form.words[name]) for name in HEAD if self.form.words.get(name))
        return re.search(rf"(?<=\S)\s{{3,}}(?=(?:{names})\b)", line.text[:400]) if names else None

    # Is it a label here?

    def _accepts(self, typed: Typed, sign: Sign, line: Line, glued: bool) -> bool:
        set_apart = typed.heading or typed.bold or glued or self._is_labels_place(typed, sign)
        if not set_apart and self._is_mid_sentence(line):
            return False
        if typed.label[:1].islower() and self.above and not repair.is_ended(self.above.text):
            return False
        if typed.alone and not (typed.prominent or glued) and not (self._is_begun_anew(sign) and typed.label[:1].isupper()):
            return False
        if sign.means is Means.HEAD:
            again = (sign.means, sign.name) in self.recognised
            return self.section is None and not again and (typed.colon or typed.bold or typed.alone)
        if sign.means is Means.SECTION:
            return self._accepts_section(typed, sign)
        if sign.means is Means.PART:
            return self._accepts_part(typed, sign)
        if (sign.means, sign.name) in self.recognised or sign.section is None or (not sign.own and sign.name in self.worded):
            return False
        if sign.means is Means.BOX and sign.box and sign.box.group and (Means.PART, sign.name) in self.recognised:
            return False  # "Education (minimum):" below "Minimum:" is what the author typed once more
        if typed.bullet and not (typed.bold or (typed.alone and typed.prominent)) and sign.section is not self.form.sections[0]:
            return False
        return sign.section is self.section or self._accepts_elsewhere(typed, sign)

    def _is_labels_place(self, typed: Typed, sign: Sign) -> bool:
        """Whether no sentence goes on like this: the form's own label with its colon, alone or in the first section."""
        if not (typed.colon and sign.own and typed.label[:1].isupper() and sign.section):
            return False
        return typed.alone or sign.section is self.section is self.form.sections[0]

    def _is_begun_anew(self, sign: Sign) -> bool:
        """Whether nothing stands directly above, or a whole sentence and this is the form's own label."""
        return self.last is None or (sign.own and sign.section is self.section and repair.is_ended(self.last.text))

    def _is_mid_sentence(self, line: Line) -> bool:
        last = self.last
        return last is not None and not last.hard and not repair.is_ended(last.text) and self.width.fill(last, line) >= FULL

    def _accepts_section(self, typed: Typed, sign: Sign) -> bool:
        if (sign.means, sign.name) in self.recognised or sign.section is None:
            return False
        stands_alone_elsewhere = any(number == sign.section.number for _, number in self.headings)
        if not typed.alone:
            shouted = typed.label.isupper() and not stands_alone_elsewhere
            return sign.own and (shouted or (typed.colon and (typed.bold or typed.heading or typed.label.isupper())))
        if sign.own:
            return self.at in self.live
        if not typed.prominent or stands_alone_elsewhere:
            return False
        return all((at < self.at) == (number < sign.section.number) for at, number in self.headings)

    def _accepts_part(self, typed: Typed, sign: Sign) -> bool:
        """Minimum, Desirable and the like: labels only where their group is open."""
        if sign.box is None or sign.section is not self.section or not (typed.prominent or typed.colon or typed.alone):
            return False
        after = self.last is None or repair.is_ended(self.last.text)
        begins = typed.colon and after and sign.name not in self.parts
        if not sign.own and not (typed.prominent or begins or sign.name in SUPERVISOR):
            return False
        here = self.form.boxes.get(self.box)
        return here is not None and here.group == sign.box.group

    def _accepts_elsewhere(self, typed: Typed, sign: Sign) -> bool:
        """A label outside its section: only a clear one, or one whose section has no heading in this file."""
        if sign.section is None or not (typed.prominent or typed.colon):
            return False
        if sign.box and sign.box.label_on_paper is not OnPaper.ALWAYS:
            return False
        if self.section is None and sign.section is self.form.sections[0]:
            return sign.own
        if sign.own and len(words(sign.wording)) > 1:
            return True
        if any(number == sign.section.number for _, number in self.headings):
            return False
        forward = self.section is None or sign.section.number > self.section.number
        return forward and sign.own and typed.prominent

    # A label opens its box

    def _open(self, typed: Typed, sign: Sign, line: Line) -> None:
        again = sign.means is Means.PART and (sign.means, sign.name) in self.recognised
        self.recognised.add((sign.means, sign.name))
        self.strong = self.strong or self._is_proof(typed, sign)
        self.last = self.above = None
        if sign.means is Means.HEAD:
            self._open_head(typed, sign)
            return
        if sign.means is Means.BOX and sign.box and sign.box.group:
            group = (Means.GROUP, self._first_of_group(sign.box))
            if group in self.recognised:
                self.doubts.append(Doubt(sign.name, sign.box.group, WHY_LABEL, aside=True))
            self.recognised |= {(Means.PART, sign.name), group}
        self.section = sign.section
        self.box = self._default_box() if sign.means is Means.SECTION else sign.name
        self.content[self.box].append(BLANK)
        if again:
            self.content[self.box].append(line)
            self.last = line
            return
        self._doubt_label(typed, sign)
        if typed.rest:
            first, *others = self._parted(typed.rest, sign)
            taken = max(len(line.text) - len(typed.rest), 0)
            self._take(Line(first, line.indent, line.hard and not others, taken=taken), glued=True)
            for other in others:
                self._take(Line(other, line.indent, line.hard))

    def _is_proof(self, typed: Typed, sign: Sign) -> bool:
        """Whether a label hardly stands in any other text: one of several words, or one with the form's own words after it."""
        if sign.means is Means.BOX and sign.section is self.form.sections[0]:
            return bool(sign.box and sign.box.fixed and holds(words(inline.plain(typed.rest)), words(sign.box.fixed)))
        return sign.own and len(words(sign.wording)) > 1 and sign.means is not Means.HEAD

    def _open_head(self, typed: Typed, sign: Sign) -> None:
        first, *others = self._parted(typed.rest, sign)
        self.box = "" if first else sign.name
        self.content[sign.name].append(Line(first))
        self.content[""].append(BLANK)
        for other in others:
            self._take(Line(other))

    def _first_of_group(self, box: Box) -> str:
        return next(name for name, other in self.form.boxes.items() if other.group == box.group)

    def _default_box(self) -> str:
        """The box for what stands in a section without a label; none in a section of lines."""
        boxes = self.section.boxes if self.section else ()
        if boxes and boxes[0].kind is Kind.PROSE:
            return boxes[0].name
        unlabelled = (box.name for box in boxes if box.kind is Kind.PROSE and box.label_on_paper is not OnPaper.ALWAYS)
        return next(unlabelled, outside(self.section) if self.section else "")

    def _parted(self, text: str, sign: Sign) -> list[str]:
        """What follows a label on its line, parted where another label of the same kind follows."""
        if sign.means is Means.HEAD:
            others = [self.form.words.get(name, "") for name in HEAD]
            pattern = r"\s+(?=(?:\*\*|__)?(?:{})(?:\*\*|__)?\s*:)"
        elif sign.section is self.form.sections[0]:
            others = [box.label for box in sign.section.boxes]
            pattern = r"\s+(?=(?:\*\*|__)?(?:{})\s*:)"
        elif sign.box and sign.box.group and sign.section:
            others = [box.label for box in sign.section.boxes if box.group == sign.box.group]
            pattern = r"(?:(?<=[.;])\s+(?=(?:{0})\s*:)|\s+(?=\*\*(?:{0}):?\*\*))"
        else:
            return [text]
        return re.split(pattern.format("|".join(re.escape(other) for other in others if other)), text)

    def _doubt_label(self, typed: Typed, sign: Sign) -> None:
        rest = left_over(typed.label, sign)
        if rest and not self.own_export:
            box = sign.name if sign.box else ""
            same = words(rest) == words(sign.wording)
            why = WHY_LABEL if same else WHY_WORDING.format(sign.wording)
            self.doubts.append(Doubt(box, rest, why, aside=True))


def outside(section: Section) -> str:
    """Where lines go that stand in a section of lines before its first label."""
    return f"?{section.name}"


def _before_the_end(lines: list[Line], form: Form) -> list[Line]:
    """The lines of this portal's own paper without what stands below its text: the table of decisions, the check code."""
    decisions, check = words(form.words.get("decisions", "")), words(form.words.get("check_code", ""))
    for at, line in enumerate(lines):
        if line.role is Role.HEADING and words(line.text) == decisions:
            return lines[:at]
        if line.role is Role.TEXT and check and words(inline.plain(line.text))[: len(check)] == check:
            return lines[:at]
    return lines


def _without_running_heads(lines: list[Line], form: Form, is_known: Callable[[Line], bool]) -> list[Line]:
    """The lines with what stands at the top or foot of pages taken for page marks: the form's own, and what is repeated."""
    own = {words(form.letterhead), words(form.title), words(f"{form.title} {form.subtitle}")}
    number = words(form.words.get("post_number", "-"))
    for _ in range(MOST_RUNNING_HEADS):
        places: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for at in _beside_page_marks(lines):
            if key := words(inline.plain(lines[at].text[:200])):
                places[key].add(at)
        numbered = {key for key in places if holds(key, number) and key[-1].isdigit()}
        keys = own | numbered | {key for key, found in places.items() if len(found) > 1 and len(key) <= 15}
        heads = {at for key in keys for at in places.get(key, ()) if not is_known(lines[at])}
        if not heads:
            break
        lines = [replace(line, role=Role.PAGE) if at in heads else line for at, line in enumerate(lines)]
    return lines


FEWEST_FIXED = 5  # words by which a fixed text is known
LONGEST_HALF = 80  # characters: of half a label, with all its marks
LONGEST_OF_HEAD = 5  # words: a number, a month, or a remark instead
MOST_RUNNING_HEADS = 3  # lines of them at a page's top and foot


def _beside_page_marks(lines: list[Line]) -> Iterator[int]:
    """Where the lines stand that are next to a page's end."""
    for at, line in enumerate(lines):
        if line.role is Role.PAGE:
            for step in (-1, 1):
                beyond = (place for place in range(at + step, at + 4 * step, step) if 0 <= place < len(lines))
                near = next((place for place in beyond if lines[place].role is not Role.BLANK), at)
                if lines[near].role in (Role.TEXT, Role.HEADING):
                    yield near
