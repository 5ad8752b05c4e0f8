"""What is typed to invite a colleague, or to hand a proposal over."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from documents import signs
from documents.prose import clean_line
from organisation.models import User
from proposals.forms import Radios

SOMEBODY_ELSE = "somebody else"
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’-])*")
"""What people are called: letters of any script, no sentence and no link that a letter would carry to a third person."""


class Inviting(forms.Form):
    """Somebody's address, and what to call them until they have an account."""

    address = forms.Field(
        label="E-mail address",
        help_text="Their office address.",
        widget=forms.TextInput({"inputmode": "email", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Type the e-mail address."},
    )
    name = forms.Field(
        required=False,
        label="Name",
        help_text="For somebody who has no account yet; it may stay empty. Whoever has one keeps the name it has.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    knowing = forms.BooleanField(required=False, label="I know that, and I want it all the same")

    def clean_address(self) -> str:
        return str(self.cleaned_data["address"] or "").strip().lower()

    def clean_name(self) -> str:
        name = clean_line(str(self.cleaned_data["name"] or ""))
        if name and not (NAME.fullmatch(name) and len(name) <= 100):
            raise ValidationError("Type a name in letters, such as “Vera Lund”, or leave this empty.")
        if missing := signs.without_sign(name):  # it comes on paper with the first proposal that this person submits
            raise ValidationError(signs.sentence(missing, "This name"))
        return name


class HandingOver(Inviting):
    """To whom a proposal is handed over: one of its colleagues, or somebody at an address."""

    to = forms.ChoiceField(
        label="To whom?",
        widget=Radios,
        error_messages={"required": "Choose somebody.", "invalid_choice": "Choose somebody of this list."},
    )
    leaves = forms.BooleanField(required=False)
    field_order = ("to", "address", "name", "leaves", "knowing")

    def __init__(self, colleagues: Sequence[User], author: User, by: User, data: Any = None) -> None:
        super().__init__(data)
        people = [(user.email, f"{user} ({user.email})") for user in colleagues]
        self.fields["to"].choices = [*people, (SOMEBODY_ELSE, "Somebody else, at this address:")]  # type: ignore[attr-defined]
        if not people:
            self.fields["to"].widget, self.fields["to"].initial = forms.HiddenInput(), SOMEBODY_ELSE
        self.fields["address"].required = False
        who = "I no longer write" if author == by else f"{author} no longer writes"
        self.fields["leaves"].label = f"{who} in it afterwards"
        self.fields["leaves"].help_text = "Unticked, the author until now stays as a colleague."

    def clean(self) -> dict[str, Any]:
        """The address of whoever was chosen."""
        given = super().clean() or {}
        if given.get("to", SOMEBODY_ELSE) != SOMEBODY_ELSE:
            given["address"] = given["to"]
        elif not given.get("address") and "to" in given:
            self.add_error("address", "Type the e-mail address.")
        return given
