"""Inserting many rows: ids are taken beforehand, so that rows that refer to one another go in with few statements."""

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
