"""The JPO unit keeps the registers of the readiness check in its browser, and the next author is told by them."""

import pytest
from playwright.sync_api import expect

from proposals.sections import Introduction
from tests.browser.conftest import House
from tests.story import draft

pytestmark = pytest.mark.browser


def test_a_term_entered_by_the_jpo_unit_is_told_to_the_next_author(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana, june = house.visit("ana"), house.visit("june")
    ana.open("section", proposal.pk, Introduction.name())
    told = ana.page.locator("[data-findings-of=introduction]")

    june.open("admin:registers_term_changelist")
    june.inspect()
    june.follow("Add term", exact=False)
    june.page.get_by_label("Language").select_option("English")
    june.page.get_by_label("Words to find").fill("gig folk")
    june.page.get_by_label("Words to be written instead").fill("platform workers")
    june.page.get_by_label("Reason").fill("The Conference of 2026 says so.")
    june.page.get_by_label("Severity").select_option("Warning")
    june.inspect()
    june.press("Save")
    expect(june.page.locator(".success")).to_contain_text("was added successfully")

    ana.type("introduction", "The unit helps gig folk.")
    expect(told.locator(".jpo-finding")).to_contain_text("Write “platform workers”")
    ana.press("Fix: “gig folk” → “platform workers”")
    expect(told.locator(".jpo-finding")).to_have_count(0)

    june.page.get_by_role("link", name="gig folk → platform workers").click()
    june.inspect()
    june.page.get_by_label("Valid until").fill("2020-12-31")
    june.press("Save")
    ana.type("introduction", "The unit helps gig folk again.")
    expect(ana.page.locator(".jpo-saving__line")).to_contain_text("Saved")
    ana.page.reload()
    expect(told.locator(".jpo-finding")).to_have_count(0)
