"""The pieces of an old file that found no certain place: into which boxes they may go, and in which shape."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from documents import prose
from documents.form import Box, Form, Kind
from proposals.fields import BoxField
from proposals.models import Doubt


class DoesNotFit(Exception):
    """A doubt cannot be put into a box; the message says why, to the person."""


@dataclass(frozen=True)
class Place:
    """A box into which a doubt may be put, as a list to choose from shows it."""

    name: str
    title: str


def places(paper_form: Form) -> list[tuple[str, list[Place]]]:
    """The boxes that take text, section by section."""
    return [
        (section.heading, [Place(box.name, box.title) for box in section.boxes if box.kind is not Kind.CHOICE])
        for section in paper_form.sections
    ]


def counted(paper_form: Form, doubts: Iterable[Doubt]) -> Counter[str]:
    """How many doubts may belong to each section, by its name."""
    return Counter(paper_form.section_of[doubt.box].name for doubt in doubts if doubt.box in paper_form.section_of)


def put_at_the_end(field: BoxField, box: Box, answer: str, text: str) -> str:
    """An answer with the text of a doubt at its end, in the shape of its box.

    Raises:
        DoesNotFit: there is no room for it, or the box offers a choice of answers and this is none of them.
    """
    if box.kind is Kind.CHOICE:
        raise DoesNotFit(f"“{box.title}” must be one of: {', '.join(box.choices)}.")
    longer = prose.appended(answer, as_prose(text)) if box.kind is Kind.PROSE else field.tidy(f"{answer} {text}")
    if trouble := field.too_long(longer):
        raise DoesNotFit(f"It does not fit into “{box.title}”: with it, {trouble[0].lower()}{trouble[1:]}")
    return longer


def as_prose(text: str) -> str:
    """The text of a doubt as prose: its lines that begin with "- " are a list."""
    return prose.from_plain(text)
