"""Finished files: written under a temporary name in the same folder, made durable, then renamed in one step.

A full disk, a break or an error leaves what was there before as it was. Every file of the program that must be whole or
not there is written here: exports, keys, originals, session files, what a backup puts back.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewflow.errors import DiskError, ReviewflowError

TRY_AGAIN = "原有的文件没有改动；处理后再试一次，或换一个位置。"
_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过允许的大小",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这个名称是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
}


def unwritable_error(path: Path, error: OSError, hint: str = TRY_AGAIN) -> ReviewflowError:
    """The error ``write.failed`` for a file that cannot be written, with the reason in words."""
    reason = _REASONS.get(error.errno or 0, "没有写入权限或路径不存在")
    return DiskError("write.failed", f"无法写入 {path}：{reason}。", hint)


@contextmanager
def whole_file(path: Path, mode: int | None = None, *, new: bool = False, durable_name: bool = True) -> Iterator[Path]:
    """Give the temporary path to write to; at the end of the block the file takes its own name, on the disk already.

    With ``mode`` its owner alone can read it from its first byte on, and it has these permissions in the end. ``new``:
    the name must be free. Without ``durable_name`` the name itself may be lost in a power cut: for many files in one
    folder, which the caller makes durable together. Raises OSError, FileExistsError for a name that is taken.
    """
    temporary = _beside(path)
    try:
        if mode is not None:
            os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield temporary
        make_durable(temporary)
        if mode is not None:
            temporary.chmod(mode)
        if new:
            path.hardlink_to(temporary)
        else:
            temporary.replace(path)
        if durable_name:
            make_durable(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def finished_file(path: Path, hint: str = TRY_AGAIN) -> Iterator[Path]:
    """Give the temporary path to write to; at the end of the block the file takes its own name.

    Raises ReviewflowError ``write.failed`` for every OSError within the block.
    """
    try:
        with whole_file(path) as temporary:
            yield temporary
    except OSError as error:
        raise unwritable_error(path, error, hint) from None


@contextmanager
def finished_folder(path: Path, hint: str = TRY_AGAIN) -> Iterator[Path]:
    """Give a new folder to fill; at the end of the block it takes the place of the old one.

    The caller makes sure that the old one may go. Raises ReviewflowError ``write.failed`` for every OSError.
    """
    place = path.resolve()
    temporary, old = _beside(place), _beside(place)
    try:
        try:
            temporary.mkdir()
            yield temporary
            # One call for all files: a call for each takes minutes when there are a hundred thousand.
            os.sync()
            _swap(temporary, place, old)
            make_durable(place.parent)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise unwritable_error(path, error, hint) from None
    shutil.rmtree(old, ignore_errors=True)


def _swap(new: Path, place: Path, old: Path) -> None:
    if not place.exists():
        new.rename(place)
        return
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise


def _beside(path: Path) -> Path:
    """A name of its own in the same folder, so that two runs never write into one another's file."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.writing")


def make_durable(path: Path) -> None:
    """Have a file's content, or a folder's names, on the disk before going on. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
