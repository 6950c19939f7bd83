"""The catalogue as a folder of static pages that open from disk and from any web server.

``index.html`` with the search, ``lists/`` with the pages of each category, ``entries/`` with a page for each entry.
Nothing is asked of any other place; without scripts everything but the search works.
"""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from reviewflow.domain.catalogue import Entry
from reviewflow.domain.terms import Category
from reviewflow.errors import ReviewflowError
from reviewflow.writing.catalogue_html.entry_page import entry_page
from reviewflow.writing.catalogue_html.frame import GENERATOR
from reviewflow.writing.catalogue_html.index_pages import first_page, list_pages
from reviewflow.writing.catalogue_html.listing import Listed, listed_entry
from reviewflow.writing.catalogue_html.names import page_name
from reviewflow.writing.catalogue_html.search_data import CLOSING, OPENING, search_line
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.public import clean_entries

_SHIPPED = ("style.css", "search.js")
_OWN = {"index.html", "entries.js", "lists", "entries", *_SHIPPED}


def write(entries: Iterable[Entry], folder: Path, heading: CatalogueHeading) -> int:
    """Fill an empty folder; gives the number of entries. Lists stand newest first.

    Memory holds names and dates of all entries, never their text. Raises OSError, or ReviewflowError
    ``write.index_number_twice`` when two entries would share a page.
    """
    (folder / "lists").mkdir(parents=True)
    (folder / "entries").mkdir()
    groups = _write_entries(entries, folder, heading)
    for category, rows in groups.items():
        rows.sort(key=lambda row: (row.published_on, row.formed_on, row.index_number), reverse=True)
        for name, content in list_pages(category, rows, heading):
            _write_page(folder / "lists" / name, content)
    _write_page(folder / "index.html", first_page(groups, heading))
    for name in _SHIPPED:
        _write_page(folder / name, (files(__package__) / name).read_text("utf-8"))
    return sum(map(len, groups.values()))


def _write_entries(entries: Iterable[Entry], folder: Path, heading: CatalogueHeading) -> dict[Category, list[Listed]]:
    groups: dict[Category, list[Listed]] = {category: [] for category in Category}
    taken: set[str] = set()
    with (folder / "entries.js").open("w", encoding="utf-8", newline="\n") as data:
        data.write(OPENING)
        for entry in clean_entries(entries):
            name = page_name(entry.index_number)
            if name in taken:
                raise ReviewflowError(
                    "write.index_number_twice",
                    f"有两个条目的索引号都是 {entry.index_number}。",
                    "索引号不能重复；请管理员核对这两个条目后再导出。",
                )
            taken.add(name)
            _write_page(folder / "entries" / name, entry_page(entry, heading))
            data.write(search_line(entry, name))
            groups[entry.category].append(listed_entry(entry, name))
        data.write(CLOSING)
    return groups


def _write_page(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def refuse_other_folder(path: Path) -> None:
    """Raise ReviewflowError ``write.not_a_catalogue`` if there is something at the path that a new catalogue must not
    replace: a file, or a folder with anything in it that an earlier catalogue did not make."""
    if not path.exists():
        return
    present = {item.name for item in path.iterdir()} if path.is_dir() else {""}
    index = path / "index.html"
    ours = present <= _OWN and index.is_file() and GENERATOR in index.read_text("utf-8", "replace")
    if present and not ours:
        raise ReviewflowError(
            "write.not_a_catalogue",
            f"{path} 已经存在，里面有目录网页以外的内容，不能替换。",
            "请换一个新的文件夹名。",
        )
