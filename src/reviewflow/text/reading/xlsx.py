"""Excel workbooks (.xlsx): every sheet, hidden ones, rows and columns too; comments, headers, defined names."""

import posixpath
import re
from dataclasses import dataclass
from typing import Any

from reviewflow.domain.document import PartKind, Reading
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.archive import Archive
from reviewflow.text.reading.cells import cell_text
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.properties import core_properties

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MARGINS = {_M + "oddHeader": PartKind.HEADER, _M + "oddFooter": PartKind.FOOTER}

# Format codes of headers and footers: place, font, size, page number, sheet name, date ...
_CODES = re.compile(r'&"[^"]*"|&\d+|&[A-Za-z]|(?<![A-Za-z])Page(?![A-Za-z])')


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    hidden: bool
    member: str


def read(content: bytes, limits: ReadingLimits) -> Reading:
    """A page for each sheet: its name, then a line for each row, cells by tab; hidden cells are marked in place."""
    archive = Archive(content, limits)
    grids = _grids(content)
    draft = Draft()
    apart: list[tuple[PartKind, str]] = []
    for sheet in _sheets(archive):
        draft.page()
        root = archive.xml(sheet.member)
        _sheet(sheet, root, grids.get(sheet.name, []), draft)
        apart.extend((_MARGINS[e.tag], _CODES.sub("", e.text or "")) for tag in _MARGINS for e in root.iter(tag))
    for member in [*archive.matching("xl/comments"), *archive.matching("xl/threadedComments/")]:
        for element in archive.xml(member).iter():
            if element.tag in (_M + "comment",) or str(element.tag).endswith("}threadedComment"):
                apart.append((PartKind.COMMENT, _comment(element)))
    workbook = archive.xml("xl/workbook.xml")
    apart.extend(
        (PartKind.HIDDEN, f"名称 {e.get('name')}：{e.text}") for e in workbook.iter(_M + "definedName") if e.text
    )
    if "docProps/core.xml" in archive.names:
        apart.extend((PartKind.PROPERTY, line) for line in core_properties(archive.xml("docProps/core.xml")))
    for kind, text in apart:
        draft.apart(kind, text)
    return draft.finish()


def _comment(element: Any) -> str:
    """The text of a cell's comment; a threaded comment holds it directly."""
    runs = [run.text or "" for run in element.iter() if str(run.tag).endswith("}t") or str(run.tag).endswith("}text")]
    return "".join(runs).strip()


def _grids(content: bytes) -> dict[str, list[list[Any]]]:
    import io

    from python_calamine import CalamineError, CalamineWorkbook

    from reviewflow.errors import ReviewflowError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError:
        raise ReviewflowError("read.truncated", "表格文件不完整或已损坏。", "请重新取得完整的文件。") from None


def _sheets(archive: Archive) -> list[_Sheet]:
    relations = {
        element.get("Id"): posixpath.normpath(
            posixpath.join("xl", element.get("Target").lstrip("/").removeprefix("xl/"))
        )
        for element in archive.xml("xl/_rels/workbook.xml.rels")
    }
    return [
        _Sheet(element.get("name"), element.get("state", "visible") != "visible", relations[element.get(_R + "id")])
        for element in archive.xml("xl/workbook.xml").iter(_M + "sheet")
        if relations.get(element.get(_R + "id")) in archive.names
    ]


def _sheet(sheet: _Sheet, root: Any, grid: list[list[Any]], draft: Draft) -> None:
    rows, columns = _hidden(root)
    whole = PartKind.HIDDEN if sheet.hidden else PartKind.BODY
    draft.line(f"【{sheet.name}】" + ("（隐藏的工作表）" if sheet.hidden else ""), whole)
    if sheet.hidden or rows or columns:
        draft.note(f"工作表“{sheet.name}”有隐藏的内容，公开前请一并检查。")
    for number, row in enumerate(grid):
        texts = [cell_text(value) for value in row]
        if not any(texts):
            continue
        for place, text in enumerate(texts):
            if place:
                draft.add("\t")
            out_of_sight = sheet.hidden or number in rows or place in columns
            draft.add(text.replace("\n", " "), PartKind.HIDDEN if out_of_sight else PartKind.BODY)
        draft.add("\n")


def _hidden(root: Any) -> tuple[frozenset[int], frozenset[int]]:
    """Numbers (from 0) of hidden rows and columns."""
    rows = {int(e.get("r")) - 1 for e in root.iter(_M + "row") if e.get("hidden") in ("1", "true") and e.get("r")}
    columns: set[int] = set()
    for element in root.iter(_M + "col"):
        if element.get("hidden") in ("1", "true"):
            columns.update(range(int(element.get("min")) - 1, min(int(element.get("max")), 16_384)))
    return frozenset(rows), frozenset(columns)
