"""A table as CSV that opens in a spreadsheet: UTF-8 with a byte order mark, no formulas, no digits lost."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from reviewflow.writing.cells import csv_cell


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str | date]]) -> int:
    """Write headings and rows; gives the number of rows. Dates are written as yyyy-mm-dd. Raises OSError."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(headings)
        for row in rows:
            table.writerow([csv_cell(cell) for cell in row])
            count += 1
    return count
