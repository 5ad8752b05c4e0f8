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
    ana.page.evaluate(SETTLED)
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


def test_hints_stay_folded_or_unfolded_as_somebody_left_them(house: House) -> None:
    proposal = draft(
        house.cast.ana, house.cast.offices["WORKSKILLS"], duties="<ul><li>Read.</li><li>Write.</li><li>Sum up</li></ul>"
    )
    ana = house.visit("ana")
    ana.open("section", proposal.pk, DutiesAndResponsibilities.name())
    told = ana.page.locator("[data-findings-of=duties]")
    hints = told.locator("details")
    expect(told.locator("summary")).to_have_text("1 hint")
    expect(told.get_by_role("status")).to_be_empty()
    expect(hints.locator(".jpo-finding")).to_be_hidden()
    hints.locator("summary").click()
    ana.page.locator("#id_duties_editor").focus()
    ana.page.keyboard.press("Control+Home")
    ana.page.keyboard.type("Write the the minutes. ")
    expect(told.locator(".jpo-finding--W")).to_be_visible()
    expect(hints.locator(".jpo-finding")).to_be_visible()
    ana.inspect()
    hints.get_by_role("button", name=re.compile("^Fix: add “.”")).click()
    expect(hints).to_have_count(0)
    assert stored(proposal, "duties") == "<ul><li>Write the the minutes. Read.</li><li>Write.</li><li>Sum up.</li></ul>"


def test_what_is_found_is_reached_and_put_right_with_the_keyboard_alone(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], title="in in apprenticeship systems")
    ana = house.visit("ana")
    ana.open("section", proposal.pk, GeneralInformation.name())
    ana.page.get_by_label("Title", exact=True).focus()
    ana.page.keyboard.press("Tab")
    expect(ana.page.locator("[data-findings-of=title] a")).to_be_focused()
    ana.page.keyboard.press("Enter")
    assert (ana.page.evaluate("document.activeElement.id"), selected(ana)) == ("id_title", "in in")
    ana.page.keyboard.press("Tab")
    ana.page.keyboard.press("Tab")
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_label("Title", exact=True)).to_have_value("in apprenticeship systems")
    expect(ana.page.get_by_label("Title", exact=True)).to_be_focused()
    expect(ana.page.locator("[data-findings-of=title] .jpo-finding")).to_have_count(0)


def test_who_stands_on_a_finding_is_not_thrown_out_by_a_save(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], title="in in tea", unit="Unit Unit")
    ana = house.visit("ana")
    ana.open("section", proposal.pk, GeneralInformation.name())
    place = ana.page.locator("[data-findings-of=title]")
    ana.page.get_by_label("Title", exact=True).fill("in in tea tea")
    place.get_by_role("button").focus()
    expect(place.locator(".jpo-finding li, .jpo-finding > div")).not_to_have_count(1)
    assert ana.page.evaluate("document.activeElement.closest('[data-findings-of]')?.dataset.findingsOf") == "title"


def test_blockers_are_left_with_reasons_and_read_by_the_director(house: House) -> None:
    proposal = draft(
        house.cast.ana, house.cast.offices["WORKSKILLS"], title="in in apprenticeship systems", unit="Unit Unit",
        duties="<ul><li>Draft the the notes.</li><li>Sum up</li></ul>",
    )  # fmt: skip
    ana = house.visit("ana")
    ana.open("overview", proposal.pk)
    assert "2 blockers" in ana.text
    ana.inspect()
    ana.open("step", proposal.pk, "submit")
    reasons = ana.page.get_by_label("Or: why it stays")
    reasons.nth(0).fill("It is the project's name.")
    with ana.expecting(422):
        ana.press("Submit to the Director")
    expect(reasons.nth(0)).to_have_value("It is the project's name.")
    ana.inspect()
    ana.page.get_by_role("link", name=re.compile("^Organisational unit: Say why")).click()
    expect(reasons.nth(1)).to_be_focused()
    ana.page.get_by_role("button", name="Go to the words").nth(1).click()
    ana.page.wait_for_url("**/general_information/#finding-unit-*")
    expect(ana.page.locator("#id_unit")).to_be_focused()
    assert selected(ana) == "Unit Unit"
    ana.open("step", proposal.pk, "submit")
    expect(reasons.nth(0)).to_have_value("It is the project's name.")
    ana.press("Fix: “Unit Unit” → “Unit”")
    expect(reasons).to_have_count(1)
    ana.press("Submit to the Director")
    assert "Done. The proposal is now “With the Director”." in ana.text

    dina = house.visit("dina", phone=True)
    for name, *more in (("step", "endorse"), ("proposal",)):
        dina.open(name, proposal.pk, *more)
        assert "It stays, says Ana Lindqvist: It is the project's name." in dina.text
        expect(dina.page.get_by_text("This paragraph ends").or_(dina.page.get_by_text("of this list end in"))).to_be_hidden()
        dina.inspect()


def test_without_scripts_a_fix_comes_back_with_the_page(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], title="in in apprenticeship systems")
    ana = house.visit("ana", scripts=False)
    ana.open("section", proposal.pk, GeneralInformation.name())
    ana.page.locator("#id_unit").fill("Not saved yet")
    ana.press("Fix: “in in” → “in”")
    assert "It is put right. Nothing is saved yet." in ana.text
    expect(ana.page.locator("#id_unit")).to_have_value("Not saved yet")
    assert stored(proposal, "title") == "in in apprenticeship systems"
    ana.press("Save and stay")
    assert stored(proposal, "title") == "in apprenticeship systems"
