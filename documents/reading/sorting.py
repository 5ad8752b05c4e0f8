"""Sorting: the lines put to each box, brought into the shape the box holds; the form's own wording goes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from documents import prose
from documents.form import Box, Form, Kind, OnPaper, Section
from documents.reading import background, inline, lists, repair
from documents.reading.doubts import (
    WHY_ADDRESS,
    WHY_BELOW,
    WHY_HEAD,
    WHY_LINK,
    WHY_OUTSIDE,
    WHY_PAGES,
    WHY_UNLABELLED,
    Doubt,
    fitted,
)
from documents.reading.labels import SMALL, Means, holds, stem, words
from documents.reading.lines import Role
from documents.reading.printed import LONGEST_FIXED, Printed, end_of_fixed, key_of
from documents.reading.repair import Piece
from documents.reading.walk import Walk, outside
from documents.reading.wordings import FILLERS, FIXED, LEADS, SYNONYMS


class Sorting:
    """Brings the lines put to each box into the shape the box holds."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.form = walk.form
        self.boxes: dict[str, str] = {}
        self.doubts: list[Doubt] = []
        form = self.form
        head = [form.words.get("draft_mark", ""), form.letterhead, form.title, form.subtitle, form.note]
        closing = [part for text in form.closing for part in re.split(r"(?<=\.)\s+", text)]
        named = {} if walk.own_export else _named(form)
        self.head = Printed(head, named, form.language)
        self.closing = Printed(closing, named, form.language)

    def result(self) -> tuple[dict[str, str], tuple[Doubt, ...]]:
        """An answer for every box, and what is in doubt."""
        for name, why in WHY_HEAD.items() if not self.walk.own_export else ():
            for line in self.walk.content.get(name, []):
                if line.has_words:
                    self._doubt("", inline.plain(line.text), why)
        head = [replace(piece, text=line) for piece in self._pieces("") for line in piece.text.split("\n")]
        self._doubt_pieces(self.head.taken_from(head), WHY_OUTSIDE)
        for section in reversed(self.form.sections):  # from the end, where the closing texts stand
            self._section(section)
        if self.walk.pages:
            self.doubts.append(Doubt("", prose.clean_line(" · ".join(self.walk.pages)), WHY_PAGES, aside=True))
        order = ["", *self.form.boxes]
        doubts = sorted([*self.doubts, *self.walk.doubts], key=lambda doubt: order.index(doubt.box))
        return {name: self.boxes.get(name, "") for name in self.form.boxes}, tuple(doubts)

    def _pieces(self, name: str) -> list[Piece]:
        return repair.pieces_of(self.walk.content.get(name, []), self.walk.width)

    def _doubt(self, box: str, text: str, why: str) -> None:
        if words(text):
            self.doubts.append(Doubt(box, prose.clean_line(text), why))

    def _doubt_pieces(self, pieces: Sequence[Piece], why: str) -> None:
        for piece in pieces:
            self._doubt("", piece.words, why)

    def _section(self, section: Section) -> None:
        self._doubt_pieces(self._pieces(outside(section)), WHY_UNLABELLED.format(section.heading))
        pieces = {box.name: self._pieces(box.name) for box in section.boxes}
        if "supervisor_name" in pieces:
            self._supervisor(pieces)
        pieces = _in_their_boxes(section, pieces, self.walk.own_export)
        if not self.walk.own_export:
            labelled = {name for means, name in self.walk.recognised if means is Means.BOX}
            pieces = background.sorted_by_subject(section, pieces, labelled)
        for box in reversed(section.boxes):
            if box.kind is Kind.PROSE:
                own = self.closing.taken_from(pieces[box.name])
                self.boxes[box.name] = lists.prose_of(_without_lead(own, box))
            elif box.name not in self.boxes:
                self.boxes[box.name] = fitted(box, self._line(box, pieces[box.name]), self.doubts)

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
            value = _without_fixed(value, box) if box.fixed else value
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
                self.boxes[box.name] = fitted(box, prose.clean_line(text), self.doubts)
            else:
                self.doubts += [Doubt("supervisor_email", text, WHY_ADDRESS, aside=True)] if words(text) else []


_EMAIL = re.compile(
    r"(?P<label>\be-?mail(?:\s+address)?\s*:\s*)?[(<\[]?(?P<address>[\w.+'’-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)[)>\]]?",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"^(?:the|le|la|el)\b|\b(?:head|chief|director|directrice|directora|specialist|spécialiste|especialista|officer|manager|"
    r"co-?ordinator|advis[eo]r|chef|cheffe|jefe|jefa|responsable|unit|unité|unidad|branch|department|office|bureau|team|service)\b",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*([,;(]|\s[–—/-](?=\s))\s*")
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
            line = f"{line[: found.start()].rstrip(' ,;/–—-')}{line[found.end() :]}"
        if line.strip(" ,;()"):
            rest.append(line.strip(" ,;"))
    first, *others = rest or [""]
    name, mark, title = (*_AFTER_NAME.split(first, maxsplit=1), "", "")[:3]
    if mark == "(":
        title = title.replace(")", "", 1)
    if len(name.split()) > _LONGEST_NAME or _FUNCTION.search(name):
        name, title = "", first
    title = ", ".join(part for part in (title.strip(), *others) if part)
    return {"supervisor_name": name.strip(), "supervisor_title": title, "supervisor_email": email, "": label}


def _is_paragraph(piece: Piece, first: bool) -> bool:
    """Whether a piece is more than a line on a person; the first one may be a sentence."""
    text = piece.words
    return (
        piece.role is Role.HTML
        or len(text.split()) > 25
        or (not first and len(text.split()) > 12 and text.rstrip().endswith("."))
    )


# Pieces and the form's own wording


def _as_typed(piece: Piece) -> str:
    """The words of a piece with its number, which in a line is no list's."""
    return f"{piece.number}. {piece.words}" if piece.mark == "1." else piece.words


def _named(form: Form) -> dict[str, str]:
    """The fixed texts of which other translations are known, by the names of these."""
    return {
        "title": f"{form.title} {form.subtitle}",
        "note": form.note,
        **dict(zip(("diversity", "smoking"), form.closing, strict=False)),
    }


def _without_fixed(value: str, box: Box) -> str:
    """A value without the fixed words printed before it, as the form words them or as papers in other languages do."""
    shorter = (_without_start(value, fixed) for fixed in (box.fixed, *FIXED.get(box.name, ())))
    return next((rest for rest in shorter if rest != value), value)


def _without_start(value: str, fixed: str) -> str:
    """A value without the fixed words printed before it."""
    pattern = r"\W+".join(re.findall(r"\w+", fixed))
    end = "".join(f"{re.escape(mark)}?" for mark in re.findall(r"\W*$", fixed)[0])
    return re.sub(rf"^\W*{pattern}\b{end}[\s,:–—-]*", "", value, count=1, flags=re.IGNORECASE)


def _without_lead(pieces: Sequence[Piece], box: Box) -> list[Piece]:
    """Pieces without the box's fixed lead, where it opens the box."""
    if not box.lead or not pieces:
        return list(pieces)
    keys = [key_of(piece) for piece in pieces[:4]]
    lead = words(box.lead)
    return list(pieces[end_of_fixed(keys, 0, {lead}, len(lead)) :])


def _in_their_boxes(section: Section, pieces: dict[str, list[Piece]], parted: bool) -> dict[str, list[Piece]]:
    """The pieces of a section, those behind another box's lead or heading moved to that box.

    Args:
        parted: whether a part of the file is a box, as in this portal's own; a new one is the next box without a label.
    """
    unlabelled = [box.name for box in section.boxes if box.label_on_paper is OnPaper.NEVER]
    following = dict(pairwise(unlabelled)) if parted else {}
    out: dict[str, list[Piece]] = {name: [] for name in pieces}
    for name, typed in pieces.items():
        current = name
        for piece in typed:
            if parted and piece.role is Role.PART:
                current = following.get(current, current) if out[current] else current
                continue
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
    unlabelled = [box for box in section.boxes if box.label_on_paper is OnPaper.IF_SEVERAL]
    if headed := next((box for box in unlabelled if _is_heading_of(piece, typed, leads, box)), None):
        return headed
    if background.names_outcome(piece.words):  # it says what the guidance asks for, in words like its own
        return None
    return max((box for box in unlabelled if _likeness(typed, box) >= ALIKE), key=lambda box: _likeness(typed, box), default=None)


def _is_lead(typed: tuple[str, ...], box: Box) -> bool:
    """Whether words are a box's lead, perhaps reworded."""
    if SequenceMatcher(None, typed, words(box.lead), autojunk=False).ratio() >= 0.65:
        return True
    label, others = words(box.label), map(words, SYNONYMS.get(box.name, ()))
    named = (len(label) == 2 and holds(typed, label)) or any(typed[-len(other) :] == other for other in others)
    return box.label_on_paper is OnPaper.NEVER and (named or _leads_to(typed, *LEADS.get(box.name, ((), ()))))


def _leads_to(typed: tuple[str, ...], nouns: Sequence[str], verbs: Sequence[str]) -> bool:
    """Whether a lead says what somebody does for what it leads to: one of the verbs, and one of the nouns at its end."""
    kept = [word for word in typed if word not in FILLERS and word not in SMALL]
    return bool(kept) and stem(kept[-1]) in nouns and any(word.startswith(tuple(verbs)) for word in typed)


def _is_heading_of(piece: Piece, typed: tuple[str, ...], leads: bool, box: Box) -> bool:
    """Whether words are the label of a box, or hold it, and are set apart from the text below."""
    prominent = piece.role is Role.HEADING or bool(re.fullmatch(r"(\*\*|__).*\1:?", piece.text))
    if len(typed) > (MOST_WORDS_OF_HEADING if prominent else MOST_WORDS_OF_PLAIN_HEADING if leads else 0):
        return False
    wordings = [words(wording) for wording in (box.label, *SYNONYMS.get(box.name, ()))]
    return any(typed == wording or (len(wording) > 1 and holds(typed, wording)) for wording in wordings)


ALIKE = 0.6


def _likeness(typed: tuple[str, ...], box: Box) -> float:
    """How much words are the guidance of a box, or what it says first: the share of their words that both have."""
    guidance = (set(words(text)) for text in (box.guidance, re.split(r"[.,:]", box.guidance, maxsplit=1)[0]))
    said = set(typed)
    return max((len(text & said) / max(len(text), len(said)) for text in guidance if len(text) > 3), default=0)
