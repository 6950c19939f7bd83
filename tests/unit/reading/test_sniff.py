"""What a file is, told by its content."""

from pathlib import Path

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.text.reading import read_file
from reviewflow.text.reading.encoding import decode
from reviewflow.text.reading.sniff import sniff
from tests.unit.reading.made import FORMATS, LIMITS, read_as


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("notice.docx", "docx"), ("notice.doc", "doc"), ("notice.wps", "doc"), ("notice.rtf", "rtf"),
        ("notice.html", "html"), ("notice.pdf", "pdf"), ("notice.ofd", "ofd"), ("sheet.xlsx", "xlsx"),
        ("sheet.xls", "xls"), ("scan.png", "image"), ("scan.pdf", "pdf"),
    ],
)  # fmt: skip
def test_every_sample_is_known_by_its_content(name: str, form: str) -> None:
    assert sniff((FORMATS / name).read_bytes()) == form


@pytest.mark.parametrize(
    "text", ["BMW公司的来函收悉", "MM部门", "PK赛的通知", "<甲方>与<乙方>", "{甲}", "II类水质", "名称: 甲\n内容: 乙"]
)
def test_a_text_is_a_text_however_it_begins(tmp_path: Path, text: str) -> None:
    assert read_as(tmp_path, "a.txt", text.encode()).text == text


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
        b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"></pkg:package>',
    ],
)
def test_office_xml_in_one_file_is_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(ReviewflowError) as caught:
        sniff(content)
    assert caught.value.code == "read.unknown_format"
    assert "另存" in caught.value.message


@pytest.mark.parametrize("name", ["locked.doc", "locked.xls"])
def test_an_old_office_file_with_a_password_is_not_opened(name: str) -> None:
    with pytest.raises(ReviewflowError) as caught:
        read_file(FORMATS / name, LIMITS)
    assert caught.value.code == "read.encrypted"


def test_few_damaged_bytes_do_not_change_the_encoding() -> None:
    assert decode("甲乙丙".encode() * 100 + b"\xff") == "甲乙丙" * 100 + "\ufffd"
    assert decode("甲乙丙".encode("gb18030") * 100 + b"\xff") == "甲乙丙" * 100 + "\ufffd"


def test_a_picture_that_is_damaged_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError) as caught:
        read_as(tmp_path, "a.png", (FORMATS / "scan.png").read_bytes()[:500])
    assert caught.value.code == "read.truncated"


def test_a_link_that_leads_to_itself_is_reported(tmp_path: Path) -> None:
    loop = tmp_path / "a.txt"
    loop.symlink_to(loop)
    with pytest.raises(ReviewflowError) as caught:
        read_file(loop, LIMITS)
    assert caught.value.code == "read.failed"
