"""A backup made while the portal is in use comes back whole, in an empty place and nowhere else."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.conftest import POSTGRES, REQUIRE_ALL

ROOT = Path(__file__).parents[2]
Manage = Callable[..., subprocess.CompletedProcess[str]]


def manage(database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`manage.py` as an administrator runs it, on a database of its own."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": database}, capture_output=True, text=True)


def done(database: str, *arguments: str) -> str:
    """The same, for a command that must succeed."""
    process = manage(database, *arguments)
    assert process.returncode == 0, process.stderr
    return process.stdout


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.slow), pytest.param("postgresql", marks=pytest.mark.postgres)])
def places(request: Any, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The addresses of two empty databases of one kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/one.sqlite3", f"sqlite:///{tmp_path}/two.sqlite3"
        return
    if not POSTGRES and not REQUIRE_ALL:
        pytest.skip("TEST_POSTGRES_URL is not set; script/test sets it")
    server = psycopg2.connect(POSTGRES)
    server.autocommit = True
    names = [f"kept_{uuid.uuid4().hex[:8]}_{end}" for end in ("one", "two")]
    with server.cursor() as cursor:
        for name in names:
            cursor.execute(f"CREATE DATABASE {name}")
    base = POSTGRES.rpartition("/")[0]
    yield f"{base}/{names[0]}", f"{base}/{names[1]}"
    with server.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP DATABASE {name}")
    server.close()


SOME_WORK = """
from workflow.demonstration.cast import make_cast
from tests.story import bring_to
from proposals.states import State
from workflow.printing import print_due
cast = make_cast()
bring_to(State.ISSUED, cast)
bring_to(State.RETURNED, cast, field=True)
while print_due(): pass
"""


def test_what_was_backed_up_is_restored_whole(places: tuple[str, str], tmp_path: Path) -> None:
    one, two = places
    done(one, "migrate")
    done(one, "shell", "-c", SOME_WORK)
    verified = done(one, "verify")
    assert "7 steps" not in verified and " 0 PDFs" not in verified

    done(one, "backup", str(tmp_path / "kept"))
    done(two, "restore", str(tmp_path / "kept"))
    done(two, "migrate", "--check")

    assert done(two, "verify") == verified
    for database, name in ((one, "before.pdf"), (two, "after.pdf")):
        done(database, "export_proposal", "1", "--as", "pdf", "-o", str(tmp_path / name))
    assert (tmp_path / "before.pdf").read_bytes() == (tmp_path / "after.pdf").read_bytes()

    refused = manage(two, "restore", str(tmp_path / "kept"))
    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        "CommandError: This database is not empty. Restore into a new one, then point DATABASE_URL at it.",
    )


def test_a_damaged_backup_and_a_full_folder_are_refused(tmp_path: Path) -> None:
    one, two = (f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("one", "two"))
    done(one, "migrate")
    done(one, "backup", str(tmp_path / "kept"))
    assert "is not empty; give a new folder." in manage(one, "backup", str(tmp_path / "kept")).stderr

    file = tmp_path / "kept" / "database.sqlite3"
    file.write_bytes(file.read_bytes()[:-1])
    assert "missing or damaged" in manage(two, "restore", str(tmp_path / "kept")).stderr
    assert "holds no backup" in manage(two, "restore", str(tmp_path)).stderr
