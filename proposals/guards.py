"""The databases' own refusal to change what must stay: triggers on versions, events, posts, issues and printed PDFs."""

from django.db.backends.base.base import BaseDatabaseWrapper

RECORDS = {
    "proposals_version": "",
    "proposals_event": "",
    "proposals_post": "",
    "proposals_issue": "",
    "proposals_rendition": "OLD.state = 'done'",
}
"""The tables, and from when on a row may not be updated (always, unless said); deleted it may never be."""


def install(connection: BaseDatabaseWrapper) -> None:
    """Sets the triggers."""
    for table, condition in RECORDS.items():
        for verb in ("UPDATE", "DELETE"):
            when = f"WHEN ({condition})" if condition and verb == "UPDATE" else ""
            _run(connection, _TRIGGER[connection.vendor].format(table=table, verb=verb, name=_name(table, verb), when=when))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the triggers away: for a migration backwards, and for emptying a test's database."""
    for table in RECORDS:
        for verb in ("UPDATE", "DELETE"):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            _run(connection, f"DROP TRIGGER IF EXISTS {_name(table, verb)}{on}")


_TRIGGER = {
    "sqlite": """
        CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} {when}
        BEGIN SELECT RAISE(ABORT, '{table} is a record: no {verb}'); END
    """,
    "postgresql": """
        CREATE OR REPLACE FUNCTION a_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is a record: no %', TG_TABLE_NAME, TG_OP; END $$;
        CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table}
        FOR EACH ROW {when} EXECUTE FUNCTION a_record_stays()
    """,
}


def _name(table: str, verb: str) -> str:
    return f"{table}_stays_{verb.lower()}"


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
