"""A run on this machine: batches through worker processes, finished records into a journal, as they come."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reviewflow.batch.journal import Journal
from reviewflow.batch.sources import Trouble, is_table
from reviewflow.batch.work import Batch, Outcome, work
from reviewflow.settings import Settings
from reviewflow.text.reading import count_rows, iter_table


@dataclass(slots=True)
class Tally:
    """How a run went: new records, documents skipped because they were done before, troubles."""

    written: int = 0
    skipped: int = 0
    troubles: list[Trouble] = field(default_factory=list)


def expected(files: list[Path]) -> int:
    """How many documents the files hold, as far as that can be told quickly."""
    return sum((count_rows(file) or 0) if is_table(file) else 1 for file in files)


def batches(files: list[Path], settings: Settings, journal: Journal, tally: Tally) -> Iterator[Batch]:
    """The work in batches, without what the journal holds already. Tables are streamed, never loaded whole."""
    size = settings.batch.size
    pending: list[str] = []
    for file in files:
        if is_table(file):
            yield from _table_batches(file, settings, journal, tally)
            continue
        if str(file) in journal:
            tally.skipped += 1
            continue
        pending.append(str(file))
        # Files differ in cost by a factor of a thousand (text against scanned PDF): small batches keep both busy.
        if len(pending) >= max(1, size // 25):
            yield Batch(paths=tuple(pending))
            pending = []
    if pending:
        yield Batch(paths=tuple(pending))


def _table_batches(file: Path, settings: Settings, journal: Journal, tally: Tally) -> Iterator[Batch]:
    from reviewflow.errors import ReviewflowError

    try:
        for chunk in iter_table(file, settings.reading, settings.batch.size):
            rows = tuple(row for row in chunk.rows if row["id"] not in journal)
            tally.skipped += len(chunk.rows) - len(rows)
            troubles = tuple(Trouble.of(f"{file}#{number}", error) for number, error in chunk.errors)
            if rows or troubles:
                yield Batch(rows=rows, table=str(file), troubles=troubles)
    except ReviewflowError as error:
        yield Batch(troubles=(Trouble.of(str(file), error),))


def run(
    files: list[Path],
    settings: Settings,
    journal: Journal,
    jobs: int,
    progress: Callable[[int], object] = lambda _: None,
) -> Tally:
    """Work through the files with so many processes; ``progress`` is told how many documents each step finished.

    Results come in the order of the input. What was journalled before an interruption stays.
    """
    tally = Tally()
    for size, outcome in _outcomes(batches(files, settings, journal, tally), jobs):
        if outcome.lines:
            journal.add(outcome.lines)
        tally.written += len(outcome.lines)
        tally.troubles.extend(outcome.troubles)
        progress(size)
    return tally


def _sized(batch: Batch) -> tuple[int, Outcome]:
    return len(batch), work(batch)


def _outcomes(work_list: Iterator[Batch], jobs: int) -> Iterator[tuple[int, Outcome]]:
    if jobs == 1:
        yield from map(_sized, work_list)
        return
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="2*n_jobs", batch_size=1)
    yield from parallel(delayed(_sized)(batch) for batch in work_list)
