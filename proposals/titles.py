"""The index of titles: what a search looks into first, kept by the database itself.

It only narrows a search to the few proposals that may match. Whether they do, and who may see them, is asked of the
proposals; so the index decides nothing. It is a table of its own, because proposals are written often and titles are not.
"""

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, QuerySet, Value

SHORTEST = 3
"""A word with fewer letters is not in the index, which holds pieces of three."""


class IndexedTitle(models.Model):
    """A proposal's title, cut into pieces of three letters: an FTS5 table in SQLite, a GIN index in PostgreSQL."""

    proposal_id = models.BigIntegerField(primary_key=True, db_column="rowid")
    title = models.TextField()

    class Meta:
        db_table = "proposals_search"


class Match(Func):
    """SQLite's `title MATCH '"off" AND "ffi"'`."""

    template, arg_joiner = "%(expressions)s", " MATCH "
    output_field = models.BooleanField()


def titles_with(word: str) -> QuerySet[IndexedTitle]:
    """The titles that may have a word, of three letters or more, anywhere in them."""
    if connection.vendor == "sqlite":
        pieces = {word[at : at + SHORTEST].replace('"', '""') for at in range(len(word) - SHORTEST + 1)}
        return IndexedTitle.objects.filter(Match(F("title"), Value(" AND ".join(f'"{piece}"' for piece in sorted(pieces)))))
    return IndexedTitle.objects.filter(title__icontains=word)


def install(connection: BaseDatabaseWrapper) -> None:
    """Makes the index with the titles there are, and the triggers that keep it; where it is there already, anew."""
    remove(connection)
    for statement in _MADE[connection.vendor]:
        _run(connection, statement)
    _run(connection, "INSERT INTO proposals_search (rowid, title) SELECT id, title FROM proposals_proposal")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the index away: for a migration backwards, and before one that makes the table of proposals anew."""
    on = " ON proposals_proposal" if connection.vendor == "postgresql" else ""
    for event in ("insert", "update", "delete"):
        _run(connection, f"DROP TRIGGER IF EXISTS proposals_search_{event}{on}")
    _run(connection, "DROP TABLE IF EXISTS proposals_search")


_MADE = {
    # Pieces of words, not their places: what may match is looked at anyway.
    "sqlite": (
        "CREATE VIRTUAL TABLE proposals_search USING fts5 (title, tokenize = 'trigram', detail = column)",
        "CREATE TRIGGER proposals_search_insert AFTER INSERT ON proposals_proposal "
        "BEGIN INSERT INTO proposals_search (rowid, title) VALUES (NEW.id, NEW.title); END",
        "CREATE TRIGGER proposals_search_update AFTER UPDATE OF title ON proposals_proposal WHEN OLD.title <> NEW.title "
        "BEGIN UPDATE proposals_search SET title = NEW.title WHERE rowid = NEW.id; END",
        "CREATE TRIGGER proposals_search_delete AFTER DELETE ON proposals_proposal "
        "BEGIN DELETE FROM proposals_search WHERE rowid = OLD.id; END",
    ),
    "postgresql": (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE TABLE proposals_search (rowid bigint PRIMARY KEY, title text NOT NULL)",
        # Without `fastupdate`, or new titles wait in a list that every search reads through.
        "CREATE INDEX proposals_search_pieces ON proposals_search USING gin (upper(title) gin_trgm_ops) WITH (fastupdate = off)",
        """
        CREATE OR REPLACE FUNCTION proposals_search_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF TG_OP = 'DELETE' THEN DELETE FROM proposals_search WHERE rowid = OLD.id; RETURN OLD; END IF;
          INSERT INTO proposals_search (rowid, title) VALUES (NEW.id, NEW.title)
            ON CONFLICT (rowid) DO UPDATE SET title = EXCLUDED.title;
          RETURN NEW;
        END $$
        """,
        "CREATE TRIGGER proposals_search_insert AFTER INSERT ON proposals_proposal "
        "FOR EACH ROW EXECUTE FUNCTION proposals_search_follows()",
        "CREATE TRIGGER proposals_search_update AFTER UPDATE OF title ON proposals_proposal "
        "FOR EACH ROW WHEN (OLD.title <> NEW.title) EXECUTE FUNCTION proposals_search_follows()",
        "CREATE TRIGGER proposals_search_delete AFTER DELETE ON proposals_proposal "
        "FOR EACH ROW EXECUTE FUNCTION proposals_search_follows()",
    ),
}


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
