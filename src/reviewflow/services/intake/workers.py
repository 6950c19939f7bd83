"""Preparing documents in processes of their own, without a database: batches in, what is to be kept out, in order."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import lru_cache, partial
from multiprocessing.connection import wait
from pathlib import Path

from reviewflow.batch.troubles import Trouble, attempt
from reviewflow.errors import FaultyFileError, ReviewflowError
from reviewflow.pipeline import Toolkit, load_toolkit
from reviewflow.records.originals import changed
from reviewflow.services.intake.arrival import Arrival, Origin, Row, prepare_file, prepare_rows

Prepared = list[Arrival | Trouble]
"""what came of each document, in order"""


@dataclass(frozen=True, slots=True)
class Load:
    """Work for one process: files (path, origin), or rows of one table; ``vendor`` is Django's name of the database."""

    vendor: str
    files: tuple[tuple[str, Origin], ...] = ()
    rows: tuple[tuple[Row, Origin], ...] = ()
    table: str = ""

    def singly(self) -> Iterator["Load"]:
        """The same work, one document at a time."""
        yield from (Load(self.vendor, files=(one,)) for one in self.files)
        yield from (Load(self.vendor, rows=(one,), table=self.table) for one in self.rows)

    @property
    def sources(self) -> list[str]:
        """What a trouble with each of the documents is reported under."""
        return [path for path, _ in self.files] + [f"{self.table}#{row['id']}" for row, _ in self.rows]


def prepare(load: Load, kit: Toolkit) -> Prepared:
    """Prepare everything of a load. One bad document never stops the others."""
    done: Prepared = [attempt(path, partial(_file, path, origin, kit, load.vendor)) for path, origin in load.files]
    try:
        return done + list(prepare_rows(load.rows, load.table, kit, load.vendor))
    except Exception:
        # Something among these rows is bad: find out what, one by one, and keep the rest.
        for row, source in zip(load.rows, load.sources[len(load.files) :], strict=True):
            done.append(attempt(source, partial(_row, row, load, kit)))
        return done


def _file(path: str, origin: Origin, kit: Toolkit, vendor: str) -> Arrival:
    arrival = prepare_file(Path(path), origin, kit, vendor)
    if not origin.digest:
        # Its digest could not be taken when its turn came, and now it can be read.
        raise changed()
    return arrival


def _row(row: tuple[Row, Origin], load: Load, kit: Toolkit) -> Arrival:
    return next(prepare_rows([row], load.table, kit, load.vendor))


def prepared(loads: Iterable[Load], home: Path, jobs: int) -> Iterator[Prepared]:
    """Prepare all loads with so many processes, in order. ``loads`` is asked for more by the caller's own thread, since
    a database connection belongs to the thread that opened it, and at most two loads a process ahead."""
    if jobs == 1:
        kit = _current(home)
        yield from (prepare(load, kit) for load in loads)
        return
    with _Crew(home, jobs) as crew:
        for load in loads:
            crew.give(load)
            if len(crew.waiting) >= 2 * jobs:
                yield crew.take()
        while crew.waiting:
            yield crew.take()


@dataclass(slots=True)
class _Crew:
    """The processes, and the loads that they have been given."""

    home: Path
    jobs: int
    waiting: deque[tuple[Load, "Future[Prepared]"]] = field(default_factory=deque)
    _pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "_Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def give(self, load: Load) -> None:
        if self._pool is None:
            self._pool = _pool(self.jobs)
        try:
            future = self._pool.submit(_work, self.home, load)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self.waiting.append((load, future))

    def take(self) -> Prepared:
        """The oldest load's result. A process that dies over a document takes the others' work with it: then each load
        that was given is done again, document by document, and the one to blame is reported."""
        load, future = self.waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            self._pool = None
            return [one for single in load.singly() for one in _alone(self.home, single)]


def _alone(home: Path, load: Load) -> Prepared:
    with _pool(1) as pool:
        try:
            return pool.submit(_work, home, load).result()
        except BrokenProcessPool:
            return [
                Trouble(source, "read.crashed", "处理时程序崩溃或内存不足。", "请将此文件报告给管理员。")
                for source in load.sources
            ]


def _pool(jobs: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_follow_parent)


def _follow_parent() -> None:
    """Leave interrupts to the parent, and end when it does, however that came about."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _work(home: Path, load: Load) -> Prepared:
    try:
        kit = _current(home)
    except FaultyFileError as error:
        # This one does not travel between processes, its parent does.
        raise ReviewflowError(error.code, error.message, error.hint) from None
    return prepare(load, kit)


def _current(home: Path) -> Toolkit:
    """The toolkit as rules, settings and active model are now. A server brings in one file after another."""
    files = [home / "models" / "ACTIVE", *sorted((home / "configs").iterdir())]
    return _toolkit(home, tuple((str(file), file.stat().st_mtime_ns) for file in files if file.exists()))


@lru_cache(maxsize=1)
def _toolkit(home: Path, _stamp: tuple[tuple[str, int], ...]) -> Toolkit:
    return load_toolkit(home)
