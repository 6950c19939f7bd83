"""The review form as a PDF, the same bytes for the same form."""

from html import escape
from pathlib import Path
from typing import Any, Literal

from reviewflow.domain.catalogue import ReviewForm
from reviewflow.finished_files import finished_file
from reviewflow.writing.line_breaks import break_lines
from reviewflow.writing.pdf_typeface import Typeface, embedded_typeface, named_typeface
from reviewflow.writing.review_form import COLUMNS, OPEN, TICKED, TITLE, Cell, Row, footer, form_rows

_MM = 72 / 25.4
_WIDTH, _HEIGHT = 210 * _MM, 297 * _MM
_TABLE_WIDTH = 174 * _MM
_TOP, _BOTTOM = 24 * _MM, 14 * _MM
_SIZE = 10.5
_PADDING = 4
_TICK = ((0.2, 0.42), (0.43, 0.12), (0.95, 0.85))


def write_pdf(form: ReviewForm, path: Path, font: Path | None = None) -> None:
    """Write the form on A4; ``font`` is a TrueType file (.ttf, .ttc) to embed.

    Raises ReviewflowError ``write.failed``, or ``write.unfit_font`` for a font that cannot be embedded.
    """
    from reportlab.platypus import SimpleDocTemplate

    face = embedded_typeface(font) if font else named_typeface()
    rows = form_rows(form)

    def frame(canvas: Any, document: Any) -> None:
        _draw_frame(canvas, face, footer(form), rows[0])

    with finished_file(path) as temporary:
        document = SimpleDocTemplate(
            str(temporary),
            pagesize=(_WIDTH, _HEIGHT),
            leftMargin=(_WIDTH - _TABLE_WIDTH) / 2 - 6,
            rightMargin=(_WIDTH - _TABLE_WIDTH) / 2 - 6,
            topMargin=_TOP - 6,
            bottomMargin=_BOTTOM - 6,
            title=TITLE,
            author="",
            creator="",
            subject="",
            invariant=1,
        )
        document.build([_line(row, face) for row in rows[1:]], onFirstPage=frame, onLaterPages=frame)


def _line(row: Row, face: Typeface) -> Any:
    """One row as a table of its own, since rows have different columns. A row moves to the next page as a whole,
    unless it is longer than a page."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table

    widths = [_TABLE_WIDTH * cell.width / COLUMNS for cell in row.cells]
    contents = [_paragraphs(cell, face, width) for cell, width in zip(row.cells, widths, strict=True)]
    natural = _height(contents, widths)
    longer_than_page = natural > _HEIGHT - _TOP - _BOTTOM
    middle = "TOP" if longer_than_page else "MIDDLE"
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, HexColor("#000000")),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM" if row.cells[-1].signature else middle),
        ("VALIGN", (0, 0), (0, 0), middle),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ]
    style += [("BACKGROUND", (at, 0), (at, 0), HexColor("#F2F2F2")) for at, cell in enumerate(row.cells) if cell.label]
    least = row.height * _MM
    return Table(
        [contents],
        colWidths=widths,
        rowHeights=[least] if natural < least else None,
        style=style,
        splitInRow=int(longer_than_page),
    )


def _height(contents: list[list[Any]], widths: list[float]) -> float:
    heights = [
        sum(paragraph.wrap(width - 2 * _PADDING, _HEIGHT)[1] for paragraph in cell)
        for cell, width in zip(contents, widths, strict=True)
    ]
    return float(max(heights)) + 5


def _paragraphs(cell: Cell, face: Typeface, width: float) -> list[Any]:
    from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.platypus import Paragraph

    def style(alignment: Literal[0, 1, 2]) -> ParagraphStyle:
        return ParagraphStyle(
            "cell", fontName=face.name, fontSize=_SIZE, leading=_SIZE * 1.35, alignment=alignment, wordWrap="CJK"
        )

    def measure(text: str) -> float:
        return float(stringWidth(text, face.name, _SIZE))

    def lines(text: str, look: ParagraphStyle) -> list[Any]:
        parts = [part for line in text.split("\n") for part in break_lines(line, width - 2 * _PADDING, measure)]
        return [Paragraph(_marked_up(part, face), look) for part in parts]

    main = lines(cell.text, style(TA_CENTER if cell.label else TA_LEFT))
    return main + (lines(cell.signature, style(TA_RIGHT)) if cell.signature else [])


def _marked_up(text: str, face: Typeface) -> str:
    """Chinese fonts have the open box but not the ticked one: the tick is drawn into it."""
    parts = [_spaced(face.printable(part)) for part in text.split(TICKED)]
    return f'<onDraw name="tick" label=""/>{OPEN}'.join(parts)


def _spaced(text: str) -> str:
    """Escaped text in which reportlab keeps the wide spaces."""
    return escape(text).replace("　", "&nbsp;")


def _draw_frame(canvas: Any, face: Typeface, foot: str, first: Row) -> None:
    """Title, first row and foot of a page."""
    canvas.setNamedCB("tick", _draw_tick)
    table = _line(first, face)
    _, height = table.wrap(_TABLE_WIDTH, _TOP)
    table.drawOn(canvas, (_WIDTH - _TABLE_WIDTH) / 2, _HEIGHT - _TOP)
    canvas.setFont(face.name, 18)
    canvas.drawCentredString(_WIDTH / 2, _HEIGHT - _TOP + height + 3.5 * _MM, TITLE)
    canvas.setFont(face.name, 7.5)
    canvas.drawCentredString(_WIDTH / 2, 8 * _MM, face.printable(f"{foot}　第 {canvas.getPageNumber()} 页"))


def _draw_tick(canvas: Any, kind: str, label: str) -> None:
    """Called by reportlab where a tick belongs. Below the drawn one lies one of text, unseen, which a search finds."""
    place = canvas._curr_tx_info
    x, y = place["cur_x"], place["cur_y"]
    canvas.saveState()
    unseen = canvas.beginText(x, y)
    unseen.setTextRenderMode(3)
    unseen.textOut("√")
    canvas.drawText(unseen)
    canvas.setLineWidth(1.2)
    tick = canvas.beginPath()
    for step, (across, up) in zip((tick.moveTo, tick.lineTo, tick.lineTo), _TICK, strict=True):
        step(x + across * _SIZE, y + up * _SIZE)
    canvas.drawPath(tick)
    canvas.restoreState()
