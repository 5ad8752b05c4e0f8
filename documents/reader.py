"""The reader: an old proposal, as text converted from PDF or as this portal's own JSON, read into the boxes of a form.

It repairs what the conversion broke and drops the wording that belongs to the form. Every other word arrives: in a box,
or among the doubts, each with a sentence that says why.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from documents import inline, prose, repair
from documents.decoding import NotAProposal, refuse_excess, text_of
from documents.document import FORMAT, NotADocument, read_json
from documents.form import Box, Form, Kind, OnPaper, Section
from documents.labels import HEAD, SYNONYMS, Labels, Means, Sign, Typed, left_over, words
from documents.repair import FULL, Line, Piece, Role, Width

__all__ = ["Doubt", "NotAProposal", "Reading", "read", "stated_language"]


@dataclass(frozen=True)
class Doubt:
    """Something a person must look at: the box it may belong to, its text, and why it is in doubt."""

    box: str
    text: str
    why: str


@dataclass(frozen=True)
class Reading:
    """What a file says: an answer for every box of the form (empty where it has none), the doubts, the language."""

    boxes: dict[str, str]
    doubts: tuple[Doubt, ...]
    language: str


def read(data: bytes, form: Form, name: str = "") -> Reading:
    """Read a proposal.

    Args:
        data: the bytes of the file.
        form: the form it is read into.
        name: what the file is called, for sentences.

    Raises:
        NotAProposal: it cannot be read as one; the message is a sentence to the person who brought it.
    """
    text = text_of(data, name)
    if re.match(r"\s*\{\s*[\"}]", text):
        refuse_excess(text, name, times=4)  # all the boxes of the form, filled to the brim
        return _read_json(text, form)
    refuse_excess(text, name)
    walk = _Walk(form, Labels(form), _is_own_export(text))
    walk.through(repair.lines_of(text))
    if not walk.is_proposal:
        file = f"“{name}”" if name else "This file"
        raise NotAProposal(f"{file} has none of the form's headings and labels (“{form.sections[0].heading}”, “Title:” …).")
    return _Sorting(walk).reading()


def stated_language(data: bytes) -> str:
    """The language a file of this portal says it is in ("fr"); empty if it says nothing, as files from elsewhere do.

    Raises:
        NotAProposal: the file holds no text.
    """
    text = text_of(data)
    found = _OWN_EXPORT.search(text) or re.search(r'"language"\s*:\s*"(?P<language>\w\w)"', text)
    return found["language"] if found else ""


# JSON of this portal

_OWN_EXPORT = re.compile(rf"<!-- {FORMAT} (?P<language>\w\w) -->\s*$")


def _is_own_export(text: str) -> bool:
    return bool(_OWN_EXPORT.search(text))


def _read_json(text: str, form: Form) -> Reading:
    try:
        data = read_json(text)
    except NotADocument as error:
        raise NotAProposal(str(error)) from error
    doubts: list[Doubt] = []
    boxes = dict.fromkeys(form.boxes, "")
    for name, value in data["boxes"].items():
        if box := form.boxes.get(name):
            boxes[name] = _tidied(box, value, doubts)
        elif value.strip():
            text = prose.text(prose.canonical(value))
            doubts.append(Doubt("", f"{prose.clean_line(name)}: {text}", "The form has no such box."))
    language = data.get("language")
    return Reading(boxes, tuple(doubts), language if isinstance(language, str) and language else form.language)


def _tidied(box: Box, value: str, doubts: list[Doubt]) -> str:
    """A value as its box holds it; what does not fit there becomes a doubt."""
    return prose.canonical(value) if box.kind is Kind.PROSE else _fitted(box, prose.clean_line(value), doubts)


def _fitted(box: Box, line: str, doubts: list[Doubt]) -> str:
    """A line as its box holds it: one of its choices, no longer than it may be."""
    if box.kind is Kind.CHOICE:
        chosen, _, rest = line.partition(" ")
        choice = next((choice for choice in box.choices if choice.casefold() == chosen.rstrip(",;.").casefold()), "")
        line, over = choice, rest if choice else line
        why = f"“{box.title}” must be one of: {', '.join(box.choices)}."
    else:
        most = box.most_characters
        cut = len(line) if len(line) <= most else max(line.rfind(" ", 0, most + 1), 0) or most
        line, over = line[:cut].rstrip(), line[cut:].strip()
        why = f"“{box.title}” has room for {most} characters only."
    if over.strip():
        doubts.append(Doubt(box.name, over.strip(), why))
    return line


# Text: a walk through its lines, from label to label


@dataclass
class _Walk:
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
    width: Width = Width()
    headings: list[tuple[int, int]] = field(default_factory=list)  # where the form's own section headings stand
    at: int = 0
    worded: set[str] = field(default_factory=set)  # the boxes whose labels stand in this file as the form words them
    live: set[int] = field(default_factory=set)  # those of them that stand above their section, not in a table of contents

    @property
    def is_proposal(self) -> bool:
        """Whether the text bears the form's labels."""
        return self.strong or len(self.recognised) > 1

    def through(self, lines: list[Line]) -> None:
        """Put every line somewhere."""
        lines = _without_running_heads(lines, self.form, self._is_known)
        self.width = repair.width_of(lines)
        self._find_headings(lines)
        for self.at, line in enumerate(lines):
            if line.role is Role.TEXT or line.role is Role.HEADING:
                self._take(line)
                continue
            if line.role is Role.PAGE and line.text and not _OWN_EXPORT.search(line.text):
                self.pages.append(inline.plain(line.text.removeprefix("<!--").removesuffix("-->")).strip())
            self.content[self.box].append(line)
            self.last = None

    def _find_headings(self, lines: list[Line]) -> None:
        """Note where the form's own headings stand, each once (the one that has its section below it), and its own labels."""
        found: list[tuple[int, int]] = []
        for at, line in enumerate(lines):
            for sign in self._own_signs(line):
                if sign.means is Means.SECTION and sign.section:
                    found.append((at, sign.section.number))
                elif sign.means in (Means.GROUP, Means.BOX):
                    self.worded.add(sign.name)
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
        self.content[self.box].append(line)
        self.last = line
        if self.box in HEAD:
            self.box = ""

    def _is_year(self, line: Line) -> bool:
        """Whether a line is the year of the issue, which often stands without its label."""
        return self.section is None and bool(self.content["month_of_issue"]) and bool(re.fullmatch(r"(?:19|20)\d\d", line.text))

    def _head_beside(self, line: Line) -> re.Match[str] | None:
        """The gap before a label of the head that stands beside something else, as in two columns."""
        names = "|".join(re.escape(self.form.words[name]) for name in HEAD if self.form.words.get(name))
        return re.search(rf"(?<=\S)\s{{3,}}(?=(?:{names})\b)", line.text[:400]) if names else None

    # Is it a label here?

    def _accepts(self, typed: Typed, sign: Sign, line: Line, glued: bool) -> bool:
        if not (typed.heading or typed.bold or glued) and self._is_mid_sentence(line):
            return False
        if typed.alone and not (typed.prominent or glued) and not (self.last is None and typed.label[:1].isupper()):
            return False
        if sign.means is Means.HEAD:
            return self.section is None and (typed.colon or typed.bold or typed.alone)
        if sign.means is Means.SECTION:
            return self._accepts_section(typed, sign)
        if sign.means is Means.PART:
            return self._accepts_part(typed, sign)
        if (sign.means, sign.name) in self.recognised or sign.section is None or (not sign.own and sign.name in self.worded):
            return False
        if typed.bullet and not (typed.bold or (typed.alone and typed.prominent)) and sign.section is not self.form.sections[0]:
            return False
        return sign.section is self.section or self._accepts_elsewhere(typed, sign)

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
        if not sign.own and not (typed.prominent or sign.name in SUPERVISOR):
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
        self.strong = self.strong or (sign.own and len(words(sign.wording)) > 1 and sign.means is not Means.HEAD)
        self.last = None
        if sign.means is Means.HEAD:
            self._open_head(typed, sign)
            return
        if sign.means is Means.BOX and sign.box and sign.box.group:
            group = (Means.GROUP, self._first_of_group(sign.box))
            if group in self.recognised:
                self.doubts.append(Doubt(sign.name, sign.box.group, WHY_LABEL))
            self.recognised |= {(Means.PART, sign.name), group}
        self.section = sign.section
        self.box = self._default_box() if sign.means is Means.SECTION else sign.name
        self.content[self.box].append(repair.BLANK)
        if again:
            self.content[self.box].append(line)
            self.last = line
            return
        self._doubt_label(typed, sign)
        if typed.rest:
            first, *others = self._parted(typed.rest, sign)
            self._take(Line(first, line.indent, line.hard and not others), glued=True)
            for other in others:
                self._take(Line(other, line.indent, line.hard))

    def _open_head(self, typed: Typed, sign: Sign) -> None:
        first, *others = self._parted(typed.rest, sign)
        self.box = "" if first else sign.name
        self.content[sign.name].append(Line(first))
        self.content[""].append(repair.BLANK)
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
        return next(unlabelled, _outside(self.section) if self.section else "")

    def _parted(self, text: str, sign: Sign) -> list[str]:
        """What follows a label on its line, parted where another label of the same kind follows."""
        if sign.means is Means.HEAD:
            others = [self.form.words.get(name, "") for name in HEAD]
            pattern = r"\s+(?=(?:{})\s*:)"
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
            box = sign.name if sign.box else self.box
            same = words(rest) == words(sign.wording)
            why = WHY_LABEL if same else WHY_WORDING.format(sign.wording)
            self.doubts.append(Doubt(box, rest, why))


def _without_running_heads(lines: list[Line], form: Form, is_known: Callable[[Line], bool]) -> list[Line]:
    """The lines with what stands at the top or foot of pages taken for page marks: the form's own, and what is repeated."""
    own = {words(form.letterhead), words(form.title), words(f"{form.title} {form.subtitle}")}
    number = words(form.words.get("post_number", "-"))
    for _ in range(MOST_RUNNING_HEADS):
        places: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for at in _beside_page_marks(lines):
            if key := words(inline.plain(lines[at].text[:200])):
                places[key].add(at)
        numbered = {key for key in places if _holds(key, number) and key[-1].isdigit()}
        keys = own | numbered | {key for key, found in places.items() if len(found) > 1 and len(key) <= 15}
        heads = {at for key in keys for at in places.get(key, ()) if not is_known(lines[at])}
        if not heads:
            break
        lines = [replace(line, role=Role.PAGE) if at in heads else line for at, line in enumerate(lines)]
    return lines


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


# From lines to answers

SUPERVISOR = ("supervisor_name", "supervisor_title", "supervisor_email")
WHY_HEAD = {
    "post_number": "Post number: the JPO unit gives it when it issues the post.",
    "month_of_issue": "Month of issue: the JPO unit gives it when it issues the post.",
    "year": "Year: the JPO unit gives it when it issues the post.",
}
WHY_LABEL = "A label that the form prints by itself, where it is needed."
WHY_WORDING = "A label that the form words otherwise: “{}”."
WHY_OUTSIDE = "It stands before the first heading of the form."
WHY_UNLABELLED = "It stands under “{}” without a label."
WHY_BELOW = "It stands below “{}”, which holds one line."
WHY_LINK = "“{}” linked to {}; a line holds no link."
WHY_PAGES = "Page numbers and running heads of the file, left out."


class _Sorting:
    """Brings the lines put to each box into the shape the box holds."""

    def __init__(self, walk: _Walk) -> None:
        self.walk = walk
        self.form = walk.form
        self.boxes: dict[str, str] = {}
        self.doubts: list[Doubt] = []

    def reading(self) -> Reading:
        """The whole reading."""
        for name, why in WHY_HEAD.items():
            for line in self.walk.content.get(name, []):
                self._doubt("", inline.plain(line.text), why)
        head = [replace(piece, text=line) for piece in self._pieces("") for line in piece.text.split("\n")]
        self._doubt_pieces(_without_fixed(head, _head_texts(self.form)), WHY_OUTSIDE)
        for section in self.form.sections:
            self._doubt_pieces(self._pieces(_outside(section)), WHY_UNLABELLED.format(section.heading))
            self._section(section)
        if self.walk.pages:
            self.doubts.append(Doubt("", prose.clean_line(" · ".join(self.walk.pages)), WHY_PAGES))
        boxes = {name: self.boxes.get(name, "") for name in self.form.boxes}
        return Reading(boxes, tuple(self.doubts + self.walk.doubts), self.form.language)

    def _pieces(self, name: str) -> list[Piece]:
        return repair.pieces_of(self.walk.content.get(name, []), self.walk.width)

    def _doubt(self, box: str, text: str, why: str) -> None:
        if words(text):
            self.doubts.append(Doubt(box, prose.clean_line(text), why))

    def _doubt_pieces(self, pieces: Sequence[Piece], why: str) -> None:
        for piece in pieces:
            self._doubt("", piece.words, why)

    def _section(self, section: Section) -> None:
        pieces = {box.name: self._pieces(box.name) for box in section.boxes}
        if "supervisor_name" in pieces:
            self._supervisor(pieces)
        pieces = _in_their_boxes(section, pieces)
        for box in section.boxes:
            if box.kind is Kind.PROSE:
                own = _without_fixed(pieces[box.name], _closing_texts(self.form))
                self.boxes[box.name] = repair.prose_of(_without_lead(own, box))
            elif box.name not in self.boxes:
                self.boxes[box.name] = _fitted(box, self._line(box, pieces[box.name]), self.doubts)

    def _line(self, box: Box, pieces: Sequence[Piece]) -> str:
        """The one line of a box; whole paragraphs below it are in doubt."""
        value = ""
        for piece in pieces:
            text = prose.clean_line(_as_typed(piece).replace("\n", " "))
            if value and not repair.goes_on(value, text):
                self._doubt(box.name, piece.words, WHY_BELOW.format(box.title))
                continue
            self._doubt_links(box, piece)
            value = f"{value} {text}".strip()
            value = _without_start(value, box.fixed) if box.fixed else value
        return value

    def _doubt_links(self, box: Box, piece: Piece) -> None:
        for run in inline.runs(piece.text) if piece.role is not Role.HTML else []:
            if run.href and run.href.removeprefix("mailto:") != run.text:
                self.doubts.append(Doubt(box.name, "", WHY_LINK.format(run.text, run.href)))

    # The supervisor: three boxes, printed as one line

    def _supervisor(self, pieces: dict[str, list[Piece]]) -> None:
        """Part what stands under the supervisor's label: a line or two for the boxes, paragraphs for the note."""
        below = [piece for at, piece in enumerate(pieces["supervisor_name"]) if _is_paragraph(piece, at == 0)]
        typed = [piece for piece in pieces["supervisor_name"] if piece not in below]
        pieces["supervision_note"] = pieces["supervision_note"] + below
        pieces["supervisor_name"] = typed
        if pieces["supervisor_title"] or (Means.PART, "supervisor_name") in self.walk.recognised:
            return
        for piece in typed:
            self._doubt_links(self.form.boxes["supervisor_email"], piece)
        lines = [line.strip() for piece in typed for line in _as_typed(piece).split("\n") if line.strip()]
        parts = split_supervisor(lines)
        if pieces["supervisor_email"]:
            parts["supervisor_title"] = ", ".join(filter(None, (parts["supervisor_title"], parts.pop("supervisor_email"))))
        for name, text in parts.items():
            if box := self.form.boxes.get(name):
                self.boxes[box.name] = _fitted(box, prose.clean_line(text), self.doubts)
            else:
                self._doubt("supervisor_email", text, "A label typed before the e-mail address.")


_EMAIL = re.compile(
    r"(?P<label>\be-?mail(?:\s+address)?\s*:\s*)?[(<\[]?(?P<address>[\w.+'’-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)[)>\]]?",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"^(?:the|le|la|el)\b|\b(?:head|chief|director|directrice|directora|specialist|spécialiste|especialista|officer|manager|"
    r"co-?ordinator|advis[eo]r|chef|cheffe|jefe|jefa|responsable|unit|unité|unidad|branch|department|office|bureau|team|service)\b",
    re.IGNORECASE,
)
_LONGEST_NAME = 6  # words


def split_supervisor(lines: Sequence[str]) -> dict[str, str]:
    """Who supervises, in the three boxes of the form: name, title and unit, e-mail; nothing is lost.

    Args:
        lines: what was typed, as a rule one line: "Name, title and unit, e-mail".

    Returns:
        A text for each of the three boxes, and under "" what was typed as a label of the address.
    """
    email = label = ""
    rest: list[str] = []
    for line in lines:
        if not email and (found := _EMAIL.search(line)):
            email, label = found["address"], (found["label"] or "").strip()
            line = f"{line[: found.start()].rstrip(' ,;–—-')}{line[found.end() :]}"
        if line.strip(" ,;()"):
            rest.append(line.strip(" ,;"))
    first, *others = rest or [""]
    name, comma, title = first.partition(",")
    if not comma:
        name, _, title = re.sub(r"\s[–—-]\s", "\n", first, count=1).partition("\n")
    if len(name.split()) > _LONGEST_NAME or _FUNCTION.search(name):
        name, title = "", first
    title = ", ".join(part for part in (title.strip(), *others) if part)
    return {"supervisor_name": name.strip(), "supervisor_title": title, "supervisor_email": email, "": label}


def _is_paragraph(piece: Piece, first: bool) -> bool:
    """Whether a piece is more than a line on a person; the first one may be a sentence."""
    text = piece.words
    return len(text.split()) > 25 or (not first and len(text.split()) > 12 and text.rstrip().endswith("."))


# Pieces and the form's own wording


def _outside(section: Section) -> str:
    """Where lines go that stand in a section of lines before its first label."""
    return f"?{section.name}"


def _as_typed(piece: Piece) -> str:
    """The words of a piece with its number, which in a line is no list's."""
    return f"{piece.number}. {piece.words}" if piece.mark == "1." else piece.words


def _without_start(value: str, fixed: str) -> str:
    """A value without the fixed words printed before it."""
    pattern = r"\W+".join(map(re.escape, fixed.split()))
    return re.sub(rf"^\W*{pattern}\b[\s,:–—-]*", "", value, count=1, flags=re.IGNORECASE)


def _head_texts(form: Form) -> set[tuple[str, ...]]:
    """The fixed texts that stand before the first section."""
    whole = f"{form.title} {form.subtitle}"
    texts = (form.letterhead, form.title, form.subtitle, whole, f"{form.letterhead} {whole}", form.note)
    return {words(text) for text in (*texts, form.words.get("draft_mark", ""))}


def _closing_texts(form: Form) -> set[tuple[str, ...]]:
    """The fixed texts at the end, whole and sentence by sentence, and the title where it is repeated."""
    sentences = [part for text in form.closing for part in re.split(r"(?<=\.)\s+", text)]
    texts = (*form.closing, *sentences, " ".join(form.closing), f"{form.title} {form.subtitle}")
    return {words(text) for text in texts}


def _without_fixed(pieces: Sequence[Piece], fixed: set[tuple[str, ...]]) -> list[Piece]:
    """Pieces without fixed texts that stand alone, also where one was split over several pieces."""
    longest = max(map(len, fixed))
    keys = [_key(piece) for piece in pieces]
    out: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = _end_of_fixed(keys, at, fixed, longest)
        if end == at:
            out.append(pieces[at])
        at = max(end, at + 1)
    return out


LONGEST_FIXED = 2000  # characters


def _key(piece: Piece) -> tuple[str, ...]:
    """The words by which a piece is known for a fixed text; none where it cannot be one."""
    return words(piece.words) if piece.role is not Role.HTML and len(piece.text) < LONGEST_FIXED else ()


def _end_of_fixed(keys: Sequence[tuple[str, ...]], at: int, fixed: set[tuple[str, ...]], longest: int) -> int:
    """Where a fixed text ends that begins with the piece at a place; the same place if none does."""
    run: tuple[str, ...] = ()
    end = at
    for place in range(at, len(keys)):
        run += keys[place]
        if len(run) > longest or not keys[place]:
            break
        if run in fixed:
            end = place + 1
    return end


def _without_lead(pieces: Sequence[Piece], box: Box) -> list[Piece]:
    """Pieces without the box's fixed lead, where it opens the box."""
    if not box.lead or not pieces:
        return list(pieces)
    keys = [_key(piece) for piece in pieces[:4]]
    lead = words(box.lead)
    return list(pieces[_end_of_fixed(keys, 0, {lead}, len(lead)) :])


def _in_their_boxes(section: Section, pieces: dict[str, list[Piece]]) -> dict[str, list[Piece]]:
    """The pieces of a section, those behind another box's lead or heading moved to that box."""
    out: dict[str, list[Piece]] = {name: [] for name in pieces}
    for name, typed in pieces.items():
        current = name
        for piece in typed:
            box = _box_begun(piece, section)
            if box and box.name != current and not out[box.name] and (box.name == name or not pieces[box.name]):
                current = box.name
            out[current].append(piece)
    return out


MOST_WORDS_OF_LEAD = 60
MOST_WORDS_OF_HEADING = 12
MOST_WORDS_OF_PLAIN_HEADING = 6  # a line that only its colon sets apart


def _box_begun(piece: Piece, section: Section) -> Box | None:
    """The box that begins with a piece: its lead, also reworded, or a heading or guidance where the form has no label."""
    if len(piece.text) > LONGEST_FIXED or piece.is_item or piece.role is Role.HTML:
        return None
    typed = words(piece.words)
    leads = piece.words.rstrip(" *_").endswith(":")
    if not typed or len(typed) > MOST_WORDS_OF_LEAD:
        return None
    for box in section.boxes:
        if box.lead and (leads or typed == words(box.lead)) and _is_lead(typed, box):
            return box
        if box.label_on_paper is OnPaper.IF_SEVERAL and _is_heading_of(piece, typed, leads, box):
            return box
    return None


def _is_lead(typed: tuple[str, ...], box: Box) -> bool:
    """Whether words are a box's lead, perhaps reworded."""
    if SequenceMatcher(None, typed, words(box.lead), autojunk=False).ratio() >= 0.7:
        return True
    label = words(box.label)
    return box.label_on_paper is OnPaper.NEVER and len(label) == 2 and _holds(typed, label)


def _is_heading_of(piece: Piece, typed: tuple[str, ...], leads: bool, box: Box) -> bool:
    prominent = piece.role is Role.HEADING or bool(re.fullmatch(r"(\*\*|__).*\1:?", piece.text))
    if len(typed) <= (MOST_WORDS_OF_HEADING if prominent else MOST_WORDS_OF_PLAIN_HEADING if leads else 0):
        wordings = [words(wording) for wording in (box.label, *SYNONYMS.get(box.name, ()))]
        if any(typed == wording or (len(wording) > 1 and _holds(typed, wording)) for wording in wordings):
            return True
    guidance = set(words(box.guidance.partition(".")[0]))
    shared = len(guidance & set(typed))
    return len(guidance) > 3 and shared >= 0.6 * len(guidance) and shared >= 0.6 * len(set(typed))


def _holds(typed: tuple[str, ...], wording: tuple[str, ...]) -> bool:
    return any(typed[at : at + len(wording)] == wording for at in range(len(typed) - len(wording) + 1))
