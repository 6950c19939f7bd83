"""Vehicle plates."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("车牌鲁B·3K852的小客车", ["鲁B·3K852"]),
        ("沪AF30718停在路边", ["沪AF30718"]),
        ("号牌苏C 41H63", ["苏C 41H63"]),
        ("粤B·D71830新能源货车", ["粤B·D71830"]),
        ("大型客车川A·62047D", ["川A·62047D"]),
        ("驾校的豫A·4516学", ["豫A·4516学"]),
        ("后面的晋B·5M38挂", ["晋B·5M38挂"]),
        ("湘 A 5 B 2 0 8", ["湘 A 5 B 2 0 8"]),
        ("来访车辆使133058", ["使133058"]),
        ("沪B30718号", ["沪B30718"]),
        ("证沪B30718车", ["沪B30718"]),
        ("鲁B·ABC12", ["鲁B·ABC12"]),
        ("使133058号牌", ["使133058"]),
        ("停放的沪B30718A", ["沪B30718A"]),
    ],
)
def test_plates_of_every_kind_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "沪G2辅路至204国道",
        "审图号津S(2020)114号",
        "经营许可证沪B2-20170316",
        "苏州、皖北地区",
        "使用133058元",
        "粤ABCDEFG",
        "鲁B·3K8",
        "闽A级旅游景区",
        "备沪B30718号",
        "经字第沪B30718号",
        "鲁B·ABCD1",
        "使133058",
    ],
)
def test_roads_permits_and_words_are_not_plates(found, text: str) -> None:
    assert found(text) == []
