"""The review form: the same rows in Word and PDF."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pypdfium2
import pytest
import reportlab
from docx import Document

from reviewflow.domain.catalogue import ReviewForm, WrittenOpinion
from reviewflow.errors import ReviewflowError
from reviewflow.writing.line_breaks import break_lines
from reviewflow.writing.review_form import COLUMNS, TITLE, form_rows
from reviewflow.writing.review_form_docx import write_docx
from reviewflow.writing.review_form_pdf import write_pdf
from tests.limits import files_no_longer_than
from tests.unit.writing.samples import AGENCY, LONG_TITLE, blank_form, form


def value(of: ReviewForm, label: str) -> str:
    """What stands beside a label."""
    for row in form_rows(of):
        for cell, after in zip(row.cells, row.cells[1:], strict=False):
            if cell.label and cell.text == label:
                return after.text
    raise KeyError(label)


def signatures(of: ReviewForm) -> list[str]:
    return [cell.signature for row in form_rows(of) for cell in row.cells if cell.signature]


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def docx_text(path: Path) -> str:
    document = Document(str(path))
    cells = [cell for row in document.tables[0].rows for cell in dict.fromkeys(row.cells)]
    return "".join(p.text for p in document.paragraphs) + "".join(cell.text for cell in cells)


def test_the_cells_of_every_row_fill_its_width() -> None:
    for one in (form(), blank_form()):
        assert {sum(cell.width for cell in row.cells) for row in form_rows(one)} == {COLUMNS}


def test_every_field_of_the_form_stands_in_it() -> None:
    texts = "".join(cell.text + cell.signature for row in form_rows(form()) for cell in row.cells)
    one = form()
    for text in (one.number, AGENCY, one.section, one.handler, "2018年9月3日", one.title, one.doc_number, one.summary,
                 *one.consultations, *one.citations, one.to_remove, one.index_number, "2018年9月12日",
                 *(o.text for o in one.opinions), *(explanation for _, _, explanation in one.concerns)):  # fmt: skip
        assert text in texts


def test_choices_are_ticked_where_chosen_and_only_there() -> None:
    assert value(form(), "建议公开属性") == "☑主动公开　□依申请公开　□不予公开"
    assert value(form(), "所属类别") == "□机构职能　□法规文件　□规划计划　☑行政职责　□业务动态"
    assert re.findall("☑(\\w+)", value(form(), "拟公开方式")) == ["网站公开", "政务微信"]
    assert value(form(), "是否涉及个人隐私") == "☑是　□否"
    assert value(form(), "是否涉及国家秘密") == "□是　☑否"


def test_a_choice_beyond_those_offered_is_added_ticked() -> None:
    assert value(form(carrier="录音带"), "信息载体形式").endswith("　☑录音带")
    assert "☑电子触摸屏" in value(form(channels=("电子触摸屏",)), "拟公开方式")


def test_a_blank_form_has_every_question_open_and_room_for_three_signatures() -> None:
    texts = "".join(cell.text for row in form_rows(blank_form()) for cell in row.cells)
    assert "☑" not in texts
    assert texts.count("□是　□否") == 5
    assert signatures(blank_form()) == ["签字：　　　　　　　　　　　　年　　月　　日"] * 3


def test_the_name_of_who_is_stood_in_for_stands_behind_the_name() -> None:
    assert signatures(form())[1] == "签字：张三（代理赵主任）　　2018年9月5日"


def test_a_signature_has_the_day_in_beijing() -> None:
    evening = datetime(2018, 9, 3, 16, 40, tzinfo=UTC)
    for moment, day in (
        (evening, 4),
        (evening.astimezone(timezone(timedelta(hours=-8))), 4),
        (datetime(2018, 9, 3, 23), 3),
    ):
        opinion = WrittenOpinion("科室初审意见", "同意。", "李科员", "", moment)
        assert signatures(form(opinions=(opinion,)))[0] == f"签字：李科员　　2018年9月{day}日"


def test_word_and_pdf_say_the_same(tmp_path: Path) -> None:
    write_docx(form(), tmp_path / "f.docx")
    write_pdf(form(), tmp_path / "f.pdf")
    (printed,) = map(squeezed, pages(tmp_path / "f.pdf"))
    written = squeezed(docx_text(tmp_path / "f.docx"))
    for row in form_rows(form()):
        for cell in row.cells:
            for part in re.split("[□☑\\s]+", cell.text + "　" + cell.signature):
                assert part in printed
                assert part in written
    assert TITLE in printed
    assert TITLE in written
    assert form().file_digest in printed


def test_all_boxes_of_the_word_file_have_one_font(tmp_path: Path) -> None:
    write_docx(form(), tmp_path / "f.docx")
    runs = Document(str(tmp_path / "f.docx")).element.body.xpath(".//w:r[contains(., '□') or contains(., '☑')]")
    assert {run.text for run in runs} == {"□", "☑"}
    fonts = {tuple(sorted(run.rPr.rFonts.attrib.values())) for run in runs}
    assert fonts == {("eastAsia", "仿宋", "仿宋", "仿宋", "仿宋")}


def test_a_search_of_the_pdf_tells_what_is_ticked(tmp_path: Path) -> None:
    write_pdf(form(), tmp_path / "f.pdf")
    assert "√" in pages(tmp_path / "f.pdf")[0]
    write_pdf(blank_form(), tmp_path / "b.pdf")
    assert "√" not in pages(tmp_path / "b.pdf")[0]


def test_a_usual_form_is_one_page(tmp_path: Path) -> None:
    for one in (form(), blank_form()):
        write_pdf(one, tmp_path / "f.pdf")
        assert len(pages(tmp_path / "f.pdf")) == 1


def test_long_titles_and_opinions_flow_on_with_the_head_repeated(tmp_path: Path) -> None:
    first, second, third = form().opinions
    long = form(
        title=LONG_TITLE,
        opinions=(replace(first, text="意见很长，" * 120), replace(second, text="一行。\n" * 90), third),
    )
    write_pdf(long, tmp_path / "f.pdf")
    printed = pages(tmp_path / "f.pdf")
    assert len(printed) > 2
    assert all("编号" in page and "2018-0035" in page and TITLE in page for page in printed)
    assert "".join(printed).count("一行。") == 90
    write_docx(long, tmp_path / "f.docx")
    head = Document(str(tmp_path / "f.docx")).tables[0].rows[0]._tr
    assert head.xpath("./w:trPr/w:tblHeader")


def test_the_same_form_is_the_same_pdf(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_pdf(form(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_neither_file_names_a_person_or_a_moment_in_its_properties(tmp_path: Path) -> None:
    write_docx(form(), tmp_path / "f.docx")
    properties = Document(str(tmp_path / "f.docx")).core_properties
    assert (properties.title, properties.author, properties.comments) == (TITLE, "", "")
    assert properties.modified is not None
    assert properties.modified.year == 2013
    write_pdf(form(), tmp_path / "f.pdf")
    with pypdfium2.PdfDocument(tmp_path / "f.pdf") as document:
        found = document.get_metadata_dict()
    assert found["Title"] == TITLE
    assert found["CreationDate"].startswith("D:2000")


def test_chinese_fonts_are_named_for_chinese_text_in_word(tmp_path: Path) -> None:
    write_docx(form(), tmp_path / "f.docx")
    fonts = Document(str(tmp_path / "f.docx")).element.body.xpath(".//w:rFonts/@w:eastAsia")
    assert {"宋体", "仿宋"} <= set(fonts)


def test_a_character_the_font_does_not_have_is_shown_as_missing(tmp_path: Path) -> None:
    write_pdf(form(handler="李𬭩"), tmp_path / "f.pdf")
    assert "李〓" in pages(tmp_path / "f.pdf")[0]


def test_characters_no_file_can_hold_and_markup_do_no_harm(tmp_path: Path) -> None:
    odd = form(title="<b>批复</b>&amp;\x00\ud800", remark="<onDraw name='tick'/>")
    write_pdf(odd, tmp_path / "f.pdf")
    write_docx(odd, tmp_path / "f.docx")
    assert "<b>批复</b>&amp;" in pages(tmp_path / "f.pdf")[0]
    assert "<b>批复</b>&amp;" in docx_text(tmp_path / "f.docx")


def test_a_truetype_font_can_be_embedded(tmp_path: Path) -> None:
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    write_pdf(form(title="Vera"), tmp_path / "f.pdf", font)
    assert b"/FontFile2" in (tmp_path / "f.pdf").read_bytes()
    assert "Vera" in pages(tmp_path / "f.pdf")[0]


@pytest.mark.parametrize("content", [b"", b"OTTO not a TrueType font"])
def test_a_font_that_cannot_be_embedded_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "font.otf").write_bytes(content)
    for font in (tmp_path / "font.otf", tmp_path / "none.ttf"):
        with pytest.raises(ReviewflowError) as caught:
            write_pdf(form(), tmp_path / "f.pdf", font)
        assert caught.value.code == "write.unfit_font"
    assert not (tmp_path / "f.pdf").exists()


def test_a_full_disk_leaves_the_form_that_was_there(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("旧", "utf-8")
    for write in (write_docx, write_pdf):
        with files_no_longer_than(600), pytest.raises(ReviewflowError, match="无法写入"):
            write(form(), tmp_path / "f")
        assert (tmp_path / "f").read_text("utf-8") == "旧"


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_mark() -> None:
    assert break_lines("同意公开，理由（如下）", 4, len) == ["同意公", "开，理由", "（如下）"]
    assert break_lines("见11Q027/2018号", 4, len) == ["见", "11Q027/2018", "号"]
    assert break_lines("", 4, len) == [""]
