"""The kinds of box: Django fields that also carry what the form prints and shows around them."""

from typing import Any

from django.db import models

from documents import prose
from documents.form import Box, Kind, OnPaper, Required


class BoxField(models.Field):
    """A box of the form.

    Its wording is no part of the database: migrations see a plain Django field, so rewording makes none. It may always
    be left empty: *required* is asked at submission.
    """

    kind: Kind
    most_characters = 300

    def __init__(
        self,
        label: Any = "",
        *,
        group: Any = "",
        guidance: Any = "",
        example: Any = "",
        sentences: tuple[Any, ...] = (),
        fixed: Any = "",
        lead: Any = "",
        offered: Any = "",
        label_on_paper: OnPaper = OnPaper.ALWAYS,
        required: Required = Required.ALWAYS,
        answers: tuple[str, ...] = (),
        most_words: int = 40,
        personal: bool = False,
        **options: Any,
    ) -> None:
        self.label, self.group, self.guidance, self.example, self.sentences = label, group, guidance, example, sentences
        self.fixed, self.lead, self.offered, self.label_on_paper = fixed, lead, offered, label_on_paper
        self.required, self.answers, self.most_words, self.personal = required, answers, most_words, personal
        super().__init__(**{"blank": True, "default": "", **options})

    def deconstruct(self) -> Any:
        name, _path, _args, options = super().deconstruct()
        plain = models.TextField if isinstance(self, models.TextField) else models.CharField
        options = {"blank": True, "default": ""} | ({"max_length": self.max_length} if self.max_length else {})
        return name, f"django.db.models.{plain.__name__}", [], options

    def box(self) -> Box:
        """This box as a value, worded in the language that is active."""
        return Box(
            name=self.name,
            kind=self.kind,
            label=str(self.label),
            group=str(self.group),
            guidance=str(self.guidance),
            example=str(self.example),
            sentences=(*prose.pieces(str(self.example)), *(prose.from_typed(str(said)) for said in self.sentences)),
            fixed=str(self.fixed),
            lead=str(self.lead),
            default=str(self.offered),
            label_on_paper=self.label_on_paper,
            required=self.required,
            choices=self.answers,
            most_words=self.most_words,
            most_characters=self.most_characters,
            personal=self.personal,
        )

    def tidy(self, answer: str) -> str:
        """An answer as it is stored: one clean line."""
        return prose.clean_line(answer)

    def too_long(self, answer: str) -> str | None:
        """Why a tidy answer cannot be kept in this box, as a sentence; None if it can."""
        if len(answer) <= self.most_characters:
            return None
        return f"This text has {len(answer):,} characters; there is room for {self.most_characters:,}."


class Line(BoxField, models.CharField):
    """One line of text."""

    kind = Kind.LINE

    def __init__(self, label: Any = "", **options: Any) -> None:
        super().__init__(label, **{"max_length": self.most_characters, **options})


class Email(Line):
    """An e-mail address."""

    kind = Kind.EMAIL


class Choice(Line):
    """One of a few answers."""

    kind = Kind.CHOICE


class Prose(BoxField, models.TextField):
    """Paragraphs, lists, bold, italic and links, stored as canonical HTML."""

    kind = Kind.PROSE
    most_characters = 30_000

    def tidy(self, answer: str) -> str:
        """An answer as it is stored: canonical prose."""
        return prose.from_typed(answer)
