"""Conditions of persons; policies, epidemics and animals are none."""

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("户主患糖尿病，长期服药", ["糖尿病"]),
        ("职工确诊为矽肺病二期，单位垫付医疗费", ["矽肺病二期"]),
        ("其子肢体残疾二级，无业", ["肢体残疾二级"]),
        ("残疾类别：听力　残疾等级：三级　姓名：印山", ["听力", "三级"]),
        ("孩子对牛奶过敏，家长已告知", ["牛奶过敏"]),
        ("老人因脑出血住院，家属陪护", ["脑出血"]),
        ("申请人怀孕五个月，请求延期", ["怀孕五个月"]),
        ("本人因乳腺癌术后化疗，无法到场", ["乳腺癌术后"]),
        ("其父患有急性化脓性胆管炎", ["急性化脓性胆管炎"]),
        ("诊断：右侧胫骨粉碎性骨折", ["右侧胫骨粉碎性骨折"]),
        ("丈夫高位截瘫，儿子在读", ["截瘫"]),
        ("鉴定伤者构成九级伤残", ["九级伤残"]),
        ("韩冬因支气管哮喘请假三天", ["支气管哮喘"]),
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
        "高血压、糖尿病患者规范管理率达70%",
        "非洲猪瘟疫情防控，布鲁氏菌病阳性率为零",
        "对成绩突出的学生给予表彰",
        "全区肺结核发病率下降",
        "职业病防治法宣传周",
        "孕产妇健康管理服务项目",
        "小麦赤霉病、松材线虫病防治",
        "花粉过敏者、哮喘患者外出请佩戴口罩",
        "肢体残疾、听力残疾人员凭证办理",
        "申请人应当身体健康，无精神病史",
        "患者应当配合治疗，患病职工的待遇不变",
        "防止一氧化碳中毒事故",
    ],
)
def test_policies_and_epidemics_are_none(found, text: str) -> None:
    assert found(text) == []


def test_what_follows_the_whole_name_of_an_illness_may_make_it_general(found) -> None:
    assert found("其母患高血压，住院") == ["高血压"]
    assert found("其母患高血压的职工较多") == []
