"""Rich Text, also under .doc."""

from pathlib import Path

import pytest

from reviewflow import propose
from reviewflow.domain.document import PartKind
from reviewflow.domain.terms import Lane
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
        (b"\\uc0\\u-10179 \\u-9216 ", "\U0001f400"),
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


def fonts(*charsets: int) -> bytes:
    entries = (b"{\\f%d\\fnil\\fcharset%d Font;}" % pair for pair in enumerate(charsets))
    return b"{\\fonttbl" + b"".join(entries) + b"}"


def escaped(text: str, encoding: str) -> bytes:
    return b"".join(b"\\'%02x" % byte for byte in text.encode(encoding))


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        (134, "gbk", "关于节水的通知"),
        (136, "big5", "關於節水的通知"),
        (128, "cp932", "節水について"),
        (129, "cp949", "물 절약"),
        (204, "cp1251", "Приказ"),
        (0, "cp1252", "déjà"),
        (99, "cp1252", "déjà"),
    ],
)
def test_the_charset_of_a_font_says_how_its_bytes_are_read(
    tmp_path: Path, charset: int, encoding: str, text: str
) -> None:
    content = b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + fonts(charset) + b"\\f0 " + escaped(text, encoding) + b"}"
    assert read_as(tmp_path, "a.rtf", content).text == text


def test_the_default_font_holds_where_no_other_is_named(tmp_path: Path) -> None:
    content = b"{\\rtf1\\ansi\\ansicpg1252\\deff1 " + fonts(0, 134) + escaped("关于", "gbk") + b"}"
    assert read_as(tmp_path, "a.rtf", content).text == "关于"


def test_a_font_ends_with_its_group_and_with_plain(tmp_path: Path) -> None:
    a, e = escaped("关于", "gbk"), escaped("é", "cp1252")
    inner = b"{\\f1 " + a + b"}" + e + b"\\f1 " + a + b"\\plain " + e
    content = b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + fonts(0, 134) + inner + b"}"
    assert read_as(tmp_path, "a.rtf", content).text == "关于é关于é"


def test_a_font_for_chinese_may_stand_beside_the_one_for_latin_letters(tmp_path: Path) -> None:
    inner = b"\\loch\\f0\\hich\\af0\\dbch\\af1 GB " + escaped("关于", "gbk")
    content = b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + fonts(0, 134) + inner + b"}"
    assert read_as(tmp_path, "a.rtf", content).text == "GB 关于"


def test_a_font_may_name_its_code_page(tmp_path: Path) -> None:
    table = b"{\\fonttbl{\\f0\\fnil\\fcharset0\\cpg936 Font;}}"
    content = b"{\\rtf1\\ansi\\ansicpg1252 " + table + b"\\f0 " + escaped("关于", "gbk") + b"}"
    assert read_as(tmp_path, "a.rtf", content).text == "关于"


@pytest.mark.parametrize("page", [b"936", b"10008", b"0", b"", b"99999", b"-1", b"54936"])
def test_a_code_page_that_nobody_knows_does_not_damage_a_file(tmp_path: Path, page: bytes) -> None:
    content = b"{\\rtf1\\ansi\\ansicpg" + page + b" " + escaped("关于节水的通知", "gbk") + b"}"
    assert read_as(tmp_path, "a.rtf", content).text == "关于节水的通知"


def test_a_secrecy_mark_in_a_chinese_font_under_a_western_code_page_holds_the_document(
    at_home: Path, tmp_path: Path
) -> None:
    text = "机密★5年\n关于应急演练的报告\n县政府：\n现将演练安排报告如下。"
    inner = b"\\par ".join(escaped(line, "gbk") for line in text.split("\n"))
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1\\ansi\\ansicpg1252\\deff0 " + fonts(0, 134) + b"\\f1 " + inner + b"}")
    assert propose(tmp_path / "a.rtf").proposal.lane is Lane.HOLD
