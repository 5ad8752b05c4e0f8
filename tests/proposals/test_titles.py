"""The index of titles says what the titles are, whatever way they were written."""

import pytest
from django.db import connection, models

from proposals import titles
from proposals.models import IndexedTitle, Proposal
from proposals.sections import GeneralInformation
from proposals.titles import titles_with
from proposals.writing import discard, write
from tests.story import draft
from workflow.demonstration.cast import Cast


def indexed() -> dict[int, str]:
    """What the index holds."""
    return dict(IndexedTitle.objects.values_list("proposal_id", "title"))


def stored() -> dict[int, str]:
    """What the proposals are called."""
    return dict(Proposal.objects.values_list("pk", "title"))


def test_the_index_follows_the_titles(cast: Cast) -> None:
    office = cast.offices["WORKSKILLS"]
    one, other = draft(cast.ana, office, title="on wages"), draft(cast.ana, office, title="on time")
    Proposal.objects.bulk_create(Proposal(author=cast.ana, office=office, title=f"number {n}") for n in range(3))
    assert (indexed(), len(stored())) == (stored(), 5)
    write(one.pk, GeneralInformation, cast.ana, {"title": "on working time"}, 0)
    Proposal.objects.filter(title="number 1").update(title="number one")
    discard(other.pk, cast.ana)
    assert (indexed(), len(stored())) == (stored(), 4)
    assert indexed()[one.pk] == "Junior Professional Officer on working time"


@pytest.mark.parametrize(
    "word", ["wag", "WAGES", "on w", 'a "quoted', "50%", "_x_", "straße", "Éduc", "'; --", "*)(", "wages AND"]
)
def test_a_word_is_found_anywhere_in_a_title(cast: Cast, word: str) -> None:
    found = draft(cast.ana, cast.offices["WORKSKILLS"], title=f"before{word}after")
    draft(cast.ana, cast.offices["WORKSKILLS"], title="of another kind")
    assert [title.proposal_id for title in titles_with(word)] == [found.pk]


@pytest.mark.django_db(transaction=True)
def test_the_index_is_made_anew_from_the_titles_there_are(cast: Cast) -> None:
    """For a migration that has to make the table of proposals anew: with the old table its triggers go."""
    draft(cast.ana, cast.offices["WORKSKILLS"], title="on wages")
    before = stored()
    titles.remove(connection)
    with connection.schema_editor() as editor:
        editor.alter_field(Proposal, Proposal._meta.get_field("title"), _wider())
    titles.install(connection)
    assert indexed() == stored() == before
    draft(cast.ana, cast.offices["WORKSKILLS"], title="on time")
    assert (indexed(), len(stored())) == (stored(), 2)


def _wider() -> models.Field:
    field = models.CharField(max_length=500, blank=True, default="")
    field.set_attributes_from_name("title")
    field.model = Proposal
    return field
