"""Inserting many rows quickly: ids taken beforehand, and the two tables with many small rows written without models."""

from collections.abc import Iterable

from django.db import connection, models

from reviewflow.records.search_index import TABLE as SEARCH_TABLE


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


def insert_bands(bands: Iterable[tuple[int, int]]) -> None:
    """Write similarity bands (value, document id)."""
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO records_similarityband (value, document_id) VALUES (%s, %s)", list(bands))


def insert_grams(grams: Iterable[tuple[int, str | list[int]]]) -> None:
    """Write the search keys of documents: (document id, gram words or hashes)."""
    key = "document_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {SEARCH_TABLE} ({key}, grams) VALUES (%s, %s)", list(grams))  # noqa: S608
