"""Nothing that was decided is altered unseen: whoever has the database's password leaves traces that `verify` finds."""

import pytest
from django.db import connection

from proposals import guards
from proposals.models import Rendition
from proposals.states import State
from tests.story import bring_to, step
from workflow.demonstration.cast import make_cast
from workflow.printing import print_due
from workflow.verifying import troubles

# What is done to a proposal that was submitted, endorsed and returned, and what `verify` says of it.
ALTERATIONS = """
UPDATE proposals_event SET text = replace(text, 'Dina Haddad', 'Dino Haddad') WHERE place = 2
    Step 2 of proposal {0} was altered, or a step before it.
UPDATE proposals_event SET text = replace(text, 'endorsed it', 'returned it') WHERE place = 2
    Step 2 of proposal {0} was altered, or a step before it.
UPDATE proposals_event SET hash = 'f' WHERE place = 1
    Step 1 of proposal {0} was altered, or a step before it.
UPDATE proposals_event SET action = 'approve' WHERE place = 2
    Step 2 of proposal {0} says something else in its text than in its row.
UPDATE proposals_event SET place = 7 WHERE place = 3
    Step 7 of proposal {0} stands where step 3 should.
DELETE FROM proposals_event WHERE place = 3
    Proposal {0} has 2 steps in its history, but counts 3.
UPDATE proposals_proposal SET state = 'submitted'
    Proposal {0} is “submitted”, but its history ends with “returned”.
UPDATE proposals_proposal SET place = 2
    Proposal {0} has 3 steps in its history, but counts 2.
UPDATE proposals_version SET text = replace(text, '"P2"', '"P1"')
    Version 1 of proposal {0}: its answers are not those that were frozen.
UPDATE proposals_version SET text = replace(text, 'smoke-free', 'smoky')
    Version 1 of proposal {0}: its wording is not the one that was frozen.
UPDATE proposals_version SET text = 'x'
    Version 1 of proposal {0} cannot be read: This is not a JSON file, or only a part of one.
UPDATE proposals_version SET answers = seal
    Step 1 of proposal {0} was taken on another text than its version holds.
"""
LINES = ALTERATIONS.strip().splitlines()


@pytest.mark.parametrize(("alteration", "sentence"), list(zip(LINES[::2], map(str.strip, LINES[1::2]), strict=True)))
def test_an_altered_record_is_found(db, alteration, sentence):
    cast = make_cast()
    proposal = bring_to(State.SUBMITTED, cast)
    step("return", proposal, cast.june, comment="Please wait.")
    assert list(troubles()) == []
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(alteration)
    guards.install(connection)
    assert sentence.format(proposal.pk) in list(troubles())


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("pdf", "is not the one that was printed."),
        ("source", "is said to enclose another text than its version's."),
        ("code", "has a check code that is not its own."),
    ],
)
def test_a_printed_pdf_that_was_exchanged_is_found(db, column, sentence):
    rendition = bring_to(State.ENDORSEMENT, make_cast()).events.get().renditions.get()
    print_due()
    assert list(troubles()) == []
    guards.remove(connection)
    Rendition.objects.update(**{column: b"%PDF-1.7" if column == "pdf" else "0000000000"})
    guards.install(connection)
    assert list(troubles()) == [f"The PDF of step {rendition.event_id} (submission) {sentence}"]
