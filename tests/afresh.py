"""A run of tests in a process of its own: on another database, or in another copy of the portal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import POSTGRES, REQUIRE_ALL

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SUITE_DATABASE_URL", "PYTHONPATH")
"""What this process has set for itself; named there, the settings would be read before the new run has its own."""


def run_tests(*tests: str, root: Path = ROOT, on: str = "sqlite") -> tuple[int, str]:
    """Runs tests; several such runs may go on side by side.

    Args:
        root: the copy of the portal to run in.
        on: "sqlite" or "postgresql" (at TEST_POSTGRES_URL).

    Returns:
        pytest's exit status and all that it said.
    """
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT and not name.startswith("PYTEST_")}
    if on == "postgresql":
        if not POSTGRES:
            (pytest.fail if REQUIRE_ALL else pytest.skip)("TEST_POSTGRES_URL is not set; script/test sets it")
        kept["SUITE_DATABASE_URL"] = f"{POSTGRES.rpartition('/')[0]}/run_{os.getpid()}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=root, env=kept, text=True, capture_output=True, timeout=900, check=False)
    return done.returncode, done.stdout + done.stderr
