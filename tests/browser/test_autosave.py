"""No word is lost: a real browser before a real web server, on a line that is cut, slow or dead; every character is compared."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Browser, Page, Request, Route, expect

from documents import prose
from proposals.models import EarlierText, Proposal
from proposals.sections import DutiesAndResponsibilities
from proposals.writing import begin, invite
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.invariants import check_invariants
from tests.mail.conftest import database_url
from tests.mail.peer import Peer, free_port
from tests.server import Server, SlowLine
from tests.story import draft, step
from workflow.demonstration.cast import PASSWORD, Cast, address

pytestmark = pytest.mark.browser

SECTION = DutiesAndResponsibilities.name()
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('jpo:kept:')).length"


@dataclass
class Desk:
    """A proposal to write in, the server it lies on, and the line to it."""

    server: Server
    line: SlowLine
    house: House
    cast: Cast
    visitors: list[Visitor] = field(default_factory=list)

    def sits_down(self, name: str, proposal: Proposal) -> Visitor:
        """Somebody signs in and opens the section."""
        visitor = self.house.visit(name)
        visitor.open("section", proposal.pk, SECTION)
        return visitor


@pytest.fixture(scope="module")
def server(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Server, SlowLine]]:
    """A web server of its own on the tests' database, behind a line."""
    port = free_port()
    line = SlowLine(port)
    with django_db_blocker.unblock():
        server = Server(database_url(), port, site=f"http://127.0.0.1:{line.port}")
        server.start()
    yield server, line
    server.kill()
    line.close()


@pytest.fixture
def desk(server: tuple[Server, SlowLine], browser: Browser, transactional_db: None, cast: Cast) -> Iterator[Desk]:
    """The cast before that server; in the end nothing but what the story expected went wrong in their browsers."""
    cache.clear()
    running, line = server
    line.gates.clear()
    house = House(f"http://127.0.0.1:{line.port}", browser, Peer(free_port()), cast)
    try:
        yield Desk(running, line, house, cast)
        check_invariants()
        troubles = [f"{visitor.name}: {trouble}" for visitor in house.visitors for trouble in visitor.troubles]
        assert [trouble for trouble in troubles if "script:" in trouble or "security" in trouble] == []
    finally:
        for visitor in house.visitors:
            visitor.context.close()


def blank(cast: Cast) -> Proposal:
    """Ana's blank draft, in which Colin writes too."""
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.colin)
    return proposal


def write_in(page: Page, text: str, box: str = "duties") -> None:
    """Types at the end of a box, key by key, whatever kind of editor it is."""
    rich, plain = page.locator(f"#div_id_{box} .jpo-editor [contenteditable]"), page.locator(f"#id_{box}")
    (rich if rich.count() else plain).first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def shown(page: Page, box: str = "duties") -> str:
    """The text on the page, its words in one line."""
    return " ".join(prose.words(prose.from_typed(page.locator(f"#id_{box}").input_value())))


def stored(proposal: Proposal, box: str = "duties") -> str:
    """The text on the server, its words in one line."""
    return " ".join(prose.words(Proposal.objects.whole().get(pk=proposal.pk).document()[box]))


def until(page: Page, happened: Callable[[], Any], seconds: float = 45) -> None:
    """Waits for something to happen while the page lives on."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"It did not happen in time; the page says: {line_of(page)}"
        page.wait_for_timeout(50)


def line_of(page: Page) -> str:
    """What the page says about saving."""
    return page.locator(".jpo-saving__line").inner_text()


def says(page: Page, words: str) -> None:
    """Waits until the page says so."""
    expect(page.locator(".jpo-saving__line")).to_contain_text(re.compile(words), timeout=45_000)


def test_the_server_is_killed_while_somebody_types(desk: Desk) -> None:
    proposal = blank(desk.cast)
    ana = desk.sits_down("ana", proposal)
    write_in(ana.page, "Before the power went.")
    until(ana.page, lambda: stored(proposal) == "Before the power went.")
    says(ana.page, r"^Saved \d\d:\d\d$")
    assert ana.page.evaluate(KEPT) == 0

    write_in(ana.page, " While it went,")
    desk.server.kill()
    write_in(ana.page, " and while it was dark.")
    says(ana.page, r"Not saved yet – trying again in \d+ s")
    expect(ana.page.locator(".jpo-saving [role=status], form > [role=status]")).to_have_text(
        "Not saved yet, but kept in this browser"
    )
    ana.inspect()
    whole = "Before the power went. While it went, and while it was dark."
    assert (shown(ana.page), ana.page.evaluate(KEPT)) == (whole, 1)

    # The window is closed before the server is back: the text is offered, and neither put in nor dropped by itself.
    other = ana.context.new_page()
    ana.page.close()
    desk.server.start()
    ana.page = other
    ana.open("section", proposal.pk, SECTION)
    offer = other.locator(".jpo-offer")
    expect(offer).to_contain_text("Text for “Duties and responsibilities” that was not saved, from")
    assert shown(other) == stored(proposal) == "Before the power went."
    offer.locator("summary").click()
    assert offer.locator(".jpo-offer__text").inner_text() == whole
    ana.inspect()
    ana.press("Put it back")
    until(other, lambda: stored(proposal) == whole)
    until(other, lambda: other.evaluate(KEPT) == 0)

    # The server comes back while the page is open: typing goes on all the while.
    desk.server.kill()
    write_in(other, " Again,")
    says(other, "Not saved yet")
    desk.server.start()
    write_in(other, " and there it is.")
    until(other, lambda: stored(proposal) == f"{whole} Again, and there it is.")
    says(other, "^Saved")


def test_the_line_is_cut(desk: Desk) -> None:
    proposal = blank(desk.cast)
    ana = desk.sits_down("ana", proposal)
    asked: list[str] = []
    ana.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    ana.context.set_offline(True)
    write_in(ana.page, "In the train.")
    says(ana.page, "Not saved yet")
    ana.press("Save and continue")  # leads nowhere: the text would be left behind
    write_in(ana.page, " In the tunnel.")
    ana.page.get_by_role("link", name="Home").first.click(no_wait_after=True)
    until(ana.page, lambda: asked)
    assert (asked, shown(ana.page), stored(proposal)) == (["beforeunload"], "In the train. In the tunnel.", "")
    ana.context.set_offline(False)
    until(ana.page, lambda: stored(proposal) == "In the train. In the tunnel.", seconds=8)
    says(ana.page, "^Saved")
    ana.press("Save and continue")
    expect(ana.page.locator("h1")).to_have_text("Qualifications and experience")
    assert asked == ["beforeunload"]  # nobody is asked when nothing is unsaved


def test_the_session_ends_while_somebody_types(desk: Desk) -> None:
    proposal = blank(desk.cast)
    ana = desk.sits_down("ana", proposal)
    Session.objects.all().delete()
    write_in(ana.page, "After an hour of thought.")
    says(ana.page, "You have been signed out. Your text stays here")
    ana.press("Save and continue")  # would lead to the page for signing in
    says(ana.page, "You have been signed out")
    assert (shown(ana.page), stored(proposal)) == ("After an hour of thought.", "")
    ana.inspect()
    with ana.context.expect_page() as opened:
        ana.page.get_by_role("link", name="Sign in again in a new tab").click()
    second = opened.value
    write_in(ana.page, " And another.")
    second.get_by_label("E-mail address").fill(address("ana"))
    second.get_by_label("Password").fill(PASSWORD)
    second.get_by_role("button", name="Sign in").click()
    expect(second.locator("h1")).to_have_text("Duties and responsibilities")
    expect(second.locator(".jpo-offer__text")).to_have_text("After an hour of thought. And another.")
    ana.page.bring_to_front()
    ana.page.evaluate("window.dispatchEvent(new Event('focus'))")  # a browser without windows of its own tells nobody
    until(ana.page, lambda: stored(proposal) == "After an hour of thought. And another.")
    says(ana.page, "^Saved")
    expect(second.locator(".jpo-offer")).to_have_count(0)  # what is saved is offered no more
    ana.press("Save and continue")  # with the new token
    expect(ana.page.locator("h1")).to_have_text("Qualifications and experience")


def test_two_windows_of_one_person_and_an_answer_that_comes_late(desk: Desk) -> None:
    proposal = blank(desk.cast)
    ana = desk.sits_down("ana", proposal)
    second = ana.context.new_page()
    second.goto(ana.page.url)
    late = desk.line.hold()
    write_in(ana.page, "From the first window.")
    until(ana.page, lambda: stored(proposal) == "From the first window.")  # stored, but the answer is still on its way
    write_in(second, "From the second window.")
    until(second, lambda: stored(proposal) == "From the second window.")
    write_in(ana.page, " Once more.")
    ana.page.wait_for_timeout(2000)
    late.set()
    until(ana.page, lambda: stored(proposal) == "From the first window. Once more.")
    for window in (ana.page, second):
        says(window, "^Saved")
    kept = [prose.text(text.answers["duties"]) for text in EarlierText.objects.order_by("pk")]
    assert kept == ["", "From the first window.", "From the second window."]


def test_typing_goes_on_while_a_save_is_slow(desk: Desk) -> None:
    proposal = blank(desk.cast)
    ana = desk.sits_down("ana", proposal)
    flying, most, sent = 0, 0, 0

    def is_save(request: Request) -> bool:
        return request.method == "POST" and request.url.endswith(f"/{SECTION}/")

    def left(request: Request) -> None:
        nonlocal flying, most, sent
        if is_save(request):
            flying, sent = flying + 1, sent + 1
            most = max(most, flying)

    def came(request: Request) -> None:
        nonlocal flying
        flying -= is_save(request)

    ana.page.on("request", left)
    ana.page.on("requestfinished", came)
    ana.page.on("requestfailed", came)
    late = desk.line.hold()
    write_in(ana.page, "One")
    until(ana.page, lambda: sent == 1)
    says(ana.page, "Saving…")
    typed = "One"
    for word in " two three four five six seven".split(" ")[1:]:
        write_in(ana.page, f" {word}")
        typed += f" {word}"
        ana.page.wait_for_timeout(450)
    assert (flying, sent) == (1, 1)
    late.set()
    until(ana.page, lambda: stored(proposal) == typed)
    says(ana.page, "^Saved")
    assert (most, sent) == (1, 2)
    # A button that is pressed at once, twice, while a save is on its way, makes no conflict with oneself.
    late = desk.line.hold()
    write_in(ana.page, " eight")
    ana.page.get_by_role("button", name="Save and continue").dblclick()
    says(ana.page, "Saving…")
    late.set()
    expect(ana.page.locator("h1")).to_have_text("Qualifications and experience")
    assert (stored(proposal), most) == (f"{typed} eight", 1)


def test_somebody_leaves_while_a_long_save_is_under_way(desk: Desk) -> None:
    # So long a request is cut off with its page: what it carried goes once more.
    proposal, text = blank(desk.cast), " ".join(f"word{number}" for number in range(2500))
    ana, held = desk.sits_down("ana", proposal), list[Route]()
    ana.page.on("dialog", lambda dialog: dialog.accept())
    ana.page.route(f"**/{SECTION}/", lambda route: held.append(route), times=1)
    ana.page.locator("#div_id_duties .jpo-editor [contenteditable]").focus()
    ana.page.keyboard.insert_text(text)
    until(ana.page, lambda: held)
    ana.open("home")
    until(ana.page, lambda: stored(proposal) == text, seconds=8)


def test_a_proposal_is_submitted_while_a_save_waits_for_the_lock(desk: Desk) -> None:
    proposal = draft(desk.cast.ana, desk.cast.offices["WORKSKILLS"], duties="<p>As it was shown.</p>")
    invite(proposal, desk.cast.colin)
    colin = desk.sits_down("colin", proposal)
    with transaction.atomic():  # the one pen of this database
        step("submit", proposal, desk.cast.ana)
        write_in(colin.page, " Too late.")
        says(colin.page, "^Saving…$")
        colin.page.wait_for_timeout(1000)  # by now it waits there
    says(colin.page, "Not saved, but kept in this browser. This proposal is “With the Director” since")
    submitted = Proposal.objects.get(pk=proposal.pk).frozen
    assert submitted and prose.text(submitted["duties"]) == stored(proposal) == "As it was shown."
    assert (shown(colin.page), colin.page.evaluate(KEPT)) == ("As it was shown. Too late.", 1)
    colin.inspect()
    step("recall", proposal, desk.cast.ana)
    colin.page.on("dialog", lambda dialog: dialog.accept())
    colin.page.goto(colin.page.url)
    expect(colin.page.locator(".jpo-offer__text")).to_have_text("As it was shown. Too late.")


def test_two_people_write_in_one_section(desk: Desk) -> None:
    proposal = blank(desk.cast)
    ana, colin = desk.sits_down("ana", proposal), desk.sits_down("colin", proposal)
    expect(colin.page.locator(".jpo-saving__others")).to_have_text("Ana Lindqvist has this section open")
    write_in(colin.page, "Colin's outputs.", "key_outputs")
    until(colin.page, lambda: stored(proposal, "key_outputs") == "Colin's outputs.")
    write_in(ana.page, "Ana's duties.")
    until(ana.page, lambda: stored(proposal) == "Ana's duties.")
    expect(ana.page.locator(".jpo-saving__news")).to_have_text("Colin Mbeki changed “Key outputs”.")
    assert (shown(ana.page), shown(ana.page, "key_outputs")) == ("Ana's duties.", "Colin's outputs.")
    ana.inspect()
    # What came in is what the next save goes on from; and Colin, in the same box, is told.
    write_in(ana.page, " Ana's too.", "key_outputs")
    until(ana.page, lambda: stored(proposal, "key_outputs") == "Colin's outputs. Ana's too.")
    write_in(colin.page, " More of Colin's.", "key_outputs")
    says(colin.page, "Not saved: Ana Lindqvist wrote in the same box on")
    assert stored(proposal, "key_outputs") == "Colin's outputs. Ana's too."
    colin.inspect()
    colin.press("See both texts")
    expect(colin.page.locator("h1")).to_have_text("Duties and responsibilities")
    assert colin.page.locator("[name=key_outputs]").input_value() == "<p>Colin's outputs. More of Colin's.</p>"
    assert "Ana's too" in colin.text


def test_one_box_is_refused_and_the_others_are_saved(desk: Desk) -> None:
    proposal = blank(desk.cast)
    ana = desk.house.visit("ana")
    ana.open("section", proposal.pk, "general_information")
    ana.type("unit", "u" * 301)
    ana.type("title", "on tea")
    until(ana.page, lambda: stored(proposal, "title") == "on tea")
    says(ana.page, "^Saved .*, except “Organisational unit”")
    expect(ana.page.locator("#id_unit_error")).to_contain_text("This text has 301 characters; there is room for 300.")
    expect(ana.page.locator("#id_unit")).to_have_attribute("aria-invalid", "true")
    ana.inspect()
    ana.type("unit", "A unit")
    until(ana.page, lambda: stored(proposal, "unit") == "A unit")
    expect(ana.page.locator("#id_unit_error")).to_have_count(0)
    says(ana.page, r"^Saved \d\d:\d\d$")


def test_what_is_kept_goes_with_its_person(desk: Desk) -> None:
    proposal = blank(desk.cast)
    for leaves in ("signs out", "somebody else comes"):
        ana = desk.sits_down("ana", proposal)
        ana.page.on("dialog", lambda dialog: dialog.accept())
        ana.context.set_offline(True)
        write_in(ana.page, "Nobody else's business.")
        says(ana.page, "Not saved yet")
        assert ana.page.evaluate(KEPT) == 1
        desk.server.kill()  # so that no last try saves it
        ana.context.set_offline(False)
        elsewhere = ana.context.new_page()
        ana.page.close()
        desk.server.start()
        ana.page = elsewhere
        if leaves == "signs out":
            ana.open("home")
            assert elsewhere.evaluate(KEPT) == 1
            ana.press("Sign out")
            with suppress(Exception):
                elsewhere.wait_for_url("**/account/login/**", timeout=3000)
            ana.open("help")
        else:
            Session.objects.all().delete()
            ana.name = "otto"
            desk.house.sign_in(ana)
        assert elsewhere.evaluate(KEPT) == 0
    assert stored(proposal) == ""
