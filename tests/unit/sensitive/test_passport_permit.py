"""Passports and permits."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("护照号G04567812，住家属楼", ["G04567812"]),
        ("护照号码：EA0001234", ["EA0001234"]),
        ("港澳居民来往内地通行证H0456781202", ["H0456781202"]),
        ("台湾居民来往大陆通行证：04567812", ["04567812"]),
        ("台胞证04567812", ["04567812"]),
        ("军官证军字第0456781号", ["军字第0456781号"]),
        ("回乡证号 M04567812", ["M04567812"]),
        ("台胞证0456781234", ["0456781234"]),
        ("护照G0456781", ["G0456781"]),
        ("士官证号武字第0456号", ["武字第0456号"]),
    ],
)
def test_labelled_permits_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "国药准字Z20880456",
        "护照办理须知",
        "车辆通行证管理办法",
        "批准文号S20990021",
        "护照遗失请拨打13904567812",
        "设备型号E12345678",
        "军官证军字第13904567812",
        "护照04567812",
        "台胞证045678123",
        "台胞证0456781",
        "护照G045678",
    ],
)
def test_approval_numbers_and_talk_are_not_permits(found, text: str) -> None:
    assert found(text) == []
