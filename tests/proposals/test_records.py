"""What was decided stays: Python refuses to change it, the database refuses too, and no number or place is given twice."""

import hashlib

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from organisation.models import User
from proposals.models import Event, Issue, Post, Proposal, Rendition, Version
from proposals.records import NeverChanged
from proposals.states import State
from tests.story import bring_to, draft, step
from workflow.models import Letter

RECORDS = [Version, Event, Post, Issue, Rendition]
COLUMN = {Version: "text", Event: "text", Post: "number", Issue: "month", Rendition: "sha256"}


@pytest.fixture
def issued(cast) -> Proposal:
    """An issued proposal whose PDFs are printed (their bytes do not matter here)."""
    proposal = bring_to(State.ISSUED, cast)
    pdf = b"%PDF-1.7"
    for rendition in Rendition.objects.all():
        rendition.state, rendition.pdf, rendition.sha256 = Rendition.State.DONE, pdf, hashlib.sha256(pdf).hexdigest()
        rendition.save()
    return proposal


def rows() -> dict[str, list]:
    """Every record as it stands in the database."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in RECORDS}


@pytest.mark.parametrize("model", RECORDS)
def test_python_refuses_to_change_or_delete_a_record(issued, model):
    before, record = rows(), model.objects.first()
    with pytest.raises(NeverChanged, match="is a record: it cannot be changed."):
        record.save()
    with pytest.raises(NeverChanged, match="is a record: it cannot be changed."):
        record.save(update_fields=[COLUMN[model]])
    with pytest.raises(NeverChanged, match="is a record: it cannot be deleted."):
        record.delete()
    assert rows() == before


@pytest.mark.parametrize("model", RECORDS)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_refuses_to_change_or_delete_a_record(issued, model, verb):
    table, column, before = model._meta.db_table, COLUMN[model], rows()
    statement = f"UPDATE {table} SET {column} = {column}" if verb == "UPDATE" else f"DELETE FROM {table}"
    refusal = pytest.raises(DatabaseError, match=f"{table} is a record: no {verb}")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert rows() == before


@pytest.mark.parametrize("model", RECORDS)
def test_the_database_refuses_what_goes_past_save(issued, model):
    records, before = model.objects.all(), rows()
    value = records.values_list(COLUMN[model], flat=True)[0]
    with pytest.raises(DatabaseError, match="is a record: no UPDATE"), transaction.atomic():
        records.update(**{COLUMN[model]: value})
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        records.delete()
    assert rows() == before


def test_a_pdf_that_is_still_due_may_note_its_attempts_and_never_goes(cast):
    due = bring_to(State.ENDORSEMENT, cast).events.get().renditions.get()
    due.attempts, due.trouble = 1, "The press is busy."
    due.save()
    assert Rendition.objects.values_list("state", "attempts", "trouble").get() == ("due", 1, "The press is busy.")
    with pytest.raises(NeverChanged):
        due.delete()
    with pytest.raises(DatabaseError, match="no DELETE"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM proposals_rendition")


def test_a_pdf_printed_meanwhile_is_not_written_over_by_a_worker_that_comes_late(issued):
    late = Rendition.objects.order_by("pk")[0]
    late.pdf, late.state = b"%PDF-another", Rendition.State.DONE
    with pytest.raises(NeverChanged):
        late.save()


@pytest.mark.parametrize("changed", ["event", "version", "post", "issue", "letter"])
def test_what_is_given_once_is_not_given_twice(issued, changed):
    event, version, issue = Event.objects.last(), Version.objects.get(), Issue.objects.get()
    letter = Letter.objects.first()
    copies = {
        "event": lambda: Event.objects.create(
            proposal=issued, place=event.place, action="reopen", actor=event.actor, text="{}", hash="0"
        ),
        "version": lambda: Version.objects.create(
            proposal=issued, number=version.number, text="{}", office=issued.office, frozen_by=issued.author
        ),
        "post": lambda: Post.objects.create(number=issue.post.number),
        "issue": lambda: Issue.objects.create(
            post=issue.post, proposal=issued, year=issue.year, month=issue.month, event=event
        ),
        "letter": lambda: Letter.objects.create(key=letter.key, to_address="otto@demo.example"),
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        copies[changed]()


@pytest.mark.parametrize("month", [0, 13])
def test_the_database_knows_twelve_months(issued, cast, month):
    other = bring_to(State.ENDORSEMENT, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.create(post=issued.post, proposal=other, year=2030, month=month, event=other.events.get())


def test_a_post_is_issued_once_a_month(issued, cast):
    other = bring_to(State.ENDORSEMENT, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.create(post=issued.post, proposal=other, year=2027, month=3, event=other.events.get())


def test_a_draft_that_was_never_submitted_may_be_deleted_and_nothing_that_has_a_history(cast):
    blank, withdrawn = draft(cast.ana, cast.offices["WORKSKILLS"]), draft(cast.ana, cast.offices["WORKSKILLS"])
    step("withdraw", withdrawn, cast.ana, comment="Not needed.")
    blank.delete()
    with pytest.raises(ProtectedError):
        withdrawn.delete()
    with pytest.raises(ProtectedError):
        bring_to(State.ENDORSEMENT, cast).delete()


def test_people_with_a_history_are_closed_and_never_deleted(issued, cast):
    for user in (cast.ana, cast.dina, cast.june):
        with pytest.raises(ProtectedError):
            user.delete()
    assert User.objects.filter(pk__in=[cast.ana.pk, cast.dina.pk, cast.june.pk]).count() == 3
