"""Saving while people write: who may write over what, what the page's script is told, and who else is here."""

import datetime
import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import signs
from proposals.models import EarlierText, Presence, Proposal
from proposals.sections import DutiesAndResponsibilities, GeneralInformation, Introduction
from proposals.states import State
from proposals.writing import Conflict, begin, invite, mark, when, write
from tests.proposals.pages import answers, form_of, page, signed_in
from tests.story import COMPLETE, bring_to, draft, step

SECTION = DutiesAndResponsibilities
BOXES = {"d": "duties", "k": "key_outputs"}


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, in which Colin writes too."""
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], duties="<p>0</p>", key_outputs="<p>0</p>")
    invite(proposal, cast.colin)
    return proposal


@pytest.fixture
def ana(cast) -> Client:
    """Ana's browser."""
    return signed_in(cast.ana)


# Who may write over what. Pages are named after their people: A, A' and A" are three windows of Ana's, C is Colin's. "A C" opens
# pages; "A d=1" types into the duties of a page (k: the key outputs) and saves; a page that says "-" does not say what it was
# opened with, as one without marks. "!Colin": refused, for Colin's text is in the way. "lost" is a save whose answer never came:
# the page goes on from what it knew. "look" saves nothing and brings the page up to date, except a box that has the focus.

RULES = """
a page of the newest text               | A · A d=1 · A d=2                                          | d=2 k=0 | d0
two boxes of two people                 | A C · C d=c · A k=a                                        | d=c k=a | d0 dc
and back again                          | A C · C d=c · A k=a · C d=cc · A k=aa                      | d=cc k=aa | d0 dc dc dcc
the same box of two people              | A C · C d=c · A d=a !Colin                                 | d=c k=0 | d0
one box free, one in the way            | A C · C d=c · A d=a,k=a !Colin                             | d=c k=0 | d0
the same words are no conflict          | A C · C d=c · A d=c                                        | d=c k=0 | d0
two windows of one person               | A A' · A d=1 · A' d=2 · A d=3                              | d=3 k=0 | d0 d1 d2
two windows, each a box                 | A A' · A d=1 · A' k=2                                      | d=1 k=2 | d0
an answer that was lost                 | A · A d=1 lost · A d=12                                    | d=12 k=0 | d0 d1
lost, and a colleague elsewhere         | A C · A d=1 lost · C k=c · A d=12                          | d=12 k=c | d0 d1 d1
lost, and a colleague in the same box   | A C · A d=1 lost · C · C d=c · A d=12 !Colin               | d=c k=0 | d0 d1
two windows and a colleague elsewhere   | A A' C · A d=1 · C k=c · A' d=2                            | d=2 k=c | d0 d1 d1
a second window after a merge           | A A' C · C d=c · A k=a · A' k=b                            | d=c k=b | d0 dc dc
a second window after a merge, in vain  | A A' C · C d=c · A k=a · A' d=a !Colin                     | d=c k=a | d0 dc
a colleague who put it back as it was   | A C · C d=c · C d=0 · A d=a                                | d=a k=0 | d0 d0
a page that has seen it                 | A C · C d=c · A look · A d=ca                              | d=ca k=0 | d0 dc
a page that could not show it           | A C · C d=c · A look d · A d=a !Colin                      | d=c k=0 | d0
and that saves another box first        | A C · C d=c · A look d · A k=a · A d=a !Colin              | d=c k=a | d0 dc
no marks, nobody else                   | A A' · A d=1 · A' d=2 -                                    | d=2 k=0 | d0 d1
no marks, a colleague elsewhere         | A C · C d=c · A k=a - !Colin                               | d=c k=0 | d0
no marks, seen, and older than oneself  | A C · C d=c · A A' · A d=1 · A' d=2 -                      | d=2 k=0 | d0 dc d1
"""


class Window:
    """A page of the section in somebody's browser: which revision it shows, and which text it was opened with."""

    def __init__(self, proposal: Proposal, user) -> None:
        row = SECTION.objects.get(proposal=proposal)
        self.proposal, self.user = proposal, user
        self.revision, self.marks = row.revision, {name: mark(answer) for name, answer in row.answers().items()}

    def save(self, typed: dict[str, str], marks: bool, lost: bool) -> None:
        row = write(self.proposal.pk, SECTION, self.user, typed, self.revision, self.marks if marks else None)
        if not lost:
            self.marks |= {name: mark(row.answers()[name]) for name in typed}
            self.learn(row)

    def look(self, not_in: str) -> None:
        row = SECTION.objects.get(proposal=self.proposal)
        self.marks |= {name: mark(answer) for name, answer in row.answers().items() if name != BOXES.get(not_in)}
        self.learn(row)

    def learn(self, row) -> None:
        if self.marks == {name: mark(answer) for name, answer in row.answers().items()}:
            self.revision = row.revision


def play(story: str, proposal: Proposal, cast) -> None:
    """Plays a story of the table."""
    windows: dict[str, Window] = {}
    for line in story.split(" · "):
        words = line.split()
        if all(re.fullmatch("[AC]['\"]?", word) for word in words):
            windows |= {word: Window(proposal, cast.ana if word[0] == "A" else cast.colin) for word in words}
            continue
        window, what, more = windows[words[0]], words[1], words[2:]
        if what == "look":
            window.look("".join(more))
            continue
        typed = {BOXES[part[0]]: f"<p>{part[2:]}</p>" for part in what.split(",")}
        refused = [word[1:] for word in more if word.startswith("!")]
        if refused:
            with pytest.raises(Conflict) as conflict:
                window.save(typed, marks="-" not in more, lost=False)
            assert conflict.value.by.name.startswith(refused[0]), line
        else:
            window.save(typed, marks="-" not in more, lost="lost" in more)


@pytest.mark.parametrize("rule", RULES.strip().splitlines(), ids=lambda rule: rule.split("|")[0].strip())
def test_who_may_write_over_what(cast, proposal, rule):
    _, story, outcome, kept = (part.strip() for part in rule.split("|"))
    play(story, proposal, cast)
    now = answers(proposal)
    assert " ".join(f"{short}={now[box][3:-4]}" for short, box in BOXES.items()) == outcome
    earlier = EarlierText.objects.order_by("pk")
    assert " ".join(f"d{text.answers['duties'][3:-4]}" for text in earlier) == kept


def test_a_revision_from_nowhere_is_a_conflict_whatever_the_page_says(cast, proposal):
    marks = {name: mark("<p>0</p>") for name in BOXES.values()}
    with pytest.raises(Conflict):
        write(proposal.pk, SECTION, cast.ana, {"duties": "<p>1</p>"}, 7, marks)


def test_whose_hand_a_section_is_in(cast, proposal):
    hands = []
    for user in (cast.ana, cast.ana, cast.colin, cast.colin, cast.ana):
        row = SECTION.objects.get()
        row = write(proposal.pk, SECTION, user, {"duties": f"<p>{row.revision}a</p>"}, row.revision)
        hands.append((row.revision, row.hand_since))
    assert hands == [(1, 0), (2, 0), (3, 3), (4, 3), (5, 5)]


# What the script is told


def send(browser: Client, address: str, sent: dict | None = None):
    """What the page's script would send."""
    return browser.post(address, sent or {}, headers={"accept": "application/json"})


def test_a_save_tells_what_is_saved(ana, proposal):
    opened = form_of(ana.get(page(proposal, SECTION)))
    sent = opened | {"duties": "Three little words\r\n\r\n- and a list", "key_outputs": ""}
    with time_machine.travel(datetime.datetime(2026, 12, 1, 9, 30, tzinfo=datetime.UTC), tick=False):
        answer = send(ana, page(proposal, SECTION), sent)
    stored = "<p>Three little words</p><ul><li>and a list</li></ul>"
    told = answer.json()
    assert "Duties and responsibilities" in told.pop("sections")  # tests/proposals/test_findings.py
    assert (answer.status_code, told) == (200, {
        "saved": "10:30", "revision": 1, "opened": f"{mark(stored)} {mark('')}", "findings": {},
        "words": {"duties": 6, "key_outputs": 0}, "unprintable": {}, "tag": "1 thing missing", "tone": "busy",
    })  # fmt: skip
    assert (answers(proposal)["duties"], answers(proposal)["key_outputs"]) == (stored, "")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_save_names_what_cannot_be_printed_and_loses_none_of_it(ana, proposal):
    opened = form_of(ana.get(page(proposal, SECTION)))
    answer = send(ana, page(proposal, SECTION), opened | {"duties": "Work with 李.", "key_outputs": "Ελλάδα, القاهرة"})
    assert answer.json()["unprintable"] == {"duties": signs.sentence("李", "“Duties and responsibilities”")}
    assert answers(proposal)["duties"] == "<p>Work with 李.</p>"
    mended = form_of(ana.get(page(proposal, SECTION))) | {"duties": "Work with Li."}
    assert send(ana, page(proposal, SECTION), mended).json()["unprintable"] == {}


def test_the_same_again_with_the_new_marks_changes_nothing(ana, proposal):
    first = form_of(ana.get(page(proposal, SECTION))) | {"duties": "Plain text"}
    answer = send(ana, page(proposal, SECTION), first).json()
    again = send(ana, page(proposal, SECTION), first | {"revision": answer["revision"], "opened": answer["opened"]}).json()
    assert (again["revision"], again["opened"], EarlierText.objects.count()) == (1, answer["opened"], 1)


def test_what_a_colleague_wrote_meanwhile_comes_with_the_answer(ana, cast, proposal):
    mine = form_of(ana.get(page(proposal, SECTION)))
    write(proposal.pk, SECTION, cast.colin, {"duties": "<p>Colin's.</p><ul><li>x</li></ul>"}, 0)
    answer = send(ana, page(proposal, SECTION), mine | {"key_outputs": "Ana's."}).json()
    assert (answer["newer"], answer["news"]) == (
        {"duties": "<p>Colin's.</p>\n<ul>\n<li>x</li>\n</ul>"}, "Colin Mbeki changed “Duties and responsibilities”.",
    )  # fmt: skip
    silent = send(ana, page(proposal, SECTION), mine).json()
    assert set(silent["newer"]) == {"duties", "key_outputs"}  # a page that sends nothing of its own still learns everything


def test_what_one_wrote_in_another_window_comes_with_the_answer_too(ana, cast, proposal):
    write(proposal.pk, SECTION, cast.colin, {"duties": "<p>Long ago.</p>"}, 0)
    write(proposal.pk, SECTION, cast.ana, {"duties": "<p>Since then.</p>"}, 1)
    mine = form_of(ana.get(page(proposal, SECTION)))
    send(ana, page(proposal, SECTION), mine | {"duties": "From the other window."})
    answer = send(ana, page(proposal, SECTION), mine | {"key_outputs": "From this one."}).json()
    assert answer["newer"] == {"duties": "<p>From the other window.</p>"}
    assert answer["news"] == "You changed “Duties and responsibilities” on another page."


def test_one_box_that_is_refused_keeps_no_other_from_being_saved(ana, proposal):
    opened = form_of(ana.get(page(proposal, GeneralInformation)))
    answer = send(ana, page(proposal, GeneralInformation), opened | {"unit": "u" * 301, "title": "on tea"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {
        "unit": "This text has 301 characters; there is room for 300. Shorten it and save again; your text is still here."
    }
    assert (answer.json()["revision"], "newer" in answer.json()) == (1, False)
    assert (answers(proposal)["title"], answers(proposal)["unit"]) == ("on tea", COMPLETE["unit"])


def test_nothing_is_put_into_a_box_that_is_refused(ana, cast, proposal):
    opened = form_of(ana.get(page(proposal, GeneralInformation)))
    write(proposal.pk, GeneralInformation, cast.colin, {"unit": "Colin's unit", "grade": "P1"}, 0)
    answer = send(ana, page(proposal, GeneralInformation), opened | {"unit": "u" * 301})
    assert (answer.status_code, answer.json()["newer"]) == (422, {"grade": "P1"})


def test_a_conflict_says_who_and_when(ana, cast, proposal):
    mine = form_of(ana.get(page(proposal, SECTION)))
    theirs = write(proposal.pk, SECTION, cast.colin, {"duties": "<p>Colin's.</p>"}, 0)
    answer = send(ana, page(proposal, SECTION), mine | {"duties": "Ana's."})
    assert (answer.status_code, answer.json()) == (
        409, {"conflict": {"who": "Colin Mbeki", "when": when(theirs.saved_at)}}
    )  # fmt: skip
    assert answers(proposal)["duties"] == "<p>Colin's.</p>"


@pytest.mark.parametrize("what", ["", "here/"])
def test_a_script_whose_proposal_was_submitted_meanwhile_is_told_so(ana, cast, proposal, what):
    step("submit", proposal, cast.ana)
    answer = send(ana, page(proposal, SECTION) + what, {"duties": "Too late.", "revision": 0})
    sentence = f"This proposal is “With the Director” since {when(Proposal.objects.get().since)}; it cannot be written in."
    assert (answer.status_code, answer.json()) == (409, {"closed": sentence})
    assert answers(proposal)["duties"] == "<p>0</p>"


@pytest.mark.parametrize("what", ["", "here/"])
def test_who_is_signed_out_is_told_where_to_sign_in(ana, proposal, what):
    address = page(proposal, SECTION)
    sent = form_of(ana.get(address))
    Session.objects.all().delete()
    answer = send(ana, address + what, sent | {"duties": "Still typing."})
    assert (answer.status_code, answer.json()) == (401, {"sign_in": f"/account/login/?next={address}{what}"})
    shown = ana.post(address, sent)
    assert (shown.status_code, shown.headers["Location"]) == (302, f"/account/login/?next={address}")  # a person sees the page


@pytest.mark.parametrize("what", ["", "here/"])
def test_each_refusal_is_said_in_json_to_a_script_and_on_a_page_to_a_person(cast, what):
    returned = bring_to(State.RETURNED, cast)
    nowhere = returned.pk + 1000
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.ana)
    for browser, pk, status, sentence in [
        (signed_in(cast.dina), returned.pk, 403, "You may not write here any more."),
        (strict, returned.pk, 403, "You may not write here any more."),
        (signed_in(cast.otto), returned.pk, 404, "There is nothing here for you any more."),
        (signed_in(cast.ana), nowhere, 404, "There is nothing here for you any more."),
    ]:
        address = f"/proposals/{pk}/edit/introduction/{what}"
        told, shown = send(browser, address, {"introduction": "x", "revision": 0}), browser.post(address, {"revision": 0})
        assert (told.status_code, told.json()) == (status, {"refused": sentence})
        assert (shown.status_code, shown.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert send(strict, "/proposals/1/edit/salary/").status_code == 403
    assert send(signed_in(cast.ana), f"/proposals/{returned.pk}/edit/salary/{what}").status_code == 404


@pytest.mark.parametrize("table", ["proposals_introduction", "django_session"])
def test_a_database_that_is_away_means_try_again(ana, proposal, table):
    sent = form_of(ana.get(page(proposal, Introduction))) | {"introduction": "Kept in the browser."}
    ana.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO gone_fishing")
        answer = send(ana, page(proposal, Introduction), sent)
        cursor.execute(f"ALTER TABLE gone_fishing RENAME TO {table}")
    assert (answer.status_code, answer.json()) == (503, {"retry": True})
    assert send(ana, page(proposal, Introduction), sent).status_code == 200


def test_a_save_takes_ten_statements_at_most(ana, cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS/YOUTH"])
    sent = form_of(ana.get(page(proposal, GeneralInformation)))
    for typed in ({"title": "on tea"}, {"title": "on tea and coffee"}, {}):
        with CaptureQueriesContext(connection) as asked:
            assert send(ana, page(proposal, GeneralInformation), sent | typed).status_code == 200
        assert len(asked) <= 10, asked.captured_queries


def test_a_merge_takes_ten_statements_at_most(ana, cast, proposal):
    sent = form_of(ana.get(page(proposal, SECTION)))
    write(proposal.pk, SECTION, cast.colin, {"duties": "<p>Colin's.</p>"}, 0)
    with CaptureQueriesContext(connection) as asked:
        assert "newer" in send(ana, page(proposal, SECTION), sent | {"key_outputs": "Ana's."}).json()
    assert len(asked) <= 10, asked.captured_queries


# Who else is here


def test_who_has_a_section_open_is_told_to_the_others(ana, cast, proposal):
    colin = signed_in(cast.colin)
    address = f"{page(proposal, SECTION)}here/"
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert send(ana, address).json() == {"others": [], "revision": 0}
        assert send(colin, address).json() == {"others": ["Ana Lindqvist"], "revision": 0}
        assert send(colin, f"{page(proposal, Introduction)}here/").json()["others"] == []
    with time_machine.travel(now + datetime.timedelta(seconds=59), tick=False):
        assert send(ana, address).json()["others"] == ["Colin Mbeki"]
    with time_machine.travel(now + datetime.timedelta(seconds=61), tick=False):
        assert send(ana, address).json()["others"] == []
    write(proposal.pk, SECTION, cast.colin, {"duties": "<p>Colin's.</p>"}, 0)
    assert send(ana, address).json()["revision"] == 1
    assert sorted(Presence.objects.values_list("user__name", "section")) == [
        ("Ana Lindqvist", SECTION.name()), ("Colin Mbeki", SECTION.name()), ("Colin Mbeki", "introduction"),
    ]  # fmt: skip


def test_those_who_left_long_ago_are_swept_away_when_somebody_comes(ana, cast, proposal):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        send(signed_in(cast.colin), f"{page(proposal, SECTION)}here/")
    with time_machine.travel(now + datetime.timedelta(minutes=61), tick=False):
        send(ana, f"{page(proposal, SECTION)}here/")
    assert list(Presence.objects.values_list("user__name", flat=True)) == ["Ana Lindqvist"]


def test_looking_at_a_page_notes_nobody(ana, proposal):
    assert ana.get(page(proposal, SECTION)).status_code == 200
    assert ana.get(f"{page(proposal, SECTION)}here/").status_code == 405
    assert Presence.objects.count() == 0


def test_being_here_takes_nine_statements_at_most(ana, cast, proposal):
    for user in (cast.colin, cast.felix):
        invite(proposal, user)
        send(signed_in(user), f"{page(proposal, SECTION)}here/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            send(ana, f"{page(proposal, SECTION)}here/")
        assert len(asked) <= 9, asked.captured_queries
