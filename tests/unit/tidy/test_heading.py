"""The head of a document at its bounds: the longest title, the narrowest red head, the last line that still counts."""

import pytest

from reviewflow.text.tidy.heading import agency_in_head, heading, is_agency
from reviewflow.text.tidy.lines import lines_of


def head_of(text: str, given: str | None = None):
    return heading(lines_of(text), given)


def test_a_title_has_at_most_90_characters() -> None:
    longest = "关" * 88 + "通知"
    assert head_of(longest + "\n正文一句。").title == longest
    assert head_of("关" + longest + "\n正文一句。").title is None


def test_a_title_is_looked_for_in_the_first_ten_lines() -> None:
    furniture = "内部资料 注意保存\n"
    assert head_of(furniture * 9 + "青岚区绿化办法\n正文。").title == "青岚区绿化办法"
    assert head_of(furniture * 10 + "青岚区绿化办法\n正文。").title is None


def test_an_agency_above_the_number_is_no_title_but_below_it_one() -> None:
    assert head_of("青岚区水务局\n青水发〔2018〕12号\n关于某事的通知\n正文。").title == "关于某事的通知"
    assert head_of("青水发〔2018〕12号\n青岚区水务局\n").title == "青岚区水务局"


def test_a_line_above_the_number_that_is_no_agency_may_be_the_title() -> None:
    assert head_of("关于某事的通知\n青水发〔2018〕12号\n正文。").title == "关于某事的通知"


def test_a_document_number_is_looked_for_in_the_first_twelve_lines() -> None:
    line = "没有编号的一行\n"
    assert head_of(line * 11 + "青水发〔2018〕12号\n").doc_number == "青水发〔2018〕12号"
    assert head_of(line * 12 + "青水发〔2018〕12号\n").doc_number is None


def test_what_follows_a_number_on_a_later_line_must_run_on() -> None:
    assert head_of("某事记录\n青水发〔2018〕12号关于某事的通知\n").doc_number == "青水发〔2018〕12号"
    assert head_of("某事记录\n青水发〔2018〕12号文的精神\n").doc_number is None
    assert head_of("青水发〔2018〕12号文的精神\n某事记录\n").doc_number == "青水发〔2018〕12号"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("青岚区水务局关于\n某某排查的通知\n正文。", "青岚区水务局关于某某排查的通知"),
        ("青岚区水务局\n某某排查工作\n正文。", "青岚区水务局某某排查工作"),
        ("某某排查和\n治理工作\n正文。", "某某排查和治理工作"),
        ("某某排查治理\n工作的通知\n正文。", "某某排查治理工作的通知"),
        ("某某排查治理\n各村都要做好\n正文。", "某某排查治理"),
        ("某某排查的通知\n另一份通知\n正文。", "某某排查的通知"),
        (
            "某某排查和\n一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五",
            "某某排查和",
        ),
        (
            "某某排查和\n一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四",
            "某某排查和一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四",
        ),
        ("某某排查和\n各单位：\n正文。", "某某排查和"),
        ("某某排查和\n治理都好了。\n", "某某排查和"),
        ("关于甲和\n乙和\n丙和\n丁的通知", "关于甲和乙和丙和"),
    ],
)
def test_a_title_goes_on_while_it_is_not_finished(lines: str, title: str) -> None:
    assert head_of(lines).title == title


@pytest.mark.parametrize(
    "furniture",
    [
        "000123", "份号：000123", "№ 000123", "机密★5年", "特急", "平急", "内部资料", "注意保存", "青岚区水务局文件", "青岚区人民政府令",
        "签发人：赵某", "内部事项 不得外传", "[内部]", "【草稿】", "——————", "2018-12",
    ],
)  # fmt: skip
def test_what_stands_above_a_title_is_none(furniture: str) -> None:
    assert head_of(f"{furniture}\n关于某事的通知\n正文。").title == "关于某事的通知"


@pytest.mark.parametrize(
    "line",
    [
        "归档文件",  # no agency before it
        "青岚区水务局关于水务局文件",  # says 关于
        "青岚区" + "水" * 23 + "局文件一",  # does not end as a red head does
        "青" * 28 + "局文件",  # 31 characters
        "12345",
    ],
)
def test_what_only_looks_like_a_red_head_is_a_title(line: str) -> None:
    expected = None if line.isdigit() else line
    assert head_of(f"{line}\n正文一句话在这里。").title == expected


def test_a_red_head_has_at_most_30_characters() -> None:
    assert head_of("青" * 27 + "局文件\n关于某事的通知\n").title == "关于某事的通知"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("水务局", True),
        ("务局", False),
        ("青" * 39 + "局", True),
        ("青" * 40 + "局", False),
        ("关于水务局", False),
        ("青岚区水务", False),
    ],
)
def test_an_agency_has_3_to_40_characters_and_the_ending_of_one(line: str, expected: bool) -> None:
    assert is_agency(line) is expected


def test_behind_a_known_title_the_addressee_is_looked_for() -> None:
    text = "青岚区水务局关于\n某某排查的通知\n各街道办事处：\n正文。"
    assert head_of(text, "青岚区水务局关于某某排查的通知").addressee == "各街道办事处"


def test_a_line_of_three_characters_does_not_end_a_known_title() -> None:
    text = "的通知\n" + "一行\n" * 5 + "各街道办事处：\n"
    assert head_of(text, "关于某事的通知").addressee is None
    assert head_of("事的通知\n各街道办事处：\n", "关于某事的通知").addressee == "各街道办事处"


def test_a_known_title_is_looked_for_in_the_first_eight_lines() -> None:
    lines = "甲乙丙丁戊己\n"
    assert head_of(lines * 7 + "关于某事的通知\n各街道：\n", "关于某事的通知").addressee == "各街道"
    assert head_of(lines * 8 + "关于某事的通知\n各街道：\n", "关于某事的通知").addressee is None


def test_an_addressee_stands_within_six_lines_and_before_the_first_sentence() -> None:
    assert head_of("关于某事的通知\n" + "一行\n" * 5 + "各街道：\n").addressee == "各街道"
    assert head_of("关于某事的通知\n" + "一行\n" * 6 + "各街道：\n").addressee is None
    assert head_of("关于某事的通知\n这是一句话。\n各街道：\n").addressee is None
    assert head_of("关于某事的通知\n青水发〔2018〕12号：\n各街道：\n").addressee == "各街道"


@pytest.mark.parametrize(
    ("head", "title", "agency"),
    [
        (("青岚区水务局",), "", "青岚区水务局"),
        (("青岚区水务局文件",), "", "青岚区水务局"),
        (("归档文件",), "", None),
        (("青" * 31 + "局文件",), "", "青" * 31 + "局"),  # 34 characters
        (("青" * 32 + "局文件",), "", None),
        (("一", "二", "三", "四", "青岚区水务局"), "", "青岚区水务局"),
        (("一", "二", "三", "四", "五", "青岚区水务局"), "", None),
        ((), "青岚区水务局关于某事的通知", "青岚区水务局"),
        ((), "青岚区关于某事的通知", None),
        ((), "青岚区水务局", None),
    ],
)
def test_the_agency_in_the_head(head: tuple[str, ...], title: str, agency: str | None) -> None:
    assert agency_in_head(head, title) == agency
