"""Workbooks, new and old: what the samples do not hold."""

from pathlib import Path

import pytest

from reviewflow.domain.document import PartKind
from reviewflow.errors import ReviewflowError
from reviewflow.text.reading import read_file
from reviewflow.text.reading.office import cells
from reviewflow.text.reading.ole import biff
from tests.unit.reading.made import FORMATS, LIMITS, read_as, texts, xlsx

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rows(*lines: str) -> str:
    return "<sheetData>" + "".join(f'<row r="{n}">{line}</row>' for n, line in enumerate(lines, 1)) + "</sheetData>"


def body(folder: Path, sheet: str, more: dict[str, str] | None = None, workbook: str = "") -> str:
    return read_as(folder, "a.xlsx", xlsx(sheet, more, workbook)).text.removeprefix("【表】\n")


def test_cells_that_stand_far_apart_take_no_memory(tmp_path: Path) -> None:
    far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    text = body(tmp_path, far)
    assert text.split() == ["1", "2"]
    assert len(text) < 1000


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>13900012345</v></c>', "13900012345"),
        ('<c r="A1"><v>1.39E10</v></c>', "13900000000"),
        ('<c r="A1"><v>999999198501011234</v></c>', "999999198501011234"),
        ('<c r="A1"><v>0.5</v></c>', "0.5"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="str"><f>A2</f><v>算出</v></c>', "算出"),
        ('<c r="A1" t="inlineStr"><is><t>就地</t></is></c>', "就地"),
        ('<c r="A1" t="s"><v>1</v></c>', "共用"),
        ('<c r="A1" t="s"><v>9</v></c><c r="B1"><v>1</v></c>', "\t1"),
        ('<c r="A1" s="1"><v>45950</v></c>', "2025-10-20"),
        ('<c r="A1" s="2"><v>45950.5</v></c>', "2025-10-20 12:00:00"),
        ('<c r="A1" s="3"><v>45950</v></c>', "45950"),
        ("<c><v>1</v></c><c><v>2</v></c>", "1\t2"),
        ('<c r="A1"><v>1</v></c><c r="D1"><v>2</v></c>', "1\t\t\t2"),
    ],
)
def test_values_are_read_as_a_person_reads_them(tmp_path: Path, cell: str, text: str) -> None:
    strings = f"<sst {MAIN}><si><t>零</t></si><si><r><t>共</t></r><r><t>用</t></r><rPh><t>gong</t></rPh></si></sst>"
    styles = (
        f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot; hh:mm"/>'
        '<numFmt numFmtId="171" formatCode="[Red]0&quot;day&quot;"/></numFmts><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
    )
    more = {"xl/sharedStrings.xml": strings, "xl/styles.xml": styles}
    assert body(tmp_path, rows(cell), more) == text + "\n"


def test_the_calendar_that_begins_in_1904_is_kept(tmp_path: Path) -> None:
    styles = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    text = body(tmp_path, rows('<c s="0"><v>1</v></c>'), {"xl/styles.xml": styles}, '<workbookPr date1904="1"/>')
    assert text == "1904-01-02\n"


@pytest.mark.parametrize(
    ("serial", "day"),
    [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (43831, "2020-01-01"), (0.25, "06:00:00")],
)
def test_serial_numbers_are_days_in_spite_of_the_leap_year_that_never_was(serial: float, day: str) -> None:
    assert cells.cell_text(cells.date_of(serial)) == day


def test_a_number_that_is_no_day_stays_a_number() -> None:
    assert cells.date_of(1e12) == 1e12


def test_text_boxes_headers_and_names_are_read(tmp_path: Path) -> None:
    drawing = (
        '<d xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>盒中</a:t></a:r></a:p></d>'
    )
    sheet = (
        rows("<c><v>1</v></c>")
        + "<headerFooter><oddHeader>&amp;C内部&amp;P</oddHeader><firstFooter>首页脚</firstFooter></headerFooter>"
    )
    names = '<definedNames><definedName name="电话">表!$A$1</definedName></definedNames>'
    reading = read_as(tmp_path, "a.xlsx", xlsx(sheet, {"xl/drawings/drawing1.xml": drawing}, names))
    assert texts(reading, PartKind.TEXT_BOX) == ["盒中"]
    assert texts(reading, PartKind.HEADER) == ["内部"]
    assert texts(reading, PartKind.FOOTER) == ["首页脚"]
    assert texts(reading, PartKind.HIDDEN) == ["名称 电话：表!$A$1"]


def test_an_entity_in_a_sheet_is_refused(tmp_path: Path) -> None:
    sheet = rows('<c t="str"><v>&e;</v></c>')
    evil = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///none">]><worksheet {MAIN}>{sheet}</worksheet>'
    with pytest.raises(ReviewflowError) as caught:
        read_as(tmp_path, "a.xlsx", xlsx("", {"xl/worksheets/s.xml": evil}))
    assert caught.value.code == "read.external_entity"


def test_hidden_rows_and_columns_and_comments_of_an_old_workbook_are_marked() -> None:
    reading = read_file(FORMATS / "sheet.xls", LIMITS)
    assert texts(reading, PartKind.HIDDEN)[:5] == ["手机", "13900012345", "10月2日", "隐藏行", "13900012346"]
    assert texts(reading, PartKind.COMMENT) == ["批注在格里"]


def test_old_and_new_workbooks_read_alike() -> None:
    assert read_file(FORMATS / "sheet.xls", LIMITS).body == read_file(FORMATS / "sheet.xlsx", LIMITS).body


def test_an_encrypted_stream_is_seen_at_its_first_record() -> None:
    assert biff.facts_of(b"\x2f\x00\x02\x00\x00\x00").encrypted
