"""Many writers who save without pause, for a moment: nothing fails and nothing is lost."""

import re
import subprocess
import sys

import pytest

from tests.afresh import ROOT
from tests.conftest import POSTGRES


@pytest.mark.slow
def test_nothing_fails_and_nothing_is_lost_while_many_write_without_pause():
    command = [sys.executable, "-m", "tests.autosavers", "--seconds", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = re.findall(r"^(SQLite|PostgreSQL) +32 +([1-9]\d*) +0 +0 ", done.stdout, re.MULTILINE)
    assert [name for name, _saved in lines] == ["SQLite", *(["PostgreSQL"] if POSTGRES else [])]
