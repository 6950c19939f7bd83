"""A run on this machine: loads through workers, finished records into a journal, as they come."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reviewflow.batch import crew
from reviewflow.batch.journal import Journal
from reviewflow.batch.loads import Load
from reviewflow.batch.proposing import Line, load_of_files, load_of_rows
from reviewflow.batch.sources import is_table
from reviewflow.batch.troubles import Trouble
from reviewflow.configuration.configuration import Configuration
from reviewflow.errors import ReviewflowError
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


def loads_of(files: list[Path], settings: Settings, journal: Journal, tally: Tally) -> Iterator[Load[Line]]:
    """The work in loads, without what the journal holds already. Tables are streamed, never loaded whole."""
    pending: list[str] = []
    # Files differ in cost by a factor of a thousand (text against scanned PDF): small loads keep all workers busy.
    most = max(1, settings.batch.size // 25)
    for file in files:
        if is_table(file):
            yield from _loads_of_table(file, settings, journal, tally)
        elif str(file) in journal:
            tally.skipped += 1
        else:
            pending.append(str(file))
            if len(pending) >= most:
                yield load_of_files(pending)
                pending = []
    if pending:
        yield load_of_files(pending)


def _loads_of_table(file: Path, settings: Settings, journal: Journal, tally: Tally) -> Iterator[Load[Line]]:
    try:
        for chunk in iter_table(file, settings.reading, settings.batch.size):
            rows = tuple(row for row in chunk.rows if row["id"] not in journal)
            tally.skipped += len(chunk.rows) - len(rows)
            yield load_of_rows(
                rows, str(file), [Trouble.of(f"{file}#{number}", error) for number, error in chunk.errors]
            )
    except ReviewflowError as error:
        yield load_of_rows((), str(file), [Trouble.of(str(file), error)])


def run(
    files: list[Path],
    configuration: Configuration,
    journal: Journal,
    jobs: int,
    progress: Callable[[int], object] = lambda _: None,
) -> Tally:
    """Work through the files with so many workers; ``progress`` is told how many documents each step finished.

    Results come in the order of the input. What was journalled before an interruption stays.
    """
    tally = Tally()
    loads = loads_of(files, configuration.settings, journal, tally)
    with closing(crew.run(loads, configuration, jobs)) as finished:
        for results in finished:
            lines = [result for result in results if not isinstance(result, Trouble)]
            if lines:
                journal.add(lines)
            tally.written += len(lines)
            tally.troubles.extend(result for result in results if isinstance(result, Trouble))
            progress(len(results))
    return tally
