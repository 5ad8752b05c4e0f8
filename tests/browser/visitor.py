"""Somebody with a browser of their own: what they do on a page, and whatever goes wrong there meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
SERIOUS = {"serious", "critical"}


@dataclass
class Visitor:
    """A person before a window of the portal.

    Everything a browser complains of is a trouble: an error on its console, a refusal by the content security policy, a
    request that fails or leaves the site, an answer from 400 on that the story did not expect.
    """

    name: str
    context: BrowserContext
    site: str
    page: Page = field(init=False)
    troubles: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context.on("request", self._asked)
        self.context.on("requestfailed", self._failed)
        self.context.on("response", self._answered)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.troubles.append(f"script: {error.error}"))
        self.page = self.context.new_page()

    # What they do

    def open(self, name: str, *args: Any) -> None:
        """Opens the page of that name."""
        self.page.goto(self.site + reverse(name, args=args))

    def press(self, label: str, exact: bool = True) -> None:
        """Presses the button with that label; a form that saves before it goes on is waited for."""
        self.page.get_by_role("button", name=label, exact=exact).click()
        self.page.locator("form[aria-busy=true]").wait_for(state="detached")

    def follow(self, label: str, exact: bool = True) -> None:
        """Follows the first link with those words in the page's content."""
        self.content.get_by_role("link", name=label, exact=exact).first.click()

    def type(self, box: str, text: str) -> None:
        """Writes into a box of the form, over what stands there; into an editor key by key, a list as one types lists."""
        self.page.wait_for_load_state()  # an editor is there by then
        area, keys, in_list = self.page.locator(f"#id_{box}"), self.page.keyboard, False
        if not self.page.locator(f"#id_{box}_editor").count():
            return area.fill(text)
        area.focus()
        keys.press("Control+a")
        keys.press("Delete")
        for place, line in enumerate(filter(None, text.split("\n"))):
            is_item = line.startswith("- ")
            for _ in range((place > 0) + (in_list and not is_item)):
                keys.press("Enter")
            keys.type("- " if is_item and not in_list else "")
            keys.insert_text(line.removeprefix("- ") if is_item else line)
            in_list = is_item

    @property
    def content(self) -> Locator:
        """The content of the page, without header and footer."""
        return self.page.locator("main")

    @property
    def text(self) -> str:
        """What the content of the page says."""
        return self.content.inner_text()

    @property
    def heading(self) -> str:
        """The page's first heading."""
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        """Where they are."""
        return urlsplit(self.page.url).path

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """While the portal is expected to refuse something with one of these statuses."""
        self.expected = set(statuses)
        yield
        self.expected = set()

    def inspect(self) -> None:
        """Holds the page, wide and narrow, against the rules of accessibility; nothing may stick out of a phone's window."""
        size = self.page.viewport_size
        for window in (WIDE, NARROW):
            self.page.set_viewport_size(window)  # type: ignore[arg-type]
            where = f"{self.path} at {window['width']} px"
            found = [v for v in self._examined()["violations"] if v["impact"] in SERIOUS]
            self.troubles += [f"{where}: {v['id']}, {v['help']}: {v['nodes'][0]['target']}" for v in found]
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > window["width"]:
                self.troubles.append(f"{where}: sticks out, {wide} px wide")
        if size:
            self.page.set_viewport_size(size)

    def _examined(self) -> dict[str, Any]:
        """What axe says of the page as it stands."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        return dict(self.page.evaluate("axe.run({resultTypes: ['violations'], preload: false})"))

    # What the browser tells

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "about:", "blob:")):
            self.troubles.append(f"leaves the site: {request.url}")

    def _failed(self, request: Request) -> None:
        went_on = request.failure == "net::ERR_ABORTED" and (request.method == "GET" or request.resource_type == "fetch")
        if went_on:
            return  # before its answer had come; what it carried arrives, or the story misses it
        self.troubles.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.troubles.append(f"{response.status}: {response.request.method} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # The answers themselves are heard above.
        if message.type in ("error", "warning") and "the server responded with a status of" not in message.text:
            self.troubles.append(f"console: {message.text}")
