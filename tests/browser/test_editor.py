import pytest
from tests.browser.conftest import House
from proposals.writing import begin
pytestmark = pytest.mark.browser

def test_try(house: House) -> None:
    from tests.story import draft
    proposal = draft(house.cast.ana, house.cast.offices["WORKSKILLS"])
    ana = house.visit("ana")
    ana.open("section", proposal.pk, "duties_and_responsibilities")
    ana.page.screenshot(path="/tmp/ed-1.png", full_page=True)
    ana.page.locator("#id_duties_editor").click()
    ana.page.keyboard.press("Control+End")
    for key in ["Enter", "x", "y", "Tab", "Enter", "Enter", "Enter", "1", ".", " ", "q", "Enter", "w"]:
        ana.page.keyboard.press(key)
    print(ana.page.locator("#id_duties").input_value())
    ana.inspect()
