"""A table as an Excel sheet that a person would hand in: title, dates as dates, ready to print on A4."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from reviewflow.errors import ReviewflowError
from reviewflow.writing.cells import excel_text

_ROWS_ABOVE = 3
_TALLEST = 409.0  # what Excel allows, in points
_A4 = 9  # the paper's number in the file format
_MOST_ROWS = 1_048_576 - _ROWS_ABOVE
_WIDE = 24
"""from this width on, a column holds running text and is set off from the one before it"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says around its rows. ``line`` makes the text under the title from the number of rows; ``mark`` makes
    the title red, stands in it, and is printed on every page."""

    name: str
    title: str
    line: Callable[[int], str]
    headings: Sequence[str]
    widths: Sequence[int]
    mark: str = ""


def write_xlsx(path: Path, sheet: Sheet, rows: Iterable[Sequence[str | date]]) -> int:
    """Write the sheet; gives the number of rows. Memory does not grow with them.

    Raises OSError, or ReviewflowError ``write.too_many_rows`` beyond what Excel holds.
    """
    # The rows wait on disk, since the line above them tells their number. The file is opened first, so that a place
    # where nothing can be written is known before the work is done.
    with path.open("wb") as file, tempfile.TemporaryFile("w+", encoding="utf-8") as waiting:
        count = _set_aside(rows, waiting)
        if count > _MOST_ROWS:
            raise ReviewflowError(
                "write.too_many_rows", f"共 {count} 行，一张 Excel 表放不下。", "请缩小日期范围，或改用 CSV 格式。"
            )
        _save(_book(sheet, count, _rows_set_aside(waiting)), file)
    return count


def _book(sheet: Sheet, count: int, rows: Iterable[Sequence[str | date]]) -> Any:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = ""
    book.properties.title = excel_text(sheet.title)
    _add_styles(book)
    page = book.create_sheet(sheet.name)
    _set_up(page, sheet)
    page.append(_across(page, _title(sheet), "内部表题" if sheet.mark else "表题", len(sheet.headings)))
    page.append(_across(page, sheet.line(count), "表题下说明", len(sheet.headings)))
    page.append([_cell(page, heading, "栏目名") for heading in sheet.headings])
    for number, row in enumerate(rows, _ROWS_ABOVE + 1):
        page.row_dimensions[number].height = _height(row, sheet.widths)
        page.append([_cell(page, value, _style(value, width)) for value, width in zip(row, sheet.widths, strict=True)])
        # Written by now; a hundred thousand kept would fill the memory.
        del page.row_dimensions[number]
    return book


def _save(book: Any, file: IO[bytes]) -> None:
    """What ``book.save`` does, but for an archive that is closed whatever happens: after a full disk it would complain
    on the screen a second time."""
    from openpyxl.writer.excel import ExcelWriter

    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


def _set_aside(rows: Iterable[Sequence[str | date]], waiting: IO[str]) -> int:
    count = 0
    for row in rows:
        plain = [{"day": value.isoformat()} if isinstance(value, date) else excel_text(value) for value in row]
        waiting.write(json.dumps(plain) + "\n")
        count += 1
    waiting.seek(0)
    return count


def _rows_set_aside(waiting: IO[str]) -> Iterator[list[str | date]]:
    for line in waiting:
        yield [date.fromisoformat(value["day"]) if isinstance(value, dict) else value for value in json.loads(line)]


def _add_styles(book: Any) -> None:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    line = Side(style="thin", color="8C8C8C")
    box = Border(left=line, right=line, top=line, bottom=line)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    book.add_named_style(NamedStyle("表题", font=Font("宋体", 18, bold=True), alignment=middle))
    red = Font("宋体", 18, bold=True, color="B00020")
    book.add_named_style(NamedStyle("内部表题", font=red, alignment=middle))
    book.add_named_style(NamedStyle("表题下说明", font=Font("宋体", 10), alignment=middle))
    fill = PatternFill("solid", fgColor="E8EDF3")
    book.add_named_style(
        NamedStyle("栏目名", font=Font("宋体", 10, bold=True), alignment=middle, border=box, fill=fill)
    )
    text = Alignment(vertical="center", wrap_text=True)
    book.add_named_style(NamedStyle("正文", font=Font("宋体", 10), alignment=text, border=box, number_format="@"))
    set_off = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
    book.add_named_style(NamedStyle("长文", font=Font("宋体", 10), alignment=set_off, border=box, number_format="@"))
    dates = Alignment(horizontal="center", vertical="center")
    book.add_named_style(
        NamedStyle("日期", font=Font("宋体", 10), alignment=dates, border=box, number_format="yyyy-mm-dd")
    )


def _style(value: str | date, width: int) -> str:
    return "日期" if isinstance(value, date) else "长文" if width >= _WIDE else "正文"


def _title(sheet: Sheet) -> str:
    return f"{sheet.title}（{sheet.mark}）" if sheet.mark else sheet.title


def _set_up(page: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    last = get_column_letter(len(sheet.headings))
    for row in (1, 2):
        page.merged_cells.add(f"A{row}:{last}{row}")
    page.row_dimensions[1].height, page.row_dimensions[2].height, page.row_dimensions[3].height = 34, 20, 32
    page.freeze_panes = f"A{_ROWS_ABOVE + 1}"
    page.print_title_rows = f"1:{_ROWS_ABOVE}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.75
    page.page_margins.header = page.page_margins.footer = 0.35
    page.print_options.horizontalCentered = True
    page.HeaderFooter.oddFooter.center.text = "第 &P 页　共 &N 页"
    if sheet.mark:
        page.HeaderFooter.oddHeader.center.text = sheet.mark


def _height(row: Sequence[str | date], widths: Sequence[int]) -> float:
    """The height in points at which wrapped text can be read. Not every program works it out by itself."""
    lines = max(_lines(value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str))
    return min(_TALLEST, 6 + 15 * lines)


def _lines(text: str, width: int) -> int:
    # A Chinese character is as wide as two figures; one of the columns is lost to margins, and three to an indent.
    wide = [sum(2 if sign > "\u2e7f" else 1 for sign in line) for line in text.split("\n")]
    room = width - (4 if width >= _WIDE else 1)
    return sum(max(1, -(-columns // room)) for columns in wide)


def _across(page: Any, text: str, style: str, width: int) -> list[Any]:
    return list(chain([_cell(page, excel_text(text), style)], (_cell(page, "", style) for _ in range(width - 1))))


def _cell(page: Any, value: str | date, style: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page)
    cell.value = value
    cell.style = style
    return cell
