"""Landlines of homes."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("家里座机0427-3601234，白天无人", ["0427-3601234"]),
        ("住宅电话：010-60001234", ["010-60001234"]),
        ("老人宅电60001234", ["60001234"]),
        ("电话010-60001234（家）", ["010-60001234"]),
        ("门卫宿舍电话60001234", ["60001234"]),
    ],
)
def test_a_landline_is_private_where_the_text_says_home(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "办公电话010-60001234",
        "投诉举报电话12369、12345",
        "传真：010-60001234",
        "家用电器维修热线400-600-1234",
        "住房保障科 010-60001234",
        "家庭农场120户，面积60001234平方米",
    ],
)
def test_office_lines_are_public(found, text: str) -> None:
    assert found(text) == []


def test_a_shop_beside_a_home_line_is_not_taken_with_it(found) -> None:
    assert found("东屋60001234（宅电）；店铺024-83005678不登记") == ["60001234"]
