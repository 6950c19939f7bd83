"""What is to be brought in: files and rows that the section does not have yet, in loads for those who prepare them."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewflow.batch.sources import is_table
from reviewflow.batch.troubles import Trouble
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.originals import Originals, changed
from reviewflow.services.intake.admission import known_digests
from reviewflow.services.intake.arrival import Origin, Row, file_digest, keepable, row_digest
from reviewflow.services.intake.workers import Load
from reviewflow.services.office import Office
from reviewflow.text.reading import TableBatch, iter_table

_LOOKED_UP = 40
_FILES_A_LOAD = 8
_MEGABYTE = 1_000_000
_LONGEST_SOURCE = 500
_LONGEST_ROW = 200


@dataclass(slots=True)
class Incoming:
    """The files of a run. ``paths`` tells where a file lies until its original is kept; ``done`` is told how many
    documents need no more work. ``all_of_them`` prepares also what is known."""

    office: Office
    section: rows.Section
    files: Sequence[Path]
    originals: Originals
    done: Callable[[int], object]
    all_of_them: bool = False
    known: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    paths: dict[str, Path] = field(default_factory=dict)

    def loads(self) -> Iterator[Load]:
        """All the work there is, in the order of the files. Raises ReviewflowError ``write.failed``, ``ledger.*``."""
        names = source_names(self.files)
        pending: list[Path] = []
        for file in self.files:
            if is_table(file):
                yield from self._table(file, names[file])
                continue
            pending.append(file)
            if len(pending) == _LOOKED_UP:
                yield from self._files(pending, names)
                pending = []
        yield from self._files(pending, names)

    def _files(self, files: Sequence[Path], names: dict[Path, str]) -> Iterator[Load]:
        offered = [(file, self._origin(file, names[file])) for file in files]
        present = self._known(origin for _, origin in offered)
        fresh = [(str(file), origin) for file, origin in offered if origin.digest not in present]
        self.paths.update({origin.digest: Path(path) for path, origin in fresh})
        for start in range(0, len(fresh), _FILES_A_LOAD):
            yield Load(self._vendor, files=tuple(fresh[start : start + _FILES_A_LOAD]))

    def _origin(self, file: Path, name: str) -> Origin:
        """Where a file comes from; without digest if that cannot be taken: its reader will say why."""
        try:
            size = file.stat().st_size
            readable = file.is_file() and size <= self.office.settings.reading.max_file_mb * _MEGABYTE
            digest = file_digest(file) if readable else ""
        except OSError:
            size, digest = 0, ""
        return Origin(digest, digest, "", name, size)

    def _table(self, file: Path, name: str) -> Iterator[Load]:
        stamp, original = _stamp(file), ""
        for chunk in self._chunks(file):
            if _stamp(file) != stamp:
                self._trouble(str(file), changed())
                return
            if chunk.rows and not original:
                original = file_digest(file)
                self.originals.keep(file, original)
                self.originals.settle([original])
            for number, error in chunk.errors:
                self._trouble(f"{file}#{number}", error)
            offered = [(row, _row_origin(row, original, name)) for row in chunk.rows]
            present = self._known(origin for _, origin in offered)
            fresh = tuple((row, origin) for row, origin in offered if origin.digest not in present)
            if fresh:
                yield Load(self._vendor, rows=fresh, table=str(file))

    def _chunks(self, file: Path) -> Iterator[TableBatch]:
        settings = self.office.settings
        try:
            yield from iter_table(file, settings.reading, settings.batch.size)
        except ReviewflowError as error:
            self._trouble(str(file), error)

    def _known(self, origins: Iterable[Origin]) -> set[str]:
        if self.all_of_them:
            return set()
        digests = [origin.digest for origin in origins]
        present = known_digests(self.section, digests)
        number = sum(digest in present for digest in digests)
        self.known += number
        self.done(number)
        return present

    def _trouble(self, source: str, error: ReviewflowError) -> None:
        self.troubles.append(Trouble.of(source, error))
        self.done(1)

    @property
    def _vendor(self) -> str:
        return self.office.settings.database.engine


def source_names(files: Iterable[Path]) -> dict[Path, str]:
    """By file the name under which a later version of it is known again: its own, with as many folders before it as
    tell it from the other files of the run. Cut at the front to 500 characters."""
    parts = {file: file.absolute().parts for file in files}
    depth = dict.fromkeys(parts, 1)
    while True:
        names = {file: "/".join(own[-depth[file] :]) for file, own in parts.items()}
        taken = Counter(names.values())
        again = [file for file, name in names.items() if taken[name] > 1 and depth[file] < len(parts[file])]
        if not again:
            return {file: shown(name)[-_LONGEST_SOURCE:] for file, name in names.items()}
        for file in again:
            depth[file] += 1


def shown(path: str) -> str:
    """A path as text; bytes that are none, which some archives leave in names, become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _row_origin(row: Row, original: str, name: str) -> Origin:
    number = keepable(row["id"])
    size = len(row.get("text", "").encode("utf-8", "replace"))
    return Origin(row_digest(row), original, number[:_LONGEST_ROW], f"{name}#{number}"[-_LONGEST_SOURCE:], size)


def _stamp(file: Path) -> tuple[int, ...]:
    """What changes when somebody writes to a file."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
