"""Trade secrets: claimed or open, not talked about."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "工艺参数（涉及商业秘密）：反应温度",
        "企业标明“商业秘密，未经我公司许可不得转交”",
        "该公司主张上述参数属于商业秘密",
        "原料配比：树脂45%、固化剂12%、溶剂43%",
        "客户名单：北岭电子、南湾机械、东坡塑料",
        "商业秘密 不得外传\n第一章 工艺",
    ],
)
def test_claims_marks_and_open_secrets_are_found(found, text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，不得公开",
        "国家秘密、商业秘密或者个人隐私",
        "加强商业秘密保护工作",
        "涉及商业秘密\n件\n0",
        "《商业秘密保护规定》培训",
        "婴幼儿配方乳粉抽检合格",
        "环评报告全文（涉及商业秘密的除外）",
    ],
)
def test_talk_about_trade_secrets_is_none(found, text: str) -> None:
    assert found(text) == []
