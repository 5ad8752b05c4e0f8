"""People and their appointments: one account per address, dated roles, and what somebody may decide today."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from organisation.models import Appointment, Office, User
from organisation.standing import Standing
from workflow.demonstration.cast import ACTING_AFTER, ACTING_FOR, address

DAY = datetime.timedelta(days=1)


def afresh(user: User) -> User:
    """The person as a new request knows them."""
    return User.objects.get(pk=user.pk)


# Accounts


def test_an_address_is_one_account_in_capitals_or_not(db):
    user = User.objects.create_user(" Nadia.Roth@Demo.Example ", " Nadia \t Roth\n")
    assert (user.email, user.name) == ("nadia.roth@demo.example", "Nadia Roth")
    assert User.objects.get_by_natural_key("NADIA.ROTH@demo.example") == user
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("nadia.ROTH@demo.example", "Somebody else")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="Nadia.Roth@demo.example", name="Somebody else")])


@pytest.mark.parametrize("email", ["", None, "nobody@demo.example"])
def test_an_address_without_an_account_is_nobodys(cast, email):
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key(email)


def test_without_a_password_nobody_can_sign_in(db):
    user = User.objects.create_user("nadia@demo.example", "Nadia Roth")
    assert not user.has_usable_password()
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)


def test_an_administrator_administers_and_decides_nothing_by_that(db):
    root = User.objects.create_superuser("root@demo.example", "Root")
    assert (root.is_staff, root.is_superuser, root.standing) == (True, True, Standing())


# What somebody holds


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ana", []),
        ("dina", ["Director, WORKSKILLS"]),
        ("greta", ["Director, DATAHUB", "Director, GREENJOBS"]),
        ("hugo", ["HR Partner, Asia and the Pacific"]),
        ("june", ["JPO unit"]),
        ("adele", []),
        ("root", []),
    ],
)
def test_what_the_cast_holds_today(cast, name, words):
    assert sorted(a.words for a in getattr(cast, name).held) == words


def test_standing_is_what_the_appointments_of_today_say(cast):
    offices, asia = cast.offices, cast.offices["CO-Jakarta"].region
    assert cast.dina.standing == Standing(directs=(offices["WORKSKILLS"].path,))
    assert cast.hugo.standing == Standing(regions=(asia.pk,))
    assert cast.june.standing == Standing(jpo_unit=True)
    assert cast.otto.standing == Standing()


@pytest.mark.parametrize(
    ("after", "holds"),
    [
        (ACTING_AFTER - DAY, False),
        (ACTING_AFTER, True),
        (ACTING_AFTER + ACTING_FOR, True),
        (ACTING_AFTER + ACTING_FOR + DAY, False),
    ],
)
def test_an_acting_appointment_runs_from_its_first_to_its_last_day(cast, after, holds):
    with time_machine.travel(timezone.now() + after):
        standing = afresh(cast.adele).standing
    acting = Standing(directs=(cast.offices["WORKSKILLS"].path,), deputy_of=(cast.dina.pk,))
    assert standing == (acting if holds else Standing())


def test_an_appointment_begins_and_ends_at_midnight_of_the_site(cast):
    Appointment.objects.create(
        user=cast.otto, role="jpo_unit", starts=datetime.date(2026, 11, 23), ends=datetime.date(2026, 11, 23)
    )
    holds = []
    for moment in ("22T22:59", "22T23:01", "23T22:59", "23T23:01"):  # Geneva is an hour ahead of UTC in November
        with time_machine.travel(datetime.datetime.fromisoformat(f"2026-11-{moment}+00:00"), tick=False):
            holds.append(afresh(cast.otto).standing.jpo_unit)
    assert holds == [False, True, True, False]


def test_a_closed_account_holds_nothing(cast):
    User.objects.filter(pk=cast.dina.pk).update(is_active=False)
    assert (afresh(cast.dina).held, afresh(cast.dina).standing) == ([], Standing())
    assert not Appointment.objects.current().filter(user=cast.dina).exists()


def test_a_deputys_deputy_stands_for_both(cast):
    today = timezone.localdate()
    Appointment.objects.create(user=cast.otto, role="jpo_unit", acting_for=cast.adele)
    assert set(afresh(cast.otto).standing.deputy_of) == {cast.adele.pk}
    Appointment.objects.filter(user=cast.adele).update(starts=today)
    assert set(afresh(cast.otto).standing.deputy_of) == {cast.adele.pk, cast.dina.pk}


def test_what_was_held_and_what_will_be_is_no_part_of_today(cast):
    today = timezone.localdate()
    office = cast.offices["GREENJOBS"]
    for starts, ends in ((today - 9 * DAY, today - DAY), (today + DAY, None)):
        Appointment.objects.create(user=cast.otto, role="director", office=office, starts=starts, ends=ends)
    assert afresh(cast.otto).standing == Standing()
    assert [a.user for a in Appointment.objects.current(today + DAY).filter(office=office)] == [cast.otto, cast.greta]


# Appointments the database refuses


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "director"},
        {"role": "director", "region": "asia"},
        {"role": "director", "office": "WORKSKILLS", "region": "asia"},
        {"role": "hr_partner"},
        {"role": "hr_partner", "office": "WORKSKILLS"},
        {"role": "jpo_unit", "office": "WORKSKILLS"},
        {"role": "jpo_unit", "region": "asia"},
        {"role": "emperor"},
        {"role": "jpo_unit", "ends": datetime.date(2000, 1, 1)},
        {"role": "jpo_unit", "acting_for": "otto"},
    ],
    ids=str,
)
def test_an_appointment_without_its_place_or_against_time_is_refused(cast, wrong):
    given = {
        "office": cast.offices.get(wrong.pop("office", "")),
        "region": cast.offices["CO-Jakarta"].region if wrong.pop("region", "") else None,
        "acting_for": cast.people.get(wrong.pop("acting_for", "")),
    }
    appointment = Appointment(user=cast.otto, **given, **wrong)
    with pytest.raises(ValidationError):
        appointment.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        appointment.save()


@pytest.mark.parametrize(
    ("who", "acting_for", "words"),
    [("dina", None, "Director, WORKSKILLS"), ("dina", "maya", "Director, WORKSKILLS (acting for Maya Ferreira)")],
)
def test_an_appointment_in_words(cast, who, acting_for, words):
    appointment = Appointment(
        user=getattr(cast, who), role="director", office=cast.offices["WORKSKILLS"], acting_for=cast.people.get(acting_for)
    )
    assert (appointment.words, str(appointment)) == (words, f"Dina Haddad, {words}")


def test_the_cast_has_one_account_each_and_no_real_address(cast):
    assert set(User.objects.values_list("email", flat=True)) == {address(name) for name in cast.people}
    assert Office.objects.count() == len(cast.offices)
