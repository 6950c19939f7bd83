"""What a database's failure comes to is known by its number, whatever language its server speaks."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from reviewflow.errors import ErrorKind
from reviewflow.records.ledger import ledger_error, no_such_table


def of_django(wrapper: type[DatabaseError], cause: Exception) -> DatabaseError:
    """An error as Django wraps it around the driver's."""
    error = wrapper(*cause.args)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("wrapper", "cause", "code", "kind"),
    [
        (OperationalError, psycopg.errors.DeadlockDetected("检测到死锁"), "ledger.busy", ErrorKind.BUSY),
        (OperationalError, psycopg.errors.SerializationFailure("无法串行访问"), "ledger.busy", ErrorKind.BUSY),
        (OperationalError, psycopg.errors.LockNotAvailable("由于锁超时取消语句"), "ledger.busy", ErrorKind.BUSY),
        (OperationalError, psycopg.errors.QueryCanceled("由于语句超时"), "ledger.busy", ErrorKind.BUSY),
        (IntegrityError, psycopg.errors.UniqueViolation("重复键违反唯一约束"), "ledger.conflict", ErrorKind.CONFLICT),
        (OperationalError, psycopg.errors.DiskFull("设备上没有空间"), "ledger.disk_full", ErrorKind.DISK),
        (OperationalError, psycopg.errors.TooManyConnections("连接数过多"), "ledger.unreachable", ErrorKind.BUSY),
        (OperationalError, psycopg.errors.CannotConnectNow("数据库系统启动中"), "ledger.unreachable", ErrorKind.BUSY),
        (OperationalError, psycopg.errors.AdminShutdown("由于管理员命令中断联接"), "ledger.unreachable", ErrorKind.BUSY),
        (OperationalError, psycopg.errors.ConnectionFailure("连接失败"), "ledger.unreachable", ErrorKind.BUSY),
        (OperationalError, psycopg.OperationalError("无法连接到服务器"), "ledger.unreachable", ErrorKind.BUSY),
        (InterfaceError, psycopg.InterfaceError("the connection is lost"), "ledger.unreachable", ErrorKind.BUSY),
        (OperationalError, psycopg.errors.DataCorrupted("无效的页"), "ledger.damaged", ErrorKind.FAULTY),
        (IntegrityError, psycopg.errors.CheckViolation("违反检查约束"), "ledger.refused", ErrorKind.DOCUMENT),
        (DataError, psycopg.errors.StringDataRightTruncation("对于可变字符类型来说，值太长了"), "ledger.refused",
         ErrorKind.DOCUMENT),
        (DataError, psycopg.DataError("text cannot contain NUL"), "ledger.refused", ErrorKind.DOCUMENT),
        (ProgrammingError, psycopg.errors.SyntaxError("语法错误"), "ledger.refused", ErrorKind.FAULTY),
        (DatabaseError, Exception("想不到的"), "ledger.refused", ErrorKind.FAULTY),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)  # fmt: skip
def test_a_failure_of_postgresql_is_known_by_its_number(
    wrapper: type[DatabaseError], cause: Exception, code: str, kind: ErrorKind
) -> None:
    error = ledger_error(of_django(wrapper, cause))
    assert (error.code, error.kind) == (code, kind)


@pytest.mark.parametrize("word", ["deadlock", "locked", "unique", "duplicate key", "disk is full", "malformed"])
def test_words_of_a_message_decide_nothing(word: str) -> None:
    error = ledger_error(of_django(IntegrityError, psycopg.errors.NotNullViolation(f"{word} in column title")))
    assert (error.code, error.kind) == ("ledger.refused", ErrorKind.DOCUMENT)


def test_the_text_of_the_database_is_not_repeated() -> None:
    error = ledger_error(of_django(IntegrityError, psycopg.errors.CheckViolation("张三的申请")))
    assert (error.message, "张三" in str(error)) == ("台账拒绝了这一步（IntegrityError）。", False)


def of_sqlite(database: sqlite3.Connection | Path, *statements: str) -> DatabaseError:
    """The error that the last of some statements ends in."""
    try:
        with closing(sqlite3.connect(database, timeout=0) if isinstance(database, Path) else database) as opened:
            for statement in statements:
                opened.execute(statement)
    except sqlite3.Error as error:
        return of_django(DatabaseError, error)
    raise AssertionError("nothing was refused")


def test_a_value_twice_is_a_conflict_in_sqlite() -> None:
    for column in ("x UNIQUE", "x PRIMARY KEY", "x INTEGER PRIMARY KEY"):
        twice = of_sqlite(sqlite3.connect(":memory:"), f"CREATE TABLE t ({column})", *["INSERT INTO t VALUES (1)"] * 2)
        assert ledger_error(twice).code == "ledger.conflict"


def test_a_value_that_is_refused_is_one_documents_fault_in_sqlite() -> None:
    refused = of_sqlite(sqlite3.connect(":memory:"), "CREATE TABLE t (x CHECK (x > 0))", "INSERT INTO t VALUES (0)")
    assert (ledger_error(refused).code, ledger_error(refused).kind) == ("ledger.refused", ErrorKind.DOCUMENT)


def test_a_lock_a_full_disk_and_a_file_that_is_none_in_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with sqlite3.connect(path) as holder:
        holder.execute("CREATE TABLE t (x)")
        holder.commit()
        holder.execute("BEGIN EXCLUSIVE")
        assert ledger_error(of_sqlite(path, "INSERT INTO t VALUES (1)")).code == "ledger.busy"
    holder.close()
    full = of_sqlite(path, "PRAGMA max_page_count = 3", "INSERT INTO t VALUES (zeroblob(100000))")
    assert ledger_error(full).code == "ledger.disk_full"
    assert ledger_error(of_sqlite(path, "PRAGMA query_only = ON", "INSERT INTO t VALUES (1)")).kind is ErrorKind.BUSY
    assert ledger_error(of_sqlite(tmp_path / "no" / "folder.sqlite3", "SELECT 1")).code == "ledger.unreachable"
    (tmp_path / "none").write_bytes("不是数据库".encode() * 100)
    assert ledger_error(of_sqlite(tmp_path / "none", "SELECT * FROM t")).code == "ledger.damaged"


def test_a_table_that_is_not_there_is_known_by_its_number() -> None:
    assert no_such_table(of_sqlite(sqlite3.connect(":memory:"), "SELECT * FROM django_migrations"))
    assert no_such_table(of_django(ProgrammingError, psycopg.errors.UndefinedTable("关系不存在")))
    assert not no_such_table(of_django(OperationalError, psycopg.errors.DeadlockDetected("django_migrations")))
