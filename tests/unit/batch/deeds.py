"""What a worker may be asked to make in tests, good and bad: each item is a deed and a number, ``ok 3``."""

import ctypes
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reviewflow.pipeline import Toolkit


def carry_out(items: Sequence[str], _kit: object) -> list[str]:
    """The items themselves, unless one of them is a bad deed."""
    for item in items:
        _DEEDS[item.split()[0]](item)
    return list(items)


def rules_in_force(items: Sequence[str], kit: Toolkit) -> list[str]:
    """Each item with the digest of the rules by which the worker proposes."""
    return [f"{item} {kit.matcher.rules.digest}" for item in items]


def seconds_allowed(items: Sequence[str], kit: Toolkit) -> list[str]:
    """For each item how long it may take."""
    return [f"{kit.settings.reading.max_seconds} s" for _ in items]


def _once(item: str) -> None:
    """Die the first time only: the file named says that there was one."""
    mark = Path(item.split()[1])
    if not mark.exists():
        mark.write_text("died")
        os.kill(os.getpid(), 9)


def _leave_behind(_item: str) -> None:
    import tempfile

    Path(tempfile.gettempdir(), "left behind").write_text("words of a document")
    os.abort()


def _fail(item: str) -> None:
    raise KeyError(item + " with words of the document")


def _sleep(_item: str) -> None:
    time.sleep(600)


def _spin_in_c(_item: str) -> None:
    # A parser that holds the interpreter: no thread of Python runs beside it.
    ctypes.PyDLL(None).sleep(600)


_DEEDS: dict[str, Any] = {
    "ok": lambda _: None,
    "exit": lambda _: os._exit(9),
    "leave": lambda _: exit(),
    "abort": lambda _: os.abort(),
    "segfault": lambda _: ctypes.string_at(0),
    "killed": lambda _: os.kill(os.getpid(), 9),
    "once": _once,
    "sleep": _sleep,
    "stuck": _spin_in_c,
    "greedy": lambda _: bytearray(4_000_000_000),
    "numbers": lambda _: __import__("numpy").ones(500_000_000),
    "behind": _leave_behind,
    "fail": _fail,
    "brief": lambda _: time.sleep(0.02),
}
