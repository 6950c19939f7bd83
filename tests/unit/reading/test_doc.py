"""Old Word documents, on the file that LibreOffice wrote."""

import struct
from pathlib import Path

import olefile
import pytest

from reviewflow.domain.document import PartKind
from reviewflow.errors import ReviewflowError
from reviewflow.text.reading import read_file
from reviewflow.text.reading.ole import doc
from tests.unit.reading.made import FORMATS, LIMITS, read_as, texts


@pytest.mark.parametrize(
    ("kind", "text"),
    [(PartKind.INSERTED, "新加的话，"), (PartKind.DELETED, "删去的话"), (PartKind.HIDDEN, "隐藏的字")],
)
def test_tracked_and_hidden_text_is_marked_where_it_stands(kind: PartKind, text: str) -> None:
    reading = read_file(FORMATS / "notice.doc", LIMITS)
    assert texts(reading, kind) == [text]
    assert text in reading.body


def test_who_wrote_it_is_read() -> None:
    assert "最后修改者：柳文员" in texts(read_file(FORMATS / "notice.doc", LIMITS), PartKind.PROPERTY)


def test_a_wps_file_is_read_like_a_doc() -> None:
    assert read_file(FORMATS / "notice.wps", LIMITS) == read_file(FORMATS / "notice.doc", LIMITS)


def test_no_control_character_is_left() -> None:
    text = read_file(FORMATS / "notice.doc", LIMITS).text
    assert not [character for character in text if character < " " and character not in "\n\t"]


def test_a_word_95_file_is_said_to_be_too_old(tmp_path: Path) -> None:
    content = (FORMATS / "notice.doc").read_bytes()
    with olefile.OleFileIO(FORMATS / "notice.doc") as ole:
        head = ole.openstream("WordDocument").read(32)
    at = content.index(head)
    older = content[: at + 2] + struct.pack("<H", 0x0068) + content[at + 4 :]
    with pytest.raises(ReviewflowError) as caught:
        read_as(tmp_path, "a.doc", older)
    assert caught.value.code == "read.unknown_format"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("甲\x13 PAGE \x14 3 \x15乙", "甲 3 乙"),
        ("\x13 HYPERLINK \x13 REF \x14a\x15 \x14链接\x15", "链接"),
        ("姓名\x07电话\x07\x07柳某\x07\x07", "姓名\t电话\n柳某\n"),
        ("一\x0b二\r三", "一\n二\n三"),
        ("A\x1eB\x1fC", "A-BC"),
    ],
)
def test_fields_cells_and_breaks_are_made_readable(raw: str, text: str) -> None:
    assert doc._readable(raw) == text


def test_rare_characters_of_names_stay_whole() -> None:
    assert doc._readable(doc._in_units("\U0002c476某".encode("utf-16-le"))) == "\U0002c476某"
