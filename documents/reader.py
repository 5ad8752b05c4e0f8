"""The reader: an old proposal, as text converted from PDF, as PDF, or as this portal's own JSON, read into the boxes of a form.

It repairs what the conversion broke and drops the wording that belongs to the form. Every other word arrives: in a box,
or among the doubts, each with a sentence that says why.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents import prose
from documents.document import NotADocument, read_json
from documents.form import Box, Form, Kind
from documents.opened import MOST_BYTES
from documents.reading.decoding import NotAProposal, refuse_excess, text_of
from documents.reading.doubts import Doubt, fitted
from documents.reading.labels import Labels, wordings_in
from documents.reading.lines import lines_of
from documents.reading.sorting import Sorting
from documents.reading.walk import OWN_EXPORT, SUPERVISOR, Walk

__all__ = ["MOST_BYTES", "SUPERVISOR", "Doubt", "NotAProposal", "Reading", "read", "read_in_its_language", "stated_language"]


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
    return _read_text(text_of(data, name), form, name)


def _read_text(text: str, form: Form, name: str) -> Reading:
    if re.match(r"\s*\{\s*[\"}]", text):
        refuse_excess(text, name, times=4)  # all the boxes of the form, filled to the brim
        return _read_json(text, form)
    refuse_excess(text, name)
    walk = Walk(form, Labels(form), bool(OWN_EXPORT.search(text)))
    walk.through(lines_of(text))
    if not walk.is_proposal:
        file = f"“{name}”" if name else "This file"
        heading, label = form.sections[0].heading, form.boxes["title"].label
        raise NotAProposal(f"{file} has none of the form's headings and labels (“{heading}”, “{label}” …).")
    return Reading(*Sorting(walk).result(), form.language)


def read_in_its_language(data: bytes, forms: Sequence[Form], chosen: str = "", name: str = "") -> Reading:
    """Read a proposal by the form whose headings and labels stand in it.

    Args:
        data: the bytes of the file.
        forms: the form in each language; the first one serves texts in other languages too, as the paper form does.
        chosen: the language in which a file is that does not say its own; empty if nobody chose one.
        name: what the file is called, for sentences.

    Raises:
        NotAProposal: it cannot be read as one; the message is a sentence to the person who brought it.
    """
    text = text_of(data, name)
    stated = _stated(text)
    likely = sorted(forms, key=lambda form: (form.language != stated, form.language != chosen))
    if likely[0].language == stated:
        return replace(_read_text(text, likely[0], name), language=stated)
    refuse_excess(text, name, times=4)
    lines = lines_of(text)
    worded = max(likely, key=lambda form: wordings_in(lines, form))
    return replace(_read_text(text, worded, name), language=chosen if chosen and worded is forms[0] else worded.language)


def stated_language(data: bytes) -> str:
    """The language a file of this portal says it is in ("fr"); empty if it says nothing, as files from elsewhere do.

    Raises:
        NotAProposal: the file holds no text.
    """
    return _stated(text_of(data))


def _stated(text: str) -> str:
    found = OWN_EXPORT.search(text) or re.search(r'"language"\s*:\s*"(?P<language>\w\w)"', text)
    return found["language"] if found else ""


# JSON of this portal


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
    return prose.canonical(value) if box.kind is Kind.PROSE else fitted(box, prose.clean_line(value), doubts)
