"""The suite's environment, its databases, and the cast in every story."""

import os
import tempfile
from pathlib import Path

REQUIRE_ALL = bool(os.environ.get("JPO_REQUIRE_ALL"))
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "")
_FOLDER = Path(tempfile.mkdtemp(prefix="jpo-tests-"))

for _name in ("JPO_DEMO", "DEBUG", "PORT", "JPO_MAILBOX", "FROM_ADDRESS", "BEHIND_PROXIES", "FURTHER_HOSTS", "INVITED_DOMAINS"):
    os.environ.pop(_name, None)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "jpo_portal.settings",
    "SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789-0123456789",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "dummymail://",
    "DATABASE_URL": os.environ.get("SUITE_DATABASE_URL") or f"sqlite:///{_FOLDER / 'suite.sqlite3'}",
    "STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the browser's driver runs an event loop beside Django
    "PYTHONDONTWRITEBYTECODE": "1",
}

import django  # noqa: E402

django.setup()

import hypothesis  # noqa: E402
import pytest  # noqa: E402
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402

from proposals import guards  # noqa: E402
from proposals.checking import registers  # noqa: E402
from proposals.records import Numbering  # noqa: E402
from registers import shipped  # noqa: E402
from registers.models import Edition  # noqa: E402
from tests.seeds import how_many_seen  # noqa: E402
from workflow.demonstration.cast import Cast, make_cast  # noqa: E402

if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: in memory, SQLite knows neither a second connection nor its locks.
    connection.settings_dict["TEST"]["NAME"] = str(_FOLDER / "test.sqlite3")
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The same examples in every run: what is proved today is not undone by tomorrow's dice.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")

_flush = TransactionTestCase._fixture_teardown


def _flush_records_too(case: TransactionTestCase) -> None:
    """Records refuse deletion in the database; between tests their guards stand aside. What migrations made is made again.

    The registers are left standing, unless the test has changed them: they hold thousands of entries.
    """
    guards.remove(connection)
    tables, changed = connection.introspection.django_table_names, _token() != _shipped.get(connection.settings_dict["NAME"])
    if not changed:
        connection.introspection.django_table_names = lambda **how: [name for name in tables(**how) if not _is_register(name)]
    try:
        _flush(case)
        Numbering.objects.get_or_create(pk=Numbering.ONLY)
        if changed:
            shipped.load(lambda register: apps.get_model("registers", register))
            Edition.renew()
            _shipped[connection.settings_dict["NAME"]] = _token()
    finally:
        connection.introspection.django_table_names = tables
        guards.install(connection)


_shipped: dict[object, str] = {}
"""By database, the token of the registers as they are shipped."""


def _token() -> str:
    return Edition.objects.values_list("token", flat=True).first() or ""


def _is_register(table: str) -> bool:
    return table.startswith("registers_")


TransactionTestCase._fixture_teardown = _flush_records_too  # type: ignore[method-assign]


@pytest.fixture
def cast(db: None) -> Cast:
    """The invented cast with its offices and appointments; the registers are read, so that no page counts their reading."""
    people = make_cast()
    registers()
    return people


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many of the real proposals were there to be tried."""
    terminalreporter.write_line(how_many_seen())
