"""Vehicle plates."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("车牌京Q·7T619的小客车", ["京Q·7T619"]),
        ("京EF12049停在路边", ["京EF12049"]),
        ("号牌浙A 63F27", ["浙A 63F27"]),
        ("京A·D05162混合动力货车", ["京A·D05162"]),
        ("大型客车京A·30516D", ["京A·30516D"]),
        ("教练车京E·1203学", ["京E·1203学"]),
        ("牵引车黑A·2N71挂", ["黑A·2N71挂"]),
        ("京 Q 7 T 6 1 9", ["京 Q 7 T 6 1 9"]),
        ("来访车辆使224012", ["使224012"]),
    ],
)
def test_plates_of_every_kind_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "京G6辅路至111国道",
        "审图号京S(2021)027号",
        "经营许可证京B2-20190001",
        "苏州、皖北地区",
        "使用224012元",
        "粤ABCDEFG",
        "京Q·7T6",
        "闽A级旅游景区",
    ],
)
def test_roads_permits_and_words_are_not_plates(found, text: str) -> None:
    assert found(text) == []
