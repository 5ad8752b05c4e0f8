"""The tests that need a PostgreSQL of their own, run there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import POSTGRES, REQUIRE_ALL

ROOT = Path(__file__).resolve().parent.parent.parent
ON_BOTH = ["tests/races", "tests/proposals/test_records.py", "tests/workflow/test_tampering.py"]
"""What is proved on PostgreSQL: the races, and that records stay there too."""


def on_postgresql(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """A run of tests with PostgreSQL as the suite's database; several such runs may go on side by side."""
    base = POSTGRES.rpartition("/")[0]
    environment = os.environ | {"SUITE_DATABASE_URL": f"{base}/races_{os.getpid()}", "PYTHONPATH": ""}
    for name in [name for name in environment if name.startswith("PYTEST_")]:
        del environment[name]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=root, env=environment, text=True, capture_output=True, timeout=900, check=False)


@pytest.mark.postgres
def test_races_and_records_hold_on_postgresql():
    if not POSTGRES:
        (pytest.fail if REQUIRE_ALL else pytest.skip)("TEST_POSTGRES_URL is not set; script/test sets it")
    run = on_postgresql(*ON_BOTH)
    assert run.returncode == 0, run.stdout + run.stderr
