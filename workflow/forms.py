"""What somebody who takes a step may type: a reason or a comment, and for an issue its month, year and number."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from documents.prose import clean_line
from documents.reading.decoding import PDF
from proposals.records import Numbering
from proposals.sections import WORDS
from proposals.uploads import MOST_BYTES, TOO_LARGE
from workflow.engine import Issuing
from workflow.steps import STEPS

MONTHS = [(number, name) for number, name in enumerate(str(WORDS["months"]).split(","), 1)]


class Typed(forms.CharField):
    """Several lines of plain text, without the characters that no letter and no database holds."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        lines = str(value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(map(clean_line, lines)).strip()


class Deciding(forms.Form):
    """The word to go with a step; a reason is asked for where the step needs one."""

    comment = Typed(required=False, max_length=4000)

    def __init__(self, action: str, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.needs_reason = any(step.reason for step in STEPS if step.action == action)
        field = self.fields["comment"]
        field.label = "Reason" if self.needs_reason else "Comment (not required)"
        field.required = self.needs_reason
        field.error_messages["required"] = "Please give a reason."
        field.widget.attrs |= {"rows": 6 if self.needs_reason else 3, "class": "form-control"}

    def issuing(self) -> Issuing | None:
        """What an issue is given; nothing for other steps."""
        return None


class DecidingIssue(Deciding):
    """The same for an issue, with its month, year and the number of its post."""

    month = forms.TypedChoiceField(choices=[("", "Choose a month"), *MONTHS], coerce=int, label="Month of issue")
    year = forms.IntegerField(min_value=2000, max_value=2100, label="Year of issue")
    number = forms.IntegerField(
        min_value=Numbering.FIRST,
        max_value=Numbering.LAST,
        required=False,
        label="Post number",
        help_text="The next free number is proposed. It belongs to the post for good.",
    )
    field_order = ("month", "year", "number", "comment")

    def __init__(self, action: str, data: Any = None, **more: Any) -> None:
        super().__init__(action, data, **more)
        self.fields["month"].widget.attrs["class"] = "form-select"
        self.fields["month"].error_messages["required"] = "Please choose the month of issue."
        self.fields["year"].error_messages["required"] = "Please give the year of issue."
        four_digits = f"A post number has four digits: {Numbering.FIRST} to {Numbering.LAST}."
        self.fields["number"].error_messages |= {"min_value": four_digits, "max_value": four_digits, "invalid": four_digits}
        for name in ("year", "number"):
            self.fields[name].widget.attrs |= {"class": "form-control", "inputmode": "numeric"}

    def issuing(self) -> Issuing | None:
        given = self.cleaned_data
        return Issuing(month=given["month"], year=given["year"], number=given.get("number"))


def form_for(action: str, data: Any = None, **more: Any) -> Deciding:
    """The form of a step."""
    return (DecidingIssue if action == "issue" else Deciding)(action, data, **more)


class CheckFileForm(forms.Form):
    """A PDF that somebody wants to have checked."""

    is_cut = False
    """Whether a file was left unread because more was sent than the portal takes."""

    file = forms.FileField(
        required=False,
        label="PDF",
        help_text="At most 10 MB. The file is checked and forgotten; nothing of it is kept.",
        error_messages={"empty": "This file is empty.", "max_length": "The name of this file is too long."},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["file"].widget.attrs |= {"class": "form-control", "accept": "application/pdf,.pdf"}

    def clean_file(self) -> UploadedFile:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            raise ValidationError(TOO_LARGE if self.is_cut else "Choose the PDF that you want to have checked.")
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        if not PDF.match(file.read(2000)):
            raise ValidationError("This is not a PDF. Only the PDFs of this portal can be checked.")
        file.seek(0)
        return file


class CheckCodeForm(forms.Form):
    """The check code on a printed paper."""

    code = forms.CharField(
        max_length=100,
        label="Check code",
        help_text="It stands at the foot of every page, such as “K7QM2-XRF9D”. Capitals, spaces and hyphens do not matter.",
        error_messages={"required": "Type the check code.", "max_length": "A check code has ten letters and digits."},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].widget.attrs |= {
            "class": "form-control",
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        }
