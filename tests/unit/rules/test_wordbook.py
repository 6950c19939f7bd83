"""An office's own words: added and removed by list, each fault with its line."""

from pathlib import Path

import pytest

from reviewflow.errors import FaultyFileError
from reviewflow.rules.wordbook import load_words
from reviewflow.text.sensitive.wordlists import WordList, Words, shipped_words

ROOT = Path(__file__).resolve().parents[3]


def loaded(folder: Path, content: str) -> Words:
    path = folder / "words.yaml"
    path.write_text(content, "utf-8")
    return load_words(path)


def entry(*lines: str) -> str:
    return "\n".join(("词表:", "- 名称: 私人角色", *(f"  {line}" for line in lines)))


def test_the_shipped_file_and_no_file_leave_the_words_as_they_are(tmp_path: Path) -> None:
    assert load_words(ROOT / "configs" / "words.yaml").digest == shipped_words().digest
    assert load_words(tmp_path / "words.yaml") is shipped_words()


def test_the_example_in_the_shipped_file_is_a_good_one(tmp_path: Path) -> None:
    lines = (ROOT / "configs" / "words.yaml").read_text("utf-8").splitlines()
    example = [line.removeprefix("# ") for line in lines[lines.index("# 词表:") :] if line.startswith("#")]
    words = loaded(tmp_path, "\n".join(example))
    assert words[WordList.ROLES][:2] == ("网格员", "楼栋长")
    assert "表示" not in words[WordList.AFTER_NAMES]


def test_a_change_gives_another_digest(tmp_path: Path) -> None:
    assert loaded(tmp_path, entry("增加: [网格员]")).digest != shipped_words().digest


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("词表:\n- 名称: 私人角包\n  增加: [网格员]", "words.yaml:2 没有名叫“私人角包”的词表。 是不是“私人角色”？"),
        ("词表:\n- 增加: [网格员]", "words.yaml:2 缺少“名称”。"),
        (entry(), "words.yaml:2 没有写要增加或删除的词。 至少写一项：增加、删除。"),
        (entry("增加: [投诉人]"), "words.yaml:3 “投诉人”已经在这个词表里。 请删去这个词。"),
        (entry("增加: [员]"), "words.yaml:3 “员”只有一个字，会到处匹配。 请写至少两个字的词。"),
        (entry("增加: [网格员、楼长]"), "words.yaml:3 “网格员、楼长”里有多余的字符“、”。"),
        (entry("增加: ['网格员 ']"), "words.yaml:3 “网格员 ”里有多余的字符“ ”。"),
        (entry("增加: [网格员, 网格员]"), "words.yaml:3 “增加”里“网格员”重复。"),
        (entry("删除: [网格员]"), "words.yaml:3 “网格员”不在这个词表里。 请核对写法。"),
        (entry("增加: [网格员]", "增如: [楼长]"), "words.yaml:4 不认识的键“增如”。 是不是“增加”？"),
        (
            entry("增加: [网格员]") + "\n- 名称: 私人角色\n  删除: [投诉人]",
            "words.yaml:4 词表“私人角色”重复。 每个词表只写一条。",
        ),
        ("词表:\n- 名称: 作介词的姓\n  删除: [向, 时]", "words.yaml:3 这个词表会变成空的。 请至少留一个词。"),
        ("", "words.yaml 文件是空的。"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, content: str, expected: str) -> None:
    with pytest.raises(FaultyFileError) as error:
        loaded(tmp_path, content)
    assert error.value.code == "words.faulty"
    assert [str(fault) for fault in error.value.faults] == [expected]


def test_one_character_is_enough_in_a_list_of_characters(tmp_path: Path) -> None:
    words = loaded(tmp_path, "词表:\n- 名称: 单姓\n  增加: [仧]")
    assert words[WordList.PLAIN_SURNAMES][0] == "仧"
