"""Old Excel and WPS workbooks (.xls, .et)."""

import io

from reviewflow.domain.document import PartKind, Reading
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.cells import cell_text
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.sniff import encrypted


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """A page for each sheet, hidden ones marked; this format's hidden rows and comments are not told apart."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    draft = Draft()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet in book.sheets_metadata:
            hidden = sheet.visible != SheetVisibleEnum.Visible
            kind = PartKind.HIDDEN if hidden else PartKind.BODY
            draft.page()
            draft.line(f"【{sheet.name}】" + ("（隐藏的工作表）" if hidden else ""), kind)
            if hidden:
                draft.note(f"工作表“{sheet.name}”是隐藏的，公开前请一并检查。")
            for row in book.get_sheet_by_name(sheet.name).to_python():
                text = "\t".join(cell_text(value).replace("\n", " ") for value in row)
                if text.strip():
                    draft.line(text, kind)
    except CalamineError as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise encrypted() from None
        raise ReviewflowError("read.truncated", "表格文件不完整或已损坏。", "请重新取得完整的文件。") from None
    return draft.finish()
