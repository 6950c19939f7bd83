"""Identity numbers: GB 11643-1999, region 999999 does not exist."""

import pytest

from reviewflow.text.sensitive.numbers.id_number import check_digit


@pytest.mark.parametrize(
    ("first", "check"),
    [("11010519491231002", "x"), ("11011619900307002", "4"), ("44052418800101001", "4")],
)
def test_the_check_digit_follows_the_standard(first: str, check: str) -> None:
    assert check_digit(first) == check


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证号999999198503124676，住本村", ["999999198503124676"]),
        ("编号栏误填999999198503124676", ["999999198503124676"]),
        ("身份证：999999 19850312 4676", ["999999 19850312 4676"]),
        ("身份证：999999-19850312-4676", ["999999-19850312-4676"]),
        ("身份证：999999198503\n124676", ["999999198503\n124676"]),
        ("证件号９９９９９９１９８５０３１２４６７６。", ["９９９９９９１９８５０３１２４６７６"]),
        ("公民身份号码999999199001011234", ["999999199001011234"]),
        ("身份证99999919900101123x", ["99999919900101123x"]),
        ("身份证（999999850312467）已过期", ["999999850312467"]),
        ("甲999999198503124676乙999999198503124676", ["999999198503124676"] * 2),
    ],
)
def test_identity_numbers_are_found_however_they_are_written(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_wrong_check_digit_is_still_masked_where_labelled(found) -> None:
    assert found("身份证号码：999999198503124670") == ["999999198503124670"]


@pytest.mark.parametrize(
    "text",
    [
        "合同流水999999198503124670",  # wrong check digit, no label
        "统一社会信用代码91999999MA00000019",
        "设备IMEI为861234567890123",
        "订单号202301051234567890",
        "身份证号码：999999199013451234",  # no such month
        "身份证号码：____________",
        "身份证号9999**********4676",
        "排污许可证编号91999999MA00000019001P",
        "投资999999198503124.67元",
    ],
)
def test_other_numbers_are_not_identity_numbers(found, text: str) -> None:
    assert found(text) == []
