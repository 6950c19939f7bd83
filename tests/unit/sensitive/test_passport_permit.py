"""Passports and permits."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("护照号G00012345，住家属楼", ["G00012345"]),
        ("护照号码：EA0001234", ["EA0001234"]),
        ("港澳居民来往内地通行证H0001234501", ["H0001234501"]),
        ("台湾居民来往大陆通行证：00012345", ["00012345"]),
        ("台胞证00012345", ["00012345"]),
        ("军官证军字第0012345号", ["军字第0012345号"]),
        ("回乡证号 M00012345", ["M00012345"]),
    ],
)
def test_labelled_permits_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "国药准字H20990123",
        "护照办理须知",
        "车辆通行证管理办法",
        "批准文号S20990021",
        "护照遗失请拨打13900012345",
        "设备型号E12345678",
    ],
)
def test_approval_numbers_and_talk_are_not_permits(found, text: str) -> None:
    assert found(text) == []
