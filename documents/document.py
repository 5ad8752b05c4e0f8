"""A document: the answers on a form, frozen; its canonical text, its two digests and what is missing in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from documents.form import Box, Form, Kind, OnPaper, Required, Section

FORMAT = "jpo-proposal/1"


class NotADocument(ValueError):
    """The text is not the JSON of a proposal; the message says why, to a person."""


@dataclass(frozen=True)
class Problem:
    """Something that stands in the way of submission: where, and a sentence to the author."""

    section: Section
    box: Box
    sentence: str


@dataclass(frozen=True)
class Document:
    """What a proposal says at one moment: the answers in every box, and the form they were given on."""

    form: Form
    answers: Mapping[str, str]
    office: str = ""
    field_post: bool = False
    named_to_donors: bool = False

    def __getitem__(self, box: str) -> str:
        return self.answers.get(box, "")

    @property
    def title(self) -> str:
        """The title as printed: "Junior Professional Officer in …"."""
        box = self.form.boxes["title"]
        return f"{box.fixed} {self['title']}".strip()

    def problems(self, section: Section | None = None) -> list[Problem]:
        """What stands in the way of submission, in the order of the form; of one section, if given."""
        found = [
            Problem(part, box, sentence)
            for part in ([section] if section else self.form.sections)
            for box in part.boxes
            if (sentence := box.problem(self[box.name], self.field_post))
        ]
        return found

    def to_json(self) -> dict[str, Any]:
        """The document as plain data: answers under `boxes`, and the wording they are printed with."""
        return {
            "format": FORMAT,
            "edition": self.form.edition,
            "language": self.form.language,
            "office": self.office,
            "field_post": self.field_post,
            "named_to_donors": self.named_to_donors,
            "boxes": {name: self[name] for name in self.form.boxes},
            "wording": wording(self.form),
        }

    def for_donors(self) -> "Document":
        """The document as donors get it: without the name and address of a supervisor who has not agreed to be named."""
        if self.named_to_donors:
            return self
        return replace(self, answers={name: "" if box.personal else self[name] for name, box in self.form.boxes.items()})

    def text(self) -> str:
        """The canonical JSON text: what is frozen, hashed and attached."""
        return canonical_json(self.to_json())

    def answers_digest(self) -> str:
        """The digest of the answers alone: is it the same text?"""
        return digest(canonical_json({name: self[name] for name in self.form.boxes}))

    def seal(self) -> str:
        """The digest of answers, wording, form edition and language: what a decider has before their eyes."""
        data = self.to_json()
        return digest(canonical_json({key: data[key] for key in ("edition", "language", "boxes", "wording")}))

    @classmethod
    def from_text(cls, text: str) -> "Document":
        """The document of a canonical JSON text, printed with the wording frozen in it.

        Raises:
            NotADocument: the text is not the JSON of a proposal.
        """
        data = read_json(text)
        return cls(
            form=form_from_wording(data),
            answers=data["boxes"],
            office=data.get("office", ""),
            field_post=bool(data.get("field_post")),
            named_to_donors=bool(data.get("named_to_donors")),
        )


def canonical_json(data: Any) -> str:
    """Data as JSON text that is the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_json(text: str) -> dict[str, Any]:
    """The data of a proposal's JSON text, checked for its shape.

    Raises:
        NotADocument: it is no JSON, or not of this format.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotADocument("This is not a JSON file, or only a part of one.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise NotADocument(f"This JSON file is not a proposal of this portal (its “format” is not “{FORMAT}”).")
    boxes = data.get("boxes")
    if not isinstance(boxes, dict) or not all(isinstance(value, str) for value in boxes.values()):
        raise NotADocument("This JSON file has no “boxes” with a text for each box.")
    return data


PRINTED = ("name", "label", "group", "fixed", "lead")  # what the paper shows of a box; guidance never


def wording(form: Form) -> dict[str, Any]:
    """The fixed wording of the form, as far as it is printed."""
    return {
        "letterhead": form.letterhead,
        "title": form.title,
        "subtitle": form.subtitle,
        "closing": list(form.closing),
        "words": dict(form.words),
        "sections": [
            {
                "name": section.name,
                "number": section.number,
                "heading": section.heading,
                "boxes": [
                    {key: getattr(box, key) for key in PRINTED}
                    | {"kind": str(box.kind), "label_on_paper": str(box.label_on_paper)}
                    | ({"personal": True} if box.personal else {})
                    for box in section.boxes
                ],
            }
            for section in form.sections
        ],
    }


def form_from_wording(data: Mapping[str, Any]) -> Form:
    """The form as it was worded when the document was frozen (without what is only shown on screen)."""
    try:
        worded = data["wording"]
        sections = tuple(
            Section(
                name=section["name"],
                number=section["number"],
                heading=section["heading"],
                boxes=tuple(
                    Box(
                        kind=Kind(box["kind"]),
                        label_on_paper=OnPaper(box["label_on_paper"]),
                        required=Required.NEVER,
                        personal=bool(box.get("personal")),
                        **{key: box[key] for key in PRINTED},
                    )
                    for box in section["boxes"]
                ),
            )
            for section in worded["sections"]
        )
        return Form(
            edition=data["edition"],
            language=data["language"],
            letterhead=worded["letterhead"],
            title=worded["title"],
            subtitle=worded["subtitle"],
            note="",
            sections=sections,
            closing=tuple(worded["closing"]),
            words=worded["words"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotADocument("The wording of the form in this JSON file is damaged.") from error
