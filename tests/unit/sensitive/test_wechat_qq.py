"""WeChat names and QQ numbers."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微信号：wxm_1990", ["wxm_1990"]),
        ("加我微信hello-world88", ["hello-world88"]),
        ("我的QQ是80001234", ["80001234"]),
        ("QQ：1900012345，微信honest_man6", ["1900012345", "honest_man6"]),
        ("QQ10001", ["10001"]),
        ("QQ12345678901", ["12345678901"]),
        ("微信abcde1", ["abcde1"]),
        ("微信abcdefghij0123456789", ["abcdefghij0123456789"]),
        ("微信123456", ["123456"]),
        ("微信号：wxm_1990，微信号：wxm_1990", ["wxm_1990", "wxm_1990"]),
    ],
)
def test_names_and_numbers_behind_a_label_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "关注微信公众号qinglanfabu",
        "微信群里转发",
        "微信同手机号",
        "QQ群60001234",
        "微信支付",
        "QQ邮箱80001234@qq.example.com",
        "政务微信影响力",
        "微信13900012345",
        "QQ1000",
        "QQ012345",
        "QQ123456789012",
        "微信abcd1",
        "微信abcdefghij01234567890",
        "微信12345",
    ],
)
def test_public_accounts_and_groups_are_kept(found, text: str) -> None:
    assert found(text) == []
