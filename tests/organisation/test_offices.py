"""Offices: a tree that is moved whole, and the region that makes a post a field post."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organisation.models import Office
from proposals.policy import visible_to
from proposals.states import State
from tests.story import bring_to, draft


def office(code: str) -> Office:
    """An office as it stands in the register."""
    return Office.objects.get(code=code)


def above(code: str) -> list[str]:
    """The offices above one and itself, from the top down."""
    return [Office.objects.get(pk=pk).code for pk in office(code).above]


def test_an_office_knows_those_above_it(cast):
    assert above("WORKSKILLS/YOUTH") == ["ILO-HQ", "WORKSKILLS", "WORKSKILLS/YOUTH"]
    assert above("CO-Jakarta") == ["RO-Asia", "CO-Jakarta"]
    assert above("ILO-HQ") == ["ILO-HQ"]


def test_a_department_that_moves_takes_its_units_along(cast):
    Office.objects.create(code="WORKSKILLS/YOUTH/DESK", name="Desk", kind="unit", parent=office("WORKSKILLS/YOUTH"))
    moved = office("WORKSKILLS")
    moved.parent = office("GREENJOBS")
    moved.save()
    assert above("WORKSKILLS/YOUTH/DESK") == ["ILO-HQ", "GREENJOBS", "WORKSKILLS", "WORKSKILLS/YOUTH", "WORKSKILLS/YOUTH/DESK"]
    moved.parent = None
    moved.save()
    assert above("WORKSKILLS/YOUTH/DESK") == ["WORKSKILLS", "WORKSKILLS/YOUTH", "WORKSKILLS/YOUTH/DESK"]


def test_who_decides_follows_an_office_that_moves(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    assert not visible_to(cast.greta).filter(pk=proposal.pk).exists()
    moved = office("WORKSKILLS")
    moved.parent = office("GREENJOBS")
    moved.save()
    assert visible_to(cast.greta).filter(pk=proposal.pk).exists()


def test_an_office_is_not_put_below_its_own_part(cast):
    top = office("WORKSKILLS")
    for part in ("WORKSKILLS", "WORKSKILLS/YOUTH"):
        top.parent = office(part)
        with pytest.raises(ValidationError, match=f"{part} is a part of WORKSKILLS; it cannot also stand above it."):
            top.clean()


def test_an_office_whose_number_begins_like_anothers_is_not_its_part(cast):
    """Paths end in a slash: what belongs to office 1 does not belong to office 11."""
    first = Office.objects.create(pk=1001, code="FIRST", name="First", kind="department")
    longer = Office.objects.create(pk=10011, code="LONGER", name="Longer", kind="department")
    assert not longer.path.startswith(first.path)


# Field and headquarters


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("WORKSKILLS", "Headquarters post: WORKSKILLS"),
        ("CO-Jakarta", "Field post: CO-Jakarta, Asia and the Pacific"),
        ("RO-Europe", "Field post: RO-Europe, Europe and Central Asia"),
    ],
)
def test_the_register_says_what_is_a_field_post_and_why(cast, code, why):
    proposal = draft(cast.ana, cast.offices[code])
    assert (proposal.is_field, proposal.why_field) == (why.startswith("Field"), why)


def test_the_city_says_nothing_about_it(cast):
    """The Regional Office for Europe sits in Geneva; a headquarters department may post a JPO to Bangkok."""
    assert office("RO-Europe").place == "Geneva, Switzerland"
    assert office("RO-Europe").is_field
    away = draft(cast.ana, cast.offices["WORKSKILLS"], duty_station="Bangkok, Thailand")
    assert not away.is_field


@pytest.mark.parametrize(("kind", "region"), [("regional", None), ("team", None), ("country", None)])
def test_a_field_office_needs_its_region(db, kind, region):
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(code="X", name="X", kind=kind, region=region)


@pytest.mark.parametrize("kind", ["headquarters", "department"])
def test_a_headquarters_department_has_none(cast, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(code="X", name="X", kind=kind, region=cast.offices["RO-Asia"].region)


def test_a_unit_may_sit_in_the_field_or_not(cast):
    for region in (None, cast.offices["RO-Asia"].region):
        unit = Office.objects.create(code=f"UNIT-{region}", name="Unit", kind="unit", region=region)
        assert unit.is_field == (region is not None)


# Names


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "Department of Skills and Working Life (WORKSKILLS)"),
        ("fr", "Département des compétences et de la vie au travail (WORKSKILLS)"),
        ("es", "Departamento de Competencias y Vida Laboral (WORKSKILLS)"),
    ],
)
def test_the_form_prints_the_name_in_its_language(cast, language, printed):
    assert office("WORKSKILLS").printed_name(language) == printed


def test_a_name_that_is_missing_in_a_language_is_printed_in_english(db):
    assert Office(code="EVAL", name="Evaluation Office").printed_name("fr") == "Evaluation Office (EVAL)"
