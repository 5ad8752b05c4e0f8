"""Proposals by people who had not seen the rules, with what they had put wrong on purpose: rules written to fit known texts show
it here. Their offices are no register's, so what only a register can see is left out."""

from pathlib import Path
from typing import Any

import pytest

from tests.readiness.marked import Checked, marked, share, table

FOLDER = Path(__file__).parent / "strangers"
BACKGROUND = ("programme_outline", "planned_developments", "living_conditions", "outcomes")
"""Boxes that have no labels on the old form: a reader may have put a paragraph into another one."""


@pytest.mark.django_db
def test_most_of_what_strangers_put_wrong_is_found(capsys: Any) -> None:
    read = {path.stem: Checked.of(path) for path in sorted(FOLDER.glob("*.txt"))}
    rows = [
        (row, read[row.proposal].has_found(row, BACKGROUND if row.box in BACKGROUND else ()))
        for row in marked(FOLDER / "defects.csv")
    ]
    with capsys.disabled():
        print(f"\n{table(rows, {})}")
    assert share(rows, "B", "yes", "list", "partly") >= (58, 59)
    assert share(rows, "W", "yes", "list") >= (40, 51)
    assert share(rows, "W", "partly") >= (21, 27)
    assert share(rows, "H", "yes", "list") >= (45, 46)
