"""One transaction of the ledger: what is done and the entry that says so are kept together or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from reviewflow.errors import BusyError, ConflictError, DamageError, DiskError, DocumentError, ReviewflowError

_STATES = {
    "40001": "busy",  # serialization_failure
    "40P01": "busy",  # deadlock_detected
    "55P03": "busy",  # lock_not_available
    "57014": "busy",  # query_canceled: a statement took longer than the database allows
    "23505": "conflict",  # unique_violation
    "40002": "conflict",  # transaction_integrity_constraint_violation
    "53100": "disk",  # disk_full
    "53300": "unreachable",  # too_many_connections
    "25006": "unreachable",  # read_only_sql_transaction
    "57P01": "unreachable",  # admin_shutdown
    "57P02": "unreachable",  # crash_shutdown
    "57P03": "unreachable",  # cannot_connect_now
    "57P05": "unreachable",  # idle_session_timeout
    "58030": "disk",  # io_error
    "XX001": "damaged",  # data_corrupted
    "XX002": "damaged",  # index_corrupted
}
"""What a SQLSTATE of PostgreSQL comes to (its manual, appendix A); a class of two characters where none is here."""
_CLASSES = {"08": "unreachable", "22": "document", "23": "document"}
_PRIMARY = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "disk",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
    sqlite3.SQLITE_READONLY: "unreachable",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CONSTRAINT: "document",
    sqlite3.SQLITE_MISMATCH: "document",
    sqlite3.SQLITE_TOOBIG: "document",
}
"""What the primary result code of SQLite comes to: the lower byte of the extended one."""
_UNIQUE = (
    sqlite3.SQLITE_CONSTRAINT_UNIQUE,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    sqlite3.SQLITE_CONSTRAINT_ROWID,
)
_NO_TABLE = "42P01"  # undefined_table


@contextmanager
def transaction() -> Iterator[None]:
    """A transaction whose failures are told in the user's words.

    Raises ReviewflowError ``ledger.*``; nothing of the transaction is kept then.
    """
    from django.db import DatabaseError
    from django.db.transaction import atomic

    try:
        with atomic():
            yield
    except DatabaseError as error:
        raise ledger_error(error) from error


def ledger_error(error: Exception) -> ReviewflowError:
    """A database's failure as a person understands it, by its number: a server words it in the language it was set up
    in. Anything unforeseen keeps its type's name, not its text.

    Returns ``ledger.busy``, ``ledger.disk_full``, ``ledger.unreachable``, ``ledger.damaged``, ``ledger.conflict`` or
    ``ledger.refused``: of kind DOCUMENT where the ledger did not take the values, so that others may be taken.
    """
    match _kind_of_failure(error):
        case "busy":
            return BusyError("ledger.busy", "台账正被占用，这一步没有做。", "请稍后再试一次。")
        case "disk":
            return DiskError("ledger.disk_full", "磁盘已满，这一步没有做。", "请清理磁盘后再试一次；此前的没有丢失。")
        case "unreachable":
            return BusyError("ledger.unreachable", "打不开台账数据库。", "请运行 reviewflow doctor 查看原因。")
        case "damaged":
            return DamageError("ledger.damaged", "台账数据库已损坏。", "请停止使用，用 reviewflow restore 恢复备份。")
        case "conflict":
            return ConflictError("ledger.conflict", "同时有人办了同一件，这一步没有做。", "请重新查看后再办。")
        case sort:
            refused = DocumentError if sort == "document" else DamageError
            reason = f"台账拒绝了这一步（{type(error).__name__}）。"
            return refused("ledger.refused", reason, "请把错误代码报告给管理员。")


def no_such_table(error: Exception) -> bool:
    """Whether a statement that is right in itself failed because the ledger has not this table."""
    cause = error.__cause__ or error
    number = getattr(cause, "sqlite_errorcode", None)  # SQLite has no number of its own for this
    return getattr(cause, "sqlstate", None) == _NO_TABLE or number == sqlite3.SQLITE_ERROR


def _kind_of_failure(error: Exception) -> str:
    from django.db import DataError, InterfaceError, OperationalError

    cause = error.__cause__ or error
    if isinstance(cause, sqlite3.Error) and (number := getattr(cause, "sqlite_errorcode", None)) is not None:
        return "conflict" if number in _UNIQUE else _PRIMARY.get(number & 0xFF, "")
    if state := getattr(cause, "sqlstate", None):
        return _STATES.get(state) or _CLASSES.get(state[:2], "")
    if isinstance(error, DataError):  # found by the driver: the database never saw the value
        return "document"
    # Without a number the server never answered, or the line to it broke.
    return "unreachable" if isinstance(error, OperationalError | InterfaceError) else ""
