"""What a careful reader marked in three real proposals, and how much of it the check finds; where they lie beside the repository."""

from typing import Any

import pytest

from tests.readiness.marked import Checked, marked, share, table
from tests.seeds import FOLDER, how_many_seen, seeds

MARKED = FOLDER.parent / "readiness" / "known-defects.csv"

WHY_MISSED = {
    ("2373-2023-09", "education_minimum", "R24"): "the reader takes the label of an old file for the label it is, and drops it",
    ("2373-2023-09", "duties", "R29"): "it is told at the later of the two places",
    ("2373-2023-09", "title", "R22"): "the form allows “on” as well as “in”",
    (
        "2235-2024-01",
        "supervisor_name",
        "R05",
    ): "it is told in the note on general supervision, where the reader puts the sentence",
    ("2235-2024-01", "learning_elements", "R29"): "goals named by their official titles, which may be named twice",
}
"""Misses that are known, each with its reason; any other of what a machine can see is a surprise."""


@pytest.mark.django_db
def test_what_a_careful_reader_marked_is_found(capsys: Any) -> None:
    if not seeds() or not MARKED.exists():
        with capsys.disabled():
            print(f"\n{how_many_seen()}")
        return
    read = {path.stem: Checked.of(path) for path in seeds()}
    rows = [(row, read[row.proposal].has_found(row)) for row in marked(MARKED) if row.proposal in read]
    with capsys.disabled():
        print(f"\n{how_many_seen()}\n{table(rows, WHY_MISSED)}")
    assert [row for row, is_found in rows if not is_found and row.visible != "no" and row.key not in WHY_MISSED] == []
    assert share(rows, "B", "yes") == (17, 17)
    assert share(rows, "B", "list", "partly") >= (6, 7)
    assert share(rows, "W", "yes", "list") >= (14, 16)
    assert share(rows, "H", "yes", "list") >= (18, 23)
