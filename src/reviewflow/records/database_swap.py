"""Replacing the ledger's database as a whole: the new one is filled beside the old, then takes its place in one step.

A break at any moment leaves the old or the new one. The old one is kept.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from reviewflow.errors import ReviewflowError
from reviewflow.records.configuration import connect, sqlite_path
from reviewflow.settings import Settings

_SIDE_FILES = ("-wal", "-shm", "-journal")
_WAIT_SECONDS = 5
_FUNCTION = "reviewflow_append_only"
_OWN = ("records_", "document_", "django_", "auth_")


@contextmanager
def replaced_database(settings: Settings, aside: Path) -> Iterator[None]:
    """Within the block an empty database is connected, to be migrated and filled. At its end it becomes the ledger.

    ``aside`` is a new folder: SQLite's old file goes there, PostgreSQL's old tables into a schema of its name. An
    exception leaves the old ledger as it is. Raises ReviewflowError ``restore.in_use``, ``ledger.*``.
    """
    replaced = _replaced_file if settings.database.engine == "sqlite" else _replaced_tables
    try:
        yield from replaced(settings, aside)
    finally:
        connect(settings)


def schema_of(aside: Path) -> str:
    """The PostgreSQL schema that the old tables go to."""
    return aside.name.replace("-", "_")


def _replaced_file(settings: Settings, aside: Path) -> Iterator[None]:
    from django.db import connection

    staging = aside / "new"
    staging.mkdir(mode=0o700)
    beside = replace(settings, storage=replace(settings.storage, folder=str(staging.absolute())))
    connect(beside)
    fresh, live = sqlite_path(beside), sqlite_path(settings)
    try:
        yield
        with connection.cursor() as cursor:
            # One file, without a log beside it, can take another's place in one step.
            cursor.execute("PRAGMA journal_mode=DELETE")
        connection.close()
        fresh.chmod(0o600)
        with _alone_with(live):
            _link_beside(live, aside)
            fresh.replace(live)
    finally:
        connection.close()
        for name in ("", *_SIDE_FILES):
            fresh.with_name(fresh.name + name).unlink(missing_ok=True)
        staging.rmdir()


@contextmanager
def _alone_with(live: Path) -> Iterator[None]:
    """Keep everybody else off a database that still works, with all of it in its one file.

    A damaged one is what restoring is for: it takes no locks, and nobody can be writing to it.
    """
    old = sqlite3.connect(live, timeout=_WAIT_SECONDS, isolation_level=None) if live.exists() else None
    try:
        if old:
            _lock(old)
        yield
    finally:
        if old:
            old.close()


def _lock(old: sqlite3.Connection) -> None:
    try:
        old.execute("PRAGMA journal_mode=DELETE")
        old.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise ReviewflowError(
                "restore.in_use", "台账正被使用，没有恢复。", "请停止网页服务和正在运行的命令后再试。"
            ) from None


def _link_beside(live: Path, aside: Path) -> None:
    """Give the old file, and what still belongs to it, a second name in the folder."""
    for name in _SIDE_FILES:
        side = live.with_name(live.name + name)
        if side.exists():
            side.replace(aside / side.name)
    if live.exists():
        (aside / live.name).hardlink_to(live)


def _replaced_tables(settings: Settings, aside: Path) -> Iterator[None]:
    from django.db import DatabaseError
    from django.db.transaction import atomic

    from reviewflow.records.ledger import ledger_error

    connect(settings)
    try:
        with atomic():
            _set_aside(schema_of(aside))
            yield
    except DatabaseError as error:
        raise ledger_error(error) from error


def _set_aside(schema: str) -> None:
    """Move the ledger's tables, and the function of their triggers, into a new schema."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = [name for (name,) in cursor.fetchall() if name.startswith(_OWN)]
        cursor.execute(f'CREATE SCHEMA "{schema}"')
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" SET SCHEMA "{schema}"')
        if tables:
            cursor.execute(f'ALTER FUNCTION {_FUNCTION}() SET SCHEMA "{schema}"')
