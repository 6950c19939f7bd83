"""Folders for what is needed for a while only: they go when their owner does, however it ends."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewflow.errors import ReviewflowError

_PREFIX = "reviewflow-scratch-"
_NEW_SECONDS = 60
"""A folder so new may be one that its owner has not locked yet."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A new folder that only this account can read, gone at the end of the block.

    A lock on it tells that its owner lives. Folders of owners that were killed are removed first. Raises ReviewflowError
    ``write.scratch`` when there is no room.
    """
    sweep()
    try:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        raise scratch_error() from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep() -> None:
    """Remove the folders whose owner was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            state = folder.lstat()
            if state.st_uid == os.getuid() and time.time() - state.st_mtime > _NEW_SECONDS:
                _remove_orphan(folder)
        except OSError:
            continue


def _remove_orphan(folder: Path) -> None:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def scratch_error() -> ReviewflowError:
    """The error of a folder of temporary files that takes nothing more."""
    place = tempfile.gettempdir()
    return ReviewflowError(
        "write.scratch", f"临时文件夹 {place} 无法写入，可能已满。", "请清理磁盘，或用环境变量 TMPDIR 另指定一个位置。"
    )
