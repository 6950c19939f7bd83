"""Bank accounts of persons."""

import pytest

from reviewflow.text.sensitive.numbers.bank_account import luhn


@pytest.mark.parametrize("digits", ["6217000010000000003", "6222020200000000006"])
def test_the_luhn_sum_of_a_right_number_ends_in_zero(digits: str) -> None:
    assert luhn(digits)
    assert not luhn(digits[:-1] + str((int(digits[-1]) + 1) % 10))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收款卡号6217000010000000003（本人）", ["6217000010000000003"]),
        ("6222 0202 0000 0000 006户名王小明", ["6222 0202 0000 0000 006"]),
        ("卡号6217-0000-1000-0000-003", ["6217-0000-1000-0000-003"]),
        ("账号：6217 0000\n1000 0000 003", ["6217 0000\n1000 0000 003"]),
        ("储蓄卡６２１７００００１０００００００００３", ["６２１７００００１０００００００００３"]),
        ("邮政储蓄存折账号6032100045000000127", ["6032100045000000127"]),
        ("户名李四，银行卡号6217000010000000004", ["6217000010000000004"]),
    ],
)
def test_cards_and_accounts_of_persons_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "收款单位：青岚区财政局，账号：1100780000045521",
        "缴款码4405000000038816",
        "缴款书编号4405000000038816",
        "公司账户：0200001909200012345",
        "工卡卡号000318",
        "ICCID为89860011223344556677",
        "身份证号999999198503124676",
        "单位名称某公司 开户行某支行 账号6217000010000000004",
        "订单6217000010000000004",
    ],
)
def test_accounts_of_agencies_and_other_numbers_are_kept(found, text: str) -> None:
    assert found(text) == []
