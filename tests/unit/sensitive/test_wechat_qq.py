"""WeChat names and QQ numbers."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微信号：wxm_1990", ["wxm_1990"]),
        ("加我微信hello-world88", ["hello-world88"]),
        ("我的QQ是80001234", ["80001234"]),
        ("QQ：1900012345，微信honest_man6", ["1900012345", "honest_man6"]),
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
    ],
)
def test_public_accounts_and_groups_are_kept(found, text: str) -> None:
    assert found(text) == []
