"""Dates of birth."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("女，汉族，1971年10月28日出生", ["1971年10月28日"]),
        ("出生日期1991-05-05，住前街", ["1991-05-05"]),
        ("出生日期：19980203", ["19980203"]),
        ("生于1980年3月2日", ["1980年3月2日"]),
        ("双胞胎二〇一五年三月八日生", ["二〇一五年三月八日"]),
        ("名册（姓名、出生日期、性别）：甲某 19980203 女；乙某 19971108 男", ["19980203", "19971108"]),
    ],
)
def test_full_dates_of_birth_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1970年9月出生，现任局长",
        "公司成立于1998年5月12日",
        "张衡生于公元78年",
        "2018年9月28日生效",
        "出生医学证明办理指南，2021年1月1日起施行",
        "1998年5月12日生产",
    ],
)
def test_months_companies_and_history_are_kept(found, text: str) -> None:
    assert found(text) == []
