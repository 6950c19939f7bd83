"""The catalogue as an Excel sheet."""

from collections.abc import Iterable
from pathlib import Path

from reviewflow.domain.catalogue import Entry
from reviewflow.writing.columns import HEADINGS, WIDTHS, table_row
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.public import clean_entries
from reviewflow.writing.table_xlsx import Sheet, write_xlsx


def write(entries: Iterable[Entry], path: Path, heading: CatalogueHeading) -> int:
    """Write one row an entry under title, period and column headings; gives the number of entries.

    Several keywords stand one below the other: not every program keeps a mark between them from beginning a line.
    """
    sheet = Sheet("政府信息公开目录", heading.full_title, heading.line, HEADINGS, WIDTHS)
    return write_xlsx(path, sheet, (table_row(entry, "\n") for entry in clean_entries(entries)))
