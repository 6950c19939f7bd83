"""Old Excel and WPS workbooks (.xls, .et)."""

import io
import struct
from typing import Any

import olefile

from reviewflow.domain.document import PartKind, Reading
from reviewflow.errors import DocumentError, ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.office.cells import cell_text, margin_text
from reviewflow.text.reading.office.properties import ole_properties
from reviewflow.text.reading.ole.biff import BookFacts, SheetFacts, facts_of
from reviewflow.text.reading.sniff import encrypted

_MOST_CELLS = 4_000_000


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """A page for each sheet; hidden sheets, rows and columns marked; comments, text boxes and headers after them.

    Raises ReviewflowError ``read.encrypted``, ``read.truncated``, ``read.too_large``.
    """
    facts, properties = _facts(content)
    if facts.encrypted:
        raise encrypted()
    if any(sheet.rows * sheet.columns > _MOST_CELLS for sheet in facts.sheets):
        raise DocumentError("read.too_large", "工作表的范围太大。", "请删去远处多余的单元格，或另存为 xlsx。")
    draft = Draft()
    for number, (name, hidden, rows) in enumerate(_sheets(content)):
        _sheet(name, rows, facts.sheets[number] if number < len(facts.sheets) else SheetFacts(), draft, hidden=hidden)
    for sheet in facts.sheets:
        for kind, text in sheet.texts:
            draft.apart(kind, margin_text(text) if kind in (PartKind.HEADER, PartKind.FOOTER) else text)
    for line in properties:
        draft.apart(PartKind.PROPERTY, line)
    return draft.finish()


def _facts(content: bytes) -> tuple[BookFacts, list[str]]:
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            stream = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()
            return facts_of(stream), list(ole_properties(ole))
    except (OSError, struct.error, IndexError):
        raise _damaged() from None


def _sheets(content: bytes) -> list[tuple[str, bool, list[list[Any]]]]:
    """Name, whether it is hidden, and the values of each worksheet, from the first row and column on."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (
                sheet.name,
                sheet.visible != SheetVisibleEnum.Visible,
                book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
            )
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except BaseException as error:
        # A damaged file makes the library panic, which is not an Exception and would end the whole run.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise _damaged() from None


def _sheet(name: str, rows: list[list[Any]], facts: SheetFacts, draft: Draft, *, hidden: bool) -> None:
    draft.page()
    whole = PartKind.HIDDEN if hidden else PartKind.BODY
    draft.line(f"【{name}】" + ("（隐藏的工作表）" if hidden else ""), whole)
    concealed = hidden
    for number, row in enumerate(rows):
        texts = [cell_text(value).replace("\n", " ") for value in row]
        while texts and not texts[-1]:
            texts.pop()
        kind = PartKind.HIDDEN if number in facts.hidden_rows else whole
        for place, text in enumerate(texts):
            draft.add("\t" if place else "")
            out_of_sight = place in facts.hidden_columns
            concealed = concealed or (bool(text) and (out_of_sight or kind is PartKind.HIDDEN))
            draft.add(text, PartKind.HIDDEN if out_of_sight else kind)
        if texts:
            draft.add("\n")
    if concealed:
        draft.note(f"工作表“{name}”有隐藏的内容，公开前请一并检查。")


def _damaged() -> ReviewflowError:
    return DocumentError("read.truncated", "表格文件不完整或已损坏。", "请重新取得完整的文件。")
