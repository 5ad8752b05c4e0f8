"""What the readiness check finds, beside the boxes of a real browser: told while one writes, led to, put right, taken back."""

import re

import pytest
from playwright.sync_api import expect

from proposals.models import Proposal
from proposals.sections import DutiesAndResponsibilities, GeneralInformation
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.story import draft

pytestmark = pytest.mark.browser

WHERE = """() => {
  const it = document.activeElement;
  return [it.id, it.selectionStart ?? getSelection().anchorOffset, Math.round(it.getBoundingClientRect().top)];
}"""
SETTLED = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
"""The cursor of a browser moves before it tells; hands are slower than that."""
MARKED = "[...document.querySelectorAll('.jpo-shown')].map(it => it.textContent).join('')"


def stored(proposal: Proposal, box: str) -> str:
    """What stands in a box now."""
    return Proposal.objects.whole().get(pk=proposal.pk).document()[box]


def selected(visitor: Visitor) -> str:
    """The words that are selected, in a text or in an input."""
    return str(
        visitor.page.evaluate(
            "(({value, selectionStart: from, selectionEnd: to}) => value === undefined ? getSelection().toString() "
            ": value.slice(from, to))(document.activeElement)"
        )
    )


def test_a_doubled_word_is_told_while_one_types_and_put_right_with_a_click(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, GeneralInformation.name())
    title, told = ana.page.get_by_label("Title", exact=True), ana.page.locator("[data-findings-of=title]")
    title.fill("")
    title.press_sequentially("in in apprenticeship systems")
    before = ana.page.evaluate(WHERE)
    expect(told.locator(".jpo-finding")).to_contain_text(re.compile(r"Blocker\s+“in in” says the same twice. Keep it once."))
    assert ana.page.evaluate(WHERE) == before, "neither focus nor cursor nor line has moved"
    expect(told.get_by_role("status")).to_have_text("1 blocker: “in in” says the same twice. Keep it once.")
    expect(title).to_have_accessible_description(re.compile("1 blocker: “in in” says the same twice"))
    expect(ana.page.locator(".jpo-nav-sections [aria-current]")).to_have_text(re.compile("1 blocker"))
    assert stored(proposal, "title") == "in in apprenticeship systems", "a finding holds no save up"
    ana.inspect()

    told.get_by_role("link", name="in in").click()
    assert selected(ana) == "in in"
    ana.press("Fix: “in in” → “in”")
    expect(title).to_have_value("in apprenticeship systems")
    expect(told.locator(".jpo-finding")).to_have_count(0)
    expect(ana.page.locator(".jpo-nav-sections [aria-current]")).to_have_text(re.compile("completed"))
    assert stored(proposal, "title") == "in apprenticeship systems"
    ana.page.keyboard.press("Control+z")
    expect(title).to_have_value("in in apprenticeship systems")
    expect(told.locator(".jpo-finding")).to_have_count(1)


def test_in_the_editor_too_as_one_step_that_moves_nothing_else(house: House) -> None:
    long = "".join(f"<p>Line {number} of the duties.</p>" for number in range(40))
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], duties=long)
    ana = house.visit("ana")
    ana.open("section", proposal.pk, DutiesAndResponsibilities.name())
    text, told = ana.page.locator("#id_duties_editor"), ana.page.locator("[data-findings-of=duties]")
    text.focus()
    ana.page.keyboard.press("Control+Home")
    ana.page.keyboard.type("He drafts the the report and ")
    expect(told.locator(".jpo-finding")).to_contain_text(re.compile(r"Warning\s+“the the” says the same twice. Keep it once."))
    ana.page.keyboard.type("reads 😀 it. ")
    text.evaluate("it => scrollTo(0, document.body.scrollHeight)")
    told.get_by_role("link", name="the the").click()
    assert (ana.page.evaluate(MARKED), selected(ana)) == ("the the", "the the")
    expect(ana.page.locator(".jpo-shown")).to_be_in_viewport()
    assert stored(proposal, "duties").startswith("<p>He drafts the the report and"), "to look is not to change"
    ana.page.keyboard.press("Control+z")
    expect(text).not_to_contain_text("😀")  # what is undone is what was typed, not the look
    ana.page.keyboard.press("Control+y")

    ana.page.keyboard.press("Control+End")
    expect(ana.page.locator(".jpo-shown")).to_have_count(0)  # the text was changed since
    ana.page.evaluate(SETTLED)
    ana.page.keyboard.press("Enter")
    ana.press("Fix: “the the” → “the”")
    expect(told.locator(".jpo-finding")).to_have_count(0)
    assert stored(proposal, "duties").startswith("<p>He drafts the report and reads 😀 it. Line 0 of the duties.</p>")
    expect(text).to_be_focused()
    ana.page.keyboard.type("Here.")
    expect(text.locator("p").last).to_have_text("Here.")
    for _ in range(2):
        ana.page.keyboard.press("Control+z")
    expect(text).to_contain_text("the the")
    expect(told.locator(".jpo-finding")).to_have_count(1)
