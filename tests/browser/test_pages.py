"""Pages that belong to no single story: signing in, help, what is not there; each for everybody to use."""

import pytest

from proposals.states import State
from tests.browser.conftest import House
from tests.story import bring_to

pytestmark = pytest.mark.browser


def test_pages_for_everybody_are_accessible(house: House) -> None:
    stranger = house.visit()
    for name in ("account_login", "account_reset_password", "account_reset_password_done", "help", "accessibility", "privacy"):
        stranger.open(name)
        stranger.inspect()
    stranger.open("account_login")
    stranger.press("Sign in")
    assert stranger.page.title().startswith("Error: ")
    stranger.inspect()


def test_an_empty_portal_says_what_to_do_next(house: House) -> None:
    otto = house.visit("otto")
    assert "Nothing waits for you." in otto.text
    otto.inspect()
    otto.open("proposals")
    assert "There is no proposal that you may see:" in otto.text
    otto.inspect()
    otto.open("account_change_password")
    otto.inspect()
    with otto.expecting(404):
        otto.open("proposal", 4711)
        assert otto.heading == "There is nothing here for you"
        otto.inspect()


def test_lists_and_proposals_in_every_state_are_accessible(house: House) -> None:
    made = {state: bring_to(state, house.cast) for state in State if state != State.APPROVAL}
    june = house.visit("june")
    june.inspect()
    june.open("proposals")
    june.inspect()
    june.open("proposal", made[State.ISSUED].pk)
    june.inspect()
    june.open("version", made[State.ISSUED].pk, 1)
    june.inspect()
    june.open("step", made[State.SUBMITTED].pk, "issue")
    june.inspect()
    with june.expecting(403):
        june.open("step", made[State.ENDORSEMENT].pk, "endorse")
        assert june.heading == "This is not yours to do"
        june.inspect()
