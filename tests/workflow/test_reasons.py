"""What the readiness check stops, an author may leave with a reason: asked for, sealed, and read by those who decide."""

import re

import pytest
from django.db import connection, transaction

from documents.document import canonical_json
from proposals import guards
from proposals.findings import key
from proposals.models import Event, Kept, Proposal
from proposals.policy import roles_held, visible_to, with_roles
from proposals.reasons import MOST_CHARACTERS, keep
from proposals.sections import GeneralInformation
from proposals.states import State
from proposals.writing import NotWritable, invite, write
from tests.story import bring_to, draft, step
from tests.workflow.browsing import buttons, cost, seen, signed_in, text
from workflow.demonstration.cast import Cast
from workflow.engine import Refused, case_of, offers
from workflow.models import Letter
from workflow.verifying import troubles

DOUBLED = "in in apprenticeship systems"
KEY = key("R05", "title", "in in")
INPUT = f"reason:{KEY}"
WHY = "“In in” is the name of the project."
CLEAN = {
    "supervision_method": "<p>JPO and supervisor meet every week. They make a work plan in the first month and look at it again "
    "every three months, when each says what went well and what is to be learned next.</p>",
    "duties": "<p>Draft the notes of the unit.</p>",
}
WARNED = CLEAN | {"duties": "<p>Draft the the notes of the unit.</p>"}
OPEN = "1 blocker is open, in: General information. Change the words, or say why they stay."


@pytest.fixture
def stopped(cast: Cast) -> Proposal:
    """A complete draft with a blocker in its title, and a warning in its duties."""
    return draft(cast.ana, cast.offices["WORKSKILLS"], **WARNED | {"title": DOUBLED})


def obstacle(proposal: Proposal, user) -> str | None:
    """What stands in the way of submitting; the attempt, past every page, is refused with that very sentence."""
    found = with_roles(visible_to(user).whole(), user).get(pk=proposal.pk)
    [offer] = [offer for offer in offers(case_of(found), roles_held(found)) if offer.step.action == "submit"]
    if offer.obstacle:
        with pytest.raises(Refused) as refusal:
            step("submit", proposal, user)
        assert str(refusal.value) == offer.obstacle
    return offer.obstacle


def address(proposal: Proposal, action: str = "submit") -> str:
    return f"/proposals/{proposal.pk}/steps/{action}/"


# What stops, and what lets pass


def test_a_blocker_stops_until_its_author_says_why_it_stays(cast: Cast, stopped: Proposal) -> None:
    assert obstacle(stopped, cast.ana) == OPEN
    keep(stopped.pk, cast.ana, {KEY: WHY})
    assert obstacle(stopped, cast.ana) is None
    assert step("submit", stopped, cast.ana).said["to"] == "endorsement"


def test_or_until_its_words_are_changed(cast: Cast, stopped: Proposal) -> None:
    write(stopped.pk, GeneralInformation, cast.ana, {"title": "in apprenticeship systems"}, 0)
    assert obstacle(stopped, cast.ana) is None


def test_a_reason_falls_away_when_the_words_change(cast: Cast, stopped: Proposal) -> None:
    keep(stopped.pk, cast.ana, {KEY: WHY})
    write(stopped.pk, GeneralInformation, cast.ana, {"title": "on on apprenticeship systems"}, 0)
    assert obstacle(stopped, cast.ana) == OPEN


def test_and_holds_while_other_words_do(cast: Cast, stopped: Proposal) -> None:
    keep(stopped.pk, cast.ana, {KEY: WHY})
    write(stopped.pk, GeneralInformation, cast.ana, {"title": f"{DOUBLED} and standards"}, 0)
    assert obstacle(stopped, cast.ana) is None


def test_warnings_stop_nothing(cast: Cast) -> None:
    assert obstacle(draft(cast.ana, cast.offices["WORKSKILLS"], **WARNED), cast.ana) is None


def test_what_is_missing_is_said_first(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], title=DOUBLED, introduction="")
    assert obstacle(proposal, cast.ana) == "One thing is missing: “Introduction” is empty."


def test_several_are_told_by_their_sections(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], title=DOUBLED, unit="Unit Unit", supervisor_title="Head of of it")
    assert obstacle(proposal, cast.ana) == (
        "3 blockers are open, in: General information, Supervision. Change the words, or say why they stay."
    )


# Who may keep a reason, and for what


REASONS = """
ana   | a blocker             | rule:R05:title      | kept
colin | a colleague's         | rule:R05:title      | kept
otto  | somebody else's       | rule:R05:title      | does not exist
dina  | a Director's          | rule:R05:title      | does not exist
ana   | a warning             | rule:R05:duties     | nothing
ana   | words that are gone   | gone:R05:title      | nothing
ana   | another box           | rule:R05:unit       | nothing
"""


@pytest.mark.parametrize("row", REASONS.strip().splitlines(), ids=lambda row: row.split("|")[1].strip())
def test_a_reason_is_kept_for_a_blocker_that_stands_there_and_by_its_authors(cast: Cast, stopped: Proposal, row: str) -> None:
    who, _, what, outcome = (cell.strip() for cell in row.split("|"))
    kind, rule, box = what.split(":")
    quote = {"title": "in in", "duties": "the the"}.get(box, "in in") if kind == "rule" else "on on"
    invite(stopped, cast.colin)
    try:
        keep(stopped.pk, getattr(cast, who), {key(rule, box, quote): WHY})
        became = "kept" if Kept.objects.exists() else "nothing"
    except Proposal.DoesNotExist:
        became = "does not exist"
    assert became == outcome


def test_a_reason_is_changed_and_taken_back_and_nothing_is_kept_of_a_text_that_is_with_others(
    cast: Cast, stopped: Proposal
) -> None:
    for reason in (WHY, "Another reason.", "Another reason."):
        keep(stopped.pk, cast.ana, {KEY: reason})
    assert [kept.reason for kept in Kept.objects.all()] == ["Another reason."]
    keep(stopped.pk, cast.ana, {KEY: ""})
    assert not Kept.objects.exists()
    keep(stopped.pk, cast.ana, {KEY: WHY})
    step("submit", stopped, cast.ana)
    with pytest.raises(NotWritable):
        keep(stopped.pk, cast.ana, {KEY: "Too late."})
    assert Kept.objects.get().reason == WHY


# What is sealed


def test_the_event_says_the_reasons_for_good(cast: Cast, stopped: Proposal) -> None:
    keep(stopped.pk, cast.ana, {KEY: WHY})
    event = step("submit", stopped, cast.ana)
    reasons = [{"rule": "R05", "box": "title", "quote": "in in", "reason": WHY, "by": "Ana Lindqvist"}]
    assert (event.said["recipe"], event.said["reasons"]) == (2, reasons)
    assert step("endorse", stopped, cast.dina).said["reasons"] == []


def test_a_reason_that_is_altered_afterwards_is_found(db, cast: Cast, stopped: Proposal) -> None:
    keep(stopped.pk, cast.ana, {KEY: WHY})
    step("submit", stopped, cast.ana)
    assert list(troubles()) == []
    with transaction.atomic():
        guards.remove(connection)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE proposals_event SET text = replace(text, 'the name of', 'the end of')")
        assert list(troubles()) == [f"Step 1 of proposal {stopped.pk} was altered, or a step before it."]
        transaction.set_rollback(True)


def test_events_of_the_first_recipe_stay_valid(cast: Cast) -> None:
    proposal = bring_to(State.ENDORSEMENT, cast, **CLEAN)
    event = proposal.events.get()
    said = {name: value for name, value in event.said.items() if name != "reasons"} | {"recipe": 1}
    guards.remove(connection)
    older = canonical_json(said)
    Event.objects.filter(pk=event.pk).update(text=older, hash=Event.chained("", older))
    guards.install(connection)
    step("endorse", proposal, cast.dina)
    assert list(troubles()) == []
    assert "What the check of the text found" not in text(signed_in(cast.june).get(f"/proposals/{proposal.pk}/"))


# The page on which an author submits


def test_each_blocker_stands_there_with_its_words_its_fix_and_room_for_a_reason(cast: Cast, stopped: Proposal) -> None:
    answer = signed_in(cast.ana).get(address(stopped))
    said = text(answer)
    for words in (
        "One place stops the submission.",
        "General information – Title Blocker “in in” says the same twice. Keep it once.",
        "Or: why it stays",
        "Also found; it stops nothing, and those who decide see it too: Duties and responsibilities : 1 warning",
    ):
        assert words in said
    assert buttons(answer) == [
        "Go to the words", "Fix: “in in” → “in”", "Keep the reasons, submit later", "Submit to the Director", "Not now",
    ]  # fmt: skip
    assert cost(signed_in(cast.ana), address(stopped)) <= 10


def test_with_every_reason_given_it_is_submitted(cast: Cast, stopped: Proposal) -> None:
    browser = signed_in(cast.ana)
    sent = {"seen": seen(browser.get(address(stopped))), INPUT: f"  {WHY}\r\n\x00", "comment": "For you, Dina."}
    assert browser.post(address(stopped), sent).status_code == 303
    event = Event.objects.get()
    assert [(said["reason"], said["by"]) for said in event.said["reasons"]] == [(WHY, "Ana Lindqvist")]


def test_without_one_nothing_typed_is_lost(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], title=DOUBLED, unit="Unit Unit")
    browser, other = signed_in(cast.ana), f"reason:{key('R05', 'unit', 'Unit Unit')}"
    sent = {"seen": seen(browser.get(address(proposal))), INPUT: WHY, other: " ", "comment": "For you, Dina."}
    answer = browser.post(address(proposal), sent)
    assert (answer.status_code, Event.objects.exists()) == (422, False)
    page = answer.content.decode()
    summary = re.search(r'<div class="jpo-error-summary".*?</div>', page, re.DOTALL)[0]
    assert re.findall(r'<a href="#reason-([^"]*)">([^<]*)', summary) == [
        (other.removeprefix("reason:").replace(":", "-"), "Organisational unit: Say why these words stay, or change them."),
    ]  # fmt: skip
    for typed in (WHY, "For you, Dina."):
        assert f"\n{typed}</textarea>" in page
    assert WHY in browser.get(address(proposal)).content.decode(), "a reason that was given is kept, whatever is still missing"


def test_a_reason_that_is_too_long_comes_back_whole(cast: Cast, stopped: Proposal) -> None:
    browser, reason = signed_in(cast.ana), "x" * (MOST_CHARACTERS + 1)
    answer = browser.post(address(stopped), {"seen": seen(browser.get(address(stopped))), INPUT: reason})
    assert (answer.status_code, reason in answer.content.decode(), Kept.objects.exists()) == (422, True, False)
    assert "This reason has 1,001 characters; there is room for 1,000." in text(answer)


def test_a_fix_on_that_page_is_saved_and_can_be_brought_back(cast: Cast) -> None:
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], title=DOUBLED, unit="Unit Unit")
    browser = signed_in(cast.ana)
    mark = KEY.rpartition(":")[2]
    sent = {"seen": "", "mend": f"title:R05:0:{mark}", f"reason:{key('R05', 'unit', 'Unit Unit')}": WHY, "comment": "Dina."}
    answer = browser.post(address(proposal), sent)
    assert answer.status_code == 200
    assert "It is put right and saved, in “Title”." in text(answer)
    assert all(f"\n{typed}</textarea>" in answer.content.decode() for typed in (WHY, "Dina."))
    assert Proposal.objects.whole().get().document()["title"] == "in apprenticeship systems"
    assert [earlier.answers["title"] for earlier in proposal.earlier_texts.all()] == [DOUBLED]
    assert "There is nothing to put right here any more" in text(browser.post(address(proposal), sent))
    assert browser.post(address(proposal), {"seen": seen(answer)}).status_code == 303


def test_whoever_goes_to_the_words_or_away_finds_the_reasons_kept(cast: Cast, stopped: Proposal) -> None:
    browser = signed_in(cast.ana)
    value = f"title:R05:0:{KEY.rpartition(':')[2]}"
    answer = browser.post(address(stopped), {"change": value, INPUT: WHY})
    assert answer["Location"] == f"/proposals/{stopped.pk}/edit/general_information/#finding-title-R05-0"
    page = browser.get(f"/proposals/{stopped.pk}/edit/general_information/")
    assert 'id="finding-title-R05-0"' in page.content.decode()
    assert f"It stays, says Ana Lindqvist: {WHY}" in text(page)
    answer = browser.post(address(stopped), {"keep": "yes", INPUT: "Another reason."})
    assert (answer.status_code, "Your reasons are kept." in text(answer)) == (200, True)
    assert Kept.objects.get().reason == "Another reason."
    for odd in ("https://evil.example/", "//evil.example", "x"):
        assert browser.post(address(stopped), {"change": odd})["Location"] == f"/proposals/{stopped.pk}/edit/"


def test_the_proposals_page_says_what_stops_and_leads_there(cast: Cast, stopped: Proposal) -> None:
    said = text(signed_in(cast.ana).get(f"/proposals/{stopped.pk}/"))
    assert f"Submit to the Director: {OPEN} Check your answers" in said


# Those who decide


def left(cast: Cast) -> Proposal:
    """A field post that was submitted with a blocker for which its author gave a reason."""
    proposal = draft(cast.felix, cast.offices["CO-Jakarta"], **WARNED | {"title": DOUBLED})
    keep(proposal.pk, cast.felix, {KEY: WHY})
    step("submit", proposal, cast.felix)
    return Proposal.objects.get(pk=proposal.pk)


def test_while_it_is_decided_on_all_who_see_it_see_what_is_found_in_it(cast: Cast) -> None:
    proposal = left(cast)
    way = [
        ("", cast.felix, "1111"),
        ("endorse", cast.diego, "1111"),
        ("approve", cast.hugo, "1111"),
        ("return", cast.june, "0000"),
        ("withdraw", cast.felix, "0000"),
    ]
    for action, user, expected in way:
        if action:
            step(action, proposal, user, comment="For a reason.")
        people = (cast.felix, cast.diego, cast.hugo, cast.june)
        pages = [text(signed_in(person).get(f"/proposals/{proposal.pk}/")) for person in people]
        assert "".join(str(int(WHY in page)) for page in pages) == expected, action


def test_a_decider_reads_the_reasons_on_the_page_that_decides(cast: Cast) -> None:
    proposal = left(cast)
    way = [
        (cast.diego, "return", ""),
        (cast.diego, "endorse", "endorse"),
        (cast.hugo, "approve", "approve"),
        (cast.june, "issue", ""),
    ]
    for person, action, taken in way:
        browser = signed_in(person)
        said = text(browser.get(address(proposal, action)))
        for words in (
            "What the check of the text found 1 blocker, 1 warning, in the newest version",
            f"Blocker “in in” says the same twice. Keep it once. It stays, says {cast.felix.name}: {WHY}",
            "Warning “the the” says the same twice. Keep it once.",
        ):
            assert words in said, action
        assert cost(browser, address(proposal, action)) <= 10, action
        if taken:
            step(taken, proposal, person)


def test_only_the_newest_version_is_told_of(cast: Cast) -> None:
    proposal = left(cast)
    step("return", proposal, cast.diego, comment="For a reason.")
    write(proposal.pk, GeneralInformation, cast.felix, {"title": "on skills"}, 0)
    step("submit", proposal, cast.felix)
    said = text(signed_in(cast.diego).get(address(proposal, "endorse")))
    assert "1 warning, in the newest version" in said
    assert WHY not in said
    assert "What the check" not in text(signed_in(cast.diego).get(f"/proposals/{proposal.pk}/versions/1/"))


def test_nothing_is_said_of_a_clean_text_nor_on_the_paper(cast: Cast) -> None:
    clean = bring_to(State.ENDORSEMENT, cast, **CLEAN)
    assert "What the check" not in text(signed_in(cast.dina).get(address(clean, "endorse")))
    assert WHY not in left(cast).version.text


def test_the_letter_says_that_words_were_left_with_a_reason(cast: Cast) -> None:
    step("endorse", left(cast), cast.diego)
    said = "The readiness check asked about words that were left as they are; the reason stands on that page."
    asked = Letter.objects.filter(subject__startswith="For your").order_by("pk")
    assert [said in letter.body for letter in asked] == [True, True]
    bring_to(State.ENDORSEMENT, cast)
    assert "readiness" not in Letter.objects.filter(subject__startswith="For your").latest("pk").body
