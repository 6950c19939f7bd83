"""Marks at their bounds: how far down a mark without a star counts, how much may stand beside one, what strikes it."""

import pytest

from reviewflow.domain.document import Part, PartKind, Reading
from reviewflow.text.tidy.lines import lines_of
from reviewflow.text.tidy.marks import secret_mark, urgency


def level_of(text: str) -> str | None:
    mark = secret_mark(Reading(text))
    return mark.level if mark else None


def test_a_mark_without_a_star_counts_on_the_first_ten_lines_alone() -> None:
    assert level_of("一行\n" * 9 + "机密\n") == "机密"
    assert level_of("一行\n" * 10 + "机密\n") is None
    assert level_of("一行\n\n" * 9 + "机密\n") == "机密"


def test_a_mark_without_a_star_counts_within_the_first_eight_hundred_characters() -> None:
    assert level_of("甲" * 798 + "\n机密\n") == "机密"
    assert level_of("甲" * 799 + "\n机密\n") is None


def test_a_starred_mark_counts_wherever_a_line_begins_with_it() -> None:
    assert level_of("甲\n" * 2000 + "机密★\n") == "机密"


def test_a_mark_without_a_star_stands_on_a_line_of_at_most_34_characters() -> None:
    assert level_of("密级：秘密" + "甲" * 29) == "秘密"
    assert level_of("密级：秘密" + "甲" * 30) is None


def test_behind_a_mark_at_the_right_of_a_line_stand_at_most_six_characters() -> None:
    assert level_of("青水发〔2018〕12号  机密★一二三四五六") == "机密"
    assert level_of("青水发〔2018〕12号  机密★一二三四五六七") is None


@pytest.mark.parametrize("before", ["000123 ", "密级：", "份号：000123 ", "No. 12345", "（", "【"])
def test_before_a_mark_may_stand_what_stands_there_on_a_face(before: str) -> None:
    assert level_of(f"{before}机密★5年") == "机密"


def test_a_mark_says_where_it_stands() -> None:
    text = "青岚区水务局\n  秘密\n正文"
    mark = secret_mark(Reading(text))
    assert mark
    assert text[mark.start : mark.end] == "秘密"
    starred = "青岚区水务局\n机密★5年\n正文"
    mark = secret_mark(Reading(starred))
    assert mark
    assert starred[mark.start : mark.end] == "机密★5年"


def test_a_stamp_names_no_level() -> None:
    mark = secret_mark(Reading("  密件 \n关于某事的通知"))
    assert mark
    assert (mark.level, mark.period, mark.start, mark.end) == ("密件", None, 2, 4)


@pytest.mark.parametrize(
    ("behind", "struck"),
    [
        (" 解密", True),
        ("\n已解密\n", True),
        ("\n解除密级\n", True),
        ("\n一行\n解密\n", False),
        ("\n\n解密\n", False),
        ("\n解密条件：会议结束\n", False),
        ("\n" + "甲" * 38 + "解密\n", False),
        ("\n" + "甲" * 37 + "解密\n", True),
        ("", False),
    ],
)
def test_a_mark_is_struck_by_the_word_beside_it_or_on_the_next_line(behind: str, struck: bool) -> None:
    mark = secret_mark(Reading(f"机密★5年{behind}"))
    assert mark
    assert mark.declassified is struck


@pytest.mark.parametrize("mark", ["秘密★3年", "秘密"])
@pytest.mark.parametrize(
    ("kind", "counts"),
    [(PartKind.HEADER, True), (PartKind.FOOTER, True), (PartKind.TEXT_BOX, True), (PartKind.COMMENT, False)],
)
def test_a_mark_in_a_header_a_footer_or_a_text_box_counts(kind: PartKind, counts: bool, mark: str) -> None:
    text = "关于工作的通知\n正文一句话。\n" * 30 + f"有关说明 甲乙：{mark}"
    start = text.rindex("秘密")
    found = secret_mark(Reading(text, (Part(kind, start, len(text)),)))
    assert (found is not None) is counts
    if found:
        assert text[found.start : found.end] == mark


def test_parts_are_looked_at_one_after_the_other() -> None:
    text = "正文一句话。\n" * 30 + "页眉 有关说明：秘密★3年"
    start = text.rindex("秘密")
    parts = (Part(PartKind.HEADER, 0, 5), Part(PartKind.FOOTER, start, len(text)))
    assert secret_mark(Reading(text, parts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("特急\n标题", "特急"),
        ("000123 加 急\n标题", "加急"),
        ("机密★5年\u3000特\u3000提\n标题", "特提"),
        ("一\n" * 7 + "平急\n", "平急"),
        ("一\n" * 8 + "平急\n", None),
        ("十分特急\n标题", None),
    ],
)
def test_urgency_stands_at_the_end_of_one_of_the_first_eight_lines(text: str, expected: str | None) -> None:
    assert urgency(lines_of(text)) == expected
