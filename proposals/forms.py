"""The forms of the drafting pages; that of a section is built from the declaration of its boxes."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from documents.form import Box, Kind
from organisation.models import Office
from proposals.fields import BoxField
from proposals.findings import Beside
from proposals.models import Doubt, Proposal
from proposals.notes import PRESSED, Fold
from proposals.sections import Section, form
from proposals.uploads import MOST_BYTES, TOO_LARGE
from proposals.writing import mark

MOST_TYPED = 10
"""So many times the room of a box may be typed or pasted with all its markup; more is refused unread."""
LARGEST_TEXT = 1024 * 1024


class Radios(forms.RadioSelect):
    """Radio buttons, the first of which bears the id of the field: a link to the field finds it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.attrs.setdefault("class", "form-check-input")

    def id_for_label(self, id_: str, index: str | int | None = None) -> str:
        return id_ if index in (0, "0") else super().id_for_label(id_, index)  # type: ignore[arg-type]


class Input(forms.BoundField):
    """The input of one box on a page; what its text holds that cannot be printed is said beside it."""

    @property
    def unprintable(self) -> str:
        """The characters in it that the paper's fonts have no sign for, as a sentence; empty if everything prints."""
        answer, typed = self.field, str(self.value() or "")
        assert isinstance(answer, Answer)
        return "" if answer.is_excessive(typed) else answer.box.unprintable(answer.stored_by.tidy(typed)) or ""

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if self.use_fieldset or described is None:
            return described
        return f"{described} {self.auto_id}_unprintable {self.auto_id}_findings".strip()


class Answer(forms.Field):
    """The input of one box: what is typed is stored as the box stores it, or refused in words with the text kept."""

    bound_field_class = Input

    def __init__(self, field: BoxField, box: Box, answer: str, proposal: Proposal | None) -> None:
        self.box, self.stored_by, self.answer = box, field, answer
        self.lang = proposal.language if proposal else "en"
        self.optional = not box.is_required(proposal.is_field) if proposal else True
        self.suggestions: Sequence[str] = ()
        self.alone = False
        """Whether it stands for itself, beside another text: without examples."""
        self.doubts: Sequence[Doubt] = ()
        self.notes: Fold | None = None
        self.findings = Beside(box.name)
        super().__init__(
            required=False,
            label=box.label or box.title,
            help_text=_help(box, answer, self.lang, bool(proposal and proposal.is_field)),
            widget=_widget(box, answer, self.lang),
        )

    @property
    def counts_words(self) -> bool:
        """Whether the words of its text are counted beneath it."""
        return self.box.kind is Kind.PROSE

    def is_excessive(self, typed: str) -> bool:
        """Whether so much was sent that it is refused unread."""
        return len(typed) > MOST_TYPED * self.box.most_characters

    def clean(self, value: Any) -> str:
        typed = str(value or "")
        if self.is_excessive(typed):
            raise ValidationError(
                f"This text has {len(typed):,} characters; there is room for {self.box.most_characters:,}. "
                "Shorten it and save again; your text is still here."
            )
        answer = self.stored_by.tidy(typed)
        if trouble := self.stored_by.too_long(answer):
            raise ValidationError(f"{trouble} Shorten it and save again; your text is still here.")
        if self.box.kind is Kind.CHOICE and answer and answer not in self.box.choices:
            raise ValidationError(f"Choose one of these: {', '.join(self.box.choices)}.")
        return answer


class Revision(forms.Field):
    """The revision that a page was made from; anything else than a number is none that ever was."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        typed = str(value or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


class SectionForm(forms.Form):
    """One section of a proposal: an input for each box, and which text the page was made from.

    `opened` says, box by box, what stood there when the page was made: a box that its writer has not touched is not
    sent to be saved, so that it never overwrites what a colleague wrote in it meanwhile.
    """

    revision = Revision(required=False)
    opened = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        section: type[Section],
        proposal: Proposal | None = None,
        data: Mapping[str, Any] | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        """An input for each box.

        Args:
            proposal: the one that is shown; without it the form only reads what was sent.
            only: the boxes to ask for, if not all.
        """
        super().__init__(data)
        row = getattr(proposal, section.accessor()) if proposal else None
        boxes = form(proposal.language if proposal else "en").boxes
        for field in section.fields():
            if only is None or field.name in only:
                answer = getattr(row, field.name) if row else ""
                self.fields[field.name] = Answer(field, boxes[field.name], answer, proposal)
                self.answers[field.name].alone = only is not None
                self.initial[field.name] = readable(answer) if field.kind is Kind.PROSE else answer
        if row:
            self.initial["revision"] = row.revision
            self.initial["opened"] = " ".join(mark(answer.answer) for answer in self.answers.values())

    @property
    def answers(self) -> dict[str, Answer]:
        """The inputs of the boxes, by name."""
        return {name: field for name, field in self.fields.items() if isinstance(field, Answer)}

    @property
    def has_prose(self) -> bool:
        """Whether somebody may write lists here."""
        return any(answer.box.kind is Kind.PROSE for answer in self.answers.values())

    @property
    def helper(self) -> FormHelper:
        """The layout: the boxes in the order of the form, those that share a printed label under it."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf, helper.include_media, helper.form_show_errors = False, True, False, False
        groups = groupby(self.answers.items(), key=lambda item: item[1].box.group)
        helper.layout = Layout("revision", "opened", *(part for group, items in groups for part in _laid_out(group, items)))
        return helper

    def sent(self) -> dict[str, str]:
        """The answers that were sent, tidy, whether they were changed or not."""
        return {name: self.cleaned_data[name] for name in self.answers if name in self.data and name in self.cleaned_data}

    def changed(self) -> dict[str, str]:
        """Those of them that the writer has changed since the page was made."""
        opened = self.marks()
        return {name: answer for name, answer in self.sent().items() if opened.get(name) != mark(answer)}

    def typed(self) -> dict[str, str]:
        """What was sent, tidy, whether its box takes it or not; without what is refused unread."""
        sent = {name: str(self.data[name]) for name in self.answers if name in self.data}
        fit = {name: text for name, text in sent.items() if not self.answers[name].is_excessive(text)}
        return {name: self.answers[name].stored_by.tidy(text) for name, text in fit.items()}

    def marks(self) -> dict[str, str]:
        """By box, the mark of the text that the page was opened with; empty if the page does not say so."""
        marks = str(self.data.get("opened", "")).split()
        return dict(zip(self.answers, marks, strict=True)) if len(marks) == len(self.answers) else {}

    def put_beside(self, doubts: Iterable[Doubt]) -> None:
        """Puts each doubt beside the box to which it may belong."""
        for doubt in doubts:
            if doubt.box in self.fields:
                self.answers[doubt.box].doubts = [*self.answers[doubt.box].doubts, doubt]

    def tell(self, found: Mapping[str, Beside]) -> None:
        """Tells beside each box what is found in it."""
        for name, answer in self.answers.items():
            answer.findings = found.get(name, answer.findings)

    def suggest(self, offices: Sequence[Office], language: str) -> None:
        """Offers the register's words where they fit; anything else may be typed."""
        for name, words in SUGGESTED.items():
            if name in self.fields:
                answer = self.answers[name]
                answer.suggestions = sorted({word for office in offices if (word := words(office, language))})
                answer.widget.attrs["list"] = f"suggested_{name}"


SUGGESTED: dict[str, Callable[[Office, str], str]] = {
    "duty_station": lambda office, language: office.place,
    "department": lambda office, language: "" if office.kind == Office.Kind.UNIT else office.printed_name(language),
    "unit": lambda office, language: office.printed_name(language) if office.kind == Office.Kind.UNIT else "",
}
"""Which words of an office are offered in which box."""

BESIDE_THE_BOXES = frozenset(SectionForm.base_fields) | {"go", "box", "use_example", "mend", "csrfmiddlewaretoken", *PRESSED}
"""Names that the page of a section uses itself; no box may have one of them."""


def readable(markup: str) -> str:
    """Canonical prose with a line for each paragraph and list item; saved again, it is the same text to the byte."""
    opened = re.sub(r"(<[uo]l\b[^>]*>)", r"\n\1\n", markup)
    return re.sub(r"\n+", "\n", re.sub(r"(</(?:p|li|ul|ol)>)", r"\1\n", opened)).strip()


@dataclass(frozen=True)
class WordCount:
    """How many words a text has, and how many its box holds; `static/proposals/counter.js` says the same while one types."""

    number: int
    most: int

    @property
    def is_near(self) -> bool:
        """Whether so little room is left that it is worth a word."""
        return self.number * 5 >= self.most * 4

    @property
    def is_over(self) -> bool:
        """Whether it is more than the box holds."""
        return self.number > self.most

    def __str__(self) -> str:
        if self.is_near:
            return f"{self.number} of at most {self.most} words"
        return "1 word" if self.number == 1 else f"{self.number} words"


def word_count(field: forms.BoundField) -> WordCount | None:
    """The words in the input of a box; None where too much was sent to be read."""
    answer, typed = field.field, str(field.value() or "")
    assert isinstance(answer, Answer)
    if answer.is_excessive(typed):
        return None
    return WordCount(len(answer.box.words(answer.stored_by.tidy(typed))), answer.box.most_words)


def _laid_out(group: str, items: Iterator[tuple[str, Answer]]) -> list[Any]:
    answers = dict(items)
    if not group:
        return list(answers)
    legend = format_html('<span lang="{}">{}</span>', next(iter(answers.values())).lang, group)
    return [Fieldset(legend, *answers, template="proposals/group.html")]


def _widget(box: Box, answer: str, lang: str) -> forms.Widget:
    if box.kind is Kind.CHOICE:
        return Radios(choices=[(choice, choice) for choice in box.choices])
    if box.kind is Kind.PROSE:
        attrs = {"rows": _rows(box, answer), "lang": lang, "spellcheck": "true"}
        return forms.Textarea(attrs | {"data-prose": box.most_characters})  # static/proposals/editor.js makes it an editor
    attrs = {"lang": lang, "autocomplete": "off"}
    return forms.TextInput(attrs | ({"inputmode": "email"} if box.kind is Kind.EMAIL else {}))


def _rows(box: Box, answer: str) -> int:
    """Lines for a text area: what stands there and room for more, within a window's height."""
    lines = sum(1 + len(line) // 80 for line in readable(answer).splitlines())
    return min(max(lines + 2, 12 if box.most_words > 500 else 6), 24)


def _help(box: Box, answer: str, lang: str, field_post: bool) -> SafeString:
    """What stands between the label and the input: guidance, what is printed before the text, what is still needed."""
    said = [(lang, box.guidance)] if box.guidance else []
    if box.fixed and box.fixed not in box.guidance:
        said.append(("en", format_html('Printed before your text: “<span lang="{}">{}</span>”', lang, box.fixed)))
    if box.lead:
        sentence = 'Printed before your text, unless that opens with a lead of its own and a list: “<span lang="{}">{}</span>”'
        said.append(("en", format_html(sentence, lang, box.lead)))
    if box.kind is Kind.CHOICE and answer and answer not in box.choices:
        said.append(("en", f"Now: “{answer}”, which the form does not offer."))
    problem = box.problem(answer, field_post)
    if problem and problem != box.unprintable(answer):  # that is said beside the input, while one writes
        said.append(("en", "Needed before you submit." if box.is_empty(answer) else f"Before you submit: {problem}"))
    return format_html_join(" ", '<span lang="{}">{}</span>', said)


def valid_offices() -> list[Office]:
    """The offices of the register that a proposal may be for today."""
    today = timezone.localdate()
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    return list(Office.objects.filter(begun & not_over).select_related("region", "parent"))


class OfficeForm(forms.Form):
    """Which office a proposal is for, and in which language it is written."""

    office = forms.ChoiceField(
        label="Office",
        help_text="The department, unit or field office that will host the JPO. Who endorses the proposal follows from it.",
        error_messages={"required": "Choose the office.", "invalid_choice": "Choose an office from the list."},
    )
    language = forms.ChoiceField(
        label="Language",
        choices=Proposal.LANGUAGES,
        widget=Radios,
        help_text="The language you write in; the form is printed in it. Its French and Spanish wording is to be confirmed.",
        error_messages={"required": "Choose a language.", "invalid_choice": "Choose a language from the list."},
    )

    def __init__(self, offices: Sequence[Office], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offices = {str(office.pk): office for office in offices}
        choosing = self.fields["office"]
        choosing.choices = [("", "Choose an office"), *_grouped(offices)]  # type: ignore[attr-defined]
        choosing.widget.attrs["data-searchable"] = "Type to shorten the list"

    @property
    def helper(self) -> FormHelper:
        """Plain: every field in its order."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf, helper.include_media, helper.form_show_errors = False, True, False, False
        return helper

    def clean_office(self) -> Office:
        return self.offices[self.cleaned_data["office"]]


class CopyForm(OfficeForm):
    """The same for a copy of an earlier proposal, which may be the same post, issued again."""

    same_post = forms.BooleanField(
        required=False,
        label="This is the same post, issued again",
        help_text="It keeps its number. Leave it unticked if this is another post with a similar text.",
    )

    def __init__(self, offices: Sequence[Office], *args: Any, source: Proposal, **more: Any) -> None:
        super().__init__(offices, *args, **more)
        if source.post:
            self.fields["same_post"].label = f"This is post {source.post} again: the same post, issued once more"
        else:
            del self.fields["same_post"]


class FileForm(OfficeForm):
    """The same for an old file, or its pasted text."""

    is_cut = False
    """Whether a file was left unread because more was sent than the portal takes."""

    file = forms.FileField(
        required=False,
        label="File",
        help_text="A text file, a PDF, or a JSON file exported from this portal; at most 10 MB, of text 1 MB.",
        error_messages={"empty": "This file is empty.", "max_length": "The name of this file is too long."},
    )
    text = forms.Field(
        required=False,
        label="Or paste its text",
        help_text="Open the old proposal, select everything, copy it and paste it here.",
        widget=forms.Textarea({"rows": 10}),
    )
    field_order = ("file", "text", "office", "language")

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return file

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"] or "")
        if len(text) > LARGEST_TEXT:
            raise ValidationError("This text is longer than any proposal. Paste one proposal at a time.")
        return text

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("file") and not given.get("text", "").strip():
            self.add_error("file", TOO_LARGE if self.is_cut else "Choose a file, or paste its text below.")
        return given


class DetailsForm(OfficeForm):
    """What stands beside the sections; the office only while the proposal was never submitted."""

    named_to_donors = forms.BooleanField(
        required=False,
        label="The supervisor agrees to be named to donors",
        help_text="Ask the supervisor first. Without it, the PDF for donors and the public leaves out name and e-mail address.",
    )

    def __init__(self, proposal: Proposal, offices: Sequence[Office], *args: Any, **more: Any) -> None:
        super().__init__(offices, *args, **more)
        if proposal.place:
            del self.fields["office"]


def _grouped(offices: Sequence[Office]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Offices as a list to choose from: headquarters first, then region by region."""
    groups: dict[str, list[tuple[str, str]]] = {"Headquarters": []}
    for office in sorted(offices, key=lambda office: (str(office.region or ""), office.code)):
        groups.setdefault(str(office.region or "Headquarters"), []).append((str(office.pk), f"{office.code} – {office.name}"))
    return [(name, choices) for name, choices in groups.items() if choices]
