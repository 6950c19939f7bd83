"""The words of the detectors: plain files, every fault with its line, one digest."""

import pytest

from reviewflow.domain.document import Document
from reviewflow.errors import FaultyFileError
from reviewflow.text.sensitive import Detectors
from reviewflow.text.sensitive.wordlists import WordList, either, parse_words, shipped_words

FILE = "\n".join(f"[{name}]\n# 用处\n甲 乙\n丙" for name in WordList)


def faults(text: str) -> list[str]:
    with pytest.raises(FaultyFileError) as error:
        parse_words([("a.txt", text)])
    assert error.value.code == "words.faulty"
    return [str(fault) for fault in error.value.faults]


def test_a_list_is_what_stands_under_its_heading_on_however_many_lines() -> None:
    words = parse_words([("a.txt", FILE)])
    assert {words[name] for name in WordList} == {("甲", "乙", "丙")}


def test_the_shipped_files_hold_every_list_with_words_in_it() -> None:
    words = shipped_words()
    assert all(words[name] for name in WordList)
    assert "网格员" in words[WordList.OFFICES]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲 乙\n丙", "甲 甲\n丙", "a.txt:3 “甲”重复。"),
        ("甲 乙\n丙", "甲 乙\n甲", "a.txt:4 “甲”重复。"),
        ("甲 乙\n丙", "甲  乙\n丙", "a.txt:3 有多余的空格，词与词之间用一个空格。"),
        ("甲 乙\n丙", "甲 乙 \n丙", "a.txt:3 有多余的空格，词与词之间用一个空格。"),
        ("甲 乙\n丙", "甲、乙\n丙", "a.txt:3 有多余的字符“、”，词与词之间用一个空格。"),
        ("甲 乙\n丙", "甲\t乙\n丙", "a.txt:3 有多余的字符“\t”，词与词之间用一个空格。"),
        ("甲 乙\n丙", "", "a.txt:1 “复姓”是空的。"),
        ("[复姓]", "[复姓]\n[复 姓]", "a.txt:1 “复姓”是空的。"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, expected: str) -> None:
    assert faults(FILE.replace(old, new, 1))[0] == expected


def test_an_unknown_heading_and_the_list_missing_for_it_are_both_told() -> None:
    assert faults(FILE.replace("[复姓]", "[复性]")) == ["a.txt:1 没有名叫“复性”的词表。", "words 缺少词表“复姓”。"]


def test_a_list_that_stands_in_two_files_is_a_fault_of_the_second() -> None:
    with pytest.raises(FaultyFileError) as error:
        parse_words([("a.txt", FILE), ("b.txt", "[复姓]\n丁")])
    assert [str(fault) for fault in error.value.faults] == ["b.txt:1 “复姓”已经有了。 每个词表只写一处。"]


def test_the_digest_changes_with_a_word_and_with_the_order() -> None:
    words = parse_words([("a.txt", FILE)])
    assert words.digest == parse_words([("b.txt", FILE)]).digest
    assert words.digest != parse_words([("a.txt", FILE.replace("甲 乙", "乙 甲", 1))]).digest
    assert words.digest != words.changed({WordList.ROLES: ["网格员"]}).digest


def test_words_are_added_in_front_and_removed_by_name() -> None:
    words = parse_words([("a.txt", FILE)]).changed({WordList.ROLES: ["丁", "乙"]}, {WordList.KIN: ["甲"]})
    assert (words[WordList.ROLES], words[WordList.KIN]) == (("丁", "乙", "甲", "丙"), ("乙", "丙"))


def test_an_office_that_counts_a_role_as_private_has_its_bearers_found() -> None:
    document = Document(id="x", source="x", text="网格员王小明反映路灯不亮。")
    assert Detectors(shipped_words()).find(document) == ()
    own = shipped_words().changed({WordList.ROLES: ["网格员"]})
    assert [document.text[one.start : one.end] for one in Detectors(own).find(document)] == ["王小明"]


def test_a_word_with_signs_of_a_pattern_is_taken_as_it_is_written() -> None:
    assert either(["(家)", "A+"], "[甲乙]") == r"\(家\)|A\+|[甲乙]"
