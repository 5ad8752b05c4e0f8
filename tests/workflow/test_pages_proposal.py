"""A proposal's page: what each person sees and may do there, its letters, versions and PDFs."""

import hashlib

import pytest
from django.utils import timezone

from organisation.models import Appointment
from proposals.checking import registers
from proposals.models import Proposal
from proposals.sections import Introduction
from proposals.states import State
from proposals.writing import invite, write
from tests.story import bring_to, draft, step
from tests.workflow.browsing import buttons, cost, signed_in, text
from workflow.demonstration.cast import Cast
from workflow.models import Letter
from workflow.printing import print_due

# What stands on the page of a field post, by state and person; "–" is a page without buttons, "404" no page at all.
BUTTONS = """
            | felix                                    | diego                        | hugo                          | june                                     | ana
draft       | Go on writing, Submit…, Withdraw         | 404                          | 404                           | 404                                      | 404
endorsement | Take back, Withdraw                      | Endorse, Return…             | –                             | Withdraw                                 | 404
returned    | Go on writing, Submit…, Withdraw         | –                            | –                             | Withdraw                                 | 404
approval    | Take back, Withdraw                      | –                            | Approve, Return…              | Withdraw                                 | 404
submitted   | Withdraw                                 | –                            | –                             | Issue the post, Return…, Withdraw        | 404
issued      | –                                        | –                            | –                             | –                                        | 404
withdrawn   | Reopen                                   | –                            | –                             | –                                        | 404
"""
SHORT = {"Submit to the Director": "Submit…", "Return to the author": "Return…"}


@pytest.mark.parametrize("state", State)
def test_everybody_finds_their_buttons(cast: Cast, state: State) -> None:
    lines = [[cell.strip() for cell in line.split("|")] for line in BUTTONS.strip("\n").splitlines()]
    people = lines[0][1:]
    table = {line[0]: dict(zip(people, line[1:], strict=True)) for line in lines[1:]}
    proposal = bring_to(state, cast, field=True)
    found = {}
    for person in people:
        answer = signed_in(getattr(cast, person)).get(f"/proposals/{proposal.pk}/")
        labels = [SHORT.get(label, label) for label in buttons(answer)]
        found[person] = str(answer.status_code) if answer.status_code != 200 else ", ".join(labels) or "–"
    assert found == table[state]


def test_a_button_that_cannot_be_pressed_says_why(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], introduction="", duties="")
    answer = signed_in(cast.ana).get(f"/proposals/{proposal.pk}/")
    assert buttons(answer) == ["Go on writing", "(Submit to the Director)", "Withdraw"]
    why = "2 things are missing, in: Introduction, Duties and responsibilities."
    assert f"Submit to the Director: {why} Check your answers" in text(answer)


def test_the_page_says_who_has_it_by_name(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    said = text(signed_in(cast.ana).get(f"/proposals/{proposal.pk}/"))
    assert "With the Director with Dina Haddad (Director, WORKSKILLS) since" in said


def test_a_proposal_whose_decider_has_left_says_so(cast: Cast) -> None:
    proposal = bring_to(State.APPROVAL, cast, field=True)
    Appointment.objects.filter(user=cast.hugo).update(ends=timezone.localdate() - timezone.timedelta(days=1))
    said = text(signed_in(cast.felix).get(f"/proposals/{proposal.pk}/"))
    assert "Nobody is appointed today who could decide on it." in said
    assert "Nobody is appointed" not in text(signed_in(cast.ana).get(f"/proposals/{bring_to(State.ISSUED, cast).pk}/"))


def test_while_the_author_rewrites_others_read_what_was_submitted(cast: Cast) -> None:
    proposal = bring_to(State.RETURNED, cast, introduction="<p>The first text.</p>")
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>A second thought.</p>"}, 0)
    address = f"/proposals/{proposal.pk}/"
    found = {
        person: [
            words in text(signed_in(getattr(cast, person)).get(address)) for words in ("The first text.", "A second thought.")
        ]
        for person in ("ana", "dina", "june")
    }
    assert found == {"ana": [False, True], "dina": [True, False], "june": [True, False]}


def test_what_one_may_not_see_looks_like_what_does_not_exist(cast: Cast) -> None:
    proposal = bring_to(State.DRAFT, cast)
    other = bring_to(State.RETURNED, cast)
    for browser in (signed_in(cast.otto), signed_in(cast.felix)):
        for tail in ("", "steps/endorse/", "steps/nonsense/", "versions/1/", "versions/1.pdf"):
            answers = [browser.get(f"/proposals/{pk}/{tail}") for pk in (proposal.pk, other.pk, 999_999_999, 10**30)]
            assert {answer.status_code for answer in answers} == {404}
            assert len({answer.content for answer in answers}) == 1
            assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    posted = [
        signed_in(cast.otto).post(f"/proposals/{pk}/steps/endorse/", {"seen": "1-x"})
        for pk in (proposal.pk, other.pk, 999_999_999)
    ]
    assert {(answer.status_code, answer.content) for answer in posted} == {(404, posted[0].content)}


def test_a_stranger_is_asked_to_sign_in_and_told_nothing(cast: Cast, client) -> None:
    proposal = bring_to(State.SUBMITTED, cast, title="on secrets")
    for tail in ("", "steps/issue/", "versions/1/", "versions/1.pdf"):
        answers = [client.get(f"/proposals/{pk}/{tail}") for pk in (proposal.pk, 999_999_999)]
        assert [(answer.status_code, answer["Location"].partition("?")[0]) for answer in answers] == [
            (302, "/account/login/")
        ] * 2


def test_letters_are_shown_to_the_authors_and_the_jpo_unit_with_what_became_of_them(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    invite(proposal, cast.colin)
    Letter.objects.filter(proposal=proposal, to_name="Dina Haddad").update(
        state=Letter.State.FAILED, trouble="550 no such mailbox <dina@demo.example>"
    )
    address = f"/proposals/{proposal.pk}/"
    found = {
        person: "The mail server said: 550 no such mailbox <dina@demo.example>"
        in text(signed_in(getattr(cast, person)).get(address))
        for person in ("ana", "colin", "june", "dina", "maya")
    }
    assert found == {"ana": True, "colin": True, "june": True, "dina": False, "maya": False}


def test_the_history_is_told_with_reasons_and_versions(cast: Cast) -> None:
    proposal = bring_to(State.RETURNED, cast)
    step("submit", proposal, cast.ana, comment="<b>Now</b> with outputs.")
    said = text(signed_in(cast.june).get(f"/proposals/{proposal.pk}/"))
    assert "Dina Haddad (Director, WORKSKILLS) returned it on" in said
    assert "Please name the outputs." in said
    assert "<b>Now</b> with outputs." in said  # as words, not as markup
    assert "Version 1" in said


def test_an_issued_proposal_shows_its_post(cast: Cast) -> None:
    proposal = bring_to(State.ISSUED, cast)
    assert f"Post number {proposal.post} Issued for March 2027" in text(signed_in(cast.ana).get(f"/proposals/{proposal.pk}/"))


def test_a_version_stays_readable_as_it_was_submitted(cast: Cast) -> None:
    proposal = bring_to(State.RETURNED, cast, introduction="<p>The first text.</p>")
    write(proposal.pk, Introduction, cast.ana, {"introduction": "<p>A second thought.</p>"}, 0)
    step("submit", proposal, cast.ana)
    browser = signed_in(cast.dina)
    first, second = (text(browser.get(f"/proposals/{proposal.pk}/versions/{number}/")) for number in (1, 2))
    assert (
        "The first text." in first,
        "A second thought." in first,
        "Dina Haddad (Director, WORKSKILLS) returned it" in first,
    ) == (True, False, True)
    assert ("The first text." in second, "A second thought." in second, "returned it" in second) == (False, True, False)
    assert browser.get(f"/proposals/{proposal.pk}/versions/3/").status_code == 404


def test_the_pdf_of_a_version_comes_once_and_is_asked_for_again_only_with_leave(cast: Cast) -> None:
    proposal = bring_to(State.SUBMITTED, cast)
    while print_due():
        pass
    address, browser = f"/proposals/{proposal.pk}/versions/1.pdf", signed_in(cast.dina)
    answer = browser.get(address)
    tag = f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert answer.content.startswith(b"%PDF-")
    assert {name: answer.headers.get(name) for name in EXPECTED_OF_A_PDF} == EXPECTED_OF_A_PDF | {"ETag": tag}
    again = browser.get(address, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"], again["Cache-Control"]) == (304, b"", tag, "private, no-cache")
    assert signed_in(cast.otto).get(address, headers={"if-none-match": tag}).status_code == 404
    assert browser.get(address, headers={"if-none-match": '"another"'}).status_code == 200


EXPECTED_OF_A_PDF = {
    "Content-Type": "application/pdf",
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "ETag": "",
}


def test_a_pdf_that_is_not_printed_yet_is_printed_for_whoever_asks_and_not_kept(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast)
    answer = signed_in(cast.dina).get(f"/proposals/{proposal.pk}/versions/1.pdf")
    assert (answer.status_code, answer.content[:5], answer.has_header("ETag")) == (200, b"%PDF-", False)


def test_a_page_costs_no_more_after_many_rounds_and_letters(cast: Cast) -> None:
    """Ten questions at most, for everybody, in every state of a field post."""
    registers()  # read anew only when somebody has changed them
    for state in State:
        proposal = bring_to(state, cast, field=True)
        address = f"/proposals/{proposal.pk}/"
        people = [cast.felix] if state is State.DRAFT else [cast.felix, cast.diego, cast.hugo, cast.june]
        costs = {person.name: cost(signed_in(person), address) for person in people}
        assert max(costs.values()) <= 10, (state, costs)
        if state is State.DRAFT:
            continue
        Letter.objects.bulk_create(
            Letter(key=f"more {number}", proposal=proposal, to_address="x@demo.example", subject="x", body="x")
            for number in range(60)
        )
        assert {person.name: cost(signed_in(person), address) for person in people} == costs
        Letter.objects.filter(key__startswith="more").delete()
        assert cost(signed_in(cast.felix), f"/proposals/{proposal.pk}/versions/1/") <= 10


def test_nothing_is_changed_by_looking(cast: Cast) -> None:
    proposal = bring_to(State.SUBMITTED, cast, field=True)
    before = list(Proposal.objects.values())
    browser = signed_in(cast.june)
    for tail in ("", "steps/issue/", "steps/return/", "steps/withdraw/", "versions/1/"):
        assert browser.get(f"/proposals/{proposal.pk}/{tail}").status_code == 200
        assert browser.head(f"/proposals/{proposal.pk}/{tail}").status_code == 200
    assert (list(Proposal.objects.values()), proposal.events.count()) == (before, 3)
