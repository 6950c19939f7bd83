"""Rich Text, also under .doc."""

from pathlib import Path

import pytest

from reviewflow.domain.document import PartKind
from reviewflow.text.reading import read_file
from tests.unit.reading.made import FORMATS, LIMITS, read_as, texts


def body(folder: Path, inner: bytes) -> str:
    return read_as(folder, "a.rtf", b"{\\rtf1\\ansi\\ansicpg936 " + inner + b"}").text


def test_the_notice_is_read_with_all_its_parts() -> None:
    reading = read_file(FORMATS / "notice.rtf", LIMITS)
    assert reading.body == read_file(FORMATS / "notice.docx", LIMITS).body
    for kind, text in (
        (PartKind.INSERTED, "新加的话，"),
        (PartKind.DELETED, "删去的话"),
        (PartKind.HIDDEN, "隐藏的字"),
        (PartKind.FOOTNOTE, "脚注：口径见去年文件"),
        (PartKind.COMMENT, "批注：先别发"),
        (PartKind.TEXT_BOX, "文本框里的话"),
        (PartKind.HEADER, "页眉：云溪县水务局"),
    ):
        assert texts(reading, kind) == [text]
    assert texts(reading, PartKind.PROPERTY) == ["标题：管网排查", "作者：柳文员"]


def test_under_the_name_of_a_doc_it_is_read_all_the_same(tmp_path: Path) -> None:
    reading = read_as(tmp_path, "a.doc", (FORMATS / "notice.rtf").read_bytes())
    assert "排水管网" in reading.text
    assert any("扩展名" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (b"\\'b9\\'d8\\'d3\\'da", "关于"),
        (b"\\u36890?\\u30693?", "通知"),
        (b"\\uc2\\u36890\\'cd\\'a8\\u30693\\'d6\\'aa", "通知"),
        (b"\\uc0\\u-10179 \\u-9216 ", "\U00010400".replace("\U00010400", chr(0x10000 + (0xD83D - 0xD800) * 0x400))),
        (b"a\\par b\\tab c\\~d\\\\e\\{f\\}", "a\nb\tc d\\e{f}"),
        (b"{\\fonttbl{\\f0 Song;}}text{\\*\\unknown gone}{\\pict 00ff}", "text"),
        (b"x\\cell y\\cell\\row z\\cell\\cell\\row ", "x\ty\nz\t\n"),
        (b"{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}", "7"),
    ],
)
def test_characters_and_groups(tmp_path: Path, inner: bytes, text: str) -> None:
    assert body(tmp_path, inner) == text


def test_braces_that_do_not_match_do_no_harm(tmp_path: Path) -> None:
    assert body(tmp_path, b"a}}}b{{{c") == "abc"
