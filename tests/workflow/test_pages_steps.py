"""The pages on which steps are taken: what they announce, and every way in which a step can fail to be taken."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.models import Appointment
from proposals.models import Event, Post, Proposal
from proposals.sections import Introduction
from proposals.states import State
from proposals.writing import invite, write
from tests.story import bring_to, draft, step
from tests.workflow.browsing import buttons, seen, signed_in, text
from workflow.demonstration.cast import Cast
from workflow.engine import take
from workflow.models import Letter


def actions(proposal: Proposal) -> list[str]:
    """What has happened to a proposal, by name."""
    return [event.action for event in Event.objects.filter(proposal=proposal)]


def test_a_field_post_goes_its_whole_way_by_pages(cast: Cast) -> None:
    proposal = draft(cast.felix, cast.offices["CO-Jakarta"])
    way = [
        (cast.felix, "submit", {}, "With the Director"),
        (cast.diego, "endorse", {"comment": "A post this office needs."}, "With the regional HR Partner"),
        (cast.hugo, "approve", {}, "With the JPO unit"),
        (cast.june, "issue", {"month": "3", "year": "2027", "number": "2131"}, "Issued"),
    ]
    for person, action, typed, state in way:
        browser, address = signed_in(person), f"/proposals/{proposal.pk}/steps/{action}/"
        answer = browser.post(address, {"seen": seen(browser.get(address)), **typed})
        assert (answer.status_code, answer["Location"]) == (303, f"/proposals/{proposal.pk}/")
        assert f"Done. The proposal is now “{state}”." in text(browser.get(answer["Location"]))
    proposal.refresh_from_db()
    assert (actions(proposal), str(proposal.post)) == (["submit", "endorse", "approve", "issue"], "2131")


def test_an_author_checks_the_answers_before_submitting(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    said = text(signed_in(cast.ana).get(f"/proposals/{proposal.pk}/steps/submit/"))
    for words in (
        "Check your answers before you submit",
        "Title Junior Professional Officer on apprenticeship systems Change Title",
        "Education – Desirable Not filled in Change",
        "The proposal will be “With the Director”.",
        "It is then with: Dina Haddad (Director, WORKSKILLS).",
        "Letters go to: Dina Haddad (dina@demo.example).",
    ):
        assert words in said


def test_what_is_missing_is_listed_with_links_to_its_boxes(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], introduction="", key_outputs="")
    answer = signed_in(cast.ana).get(f"/proposals/{proposal.pk}/steps/submit/")
    summary = re.search(r'<div class="jpo-error-summary".*?</div>', answer.content.decode(), re.DOTALL)
    assert re.findall(r'href="([^"]*)">([^<]*)', summary[0]) == [
        (f"/proposals/{proposal.pk}/edit/introduction/#id_introduction", "“Introduction” is empty."),
        (f"/proposals/{proposal.pk}/edit/duties_and_responsibilities/#id_key_outputs", "“Key outputs” is empty."),
    ]
    assert buttons(answer) == ["(Submit to the Director)", "Not now"]
    assert "2 things are missing, in: Introduction, Duties and responsibilities." in text(answer)


def test_submitting_what_is_not_complete_is_refused_and_keeps_what_was_typed(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], introduction="")
    browser, address = signed_in(cast.ana), f"/proposals/{proposal.pk}/steps/submit/"
    answer = browser.post(address, {"seen": seen(browser.get(address)), "comment": "For <you>, Dina."})
    assert (answer.status_code, actions(proposal)) == (422, [])
    assert "One thing is missing: “Introduction” is empty." in text(answer)
    assert "For <you>, Dina." in text(answer)


def test_a_decider_reads_the_text_on_the_page_that_decides(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast, introduction="<p>The unit advises <em>many</em> ministries.</p>")
    page = signed_in(cast.dina).get(f"/proposals/{proposal.pk}/steps/endorse/").content.decode()
    decision, text_at = page.index('<form class="jpo-panel"'), page.index("<p>The unit advises <em>many</em> ministries.</p>")
    assert decision < text_at


def test_a_return_needs_a_reason(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    browser, address = signed_in(cast.dina), f"/proposals/{proposal.pk}/steps/return/"
    token = seen(browser.get(address))
    for nothing in ({}, {"comment": ""}, {"comment": " \r\n\t "}, {"comment": "\x00\u200b"}):
        answer = browser.post(address, {"seen": token, **nothing})
        assert (answer.status_code, "There is a problem Please give a reason." in text(answer)) == (422, True)
    assert browser.post(address, {"seen": token, "comment": "Please\r\nname\x00 the outputs.\u202e"}).status_code == 303
    assert Event.objects.get(proposal=proposal, action="return").said["comment"] == "Please\nname the outputs."


def test_a_reason_that_is_too_long_comes_back_whole(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    browser, address = signed_in(cast.dina), f"/proposals/{proposal.pk}/steps/return/"
    reason = "word " * 1000
    answer = browser.post(address, {"seen": seen(browser.get(address)), "comment": reason})
    assert (answer.status_code, reason in answer.content.decode(), actions(proposal)) == (422, True, ["submit"])


def test_a_double_click_acts_once_and_both_clicks_are_answered_kindly(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    browser, address = signed_in(cast.dina), f"/proposals/{proposal.pk}/steps/endorse/"
    sent = {"seen": seen(browser.get(address))}
    first, second = browser.post(address, sent), browser.post(address, sent)
    assert (first.status_code, second.status_code, actions(proposal)) == (303, 200, ["submit", "endorse"])
    assert re.search(
        r"This is done already Dina Haddad \(Director, WORKSKILLS\) endorsed it on .* With the JPO unit", text(second)
    )


def test_a_page_sent_again_after_all_has_moved_on_does_nothing_and_says_what_became_of_it(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    browser, address = signed_in(cast.dina), f"/proposals/{proposal.pk}/steps/return/"
    sent = {"seen": seen(browser.get(address)), "comment": "Not yet."}
    browser.post(address, sent)
    step("submit", proposal, cast.ana)
    answer = browser.post(address, sent)
    assert (answer.status_code, actions(proposal)) == (200, ["submit", "return", "submit"])
    assert "This is done already Dina Haddad (Director, WORKSKILLS) returned it on" in text(answer)


def test_of_two_directors_the_slower_one_is_told_who_did_what(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    maya, address = signed_in(cast.maya), f"/proposals/{proposal.pk}/steps/return/"
    token = seen(maya.get(address))
    step("endorse", proposal, cast.dina)
    answer = maya.post(address, {"seen": token, "comment": "I would have liked to see the budget."})
    assert (answer.status_code, actions(proposal)) == (409, ["submit", "endorse"])
    said = text(answer)
    assert said.startswith("Somebody was faster Dina Haddad (Director, WORKSKILLS) endorsed it on")
    assert "I would have liked to see the budget." in said
    assert f'href="/proposals/{proposal.pk}/"' in answer.content.decode()


def test_a_text_that_changed_after_the_page_was_made_is_not_submitted(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    browser, address = signed_in(cast.ana), f"/proposals/{proposal.pk}/steps/submit/"
    token = seen(browser.get(address))
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>In another window.</p>"}, 0)
    answer = browser.post(address, {"seen": token})
    assert (answer.status_code, actions(proposal)) == (409, [])
    assert text(answer).startswith("The text has changed The text was changed after you opened this page.")


@pytest.mark.parametrize("token", ["", "x", "1", "1-", "-", "²-x", "9" * 40 + "-x", "\x00-\x00"])
def test_a_token_that_is_none_does_nothing(cast: Cast, token: str) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    answer = signed_in(cast.dina).post(f"/proposals/{proposal.pk}/steps/endorse/", {"seen": token})
    assert (answer.status_code, actions(proposal)) == (409, ["submit"])


def test_what_is_for_somebody_else_to_do_is_refused(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    address = f"/proposals/{proposal.pk}/steps/endorse/"
    token = seen(signed_in(cast.dina).get(address))
    for person in (cast.ana, cast.june):
        browser = signed_in(person)
        for answer in (browser.get(address), browser.post(address, {"seen": token})):
            assert (answer.status_code, text(answer).startswith("This is not yours to do")) == (403, True)
    assert actions(proposal) == ["submit"]


def test_who_lost_the_office_while_the_page_was_open_decides_no_more(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    browser, address = signed_in(cast.dina), f"/proposals/{proposal.pk}/steps/endorse/"
    token = seen(browser.get(address))
    Appointment.objects.filter(user=cast.dina).update(ends=timezone.localdate() - datetime.timedelta(days=1))
    assert (browser.post(address, {"seen": token}).status_code, actions(proposal)) == (404, ["submit"])


def test_what_somebody_held_when_last_asked_does_not_count(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    assert cast.dina.standing.directs  # asked, and remembered
    Appointment.objects.filter(user=cast.dina).update(ends=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(Proposal.DoesNotExist):
        take("endorse", proposal.pk, cast.dina, seen=proposal.seen())


def test_an_old_link_to_a_step_shows_where_the_proposal_is_now(cast: Cast) -> None:
    proposal = bring_to(State.SUBMITTED, cast)
    answer = signed_in(cast.dina).get(f"/proposals/{proposal.pk}/steps/endorse/")
    assert answer.status_code == 200
    assert re.search(
        r"^This cannot be done now Dina Haddad \(Director, WORKSKILLS\) endorsed it .* With the JPO unit", text(answer)
    )


def test_a_step_without_a_name_does_not_exist(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    browser = signed_in(cast.dina)
    found = [
        browser.get(f"/proposals/{proposal.pk}/steps/{name}/").status_code
        for name in ("approve-all", "Endorse", "issue%00", "..")
    ]
    assert found == [404, 404, 404, 404]


def test_an_issue_asks_for_month_year_and_number(cast: Cast) -> None:
    proposal = bring_to(State.SUBMITTED, cast)
    browser, address = signed_in(cast.june), f"/proposals/{proposal.pk}/steps/issue/"
    page = browser.get(address)
    assert 'name="number" value="1000"' in page.content.decode()
    assert not Post.objects.exists()  # to look is not to take
    token = seen(page)
    problems = {
        "": ["Please choose the month of issue.", "Please give the year of issue."],
        "month=13&year=2027": ["Select a valid choice. 13 is not one of the available choices."],
        "month=3&year=1999": ["Ensure this value is greater than or equal to 2000."],
        "month=3&year=2027&number=12": ["A post number has four digits: 1000 to 9999."],
        "month=3&year=2027&number=abc": ["A post number has four digits: 1000 to 9999."],
    }
    for query, expected in problems.items():
        answer = browser.post(address, {"seen": token} | dict(part.split("=") for part in query.split("&") if part))
        found = re.findall(r'<li><a href="#id_[a-z]+">([^<]*)', answer.content.decode())
        assert (answer.status_code, found) == (422, expected)
    assert actions(proposal) == ["submit", "endorse"]


def test_a_number_that_is_given_already_is_refused_with_the_next_free_one(cast: Cast) -> None:
    issued, proposal = bring_to(State.ISSUED, cast), bring_to(State.SUBMITTED, cast, title="on another post")
    browser, address = signed_in(cast.june), f"/proposals/{proposal.pk}/steps/issue/"
    answer = browser.post(address, {"seen": seen(browser.get(address)), "month": "5", "year": "2027", "number": str(issued.post)})
    assert answer.status_code == 422
    assert f"Number {issued.post} is given already. The next free one is {issued.post.number + 1}." in text(answer)
    assert 'value="5" selected' in answer.content.decode()


def test_a_withdrawn_proposal_is_reopened_by_its_author(cast: Cast) -> None:
    proposal = bring_to(State.WITHDRAWN, cast)
    browser, address = signed_in(cast.ana), f"/proposals/{proposal.pk}/steps/reopen/"
    assert browser.post(address, {"seen": seen(browser.get(address))}).status_code == 303
    assert actions(proposal) == ["submit", "withdraw", "reopen"]


MOST = 15
"""How many questions to the database a step may ask, with the session, the person, BEGIN and COMMIT."""


def test_a_step_asks_the_database_no_more_than_it_must(cast: Cast) -> None:
    """Also the dearest: a field post written by several, submitted again with another text, decided by a deputy, issued anew."""
    proposal = draft(cast.felix, cast.offices["CO-Jakarta"])
    for colleague in (cast.colin, cast.greta):
        invite(proposal, colleague)
    acting = {"user": cast.adele, "starts": timezone.localdate()}
    for more in (
        {"role": Appointment.DIRECTOR, "office": cast.offices["CO-Jakarta"], "acting_for": cast.diego},
        {"role": Appointment.JPO_UNIT, "acting_for": cast.june},
    ):
        Appointment.objects.create(**acting, **more)
    reason = {"comment": "Please add the outputs."}
    way = [
        (cast.felix, "submit", {}),
        (cast.felix, "recall", {}),
        (cast.colin, "submit", {}),
        (cast.adele, "endorse", {}),
        (cast.hugo, "return", reason),
        (cast.felix, "", {"introduction": "<p>Another text.</p>"}),
        (cast.felix, "submit", {}),
        (cast.diego, "endorse", {}),
        (cast.felix, "withdraw", reason),
        (cast.felix, "reopen", {}),
        (cast.felix, "submit", {}),
        (cast.hugo, "approve", {}),
        (cast.june, "return", reason),
        (cast.colin, "submit", {}),
        (cast.adele, "issue", {"month": "3", "year": "2027"}),
    ]
    costs = []
    for person, action, typed in way:
        if not action:
            write(proposal.pk, Introduction, person, typed, 0)
            continue
        browser, address = signed_in(person), f"/proposals/{proposal.pk}/steps/{action}/"
        token = seen(browser.get(address))
        with CaptureQueriesContext(connection) as asked:
            assert browser.post(address, {"seen": token, **typed}).status_code == 303
        costs.append((action, len(asked)))
    assert [(action, count) for action, count in costs if count > MOST] == []


def test_letters_of_a_step_name_the_site_and_never_the_visitors_host(cast: Cast, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    proposal = bring_to(State.ENDORSEMENT, cast)
    browser, address = signed_in(cast.dina), f"/proposals/{proposal.pk}/steps/endorse/"
    token = seen(browser.get(address))
    browser.post(address, {"seen": token}, headers={"host": "evil.example", "x-forwarded-host": "evil.example"})
    assert actions(proposal) == ["submit", "endorse"]
    assert [letter.subject for letter in Letter.objects.all() if "evil" in letter.body + letter.subject] == []
