"""Triggers that refuse to change or delete rows that prove something, in SQLite and in PostgreSQL."""

from collections.abc import Iterator

APPEND_ONLY = (
    "records_auditentry",
    "records_signature",
    "records_entryrevision",
    "records_proposal",
    "records_document",
    "records_documenttext",
)
"""tables whose rows are written once"""

_FUNCTION = """
CREATE OR REPLACE FUNCTION reviewflow_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'reviewflow: rows of % are written once', TG_TABLE_NAME; END $$
"""


def create_statements(vendor: str) -> Iterator[str]:
    """The SQL that makes the tables append-only. ``vendor`` is Django's name of the database."""
    if vendor == "postgresql":
        yield _FUNCTION
    for table in APPEND_ONLY:
        if vendor == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_once BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION reviewflow_append_only()"
            )
            yield (
                f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION reviewflow_append_only()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'reviewflow: rows of {table} are written once'); END"
            )


def drop_statements(vendor: str) -> Iterator[str]:
    """The SQL that takes the triggers away again (a migration backwards)."""
    for table in APPEND_ONLY:
        if vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {table}_once ON {table}"
            yield f"DROP TRIGGER IF EXISTS {table}_whole ON {table}"
        else:
            yield f"DROP TRIGGER IF EXISTS {table}_update"
            yield f"DROP TRIGGER IF EXISTS {table}_delete"


def tables_without_triggers(vendor: str) -> list[str]:
    """The tables whose triggers are not all in place."""
    from django.db import connection

    with connection.cursor() as cursor:
        if vendor == "postgresql":
            # Tables that a restore has set aside in another schema keep their triggers, and are not visible.
            cursor.execute(
                "SELECT tgname FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(tgrelid)"
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {name for (name,) in cursor.fetchall()}
    ends = ("once", "whole") if vendor == "postgresql" else ("update", "delete")
    return [table for table in APPEND_ONLY if not all(f"{table}_{end}" in present for end in ends)]
