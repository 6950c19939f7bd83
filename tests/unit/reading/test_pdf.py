"""PDF and OFD: the layout undone."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from reviewflow.domain.document import PartKind
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import image, read_file
from reviewflow.text.reading.gaps import close_gaps
from reviewflow.text.reading.wrapped import join_wrapped
from tests.unit.reading.made import FORMATS, LIMITS, ofd, read_as, texts


def pdf(annotations: str = "", content: str = "") -> bytes:
    """A page without fonts, put together by hand; pdfium finds the objects without a table of places."""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R"
        f"/Annots[{annotations}]>>endobj\n4 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    ).encode()


WORDS = "BT /F 12 Tf 20 200 Td (Meeting of the office on monday) Tj ET"


def test_a_note_pinned_to_a_page_is_a_comment(tmp_path: Path) -> None:
    words = "先勿发".encode("utf-16-be").hex()
    note = f"<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents<feff{words}>>>"
    assert texts(read_as(tmp_path, "a.pdf", pdf(note, WORDS)), PartKind.COMMENT) == ["先勿发"]


def test_what_is_filled_into_a_form_is_body_and_a_link_is_nothing(tmp_path: Path) -> None:
    field = "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[10 10 90 20]/V(filled in)>>"
    link = "<</Type/Annot/Subtype/Link/Rect[10 10 90 20]/Contents(to a page)>>"
    reading = read_as(tmp_path, "a.pdf", pdf(field + link, WORDS))
    assert reading.body == "Meeting of the office on monday\nfilled in\n"
    assert reading.parts == ()


def test_a_pdf_with_neither_text_nor_picture_is_no_scan(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError) as caught:
        read_as(tmp_path, "a.pdf", pdf())
    assert caught.value.code == "read.no_text"


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(ReviewflowError) as caught:
        read_file(FORMATS / "notice.pdf", ReadingLimits(max_pages=0))
    assert caught.value.code == "read.too_large"


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A page of text and then a scanned one."""
    both = pdfium.PdfDocument.new()
    for name in ("notice.pdf", "scan.pdf"):
        both.import_pages(pdfium.PdfDocument(FORMATS / name))
    path = tmp_path / "mixed.pdf"
    both.save(path)
    return path


def test_a_scanned_page_among_others_is_told_of_where_it_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, mixed: Path
) -> None:
    monkeypatch.setattr(image, "available", lambda: False)
    reading = read_file(mixed, LIMITS)
    assert "排水管网" in reading.text
    assert any("第 2 页没有文字" in note for note in reading.notes)


def test_a_scanned_page_among_others_is_recognised(mixed: Path) -> None:
    reading = read_file(mixed, LIMITS)
    assert "节水宣传" in reading.text[reading.pages[1] :]
    assert any("1 页是扫描件" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("2019 年 2 月 20 日", "2019年2月20日"),
        ("云水发〔2019〕8 号", "云水发〔2019〕8号"),
        ("通 知", "通知"),
        ("关 于 印 发 的 通 知", "关于印发的通知"),
        ("为做好汛前准备工作 请各乡镇水务站于三月底前完成", "为做好汛前准备工作请各乡镇水务站于三月底前完成"),
        ("总投资 2600 万元，建成 3 条。", "总投资2600万元，建成3条。"),
        ("姓名 电话", "姓名 电话"),
        ("柳某 010-60001234", "柳某 010-60001234"),
        ("张某 李某 王某", "张某 李某 王某"),
        ("a b c", "a b c"),
    ],
)
def test_blanks_of_the_layout_are_closed_and_those_of_tables_stay(line: str, closed: str) -> None:
    assert close_gaps(line) == closed


FULL = "为进一步规范排水管网的日常巡查和养护工作保障汛期安全"


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ([FULL, FULL, "特此通知。"], [FULL + FULL + "特此通知。"]),
        ([FULL, FULL[:-1] + "。", "下一段"], [FULL + FULL[:-1] + "。", "下一段"]),
        ([FULL, "二、" + FULL[2:], "尾"], [FULL, "二、" + FULL[2:] + "尾"]),
        (["标题", FULL, "尾"], ["标题", FULL, "尾"]),
        (["短行", "短行", "短行"], ["短行", "短行", "短行"]),
        ([FULL[:-4] + "12345678", "90" + FULL[1:], "尾"], [FULL[:-4] + "12345678", "90" + FULL[1:] + "尾"]),
        (["甲 " + FULL[2:] + " 乙", "丙 " + FULL[2:] + " 丁"], ["甲 " + FULL[2:] + " 乙", "丙 " + FULL[2:] + " 丁"]),
    ],
)
def test_full_lines_run_on_and_others_do_not(lines: list[str], joined: list[str]) -> None:
    assert join_wrapped("\n".join(lines)) == "\n".join(joined)


def piece(left: float, top: float, codes: str) -> str:
    return f'<ofd:TextObject Boundary="{left} {top} 100 6">{codes}</ofd:TextObject>'


def test_ofd_pages_are_found_from_the_folder_and_from_the_root(tmp_path: Path) -> None:
    code = "<ofd:TextCode>{}</ofd:TextCode>"
    content = ofd({"Pages/A.xml": piece(0, 0, code.format("甲")), "/Doc_0/B.xml": piece(0, 0, code.format("乙"))})
    reading = read_as(tmp_path, "a.ofd", content)
    assert reading.text == "甲\n乙\n"
    assert reading.pages == (0, 2)


def test_ofd_text_is_ordered_by_its_baseline(tmp_path: Path) -> None:
    codes = '<ofd:TextCode X="0" Y="50">下行</ofd:TextCode><ofd:TextCode X="0" Y="10">上行</ofd:TextCode>'
    assert read_as(tmp_path, "a.ofd", ofd({"A.xml": piece(0, 0, codes)})).text == "上行\n下行\n"


def test_the_letterhead_in_an_ofd_template_is_read(tmp_path: Path) -> None:
    code = "<ofd:TextCode>{}</ofd:TextCode>"
    pages = {
        "A.xml": '<ofd:Template TemplateID="7"/>' + piece(0, 50, code.format("正文")),
        "Tpl.xml": piece(0, 10, code.format("某某县文件")),
    }
    content = ofd(pages, '<ofd:CommonData><ofd:TemplatePage ID="7" BaseLoc="Tpl.xml"/></ofd:CommonData>')
    assert read_as(tmp_path, "a.ofd", content).text == "某某县文件\n正文\n"


def test_an_ofd_of_pictures_is_said_to_be_a_scan(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError) as caught:
        read_as(tmp_path, "a.ofd", ofd({"A.xml": "<ofd:ImageObject/>"}))
    assert caught.value.code == "read.scanned"
