"""The pieces of an old file that found no place: beside the boxes and on the overview, put in, left out, brought back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from proposals.doubts import DoesNotFit
from proposals.models import Doubt, EarlierText, Proposal
from proposals.sections import BackgroundInformation, DutiesAndResponsibilities, GeneralInformation, Introduction
from proposals.writing import begin, bring_back, invite, place, write
from tests.proposals.pages import alive, answers, form_of, page, signed_in, text
from tests.story import COMPLETE, step

PIECE = "Also this <b>:\n- one\n- two"
LEFT = [
    ("duties", PIECE, "It stands under “Duties” without a label."),
    ("unit", "and its branch", "“Organisational unit” has room for 300 characters only."),
    ("grade", "or P3", "“Grade” must be one of: P2, P1."),
    ("", "Nobody knows.", "It stands before the first heading of the form."),
    ("title", "", "“x” linked to y; a line holds no link."),
]


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft from an old file, complete, with five pieces left over."""
    return begin(cast.ana, cast.offices["WORKSKILLS"], answers=COMPLETE, doubts=LEFT)


@pytest.fixture
def ana(cast) -> Client:
    """Ana's browser."""
    return signed_in(cast.ana)


def doubt(piece: str) -> Doubt:
    """The piece whose text begins so."""
    return Doubt.objects.get(text__startswith=piece)


def to(piece: str, what: str = "place/") -> str:
    """Where one says what shall become of a piece."""
    return f"/proposals/{doubt(piece).proposal_id}/doubts/{doubt(piece).pk}/{what}"


# Putting a piece into a box


def test_a_piece_comes_to_the_end_of_its_box_in_its_shape_and_is_dealt_with(cast, proposal):
    saved = place(proposal.pk, doubt("Also").pk, cast.ana, "duties")
    ends = "<p>Also this &lt;b&gt;:</p><ul><li>one</li><li>two</li></ul>"
    assert (saved.duties, saved.revision) == (COMPLETE["duties"] + ends, 1)
    assert answers(proposal) == COMPLETE | {"duties": COMPLETE["duties"] + ends}
    assert doubt("Also").settled_at
    assert EarlierText.objects.get().answers["duties"] == COMPLETE["duties"]


def test_a_list_goes_on_in_the_list_that_ends_the_text(cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"], answers=COMPLETE, doubts=[("", "- A third output.", "?")])
    place(proposal.pk, Doubt.objects.get().pk, cast.ana, "key_outputs")
    assert answers(proposal)["key_outputs"] == COMPLETE["key_outputs"].replace("</ul>", "<li>A third output.</li></ul>")


def test_in_a_line_it_stands_after_a_space_and_in_an_empty_one_alone(cast, proposal):
    place(proposal.pk, doubt("and its").pk, cast.ana, "unit")
    assert answers(proposal)["unit"] == COMPLETE["unit"] + " and its branch"
    write(proposal.pk, GeneralInformation, cast.ana, {"department": ""}, 1)
    place(proposal.pk, doubt("Nobody").pk, cast.ana, "department")
    assert answers(proposal)["department"] == "Nobody knows."


def test_put_in_twice_it_stands_there_once(cast, proposal):
    for _twice in range(2):
        place(proposal.pk, doubt("Nobody").pk, cast.ana, "introduction")
    assert answers(proposal)["introduction"] == COMPLETE["introduction"] + "<p>Nobody knows.</p>"


@pytest.mark.parametrize(
    ("box", "sentence"),
    [
        ("unit", "It does not fit into “Organisational unit”: with it, this text has 303 characters; there is room for 300."),
        (
            "introduction",
            "It does not fit into “Introduction”: with it, this text has 30,007 characters; there is room for 30,000.",
        ),
        ("grade", "“Grade” must be one of: P2, P1."),
        ("", "Choose the box into which it shall be put."),
        ("no_such_box", "Choose the box into which it shall be put."),
    ],
)
def test_what_does_not_fit_stays_a_doubt_and_is_said(cast, box, sentence):
    full = COMPLETE | {"unit": "u" * 299, "introduction": "<p>" + "i" * 29_990 + "</p>"}
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"], answers=full, doubts=[("", "xyz", "?")])
    with pytest.raises(DoesNotFit) as refusal:
        place(proposal.pk, doubt("xyz").pk, cast.ana, box)
    assert str(refusal.value) == sentence
    assert (answers(proposal), doubt("xyz").settled_at) == (full, None)


# Beside the boxes


def test_each_piece_stands_at_the_box_it_may_belong_to(ana, proposal):
    shown = text(ana.get(page(proposal, DutiesAndResponsibilities)))
    assert shown.count('class="jpo-doubt"') == 1
    assert "It stands under “Duties” without a label." in shown
    assert "Also this &lt;b&gt;: - one - two</blockquote>" in shown
    assert f'formaction="{to("Also")}" name="box" value="duties"' in shown
    assert f'formaction="{to("Also", "")}" name="box" value="duties"' in shown
    general = text(ana.get(page(proposal, GeneralInformation)))
    assert general.count('class="jpo-doubt"') == 3
    assert general.count("Put at the end of this text") == 1, "none at a choice, none without a text"
    assert "jpo-doubt" not in text(ana.get(page(proposal, Introduction)))
    assert alive(ana.get(page(proposal, DutiesAndResponsibilities))) == []


def test_what_is_typed_on_the_page_is_saved_with_the_piece(ana, proposal):
    sent = form_of(ana.get(page(proposal, DutiesAndResponsibilities))) | {
        "duties": "New.",
        "key_outputs": "Typed.",
        "box": "duties",
    }
    response = ana.post(to("Also"), sent)
    assert response["Location"] == f"{page(proposal, DutiesAndResponsibilities)}#div_id_duties"
    assert answers(proposal) == COMPLETE | {
        "duties": "<p>New.</p><p>Also this &lt;b&gt;:</p><ul><li>one</li><li>two</li></ul>",
        "key_outputs": "<p>Typed.</p>",
    }
    assert "The piece of your file stands at the end of “Duties and responsibilities”." in text(ana.get(response["Location"]))


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(ana, cast, proposal):
    invite(proposal, cast.colin)
    opened = form_of(ana.get(page(proposal, DutiesAndResponsibilities))) | {"box": "duties"}
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": "<p>Colin's.</p>"}, 0)
    conflict = ana.post(to("Also"), opened | {"duties": "Ana's."})
    assert (conflict.status_code, form_of(conflict)["duties"]) == (409, "<p>Ana's.</p>")
    assert (answers(proposal)["duties"], doubt("Also").settled_at) == ("<p>Colin's.</p>", None)
    ana.post(to("Also"), opened)  # nothing typed: it goes behind what stands there now
    assert answers(proposal)["duties"].startswith("<p>Colin's.</p><p>Also this")


def test_a_piece_that_does_not_fit_is_said_at_the_box_and_what_was_typed_is_kept(ana, proposal):
    sent = form_of(ana.get(page(proposal, GeneralInformation))) | {"unit": "u" * 299, "title": "on new things", "box": "unit"}
    response = ana.post(to("and its"), sent)
    assert response.status_code == 422
    assert '<a href="#id_unit">Organisational unit: It does not fit into “Organisational unit”' in text(response)
    kept = form_of(response)
    assert (kept["unit"], kept["title"], kept["opened"]) == ("u" * 299, "on new things", sent["opened"])
    assert (answers(proposal), doubt("and its").settled_at) == (COMPLETE, None)


def test_a_text_that_is_refused_anyway_puts_nothing_in(ana, proposal):
    sent = form_of(ana.get(page(proposal, GeneralInformation))) | {"title": "t" * 301, "box": "unit"}
    assert ana.post(to("and its"), sent).status_code == 422
    assert (answers(proposal), doubt("and its").settled_at) == (COMPLETE, None)


def test_too_late_what_was_typed_is_shown_to_be_copied(ana, cast, proposal):
    opened = form_of(ana.get(page(proposal, DutiesAndResponsibilities))) | {"duties": "Too late.", "box": "duties"}
    step("submit", proposal, cast.ana)
    for what in ("place/", ""):
        response = ana.post(to("Also", what), opened)
        assert response.status_code == 409
        assert "Too late.</textarea>" in text(response)
    assert (answers(proposal), doubt("Also").settled_at) == (COMPLETE, None)


def test_what_is_not_needed_is_left_out_and_nothing_typed_is_lost(ana, proposal):
    sent = form_of(ana.get(page(proposal, DutiesAndResponsibilities))) | {"key_outputs": "Not saved yet", "box": "duties"}
    response = ana.post(to("Also", ""), sent)
    assert (response.status_code, form_of(response)["key_outputs"]) == (200, "Not saved yet")
    assert "It is left out; you can bring it back on the overview." in text(response)
    assert "jpo-doubt" not in text(response)
    assert answers(proposal) == COMPLETE
    assert doubt("Also").settled_at
    quiet = ana.post(to("Nobody", ""), headers={"Accept": "application/json"})
    assert (quiet.status_code, quiet.content) == (204, b"")


# On the overview


def test_pieces_are_counted_in_their_sections_and_placed_from_a_list_of_boxes(ana, proposal):
    overview = f"/proposals/{proposal.pk}/edit/"
    shown = text(ana.get(overview))
    assert shown.count("of your file may belong here.") == 2
    assert "3 pieces of your file may belong here." in shown
    assert "1 piece of your file may belong here." in shown
    assert '<optgroup label="Background information">' in shown
    assert '<option value="duties" selected>' in shown
    assert '<option value="grade"' not in shown
    response = ana.post(to("Nobody"), {"box": "living_conditions"})
    assert response["Location"] == f"{overview}#doubts"
    assert answers(proposal)["living_conditions"] == COMPLETE["living_conditions"] + "<p>Nobody knows.</p>"
    refused = ana.post(to("Also"), {"box": ""}, follow=True)
    assert "Choose the box into which it shall be put." in text(refused)


def test_what_is_dealt_with_can_be_brought_back(ana, cast, proposal):
    overview = f"/proposals/{proposal.pk}/edit/"
    ana.post(to("Nobody", ""))
    ana.post(to("Also"), {"box": "duties"})
    shown = text(ana.get(overview))
    assert "Dealt with (2)" in shown
    for _twice in range(2):
        assert ana.post(to("Nobody", "back/"))["Location"] == f"{overview}#doubts"
    assert "Dealt with (1)" in text(ana.get(overview))
    bring_back(proposal.pk, doubt("Also").pk, cast.ana)
    assert Doubt.objects.filter(settled_at__isnull=False).count() == 0
    assert answers(proposal)["duties"] != COMPLETE["duties"], "what was put in stays"


def test_each_way_costs_little_and_the_same_with_many(ana, cast, proposal):
    def cost(ask, *what) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert ask(*what).status_code in (200, 302)
        return len(asked)

    def costs() -> list[int]:
        return [cost(ana.get, page(proposal, section)) for section in (DutiesAndResponsibilities, BackgroundInformation)] + [
            cost(ana.get, f"/proposals/{proposal.pk}/edit/")
        ]

    few = costs()
    Doubt.objects.bulk_create(Doubt(proposal=proposal, box="duties", text=f"piece {n}", why="?") for n in range(60))
    assert costs() == few
    assert max(few) <= 10, few
