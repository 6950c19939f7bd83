"""The list of what could not be read, for the person who has to see to it."""

import csv
from collections.abc import Sequence
from pathlib import Path

from reviewflow.batch.journal import unwritable
from reviewflow.batch.sources import Trouble
from reviewflow.batch.writers import safe_cell

_HEADINGS = ("来源", "原因", "办法", "错误代码")


def write_troubles(troubles: Sequence[Trouble], path: Path) -> None:
    """Write the list as CSV that opens in a spreadsheet; an empty list has its headings alone."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(_HEADINGS)
            rows.writerows([safe_cell(cell) for cell in (t.source, t.message, t.hint, t.code)] for t in troubles)
    except OSError as error:
        raise unwritable(path, error) from None
