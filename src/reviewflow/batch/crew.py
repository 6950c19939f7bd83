"""The one engine for many documents: loads through workers, results in order, a bad document reported alone.

A worker that dies is replaced. What it had in hand is tried once more alone, since the kill may have come from outside;
what it had finished is kept, what it had not taken up goes to its successor.
"""

import atexit
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from threading import Lock
from typing import Any, Generic, TypeVar

from reviewflow.batch.loads import Load
from reviewflow.batch.scratch import scratch_folder
from reviewflow.batch.troubles import Trouble
from reviewflow.batch.worker import Worker, WorkerEndedError, no_worker_error
from reviewflow.configuration.configuration import Configuration
from reviewflow.errors import ReviewflowError

Made = TypeVar("Made")

_WORTH_PROCESSES = 40
_MOST_IDLE_DEATHS = 5


def run(
    loads: Iterable[Load[Made]], configuration: Configuration, jobs: int
) -> Generator[list[Made | Trouble], None, None]:
    """What came of each document of the loads, in order, some at a time, with so many workers.

    All of them work by this configuration from beginning to end, also those that start in the middle.

    ``loads`` is asked for more by the caller's own thread, since a database connection belongs to the thread that
    opened it, and at most two loads a worker ahead. Ending early ends what the workers do for this run. Raises
    ReviewflowError ``batch.*``, ``write.scratch``, and whatever a faulty configuration raises.
    """
    crew = shared_crew(jobs)
    waiting: deque[Task[Made]] = deque()
    try:
        for load in loads:
            waiting.append(crew.submit(configuration, load))
            if len(waiting) >= 2 * jobs:
                yield from waiting[0].results()
                waiting.popleft()
        while waiting:
            yield from waiting[0].results()
            waiting.popleft()
    finally:
        for task in waiting:
            task.abandon()


def worth(jobs: int, documents: int) -> int:
    """How many workers so many documents are worth: starting one costs about a second. A single document needs but one of
    any crew, and finds another if the first is busy for somebody else."""
    return 1 if 1 < documents < _WORTH_PROCESSES else jobs


class Task(Generic[Made]):
    """A load on its way through a crew."""

    def __init__(self, configuration: Configuration, load: Load[Made]) -> None:
        self.configuration = configuration
        self.load = load
        self.abandoned = False
        self.worker: Worker | None = None
        self.future: Future[None] | None = None
        self._results: SimpleQueue[list[Made | Trouble] | Exception] = SimpleQueue()

    def results(self) -> Iterator[list[Made | Trouble]]:
        """What came of the documents, as it comes. Raises what ended the work."""
        if self.load.ready:
            yield list(self.load.ready)
        left = len(self.load.items)
        while left:
            results = self._results.get()
            if isinstance(results, Exception):
                raise results
            left -= len(results)
            yield results

    def add(self, results: "list[Made | Trouble] | Exception") -> None:
        """Hand on what came of the next documents, or the error that ended the work."""
        self._results.put(results)

    def abandon(self) -> None:
        """Stop: nobody waits for the rest, and whoever does after all is told."""
        self.abandoned = True
        if self.future:
            self.future.cancel()
        if worker := self.worker:
            worker.kill()
        self.add(ReviewflowError("batch.stopped", "程序正在停止，没有处理完。", "请稍后再试一次。"))


@dataclass(frozen=True, slots=True)
class _Portion:
    """Documents ``start`` to before ``stop`` of a load. ``suspect``: a worker has died with these in hand before."""

    start: int
    stop: int
    together: bool
    suspect: bool = False


class Crew:
    """So many workers, each started when it is first needed. ``tasks`` is what they have to do."""

    def __init__(self, size: int) -> None:
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="reviewflow-worker")
        self._stack = ExitStack()
        self._lock = Lock()
        self._scratch: Any = None
        self._idle: list[Worker] = []
        self.tasks: set[Task[Any]] = set()

    def submit(self, configuration: Configuration, load: Load[Made]) -> Task[Made]:
        """Have a load worked through as soon as a worker is free."""
        task = Task(configuration, load)
        if load.items:
            self.tasks.add(task)
            task.future = self._threads.submit(self._attend, task)
        return task

    def close(self) -> None:
        """End everything at once."""
        for task in list(self.tasks):
            task.abandon()
        self._threads.shutdown(cancel_futures=True)
        while self._idle:
            self._idle.pop().close()
        self._stack.close()

    def _attend(self, task: Task[Any]) -> None:
        try:
            _Passage(self, task).go()
        except Exception as error:
            task.add(error)
        finally:
            self.tasks.discard(task)

    def idle_pids(self) -> list[int]:
        """The processes that wait for work."""
        return [worker.pid for worker in self._idle]

    def worker(self) -> Worker:
        """A worker that is free. Raises ReviewflowError ``write.scratch``, ``batch.no_worker``."""
        if self._idle:
            return self._idle.pop()
        with self._lock:
            if self._scratch is None:
                self._scratch = self._stack.enter_context(scratch_folder())
        return Worker(self._scratch)

    def free(self, worker: Worker) -> None:
        """Take a worker back that is ready for more."""
        self._idle.append(worker)


@dataclass(slots=True)
class _Passage:
    """The way of one load through workers, however many of them die on it."""

    crew: Crew
    task: Task[Any]
    portions: deque[_Portion] = field(default_factory=deque)
    idle_deaths: int = 0

    def go(self) -> None:
        load = self.task.load
        self.portions.append(_Portion(0, len(load.items), load.together))
        while self.portions and not self.task.abandoned:
            self._perform(self.portions.popleft())

    def _perform(self, portion: _Portion) -> None:
        worker = self.crew.worker()
        self.task.worker = worker
        done = portion.start
        try:
            if not self.task.abandoned:
                load = self.task.load.part(portion.start, portion.stop, together=portion.together)
                for results in worker.perform(self.task.configuration, load):
                    done += len(results)
                    self.task.add(results)
        except WorkerEndedError as end:
            self.task.worker = None
            worker.close()
            self._go_on(portion, done, end)
        except BaseException:
            self.task.worker = None
            worker.close()
            raise
        else:
            self.task.worker = None
            self.crew.free(worker)

    def _go_on(self, portion: _Portion, done: int, end: WorkerEndedError) -> None:
        """Blame the document that was in hand, or try again what may not be to blame."""
        self.idle_deaths = 0 if end.in_hand or done > portion.start else self.idle_deaths + 1
        if self.idle_deaths >= _MOST_IDLE_DEATHS:
            raise no_worker_error()
        if end.in_hand == 0:
            again = [replace(portion, start=done)]
        elif end.in_hand > 1:
            again = [_Portion(done, portion.stop, together=False, suspect=not end.slow)]
        elif end.slow or portion.suspect:
            self.task.add([self._blame(self.task.load.sources[done], end)])
            again = [replace(portion, start=done + 1)]
        else:
            again = [_Portion(done, done + 1, together=False, suspect=True), replace(portion, start=done + 1)]
        self.portions.extendleft(one for one in reversed(again) if one.start < one.stop)

    def _blame(self, source: str, end: WorkerEndedError) -> Trouble:
        if end.slow:
            seconds = self.task.configuration.settings.reading.max_seconds
            message, hint = f"{seconds} 秒内没有处理完。", "请拆分，或调大 reading.max_seconds。"
            return Trouble(source, "read.too_slow", message, hint, end.trace)
        return Trouble(
            source, "read.crashed", "处理这个文件时程序崩溃。", "请用办公软件打开后另存一份再提交。", end.trace
        )


def shared_crew(size: int) -> Crew:
    """The crew of this size that the whole process uses: workers stay for the next run, and end with the process."""
    with _crews_lock:
        if size not in _crews:
            _crews[size] = Crew(size)
        return _crews[size]


def close_crews() -> None:
    """End all that is being worked on at once, and all workers. A later run starts new ones."""
    with _crews_lock:
        crews = list(_crews.values())
        _crews.clear()
    for crew in crews:
        crew.close()


_crews: dict[int, Crew] = {}
_crews_lock = Lock()
atexit.register(close_crews)
