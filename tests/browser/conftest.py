"""A house with a web server, a post office and people who come to it with browsers of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.visitor import NARROW, WIDE, Visitor
from tests.conftest import REQUIRE_ALL
from tests.invariants import check_invariants
from tests.mail.peer import Peer, Received, free_port
from workflow.demonstration.cast import PASSWORD, Cast, address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """How the browser is started: the system's own, which fetches nothing by itself."""
    chromium = find_chromium()
    if chromium is None and not REQUIRE_ALL:
        pytest.skip("no Chromium on this machine; script/test installs one")
    assert chromium, "These tests need Chromium."
    return {"executable_path": chromium, "args": FLAGS}


@dataclass
class House:
    """The portal with everybody in it."""

    site: str
    browser: Browser
    peer: Peer
    cast: Cast
    visitors: list[Visitor] = field(default_factory=list)

    def visit(self, name: str = "", phone: bool = False, scripts: bool = True) -> Visitor:
        """Somebody comes in; signed in with their password, if they say who they are."""
        context = self.browser.new_context(
            viewport=NARROW if phone else WIDE,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            locale="en-GB",
            reduced_motion="reduce",  # a window that glides to its place is not yet where one looks
        )
        context.set_default_timeout(10_000)
        visitor = Visitor(name, context, self.site)
        self.visitors.append(visitor)
        if name:
            self.sign_in(visitor)
        return visitor

    def sign_in(self, visitor: Visitor) -> None:
        """On the page for it, with address and password."""
        visitor.open("account_login")
        visitor.page.get_by_label("E-mail address").fill(address(visitor.name))
        visitor.page.get_by_label("Password").fill(PASSWORD)
        visitor.press("Sign in")
        assert visitor.path == "/", visitor.text

    def post(self) -> list[Received]:
        """The worker prints and sends all that is due; the letters that have arrived, with the mail server, since last time."""
        before = len(self.peer.letters)
        call_command("worker", "--once")
        return self.peer.letters[before:]


@pytest.fixture
def house(
    live_server: LiveServer, browser: Browser, cast: Cast, settings: object, request: pytest.FixtureRequest
) -> Iterator[House]:
    """The portal, served to real browsers, with a real mail server beside it; in the end no browser may have complained."""
    cache.clear()  # the tries to sign in of an earlier story do not count
    peer = Peer(free_port())
    settings.SITE_URL = live_server.url  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", peer.port  # type: ignore[attr-defined]
    peer.open()
    house = House(live_server.url, browser, peer, cast)
    try:
        yield house
        troubles = [f"{visitor.name or 'a stranger'}: {trouble}" for visitor in house.visitors for trouble in visitor.troubles]
        assert not troubles, "\n".join(troubles)
        check_invariants()
    finally:
        for visitor in house.visitors:
            visitor.context.close()
        peer.close()
