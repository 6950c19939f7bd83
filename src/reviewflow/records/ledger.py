"""One transaction of the ledger: what is done and the entry that says so are kept together or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from reviewflow.errors import ReviewflowError


@contextmanager
def transaction() -> Iterator[None]:
    """A transaction whose failures are told in the user's words.

    Raises ReviewflowError ``ledger.busy``, ``ledger.disk_full``, ``ledger.unreachable`` or ``ledger.damaged``; nothing
    of the transaction is kept then.
    """
    from django.db import DatabaseError
    from django.db.transaction import atomic

    try:
        with atomic():
            yield
    except DatabaseError as error:
        raise told(error) from error


def told(error: Exception) -> ReviewflowError:
    """A database's failure as a person understands it. Anything unforeseen keeps its type's name, not its text."""
    message = str(error).lower()
    if "locked" in message or "deadlock" in message or "lock timeout" in message:
        return ReviewflowError("ledger.busy", "台账正被占用，这一步没有做。", "请稍后再试一次。")
    if "disk is full" in message or "no space left" in message or "disk i/o" in message:
        return ReviewflowError("ledger.disk_full", "磁盘已满，这一步没有做。", "请清理磁盘后再试一次；此前的没有丢失。")
    if "unable to open" in message or "connection" in message or "readonly" in message:
        return ReviewflowError("ledger.unreachable", "打不开台账数据库。", "请运行 reviewflow doctor 查看原因。")
    if "malformed" in message or "not a database" in message:
        return ReviewflowError("ledger.damaged", "台账数据库已损坏。", "请停止使用，用 reviewflow restore 恢复备份。")
    if "unique" in message or "duplicate key" in message:
        return ReviewflowError("ledger.conflict", "同时有人办了同一件，这一步没有做。", "请重新查看后再办。")
    return ReviewflowError(
        "ledger.refused", f"台账拒绝了这一步（{type(error).__name__}）。", "请把错误代码报告给管理员。"
    )
