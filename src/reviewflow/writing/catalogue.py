"""The public catalogue in every format, as one finished file or folder."""

from collections.abc import Callable, Iterable
from pathlib import Path

from reviewflow.domain.catalogue import Entry
from reviewflow.errors import ReviewflowError
from reviewflow.finished_files import finished_file, finished_folder
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
    """Write the catalogue in one of ``FORMS``; ``html`` makes a folder. Gives the number of entries.

    Raises ReviewflowError ``write.failed`` (full disk, no such folder, no permission), ``write.not_public`` (an entry
    is 不予公开), ``write.not_a_catalogue`` (the folder to replace holds something else), ``write.unknown_form``; what
    stood at ``path`` before is then as it was.
    """
    if form not in _WRITERS:
        raise ReviewflowError("write.unknown_form", f"没有“{form}”这种格式。", f"可用的格式：{'、'.join(FORMS)}。")
    if form == "html":
        catalogue_html.refuse_other_folder(path)
        with finished_folder(path) as folder:
            return catalogue_html.write(entries, folder, heading)
    with finished_file(path) as temporary:
        return _WRITERS[form](entries, temporary, heading)
