"""What the drafting pages are tried with: somebody's browser, and a page's form as a browser would send it."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from documents.form import Kind
from organisation.models import User
from proposals.models import Proposal
from proposals.sections import TEMPLATE, Section

HIDDEN = ("revision", "opened")


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in; it goes through every middleware, the check of forms included."""
    client = Client()
    client.force_login(user)
    return client


def page(proposal: Proposal, section: type[Section]) -> str:
    """The address of a section's page."""
    return reverse("section", args=[proposal.pk, section.name()])


def text(response: Any) -> str:
    """What a page says, as HTML with its spaces collapsed."""
    return " ".join(response.content.decode().split())


class _Inputs(HTMLParser):
    """The inputs of the form that holds the section's revision, with what a browser would send for them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif tag == "textarea" and "readonly" not in given:
            self.area = given["name"]
            self.forms[-1][self.area] = ""
        elif tag == "input" and given.get("name") and self.forms:
            if given.get("type") not in ("radio", "checkbox") or "checked" in given:
                self.forms[-1][given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            typed = self.forms[-1][self.area].removeprefix("\n")  # browsers drop the line feed after the tag
            self.forms[-1][self.area] = typed.replace("\n", "\r\n")  # and send line ends like this
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1][self.area] += data


def form_of(response: Any) -> dict[str, str]:
    """What a browser would send if somebody pressed a button on this page without touching anything."""
    inputs = _Inputs()
    inputs.feed(response.content.decode().replace("\r\n", "\n").replace("\r", "\n"))  # so do browsers
    return next(form for form in inputs.forms if "revision" in form)


def answers(proposal: Proposal) -> dict[str, str]:
    """What stands in all boxes now."""
    return dict(Proposal.objects.whole().get(pk=proposal.pk).document().answers)


def boxes(*kinds: Kind) -> list[tuple[type[Section], str]]:
    """Every box of these kinds with its section."""
    return [(section, field.name) for section in TEMPLATE for field in section.fields() if field.kind in kinds]


class _Alive(HTMLParser):
    """Whatever on a page could run a script or fetch something, beyond what the portal itself puts there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("img", "iframe", "svg", "math", "style", "object", "embed", "base") or (
            tag == "script" and "src" not in given
        ):
            self.found.append(f"<{tag}>")
        self.found += [
            f"{tag} {name}={value}" for name, value in given.items() if name.startswith("on") or name in ("style", "srcdoc")
        ]
        self.found += [
            value for value in (given.get("src"), given.get("href")) if value and value.startswith(("javascript:", "data:"))
        ]


def alive(response: Any) -> list[str]:
    """What on a page would run or fetch something that is not the portal's own."""
    reader = _Alive()
    reader.feed(response.content.decode())
    return reader.found
