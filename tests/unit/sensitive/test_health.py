"""Conditions of persons; policies, epidemics and animals are none."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("户主患糖尿病，长期服药", ["糖尿病"]),
        ("职工确诊为尘肺病，单位垫付医疗费", ["尘肺病"]),
        ("其子肢体残疾二级，无业", ["肢体残疾二级"]),
        ("学生对花生过敏，家长已告知", ["花生过敏"]),
        ("老人因脑梗住院，家属陪护", ["脑梗"]),
        ("申请人怀孕五个月，请求延期", ["怀孕五个月"]),
    ],
)
def test_a_persons_condition_is_found(found, text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "残疾人就业保障金征收办法",
        "重大疾病医疗救助标准",
        "糖尿病防治宣传活动",
        "非洲猪瘟疫情防控",
        "对成绩突出的学生给予表彰",
        "全区肺结核发病率下降",
        "职业病防治法宣传周",
        "孕产妇健康管理服务项目",
    ],
)
def test_policies_and_epidemics_are_none(found, text: str) -> None:
    assert found(text) == []
