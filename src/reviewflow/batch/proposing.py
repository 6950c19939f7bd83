"""What workers make for ``classify`` and for Dask: proposals as lines of JSON, in this process's bounds and no other's."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reviewflow.batch.crew import run
from reviewflow.batch.loads import Load
from reviewflow.batch.troubles import Trouble
from reviewflow.configuration.configuration import Configuration

if TYPE_CHECKING:
    from reviewflow.explained.record import Explained
    from reviewflow.pipeline import Toolkit

Line = tuple[str, str]
"""a document's id, and its record as a line of JSON"""

Row = dict[str, str]

_ROWS_A_LOAD = 128


def load_of_files(paths: Sequence[str]) -> Load[Line]:
    """Files to propose for."""
    return Load(propose_files, tuple(paths), tuple(paths))


def load_of_rows(rows: Sequence[Row], table: str, ready: Sequence[Trouble] = ()) -> Load[Line]:
    """Rows of one table to propose for; each has an ``id``. ``ready``: troubles with rows before them."""
    sources = tuple(f"{table}#{row['id']}" for row in rows)
    return Load(partial(propose_rows, table=table), tuple(rows), sources, together=True, ready=tuple(ready))


def bounded(rows: Sequence[Row], table: str, configuration: Configuration, jobs: int = 1) -> Iterator[Line | Trouble]:
    """Propose for rows of a table in child processes with a bound on memory and on time, as ``classify`` does.

    For whoever has rows in hand already, such as a Dask worker working on a partition: one line or one trouble for each
    row, in order. ``table`` is the rows' source; each row has an ``id``. The children stay for the next call in this
    process and end with it. ``configuration`` is taken once a run, where the run begins, so that all its workers, on
    whichever machine, work by one. Raises ReviewflowError ``batch.*``, ``write.scratch``.
    """
    loads = (load_of_rows(rows[at : at + _ROWS_A_LOAD], table) for at in range(0, len(rows), _ROWS_A_LOAD))
    for results in run(loads, configuration, jobs):
        yield from results


def propose_files(paths: Sequence[str], kit: "Toolkit") -> list[Line]:
    """Lines for files. Raises ReviewflowError ``read.*``."""
    from reviewflow.pipeline import propose

    return [_line(propose(path, kit)) for path in paths]


def propose_rows(rows: Sequence[Row], kit: "Toolkit", table: str) -> list[Line]:
    """Lines for rows of one table."""
    from reviewflow.pipeline import document_of_row, propose_documents

    return [_line(explained) for explained in propose_documents([document_of_row(row, table) for row in rows], kit)]


def _line(explained: "Explained") -> Line:
    from reviewflow.explained.record import record_of

    row = record_of(explained)
    return row["id"], json.dumps(row, ensure_ascii=False)
