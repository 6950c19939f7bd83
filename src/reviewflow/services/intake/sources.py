"""What is to be brought in: files and rows that the section does not have yet, in loads for workers."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reviewflow.batch.loads import Load
from reviewflow.batch.sources import is_table
from reviewflow.batch.troubles import Trouble
from reviewflow.errors import ErrorKind, ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.originals import Originals, changed_file_error
from reviewflow.services.intake.admission import known_cases
from reviewflow.services.intake.arrival import Arrival, Known, Origin, Row, file_digest, row_digest
from reviewflow.services.intake.preparation import prepare_files, prepare_rows
from reviewflow.services.office import Office
from reviewflow.text.characters import storable
from reviewflow.text.reading import iter_table

_LOOKED_UP = 40
_FILES_A_LOAD = 8
_MEGABYTE = 1_000_000
_LONGEST_SOURCE = 500
_LONGEST_ROW = 200


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a run. ``everything``: what is known is prepared, too."""

    office: Office
    section: rows.Section
    files: Sequence[Path]
    originals: Originals
    everything: bool = False

    def loads(self) -> Iterator[Load[Arrival | Known]]:
        """All the work there is, in the order of the files, with what is known or cannot be used in its place.

        Raises ReviewflowError ``write.failed``, ``ledger.*``.
        """
        names = source_names(self.files)
        pending: list[Path] = []
        for file in self.files:
            if is_table(file):
                yield from self._loads_of_files(pending, names)
                yield from self._loads_of_table(file, names[file])
                pending = []
                continue
            pending.append(file)
            if len(pending) == _LOOKED_UP:
                yield from self._loads_of_files(pending, names)
                pending = []
        yield from self._loads_of_files(pending, names)

    def _loads_of_files(self, files: Sequence[Path], names: dict[Path, str]) -> Iterator[Load[Arrival | Known]]:
        origins = [self._origin(file, names[file]) for file in files]
        present = self._known_cases(origins)
        known = [Known(present[origin.digest]) for origin in origins if origin.digest in present]
        if known:
            yield self._load([], ready=known)
        fresh = [origin for origin in origins if origin.digest not in present]
        for start in range(0, len(fresh), _FILES_A_LOAD):
            yield self._load(fresh[start : start + _FILES_A_LOAD])

    def _load(self, origins: Sequence[Origin], ready: Sequence[Known] = ()) -> Load[Arrival | Known]:
        make = partial(prepare_files, vendor=self._vendor)
        return Load(make, tuple(origins), tuple(origin.path for origin in origins), ready=tuple(ready))

    def _origin(self, file: Path, name: str) -> Origin:
        """Where a file comes from; without digest if that cannot be taken: its reader will say why."""
        try:
            size = file.stat().st_size
            readable = file.is_file() and size <= self.office.settings.reading.max_file_mb * _MEGABYTE
            digest = file_digest(file) if readable else ""
        except OSError:
            size, digest = 0, ""
        return Origin(digest, digest, "", name, size, str(file))

    def _loads_of_table(self, file: Path, name: str) -> Iterator[Load[Arrival | Known]]:
        try:
            yield from self._loads_of_rows(file, name)
        except ReviewflowError as error:
            if error.kind is not ErrorKind.DOCUMENT:
                raise
            yield self._load_of_rows(file, [], [Trouble.of(str(file), error)])

    def _loads_of_rows(self, file: Path, name: str) -> Iterator[Load[Arrival | Known]]:
        settings = self.office.settings
        stamp, original = _stamp(file), ""
        for chunk in iter_table(file, settings.reading, settings.batch.size):
            if _stamp(file) != stamp:
                raise changed_file_error()
            if chunk.rows and not original:
                original = file_digest(file)
                self.originals.save(file, original)
                self.originals.make_durable([original])
            offered = [(row, _row_origin(row, original, name)) for row in chunk.rows]
            present = self._known_cases(origin for _, origin in offered)
            troubles = [Trouble.of(f"{file}#{number}", error) for number, error in chunk.errors]
            known = [Known(present[origin.digest]) for _, origin in offered if origin.digest in present]
            fresh = [(row, origin) for row, origin in offered if origin.digest not in present]
            yield self._load_of_rows(file, fresh, [*troubles, *known])

    def _load_of_rows(
        self, file: Path, fresh: Sequence[tuple[Row, Origin]], ready: Sequence[Known | Trouble]
    ) -> Load[Arrival | Known]:
        make = partial(prepare_rows, table=str(file), vendor=self._vendor)
        sources = tuple(f"{file}#{row['id']}" for row, _ in fresh)
        return Load(make, tuple(fresh), sources, together=True, ready=tuple(ready))

    def _known_cases(self, origins: Iterable[Origin]) -> dict[str, int]:
        return {} if self.everything else known_cases(self.section, [origin.digest for origin in origins])

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
    number = storable(row["id"])
    size = len(row.get("text", "").encode("utf-8", "replace"))
    return Origin(row_digest(row), original, number[:_LONGEST_ROW], f"{name}#{number}"[-_LONGEST_SOURCE:], size)


def _stamp(file: Path) -> tuple[int, ...]:
    """What changes when somebody writes to a file."""
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
