"""Notes beside a box: kept among authors, settled and opened again, never printed; and nothing typed is lost by them."""

import hashlib
import json

import pytest
from django.test import Client
from django.utils import timezone

from documents.paper import Edition, paper
from organisation.models import User
from proposals import notes
from proposals.colleagues import hand, let_out
from proposals.models import Note, Proposal, Version
from proposals.sections import DutiesAndResponsibilities
from proposals.states import State
from proposals.writing import discard, invite, write
from tests.proposals.pages import answers, form_of, page, signed_in, text
from tests.story import bring_to, draft, step
from tests.workflow.browsing import cost

SECTION = DutiesAndResponsibilities


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, in which Colin writes too."""
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    invite(proposal, cast.colin)
    return proposal


def press(proposal: Proposal, user: User, buttons: dict[str, str], **typed: str):
    """The answer to somebody who opens the section of duties, types, and presses a button without any script."""
    browser = signed_in(user)
    sent = form_of(browser.get(page(proposal, SECTION))) | typed | buttons
    return browser.post(page(proposal, SECTION), sent)


def kept(proposal: Proposal) -> list[tuple[str, str, str, bool]]:
    """Every note: its box, its writer, its words, whether it is settled."""
    return [(n.box, n.author.get_short_name(), n.text, bool(n.settled_at)) for n in Note.objects.filter(proposal=proposal)]


def test_a_note_is_added_beside_its_box_and_settled_and_opened_again(proposal, cast):
    answer = press(proposal, cast.colin, {"note": "duties"}, note_duties=" Which laws?\r\n\r\nAll of them?\x00 ")
    assert (answer.status_code, answer["Location"]) == (302, f"{page(proposal, SECTION)}#notes_duties")
    assert kept(proposal) == [("duties", "Colin", "Which laws?\n\nAll of them?", False)]
    shown = text(signed_in(cast.ana).get(page(proposal, SECTION)))
    assert (shown.count(">1 note</span>"), shown.count("Add a note</span>")) == (1, 1)
    assert f"Colin Mbeki, {timezone.localtime().day} " in shown
    number = str(Note.objects.get().pk)
    assert press(proposal, cast.ana, {"settle_note": number}).status_code == 302
    note = Note.objects.get()
    assert (note.settled_by, bool(note.settled_at)) == (cast.ana, True)
    shown = text(signed_in(cast.colin).get(page(proposal, SECTION)))
    assert ("Notes, all settled" in shown, "; settled by Ana Lindqvist, " in shown) == (True, True)
    press(proposal, cast.colin, {"reopen_note": number})
    note.refresh_from_db()
    assert (note.settled_by, note.settled_at) == (None, None)


def test_what_stands_in_the_boxes_stays_when_a_note_is_added(proposal, cast):
    before = answers(proposal)
    typed = {
        "duties": "Not saved yet.",
        "key_outputs": "Nor this.",
        "note_duties": "Which laws?",
        "note_key_outputs": "Half a note",
    }
    answer = press(proposal, cast.ana, {"note": "duties"}, **typed)
    assert answer.status_code == 200
    shown = form_of(answer)
    assert {name: shown[name] for name in typed} == typed | {"note_duties": ""}
    assert "is still here and not saved yet" in text(answer)
    assert (kept(proposal), answers(proposal)) == ([("duties", "Ana", "Which laws?", False)], before)
    again = signed_in(cast.ana).post(page(proposal, SECTION), shown | {"go": "stay"})
    assert again.status_code == 302
    assert (answers(proposal)["duties"], answers(proposal)["key_outputs"]) == ("<p>Not saved yet.</p>", "<p>Nor this.</p>")
    assert kept(proposal)[-1] == ("key_outputs", "Ana", "Half a note", False)


def test_a_note_is_kept_also_while_a_colleague_saves_the_section_and_while_a_box_is_too_long(proposal, cast):
    ana = signed_in(cast.ana)
    sent = form_of(ana.get(page(proposal, SECTION))) | {"duties": "Ana's.", "note_duties": "First"}
    write(proposal.pk, SECTION, cast.colin, {"duties": "<p>Colin's.</p>"}, 0)
    answer = ana.post(page(proposal, SECTION), sent | {"note": "duties"})
    assert (answer.status_code, form_of(answer)["duties"], form_of(answer)["revision"]) == (200, "Ana's.", "0")
    assert ana.post(page(proposal, SECTION), sent | {"note_duties": "Second", "go": "next"}).status_code == 409
    long = "word " * 50_000
    answer = ana.post(page(proposal, SECTION), sent | {"duties": long, "note_duties": "Third", "note": "duties"})
    assert "Shorten it and save again; your text is still here." in text(answer)
    assert form_of(answer)["duties"].strip() == long.strip()
    assert [words for _, _, words, _ in kept(proposal)] == ["First", "Second", "Third"]


def test_a_note_that_was_typed_goes_along_with_a_save_but_not_with_a_scripts(proposal, cast):
    press(proposal, cast.ana, {}, note_duties="Half a wo")
    assert kept(proposal) == []
    press(proposal, cast.ana, {"go": "next"}, note_duties="A whole one.")
    assert kept(proposal) == [("duties", "Ana", "A whole one.", False)]


def test_the_same_note_sent_twice_is_one(proposal, cast):
    for _ in range(2):
        press(proposal, cast.ana, {"note": "duties"}, note_duties="Which laws?")
    press(proposal, cast.colin, {"note": "duties"}, note_duties="Which laws?")
    assert [who for _, who, _, _ in kept(proposal)] == ["Ana", "Colin"]
    Note.objects.update(settled_at=timezone.now(), settled_by=cast.ana)
    press(proposal, cast.ana, {"note": "duties"}, note_duties="Which laws?")
    assert len(kept(proposal)) == 3


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (" \n ", "Write the note first."),
        ("x" * 2001, "This note has 2,001 characters; there is room for 2,000. Shorten it; your words are still here."),
    ],
)
@pytest.mark.parametrize("button", [{"note": "duties"}, {"go": "stay"}])
def test_an_empty_or_endless_note_is_refused_and_stays_to_be_mended(proposal, cast, words, sentence, button):
    if "go" in button and not words.strip():
        return  # nothing was typed
    answer = press(proposal, cast.ana, button, note_duties=words, duties="Mine.")
    assert (answer.status_code, text(answer).count(sentence)) == (422, 2)
    assert (form_of(answer)["note_duties"].strip(), form_of(answer)["duties"]) == (words.strip(), "Mine.")
    assert kept(proposal) == []


def test_there_is_an_end_to_open_notes(proposal, cast, monkeypatch):
    monkeypatch.setattr(notes, "MOST_OPEN", 2)
    for words in ("One", "Two"):
        notes.add(proposal.pk, cast.ana, "duties", words)
    assert "There are 2 open notes in this proposal." in text(press(proposal, cast.ana, {"note": "duties"}, note_duties="Three"))
    notes.settle(proposal.pk, cast.ana, Note.objects.first().pk)
    notes.add(proposal.pk, cast.ana, "duties", "Three")


def test_scripts_add_and_settle_in_place(proposal, cast):
    colin, address = signed_in(cast.colin), f"/proposals/{proposal.pk}/notes/"

    def send(tail: str, **fields: str):
        answer = colin.post(address + tail, fields, headers={"accept": "application/json"})
        return answer.status_code, json.loads(answer.content)

    status, said = send("", box="duties", text="<b>Which</b> laws?")
    assert (status, said["summary"], said["open"]) == (200, "1 note", 1)
    assert "&lt;b&gt;Which&lt;/b&gt; laws?" in said["list"]
    number = Note.objects.get().pk
    status, said = send(f"{number}/settle/")
    assert (status, said["summary"], said["open"]) == (200, "Notes, all settled", 0)
    assert send(f"{number}/settle/", reopen="yes")[1]["summary"] == "1 note"
    assert send("", box="duties", text="") == (422, {"error": "Write the note first."})
    assert colin.post(address, {"box": "no_such_box", "text": "x"}).status_code == 404
    step("submit", proposal, cast.ana)
    assert send("", box="duties", text="Too late.")[0] == 409
    assert send(f"{number}/settle/")[1]["closed"].startswith("This proposal is “With the Director” since ")
    assert (
        colin.post(address, {"box": "duties", "text": "x"}, headers={"accept": "application/json"}).headers["Content-Type"]
        == "application/json"
    )
    assert len(kept(proposal)) == 1


def test_the_overview_lists_what_is_open_in_the_order_of_the_form(proposal, cast):
    for box in ("outcomes", "title"):
        notes.add(proposal.pk, cast.colin, box, f"About {box}")
    done = notes.add(proposal.pk, cast.colin, "duties", "Done with")
    notes.settle(proposal.pk, cast.ana, done.pk)
    ana = signed_in(cast.ana)
    shown = text(ana.get(f"/proposals/{proposal.pk}/edit/"))
    assert shown.index("About title") < shown.index("About outcomes")
    assert ("Done with" in shown, f"{page(proposal, SECTION)}#notes" in shown) == (False, False)
    number = Note.objects.get(box="title").pk
    assert ana.post(f"/proposals/{proposal.pk}/notes/{number}/settle/")["Location"] == f"/proposals/{proposal.pk}/edit/"
    assert "About title" not in text(ana.get(f"/proposals/{proposal.pk}/edit/"))


def test_a_note_beside_a_box_that_the_form_no_longer_has_is_still_listed(proposal, cast):
    Note.objects.create(proposal=proposal, box="gone", author=cast.colin, text="About a box of old.")
    assert "About a box of old." in text(signed_in(cast.ana).get(f"/proposals/{proposal.pk}/edit/"))
    number = Note.objects.get().pk
    assert signed_in(cast.ana).post(f"/proposals/{proposal.pk}/notes/{number}/settle/").status_code == 302


# Nobody else


def test_notes_are_never_printed_frozen_or_seen_by_who_decides(cast):
    proposal = draft(cast.felix, cast.offices["CO-Jakarta"])
    notes.add(proposal.pk, cast.felix, "duties", "Sentinel4711")
    before = hashlib.sha256(Proposal.objects.whole().get(pk=proposal.pk).document().text().encode()).hexdigest()
    step("submit", proposal, cast.felix)
    step("return", proposal, cast.diego, comment="Once more.")
    notes.add(proposal.pk, cast.felix, "duties", "Sentinel4711 again")
    live = Proposal.objects.whole().get(pk=proposal.pk)
    assert hashlib.sha256(live.document().text().encode()).hexdigest() == before
    printed = [version.text for version in Version.objects.all()] + [
        paper(live.document(), kind=Edition.DRAFT),
        live.document().text(),
    ]
    assert [text for text in printed if "Sentinel" in text] == []
    for user in (cast.diego, cast.hugo, cast.june):
        for tail in ("", "versions/1/", "steps/withdraw/", "edit/", "edit/duties_and_responsibilities/"):
            assert "Sentinel" not in signed_in(user).get(f"/proposals/{proposal.pk}/{tail}").content.decode()
    assert "Sentinel" not in signed_in(cast.felix).get(f"/proposals/{proposal.pk}/").content.decode()


def test_a_note_of_another_proposal_is_not_there(proposal, cast):
    other = draft(cast.felix, cast.offices["CO-Jakarta"])
    note = notes.add(other.pk, cast.felix, "duties", "Felix's")
    ana = signed_in(cast.ana)
    assert ana.post(f"/proposals/{proposal.pk}/notes/{note.pk}/settle/").status_code == 404
    assert ana.post(f"/proposals/{other.pk}/notes/{note.pk}/settle/").status_code == 404
    for number in (str(note.pk), "9" * 40, "x", "-1", "²", ""):
        assert press(proposal, cast.ana, {"settle_note": number}).status_code == 404, number
    note.refresh_from_db()
    assert note.settled_at is None


def test_a_note_that_comes_too_late_can_still_be_copied(proposal, cast):
    ana = signed_in(cast.ana)
    sent = form_of(ana.get(page(proposal, SECTION))) | {"note_duties": "My note, too late.", "note": "duties"}
    step("submit", proposal, cast.ana)
    answer = ana.post(page(proposal, SECTION), sent)
    assert answer.status_code == 409
    assert "Your note beside “Duties and responsibilities”" in text(answer)
    assert "My note, too late." in text(answer)


# What happens to them


def test_notes_stay_when_a_colleague_goes_and_when_the_proposal_is_handed_over(proposal, cast):
    notes.add(proposal.pk, cast.colin, "duties", "Colin's")
    notes.add(proposal.pk, cast.ana, "duties", "Ana's")
    let_out(proposal, cast.colin, cast.ana)
    with pytest.raises(Proposal.DoesNotExist):
        notes.add(proposal.pk, cast.colin, "duties", "From outside")
    hand(proposal, cast.otto, cast.ana, stays=False)
    shown = text(signed_in(cast.otto).get(page(proposal, SECTION)))
    assert ("Colin's" in shown.replace("&#x27;", "'"), ">2 notes</span>" in shown) == (True, True)
    with pytest.raises(Proposal.DoesNotExist):
        notes.settle(proposal.pk, cast.ana, Note.objects.first().pk)


def test_a_copy_has_no_notes(proposal, cast):
    notes.add(proposal.pk, cast.ana, "duties", "Only here")
    signed_in(cast.ana).post(f"/proposals/new/copy/{proposal.pk}/", {"office": proposal.office_id, "language": "en"})
    copy = Proposal.objects.get(follows=proposal)
    assert (kept(copy), len(kept(proposal))) == ([], 1)


def test_notes_go_with_a_draft_that_is_deleted_and_stay_with_one_that_was_submitted(proposal, cast):
    notes.add(proposal.pk, cast.colin, "duties", "Goes")
    discard(proposal.pk, cast.ana)
    assert Note.objects.count() == 0
    submitted = bring_to(State.DRAFT, cast)
    notes.add(submitted.pk, cast.ana, "duties", "Stays")
    step("submit", submitted, cast.ana)
    step("recall", submitted, cast.ana)
    assert "Stays" in text(signed_in(cast.ana).get(page(submitted, SECTION)))


def test_pages_cost_the_same_with_two_and_with_twenty_notes(proposal, cast):
    ana, costs = signed_in(cast.ana), []
    for count in (2, 18):
        for number in range(count):
            note = Note.objects.create(proposal=proposal, box="duties", author=cast.colin, text=f"{count} {number}")
            if number % 2:
                notes.settle(proposal.pk, cast.ana, note.pk)
        costs.append([cost(ana, address) for address in (page(proposal, SECTION), f"/proposals/{proposal.pk}/edit/")])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 10


def test_a_hostile_note_is_plain_text_everywhere(proposal, cast):
    attack = "</textarea><script>window.__x=1</script><img src=x onerror=window.__x=1>"
    notes.add(proposal.pk, cast.colin, "duties", attack)
    for address in (page(proposal, SECTION), f"/proposals/{proposal.pk}/edit/"):
        assert "<img" not in signed_in(cast.ana).get(address).content.decode()


def test_a_visitor_adds_nothing(proposal):
    assert (
        Client()
        .post(f"/proposals/{proposal.pk}/notes/", {"box": "duties", "text": "x"})["Location"]
        .startswith("/account/login/")
    )
    assert Note.objects.count() == 0
