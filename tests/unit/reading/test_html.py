"""Web pages, also archived in one file."""

from pathlib import Path

import pytest

from reviewflow.domain.document import PartKind
from reviewflow.text.reading import read_file
from tests.unit.reading.made import FORMATS, LIMITS, parts, read_as, texts


def page(body: str) -> bytes:
    return f"<!doctype html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>甲</p><p>乙</p>", "甲\n乙\n"),
        ("甲<br>乙", "甲\n乙"),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>", "甲\t乙\n丙\t丁\n"),
        ("<table><tr><td><p>甲</p><p>一</p></td><td><p>乙</p></td></tr></table>", "甲一\t乙\n"),
        ("<p>139<b>0001</b>2345</p>", "13900012345\n"),
        ("<p>甲&nbsp;&amp;\n  乙</p>", "甲 & 乙\n"),
    ],
)
def test_blocks_become_lines_and_cells_are_parted_by_tabs(tmp_path: Path, body: str, text: str) -> None:
    assert read_as(tmp_path, "a.html", page(body)).text == text


@pytest.mark.parametrize(
    "hidden", ["<div hidden>藏</div>", '<span style="display:none">藏</span>', '<p style="DISPLAY : NONE">藏</p>']
)
def test_what_does_not_show_is_marked(tmp_path: Path, hidden: str) -> None:
    reading = read_as(tmp_path, "a.html", page(f"<p>正文</p>{hidden}"))
    assert texts(reading, PartKind.HIDDEN) == ["藏"]
    assert reading.body == "正文\n"


def test_menus_and_the_foot_of_the_page_are_not_the_body(tmp_path: Path) -> None:
    reading = read_as(tmp_path, "a.html", page("<nav>首页</nav><h1>题</h1><p>文</p><footer>备案号</footer>"))
    assert reading.body == "题\n文\n"
    assert parts(reading) == [(PartKind.HEADER, "首页"), (PartKind.FOOTER, "备案号")]


def test_the_page_header_that_libreoffice_writes_is_one() -> None:
    reading = read_file(FORMATS / "notice.html", LIMITS)
    assert texts(reading, PartKind.HEADER) == ["页眉：云溪县水务局"]
    assert reading.body.startswith("云溪县水务局关于")


def test_very_deep_nesting_is_no_trouble(tmp_path: Path) -> None:
    deep = "<div>" * 20_000 + "深处" + "</div>" * 20_000
    assert read_as(tmp_path, "a.html", page(deep)).text == "深处\n"


def test_a_damaged_byte_does_not_lose_the_page(tmp_path: Path) -> None:
    reading = read_as(tmp_path, "a.html", page("<p>甲乙丙丁戊己庚辛</p>").replace("戊".encode(), b"\xff"))
    assert "甲乙丙丁\ufffd己庚辛" in reading.text
    assert any("无法识别" in note for note in reading.notes)


def test_an_archived_page_under_the_name_of_a_doc_is_read(tmp_path: Path) -> None:
    content = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><head><meta charset=3Dgb2312></head><body><p>=B9=D8=D3=DA</p></body></html>\r\n--x--\r\n"
    )
    reading = read_as(tmp_path, "a.doc", content)
    assert reading.text == "关于\n"
    assert any("mht" in note for note in reading.notes)
