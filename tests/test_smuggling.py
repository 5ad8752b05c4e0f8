"""What no form asks for is not stored, however often and under whatever name it is sent along (FAULTS, A3)."""

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import User
from proposals.models import Proposal
from proposals.states import State
from tests.story import bring_to, draft
from workflow.models import Letter


def smuggled(cast) -> dict[str, object]:
    """Names that a careless form would take, with what somebody would like to see stored."""
    return {
        "state": ["issued", "issued"], "author": cast.otto.pk, "author_id": cast.otto.pk, "user": cast.otto.pk, "place": 9,
        "version": 1, "version_id": 1, "post": 1, "post_number": 7777, "post_id": 1, "since": "2001-01-01", "pk": 77, "id": 77,
        "created_at": "2001-01-01", "is_field": "", "is_superuser": "1", "is_staff": "1", "is_active": "", "email": "x@x.example",
        "saved_by": cast.otto.pk, "kept_at": "", "proposal": 77, "proposal_id": 77, "proposal[state]": "issued",
        "proposal.state": "issued", "role": "JPO unit", "actor": cast.june.pk, "to": "issued", "target": "issued",
        "channel": "link", "action": "issue", "acting_for": cast.maya.pk, "_method": "DELETE", "as": "june",
    }  # fmt: skip


def signed_in(user: User) -> Client:
    """A browser of this person's."""
    browser = Client()
    browser.force_login(user)
    return browser


def people() -> list[dict]:
    """Every account as it stands; when somebody last signed in is no matter."""
    return list(User.objects.order_by("pk").values("pk", "email", "name", "is_superuser", "is_active", "password"))


def row(proposal: Proposal) -> dict:
    """The proposal's own row."""
    return Proposal.objects.values().get(pk=proposal.pk)


def test_a_section_stores_its_boxes_alone(cast):
    proposal, before = draft(cast.ana, cast.offices["WORKSKILLS"]), people()
    was, texts = row(proposal), Proposal.objects.whole().get().document().answers
    sent = smuggled(cast) | {"introduction": "<p>Only this.</p>", "duties": "<p>Not this.</p>", "revision": "0"}
    answer = signed_in(cast.ana).post(reverse("section", args=[proposal.pk, "introduction"]), sent)
    assert answer.status_code == 302
    assert (row(proposal), people()) == (was, before)
    assert Proposal.objects.whole().get().document().answers == texts | {"introduction": "<p>Only this.</p>"}
    assert Proposal.objects.whole().get().introduction.saved_by == cast.ana


def test_details_store_language_consent_and_office_alone(cast):
    proposal, office = draft(cast.ana, cast.offices["WORKSKILLS"]), cast.offices["DATAHUB"]
    was = row(proposal)
    sent = smuggled(cast) | {"language": "fr", "named_to_donors": "on", "office": office.pk}
    assert signed_in(cast.ana).post(reverse("details", args=[proposal.pk]), sent).status_code == 302
    now = row(proposal)
    assert now == was | {"language": "fr", "named_to_donors": True, "office_id": office.pk, "title": now["title"]}


@pytest.mark.parametrize("name", ["new_blank", "new_copy"])
def test_a_new_proposal_is_its_authors_own_draft(cast, name):
    earlier = bring_to(State.ISSUED, cast)
    args = [earlier.pk] if name == "new_copy" else []
    sent = smuggled(cast) | {"office": earlier.office_id, "language": "en"}
    assert signed_in(cast.ana).post(reverse(name, args=args), sent).status_code == 302
    new = Proposal.objects.latest("pk")
    assert new.pk not in (earlier.pk, 77)
    assert (new.author, new.state, new.place, new.version, new.post) == (cast.ana, State.DRAFT, 0, None, None)
    assert new.follows == (earlier if args else None)


def test_a_decision_is_the_one_of_its_page_by_the_one_who_pressed(cast):
    proposal, before = bring_to(State.ENDORSEMENT, cast), people()
    sent = smuggled(cast) | {"seen": Proposal.objects.whole().get().seen(), "month": "3", "year": "2027", "number": "7777"}
    assert signed_in(cast.dina).post(reverse("step", args=[proposal.pk, "endorse"]), sent).status_code == 303
    event = proposal.events.last()
    assert (event.action, event.actor, event.said["role"], event.said["to"], event.said["acting_for"], event.said["given"]) == (
        "endorse", cast.dina, "Director, WORKSKILLS", "submitted", "", {},
    )  # fmt: skip
    assert (event.said["channel"], Proposal.objects.get().post, people()) == ("page", None, before)


def test_a_new_password_changes_nothing_else_of_an_account(cast):
    cast.otto.set_password("something old and long")
    cast.otto.save()
    before = {person["pk"]: person for person in people()}
    sent = smuggled(cast) | {
        "oldpassword": "something old and long", "password1": "quite another sentence", "password2": "quite another sentence",
    }  # fmt: skip
    assert signed_in(cast.otto).post(reverse("account_change_password"), sent).status_code == 302
    after = {person["pk"]: person for person in people()}
    assert after[cast.otto.pk].pop("password") != before[cast.otto.pk].pop("password")
    assert after == before


def test_the_jpo_unit_makes_nobody_an_administrator(cast):
    rows = {f"appointments-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    sent = smuggled(cast) | rows | {"email": "otto@demo.example", "name": "Otto Berg", "is_active": "on", "password": "x"}
    address = reverse("admin:organisation_user_change", args=[cast.otto.pk])
    before = people()
    assert signed_in(cast.june).post(address, sent).status_code == 302
    assert people() == before


def test_letters_are_not_written_in(cast):
    letter = bring_to(State.ENDORSEMENT, cast).letters.get()
    before = Letter.objects.values().get()
    address = reverse("admin:workflow_letter_change", args=[letter.pk])
    sent = {"to_address": "otto@demo.example", "body": "x", "state": "sent", "subject": "x"}
    for user in (cast.june, cast.root):
        signed_in(user).post(address, sent)
    assert Letter.objects.values().get() == before
