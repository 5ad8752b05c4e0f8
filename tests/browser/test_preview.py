"""The page as it prints, beside the text: it follows what is written, and neither side ever jumps."""

import pytest
from playwright.sync_api import expect

from proposals.writing import begin
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.story import COMPLETE, draft

pytestmark = pytest.mark.browser

SECTION = "background_information"
LONG = "".join(
    f"<p>Paragraph {number} of what stands there already, long enough to fill a line or two.</p>" for number in range(40)
)

WHERE = """() => {
  const view = document.querySelector("#preview iframe").contentWindow, chosen = getSelection();
  return [document.activeElement.id, chosen.toString(), chosen.anchorOffset, chosen.focusOffset, scrollY, view.scrollY];
}"""
"""Where the cursor is, what is selected, and how far page and preview are scrolled."""


def show(visitor: Visitor) -> None:
    """Asks for the preview, and waits until it stands there."""
    visitor.press("Show the page as it prints")
    expect(visitor.page.frame_locator("#preview iframe").locator("section h2")).to_be_visible()


def test_the_preview_follows_the_writing_and_nothing_jumps(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], programme_outline=LONG)
    ana = house.visit("ana")
    ana.open("section", proposal.pk, SECTION)
    printed = ana.page.frame_locator("#preview iframe")
    expect(ana.page.locator("#preview")).to_be_hidden()
    show(ana)
    expect(printed.locator(".bar")).to_be_hidden()

    # Who goes to a box sees where it prints; the page around the frame stays where it is.
    box = ana.page.locator("#id_living_conditions_editor")
    expect(printed.locator("[data-box=living_conditions]").first).not_to_be_in_viewport()
    box.click()
    expect(printed.locator("[data-box=living_conditions]").first).to_be_in_viewport()
    expect(printed.locator(".is-written").first).to_have_attribute("data-box", "living_conditions")

    box.press("Control+Home")
    box.press_sequentially("Tea is served at four. ", delay=5)
    for _ in range(6):
        ana.page.keyboard.press("Shift+ArrowRight")
    before = ana.page.evaluate(WHERE)
    assert before[:2] == ["id_living_conditions_editor", "Housin"]
    assert min(before[4:]) > 100
    expect(printed.get_by_text("Tea is served at four.")).to_be_visible()
    assert ana.page.evaluate(WHERE) == before
    expect(printed.locator(".is-written").first).to_have_attribute("data-box", "living_conditions")

    # Whoever presses on what is printed comes to its box.
    printed.locator("[data-box=outcomes]").last.click()
    expect(ana.page.locator("#id_outcomes_editor")).to_be_focused()


def test_the_preview_is_remembered_and_goes_away_again(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "supervision")
    show(ana)
    ana.open("section", proposal.pk, "introduction")
    printed = ana.page.frame_locator("#preview iframe")
    expect(printed.get_by_text("advises governments")).to_be_visible()
    expect(ana.page.get_by_role("button", name="Show the page as it prints")).to_have_attribute("aria-pressed", "true")
    ana.inspect()
    ana.press("Hide", exact=False)
    expect(ana.page.locator("#preview")).to_be_hidden()
    expect(ana.page.get_by_role("button", name="Show the page as it prints")).to_be_focused()
    ana.page.reload()
    expect(ana.page.locator("#preview")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_and_without_scripts_the_preview_is_a_page_of_its_own(house: House, scripts: bool) -> None:
    french = begin(house.cast.ana, house.cast.offices["WORKSKILLS"], "fr", answers=COMPLETE)
    ana = house.visit("ana", phone=scripts, scripts=scripts)
    ana.open("section", french.pk, "supervision")
    expect(ana.page.get_by_role("button", name="Show the page as it prints")).to_be_hidden()
    ana.follow("Preview this section")
    assert ana.path.endswith("/edit/supervision/preview/")
    assert "reviews it every quarter" in ana.text
    if scripts:
        ana.inspect()
    ana.page.get_by_role("link", name="Preview all sections").click()
    assert ana.path.endswith("/edit/preview/")
    assert "Ines Halloran" in ana.text
    if scripts:
        ana.inspect()
    ana.page.go_back()
    ana.page.get_by_role("link", name="Back to writing").click()
    assert ana.path.endswith("/edit/supervision/")
