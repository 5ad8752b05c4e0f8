"""The registers as the rules see them: read when something changes, and kept until then."""

import datetime
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.models import Office
from proposals import checking
from proposals.checking import as_shipped, registers
from readiness import registers as values
from registers.models import Acronym, Instrument, Outcome, Term, Word
from workflow.demonstration.cast import Cast


def statements() -> int:
    """How many statements asking for the registers takes."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        registers()
    return len(asked)


@pytest.mark.django_db
def test_one_statement_asks_whether_they_are_still_the_same():
    first = registers()
    assert statements() == 1
    assert registers() is first


CHANGES = [
    ("a term entered", lambda: Term.objects.create(language="en", words="old", instead="new", reason="Why."), lambda r: ("old", "new") in {(t.words, t.instead) for t in r.terms}),
    ("an outcome entered", lambda: Outcome.objects.create(biennium="2026-27", code="3", title="Any"), lambda r: values.Outcome("2026-27", "3", "Any") in r.outcomes),
    ("a word entered", lambda: Word.objects.create(word="upbeating"), lambda r: "upbeating" in r.words),
    ("an acronym ended", lambda: _end(Acronym.objects.get(letters="UNDP")), lambda r: "UNDP" not in {a.letters for a in r.acronyms}),
    ("an instrument not yet begun", lambda: _begin_tomorrow(Instrument.objects.get(kind="Convention", number=190)), lambda r: 190 not in {i.number for i in r.instruments if i.kind == "Convention"}),
    ("an office entered", lambda: Office.objects.create(code="QUAY", name="Quay Department", kind="department", former_names="Pier Department\n\nPIER"), lambda r: values.OfficeEntry("QUAY", ("Quay Department", "", ""), ("Pier Department", "PIER")) in r.offices),
]  # fmt: skip


def _end(entry):
    entry.valid_until = timezone.localdate() - timedelta(days=1)
    entry.save()


def _begin_tomorrow(entry):
    entry.valid_from = timezone.localdate() + timedelta(days=1)
    entry.save()


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "seen"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_change_is_seen_at_once(change, seen):
    before = registers()
    assert not seen(before)
    change()
    after = registers()
    assert seen(after)
    assert registers() is after


def test_an_office_renamed_or_ended_is_seen_at_once(cast: Cast):
    names = {office.code: office.names[0] for office in registers().offices}
    assert names["GREENJOBS"] == "Department of Just Transition"
    office = cast.offices["GREENJOBS"]
    office.name = "Department of Green Work"
    office.save()
    assert {o.code: o.names[0] for o in registers().offices}["GREENJOBS"] == "Department of Green Work"
    office.valid_until = timezone.localdate() - timedelta(days=1)
    office.save()
    assert "GREENJOBS" not in {o.code for o in registers().offices}


@pytest.mark.django_db
def test_another_process_sees_a_change_that_this_one_did_not_make(monkeypatch: pytest.MonkeyPatch):
    registers()
    kept = checking._kept
    Word.objects.create(word="upbeating")
    registers()
    monkeypatch.setattr(checking, "_kept", kept)  # the other process still keeps what it read before
    assert "upbeating" in registers().words


@pytest.mark.django_db
def test_without_a_database_the_shipped_ones_are_the_same_but_for_the_order():
    here, shipped = registers(), as_shipped(timezone.localdate())
    for name in ("instruments", "acronyms", "terms"):
        assert sorted(map(repr, getattr(here, name))) == sorted(map(repr, getattr(shipped, name)))
    assert (here.words, here.biennium, here.outcomes) == (shipped.words, shipped.biennium, ())


@pytest.mark.parametrize(("day", "biennium"), [("2026-01-01", "2026-27"), ("2027-12-31", "2026-27"), ("2099-05-01", "2098-99")])
def test_the_biennium_follows_from_the_day(day: str, biennium: str):
    assert as_shipped(datetime.date.fromisoformat(day)).biennium == biennium
