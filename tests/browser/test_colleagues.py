"""Writing together in a real browser: somebody new is invited, writes, leaves a note; is removed; the proposal is handed over."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from proposals.colleagues import present
from proposals.models import Note, Proposal
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.story import draft

pytestmark = pytest.mark.browser

DUTIES = "duties_and_responsibilities"


def keys(visitor: Visitor, *pressed: str) -> None:
    """Presses keys, one after the other."""
    for key in pressed:
        visitor.page.keyboard.press(key)


def tab_to(visitor: Visitor, label: str) -> None:
    """Presses Tab until the link, input or button of that name has the focus, from the top of the page's content."""
    visitor.page.locator("main").focus()
    for _ in range(40):
        keys(visitor, "Tab")
        if visitor.page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText.trim()") == label:
            return
    raise AssertionError(f"Tab does not come to “{label}”.")


def fold(visitor: Visitor, box: str):
    """The notes beside a box."""
    return visitor.page.locator(f"#notes_{box}")


def test_somebody_new_is_invited_writes_and_goes_and_the_proposal_is_handed_over(house: House, settings) -> None:
    settings.INVITED_DOMAINS = ["demo.example"]
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    draft(house.cast.ana, house.cast.offices["WORKSKILLS"], title="on another matter")

    # Ana invites by the keyboard alone: first with a slip, then as it should be.
    ana = house.visit("ana")
    ana.open("overview", proposal.pk)
    ana.page.get_by_role("link", name="Invite a colleague, hand over").focus()
    keys(ana, "Enter")
    ana.page.wait_for_url("**/colleagues/")
    ana.inspect()
    with ana.expecting(422):
        tab_to(ana, "E-mail address")
        ana.page.keyboard.type("vera@elsewhere.example")
        keys(ana, "Enter")
        expect(ana.page).to_have_title(re.compile("^Error: "))
        ana.inspect()
    tab_to(ana, "E-mail address")
    keys(ana, "ControlOrMeta+a")
    ana.page.keyboard.type("vera@demo.example")
    keys(ana, "Tab")
    ana.page.keyboard.type("Vera Lund")
    tab_to(ana, "Send the invitation")
    keys(ana, "Enter")
    expect(ana.content).to_contain_text("A letter with the invitation is on its way to vera@demo.example.")
    assert "Ana Lindqvist invited Vera Lund on" in ana.text

    # Vera sets a password from her letter, sees this proposal alone, writes a sentence and a note.
    (letter,) = [received for received in house.post() if "vera@demo.example" in received.recipients]
    links = re.findall(r"http://\S+", letter.mail.get_body().get_content())
    vera = house.visit()
    vera.name = "vera"
    vera.page.goto(links[0])
    for label in ("New password", "The same once more"):
        vera.page.get_by_label(label, exact=True).fill("a quiet new phrase")
    vera.press("Set this password")
    vera.page.goto(links[1])
    vera.page.get_by_label("E-mail address").fill("vera@demo.example")
    vera.page.get_by_label("Password").fill("a quiet new phrase")
    vera.press("Sign in")
    assert (vera.heading, vera.path) == ("Junior Professional Officer on apprenticeship systems", f"/proposals/{proposal.pk}/")
    vera.open("proposals")
    assert ("on apprenticeship systems" in vera.text, "on another matter" in vera.text) == (True, False)
    vera.open("section", proposal.pk, DUTIES)
    vera.type("duties", "Vera's sentence, not saved yet.")
    fold(vera, "duties").locator("summary").click()
    vera.page.get_by_label("A note beside “Duties and responsibilities”").fill("Which laws?")
    fold(vera, "duties").get_by_role("button", name="Add the note").click()
    expect(fold(vera, "duties").locator("li")).to_contain_text(["Which laws?"])
    expect(fold(vera, "duties").locator("summary")).to_contain_text("1 note")
    assert vera.page.locator("#id_duties").input_value() == "<p>Vera's sentence, not saved yet.</p>"
    fold(vera, "key_outputs").locator("summary").click()
    with vera.expecting(422):
        fold(vera, "key_outputs").get_by_role("button", name="Add the note").click()
        expect(fold(vera, "key_outputs").locator(".jpo-notes__trouble")).to_have_text("Write the note first.")
    vera.inspect()
    vera.press("Save and stay")
    assert "Saved: Duties and responsibilities." in vera.text

    # Ana settles the note where it stands, and removes Vera.
    ana.open("overview", proposal.pk)
    assert "Which laws?" in ana.text
    ana.inspect()
    ana.follow("Duties and responsibilities")
    ana.open("section", proposal.pk, DUTIES)
    fold(ana, "duties").locator("summary").click()
    fold(ana, "duties").get_by_role("button", name="Done with “Which laws?”").click()
    expect(fold(ana, "duties").locator("summary")).to_contain_text("Notes, all settled")
    assert Note.objects.get().settled_by == house.cast.ana
    ana.open("colleagues", proposal.pk)
    ana.follow("Remove Vera Lund")
    ana.inspect()
    ana.press("Remove Vera Lund")
    assert "Vera Lund no longer writes in it." in ana.text
    with vera.expecting(404):
        vera.page.reload()
        assert vera.heading == "There is nothing here for you"

    # Ana hands it over to Colin and stays.
    ana.open("hand_over", proposal.pk)
    ana.inspect()
    ana.page.get_by_label("E-mail address").fill("colin@demo.example")
    ana.press("Continue")
    assert ana.heading == "Hand over to colin@demo.example?"
    ana.inspect()
    ana.press("Hand it over")
    assert "The proposal is handed over." in ana.text
    found = Proposal.objects.get(pk=proposal.pk)
    assert (found.author, [row.user for row in present(found)]) == (house.cast.colin, [house.cast.ana])
    assert sorted(received.recipients[0] for received in house.post()) == [
        "ana@demo.example",
        "colin@demo.example",
        "vera@demo.example",
    ]
    colin = house.visit("colin", phone=True)
    colin.open("section", proposal.pk, DUTIES)
    assert "Vera's sentence, not saved yet." in colin.page.locator("#id_duties").input_value()


def test_notes_without_scripts_and_with_the_line_down(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    plain = house.visit("ana", scripts=False)
    plain.open("section", proposal.pk, DUTIES)
    plain.type("duties", "Not saved yet.")
    fold(plain, "duties").locator("summary").click()
    plain.page.locator("#note_duties").fill("Which laws?")
    fold(plain, "duties").get_by_role("button", name="Add the note").click()
    assert plain.page.locator("#id_duties").input_value() == "Not saved yet."
    expect(fold(plain, "duties").locator("li")).to_contain_text(["Which laws?"])
    fold(plain, "duties").get_by_role("button", name="Done with “Which laws?”").click()
    assert plain.page.locator("#id_duties").input_value() == "Not saved yet."
    plain.press("Save and stay")
    assert Note.objects.get().settled_at

    ana = house.visit("ana")
    ana.page.goto(f"{house.site}{reverse('section', args=[proposal.pk, DUTIES])}#notes_duties")
    expect(ana.page.locator("#note_duties")).to_be_visible()  # the link of the overview opens it
    ana.page.locator("#note_duties").fill("Is anybody there?")
    ana.context.set_offline(True)
    fold(ana, "duties").get_by_role("button", name="Add the note").click()
    expect(fold(ana, "duties").locator(".jpo-notes__trouble")).to_contain_text("The portal cannot be reached.")
    ana.context.set_offline(False)
    ana.troubles.clear()  # it was down on purpose
    fold(ana, "duties").get_by_role("button", name="Add the note").click()
    expect(fold(ana, "duties").locator("summary")).to_contain_text("1 note")
    assert ana.page.locator("#note_duties").input_value() == ""
