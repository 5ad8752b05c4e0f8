"""What changed between versions: a decider of a second round sees in two minutes what is new."""

import pytest
from django.urls import reverse

from proposals.models import Proposal
from proposals.sections import DutiesAndResponsibilities, GeneralInformation
from proposals.states import State
from proposals.writing import change_details, write
from tests.story import bring_to, step
from tests.workflow.browsing import cost, signed_in, text


@pytest.fixture
def second(cast) -> Proposal:
    """A proposal that Dina returned and that came back to her, changed."""
    proposal = bring_to(State.RETURNED, cast)
    outputs = "<ul><li>Two country notes.</li><li>One annotated list of sources and a glossary.</li></ul>"
    write(proposal.pk, DutiesAndResponsibilities, cast.ana, {"key_outputs": outputs}, 0)
    write(proposal.pk, GeneralInformation, cast.ana, {"grade": "P1"}, 0)
    step("submit", proposal, cast.ana)
    return proposal


def changes(proposal: Proposal, number: int, since: int) -> str:
    return reverse("version_changes", args=[proposal.pk, number, since])


def test_a_director_is_led_to_what_changed_since_she_returned_it(cast, second):
    dina = signed_in(cast.dina)
    for page in (reverse("proposal", args=[second.pk]), reverse("step", args=[second.pk, "endorse"])):
        answer = dina.get(page)
        assert "Changed since version 1, which you returned" in text(answer)
        assert f'href="{changes(second, 2, 1)}"' in answer.content.decode()
    shown = text(dina.get(changes(second, 2, 1)))
    assert "What changed from version 1 to version 2" in shown
    assert "Grade removed: P2 (end) added: P1 (end)" in shown
    assert "One annotated list of sources added: and a glossary (end) ." in shown
    assert "• Two country notes." in shown
    new, _, same = shown.partition("Show everything: the 21 boxes that stayed the same")
    assert "advises governments" not in new
    assert "advises governments" in same


def test_somebody_else_is_told_who_decided_before(cast, second):
    step("endorse", second, cast.dina)
    june = signed_in(cast.june).get(reverse("proposal", args=[second.pk]))
    assert "Changed since version 1, which Dina Haddad returned" in text(june)
    step("return", second, cast.june, comment="The grade, please.")
    write(second.pk, GeneralInformation, cast.ana, {"grade": "P2"}, 1)
    step("submit", second, cast.ana)
    dina = signed_in(cast.dina).get(reverse("proposal", args=[second.pk]))
    assert "Changed since version 2, which you endorsed" in text(dina)


def test_an_author_and_a_first_round_see_no_such_link(cast, second):
    assert "Changed since" not in text(signed_in(cast.ana).get(reverse("proposal", args=[second.pk])))
    first = bring_to(State.ENDORSEMENT, cast)
    assert "Changed since" not in text(signed_in(cast.dina).get(reverse("proposal", args=[first.pk])))
    returned = bring_to(State.RETURNED, cast)
    assert "Changed since" not in text(signed_in(cast.dina).get(reverse("proposal", args=[returned.pk])))


def test_a_version_leads_to_what_changed_since_each_one_before(cast, second):
    ana = signed_in(cast.ana)
    newest = text(ana.get(reverse("version", args=[second.pk, 2])))
    assert "What changed since version 1" in newest
    assert "What changed since" not in text(ana.get(reverse("version", args=[second.pk, 1])))


def test_a_text_that_came_back_unchanged_says_so(cast):
    proposal = bring_to(State.RETURNED, cast)
    change_details(proposal.pk, cast.ana, "en", True)
    step("submit", proposal, cast.ana)
    shown = text(signed_in(cast.dina).get(changes(proposal, 2, 1)))
    assert "The text is the same in both." in shown
    assert "Show everything: the 23 boxes that stayed the same" in shown


def test_what_stands_beside_the_text_is_said_too(cast):
    proposal = bring_to(State.RETURNED, cast)
    change_details(proposal.pk, cast.ana, "fr", True)
    step("submit", proposal, cast.ana)
    shown = text(signed_in(cast.dina).get(changes(proposal, 2, 1)))
    for sentence in ("The language was English; it is French.", "The form's own printed wording is another.",
                     "The supervisor may now be named to donors."):  # fmt: skip
        assert sentence in shown


def test_only_versions_that_are_there_and_seen_are_compared(cast, second):
    dina = signed_in(cast.dina)
    for number, since in ((2, 3), (3, 1), (0, 1), (2, 0)):
        assert dina.get(changes(second, number, since)).status_code == 404
    assert signed_in(cast.diego).get(changes(second, 2, 1)).status_code == 404
    assert dina.post(changes(second, 2, 1)).status_code == 405


def test_a_third_round_costs_what_a_second_one_costs(cast, second):
    dina = signed_in(cast.dina)
    pages = [changes(second, 2, 1), reverse("proposal", args=[second.pk]), reverse("version", args=[second.pk, 2])]
    before = [cost(dina, page) for page in pages]
    assert max(before) <= 10
    step("return", second, cast.dina, comment="Again, please.")
    write(second.pk, GeneralInformation, cast.ana, {"grade": "P2"}, 1)
    step("submit", second, cast.ana)
    pages[0] = changes(second, 3, 1)
    pages[2] = reverse("version", args=[second.pk, 3])
    assert [cost(dina, page) for page in pages] == before
