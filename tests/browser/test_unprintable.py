"""A character that the paper cannot print is said at its box while one writes, and nothing is lost or held up by it."""

import re

import pytest
from playwright.sync_api import expect

from documents.signs import sentence
from proposals.models import Proposal
from proposals.sections import DutiesAndResponsibilities, GeneralInformation
from tests.browser.conftest import House
from tests.story import draft

pytestmark = pytest.mark.browser


def stored(proposal: Proposal, box: str) -> str:
    """What stands in a box now."""
    return Proposal.objects.whole().get(pk=proposal.pk).document()[box]


def test_a_character_without_a_sign_is_said_at_its_box_until_it_is_mended(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana", phone=True)
    ana.open("section", proposal.pk, GeneralInformation.name())
    title, said = ana.page.get_by_label("Title", exact=True), ana.page.locator("#id_title_unprintable")
    expect(said).to_be_empty()

    ana.type("title", "in 李 and Ελλάδα")
    expect(said).to_have_text(sentence("李", "“Title”"))
    expect(said).to_have_role("status")
    expect(title).to_have_accessible_description(re.compile(re.escape(sentence("李", "“Title”"))))
    expect(title).to_have_value("in 李 and Ελλάδα")
    assert stored(proposal, "title") == "in 李 and Ελλάδα"
    assert ana.page.locator(".jpo-error").count() == 0, "nothing is refused, and nothing else is said"
    ana.inspect()

    # whoever comes back, with scripts or without, finds it said
    ana.page.reload()
    expect(said).to_have_text(sentence("李", "“Title”"))
    plain = house.visit("ana", scripts=False)
    plain.open("section", proposal.pk, GeneralInformation.name())
    expect(plain.page.locator("#id_title_unprintable")).to_have_text(sentence("李", "“Title”"))
    plain.open("overview", proposal.pk)
    assert "“Title” holds “李”" in plain.text

    ana.type("title", "in Li and Ελλάδα")
    expect(said).to_be_empty()

    # in the editor it is the same
    ana.open("section", proposal.pk, DutiesAndResponsibilities.name())
    ana.type("duties", "Smile 😀 at visitors.")
    said = ana.page.locator("#id_duties_unprintable")
    expect(said).to_have_text(sentence("😀", "“Duties and responsibilities”"))
    expect(ana.page.locator("#div_id_duties [contenteditable]")).to_have_attribute(
        "aria-describedby", re.compile("id_duties_unprintable")
    )
    assert stored(proposal, "duties") == "<p>Smile 😀 at visitors.</p>"
    expect(ana.page.locator("#id_key_outputs_unprintable")).to_be_empty()
    ana.type("duties", "Smile at visitors.")
    expect(said).to_be_empty()
