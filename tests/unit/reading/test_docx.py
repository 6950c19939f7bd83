"""Word documents: what the sample does not hold."""

from pathlib import Path

import pytest

from reviewflow.domain.document import PartKind
from tests.unit.reading.made import STRICT_W, W, docx, parts, read_as, run, texts

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p>{0}</w:p></w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>{0}</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
).format(run("盒中的话"))


def paragraph(content: str) -> str:
    return f"<w:p>{content}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_a_text_box_within_a_table_cell_is_read_once(tmp_path: Path) -> None:
    body = table((paragraph(run("甲") + BOX), paragraph(run("乙"))))
    reading = read_as(tmp_path, "a.docx", docx(body))
    assert reading.text == "甲\t乙\n盒中的话\n"
    assert parts(reading) == [(PartKind.TEXT_BOX, "盒中的话")]


def test_a_table_within_a_cell_is_read_once(tmp_path: Path) -> None:
    inner = table((paragraph(run("内一")), paragraph(run("内二"))))
    body = table((paragraph(run("甲")) + inner, paragraph(run("乙"))))
    assert read_as(tmp_path, "a.docx", docx(body)).text == "甲 内一 内二\t乙\n"


@pytest.mark.parametrize(
    ("switch", "hidden"),
    [
        ("<w:vanish/>", True),
        ('<w:vanish w:val="1"/>', True),
        ('<w:vanish w:val="true"/>', True),
        ('<w:vanish w:val="0"/>', False),
        ('<w:vanish w:val="false"/>', False),
        ("<w:b/>", False),
    ],
)
def test_hidden_text_is_marked_only_where_the_switch_is_on(tmp_path: Path, switch: str, hidden: bool) -> None:
    reading = read_as(tmp_path, "a.docx", docx(paragraph(run("前") + run("某句", switch) + run("后"))))
    assert reading.text == "前某句后\n"
    assert texts(reading, PartKind.HIDDEN) == (["某句"] if hidden else [])


def test_a_watermark_is_read_since_a_secrecy_mark_may_stand_in_it(tmp_path: Path) -> None:
    header = (
        f'<w:hdr {W}><w:p><w:r><w:pict><v:shape><v:textpath string="内部资料"/></v:shape></w:pict></w:r></w:p></w:hdr>'
    )
    reading = read_as(tmp_path, "a.docx", docx(paragraph(run("正文")), {"word/header1.xml": header}))
    assert texts(reading, PartKind.TEXT_BOX) == ["内部资料"]


def test_text_of_links_and_content_controls_is_body(tmp_path: Path) -> None:
    body = f"<w:sdt><w:sdtContent><w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p></w:sdtContent></w:sdt>"
    assert read_as(tmp_path, "a.docx", docx(body)).text == "链接\n"


def test_field_codes_are_no_text_and_their_results_are(tmp_path: Path) -> None:
    body = paragraph(f"<w:r><w:instrText>PAGE</w:instrText></w:r>{run('第3页')}")
    assert read_as(tmp_path, "a.docx", docx(body)).text == "第3页\n"


def test_text_that_was_moved_is_marked_where_it_was_and_where_it_is(tmp_path: Path) -> None:
    body = paragraph(f"<w:moveFrom>{run('旧处')}</w:moveFrom>") + paragraph(f"<w:moveTo>{run('新处')}</w:moveTo>")
    found = parts(read_as(tmp_path, "a.docx", docx(body)))
    assert found == [(PartKind.DELETED, "旧处"), (PartKind.INSERTED, "新处")]


def test_the_document_is_found_under_another_name(tmp_path: Path) -> None:
    content = docx(paragraph(run("正文")), main="word/document2.xml")
    assert read_as(tmp_path, "a.docx", content).text == "正文\n"


def test_the_strict_variant_is_read_alike(tmp_path: Path) -> None:
    content = docx(paragraph(run("严格格式") + run("藏", "<w:vanish/>")), names=STRICT_W)
    reading = read_as(tmp_path, "a.docx", content)
    assert reading.text == "严格格式藏\n"
    assert texts(reading, PartKind.HIDDEN) == ["藏"]


def test_words_in_a_drawn_chart_are_read(tmp_path: Path) -> None:
    drawn = '<dgm xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>组织图</a:t></a:r></a:p></dgm>'
    reading = read_as(tmp_path, "a.docx", docx(paragraph(run("正文")), {"word/diagrams/data1.xml": drawn}))
    assert texts(reading, PartKind.TEXT_BOX) == ["组织图"]


def test_firm_and_own_properties_are_read(tmp_path: Path) -> None:
    more = {
        "docProps/app.xml": "<Properties><Company>某公司</Company><Pages>3</Pages></Properties>",
        "docProps/custom.xml": '<Properties><property name="经办"><v>柳某</v></property></Properties>',
    }
    reading = read_as(tmp_path, "a.docx", docx(paragraph(run("正文")), more))
    assert texts(reading, PartKind.PROPERTY) == ["单位：某公司", "经办：柳某"]


def test_files_within_the_file_are_told_of(tmp_path: Path) -> None:
    reading = read_as(tmp_path, "a.docx", docx(paragraph(run("正文")), {"word/embeddings/a.xlsx": "x"}))
    assert any("嵌有 1 个" in note for note in reading.notes)


def test_separators_of_footnotes_are_no_notes(tmp_path: Path) -> None:
    line = f'<w:footnote w:type="separator"><w:p>{run("线")}</w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{line}<w:footnote><w:p>{run('注')}</w:p></w:footnote></w:footnotes>"
    reading = read_as(tmp_path, "a.docx", docx(paragraph(run("正文")), {"word/footnotes.xml": notes}))
    assert texts(reading, PartKind.FOOTNOTE) == ["注"]


def test_every_part_is_where_it_says(tmp_path: Path) -> None:
    body = paragraph(run("一") + run("藏", "<w:vanish/>") + f"<w:ins>{run('增')}</w:ins>" + run("二"))
    reading = read_as(tmp_path, "a.docx", docx(body))
    assert parts(reading) == [(PartKind.HIDDEN, "藏"), (PartKind.INSERTED, "增")]
    assert [part.start for part in reading.parts] == [1, 2]
