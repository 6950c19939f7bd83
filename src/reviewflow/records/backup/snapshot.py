"""Reading the ledger as it stood at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def snapshot() -> Iterator[None]:
    """A view of the ledger that stands still; nothing may be written within. Within a transaction it is that one's.

    SQLite: a deferred transaction, since one begun as all others are (IMMEDIATE) would keep everybody from writing.
    PostgreSQL: REPEATABLE READ. Raises ReviewflowError ``ledger.*``.
    """
    from django.db import DatabaseError, connection
    from django.db.transaction import atomic

    from reviewflow.records.ledger import ledger_error

    try:
        if connection.in_atomic_block:
            yield
        elif connection.vendor == "postgresql":
            with atomic():
                _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                yield
        else:
            _execute("BEGIN DEFERRED")
            try:
                # The view is that of the first reading, not of BEGIN.
                _execute("SELECT 1 FROM sqlite_master LIMIT 1")
                yield
            finally:
                _execute("ROLLBACK")
    except DatabaseError as error:
        raise ledger_error(error) from error


def _execute(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
