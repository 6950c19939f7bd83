"""The journal of a run: finished records as JSON lines beside the output, so that a break loses nothing.

A run writes ``<output>.partial``; only when everything is done does the output appear, under its own name, in one
step. After a break (power, kill, full disk) the journal is still there and ``--resume`` goes on from it.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reviewflow.finished_files import unwritable_error

RESUME = "已完成的部分没有丢失；处理后加 --resume 再运行一次即可继续。"


def journal_path(output: Path) -> Path:
    """Where the journal of an output stands."""
    return output.with_name(output.name + ".partial")


class Journal:
    """An open journal. ``done`` tells whether a document is in it already; ids are kept as short digests."""

    def __init__(self, path: Path, *, resume: bool) -> None:
        self.path = path
        self._done: set[bytes] = set()
        if resume and path.exists():
            _drop_half_line(path)
            for row in read_records(path):
                self._done.add(_key(row["id"]))
        try:
            self._file = path.open("a" if resume else "w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise unwritable_error(path, error, RESUME) from None

    def __contains__(self, key: str) -> bool:
        return _key(key) in self._done

    def mark(self, keys: Iterable[str]) -> None:
        """Count documents as done that stand in an earlier output."""
        self._done.update(map(_key, keys))

    def __len__(self) -> int:
        return len(self._done)

    def add(self, lines: list[tuple[str, str]]) -> None:
        """Append records and hand them to the operating system. Raises ReviewflowError ``write.failed``."""
        try:
            self._file.write("".join(line + "\n" for _, line in lines))
            self._file.flush()
        except OSError as error:
            raise unwritable_error(self.path, error, RESUME) from None
        self.mark(key for key, _ in lines)

    def close(self) -> None:
        """Close the file; what was written stays."""
        try:
            self._file.close()
        except OSError as error:
            raise unwritable_error(self.path, error, RESUME) from None


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines, one at a time."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _drop_half_line(path: Path) -> None:
    """Cut off a last line that a break left unfinished."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        at = size
        while at > 0:
            step = min(65536, at)
            file.seek(at - step)
            found = file.read(step).rfind(b"\n")
            if found >= 0:
                at = at - step + found + 1
                break
            at -= step
        if at < size:
            file.truncate(at)


def _key(value: str) -> bytes:
    return hashlib.blake2b(value.encode("utf-8", "replace"), digest_size=12).digest()
