"""THE MAIN JOB: a proposal from its file to the PDF in a real mail server's hands, by the pages that people use."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from documents import prose
from documents.document import Document
from documents.form import Box, Form, Kind
from proposals.models import Proposal, Rendition
from proposals.sections import NOTE, form
from proposals.states import State
from tests.documents import pdfs
from tests.invariants import check_invariants
from tests.mail.conftest import Post
from tests.mail.peer import Peer, Received, free_port
from tests.measures import order, recall, words_of
from tests.proposals.pages import form_of
from tests.seeds import seeds
from tests.workflow.browsing import seen
from workflow.demonstration import cast as the_cast
from workflow.models import Letter

MAILBOX = "jpo@ilo.org"
DEMONSTRATION = Path(the_cast.__file__).parent
NOT_PRINTED = f"{NOTE} mailto:{MAILBOX} Post number Month of issue Year RESPONSABILITIES non – or under - represented"
"""Fixed wording of old files that the portal prints otherwise, or not at all before a post is issued."""


@dataclass(frozen=True)
class Way:
    """A proposal's way: who writes it, for which office, and who decides on it with which step."""

    author: str
    office: str
    decisions: tuple[tuple[str, str], ...]


HEADQUARTERS = Way("ana", "WORKSKILLS", (("endorse", "dina"),))
FIELD = Way("felix", "CO-Jakarta", (("endorse", "diego"), ("approve", "hugo")))
STORIES = [
    # each real proposal goes one of the two ways; the other one with the slow tests
    pytest.param(file, way, marks=[pytest.mark.slow] if (place + (way is FIELD)) % 2 else [])
    for place, file in enumerate(seeds())
    for way in (HEADQUARTERS, FIELD)
] + [
    # those of the demonstration stand in where the real ones do not lie beside the repository
    pytest.param(DEMONSTRATION / "01-youth-apprenticeships.json", HEADQUARTERS, marks=[pytest.mark.slow] if seeds() else []),
    pytest.param(
        DEMONSTRATION / "02-jakarta-safe-work-coastal-industries.json", FIELD, marks=[pytest.mark.slow] if seeds() else []
    ),
]


@pytest.fixture
def post(transactional_db: None) -> Iterator[Post]:
    """A post office with a worker, and a mail server for its letters."""
    peer = Peer(free_port())
    peer.open()
    post = Post(peer)
    yield post
    post.end()


@pytest.mark.parametrize(("file", "way"), STORIES, ids=lambda part: part.stem if isinstance(part, Path) else part.office)
def test_every_word_of_a_proposal_goes_from_its_file_to_the_mailbox_of_the_jpo_unit(
    post: Post, cast: the_cast.Cast, file: Path, way: Way
) -> None:
    author = signed_in(way.author)
    proposal = brought(author, file, way.office, cast)
    read = dict(proposal.document().answers)
    filled = filled_in(author, proposal)
    document = Proposal.objects.whole().get(pk=proposal.pk).document()
    assert dict(document.answers) == read | filled, "the pages change nothing but what was typed"
    assert document.problems() == []

    worker = post.work()
    taken(author, proposal, "submit")
    for action, name in way.decisions:
        post.until(lambda name=name: letters_to(post, the_cast.address(name)))  # type: ignore[misc]
        asked = letters_to(post, the_cast.address(name))[-1]
        assert measured(document, asked.pdf) == (1.0, True)
        taken(signed_in(name), proposal, action)

    post.until(lambda: not Letter.objects.exclude(state=Letter.State.SENT).exists())
    worker.terminate()
    assert worker.wait(30) == 0
    proposal.refresh_from_db()
    assert proposal.state == State.SUBMITTED

    people = [way.author, *(name for _, name in way.decisions)]
    delivered = [letter for letter in post.peer.letters if str(letter.mail["Subject"]).strip().startswith("Submitted: ")]
    addresses = [MAILBOX, *map(the_cast.address, people)]
    assert sorted(letter.recipients for letter in delivered) == sorted((address,) for address in addresses)
    assert {letter.pdf for letter in delivered} == {bytes(Rendition.objects.order_by("-pk")[0].pdf or b"")}
    assert len(set(post.peer.ids())) == len(post.peer.ids()) == Letter.objects.count()

    received = letters_to(post, MAILBOX)[0].pdf
    assert measured(document, received) == (1.0, True)
    printed = words_of(pdfs.text(received))
    assert recall(words_of(" ".join(the_cast.PEOPLE[name] for name in people)), printed) == 1
    elsewhere = words_of(" ".join([NOT_PRINTED, *proposal.doubts.values_list("text", flat=True)]))
    assert Counter(words_of(said_in(file))) - Counter(printed) - Counter(elsewhere) == Counter(), "every word of the file arrived"
    assert json.loads(pdfs.enclosures(received)["proposal.json"])["boxes"] == dict(document.answers)
    check_invariants()


def test_the_real_proposals_are_here() -> None:
    if not seeds():
        pytest.skip("seeds: 0 of 3 seen; they are kept beside the repository")


# What people do


def signed_in(name: str) -> Client:
    """Somebody signs in on the page for it."""
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": the_cast.address(name), "password": the_cast.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    return browser


def brought(browser: Client, file: Path, office: str, cast: the_cast.Cast) -> Proposal:
    """The author brings an old file; the proposal that is made of it."""
    upload = SimpleUploadedFile(file.name, as_file(file))
    sent = {"file": upload, "office": cast.offices[office].pk, "language": "en"}
    answer = browser.post(reverse("new_file"), sent)
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.objects.get(pk=resolve(answer["Location"]).kwargs["pk"])


def as_file(file: Path) -> bytes:
    """What a person would have: the text itself, or one of our demonstration as the portal exports it."""
    if file.suffix != ".json":
        return file.read_bytes()
    return Document(form("en"), json.loads(file.read_text())["boxes"]).text().encode()


def said_in(file: Path) -> str:
    """What the file says, as words."""
    if file.suffix != ".json":
        return file.read_text()
    return "\n".join(plain(form("en"), name, answer) for name, answer in json.loads(file.read_text())["boxes"].items())


def filled_in(browser: Client, proposal: Proposal) -> dict[str, str]:
    """The author goes through the sections and fills what is empty and needed; what those boxes hold then."""
    filled: dict[str, str] = {}
    for section in form("en").sections:
        address = reverse("section", args=[proposal.pk, section.name])
        sent = form_of(browser.get(address))
        empty = [box for box in section.boxes if box.is_empty(sent.get(box.name, "")) and box.is_required(proposal.is_field)]
        filled |= {box.name: stored(box) for box in empty}
        answer = browser.post(address, sent | {box.name: typed(box) for box in empty})
        assert answer.status_code == 302, answer.content.decode()
    return filled


def typed(box: Box) -> str:
    """What somebody types into an empty box."""
    match box.kind:
        case Kind.CHOICE:
            return box.choices[0]
        case Kind.PROSE:
            return f"Said by the author about {box.title}:\n\n- the first thing, which matters – to everybody;\n- the second."
    return f"{box.default or 'Written for '}{box.title}"


def stored(box: Box) -> str:
    """What becomes of it."""
    return prose.from_plain(typed(box)) if box.kind is Kind.PROSE else typed(box)


def taken(browser: Client, proposal: Proposal, action: str) -> None:
    """Somebody opens the page of a step, reads it, gives the reasons that are asked for and presses the button."""
    address = reverse("step", args=[proposal.pk, action])
    page: Any = browser.get(address)
    assert page.status_code == 200, page.content.decode()
    asked = re.findall(r'name="(reason:[^"]+)"', page.content.decode())
    reasons = dict.fromkeys(map(html.unescape, asked), "It stands so in the file that was brought.")
    answer = browser.post(address, {"seen": seen(page), "comment": ""} | reasons)
    assert (answer.status_code, answer["Location"]) == (303, reverse("proposal", args=[proposal.pk])), answer.content.decode()


# What is looked at


def letters_to(post: Post, address: str) -> list[Received]:
    """What the mail server has for somebody, with a PDF."""
    return [letter for letter in post.peer.letters if letter.recipients == (address,) and letter.mail.is_multipart()]


def words_in(document: Document) -> list[str]:
    """The words of every box, in the order of the form."""
    return words_of("\n\n".join(plain(document.form, name, document[name]) for name in document.form.boxes))


def plain(known: Form, name: str, answer: str) -> str:
    """An answer without its markup."""
    return prose.text(answer) if known.boxes[name].kind is Kind.PROSE else answer


def measured(document: Document, pdf: bytes) -> tuple[float, bool]:
    """The share of the boxes' words that the PDF has, and whether as good as all stand there in their order."""
    given, found = words_in(document), words_of(pdfs.text(pdf))
    return recall(given, found), order(given, found) >= 0.999
