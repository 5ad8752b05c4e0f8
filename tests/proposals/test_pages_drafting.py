"""The pages around the sections: overview, preview, details, deletion; who may open them, and what they cost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.press import LARGEST, PRINT
from organisation.models import User
from proposals.models import Colleague, Doubt, EarlierText, Proposal
from proposals.sections import TEMPLATE, GeneralInformation, Introduction
from proposals.states import State
from proposals.writing import begin, change_details, invite, write
from tests.documents import pdfs
from tests.proposals.pages import answers, form_of, page, signed_in, text
from tests.story import COMPLETE, bring_to, draft, step


@pytest.fixture
def proposal(cast) -> Proposal:
    """Ana's draft, with all its boxes filled."""
    return draft(cast.ana, cast.offices["WORKSKILLS"])


@pytest.fixture
def ana(cast) -> Client:
    """Ana's browser."""
    return signed_in(cast.ana)


def address(proposal: Proposal, name: str = "edit/") -> str:
    """The address of one of a proposal's pages."""
    return f"/proposals/{proposal.pk}/{name}"


def tasks(shown: str) -> dict[str, str]:
    """The task list of an overview: section and tag."""
    found = re.findall(
        r'<a href="[^"]*/edit/[a-z_]+/" lang="\w\w">(.*?)</a></div> <span class="jpo-tag[^"]*">(.*?)</span>', shown
    )
    return dict(found)


# The overview


def test_a_blank_proposal_has_nothing_started(ana, cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS/YOUTH"])
    shown = text(ana.get(address(proposal)))
    assert set(tasks(shown).values()) == {"Not started"}
    assert len(tasks(shown)) == 7
    assert "You have completed 0 of 7 sections." in shown
    assert "is empty" not in shown
    assert "Headquarters post: WORKSKILLS/YOUTH" in shown
    assert 'Continue with <span lang="en">General information</span>' in shown


def test_the_overview_says_what_is_missing_in_the_words_of_the_refusal(ana, cast):
    proposal = begin(cast.felix, cast.offices["CO-Jakarta"])
    felix = signed_in(cast.felix)
    write(proposal.pk, GeneralInformation, cast.felix, {"title": "on harbours", "unit": "Fisheries"}, 0)
    write(proposal.pk, Introduction, cast.felix, {"introduction": "word " * 1600}, 0)
    write(proposal.pk, TEMPLATE[1], cast.felix, {"supervisor_name": "Ratna"}, 0)
    shown = text(felix.get(address(proposal)))
    assert tasks(shown) == {
        "General information": "Completed",
        "Supervision": "2 things missing",
        "Introduction": "1 thing missing",
        "Duties and responsibilities": "Not started",
        "Qualifications and experience": "Not started",
        "Training components and learning elements": "Not started",
        "Background information": "Not started",
    }
    document = Proposal.objects.whole().get().document()
    for name in ("supervision", "introduction"):
        for problem in document.problems(document.form.section(name)):
            assert problem.sentence in shown
    assert "Field post: CO-Jakarta, Asia and the Pacific" in shown
    assert 'Continue with <span lang="en">Supervision</span>' in shown
    assert "<title>Junior Professional Officer on harbours – JPO Portal</title>" in shown


def test_a_complete_proposal_leads_to_its_submission(ana, proposal):
    shown = text(ana.get(address(proposal)))
    assert set(tasks(shown).values()) == {"Completed"}
    assert "Continue with" not in shown
    assert f'<a class="btn btn-primary" href="/proposals/{proposal.pk}/steps/submit/">Check and submit</a>' in shown


def test_colleagues_are_named_on_the_overview(ana, cast, proposal):
    invite(proposal, cast.colin)
    invite(proposal, cast.otto)
    Colleague.objects.filter(user=cast.otto).update(until="2026-01-01T00:00Z")
    shown = text(ana.get(address(proposal)))
    assert "Author: Ana Lindqvist <br>Colleagues: Colin Mbeki </p>" in shown


def test_a_returned_proposal_says_who_returned_it_and_why(ana, cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    step("submit", proposal, cast.ana)
    step("return", proposal, cast.dina, comment="Please name the outputs.\n\nAnd <b>shorten</b> it.")
    shown = text(ana.get(address(proposal)))
    assert "Dina Haddad (Director, WORKSKILLS) returned it on" in shown
    assert "Please name the outputs. And &lt;b&gt;shorten&lt;/b&gt; it." in shown
    assert "Returned to the author" in shown
    assert "Delete this draft" not in shown
    step("submit", proposal, cast.ana)
    step("recall", proposal, cast.ana)
    assert "Please name the outputs." not in text(ana.get(address(proposal)))


# The preview


def test_the_preview_is_the_pdf_of_the_draft_marked_as_one(ana, proposal):
    response = ana.get(address(proposal, "preview.pdf"))
    assert response.status_code == 200
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert response["Content-Disposition"] == (
        "inline; filename*=utf-8''Junior%20Professional%20Officer%20on%20apprenticeship%20systems"
        "%20%28Draft%20%E2%80%93%20not%20for%20publication%29.pdf"
    )
    printed = pdfs.text(response.content)
    assert "Draft – not for publication" in printed
    assert "Review apprenticeship laws." in printed
    assert pdfs.enclosures(response.content) == {"proposal.json": proposal.document().text()}


def test_a_text_that_cannot_be_printed_says_so_on_a_page(ana, cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"])
    huge = "<p>" + "<strong>a</strong><em>b</em>" * 1050 + "</p>"
    prose = {field.name: huge for section in TEMPLATE for field in section.fields() if field.most_characters > 300}
    for section in TEMPLATE:
        write(proposal.pk, section, cast.ana, {name: text for name, text in prose.items() if name in answers_in(section)}, 0)
    assert sum(map(len, answers(proposal).values())) > LARGEST
    response = ana.get(address(proposal, "preview.pdf"))
    assert response.status_code == 422
    assert PRINT.too_large in text(response)


def answers_in(section) -> set[str]:
    """The names of a section's boxes."""
    return {field.name for field in section.fields()}


# Details


def test_language_office_and_consent_can_be_changed_and_what_was_offered_follows(ana, cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS/YOUTH"])
    write(proposal.pk, GeneralInformation, cast.ana, {"duration": "24 months"}, 0)
    sent = {"language": "fr", "office": cast.offices["CO-Dakar"].pk, "named_to_donors": "on"}
    response = ana.post(address(proposal, "details/"), sent)
    assert response["Location"] == address(proposal)
    changed = Proposal.objects.whole().get()
    assert (changed.language, changed.office.code, changed.named_to_donors) == ("fr", "CO-Dakar", True)
    assert {name: answer for name, answer in answers(proposal).items() if answer} == {
        "title": "dans le domaine de",
        "duty_station": "Dakar, Senegal",
        "duration": "24 months",
        "grade": "P2",
        "department": "Bureau de pays pour le Sénégal (CO-Dakar)",
    }
    assert EarlierText.objects.latest("pk").answers["department"] == "Department of Skills and Working Life (WORKSKILLS)"


def test_the_page_of_details_shows_what_is_set(ana, cast, proposal):
    ana.post(address(proposal, "details/"), {"language": "es", "office": proposal.office_id, "named_to_donors": "on"})
    shown = text(ana.get(address(proposal, "details/")))
    assert f'<option value="{proposal.office_id}" selected>' in shown
    assert 'value="es" class="form-check-input" id="id_language_2" required checked' in shown
    assert re.search(r'name="named_to_donors"[^>]* checked', shown)


def test_a_text_of_ones_own_stays_when_language_and_office_change(ana, cast, proposal):
    revisions = [row.revision for row in proposal.sections]
    ana.post(address(proposal, "details/"), {"language": "fr", "office": cast.offices["DATAHUB"].pk})
    now = answers(proposal)
    assert {name for name in now if now[name] != COMPLETE[name]} == {"duration", "department"}
    after = [row.revision for row in Proposal.objects.whole().get().sections]
    assert after == [revisions[0] + 1, *revisions[1:]]
    assert Proposal.objects.get().title == "Administrateur/trice auxiliaire (JPO) on apprenticeship systems"


def test_the_office_stays_once_a_proposal_was_submitted(ana, cast):
    proposal = bring_to(State.RETURNED, cast)
    assert 'name="office"' not in text(ana.get(address(proposal, "details/")))
    ana.post(address(proposal, "details/"), {"language": "en", "office": cast.offices["CO-Dakar"].pk, "named_to_donors": "on"})
    changed = Proposal.objects.get()
    assert (changed.office.code, changed.named_to_donors) == ("WORKSKILLS", True)


def test_not_even_past_the_page_does_the_office_of_a_submitted_proposal_change(cast):
    proposal = bring_to(State.RETURNED, cast)
    change_details(proposal.pk, cast.ana, "en", False, cast.offices["CO-Dakar"])
    assert Proposal.objects.get().office.code == "WORKSKILLS"


def test_a_wrong_detail_is_said_and_nothing_changes(ana, cast, proposal):
    response = ana.post(address(proposal, "details/"), {"language": "de", "office": "0"})
    assert response.status_code == 422
    assert "<title>Error: Details" in text(response)
    assert (Proposal.objects.get().language, Proposal.objects.get().office.code) == ("en", "WORKSKILLS")


# Deletion


def test_a_draft_that_was_never_submitted_can_be_deleted_by_its_author(ana, cast, proposal):
    invite(proposal, cast.colin)
    Doubt.objects.create(proposal=proposal, text="x", why="y")
    write(proposal.pk, Introduction, cast.colin, {"introduction": "<p>x</p>"}, 0)
    follower = begin(cast.colin, proposal.office, follows=proposal)
    assert "Delete this draft?" in text(ana.get(address(proposal, "delete/")))
    assert Proposal.objects.filter(pk=proposal.pk).exists()
    response = ana.post(address(proposal, "delete/"))
    assert response["Location"] == "/"
    assert list(Proposal.objects.all()) == [follower]
    assert (Doubt.objects.count(), Colleague.objects.count(), EarlierText.objects.count()) == (0, 0, 0)
    assert Introduction.objects.count() == 1
    assert ana.post(address(proposal, "delete/")).status_code == 404


def test_nobody_else_deletes_it(cast, proposal):
    invite(proposal, cast.colin)
    colin = signed_in(cast.colin)
    assert "Delete this draft" not in text(colin.get(address(proposal)))
    assert colin.get(address(proposal, "delete/")).status_code == colin.post(address(proposal, "delete/")).status_code == 403
    for who in (cast.dina, cast.june, cast.otto, cast.root):
        assert signed_in(who).post(address(proposal, "delete/")).status_code == 404
    assert Proposal.objects.count() == 1


def test_what_was_submitted_once_stays(ana, cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    assert ana.post(address(proposal, "delete/")).status_code == 409
    step("recall", proposal, cast.ana)
    response = ana.post(address(proposal, "delete/"))
    assert response.status_code == 409
    assert "This proposal was submitted once; it cannot be deleted. You can withdraw it instead." in text(response)
    assert ana.get(address(proposal, "delete/"))["Location"] == address(proposal, "")
    assert Proposal.objects.count() == 1


# Who may open what

PAGES = ("edit/", "edit/supervision/", "details/", "delete/", "preview.pdf")
WHO_MAY = """
             edit/  edit/supervision/  details/  delete/  preview.pdf
a draft
    ana       200          200            200      200       200
    colin     200          200            200      403       200
    dina      404          404            404      404       404
    june      404          404            404      404       404
    otto      404          404            404      404       404
    root      404          404            404      404       404
returned
    ana       200          200            200      302       200
    colin     200          200            200      403       200
    dina      403          403            403      403       404
    june      403          403            403      403       404
    otto      404          404            404      404       404
    root      404          404            404      404       404
with the Director
    ana       302          302            302      302       302
    colin     302          302            302      302       302
    dina      403          403            403      403       404
    june      403          403            403      403       404
    otto      404          404            404      404       404
    root      404          404            404      404       404
"""
STATES = {"a draft": State.DRAFT, "returned": State.RETURNED, "with the Director": State.ENDORSEMENT}


def table() -> list[tuple[str, str, tuple[int, ...]]]:
    """The table above: state, person, what each page answers."""
    rows, state = [], ""
    for line in WHO_MAY.strip().splitlines()[1:]:
        if not line.startswith(" "):
            state = line
        else:
            who, *codes = line.split()
            rows.append((state, who, tuple(map(int, codes))))
    return rows


@pytest.mark.parametrize("state", STATES)
def test_who_may_open_what(cast, state):
    proposal = bring_to(STATES[state], cast)
    invite(proposal, cast.colin)
    for _state, who, expected in (row for row in table() if row[0] == state):
        browser = signed_in(getattr(cast, who))
        assert (who, tuple(browser.get(address(proposal, name)).status_code for name in PAGES)) == (who, expected)


@pytest.mark.parametrize("state", STATES)
def test_only_authors_write(cast, state):
    proposal = bring_to(STATES[state], cast)
    seen_by = (
        {"dina": 403, "june": 403, "otto": 404, "root": 404}
        if state != "a draft"
        else dict.fromkeys(["dina", "june", "otto"], 404)
    )
    posts = {
        "edit/introduction/": {"introduction": "x", "revision": 0},
        "details/": {"language": "fr"},
        "delete/": {},
        "doubts/1/": {},
    }
    before = answers(proposal)
    for who, expected in seen_by.items():
        for name, sent in posts.items():
            assert signed_in(getattr(cast, who)).post(address(proposal, name), sent).status_code == expected
        assert (
            signed_in(getattr(cast, who))
            .post(address(proposal, "edit/duties_and_responsibilities/"), {"use_example": "duties"})
            .status_code
            == expected
        )
    assert answers(proposal) == before
    assert Proposal.objects.get().language == "en"


def test_a_colleague_who_was_removed_may_no_longer_write(cast, proposal):
    invite(proposal, cast.colin)
    Colleague.objects.update(until="2026-01-01T00:00Z")
    colin = signed_in(cast.colin)
    assert colin.get(address(proposal)).status_code == 404
    assert colin.post(page(proposal, Introduction), {"introduction": "x", "revision": 0}).status_code == 404


def test_what_one_may_not_see_looks_like_what_does_not_exist(cast, proposal):
    otto = signed_in(cast.otto)
    for name in PAGES:
        hidden, nothing = otto.get(address(proposal, name)), otto.get(f"/proposals/4711/{name}")
        assert (hidden.status_code, without_tokens(hidden)) == (404, without_tokens(nothing))
    assert otto.get(f"/proposals/{10**30}/edit/").status_code == 404
    assert otto.post(f"/proposals/{10**30}/edit/introduction/", {"introduction": "x"}).status_code == 404


def without_tokens(response) -> str:
    """A page without the token and the nonce that are new on every one."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", response.content.decode())


def test_a_stranger_is_sent_to_the_sign_in_page(cast, proposal):
    for name in (*PAGES, "doubts/1/"):
        assert Client().get(address(proposal, name))["Location"].startswith("/account/login/?next=")
    for name in ("", "blank/", "copy/", "copy/1/", "file/"):
        assert Client().post(f"/proposals/new/{name}")["Location"].startswith("/account/login/?next=")


# What it costs


def statements(ask: Callable[..., Any], *what: Any) -> list[str]:
    """The statements that a request makes, its session and its transaction among them."""
    with CaptureQueriesContext(connection) as queries:
        assert ask(*what).status_code in (200, 302)
    return [query["sql"] for query in queries]


def test_pages_cost_the_same_with_much_beside_them_as_with_little(ana, cast, proposal):
    Proposal.objects.update(office=cast.offices["WORKSKILLS/YOUTH"])
    names = ["edit/", "details/", *(f"edit/{section.name()}/" for section in TEMPLATE)]

    def cost() -> dict[str, int]:
        return {name: len(statements(ana.get, address(proposal, name))) for name in names}

    few = cost()
    for number in range(60):
        Doubt.objects.create(proposal=proposal, text=f"piece {number}", why="?")
        invite(proposal, User.objects.create_user(f"colleague{number}@demo.example", f"Colleague {number}"))
        write(proposal.pk, Introduction, cast.ana, {"introduction": f"<p>{number}</p>"}, number)
    assert cost() == few
    assert max(few.values()) <= 10, few


def test_a_save_costs_little(cast, ana):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"])
    costs = {}
    for section in TEMPLATE:
        sent = {field.name: COMPLETE[field.name] for field in section.fields()} | {"revision": 0}
        costs[section.name()] = len(statements(ana.post, page(proposal, section), sent))
    assert max(costs.values()) <= 9, costs
    assert answers(proposal) == COMPLETE


def test_no_page_that_is_only_looked_at_changes_anything(ana, cast, proposal):
    Doubt.objects.create(proposal=proposal, text="piece", why="?")
    gone = bring_to(State.ENDORSEMENT, cast)
    names = [*PAGES, *(f"edit/{section.name()}/" for section in TEMPLATE)]
    looked_at = [address(proposal, name) for name in names] + [address(gone, name) for name in names]
    looked_at += [f"/proposals/new/{name}" for name in ("", "blank/", "copy/", f"copy/{gone.pk}/", "file/")]
    for where in looked_at:
        for look in (ana.get, ana.head):
            written = [sql for sql in statements(look, where) if not sql.startswith("SELECT")]
            assert (where, written) == (where, [])


def test_forms_ask_for_their_token(cast, proposal):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.ana)
    for name in ("edit/introduction/", "details/", "delete/", "doubts/1/"):
        assert strict.post(address(proposal, name), {"introduction": "x"}).status_code == 403
    sent = form_of(strict.get(page(proposal, Introduction)))
    assert strict.post(page(proposal, Introduction), sent).status_code == 302
    assert answers(proposal) == COMPLETE
