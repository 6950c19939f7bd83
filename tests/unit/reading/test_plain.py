"""Plain text in every encoding that offices use."""

from pathlib import Path

import pytest

from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import read_file

TEXT = "关于开展节水宣传的通知\n各乡镇：请认真组织。\n2019年3月1日\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_every_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_file(path, ReadingLimits()).text == TEXT


def test_line_ends_of_every_system_become_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("甲乙\r\n丙丁\r戊己\u2028庚辛".encode())
    assert read_file(path, ReadingLimits()).text == "甲乙\n丙丁\n戊己\n庚辛"


def test_invisible_characters_are_taken_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("电话139\u200b0001\u202e2345是他的".encode())
    reading = read_file(path, ReadingLimits())
    assert reading.text == "电话13900012345是他的"
    assert any("看不见" in note for note in reading.notes)


def test_nul_bytes_are_taken_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("甲乙丙丁戊己庚辛壬癸\0子丑寅卯辰巳".encode())
    reading = read_file(path, ReadingLimits())
    assert "癸子" in reading.text
    assert reading.notes


def test_a_page_in_gb2312_is_read_by_what_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><p>{TEXT}</p></body></html>'
    path.write_bytes(page.encode("gb18030"))
    assert "节水宣传" in read_file(path, ReadingLimits()).text


def test_scripts_and_styles_of_a_page_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><script>alert(1)</script><style>p{}</style><p>正文在此</p></body></html>", "utf-8")
    assert read_file(path, ReadingLimits()).text.strip() == "正文在此"
