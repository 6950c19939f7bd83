"""Each format on a real file, written by LibreOffice (OFD: put together by the standard)."""

from pathlib import Path

import pytest

from reviewflow.domain.document import PartKind, Reading
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import read_file
from reviewflow.text.tidy import tidy

FORMATS = Path(__file__).parents[2] / "data" / "formats"
LIMITS = ReadingLimits()


def read(name: str) -> Reading:
    return read_file(FORMATS / name, LIMITS)


def parts(reading: Reading) -> dict[PartKind, str]:
    found: dict[PartKind, str] = {}
    for part in reading.parts:
        found[part.kind] = found.get(part.kind, "") + reading.text[part.start : part.end]
    return found


@pytest.mark.parametrize("name", ["notice.docx", "notice.doc", "notice.wps", "notice.pdf", "notice.html"])
def test_the_body_of_a_notice_is_read_and_its_formal_parts_are_found(name: str) -> None:
    document = tidy(read(name), name)
    assert document.title == "云溪县水务局关于开展排水管网排查的通知"
    assert (document.doc_number or "").replace(" ", "") == "云水发〔2019〕8号"
    assert "请于三月底前完成排查" in document.text
    assert "010-60001234" in document.text
    assert document.formed_on is not None


@pytest.mark.parametrize("name", ["notice.docx", "notice.doc", "notice.wps"])
def test_what_stands_outside_the_body_is_read_and_marked(name: str) -> None:
    found = parts(read(name))
    assert "口径见去年文件" in found[PartKind.FOOTNOTE]
    assert "先别发" in found[PartKind.COMMENT]
    assert "文本框里的话" in found[PartKind.TEXT_BOX]
    assert "页眉：云溪县水务局" in found[PartKind.HEADER]
    assert "内部流转单" in "".join(found.values())


def test_tracked_changes_hidden_text_and_properties_of_docx_are_marked() -> None:
    found = parts(read("notice.docx"))
    assert found[PartKind.INSERTED] == "新加的话，"
    assert found[PartKind.DELETED] == "删去的话"
    assert found[PartKind.HIDDEN] == "隐藏的字"
    assert "柳文员" in found[PartKind.PROPERTY]


def test_a_text_box_is_read_once() -> None:
    assert read("notice.docx").text.count("文本框里的话") == 1


def test_table_cells_are_parted_by_tabs() -> None:
    for name in ("notice.docx", "notice.doc", "notice.html"):
        assert "柳某\t010-60001234" in read(name).text


def test_the_body_ends_before_headers_and_comments() -> None:
    reading = read("notice.docx")
    assert reading.body.rstrip().endswith("2019年2月20日")


def test_hidden_and_commented_parts_of_a_page_are_marked() -> None:
    found = parts(read("notice.html"))
    assert found[PartKind.HIDDEN] == "隐藏的字"
    assert "先别发" in "".join(found.values())


def test_hidden_columns_rows_and_sheets_of_a_workbook_are_marked() -> None:
    reading = read("sheet.xlsx")
    hidden = parts(reading)[PartKind.HIDDEN]
    for text in ("13900012345", "隐藏行", "隐藏表里的话", "【底稿】"):
        assert text in hidden
    assert any("隐藏" in note for note in reading.notes)


def test_a_comment_on_a_cell_is_read_without_its_coordinates() -> None:
    assert parts(read("sheet.xlsx"))[PartKind.COMMENT] == "批注在格里"


def test_numbers_in_cells_stay_whole() -> None:
    for name in ("sheet.xlsx", "sheet.xls"):
        assert "13900012347" in read(name).text
        assert "13900012347.0" not in read(name).text


def test_a_hidden_sheet_of_an_old_workbook_is_marked() -> None:
    reading = read("sheet.xls")
    assert "隐藏表里的话" in parts(reading)[PartKind.HIDDEN]


def test_each_sheet_begins_a_page() -> None:
    reading = read("sheet.xlsx")
    assert [reading.text[at : at + 4] for at in reading.pages] == ["【值班表", "【底稿】"]


def test_ofd_text_is_put_in_order_of_its_place_on_the_page() -> None:
    reading = read("notice.ofd")
    assert reading.text.startswith("关于开展节水宣传的通知\n请认真贯彻执行。\n")
    assert parts(reading)[PartKind.COMMENT] == "批注：请核对"


@pytest.mark.parametrize("name", ["scan.png", "scan.pdf"])
def test_print_in_a_picture_is_recognised_and_said_to_be(name: str) -> None:
    reading = read(name)
    assert "关于开展节水宣传的通知\n请各乡镇认真组织实施" in reading.text
    assert any("识别" in note for note in reading.notes)


def test_spaces_of_justified_lines_in_pdf_are_closed() -> None:
    assert "为做好汛前准备，新加的话" in read("notice.pdf").text
