"""Bringing in files, folders and tables: each document is kept once, with its original, and queued.

Whatever ends a run – a full disk, a power cut – the next one goes on: what is known by its digest is passed over.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError

from reviewflow.batch import crew
from reviewflow.batch.run import expected
from reviewflow.batch.sources import find_files, is_table
from reviewflow.batch.troubles import Trouble, attempt
from reviewflow.domain.people import Actor
from reviewflow.errors import ERRORS, ErrorKind, ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records import search_index
from reviewflow.records.ledger import ledger_error
from reviewflow.records.originals import Originals, changed_file_error
from reviewflow.services.access import section_for
from reviewflow.services.intake.admission import Admitted, admit
from reviewflow.services.intake.arrival import Arrival, Known
from reviewflow.services.intake.sources import Sources
from reviewflow.services.office import Office

Progress = Callable[[int, int], object]
"""Told how many more documents are done, of how many in all as far as known."""

_BATCH = 400
_LONGEST_WAIT = 5.0


@dataclass(frozen=True, slots=True)
class Imported:
    """How a run went: numbers of new cases, of cases whose file was replaced, and of cases whose document the section
    had already; new cases by lane; what could not be taken in."""

    new_cases: tuple[int, ...]
    superseded: tuple[int, ...]
    known_cases: tuple[int, ...]
    lanes: Mapping[str, int]
    troubles: tuple[Trouble, ...]

    @property
    def new(self) -> int:
        """How many documents were queued as new cases."""
        return len(self.new_cases)

    @property
    def known(self) -> int:
        """How many documents the section had already."""
        return len(self.known_cases)


def import_paths(
    office: Office,
    actor: Actor,
    section_name: str,
    paths: Sequence[str | Path],
    jobs: int = 1,
    progress: Progress = lambda _done, _total: None,
    supersedes: int | None = None,
) -> Imported:
    """Bring files, all files of folders, and all rows of tables (jsonl, csv, parquet) into a section.

    A document goes into this section whatever a table's ``section`` column says. ``supersedes`` names the case whose
    file the one given file replaces. One bad document or row never stops the others. Raises ReviewflowError
    ``intake.*``, ``review.*``, ``write.failed``, ``ledger.*``; what was taken in before that stays.
    """
    section = section_for(actor, section_name, office.now())
    files, troubles = find_files(tuple(map(str, paths)))
    if supersedes is not None and (len(files) != 1 or is_table(files[0])):
        raise ReviewflowError("intake.one_file", "更换文件一次只能给一个文件。", "请用 --supersedes 时只写一个文件。")
    total = expected(files)
    run = _Run(office, actor, section, Originals(office.originals), lambda done: progress(done, total), supersedes)
    run.troubles.extend(troubles)
    sources = Sources(office, section, files, run.originals, everything=supersedes is not None)
    try:
        with closing(crew.run(sources.loads(), office.configuration, crew.worth(jobs, total))) as prepared:
            for results in prepared:
                run.take(results)
        run.save()
        search_index.flush()
    except DatabaseError as error:
        raise ledger_error(error) from error
    run.originals.sweep()
    return run.imported()


@dataclass(slots=True)
class _Run:
    """A run as far as it has come; ``pending`` are documents prepared and not yet saved. ``progress`` is told how many
    documents need no more work."""

    office: Office
    actor: Actor
    section: rows.Section
    originals: Originals
    progress: Callable[[int], object]
    supersedes: int | None
    pending: list[Arrival] = field(default_factory=list)
    saved_at: float = field(default_factory=time.monotonic)
    new: list[int] = field(default_factory=list)
    known: list[int] = field(default_factory=list)
    superseded: list[int] = field(default_factory=list)
    lanes: Counter[str] = field(default_factory=Counter)
    troubles: list[Trouble] = field(default_factory=list)

    def imported(self) -> Imported:
        """How it went."""
        return Imported(tuple(self.new), tuple(self.superseded), tuple(self.known), self.lanes, tuple(self.troubles))

    def take(self, results: Sequence[Arrival | Known | Trouble]) -> None:
        """Take what came of documents; save it once there is enough, or once the last time is some seconds ago."""
        for result in results:
            if isinstance(result, Trouble):
                self._report(result)
            elif isinstance(result, Known):
                self.known.append(result.case)
                self.progress(1)
            else:
                self.pending.append(result)
        if len(self.pending) >= _BATCH or time.monotonic() - self.saved_at > _LONGEST_WAIT:
            self.save()

    def save(self) -> None:
        """Save what is pending: originals first, so that no case is ever without."""
        batch = [arrival for arrival in self.pending if self._save_original(arrival)]
        self.pending = []
        if batch:
            self.originals.make_durable({arrival.original for arrival in batch if not arrival.row})
            self._admit(batch)
        self.saved_at = time.monotonic()

    def _save_original(self, arrival: Arrival) -> bool:
        """Whether the original is in the store. A table is put there before its rows are prepared."""
        try:
            if arrival.path:
                self.originals.save(Path(arrival.path), arrival.original)
            elif not self.originals.path(arrival.original).exists():
                raise changed_file_error()
        except ReviewflowError as error:
            if error.kind is not ErrorKind.DOCUMENT:
                raise
            self._report(Trouble.of(arrival.path or arrival.source, error))
            return False
        return True

    def _admit(self, batch: Sequence[Arrival]) -> None:
        """Admit a batch; where the ledger refuses one of its documents, all the others."""
        outcome = attempt(batch[0].source, lambda: admit(self.office, self.actor, self.section, batch, self.supersedes))
        if isinstance(outcome, Admitted):
            self._count(outcome, len(batch))
        elif outcome.kind is not ErrorKind.DOCUMENT:
            raise ERRORS[outcome.kind](outcome.code, outcome.message, outcome.hint)
        elif len(batch) == 1:
            self._report(outcome)
        else:
            middle = len(batch) // 2
            self._admit(batch[:middle])
            self._admit(batch[middle:])

    def _count(self, admitted: Admitted, number: int) -> None:
        self.new.extend(admitted.new)
        self.known.extend(admitted.known_cases)
        self.superseded.extend(admitted.superseded)
        self.lanes.update(admitted.lanes)
        self.progress(number)

    def _report(self, trouble: Trouble) -> None:
        self.troubles.append(trouble)
        self.progress(1)
