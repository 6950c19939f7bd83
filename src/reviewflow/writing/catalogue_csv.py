"""The catalogue as CSV."""

from collections.abc import Iterable
from pathlib import Path

from reviewflow.domain.catalogue import Entry
from reviewflow.writing.columns import HEADINGS, table_row
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.public import clean_entries
from reviewflow.writing.table_csv import write_csv


def write(entries: Iterable[Entry], path: Path, heading: CatalogueHeading) -> int:
    """Write one line an entry below the column headings; gives the number of entries. ``heading`` has no place here."""
    return write_csv(path, HEADINGS, (table_row(entry, "；") for entry in clean_entries(entries)))
