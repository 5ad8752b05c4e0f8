"""The form as a value: its sections, boxes and wording, frozen, in one language."""

import functools
from dataclasses import dataclass, field
from enum import StrEnum

from documents import prose, signs


class Kind(StrEnum):
    """The shape of an answer."""

    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    EMAIL = "email"


class Required(StrEnum):
    """When a box must be filled; always a question of submission, never of saving."""

    ALWAYS = "always"
    FIELD_POST = "field post"
    NEVER = "never"


class OnPaper(StrEnum):
    """When the label of a box is printed above its answer."""

    ALWAYS = "always"
    NEVER = "never"
    IF_SEVERAL = "if several boxes of the section are filled"


FAR_TOO_LONG = 60_000
"""Characters of an answer of which nothing is counted any more: no box has room for so many, and counting takes seconds."""
LONGEST_WORD = 500  # the renderer's time grows with the square of a word's length


@dataclass(frozen=True)
class Box:
    """One box of the form and all that the form says around it.

    `label` is printed; `guidance` and `example` are shown on screen only; `lead` and `fixed` are printed by the portal
    and never typed; `group` names the boxes that share one printed label ("Education", "Direct Supervision by").
    `sentences` may be taken one by one: those of the example, and further ones; each is prose, its gaps marked "…".
    """

    name: str
    kind: Kind
    label: str = ""
    group: str = ""
    guidance: str = ""
    example: str = ""
    sentences: tuple[str, ...] = ()
    fixed: str = ""
    lead: str = ""
    default: str = ""
    label_on_paper: OnPaper = OnPaper.ALWAYS
    required: Required = Required.NEVER
    choices: tuple[str, ...] = ()
    most_words: int = 40
    most_characters: int = 300
    personal: bool = False
    """Whether it names somebody, and so is told to donors with their consent alone."""

    @property
    def title(self) -> str:
        """The box named in full, for sentences and lists: "Education – Minimum"."""
        return " – ".join(part for part in (self.group, self.label) if part)

    def words(self, answer: str) -> list[str]:
        """The words of an answer, markup apart."""
        return prose.words(answer) if self.kind is Kind.PROSE else answer.split()

    def is_empty(self, answer: str) -> bool:
        """Whether the author has not answered: nothing there, or only the preposition the form offers."""
        return not answer.strip() or (bool(self.fixed) and answer.strip() == self.default.strip())

    def problem(self, answer: str, field_post: bool) -> str | None:
        """What stands in the way of submitting this answer, as a sentence to the author; None if nothing does."""
        if self.is_empty(answer):
            return f"“{self.title}” is empty." if self.is_required(field_post) else None
        if len(answer) > FAR_TOO_LONG:
            return f"“{self.title}” is far too long; there is room for {self.most_words} words."
        words = self.words(answer)
        if len(words) > self.most_words:
            return f"“{self.title}” has {len(words)} words; there is room for {self.most_words}."
        if any(len(word) > LONGEST_WORD for word in words):
            return f"“{self.title}” holds a word of more than {LONGEST_WORD} characters, which no page can hold."
        if unprintable := self.unprintable(answer):
            return unprintable
        if self.kind is Kind.CHOICE and answer not in self.choices:
            return f"“{self.title}” must be one of: {', '.join(self.choices)}."
        return None

    def unprintable(self, answer: str) -> str | None:
        """Which characters of an answer the paper's fonts have no sign for, as a sentence to the author; None if it prints."""
        missing = signs.without_sign(answer)
        if missing and self.kind is Kind.PROSE:  # the address of a link does not print
            missing = signs.without_sign(prose.text(answer))
        return signs.sentence(missing, f"“{self.title}”") if missing else None

    def is_required(self, field_post: bool) -> bool:
        """Whether a proposal for this kind of post must have an answer here."""
        return self.required is Required.ALWAYS or (self.required is Required.FIELD_POST and field_post)


@dataclass(frozen=True)
class Section:
    """One numbered section of the form with its boxes, in the order of the paper."""

    name: str
    number: int
    heading: str
    boxes: tuple[Box, ...]
    guidance: str = ""


@dataclass(frozen=True)
class Form:
    """The whole form in one language; built once from the models of `proposals.sections`."""

    edition: str
    language: str
    letterhead: str
    title: str
    subtitle: str
    note: str
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    words: dict[str, str] = field(default_factory=dict, hash=False)
    """Further fixed words printed on the paper: "Post number", "Month of issue", "Year", "page"…"""

    @functools.cached_property
    def boxes(self) -> dict[str, Box]:
        """Every box by name, in the order of the form."""
        return {box.name: box for section in self.sections for box in section.boxes}

    @functools.cached_property
    def section_of(self) -> dict[str, Section]:
        """The section a box stands in, by the box's name."""
        return {box.name: section for section in self.sections for box in section.boxes}

    def section(self, name: str) -> Section:
        """The section of that name.

        Raises:
            KeyError: there is no such section.
        """
        return {section.name: section for section in self.sections}[name]
