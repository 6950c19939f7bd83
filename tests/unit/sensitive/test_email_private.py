"""Mail addresses of persons."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("申请人邮箱wang_x@mail.example.com", ["wang_x@mail.example.com"]),
        ("手机13900012345，邮箱xm1990@mail.example.cn", ["xm1990@mail.example.cn"]),
        ("私人邮箱a.b-c@x-y.example.org误填", ["a.b-c@x-y.example.org"]),
        ("来信人留邮箱li＠mail.example.com", ["li＠mail.example.com"]),
        ("13900012345，意见可发xm1990@mail.example.cn", ["xm1990@mail.example.cn"]),
        ("监督局转申请人邮箱wang@mail.example.com", ["wang@mail.example.com"]),
        ("wang_x@mail.example.com", ["wang_x@mail.example.com"]),
        ("a@mail.example.com", ["a@mail.example.com"]),
        ("申请人wang@mail.example.com，地址：前街", ["wang@mail.example.com"]),
        ("13900012345" + "，" * 115 + "监督邮箱jb@mail.example.com", ["jb@mail.example.com"]),
    ],
)
def test_addresses_of_persons_are_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "意见请发至qlhb@163.example.com",
        "局邮箱：office@qinglan.gov.cn",
        "联系电话0311-60001234，电子邮箱jyt2020@mail.example.com",
        "监督举报邮箱jubao@mail.example.com",
        "报名材料电子版发送至zp@mail.example.com",
        "@所有人",
        "申请人13900012345，监督邮箱jb@mail.example.com",
        "0311-60001234 jyt2020@mail.example.com",
        "回信wang_x@mail.example.com，工作时间：九点",
        "wang@qinglan.edu.cn",
        "13900012345" + "，" * 116 + "监督邮箱jb@mail.example.com",
    ],
)
def test_addresses_of_offices_are_public(found, text: str) -> None:
    assert found(text) == []
