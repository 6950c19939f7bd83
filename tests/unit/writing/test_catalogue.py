"""The catalogue in each file format, written and read back."""

import csv
import json
import zipfile
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from reviewflow.writing.catalogue import FORMS
from reviewflow.writing.columns import HEADINGS
from tests.unit.writing.samples import AGENCY, ENTRIES, HEADING, LONG_TITLE, MARKUP, entry, write_whole

PUBLIC_KEYS = [
    "index_number", "title", "doc_number", "category", "category_name", "subclass", "status", "status_name", "keywords",
    "summary", "carrier", "carrier_name", "record_form", "record_form_name", "channels", "channel_names", "duty_department",
    "formed_on", "published_on", "valid", "body", "attachments", "remark",
]  # fmt: skip
PUBLIC_ELEMENTS = {
    "INFO_TYPE_ID", "CATALOG_NAME", "INDEX_NUMBER", "DOC_NUMBER", "INFO_NAME", "KEYWORD", "CONT_SUMRY", "RMRK",
    "CARRIER_TYPE", "OTHER_CARRIER_TYPE", "RECORD_FORM", "OTHER_RECORD_FORM", "PUB_METHOD", "OTHER_PUB_METHOD", "PUB_TYPE",
    "PUB_DUTY_DEPT", "PUB_DATE", "GENERATE_DATE", "IS_VALID", "INFOCONTENT", "INFO_CONT", "ATTACHMENTS", "ATTACHMENT",
    "ATCH_ID", "ATCH_NAME", "FILE_NAME",
}  # fmt: skip


def written(tmp_path: Path, form: str) -> Path:
    path = tmp_path / f"目录.{form}"
    assert write_whole(ENTRIES, path, form, HEADING) == len(ENTRIES)
    return path


def csv_rows(tmp_path: Path) -> list[list[str]]:
    with written(tmp_path, "csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def sheet(tmp_path: Path) -> Any:
    return load_workbook(written(tmp_path, "xlsx")).active


def infos(tmp_path: Path) -> list[Any]:
    return list(etree.parse(written(tmp_path, "xml")).getroot())


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_public_stops_every_export(tmp_path: Path, form: str) -> None:
    withheld = entry(index_number="X", title="绝不可见", status=Status.NON_PUBLIC)
    with pytest.raises(ReviewflowError) as caught:
        write_whole([*ENTRIES, withheld], tmp_path / "目录", form, HEADING)
    assert caught.value.code == "write.not_public"
    assert "绝不可见" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_catalogue_is_a_catalogue(tmp_path: Path, form: str) -> None:
    assert write_whole([], tmp_path / "目录", form, HEADING) == 0


def test_an_unknown_format_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError) as caught:
        write_whole(ENTRIES, tmp_path / "目录", "docx", HEADING)
    assert caught.value.code == "write.unknown_form"


def test_csv_has_the_public_columns_and_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    rows = csv_rows(tmp_path)
    assert rows[0] == list(HEADINGS)
    assert (tmp_path / "目录.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows[1] == [
        "11Q027/2018-00035", "关于青岚区印刷厂改建项目环境影响报告表的批复", "青环审字〔2018〕12号", "行政职责", "行政许可",
        "主动公开", "环评；批复", "同意青岚区印刷厂改建项目按报告表所列地点和规模建设，落实废气治理措施。", "纸质", "文本",
        "网站公开；政务微信", AGENCY, "2018-09-03", "2018-09-12", "有效", "审批意见；公示截图", "",
    ]  # fmt: skip


def test_csv_runs_no_formula_and_keeps_long_numbers(tmp_path: Path) -> None:
    rows = csv_rows(tmp_path)
    assert rows[2][1] == f'\'=cmd|"/c calc"!A1 {MARKUP}'
    assert rows[2][7] == f"'+86 空气质量😀状况[31m {MARKUP}"
    assert rows[3][0] == "'20180903000123456"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_xlsx_has_title_line_and_frozen_headings(tmp_path: Path) -> None:
    page = sheet(tmp_path)
    assert page["A1"].value == AGENCY + "政府信息公开目录"
    assert page["A1"].font.bold
    assert "A1:Q1" in {str(area) for area in page.merged_cells.ranges}
    assert page["A2"].value == "期间：2018年9月1日至2018年9月30日　　共 5 条　　编制日期：2018年10月8日"
    assert [cell.value for cell in page[3]] == list(HEADINGS)
    assert page.freeze_panes == "A4"
    assert page.max_row == 3 + len(ENTRIES)


def test_xlsx_dates_are_dates_and_nothing_is_a_formula(tmp_path: Path) -> None:
    page = sheet(tmp_path)
    assert page["M4"].value == datetime(2018, 9, 3)
    assert page["M4"].number_format == "yyyy-mm-dd"
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "inlineStr", "d", "n"}
    assert page["B5"].value == f'\'=cmd|"/c calc"!A1 {MARKUP}'
    assert page["A6"].value == "20180903000123456"
    assert b"<f>" not in zipfile.ZipFile(tmp_path / "目录.xlsx").read("xl/worksheets/sheet1.xml")


def test_xlsx_keeps_an_index_number_on_one_line_and_keywords_below_each_other(tmp_path: Path) -> None:
    page = sheet(tmp_path)
    assert page.column_dimensions["A"].width > len("QL0000032/2026-00001") + 1
    assert page["G4"].value == "环评\n批复"
    assert page["K4"].value == "网站公开\n政务微信"
    assert page["H4"].alignment.indent == 1


def test_xlsx_prints_on_a4_with_its_headings_on_every_page(tmp_path: Path) -> None:
    page = sheet(tmp_path)
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$3"
    assert "&P" in page.oddFooter.center.text
    assert page["H4"].alignment.wrap_text
    assert page["H4"].border.left.style == "thin"
    assert page.row_dimensions[6].height > 100


def test_json_has_exactly_the_public_keys(tmp_path: Path) -> None:
    whole = json.loads(written(tmp_path, "json").read_text("utf-8"))
    assert list(whole) == ["agency", "title", "made_on", "period", "entries", "count"]
    assert whole["count"] == len(ENTRIES)
    assert whole["period"] == {"since": "2018-09-01", "until": "2018-09-30"}
    assert {tuple(one) for one in whole["entries"]} == {tuple(PUBLIC_KEYS)}


def test_json_has_codes_and_names_and_the_full_text(tmp_path: Path) -> None:
    first, second, *_ = json.loads(written(tmp_path, "json").read_text("utf-8"))["entries"]
    assert (first["category"], first["category_name"], first["status_name"]) == ("duties", "行政职责", "主动公开")
    assert (first["formed_on"], first["valid"]) == ("2018-09-03", True)
    assert first["channels"] == ["website", "wechat"]
    assert first["body"] == ENTRIES[0].body
    assert second["title"] == ENTRIES[1].title
    assert second["body"] == f"第一行{MARKUP}\n第二行\n第三行"


def test_xml_has_only_the_elements_of_the_interface(tmp_path: Path) -> None:
    found = {element.tag for info in infos(tmp_path) for element in info.iter()} - {"INFO"}
    assert found == PUBLIC_ELEMENTS


def test_xml_gives_the_fields_of_an_entry(tmp_path: Path) -> None:
    info = infos(tmp_path)[0]
    texts = {element.tag: element.text for element in info if len(element) == 0}
    assert texts["INFO_TYPE_ID"] == "4"
    assert texts["CATALOG_NAME"] == "行政许可"
    assert texts["INDEX_NUMBER"] == "11Q027/2018-00035"
    assert (texts["PUB_DATE"], texts["GENERATE_DATE"], texts["IS_VALID"]) == ("2018-09-12", "2018-09-03", "是")
    assert [(e.tag, e.text) for e in info.iterfind("ATTACHMENTS/ATTACHMENT[2]/*")] == [
        ("ATCH_ID", "2"), ("ATCH_NAME", "公示截图"), ("FILE_NAME", "notice.png"),
    ]  # fmt: skip


def test_xml_repeats_the_method_for_each_channel_and_names_those_the_interface_does_not_know(tmp_path: Path) -> None:
    info = infos(tmp_path)[0]
    assert [(e.tag, e.text) for e in info if "PUB_METHOD" in e.tag] == [
        ("PUB_METHOD", "网站公开"), ("PUB_METHOD", "其他公开形式"), ("OTHER_PUB_METHOD", "政务微信"),
    ]  # fmt: skip


def test_xml_types_follow_the_official_order(tmp_path: Path) -> None:
    path = tmp_path / "目录.xml"
    write_whole([entry(index_number=c.value, category=c) for c in Category], path, "xml", HEADING)
    assert [e.text for e in etree.parse(path).iterfind(".//INFO_TYPE_ID")] == ["1", "2", "3", "4", "5"]


def test_xml_text_is_html_that_holds_no_markup_of_the_document(tmp_path: Path) -> None:
    tags: list[str] = []
    texts: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]
    reader.handle_data = texts.append  # type: ignore[method-assign,assignment]
    reader.feed(infos(tmp_path)[1].findtext("INFOCONTENT/INFO_CONT"))
    assert tags == ["p", "p", "p"]
    assert "".join(texts).split("\n") == [f"第一行{MARKUP}", "第二行", "第三行"]


def test_xml_of_an_entry_without_text_has_no_content_element(tmp_path: Path) -> None:
    info = infos(tmp_path)[3]
    assert info.find("INFOCONTENT") is None
    assert info.find("ATTACHMENTS") is None
    assert info.findtext("PUB_TYPE") == "依申请公开"


def test_a_very_long_title_is_kept_whole(tmp_path: Path) -> None:
    assert (
        csv_rows(tmp_path)[3][1]
        == sheet(tmp_path)["B6"].value
        == infos(tmp_path)[2].findtext("INFO_NAME")
        == LONG_TITLE
    )


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (None, None, "全部"),
        (date(2018, 1, 1), None, "2018年1月1日起"),
        (None, date(2018, 12, 31), "截至2018年12月31日"),
    ],
)
def test_an_open_period_is_put_in_words(since: date | None, until: date | None, words: str) -> None:
    assert replace(HEADING, since=since, until=until).period == words
