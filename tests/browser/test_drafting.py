"""The drafting pages in a real browser: with scripts and without, in a conflict, with hostile texts; each for everybody to use."""

import pytest
from playwright.sync_api import expect

from documents.prose import canonical, from_typed
from proposals.models import Doubt, Proposal
from proposals.sections import TEMPLATE, DutiesAndResponsibilities
from proposals.states import State
from proposals.writing import begin, invite, write
from tests.browser.conftest import House
from tests.browser.visitor import Visitor
from tests.story import COMPLETE, bring_to, draft, step

pytestmark = pytest.mark.browser

EXAMPLE = "<ul><li>Perform other tasks that may be assigned by the supervisor.</li></ul>"
DUTIES = "duties_and_responsibilities"


def stored(proposal: Proposal, box: str) -> str:
    """What stands in a box now."""
    return Proposal.objects.whole().get(pk=proposal.pk).document()[box]


def focused(visitor: Visitor) -> str:
    """What has the focus: its id, or its class."""
    return str(visitor.page.evaluate("document.activeElement.id || document.activeElement.className"))


def test_every_drafting_page_is_accessible(house: House) -> None:
    proposal = begin(house.cast.felix, house.cast.offices["CO-Jakarta"], doubts=[("duties", "A piece.", "No label above it.")])
    returned = bring_to(State.RETURNED, house.cast)
    felix = house.visit("felix")
    pages: list[tuple[str, list[int]]] = [(name, []) for name in ("new", "new_blank", "choose_copy", "new_file")]
    for name, args in [*pages, ("new_copy", [proposal.pk])]:
        felix.open(name, *args)
        felix.inspect()
    for name in ("overview", "details", "delete"):
        felix.open(name, proposal.pk)
        felix.inspect()
    for section in TEMPLATE:
        felix.open("section", proposal.pk, section.name())
        for example in felix.page.locator("main summary:visible").all():
            example.click()
        felix.inspect()
    ana = house.visit("ana")
    ana.open("overview", returned.pk)
    assert "Please name the outputs." in ana.text
    ana.inspect()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_example_is_put_at_the_end_of_what_stands_in_its_box(house: House, scripts: bool) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], duties="<p>First my own:</p>")
    ana = house.visit("ana", scripts=scripts)
    ana.open("section", proposal.pk, DUTIES)
    ana.type("key_outputs", "Not saved yet")
    ana.page.locator("#div_id_duties .jpo-example > summary").click()
    ana.press("Use this example for “Duties and responsibilities”")
    assert canonical(ana.page.locator("#id_duties").input_value()) == f"<p>First my own:</p>{EXAMPLE}"
    assert from_typed(ana.page.locator("#id_key_outputs").input_value()) == "<p>Not saved yet</p>"
    if not scripts:  # with them, a text is saved while it is written
        assert stored(proposal, "duties") == "<p>First my own:</p>"
    ana.press("Save and stay")
    assert (stored(proposal, "duties"), stored(proposal, "key_outputs")) == (
        f"<p>First my own:</p>{EXAMPLE}",
        "<p>Not saved yet</p>",
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_an_example_after_plain_text_keeps_its_paragraphs(house: House, scripts: bool) -> None:
    proposal = begin(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana", scripts=scripts)
    ana.open("section", proposal.pk, DUTIES)
    ana.type("duties", "One.\n\nTwo:\n- a")
    ana.page.locator("#div_id_duties .jpo-example > summary").click()
    ana.press("Use this example for “Duties and responsibilities”")
    ana.press("Save and stay")
    assert stored(proposal, "duties") == "<p>One.</p><p>Two:</p><ul><li>a</li>" + EXAMPLE.removeprefix("<ul>")


def test_the_enter_key_saves_and_puts_no_example_in(house: House) -> None:
    proposal = begin(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "supervision")
    ana.type("supervisor_name", "Ines Halloran")
    ana.page.locator("#id_supervisor_name").press("Enter")
    expect(ana.page.get_by_text("Saved: Supervision.")).to_be_visible()
    assert (stored(proposal, "supervisor_name"), stored(proposal, "supervision_method")) == ("Ines Halloran", "")


def test_two_who_write_in_one_section_see_both_texts(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    invite(proposal, house.cast.colin)
    ana, colin = house.visit("ana"), house.visit("colin", phone=True)
    for writer in (ana, colin):
        writer.open("section", proposal.pk, DUTIES)
    colin.type("duties", "Colin's duties.")
    colin.press("Save and continue")
    with ana.expecting(409):
        ana.type("duties", "Ana's duties.")
        ana.press("Save and continue")
        assert "Colin Mbeki saved this section" in ana.text
        assert "Colin" in ana.page.locator(".jpo-hunk__side").nth(1).inner_text()
        assert focused(ana) == "jpo-error-summary"
        ana.inspect()
    ana.press("Save what I chose")
    assert (stored(proposal, "duties"), stored(proposal, "key_outputs")) == ("<p>Ana's duties.</p>", COMPLETE["key_outputs"])


def test_a_text_that_comes_too_late_can_still_be_copied(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "introduction")
    ana.type("introduction", "Too late.")
    step("submit", proposal, house.cast.ana)
    with ana.expecting(409):
        ana.press("Save and stay")
        assert ana.page.get_by_role("textbox", name="Introduction").inner_text() == "Too late."
        ana.inspect()


def test_a_problem_is_read_first_and_leads_to_its_input(house: House) -> None:
    proposal = begin(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "general_information")
    ana.type("unit", "u" * 301)
    with ana.expecting(422):
        ana.press("Save and continue")
        assert ana.page.title().startswith("Error: General information")
        assert focused(ana) == "jpo-error-summary"
        ana.inspect()
        ana.follow("Organisational unit: This text has 301 characters", exact=False)
        assert focused(ana) == "id_unit"


def test_what_is_missing_at_submission_leads_to_the_very_input(house: House) -> None:
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"], grade="", key_outputs="")
    ana = house.visit("ana")
    for sentence, place in (("“Grade” is empty.", "id_grade"), ("“Key outputs” is empty.", "id_key_outputs_editor")):
        ana.open("step", proposal.pk, "submit")
        ana.follow(sentence)
        expect(ana.page.locator(f"#{place}")).to_be_focused()


def test_a_long_list_of_offices_is_shortened_by_typing(house: House) -> None:
    ana = house.visit("ana")
    ana.open("new_blank")
    search = ana.page.get_by_label("Type to shorten the list")
    search.fill("country office")
    assert ana.page.locator("#id_office option").all_inner_texts() == [
        "Choose an office", "CO-Dakar – Country Office for Senegal", "CO-Jakarta – Country Office for Indonesia and Timor-Leste",
    ]  # fmt: skip
    search.fill("senegal")
    ana.page.get_by_role("button", name="Begin").dblclick()
    ana.page.wait_for_url("**/edit/")
    assert Proposal.objects.count() == 1, "a double click begins one draft"
    assert "Field post: CO-Dakar, Africa" in ana.page.locator(".jpo-aside").inner_text()


def test_doubts_go_one_by_one_without_scripts(house: House) -> None:
    proposal = begin(house.cast.ana, house.cast.offices["WORKSKILLS"], doubts=[("", "First", "?"), ("", "Second", "?")])
    ana = house.visit("ana", scripts=False)
    ana.open("overview", proposal.pk)
    ana.press("Not needed “First”")
    assert "First" not in ana.text
    ana.press("Not needed “Second”")
    assert "Every piece of your file is dealt with." in ana.text
    assert Doubt.objects.filter(settled_at__isnull=True).count() == 0


@pytest.mark.slow  # test_hostile_text.py looks at more pages
def test_a_hostile_text_runs_nowhere(house: House) -> None:
    attack = "</textarea><script>window.__x=1</script><svg onload=window.__x=1><img src=x onerror=window.__x=1>"
    sneaky = f"<p>{attack}<a href='javascript:window.__x=1'>x</a></p>"
    proposal = begin(
        house.cast.ana, house.cast.offices["WORKSKILLS"], answers={"title": f"in {attack}", "unit": attack, "duties": sneaky}
    )
    invite(proposal, house.cast.colin)
    ana = house.visit("ana")
    ana.open("section", proposal.pk, DUTIES)
    write(proposal.pk, DutiesAndResponsibilities, house.cast.colin, {"duties": f"<p>theirs</p>{sneaky}"}, 0)
    with ana.expecting(409):
        ana.type("duties", f"<p>mine</p>{sneaky}")
        ana.press("Save and stay")
        assert ana.page.evaluate("window.__x") is None
    for name, *args in [
        ("overview",),
        ("details",),
        ("delete",),
        ("new_copy",),
        *(("section", part.name()) for part in TEMPLATE),
    ]:
        ana.open(name, proposal.pk, *args)
        assert ana.page.evaluate("window.__x") is None
