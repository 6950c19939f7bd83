"""The original files, each kept once under its SHA-256: ``originals/ab/cdef…``, readable by their owner alone."""

import errno
import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from reviewflow.errors import DamageError, DocumentError, MissingError, ReviewflowError
from reviewflow.finished_files import make_durable, unwritable_error, whole_file

_BLOCK = 1 << 20
_DAY = 86_400
"""seconds"""
_HINT = "已收下的没有丢失；处理后再运行一次即可继续。"


class Originals:
    """The store below a folder, which comes into being with the first file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the original of this digest stands, or would."""
        return self.folder / digest[:2] / digest[2:]

    def save(self, path: Path, digest: str) -> None:
        """Save a file whose digest was taken before; one that is there already is left as it is.

        The name appears once the content is on the disk; ``make_durable`` makes the names themselves durable. Raises
        ReviewflowError ``read.changed``, ``read.failed``, ``write.failed``.
        """
        target = self.path(digest)
        if target.exists():
            return
        try:
            for folder in (self.folder, target.parent):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._copy(path, target, digest)
        except OSError as error:
            raise unwritable_error(target, error, _HINT) from None

    def _copy(self, path: Path, target: Path, digest: str) -> None:
        with whole_file(target, 0o400, durable_name=False) as temporary:
            found = hashlib.sha256()
            with temporary.open("wb") as file:
                for block in _blocks(path):
                    found.update(block)
                    file.write(block)
            if found.hexdigest() != digest:
                raise changed_file_error()

    def make_durable(self, digests: Iterable[str]) -> None:
        """Make the names of saved originals durable: a power cut after this loses none. Raises ``write.failed``."""
        try:
            for folder in {self.path(digest).parent for digest in digests}:
                make_durable(folder)
            make_durable(self.folder)
        except OSError as error:
            raise unwritable_error(self.folder, error, _HINT) from None

    def sweep(self) -> None:
        """Remove what was left half written more than a day ago, by an import that was killed."""
        for temporary in self.folder.glob("[0-9a-f][0-9a-f]/.*.writing"):
            with suppress(OSError):
                if time.time() - temporary.stat().st_mtime > _DAY:
                    temporary.unlink()

    def open(self, digest: str) -> BufferedReader:
        """An original, to be read. Raises ReviewflowError ``originals.missing``."""
        try:
            return self.path(digest).open("rb")
        except OSError as error:
            raise _missing_error(digest, error) from None

    def verify(self, digest: str) -> None:
        """Read an original through. Raises ReviewflowError ``originals.missing``, ``originals.damaged``."""
        with self.open(digest) as file:
            try:
                found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise _missing_error(digest, error) from None
        if found != digest:
            raise DamageError(
                "originals.damaged", f"原件 {digest[:12]}… 的内容与其摘要不符。", "请从备份中恢复该文件。"
            )

    def digests(self) -> Iterator[str]:
        """The digests of all that is kept, in order."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            for file in sorted(folder.glob("[0-9a-f]*")):
                yield folder.name + file.name


def changed_file_error() -> ReviewflowError:
    """The error of a file that somebody wrote to while it was being taken in."""
    return DocumentError("read.changed", "文件在提交过程中被改动。", "请待文件不再改动后重新提交。")


def _blocks(path: Path) -> Iterator[bytes]:
    """A file's content. Its own failures are told apart from those of the place where it is kept."""
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError:
        raise DocumentError(
            "read.failed", "文件在提交过程中不能再读。", "请检查文件是否还在原处，然后重新提交。"
        ) from None


def _missing_error(digest: str, error: OSError) -> ReviewflowError:
    if error.errno == errno.EACCES:
        return MissingError("originals.missing", f"没有权限读取原件 {digest[:12]}…。", "请联系系统管理员。")
    return MissingError("originals.missing", f"原件 {digest[:12]}… 不见了或读不出。", "请从备份中恢复该文件。")
