"""The review form as a PDF, the same bytes for the same form."""

from html import escape
from pathlib import Path
from typing import Any, Literal

from reviewflow.domain.catalogue import ReviewForm
from reviewflow.writing.finished import finished_file
from reviewflow.writing.pdf_typeface import Typeface, embedded, named
from reviewflow.writing.review_form import COLUMNS, OPEN, TICKED, TITLE, Cell, Row, footer, form_rows

_MM = 72 / 25.4
_WIDTH, _HEIGHT = 210 * _MM, 297 * _MM
_TABLE_WIDTH = 174 * _MM
_TOP, _BOTTOM = 24 * _MM, 14 * _MM
_SIZE = 10


def write_pdf(form: ReviewForm, path: Path, font: Path | None = None) -> None:
    """Write the form on A4; ``font`` is a TrueType file (.ttf, .ttc) to embed.

    Raises ReviewflowError ``write.failed``, or ``write.unfit_font`` for a font that cannot be embedded.
    """
    from reportlab.platypus import SimpleDocTemplate

    face = embedded(font) if font else named()
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
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, HexColor("#000000")),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    style += [("BACKGROUND", (at, 0), (at, 0), HexColor("#F2F2F2")) for at, cell in enumerate(row.cells) if cell.label]
    contents = [_paragraphs(cell, face) for cell in row.cells]
    natural = _height(contents, widths)
    least = row.height * _MM
    return Table(
        [contents],
        colWidths=widths,
        rowHeights=[least] if natural < least else None,
        style=style,
        splitInRow=1 if natural > _HEIGHT - _TOP - _BOTTOM else 0,
    )


def _height(contents: list[list[Any]], widths: list[float]) -> float:
    return (
        max(
            sum(paragraph.wrap(width - 8, _HEIGHT)[1] for paragraph in cell)
            for cell, width in zip(contents, widths, strict=True)
        )
        + 5
    )


def _paragraphs(cell: Cell, face: Typeface) -> list[Any]:
    from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    def style(alignment: Literal[0, 1, 2]) -> ParagraphStyle:
        return ParagraphStyle(
            "cell", fontName=face.name, fontSize=_SIZE, leading=_SIZE * 1.35, alignment=alignment, wordWrap="CJK"
        )

    main = style(TA_CENTER if cell.label else TA_LEFT)
    lines = [Paragraph(_marked_up(text, face), main) for text in cell.text.split("\n")]
    if cell.signature:
        lines.append(Paragraph(_marked_up(cell.signature, face), style(TA_RIGHT)))
    return lines


def _marked_up(text: str, face: Typeface) -> str:
    """Chinese fonts have the open box but not the ticked one: the tick is drawn into it."""
    parts = [escape(face.printable(part)) for part in text.split(TICKED)]
    return f'<onDraw name="tick" label=""/>{OPEN}'.join(parts)


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
    """Called by reportlab where a tick belongs: draws it as a character, so that a search of the text finds it too."""
    place = canvas._curr_tx_info
    canvas.drawString(place["cur_x"] + _SIZE * 0.04, place["cur_y"] + _SIZE * 0.05, "√")
