"""Bad input: a clear error with a stable code, and nothing of the document in it."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import image, read_file

FORMATS = Path(__file__).parents[2] / "data" / "formats"
LIMITS = ReadingLimits()


def error_of(path: Path, limits: ReadingLimits = LIMITS) -> ReviewflowError:
    with pytest.raises(ReviewflowError) as caught:
        read_file(path, limits)
    assert caught.value.hint
    return caught.value


def file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b"\0\0\0"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    assert error_of(file(tmp_path, "a.txt", content)).code == "read.empty"


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert error_of(tmp_path / "none.txt").code == "read.missing"
    assert error_of(tmp_path).code == "read.is_folder"


def test_a_pdf_with_a_password_is_not_opened() -> None:
    assert error_of(FORMATS / "locked.pdf").code == "read.encrypted"


@pytest.mark.parametrize("name", ["locked.docx", "locked.xlsx"])
def test_an_office_file_with_a_password_is_not_opened(name: str) -> None:
    assert error_of(FORMATS / name).code == "read.encrypted"


@pytest.mark.parametrize("name", ["notice.docx", "sheet.xlsx", "notice.ofd", "notice.pdf", "notice.doc", "sheet.xls"])
def test_a_truncated_file_is_said_to_be_damaged(tmp_path: Path, name: str) -> None:
    whole = (FORMATS / name).read_bytes()
    error = error_of(file(tmp_path, name, whole[: len(whole) // 3]))
    assert error.code in ("read.truncated", "read.unknown_format", "read.empty")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zipped(word__document_xml="<a>" + "0" * 20_000_000 + "</a>")
    assert len(bomb) < 100_000
    limits = ReadingLimits(max_unpacked_mb=10)
    assert error_of(file(tmp_path, "a.docx", bomb), limits).code == "read.zip_bomb"


def test_a_zip_that_lies_about_its_size_is_counted_while_unpacking(tmp_path: Path) -> None:
    bomb = bytearray(zipped(word__document_xml="0" * 3_000_000))
    size = (3_000_000).to_bytes(4, "little")
    small = (1000).to_bytes(4, "little")
    path = file(tmp_path, "a.docx", bytes(bomb).replace(size, small))
    assert error_of(path, ReadingLimits(max_unpacked_mb=1)).code in ("read.zip_bomb", "read.truncated")


def test_an_external_entity_is_refused_and_not_fetched(tmp_path: Path) -> None:
    secret = file(tmp_path, "secret.txt", b"TOPSECRET")
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    )
    error = error_of(file(tmp_path, "a.docx", zipped(word__document_xml=document)))
    assert error.code == "read.external_entity"
    assert "TOPSECRET" not in str(error)


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{entities}]><d>&l9;</d>'
    assert error_of(file(tmp_path, "a.docx", zipped(word__document_xml=document))).code in (
        "read.external_entity",
        "read.truncated",
    )


def test_a_file_over_the_size_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as sparse:
        sparse.truncate(300_000_000)
    assert error_of(path).code == "read.too_large"


def test_a_text_over_the_character_limit_is_refused_and_not_cut(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", ("长" * 2000).encode())
    assert error_of(path, ReadingLimits(max_characters=1000)).code == "read.too_large"


def test_a_wrong_suffix_is_read_by_content_and_noted(tmp_path: Path) -> None:
    reading = read_file(file(tmp_path, "a.pdf", (FORMATS / "notice.docx").read_bytes()), LIMITS)
    assert "排水管网" in reading.text
    assert any("扩展名" in note for note in reading.notes)


@pytest.mark.parametrize(
    "content", [bytes(range(256)) * 20, b"\x7fELF" + bytes(2000), b"MZ\x90\x00\x03" + bytes(range(32)) * 90]
)
def test_content_of_no_known_format_is_refused(tmp_path: Path, content: bytes) -> None:
    assert error_of(file(tmp_path, "a.doc", content)).code in ("read.unknown_format", "read.empty")


def test_a_plain_archive_is_not_a_document(tmp_path: Path) -> None:
    assert error_of(file(tmp_path, "a.zip", zipped(note_xml="甲"))).code == "read.unknown_format"


@pytest.mark.parametrize(("name", "code"), [("scan.pdf", "read.scanned"), ("scan.png", "read.no_ocr")])
def test_a_scan_without_recognition_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> None:
    monkeypatch.setattr(image, "available", lambda: False)
    error = error_of(FORMATS / name)
    assert error.code == code
    assert "ocr" in error.hint


def test_a_file_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "a.txt", "内容".encode())
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser may read everything: let the system call say no in its place

        def refuse(self: Path) -> bytes:
            raise PermissionError(13, "no", str(self))

        monkeypatch.setattr(Path, "read_bytes", refuse)
    assert error_of(path).code == "read.no_permission"
