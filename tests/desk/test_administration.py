"""Offices, people and appointments are entered by the JPO unit; nobody else gets in."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from documents.signs import sentence
from organisation.models import Appointment, Office, User
from workflow.demonstration.cast import Cast
from workflow.models import Letter


@pytest.fixture
def desk(cast: Cast) -> Client:
    """June's browser, signed in."""
    client = Client()
    client.force_login(cast.june)
    return client


@pytest.mark.parametrize(
    ("who", "status"), [("june", 200), ("root", 200), ("ana", 403), ("dina", 403), ("hugo", 403), ("otto", 403)]
)
def test_only_the_jpo_unit_and_administrators_get_in(cast: Cast, client: Client, who: str, status: int) -> None:
    client.force_login(cast.people[who])
    pages = ["index", "organisation_user_changelist", "organisation_office_add", "workflow_letter_changelist"]
    assert {client.get(reverse(f"admin:{page}"), follow=True).status_code for page in pages} == {status}


def test_a_stranger_is_sent_to_the_one_sign_in_page(client: Client, db: None) -> None:
    answer = client.get(reverse("admin:organisation_user_changelist"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_a_new_person_gets_a_welcome_letter_whose_link_sets_a_password(desk: Client) -> None:
    page = reverse("admin:organisation_user_add")
    no_appointments = {"appointments-TOTAL_FORMS": "0", "appointments-INITIAL_FORMS": "0"}
    answer = desk.post(page, {"email": "Nina.Sorel@demo.example", "name": "Nina Sorel", **no_appointments})
    assert answer.status_code == 302, answer.context["errors"]
    nina, letter = User.objects.get(email="nina.sorel@demo.example"), Letter.objects.get()
    assert not nina.has_usable_password()
    assert (letter.to_address, letter.subject) == ("nina.sorel@demo.example", "Welcome to the JPO Portal")

    link = re.search(r"http://testserver(/account/password/reset/key/\S+)", letter.body)
    assert link
    visitor = Client()
    form = visitor.get(link[1], follow=True)
    set_it = {"password1": "a quiet harbour 27", "password2": "a quiet harbour 27"}
    visitor.post(form.redirect_chain[-1][0], set_it)
    nina.refresh_from_db()
    assert nina.check_password("a quiet harbour 27")


def test_a_name_that_the_paper_cannot_print_is_not_entered(desk: Client, cast: Cast) -> None:
    no_appointments = {"appointments-TOTAL_FORMS": "0", "appointments-INITIAL_FORMS": "0"}
    person = {"email": "li@demo.example", "name": "李 Ming", **no_appointments}
    answer = desk.post(reverse("admin:organisation_user_add"), person)
    assert sentence("李", "“李 Ming”") in html.unescape(answer.content.decode())
    office = {"code": "CO-東京", "name": "Tokyo", "kind": "unit"}
    assert "have no sign" in desk.post(reverse("admin:organisation_office_add"), office).content.decode()
    assert not User.objects.filter(email=person["email"]).exists()
    assert desk.post(reverse("admin:organisation_user_add"), person | {"name": "LI Ming"}).status_code == 302


def test_the_jpo_unit_cannot_make_or_change_administrators(desk: Client, cast: Cast) -> None:
    no_appointments = {"appointments-TOTAL_FORMS": "0", "appointments-INITIAL_FORMS": "0"}
    desk.post(
        reverse("admin:organisation_user_add"),
        {"email": "x@demo.example", "name": "X", "is_superuser": "on", **no_appointments},
    )
    assert not User.objects.get(email="x@demo.example").is_superuser

    page = reverse("admin:organisation_user_change", args=[cast.root.pk])
    answer = desk.post(page, {"email": "june@evil.example", "name": "R", "is_active": "on", **no_appointments})
    cast.root.refresh_from_db()
    assert (answer.status_code, cast.root.email) == (403, "root@demo.example")


def test_an_office_moved_in_the_register_takes_its_parts_along(desk: Client, cast: Cast) -> None:
    youth, datahub = cast.offices["WORKSKILLS/YOUTH"], cast.offices["DATAHUB"]
    new = {"code": youth.code, "name": youth.name, "kind": "unit", "parent": datahub.pk, "place": youth.place}
    assert desk.post(reverse("admin:organisation_office_change", args=[youth.pk]), new).status_code == 302
    assert Office.objects.get(pk=youth.pk).path == f"{datahub.path}{youth.pk}/"

    ring = {"code": "DATAHUB", "name": datahub.name, "kind": "department", "parent": youth.pk}
    answer = desk.post(reverse("admin:organisation_office_change", args=[datahub.pk]), ring)
    assert "cannot also stand above it" in answer.content.decode()


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"role": "director"}, "A Director needs an office"),
        ({"role": "hr_partner"}, "an HR Partner a region"),
        ({"role": "jpo_unit", "ends": "2020-01-01"}, "ends before it starts"),
    ],
)
def test_an_impossible_appointment_is_refused_in_words(desk: Client, cast: Cast, entry: dict[str, str], sentence: str) -> None:
    before = Appointment.objects.count()
    answer = desk.post(reverse("admin:organisation_appointment_add"), {"user": cast.otto.pk, "starts": "2026-01-01", **entry})
    assert sentence in answer.content.decode()
    assert Appointment.objects.count() == before
