"""Backup and restore: the whole portal is its database (PDFs lie in it too), so one file holds everything."""

import hashlib
import json
import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone

FILE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
NOTE = "backup.json"


class CannotKeep(Exception):
    """The backup or restore was not done; the message says why, to the person at the command line."""


def backup(folder: Path) -> Path:
    """Writes a consistent copy of the database into a new or empty folder, while the portal is in use.

    Returns:
        The file.

    Raises:
        CannotKeep: the folder is not empty, or the database's own tool failed.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CannotKeep(f"{folder} is not empty; give a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # it holds letters and password hashes
    file = folder / FILE[connection.vendor]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
    else:
        _postgres("pg_dump", "--format=custom", f"--file={file}")
    note = {"made_at": timezone.now().isoformat(), "database": connection.vendor, "sha256": _sha256(file)}
    (folder / NOTE).write_text(json.dumps(note, indent=1) + "\n")
    return file


def restore(folder: Path) -> None:
    """Brings a backup into an empty database.

    Raises:
        CannotKeep: it is no backup, damaged, of the other kind of database, or the database is not empty.
    """
    file = _checked(folder)
    with connection.cursor() as cursor:
        if connection.introspection.table_names(cursor):
            raise CannotKeep("This database is not empty. Restore into a new one, then point DATABASE_URL at it.")
    connection.close()
    if connection.vendor == "sqlite":
        source, target = sqlite3.connect(file), sqlite3.connect(connection.settings_dict["NAME"])
        source.backup(target)
        source.close()
        target.close()
    else:
        _postgres("pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname", _name(), str(file))


def _checked(folder: Path) -> Path:
    try:
        note: dict[str, Any] = json.loads((folder / NOTE).read_text())
    except (OSError, ValueError) as error:
        raise CannotKeep(f"{folder} holds no backup of the portal (no readable {NOTE}).") from error
    if note.get("database") != connection.vendor:
        raise CannotKeep(f"This backup is of {note.get('database')}, the site's database is {connection.vendor}.")
    file = folder / FILE[connection.vendor]
    if not file.exists() or _sha256(file) != note.get("sha256"):
        raise CannotKeep(f"{file} is missing or damaged: it is not what the backup wrote.")
    return file


def _postgres(tool: str, *arguments: str) -> None:
    """Runs PostgreSQL's own tool on the portal's database; the password travels in the environment, unseen by `ps`."""
    database = connection.settings_dict
    known = {f"PG{key}": database[key] for key in ("HOST", "PORT", "USER", "PASSWORD")}
    environment = os.environ | {key: str(value) for key, value in known.items() if value}
    name = [] if "--dbname" in arguments else ["--dbname", _name()]
    try:
        done = subprocess.run([tool, *arguments, *name], env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise CannotKeep(f"{tool} is not installed: apt install postgresql-client") from error
    if done.returncode:
        raise CannotKeep(f"{tool} failed: {done.stderr.strip()}")


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
