"""Inserting many rows quickly: ids are taken beforehand, and rows are written without making an object of each."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, models


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """So many ids for new rows of a table, to be used within this transaction.

    On SQLite the transaction is alone with the table; on PostgreSQL they come from its sequence.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = found[0] if found else 0
    return list(range(last + 1, last + 1 + count))


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, each a mapping with the same names of columns (``case_id``, not ``case``). Columns that are not
    given get their model's default; an automatic key that is not given comes from the database."""
    if not rows:
        return
    own = [one for one in model._meta.concrete_fields if one.attname in rows[0] or not one.primary_key]
    defaults = {one.attname: None if one.attname in rows[0] else one.get_default() for one in own}
    values = [[_stored(row.get(name, default)) for name, default in defaults.items()] for row in rows]
    columns = ", ".join(str(one.column) for one in own)
    if connection.vendor == "postgresql":
        with copying(model._meta.db_table, columns) as copy:
            for row_values in values:
                copy.write_row(row_values)
        return
    marks = ", ".join(["%s"] * len(own))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", values)  # noqa: S608


@contextmanager
def copying(table: str, columns: str) -> Iterator[Any]:
    """PostgreSQL's COPY into a table, to be written to. Its errors are Django's, as those of all other statements."""
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        yield copy


def _stored(value: Any) -> Any:
    """A value as the database takes it: SQLite has no moments, Django writes them there as text in UTC."""
    return connection.ops.adapt_datetimefield_value(value) if type(value) is datetime else value
