"""The three ways to begin: a blank form, a copy, an old file."""

import datetime
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.paper import Edition, paper
from documents.press import press
from organisation.models import Office
from proposals.models import Doubt, Proposal
from proposals.sections import DutiesAndResponsibilities, GeneralInformation
from proposals.states import State
from proposals.writing import begin, invite, write
from tests.proposals.pages import answers, signed_in, text
from tests.story import COMPLETE, bring_to, draft

BLANK, COPY, FILE = "/proposals/new/blank/", "/proposals/new/copy/", "/proposals/new/file/"

OLD_TEXT = """Vacancy proposal for Junior Professional Officers (JPO)

GENERAL INFORMATION

Title: Junior Professional Officer in fishing communities
Duty station: Lisbon, Portugal
Duration of the assignment: 12 months, renewable
Grade: P2

INTRODUCTION

The unit works with small harbours.

DUTIES AND RESPONSIBILITIES

- Visit harbours.
- Write reports.

KITCHEN RULES

Nobody knows where this belongs.
"""


def made(response) -> Proposal:
    """The proposal whose overview a page leads to."""
    assert response.status_code == 302
    proposal = Proposal.objects.get()
    assert response["Location"] == f"/proposals/{proposal.pk}/edit/"
    return proposal


def test_there_are_three_ways_to_begin(cast):
    shown = text(signed_in(cast.ana).get("/proposals/new/"))
    for address, words in ((BLANK, "With a blank form"), (COPY, "With a copy of an earlier"), (FILE, "With an old file")):
        assert f'<a href="{address}">{words}' in shown
    assert "Note for supervisors: Please complete the vacancy proposal form" in shown


# Blank


def test_a_blank_form_begins_with_an_office_and_a_language(cast):
    response = signed_in(cast.ana).post(BLANK, {"office": cast.offices["CO-Dakar"].pk, "language": "fr"})
    proposal = made(response)
    assert (proposal.author, proposal.office.code, proposal.language, proposal.state) == (cast.ana, "CO-Dakar", "fr", "draft")
    assert answers(proposal)["department"] == "Bureau de pays pour le Sénégal (CO-Dakar)"


def test_the_office_and_language_of_the_last_proposal_are_offered(cast):
    ana = signed_in(cast.ana)
    assert '<option value="" selected>Choose an office</option>' in text(ana.get(BLANK))
    begin(cast.ana, cast.offices["DATAHUB"], "es")
    shown = text(ana.get(BLANK))
    assert (
        f'<option value="{cast.offices["DATAHUB"].pk}" selected>DATAHUB – Department of Labour Data and Evidence</option>'
        in shown
    )
    assert 'value="es" class="form-check-input" id="id_language_2" required checked' in shown


def test_offices_stand_under_headquarters_and_regions_and_only_while_they_are_valid(cast):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Office.objects.filter(code="GREENJOBS").update(valid_until=yesterday)
    Office.objects.filter(code="CO-Dakar").update(valid_until=yesterday + datetime.timedelta(days=1))
    Office.objects.filter(code="RO-Europe").update(valid_from=yesterday + datetime.timedelta(days=2))
    shown = text(signed_in(cast.ana).get(BLANK))
    groups = [part.partition('"')[0] for part in shown.split('<optgroup label="')[1:]]
    assert groups == ["Headquarters", "Africa", "Asia and the Pacific"]
    assert "CO-Dakar" in shown
    assert "GREENJOBS" not in shown
    assert "RO-Europe" not in shown
    gone = {"office": cast.offices["GREENJOBS"].pk, "language": "en"}
    assert "Choose an office from the list." in text(signed_in(cast.ana).post(BLANK, gone))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"language": "en"}, "Choose the office."),
        ({"office": "x\x00y", "language": "en"}, "Choose an office from the list."),
        ({"office": "99999999999999999999", "language": "en"}, "Choose an office from the list."),
        ({"office": "1"}, "Choose a language."),
        ({"office": "1", "language": "de"}, "Choose a language from the list."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(cast, sent, said):
    response = signed_in(cast.ana).post(BLANK, sent)
    assert response.status_code == 422
    assert "<title>Error: " in text(response)
    assert said in text(response)
    assert Proposal.objects.count() == 0


def test_nobody_begins_a_proposal_in_another_name_or_state(cast):
    more = {"author": cast.otto.pk, "state": "issued", "post": 1, "place": 9, "title": "x", "named_to_donors": "on", "version": 1}
    proposal = made(signed_in(cast.ana).post(BLANK, more | {"office": cast.offices["WORKSKILLS"].pk, "language": "en"}))
    row = Proposal.objects.values("author", "state", "post", "place", "title", "named_to_donors", "version").get(pk=proposal.pk)
    assert row == {
        "author": cast.ana.pk, "state": "draft", "post": None, "place": 0, "title": "", "named_to_donors": False, "version": None,
    }  # fmt: skip


# A copy


def titles(response) -> list[str]:
    """The titles of the list from which a copy is chosen."""
    rows = text(response).split('<a class="jpo-rows__title"')[1:]
    return [row.partition("</span> ")[2].partition("</a>")[0].removeprefix("Junior Professional Officer ") for row in rows]


def test_one_may_copy_what_one_may_read(cast):
    draft(cast.ana, cast.offices["WORKSKILLS"], title="on a draft")
    bring_to(State.ENDORSEMENT, cast, title="on an endorsement")
    bring_to(State.ISSUED, cast, field=True, title="on an issue")
    listed = {who: titles(signed_in(getattr(cast, who)).get(COPY)) for who in ("ana", "felix", "dina", "june", "otto")}
    assert listed == {
        "ana": ["on an endorsement", "on a draft"],
        "felix": ["on an issue"],
        "dina": ["on an endorsement"],
        "june": ["on an issue", "on an endorsement"],
        "otto": [],
    }


def test_the_list_is_searched_by_title_office_and_number(cast):
    draft(cast.ana, cast.offices["WORKSKILLS"], title="on apples")
    draft(cast.ana, cast.offices["DATAHUB"], title="on pears and apples")
    issued = bring_to(State.ISSUED, cast, title="on plums")
    ana = signed_in(cast.ana)
    found = {
        words: titles(ana.get(COPY, {"q": words})) for words in ("APPLES", "apples pears", "datahub", str(issued.post), "figs")
    }
    assert found == {
        "APPLES": ["on pears and apples", "on apples"],
        "apples pears": ["on pears and apples"],
        "datahub": ["on pears and apples"],
        str(issued.post): ["on plums"],
        "figs": [],
    }
    assert "No proposal that you may read has “figs”" in text(ana.get(COPY, {"q": "figs"}))


@pytest.mark.parametrize(
    "typed", ["\x00", "'\" ( ) * : -", "%_\\", "a" * 5000, "\ud800".encode("utf-8", "surrogatepass"), "²", "9" * 40]
)
def test_whatever_is_searched_for_is_no_fault(cast, typed):
    draft(cast.ana, cast.offices["WORKSKILLS"])
    for name in ("q", "before"):
        assert signed_in(cast.ana).get(COPY, {name: typed}).status_code == 200


def test_a_long_list_is_shown_page_by_page_at_the_same_cost(cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            signed_in_ana.get(COPY)
        return len(queries)

    signed_in_ana = signed_in(cast.ana)
    for number in range(10):
        draft(cast.ana, cast.offices["WORKSKILLS"], title=f"on {number:02}")
    few = cost()
    for number in range(10, 60):
        draft(cast.ana, cast.offices["WORKSKILLS"], title=f"on {number:02}")
    assert cost() == few <= 8
    first = signed_in_ana.get(COPY)
    seen = titles(first)
    address = text(first).partition("Show older ones")[0].rpartition('href="')[2].partition('"')[0]
    for _page in range(5):
        if not address:
            break
        older = signed_in_ana.get(COPY + address.replace("&amp;", "&"))
        seen += titles(older)
        address = text(older).partition('<p><a href="?before=')[2].partition('"')[0]
        address = address and f"?before={address}"
    assert seen == [f"on {number:02}" for number in reversed(range(60))]


def test_a_copy_takes_the_text_and_nothing_else(cast):
    source = draft(cast.ana, cast.offices["WORKSKILLS"], introduction="<p>Old.</p>")
    invite(source, cast.colin)
    Doubt.objects.create(proposal=source, text="left over", why="?")
    Proposal.objects.filter(pk=source.pk).update(named_to_donors=True)
    chosen = {"office": cast.offices["DATAHUB"].pk, "language": "en"}
    response = signed_in(cast.colin).post(f"{COPY}{source.pk}/", chosen | {"same_post": "on"})
    copy = Proposal.objects.exclude(pk=source.pk).get()
    assert response["Location"] == f"/proposals/{copy.pk}/edit/"
    assert answers(copy) == COMPLETE | {"introduction": "<p>Old.</p>"}
    assert (copy.author, copy.office.code, copy.follows, copy.post, copy.named_to_donors, copy.place) == (
        cast.colin, "DATAHUB", source, None, False, 0,
    )  # fmt: skip
    assert (copy.colleagues.count(), copy.doubts.count()) == (0, 0)


def test_a_post_can_be_issued_again_under_its_number(cast):
    issued = bring_to(State.ISSUED, cast)
    june = signed_in(cast.june)
    shown = text(june.get(f"{COPY}{issued.pk}/"))
    assert f"This is post {issued.post} again: the same post, issued once more" in shown
    assert f'<option value="{issued.office_id}" selected>' in shown
    chosen = {"office": issued.office_id, "language": "en"}
    june.post(f"{COPY}{issued.pk}/", chosen | {"same_post": "on"})
    june.post(f"{COPY}{issued.pk}/", chosen)
    again, other = Proposal.objects.filter(follows=issued).order_by("pk")
    assert (again.post, other.post) == (issued.post, None)


def test_others_copy_what_was_submitted_never_what_is_being_rewritten(cast):
    returned = bring_to(State.RETURNED, cast)
    write(returned.pk, DutiesAndResponsibilities, cast.ana, {"duties": "<p>Secret second thoughts.</p>"}, 0)
    write(returned.pk, GeneralInformation, cast.ana, {"title": "on secret plans"}, 0)
    chosen = {"office": returned.office_id, "language": "en"}
    for who, seen in (
        (cast.dina, COMPLETE),
        (cast.ana, COMPLETE | {"duties": "<p>Secret second thoughts.</p>", "title": "on secret plans"}),
    ):
        browser = signed_in(who)
        assert ("secret" in text(browser.get(COPY))) is False
        assert ("secret" in text(browser.get(f"{COPY}{returned.pk}/"))) is (who == cast.ana)
        browser.post(f"{COPY}{returned.pk}/", chosen)
        assert answers(Proposal.objects.latest("pk")) == seen


def test_what_one_may_not_read_cannot_be_copied(cast):
    hidden = draft(cast.ana, cast.offices["WORKSKILLS"])
    for who in (cast.otto, cast.dina, cast.june, cast.root):
        browser, chosen = signed_in(who), {"office": hidden.office_id, "language": "en"}
        assert browser.get(f"{COPY}{hidden.pk}/").status_code == browser.post(f"{COPY}{hidden.pk}/", chosen).status_code == 404
    assert Proposal.objects.count() == 1


# An old file


def test_an_old_text_is_put_into_its_boxes_and_the_rest_is_listed(cast):
    ana = signed_in(cast.ana)
    file = SimpleUploadedFile("harbours.txt", OLD_TEXT.encode())
    proposal = made(ana.post(FILE, {"file": file, "office": cast.offices["WORKSKILLS"].pk, "language": "en"}))
    stored = answers(proposal)
    assert stored["title"] == "in fishing communities"
    assert stored["duty_station"] == "Lisbon, Portugal"
    kept = " ".join([*stored.values(), *proposal.doubts.values_list("text", flat=True)])
    for words in ("small harbours", "Visit harbours", "Write reports", "Nobody knows where this belongs"):
        assert words in kept


def test_doubts_are_listed_until_somebody_has_dealt_with_them(cast):
    doubts = [("duties", "First piece <b>", "It stands after the last section."), ("", "Second piece", "No label above it.")]
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"], answers=COMPLETE, doubts=doubts)
    ana, overview = signed_in(cast.ana), f"/proposals/{proposal.pk}/edit/"
    shown = text(ana.get(overview))
    assert "Left over from your file" in shown
    assert "First piece &lt;b&gt;</blockquote>" in shown
    link = f'<a href="{overview}duties_and_responsibilities/#div_id_duties" lang="en">Duties and responsibilities</a>'
    assert f"It stands after the last section. It may belong to {link}." in shown
    first, second = proposal.doubts.all()
    for _twice in range(2):
        assert ana.post(f"/proposals/{proposal.pk}/doubts/{first.pk}/")["Location"] == f"{overview}#doubts"
    shown = text(ana.get(overview)).partition("Dealt with (1)")[0]
    assert "First piece" not in shown
    assert "Second piece" in shown
    ana.post(f"/proposals/{proposal.pk}/doubts/{second.pk}/")
    assert "Every piece of your file is dealt with." in text(ana.get(overview))
    assert proposal.doubts.filter(settled_at__isnull=False).count() == 2


def test_a_doubt_is_settled_by_a_post_at_its_own_proposal_alone(cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"], answers=COMPLETE, doubts=[("", "Piece", "Why")])
    other = begin(cast.ana, cast.offices["WORKSKILLS"])
    doubt = proposal.doubts.get()
    assert signed_in(cast.ana).get(f"/proposals/{proposal.pk}/doubts/{doubt.pk}/").status_code == 405
    for who, of, expected in ((cast.otto, proposal, 404), (cast.dina, proposal, 404), (cast.ana, other, 404)):
        assert signed_in(who).post(f"/proposals/{of.pk}/doubts/{doubt.pk}/").status_code == expected
    assert Doubt.objects.get().settled_at is None


def test_pasted_text_is_read_like_a_file(cast):
    sent = {"text": OLD_TEXT, "office": cast.offices["WORKSKILLS"].pk, "language": "en"}
    assert answers(made(signed_in(cast.ana).post(FILE, sent)))["duty_station"] == "Lisbon, Portugal"


def test_an_export_of_this_portal_comes_back_as_it_was_in_its_own_language(cast):
    source = begin(cast.ana, cast.offices["WORKSKILLS"], "fr", COMPLETE)
    exported = json.dumps(source.document().to_json()).encode()
    source.delete()
    sent = {"file": SimpleUploadedFile("p.json", exported), "office": cast.offices["CO-Dakar"].pk, "language": "en"}
    proposal = made(signed_in(cast.ana).post(FILE, sent))
    assert (answers(proposal), proposal.language, proposal.doubts.count()) == (COMPLETE, "fr", 0)


def test_a_pdf_of_this_portal_comes_back_as_it_was_but_for_the_consent_to_be_named(cast):
    begun = begin(cast.ana, cast.offices["WORKSKILLS"], "fr", COMPLETE, named_to_donors=True)
    source = begun.document()
    begun.delete()
    pdf = SimpleUploadedFile("p.pdf", press(paper(source, kind=Edition.DRAFT), attachment=source.text()))
    sent = {"file": pdf, "office": cast.offices["CO-Dakar"].pk, "language": "en"}
    proposal = made(signed_in(cast.ana).post(FILE, sent))
    assert (answers(proposal), proposal.language, proposal.doubts.count()) == (COMPLETE, "fr", 0)
    assert not proposal.named_to_donors, "a supervisor is asked anew for each post"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file, or paste its text below."),
        ({"text": "   \n "}, "Choose a file, or paste its text below."),
        ({"file": (b"", "empty.txt")}, "This file is empty."),
        ({"file": (b"x" * 1_100_000, "large.txt")}, "“large.txt” is larger than 1 MB;"),
        ({"file": (b"%PDF-" * 2_000_001, "large.pdf")}, "This file is larger than 10 MB;"),
        ({"file": (b"%PDF-" * 2_100_000, "larger.pdf")}, "This file is larger than 10 MB;"),
        ({"text": "x" * 1_100_000}, "This text is longer than any proposal."),
        ({"file": (b"%PDF-1.7 ...", "old.pdf")}, "This PDF is damaged, or only a part of one."),
        ({"text": '{"format": "jpo-proposal/1", "boxes": [1]}'}, "has no “boxes” with a text for each box"),
        ({"text": '{"a": 1}'}, "is not a proposal of this portal"),
        ({"text": "[" * 100_000}, ""),
        ({"text": "Dear all, lunch is at noon."}, ""),
    ],
)
def test_what_is_no_proposal_is_refused_in_a_sentence_and_what_was_typed_is_kept(cast, sent, said):
    if "file" in sent:
        sent = {"file": SimpleUploadedFile(sent["file"][1], sent["file"][0])}
    response = signed_in(cast.ana).post(FILE, sent | {"office": cast.offices["DATAHUB"].pk, "language": "es"})
    shown = text(response)
    assert response.status_code == 422
    assert "<title>Error: " in shown
    assert said in shown
    assert 'value="es" class="form-check-input" id="id_language_2" required checked' in shown
    assert Proposal.objects.count() == 0
    if sent.get("text", "").strip():
        assert sent["text"][:20].replace('"', "&quot;").strip() in shown


def test_an_answer_that_no_box_can_hold_becomes_a_doubt(cast):
    boxes = {"title": "in " + "x" * 400, "duties": "<p>" + "word " * 7000 + "</p>", "introduction": "<p>Fits.</p>"}
    exported = json.dumps({"format": "jpo-proposal/1", "boxes": boxes})
    proposal = made(signed_in(cast.ana).post(FILE, {"text": exported, "office": cast.offices["DATAHUB"].pk, "language": "en"}))
    kept = " ".join([answers(proposal)["title"], *proposal.doubts.values_list("text", flat=True)])
    assert kept.count("word") == 7000
    assert "x" * 400 in kept.replace(" ", "")
    assert {name: answer for name, answer in answers(proposal).items() if answer and name != "title"} == {
        "introduction": "<p>Fits.</p>"
    }


def test_a_doubt_keeps_its_lines_and_loses_what_no_database_holds(cast):
    begin(cast.ana, cast.offices["WORKSKILLS"], answers={}, doubts=[("", "one\x00\r\ntwo  \ud800three\x0bfour", "be\x00cause")])
    assert list(Doubt.objects.values_list("text", "why")) == [("one\ntwo three\nfour", "because")]


@pytest.mark.parametrize("odd", ["\\u0000", "\\ud800", "\\ud800\\u0000x", "\\u202e"])
def test_odd_characters_in_a_file_are_no_fault(cast, odd):
    exported = (
        f'{{"format": "jpo-proposal/1", "language": "e{odd}", "boxes": {{"title": "in a{odd}b", "no{odd}box": "c{odd}d"}}}}'
    )
    proposal = made(signed_in(cast.ana).post(FILE, {"text": exported, "office": cast.offices["DATAHUB"].pk, "language": "en"}))
    assert proposal.language == "en"
    assert signed_in(cast.ana).get(f"/proposals/{proposal.pk}/edit/").status_code == 200


def listed(shown: str) -> list[str]:
    """The proposals of the list to copy from, and its headings, in their order."""
    found = re.findall(r'<h2>(.*?)</h2>|<span class="visually-hidden">Copy</span> (.*?)</a>', shown)
    return [heading.upper() or title for heading, title in found]


def test_proposals_of_ones_own_offices_stand_first_in_the_list_to_copy_from(cast):
    ana = signed_in(cast.june)
    near = [bring_to(State.SUBMITTED, cast, title=f"in {word}") for word in ("bread", "milk")]
    others = [bring_to(State.SUBMITTED, cast, field=True, title=f"in {word}") for word in ("salt", "tea")]
    printed = "Junior Professional Officer in {}"
    assert listed(text(ana.get(COPY))) == [printed.format(word) for word in ("tea", "salt", "milk", "bread")]
    for proposal in near:
        invite(proposal, cast.june)
    first = ["FROM THE OFFICES YOU WRITE FOR", printed.format("milk"), printed.format("bread")]
    assert listed(text(ana.get(COPY))) == [*first, "OTHERS", printed.format("tea"), printed.format("salt")]
    assert listed(text(ana.get(COPY, {"q": "tea"}))) == [printed.format("tea")]
    assert listed(text(ana.get(COPY, {"before": others[1].pk}))) == [printed.format("salt")], "those above are not repeated"


def test_an_empty_list_to_copy_from_says_how_to_begin_otherwise(cast):
    ana = signed_in(cast.ana)
    for asked, sentence in (
        ({}, "There is no proposal yet that you may read"),
        ({"q": "bread"}, "No proposal that you may read has “bread”"),
        ({"before": "1"}, "There are no older ones."),
    ):
        shown = text(ana.get(COPY, asked))
        assert sentence in shown
        assert f'<a href="{BLANK}">with a blank form</a>' in shown
        assert f'<a href="{FILE}">with an old file</a>' in shown
