"""Bringing in files, folders and tables: each document is kept once, with its original, and queued.

Whatever ends a run – a full disk, a power cut – the next one goes on: what is known by its digest is passed over.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError

from reviewflow.batch.run import expected
from reviewflow.batch.sources import find_files, is_table
from reviewflow.batch.troubles import Trouble, attempt
from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records import search_index
from reviewflow.records.ledger import told
from reviewflow.records.originals import Originals, changed
from reviewflow.services.intake.admission import Admitted, admit, section_for
from reviewflow.services.intake.arrival import Arrival
from reviewflow.services.intake.sources import Incoming
from reviewflow.services.intake.workers import Prepared, prepared
from reviewflow.services.office import Office

Progress = Callable[[int, int], object]
"""Told how many more documents are done, of how many in all as far as known."""

_BATCH = 400
_LONGEST_WAIT = 5.0
_WORTH_PROCESSES = 40
_OF_ONE_DOCUMENT = frozenset(("ledger.refused", "read.unexpected"))


@dataclass(frozen=True, slots=True)
class Imported:
    """How a run went: documents queued as new cases, ids of cases whose file was replaced, documents that the section
    had already, new cases by lane, and what could not be taken in."""

    new: int
    superseded: tuple[int, ...]
    known: int
    lanes: Mapping[str, int]
    troubles: tuple[Trouble, ...]


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
    section = section_for(actor, section_name, local_day(office.now()))
    files, troubles = find_files(tuple(map(str, paths)))
    if supersedes is not None and (len(files) != 1 or is_table(files[0])):
        raise ReviewflowError("intake.one_file", "更换文件一次只能给一个文件。", "请用 --supersedes 时只写一个文件。")
    total = expected(files)
    originals = Originals(office.originals)
    incoming = Incoming(
        office, section, files, originals, lambda number: progress(number, total), supersedes is not None
    )
    run = _Run(office, actor, section, incoming, supersedes)
    try:
        for one in prepared(incoming.loads(), office.settings.home, 1 if total < _WORTH_PROCESSES else jobs):
            run.take(one)
        run.keep()
        search_index.settle()
    except DatabaseError as error:
        raise told(error) from error
    originals.sweep()
    known = incoming.known + run.known
    return Imported(run.new, tuple(run.superseded), known, run.lanes, (*troubles, *incoming.troubles))


@dataclass(slots=True)
class _Run:
    """A run as far as it has come; ``pending`` are documents prepared and not yet kept."""

    office: Office
    actor: Actor
    section: rows.Section
    incoming: Incoming
    supersedes: int | None
    pending: list[Arrival] = field(default_factory=list)
    kept_at: float = field(default_factory=time.monotonic)
    new: int = 0
    known: int = 0
    superseded: list[int] = field(default_factory=list)
    lanes: Counter[str] = field(default_factory=Counter)

    def take(self, documents: Prepared) -> None:
        """Take what came of a load; keep it once there is enough, or once the last time is some seconds ago."""
        for one in documents:
            if isinstance(one, Trouble):
                self._trouble(one)
            else:
                self.pending.append(one)
        if len(self.pending) >= _BATCH or time.monotonic() - self.kept_at > _LONGEST_WAIT:
            self.keep()

    def keep(self) -> None:
        """Keep what is pending: originals first, so that no case is ever without."""
        batch = [one for one in self.pending if self._keep_original(one)]
        self.pending = []
        if batch:
            self.incoming.originals.settle({one.original for one in batch if not one.row})
            self._admit(batch)
        self.kept_at = time.monotonic()

    def _keep_original(self, arrival: Arrival) -> bool:
        """Whether the original is in the store. A table is put there before its rows are prepared, and the same file
        twice in a run needs one copy."""
        path = self.incoming.paths.pop(arrival.digest, None)
        try:
            if path:
                self.incoming.originals.keep(path, arrival.original)
            elif not self.incoming.originals.path(arrival.original).exists():
                raise changed()
        except ReviewflowError as error:
            if not error.code.startswith("read."):
                raise
            self._trouble(Trouble.of(str(path or arrival.source), error))
            return False
        return True

    def _admit(self, batch: Sequence[Arrival]) -> None:
        """Admit a batch; where the ledger refuses one of its documents, all the others."""
        outcome = attempt(batch[0].source, lambda: admit(self.office, self.actor, self.section, batch, self.supersedes))
        if isinstance(outcome, Admitted):
            self._count(outcome, len(batch))
        elif outcome.code not in _OF_ONE_DOCUMENT:
            raise ReviewflowError(outcome.code, outcome.message, outcome.hint)
        elif len(batch) == 1:
            self._trouble(outcome)
        else:
            middle = len(batch) // 2
            self._admit(batch[:middle])
            self._admit(batch[middle:])

    def _count(self, admitted: Admitted, number: int) -> None:
        self.new += len(admitted.new)
        self.known += admitted.known
        self.superseded.extend(admitted.superseded)
        self.lanes.update(admitted.lanes)
        self.incoming.done(number)

    def _trouble(self, trouble: Trouble) -> None:
        self.incoming.troubles.append(trouble)
        self.incoming.done(1)
