"""How pages look in hard cases: endless words on a phone, wide spaces, the Tab key alone, forced colours, paper."""

import pytest
from playwright.sync_api import expect

from proposals.sections import TEMPLATE
from proposals.states import State
from proposals.writing import begin
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.story import COMPLETE, bring_to, draft

pytestmark = pytest.mark.browser

ENDLESS = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle" * 2
LONG = {
    "title": f"on {ENDLESS}",
    "unit": ENDLESS,
    "supervisor_email": f"maximiliana-constantina-of-the-hills-beyond-the-seven-rivers@{'department.' * 7}demo.example",
    "introduction": f'<p>{ENDLESS} <a href="https://demo.example/{"path" * 40}">https://demo.example/{"path" * 40}</a></p>',
    "duties": f"<ul><li>{ENDLESS}<ul><li>{ENDLESS}</li></ul></li></ul>",
}

STICKS_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".visually-hidden, .jpo-table-wide"))
  .map((it) => it.tagName + "." + it.className)
  .concat(document.documentElement.scrollWidth > innerWidth ? ["the page"] : []).slice(0, 3)"""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
"""Spaces as wide as a reader may set them (WCAG 1.4.12)."""

CUT = """() => [...document.querySelectorAll("body *")]
  .filter((it) => getComputedStyle(it).overflow !== "visible" && !it.matches("textarea, input, select, svg"))
  .filter((it) => it.scrollHeight > it.clientHeight + 1 || it.scrollWidth > it.clientWidth + 1)
  .filter((it) => !it.closest(".visually-hidden, .jpo-panel")).map((it) => it.tagName + "." + it.className).slice(0, 3)"""

SMALL = """() => [...document.querySelectorAll("button, input, select, summary, nav a, .btn, .jpo-footer a, .jpo-account a")]
  .filter((it) => it.checkVisibility() && it.type !== "hidden" && !it.matches(".visually-hidden, .jpo-skip"))
  .map((it) => [it, (["radio", "checkbox"].includes(it.type) ? it.labels[0] : it).getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5).map(([it, height]) => `${it.innerText || it.id} ${height}`).slice(0, 3)"""

ROUND = """() => {
  const it = document.activeElement;
  return it === document.body ? "" : `${it.tagName} ${it.innerText} ${it.id || it.name || it.href} ${it.value || ""}`;
}"""


def look(visitor: Visitor, name: str, *args: object) -> None:
    """A page on a phone, as it is and with wide spaces: all of it is there, within the window, large enough for a finger."""
    visitor.open(name, *args)
    where = visitor.path
    asked = {"sticks out": STICKS_OUT, "cut": CUT, "too small": SMALL}
    found = {what: visitor.page.evaluate(question) for what, question in asked.items()}
    visitor.page.evaluate(SPACED)
    found |= {f"{what} with wide spaces": visitor.page.evaluate(asked[what]) for what in ("sticks out", "cut")}
    visitor.troubles += [f"{where}, {what}: {things}" for what, things in found.items() if things]


def go_round(visitor: Visitor, name: str, *args: object) -> None:
    """The Tab key reaches every stop of a page once, and comes round to the first."""
    visitor.open(name, *args)
    visitor.page.evaluate("document.activeElement.blur()")
    walk: list[str] = []
    for _ in range(120):
        visitor.page.keyboard.press("Tab")
        stop = visitor.page.evaluate(ROUND)
        if not stop or stop == (walk or [None])[0]:
            break
        walk.append(stop)
    else:
        visitor.troubles.append(f"{visitor.path}: the Tab key does not come round: {walk[-3:]}")
    stuck = [stop for stop, following in zip(walk, walk[1:], strict=False) if stop == following]
    assert walk[0].startswith("A "), walk
    assert len(walk) > 6
    assert stuck == []


def test_endless_words_and_wide_spaces_on_a_phone(house: House) -> None:
    cast = house.cast
    mine = draft(cast.ana, cast.offices["WORKSKILLS"], **LONG)
    french = begin(cast.ana, cast.offices["WORKSKILLS"], "fr", COMPLETE | LONG, doubts=[("duties", ENDLESS, "No label.")])
    asked, issued = bring_to(State.ENDORSEMENT, cast, **LONG), bring_to(State.ISSUED, cast, **LONG)
    pages: dict[str, list[tuple[str, *tuple[object, ...]]]] = {
        "": [("account_login",), ("account_reset_password",), ("help",), ("privacy",)],
        "ana": [
            ("home",), ("proposals",), ("new",), ("new_blank",), ("choose_copy",), ("new_copy", mine.pk), ("new_file",),
            ("overview", french.pk), ("details", french.pk), ("delete", french.pk),
            *(("section", mine.pk, section.name()) for section in TEMPLATE),
            ("section_preview", mine.pk, "introduction"), ("sheet_preview", french.pk),
            ("proposal", mine.pk), ("step", mine.pk, "submit"), ("step", asked.pk, "recall"), ("account_change_password",),
        ],
        "dina": [("step", asked.pk, "endorse"), ("step", asked.pk, "return")],
        "june": [("home",), ("proposal", issued.pk), ("version", issued.pk, 1)],
    }  # fmt: skip
    for who, addresses in pages.items():
        visitor = house.visit(who, phone=True)
        for name, *args in addresses:
            look(visitor, name, *args)


def test_the_tab_key_goes_round_every_kind_of_page(house: House) -> None:
    cast = house.cast
    mine, asked = draft(cast.ana, cast.offices["WORKSKILLS"]), bring_to(State.ENDORSEMENT, cast)
    ana = house.visit("ana")
    for name, *args in (
        ("home",), ("proposals",), ("new_file",), ("overview", mine.pk), ("section", mine.pk, "general_information"),
        ("section", mine.pk, "supervision"), ("proposal", asked.pk), ("step", mine.pk, "submit"), ("help",),
    ):  # fmt: skip
        go_round(ana, name, *args)


def test_nothing_disappears_in_forced_colours_or_on_paper(house: House) -> None:
    mine = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("overview", mine.pk)
    ana.page.emulate_media(forced_colors="active")
    for button in ana.page.locator(".btn, .jpo-tag").all():
        assert button.evaluate("it => parseFloat(getComputedStyle(it).borderTopWidth)") >= 1
        assert button.inner_text().strip()
    ana.page.emulate_media(forced_colors="none", media="print")
    for hidden in ("navigation", "contentinfo"):
        for part in ana.page.get_by_role(hidden).all():
            expect(part).to_be_hidden()
    ana.open("section", mine.pk, "introduction")
    expect(ana.page.get_by_role("heading", level=1)).to_be_visible()
    expect(ana.page.get_by_role("textbox", name="Introduction")).to_be_visible()
    for control in ana.page.locator(
        "button:not(.visually-hidden), .jpo-menu a, .jpo-footer a, summary, .jpo-preview-offer a"
    ).all():
        expect(control).to_be_hidden()
