"""The tests that need a PostgreSQL of their own, run there."""

import pytest

from tests.afresh import run_tests

ON_POSTGRESQL = ["tests/races", "tests/proposals/test_records.py", "tests/workflow/test_tampering.py"]
"""What is proved there: the races, and that records stay there too."""


@pytest.mark.postgres
def test_races_and_records_hold_on_postgresql():
    code, said = run_tests(*ON_POSTGRESQL, on="postgresql")
    assert code == 0, said
