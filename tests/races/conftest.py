"""Races are run above all on PostgreSQL, where many really write at once.

They run where the suite's own database is PostgreSQL (SUITE_DATABASE_URL). In a run on SQLite `test_on_postgresql.py`
starts such a run of its own, with TEST_POSTGRES_URL.
"""

import pytest
from django.db import connection, connections

from tests.invariants import check_invariants
from workflow.demonstration.cast import make_cast

ON_POSTGRESQL = connection.vendor == "postgresql"
collect_ignore = ["test_on_postgresql.py", "test_on_sqlite.py"] if ON_POSTGRESQL else ["test_at_once.py"]

if ON_POSTGRESQL:
    # On a busy machine thirty-two in a queue may take longer than the few seconds a page would wait.
    connections.settings["default"]["OPTIONS"]["options"] = "-c statement_timeout=60s -c lock_timeout=60s"


@pytest.fixture
def cast(transactional_db: None):
    """The cast of a race, seen by every connection; afterwards everything must fit together."""
    yield make_cast()
    check_invariants()
