"""Dates of birth."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("男，回族，1968年4月17日出生", ["1968年4月17日"]),
        ("出生日期1987-11-23，住前街", ["1987-11-23"]),
        ("出生日期：20010614", ["20010614"]),
        ("生于1980年3月2日", ["1980年3月2日"]),
        ("孩子二〇一三年七月十九日生", ["二〇一三年七月十九日"]),
        ("登记表（姓名、性别、出生日期）：甲某 20010614 女；乙某 19991225 男", ["20010614", "19991225"]),
    ],
)
def test_full_dates_of_birth_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1973年4月出生，现任局长",
        "企业设立于2003年6月18日",
        "张衡生于公元78年",
        "2018年9月28日生效",
        "出生医学证明办理指南，2022年3月1日起施行",
        "2003年6月18日生产",
    ],
)
def test_months_companies_and_history_are_kept(found, text: str) -> None:
    assert found(text) == []
