"""The public catalogue in every format."""

from collections.abc import Callable, Iterable
from pathlib import Path

from reviewflow.domain.catalogue import Entry
from reviewflow.errors import ReviewflowError
from reviewflow.writing import catalogue_csv, catalogue_html, catalogue_json, catalogue_xlsx, catalogue_xml
from reviewflow.writing.heading import CatalogueHeading

_WRITERS: dict[str, Callable[[Iterable[Entry], Path, CatalogueHeading], int]] = {
    "csv": catalogue_csv.write,
    "xlsx": catalogue_xlsx.write,
    "json": catalogue_json.write,
    "xml": catalogue_xml.write,
    "html": catalogue_html.write,
}
FORMS = tuple(_WRITERS)


def write_catalogue(entries: Iterable[Entry], path: Path, form: str, heading: CatalogueHeading) -> int:
    """Write the catalogue in one of ``FORMS`` to a file, ``html`` into an empty folder. Gives the number of entries.

    ``finished_export`` gives the place and makes it whole. Raises ReviewflowError ``write.unknown_form``,
    ``write.not_public`` (an entry is 不予公开), ``write.index_number_twice``; OSError.
    """
    if form not in _WRITERS:
        raise ReviewflowError("write.unknown_form", f"没有“{form}”这种格式。", f"可用的格式：{'、'.join(FORMS)}。")
    return _WRITERS[form](entries, path, heading)
