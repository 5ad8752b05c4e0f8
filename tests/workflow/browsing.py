"""How stories about pages look at them: a signed-in person, and what stands on a page."""

import html
import re

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import User


def signed_in(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client


def cost(browser: Client, address: str) -> int:
    """How many questions to the database a page asks, the session and the person included."""
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def text(answer: HttpResponse) -> str:
    """The words of a page, in one line."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def buttons(answer: HttpResponse) -> list[str]:
    """The buttons in the content of a page; one that cannot be pressed stands in brackets."""
    main = answer.content.decode().partition("<main")[2]
    found = re.findall(r'<(?:a|button)\s[^>]*class="btn [^>]*>[^<]*', main)
    labels = [(tag.rpartition(">")[2].strip(), " disabled" in tag) for tag in found]
    return [f"({label})" if disabled else label for label, disabled in labels]


def seen(answer: HttpResponse) -> str:
    """The token of what stood on a step's page."""
    found = re.search(r'name="seen" value="([^"]*)"', answer.content.decode())
    return found[1] if found else ""
