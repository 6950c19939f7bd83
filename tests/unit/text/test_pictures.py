"""Originals as pictures: PDF and images page by page, anything else not at all."""

import io
from pathlib import Path

import pytest
from PIL import Image

from reviewflow.errors import ReviewflowError
from reviewflow.text.pictures import page_count, page_picture

FORMATS = Path(__file__).resolve().parents[2] / "data" / "formats"


@pytest.mark.parametrize("name", ["notice.pdf", "scan.pdf", "scan.png"])
def test_pages_of_pdf_and_pictures_are_shown(name: str) -> None:
    content = (FORMATS / name).read_bytes()
    assert page_count(content) >= 1
    with Image.open(io.BytesIO(page_picture(content, 1, 600))) as picture:
        assert picture.format == "PNG"
        assert picture.width <= 600


@pytest.mark.parametrize("name", ["notice.docx", "notice.html", "sheet.xlsx"])
def test_other_formats_have_no_pages(name: str) -> None:
    content = (FORMATS / name).read_bytes()
    assert page_count(content) == 0
    with pytest.raises(ReviewflowError, match=r"picture\.no_page"):
        page_picture(content, 1)


@pytest.mark.parametrize("number", [0, -1, 999])
def test_a_page_that_is_not_there_is_said_to_be_missing(number: int) -> None:
    for name in ("notice.pdf", "scan.png"):
        with pytest.raises(ReviewflowError, match=r"picture\.no_page"):
            page_picture((FORMATS / name).read_bytes(), number)


def test_a_damaged_or_locked_file_is_said_to_be_so() -> None:
    assert page_count(b"%PDF-1.7 nothing") == 0
    for content in (b"%PDF-1.7 nothing", (FORMATS / "locked.pdf").read_bytes(), b"\x89PNG\r\n\x1a\n nothing"):
        with pytest.raises(ReviewflowError, match=r"picture\.damaged"):
            page_picture(content, 1)
