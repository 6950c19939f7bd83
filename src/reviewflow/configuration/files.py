"""The files of a configuration as they were at one moment, and the stamp by which a change is noticed."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reviewflow.errors import ReviewflowError

FILES = (
    "configs/reviewflow.toml",
    "configs/catalogue.yaml",
    "configs/legal_bases.yaml",
    "configs/rules.yaml",
    "configs/words.yaml",
    "configs/workdays.yaml",
    "models/ACTIVE",
)
"""What a configuration is made of, seen from the installation's folder. A file may be missing."""

_ATTEMPTS = 20

Stamp = tuple[tuple[int, ...], ...]
"""Of each file the times at which its content and its inode changed (nanoseconds), its size and its number; nothing of
one that is missing. Two states of the files that differ have two stamps, except when a file is changed twice within one
tick of the file system's clock."""


def stamp_of(home: Path) -> Stamp:
    """The stamp of the files as they are now: one ``stat`` a file."""
    return tuple(_state(home / name) for name in FILES)


def _state(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read; to the loaders of ``rules`` as good as its path. ``content`` is None where it was missing
    or could not be read."""

    name: str
    content: bytes | None = field(repr=False)

    def exists(self) -> bool:
        """Whether there was such a file."""
        return self.content is not None

    def read_bytes(self) -> bytes:
        """What it held. Raises FileNotFoundError."""
        if self.content is None:
            raise FileNotFoundError(self.name)
        return self.content


@dataclass(frozen=True)
class Snapshot:
    """All files of a configuration at one moment, in the order of FILES. Goes to other processes as it is."""

    home: Path
    files: tuple[SourceFile, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256, hexadecimal, of all names and contents: two snapshots with the same one are the same configuration."""
        parts = hashlib.sha256()
        for name, file in zip(FILES, self.files, strict=True):
            content = hashlib.sha256(file.content).hexdigest() if file.content is not None else "-"
            parts.update(f"{name} {content}\n".encode())
        return parts.hexdigest()

    def file(self, name: str) -> SourceFile:
        """One file, by its name in FILES."""
        return self.files[FILES.index(name)]


def read_snapshot(home: Path) -> tuple[Snapshot, Stamp]:
    """All files as they were at one moment, with their stamp then.

    Raises ReviewflowError ``configuration.changing`` when somebody writes to them all the while.
    """
    for _ in range(_ATTEMPTS):
        before = stamp_of(home)
        files = tuple(_read(home / name) for name in FILES)
        if stamp_of(home) == before:
            return Snapshot(home, files), before
    raise ReviewflowError("configuration.changing", "配置文件正在不断被改写，读不到完整的一份。", "请稍后再试。")


def _read(file: Path) -> SourceFile:
    try:
        return SourceFile(file.name, file.read_bytes())
    except OSError:
        return SourceFile(file.name, None)
