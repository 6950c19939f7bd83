"""The review form as a Word file."""

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.domain.catalogue import ReviewForm
from reviewflow.finished_files import finished_file
from reviewflow.writing.review_form import COLUMNS, OPEN, TICKED, TITLE, Cell, Row, footer, form_rows

if TYPE_CHECKING:
    from docx.document import Document as Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_TITLE_FONT, _LABEL_FONT, _TEXT_FONT = "方正小标宋简体", "宋体", "仿宋"
_WIDTH_MM = 174
_SIZE = 10.5
_FOOT_SIZE = 7.5
_PADDING = "70"  # twentieths of a point
_BOXES = re.compile(f"([{OPEN}{TICKED}])")


def write_docx(form: ReviewForm, path: Path) -> None:
    """Write the form on A4. Raises ReviewflowError ``write.failed``."""
    from docx import Document

    document = Document()
    _set_up(document, form)
    title = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    _write(title, TITLE, _TITLE_FONT, 18, centred=True)
    table = document.add_table(rows=0, cols=COLUMNS, style="Table Grid")
    table.autofit = False
    _narrow_margins(table)
    for row in form_rows(form):
        _add_row(table, row)
    _repeat_on_each_page(table.rows[0])
    finished = BytesIO()
    document.save(finished)
    with finished_file(path) as temporary:
        temporary.write_bytes(finished.getvalue())


def _set_up(document: "Document", form: ReviewForm) -> None:
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - _WIDTH_MM) / 2)
    page.top_margin, page.bottom_margin, page.footer_distance = Mm(14), Mm(16), Mm(8)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = TITLE, "", ""
    document.styles["Footer"].font.size = Pt(_FOOT_SIZE)
    foot = page.footer.paragraphs[0]
    _write(foot, footer(form), _LABEL_FONT, _FOOT_SIZE, centred=True)
    _write(foot, "　第 ", _LABEL_FONT, _FOOT_SIZE, centred=True)
    _add_page_number(foot)
    _write(foot, " 页", _LABEL_FONT, _FOOT_SIZE, centred=True)


def _add_row(table: "Table", row: Row) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    line: _Row = table.add_row()  # type: ignore[no-untyped-call]
    line.height, line.height_rule = Mm(row.height), WD_ROW_HEIGHT_RULE.AT_LEAST
    places = line.cells
    at = 0
    for cell in row.cells:
        place = places[at].merge(places[at + cell.width - 1])
        place.width = Mm(_WIDTH_MM * cell.width / COLUMNS)
        _fill(place, cell)
        at += cell.width


def _fill(place: "_Cell", cell: Cell) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if cell.label:
        _shade(place)
    middle, bottom = WD_CELL_VERTICAL_ALIGNMENT.CENTER, WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    place.vertical_alignment = bottom if cell.signature else middle
    font = _LABEL_FONT if cell.label else _TEXT_FONT
    lines = cell.text.split("\n")
    for number, text in enumerate(lines):
        paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
        _write(paragraph, text, font, _SIZE, centred=cell.label)
    if cell.signature:
        paragraph = place.add_paragraph()
        _write(paragraph, cell.signature, _TEXT_FONT, _SIZE)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _write(paragraph: "Paragraph", text: str, font: str, size: float, *, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for part in filter(None, _BOXES.split(text)):
        _add_run(paragraph, part, font, size)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.line_spacing = 1.05
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_run(paragraph: "Paragraph", text: str, font: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    box = bool(_BOXES.fullmatch(text))
    run.font.name, run.font.size = font if box else "Times New Roman", Pt(size)
    # Chinese characters have a font of their own in Word, which python-docx does not set.
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    if box:
        # A box counts as Chinese or not by its neighbours: it is told, so that all boxes look the same.
        fonts.set(qn("w:cs"), font)
        fonts.set(qn("w:hint"), "eastAsia")


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _narrow_margins(table: "Table") -> None:
    margins = _element("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margins.append(_element(side, w=_PADDING, type="dxa"))
    # The schema fixes the order: margins stand before the look, which is the last here.
    properties = table._tbl.tblPr
    properties.insert(len(properties) - 1, margins)


def _shade(place: "_Cell") -> None:
    place._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="F2F2F2"))


def _repeat_on_each_page(row: "_Row") -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _add_page_number(paragraph: "Paragraph") -> None:
    run = paragraph.add_run()
    for kind in ("begin", "PAGE", "end"):
        if kind == "PAGE":
            code = _element("w:instrText")
            code.text = kind
            run._element.append(code)
        else:
            run._element.append(_element("w:fldChar", fldCharType=kind))
