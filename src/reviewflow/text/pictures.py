"""Original files as pictures, page by page, for a person to look at. Nothing of a file but its pixels gets out."""

import io
from typing import Any

from reviewflow.errors import MissingError, ReviewflowError
from reviewflow.text.reading.sniff import IMAGE, PDF, sniff

_MOST_PIXELS = 100_000_000
_WIDEST = 1600


def page_count(content: bytes) -> int:
    """How many pages can be shown: those of a PDF or picture, 0 for any other format or a damaged file."""
    try:
        form = sniff(content)
        if form == PDF:
            return _pdf_pages(content)
        return _frames(content) if form == IMAGE else 0
    except ReviewflowError:
        return 0


def page_picture(content: bytes, number: int, width: int = 1000) -> bytes:
    """Page ``number`` (from 1) as PNG of this width in pixels, at most 1,600.

    Raises ReviewflowError ``picture.no_page`` or ``picture.damaged``.
    """
    width = max(100, min(width, _WIDEST))
    form = sniff(content)
    if form == PDF:
        picture = _pdf_page(content, number, width)
    elif form == IMAGE:
        picture = _frame(content, number, width)
    else:
        raise _no_page(number)
    out = io.BytesIO()
    picture.convert("RGB").save(out, "PNG")
    return out.getvalue()


def _no_page(number: int) -> ReviewflowError:
    return MissingError("picture.no_page", f"没有第 {number} 页。", "请从第一页看起。")


def _damaged() -> ReviewflowError:
    return ReviewflowError("picture.damaged", "原件不能显示成图片。", "请下载原件，用办公软件打开。")


def _pdf_pages(content: bytes) -> int:
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(content) as document:
            return len(document)
    except pdfium.PdfiumError:
        return 0


def _pdf_page(content: bytes, number: int, width: int) -> Any:
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(content) as document:
            if not 1 <= number <= len(document):
                raise _no_page(number)
            page = document[number - 1]
            across, down = page.get_size()
            scale = min(width / max(across, 1), (_MOST_PIXELS / 10 / max(across * down, 1)) ** 0.5)
            return page.render(scale=scale).to_pil()
    except pdfium.PdfiumError:
        raise _damaged() from None


def _frames(content: bytes) -> int:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as file:
            return int(getattr(file, "n_frames", 1))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return 0


def _frame(content: bytes, number: int, width: int) -> Any:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as file:
            if not 1 <= number <= getattr(file, "n_frames", 1):
                raise _no_page(number)
            if file.width * file.height > _MOST_PIXELS:
                raise _damaged()
            file.seek(number - 1)
            picture = file.convert("RGB")
            picture.thumbnail((width, width * 4))
            return picture
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise _damaged() from None
