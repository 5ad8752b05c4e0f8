"""Two people in one box, with the keyboard alone: both texts seen side by side, parts taken, nothing lost, and undone again."""

import pytest
from playwright.sync_api import expect

from proposals.models import EarlierText, Proposal
from proposals.sections import DutiesAndResponsibilities
from proposals.writing import invite, write
from tests.browser.conftest import House
from tests.story import COMPLETE, draft

pytestmark = pytest.mark.browser

DUTIES = "duties_and_responsibilities"
MINE = "<p>Mine to begin.</p><ul><li>Shared.</li><li>Review the laws of six countries.</li><li>Only Ana's.</li></ul>"
THEIRS = "<ul><li>Shared.</li><li>Review the draft laws of two countries.</li></ul><p>Theirs to end.</p>"


def stored(proposal: Proposal) -> str:
    """What stands among the duties now."""
    return Proposal.objects.whole().get(pk=proposal.pk).document()["duties"]


@pytest.mark.parametrize("scripts", [True, False])
def test_parts_of_two_texts_are_taken_with_the_keyboard_alone_and_brought_back_again(house: House, scripts: bool) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    invite(proposal, house.cast.colin)
    ana = house.visit("ana", scripts=scripts)
    keyboard = ana.page.keyboard
    ana.open("section", proposal.pk, DUTIES)
    write(proposal.pk, DutiesAndResponsibilities, house.cast.colin, {"duties": THEIRS}, 0)
    ana.page.evaluate(
        "text => { const box = document.getElementById('id_duties'); box.jpoEditor ? box.jpoEditor.replace(text) : box.value = text }",
        MINE,
    )
    with ana.expecting(409):
        ana.press("Save and stay")
        expect(ana.page.get_by_text("Two texts: choose which one stands")).to_be_visible()
        first = ana.page.locator(".jpo-hunk").nth(1)
        mine, theirs = (first.locator(".jpo-hunk__side").nth(n).bounding_box() for n in (0, 1))
        assert mine
        assert theirs
        assert (mine["y"], mine["x"] + mine["width"] <= theirs["x"] + 1) == (theirs["y"], True), "not side by side"
        expect(first.get_by_role("radio")).to_have_count(0)  # nothing to choose at a difference while a whole text is taken
        if scripts:
            ana.inspect()
        ana.page.locator("#keep_duties").focus()
        keyboard.press("ArrowDown")
        keyboard.press("ArrowDown")
        expect(ana.page.get_by_label("Take parts of both")).to_be_checked()
        expect(first.get_by_role("radio")).to_have_count(3)
        if scripts:
            ana.inspect()
        keyboard.press("Tab")  # to the first difference: mine alone
        keyboard.press("ArrowRight")  # leave it out
        keyboard.press("Tab")  # the duty of both
        keyboard.press("ArrowLeft")  # round to the last: both
        keyboard.press("Tab")  # Ana's own stays
        keyboard.press("Tab")  # Colin's paragraph stays
        keyboard.press("Tab")  # the button
        keyboard.press("Enter")
    expect(ana.page.get_by_text("What was not taken over is kept under “Earlier texts”.")).to_be_visible()
    assert stored(proposal) == (
        "<ul><li>Shared.</li><li>Review the laws of six countries.</li><li>Review the draft laws of two countries.</li>"
        "<li>Only Ana's.</li></ul><p>Theirs to end.</p>"
    )
    texts = EarlierText.objects.order_by("pk")
    assert [(row.stood, row.answers["duties"]) for row in texts] == [(True, COMPLETE["duties"]), (False, MINE), (True, THEIRS)]
    ana.follow("Earlier texts of this section")
    if scripts:
        ana.inspect()
    ana.content.locator(".jpo-rows a").nth(1).click()
    assert "Not taken over" in ana.text
    if scripts:
        ana.page.locator(".jpo-fold summary").click()
        ana.inspect()
    ana.press("Bring this text back")
    expect(ana.page.get_by_text("is back. What stood here is kept")).to_be_visible()
    assert stored(proposal) == MINE
