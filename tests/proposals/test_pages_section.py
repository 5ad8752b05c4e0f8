"""The page of a section: how a text is written, saved, refused in words, and never lost."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.form import Kind
from documents.prose import canonical
from documents.signs import sentence
from proposals.forms import BESIDE_THE_BOXES, readable
from proposals.models import EarlierText, Proposal
from proposals.sections import (
    TEMPLATE,
    BackgroundInformation,
    DutiesAndResponsibilities,
    GeneralInformation,
    Introduction,
    Supervision,
    form,
)
from proposals.states import State
from proposals.writing import begin, invite, write
from tests.proposals.pages import alive, answers, boxes, form_of, page, signed_in, text
from tests.story import COMPLETE, bring_to, draft, step
from workflow.engine import Refused

TRICKY = [
    "<p>Salaries of $4.000 &amp; more; 5 &lt; 6 &gt; 2</p>",
    "<p>&lt;p&gt;not a tag&lt;/p&gt; &amp;lt;</p>",
    '<ol start="3"><li>three<ul><li>deep<ol><li>deeper</li></ol></li></ul></li><li>four</li></ol>',
    "<p>one<br>two</p><ul><li>a<br>b</li></ul><p>– 12. months</p>",
    '<p><a href="https://example.org/?a=1&amp;b=2"><strong><em>link</em></strong></a>’s “quote” Côte d\'Ivoire</p>',
    "<p>- not a list</p><p>* nor this</p>",
    "<p>75\u00a0% of\u202fposts : « oui »</p>",
]


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, with all its boxes filled."""
    return draft(cast.ana, cast.offices["WORKSKILLS"])


@pytest.fixture
def ana(cast) -> Client:
    """Ana's browser."""
    return signed_in(cast.ana)


# Reading the page


def test_a_section_shows_its_boxes_with_guidance_lead_and_example(ana, cast):
    blank = begin(cast.ana, cast.offices["WORKSKILLS"])
    shown = text(ana.get(page(blank, DutiesAndResponsibilities)))
    assert "Section 4 of 7" in shown
    assert "Describe briefly the main tasks specific to this assignment." in shown
    assert "Printed before your text" in shown
    assert "the JPO will perform the following duties and responsibilities:" in shown
    assert "Perform other tasks that may be assigned by the supervisor." in shown
    assert shown.count("Needed before you submit.") == 2
    assert "<title>Duties and responsibilities – Untitled proposal – JPO Portal</title>" in shown


def test_nothing_is_shouted_while_drafting(ana, cast):
    blank = begin(cast.ana, cast.offices["WORKSKILLS"])
    for section in TEMPLATE:
        shown = text(ana.get(page(blank, section)))
        assert "jpo-error" not in shown
        assert "is empty" not in shown


def test_every_input_has_the_id_that_links_lead_to_and_is_described_by_its_hint(ana, proposal):
    for section in TEMPLATE:
        shown = text(ana.get(page(proposal, section)))
        for field in section.fields():
            assert shown.count(f'id="id_{field.name}"') == 1
            beside = [f"id_{field.name}_{what}" for what in ("helptext", "unprintable", "findings")]
            described = [name for name in beside if f'id="{name}"' in shown]
            assert not described or f'aria-describedby="{" ".join(described)}"' in shown


def test_only_what_cannot_be_printed_is_said_while_drafting(ana, proposal):
    assert ana.post(page(proposal, GeneralInformation), {"title": "in 李 and 😀", "revision": 0}).status_code == 302
    shown = text(ana.get(page(proposal, GeneralInformation)))
    said = sentence("李😀", "“Title”")
    assert shown.count("have no sign") == 1
    assert f'id="id_title_unprintable" data-unprintable-of="title" role="status">{said.replace(chr(39), "&#x27;")}</p>' in shown
    assert 'aria-describedby="id_title_helptext id_title_unprintable id_title_findings"' in shown
    [problem] = [found for found in Proposal.objects.whole().get().document().problems() if found.box.name == "title"]
    assert problem.sentence == said
    with pytest.raises(Refused, match="One thing is missing: “Title” holds “李”"):
        step("submit", proposal, proposal.author)


def test_a_french_proposal_says_so_to_the_browser(ana, cast):
    french = begin(cast.ana, cast.offices["WORKSKILLS"], "fr")
    shown = text(ana.get(page(french, GeneralInformation)))
    assert '<h1 lang="fr">Informations générales</h1>' in shown
    assert '<span lang="fr">Lieu d’affectation</span>' in shown
    assert 'lang="fr" autocomplete="off"' in shown
    assert "Geneva, Switzerland" in form_of(ana.get(page(french, GeneralInformation)))["duty_station"]


def test_the_register_is_offered_but_anything_may_be_typed(ana, proposal):
    shown = text(ana.get(page(proposal, GeneralInformation)))
    assert '<datalist id="suggested_duty_station"> <option value="Abidjan, Côte d&#x27;Ivoire"></option>' in shown
    assert '<option value="Country Office for Senegal (CO-Dakar)"></option>' in shown
    assert '<datalist id="suggested_unit"> <option value="Youth and Apprenticeships Unit (WORKSKILLS/YOUTH)"></option>' in shown
    ana.post(page(proposal, GeneralInformation), {"duty_station": "Valletta, Malta", "revision": 0})
    assert answers(proposal)["duty_station"] == "Valletta, Malta"


def test_living_conditions_are_optional_at_headquarters_and_needed_in_the_field(cast, ana):
    there = begin(cast.felix, cast.offices["CO-Jakarta"])
    here = begin(cast.ana, cast.offices["WORKSKILLS"])
    label = '<span lang="en">Living conditions</span> <span class="jpo-optional">(optional)</span>'
    assert label not in text(signed_in(cast.felix).get(page(there, BackgroundInformation)))
    assert label in text(ana.get(page(here, BackgroundInformation)))


def test_there_is_no_section_of_another_name(ana, proposal):
    assert ana.get(f"/proposals/{proposal.pk}/edit/salary/").status_code == 404
    assert ana.post(f"/proposals/{proposal.pk}/edit/salary/", {"salary": "1"}).status_code == 404


# Saving


@pytest.mark.parametrize(
    ("go", "leads_to"),
    [("next", "introduction/"), ("stay", "supervision/"), ("overview", ""), ("elsewhere", "introduction/")],
)
def test_a_save_stores_the_boxes_and_leads_on(ana, proposal, go, leads_to):
    sent = {"supervisor_name": "Ines  Halloran-Ruiz ", "supervision_note": "One line.\r\n\r\n- a\r\n- b", "revision": 0, "go": go}
    response = ana.post(page(proposal, Supervision), sent)
    assert (response.status_code, response["Location"]) == (302, f"/proposals/{proposal.pk}/edit/{leads_to}")
    assert answers(proposal) == COMPLETE | {
        "supervisor_name": "Ines Halloran-Ruiz",
        "supervision_note": "<p>One line.</p><ul><li>a</li><li>b</li></ul>",
    }
    assert "Saved: Supervision." in text(ana.get(response["Location"]))


def test_after_the_last_section_comes_the_overview(ana, proposal):
    response = ana.post(page(proposal, BackgroundInformation), {"outcomes": "x", "revision": 0, "go": "next"})
    assert response["Location"] == f"/proposals/{proposal.pk}/edit/"


def test_a_draft_may_leave_anything_empty(ana, proposal):
    for section in TEMPLATE:
        empty = {field.name: "" for field in section.fields()} | {"revision": 0}
        assert ana.post(page(proposal, section), empty).status_code == 302
    assert set(answers(proposal).values()) == {""}


def test_a_page_sent_as_it_came_changes_nothing(ana, cast):
    tricky = dict(zip([name for _, name in boxes(Kind.PROSE)], TRICKY * 3, strict=False))
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], **tricky, title='on 5 < 6 & "so on"', duration="12\u00a0months")
    before = answers(proposal)
    assert {name: before[name] for name in tricky} == tricky
    for section in TEMPLATE:
        assert ana.post(page(proposal, section), form_of(ana.get(page(proposal, section)))).status_code == 302
    assert answers(proposal) == before
    assert [row.revision for row in Proposal.objects.whole().get(pk=proposal.pk).sections] == [0] * 7
    assert EarlierText.objects.count() == 0


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from(list("ab <>/&;\n\"'-.:=")) | st.characters(), max_size=80)
    | st.lists(
        st.sampled_from(
            "<p> </p> <ul> </ul> <ol> <ol\u00a0start='4'> </ol> <li> </li> <strong> </strong> <br> x y &lt; <em>a</em>".split(" ")
        ),
        max_size=25,
    ).map(lambda parts: "".join(parts).replace("\u00a0", " "))
)
def test_prose_made_readable_is_the_same_text_to_the_byte(markup):
    stored = canonical(markup)
    assert canonical(readable(stored).replace("\n", "\r\n")) == stored


def test_a_box_that_was_not_touched_does_not_overwrite_a_colleague(ana, cast, proposal):
    invite(proposal, cast.colin)
    mine = form_of(ana.get(page(proposal, DutiesAndResponsibilities)))
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"key_outputs": "<p>Colin's outputs.</p>"}, 0)
    unchanged = ana.post(page(proposal, DutiesAndResponsibilities), mine)
    assert unchanged.status_code == 302
    merged = ana.post(page(proposal, DutiesAndResponsibilities), mine | {"duties": "Ana's duties."})
    assert merged.status_code == 302
    assert answers(proposal) == COMPLETE | {"duties": "<p>Ana's duties.</p>", "key_outputs": "<p>Colin's outputs.</p>"}


def test_a_field_that_is_no_box_of_the_section_is_ignored(ana, cast, proposal):
    row = Proposal.objects.values().get()
    more = {
        "introduction": "<p>New.</p>", "revision": 0, "duties": "smuggled", "state": "issued", "author": cast.otto.pk,
        "author_id": cast.otto.pk, "post": 1, "post_number": 4711, "version": 9, "place": 7, "office": 1, "language": "es",
        "saved_by": cast.otto.pk, "proposal": 99, "proposal_id": 99, "named_to_donors": "on", "is_superuser": 1,
    }  # fmt: skip
    assert ana.post(page(proposal, Introduction), more).status_code == 302
    assert Proposal.objects.values().get() == row
    assert answers(proposal) == COMPLETE | {"introduction": "<p>New.</p>"}
    assert Introduction.objects.get().saved_by == cast.ana


def test_boxes_may_not_be_called_like_what_the_page_uses_itself():
    assert {
        "revision",
        "opened",
        "go",
        "box",
        "use_example",
        "mend",
        "csrfmiddlewaretoken",
        "note",
        "settle_note",
        "reopen_note",
    } == BESIDE_THE_BOXES


# Refused in words


def test_a_text_that_is_too_long_is_refused_and_kept_on_the_page(ana, proposal):
    long = "word " * 7000
    response = ana.post(page(proposal, Introduction), {"introduction": long, "revision": 0})
    assert response.status_code == 422
    shown = text(response)
    assert "<title>Error: Introduction" in shown
    assert '<a href="#id_introduction">Introduction: This text has 35,006 characters; there is room for 30,000.' in shown
    beside = " ".join(f"id_introduction_{what}" for what in ("helptext", "error", "unprintable", "findings"))
    assert f'aria-describedby="{beside}"' in shown
    assert 'aria-invalid="true"' in shown
    assert form_of(response)["introduction"].strip() == long.strip()
    assert answers(proposal) == COMPLETE


def test_a_line_that_is_too_long_is_refused_and_the_other_boxes_keep_what_was_typed(ana, proposal):
    sent = form_of(ana.get(page(proposal, GeneralInformation))) | {"unit": "u" * 301, "title": "on something new", "grade": "P1"}
    response = ana.post(page(proposal, GeneralInformation), sent)
    assert response.status_code == 422
    kept = form_of(response)
    assert {name: kept[name] for name in ("unit", "title", "grade", "opened")} == {
        "unit": "u" * 301, "title": "on something new", "grade": "P1", "opened": sent["opened"],
    }  # fmt: skip
    assert ana.post(page(proposal, GeneralInformation), kept | {"unit": "u" * 300}).status_code == 302
    assert answers(proposal) == COMPLETE | {"unit": "u" * 300, "title": "on something new", "grade": "P1"}


def test_an_answer_that_the_form_does_not_offer_is_refused(ana, proposal):
    response = ana.post(page(proposal, GeneralInformation), {"grade": "D2", "revision": 0})
    assert response.status_code == 422
    assert "Grade: Choose one of these: P2, P1." in text(response)
    assert answers(proposal)["grade"] == "P2"


def test_an_old_grade_stays_until_somebody_chooses_another(ana, cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], grade="P3")
    response = ana.get(page(proposal, GeneralInformation))
    assert "Now: “P3”, which the form does not offer." in text(response)
    assert "grade" not in form_of(response)
    ana.post(page(proposal, GeneralInformation), form_of(response) | {"unit": "Another unit"})
    assert answers(proposal) == COMPLETE | {"grade": "P3", "unit": "Another unit"}


# Examples, without a script


def test_an_example_is_put_at_the_end_of_its_box_and_nothing_is_saved_or_lost(ana, proposal):
    sent = form_of(ana.get(page(proposal, DutiesAndResponsibilities))) | {
        "duties": "My own.\r\n\r\n- duty",
        "key_outputs": "Not saved",
    }
    response = ana.post(page(proposal, DutiesAndResponsibilities), sent | {"use_example": "duties"})
    assert response.status_code == 200
    kept = form_of(response)
    assert canonical(kept["duties"]) == (
        "<p>My own.</p><ul><li>duty</li><li>Perform other tasks that may be assigned by the supervisor.</li></ul>"
    )
    assert (kept["key_outputs"], kept["revision"], kept["opened"]) == ("Not saved", "0", sent["opened"])
    assert answers(proposal) == COMPLETE
    ana.post(page(proposal, DutiesAndResponsibilities), kept)
    assert answers(proposal) == COMPLETE | {"duties": canonical(kept["duties"]), "key_outputs": "<p>Not saved</p>"}


def test_an_example_comes_in_the_language_of_the_proposal(ana, cast):
    french = begin(cast.ana, cast.offices["WORKSKILLS"], "fr")
    response = ana.post(page(french, DutiesAndResponsibilities), {"duties": "", "revision": 0, "use_example": "duties"})
    assert canonical(form_of(response)["duties"]) == form("fr").boxes["duties"].example != form("en").boxes["duties"].example


@pytest.mark.parametrize("name", ["no_such_box", "introduction", "", "key_outputs"])
def test_a_box_without_an_example_is_shown_as_it_was(ana, proposal, name):
    sent = form_of(ana.get(page(proposal, DutiesAndResponsibilities)))
    response = ana.post(page(proposal, DutiesAndResponsibilities), sent | {"use_example": name})
    assert (response.status_code, form_of(response)) == (
        200,
        sent | {"csrfmiddlewaretoken": form_of(response)["csrfmiddlewaretoken"]},
    )


# Two at once


def test_a_conflict_shows_both_texts_where_they_differ_and_saving_again_stores_mine(ana, cast, proposal):
    invite(proposal, cast.colin)
    opened = form_of(ana.get(page(proposal, DutiesAndResponsibilities)))
    write(proposal.pk, DutiesAndResponsibilities, cast.colin, {"duties": "<ul><li>Colin's <em>duty</em></li></ul>"}, 0)
    response = ana.post(page(proposal, DutiesAndResponsibilities), opened | {"duties": "Ana's duty"})
    assert response.status_code == 409
    shown = text(response)
    assert "Colin Mbeki saved this section" in shown
    assert "Colin<span" in shown
    assert "'s <em>duty</em>" in shown
    assert "key_outputs" not in shown
    assert answers(proposal)["duties"] == "<ul><li>Colin's <em>duty</em></li></ul>"
    kept = form_of(response)
    assert {name: kept[name] for name in ("duties", "revision")} == {"duties": "<p>Ana's duty</p>", "revision": "1"}
    assert ana.post(page(proposal, DutiesAndResponsibilities), kept).status_code == 302
    assert answers(proposal) == COMPLETE | {"duties": "<p>Ana's duty</p>"}
    assert [earlier.answers["duties"] for earlier in EarlierText.objects.order_by("pk")] == [
        COMPLETE["duties"],
        "<p>Ana's duty</p>",  # set aside when the two texts met
        "<ul><li>Colin's <em>duty</em></li></ul>",
    ]


def test_theirs_can_be_kept(ana, cast, proposal):
    invite(proposal, cast.colin)
    write(proposal.pk, Introduction, cast.colin, {"introduction": "<p>Theirs.</p>"}, 0)
    response = ana.post(page(proposal, Introduction), {"introduction": "Mine.", "revision": 0})
    assert f'href="{page(proposal, Introduction)}">Back to the section as it is saved</a>' in text(response)
    assert form_of(ana.get(page(proposal, Introduction)))["introduction"] == "<p>Theirs.</p>"


def test_a_second_colleague_in_between_makes_a_second_conflict(ana, cast, proposal):
    invite(proposal, cast.colin)
    write(proposal.pk, Introduction, cast.colin, {"introduction": "<p>Theirs.</p>"}, 0)
    first = ana.post(page(proposal, Introduction), {"introduction": "Mine.", "revision": 0})
    write(proposal.pk, Introduction, cast.colin, {"introduction": "<p>Theirs again.</p>"}, 1)
    second = ana.post(page(proposal, Introduction), form_of(first))
    assert (second.status_code, form_of(second)["revision"], form_of(second)["introduction"]) == (409, "2", "<p>Mine.</p>")


def test_a_conflict_answered_with_too_long_a_text_asks_for_that_box_alone(ana, cast, proposal):
    invite(proposal, cast.colin)
    write(proposal.pk, Supervision, cast.colin, {"supervisor_name": "Colin's choice"}, 0)
    sent = form_of(ana.get(page(proposal, Supervision))) | {"revision": "0", "opened": "", "supervisor_name": "x" * 300}
    conflict = form_of(ana.post(page(proposal, Supervision), sent))
    refused = ana.post(page(proposal, Supervision), conflict | {"supervisor_name": "x" * 301})
    assert refused.status_code == 422
    assert set(form_of(refused)) == {"csrfmiddlewaretoken", "revision", "opened", "supervisor_name"}


@pytest.mark.parametrize("revision", ["", "abc", "-1", "99999999999999999999", "²", None])
def test_a_page_that_cannot_say_what_it_was_made_from_is_a_conflict(ana, proposal, revision):
    sent = {"introduction": "Mine."} | ({} if revision is None else {"revision": revision})
    response = ana.post(page(proposal, Introduction), sent)
    assert (response.status_code, form_of(response)["introduction"]) == (409, "<p>Mine.</p>")
    assert answers(proposal) == COMPLETE


# Too late


def test_a_text_that_comes_after_the_submission_is_refused_and_shown_to_be_copied(ana, cast, proposal):
    opened = form_of(ana.get(page(proposal, DutiesAndResponsibilities)))
    step("submit", proposal, cast.ana)
    response = ana.post(page(proposal, DutiesAndResponsibilities), opened | {"duties": "Too late, <b>but</b> kept."})
    assert response.status_code == 409
    shown = text(response)
    assert "This proposal is “With the Director” since" in shown
    assert "Too late, &lt;b&gt;but&lt;/b&gt; kept.</textarea>" in shown
    assert f'href="/proposals/{proposal.pk}/"' in shown
    assert answers(proposal) == COMPLETE


def test_a_page_opened_too_late_leads_to_the_proposal_and_says_why(ana, cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    for name in ("overview", "details", "preview.pdf", "delete", "edit/introduction"):
        address = f"/proposals/{proposal.pk}/{'edit' if name == 'overview' else name}" + ("" if name.endswith("pdf") else "/")
        response = ana.get(address)
        assert (response.status_code, response["Location"]) == (302, f"/proposals/{proposal.pk}/")
    assert "it cannot be written in" in text(ana.get(f"/proposals/{proposal.pk}/"))


# Hostile and odd texts

CORPUS = [
    "<script>window.__x=1</script>",
    "<img src=x onerror=window.__x=1>",
    '<a href="javascript:window.__x=1">click</a>',
    '<a href="data:text/html,<script>window.__x=1</script>">d</a>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.__x=1&gt;'>",
    "<svg><p><style><g title='</style><img src onerror=window.__x=1>'>",
    "<p onmouseover=window.__x=1 style='background:url(http://evil.example/)'>over</p>",
    "</textarea><script>window.__x=1</script><textarea>",
    "<iframe srcdoc='<script>parent.__x=1</script>'></iframe>",
    '"><svg onload=window.__x=1>',
    "<p>{{ 7|add:7 }} {% load static %} {0.__class__} %s ${7*7}</p>",
    "<noscript><p title='</noscript><img src=x onerror=window.__x=1>'></noscript>",
]


@pytest.mark.parametrize("attack", CORPUS)
def test_a_hostile_text_is_stored_and_shown_inert(ana, proposal, attack):
    sent = {"title": f"in {attack}", "unit": attack, "revision": 0, "go": "stay"}
    ana.post(page(proposal, GeneralInformation), sent)
    ana.post(page(proposal, Introduction), {"introduction": attack, "revision": 0})
    ana.post(page(proposal, DutiesAndResponsibilities), {"duties": f"<p>x</p>{attack}", "revision": 0})
    assert answers(proposal)["duties"] == canonical(answers(proposal)["duties"])
    pages = [page(proposal, section) for section in TEMPLATE] + [
        f"/proposals/{proposal.pk}/edit/",
        f"/proposals/{proposal.pk}/delete/",
    ]
    too_old = ana.post(
        page(proposal, DutiesAndResponsibilities), {"duties": f"<p>y</p>{attack}", "key_outputs": attack, "revision": 9}
    )
    for response in [*map(ana.get, pages), too_old]:
        assert response.status_code in (200, 409)
        assert alive(response) == []


ODD = [
    "a\x00b",
    "\x01\x1f\x7f\x85",
    "\u202eevil\u2066",
    "\ufeff",
    "e" + "\u0301" * 1000,
    "👩\u200d👩\u200d👧",
    "Z\u200bW",
    "\ud7ff\ufffe",
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_characters_are_never_a_fault(ana, cast, proposal, odd):
    for section in TEMPLATE:
        sent = {field.name: f"x {odd} y" for field in section.fields() if field.kind is not Kind.CHOICE}
        assert ana.post(page(proposal, section), sent | {"revision": 0}).status_code < 500
        assert ana.get(page(proposal, section)).status_code == 200
        assert ana.post(page(proposal, section), sent | {"revision": odd, "use_example": odd, "opened": odd}).status_code < 500


def test_half_a_character_is_no_fault(ana, proposal):
    raw = b"introduction=x%ED%A0%80y%FF&revision=0"
    assert ana.post(page(proposal, Introduction), raw, content_type="application/x-www-form-urlencoded").status_code == 302
    assert answers(proposal)["introduction"] == "<p>x\ufffd\ufffd\ufffdy\ufffd</p>"


@pytest.mark.parametrize("section", [GeneralInformation, Introduction, Supervision])
@pytest.mark.parametrize("unit", ["w ", "<ul><li>", "<p>a</p>", "<", "&amp;", "\x00"])
def test_a_megabyte_is_refused_in_words_and_quickly(ana, proposal, section, unit):
    box = next(field.name for field in section.fields())
    response = ana.post(page(proposal, section), {box: unit * (1_000_000 // len(unit)), "revision": 0})
    assert response.status_code == 422
    assert "Shorten it and save again; your text is still here." in text(response)
    assert answers(proposal) == COMPLETE


def test_five_thousand_fields_are_refused(ana, proposal):
    sent = urlencode({f"field_{number}": "x" for number in range(5000)})
    response = ana.post(page(proposal, Introduction), sent, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    section=st.sampled_from(TEMPLATE),
    typed=st.text(max_size=400),
    revision=st.text(max_size=12) | st.integers(-3, 3).map(str),
    opened=st.text(max_size=30),
    go=st.text(max_size=10),
    example=st.none() | st.text(max_size=20) | st.sampled_from(["duties", "competencies"]),
)
def test_whatever_is_sent_no_section_falls_over(ana, proposal, section, typed, revision, opened, go, example):
    sent = {field.name: typed for field in section.fields()} | {"revision": revision, "opened": opened, "go": go}
    response = ana.post(page(proposal, section), sent | ({} if example is None else {"use_example": example}))
    assert response.status_code in (200, 302, 409, 422)
    assert ana.get(page(proposal, section)).status_code == 200
    for name, answer in answers(proposal).items():
        assert answer == canonical(answer) or answer == " ".join(answer.split(" ")), name
