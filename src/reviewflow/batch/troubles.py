"""The list of what could not be read, for the person who has to see to it."""

from collections.abc import Sequence
from pathlib import Path

from reviewflow.batch.sources import Trouble
from reviewflow.writing.finished import finished_file
from reviewflow.writing.table_csv import write_csv

_HEADINGS = ("来源", "原因", "办法", "错误代码")


def write_troubles(troubles: Sequence[Trouble], path: Path) -> None:
    """Write the list as CSV that opens in a spreadsheet; an empty list has its headings alone."""
    with finished_file(path) as temporary:
        write_csv(temporary, _HEADINGS, ((t.source, t.message, t.hint, t.code) for t in troubles))
