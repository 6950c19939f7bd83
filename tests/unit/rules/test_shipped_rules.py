"""The rules as shipped: enough of them, sound, and deaf to talk about secrecy (pitfalls of the trade)."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from reviewflow.domain.document import Reading
from reviewflow.domain.terms import Flag, Status
from reviewflow.rules.compare import verdict_of
from reviewflow.rules.explain import sentence
from reviewflow.rules.matcher import Matcher
from reviewflow.rules.reader import example_document, load_legal_bases, load_rules
from reviewflow.text.tidy import Given, tidy

ROOT = Path(__file__).resolve().parents[3]
BASES = load_legal_bases(ROOT / "configs" / "legal_bases.yaml")
RULES = load_rules(ROOT / "configs" / "rules.yaml", BASES)
MATCHER = Matcher(RULES)


def said(title: str, text: str = ""):
    return verdict_of(MATCHER.hits(tidy(Reading(text or title), "x", Given(title=title))))


def test_there_are_at_least_eighty_rules_and_each_has_examples_and_a_sentence() -> None:
    assert len(RULES.rules) >= 80
    for rule in RULES.rules:
        assert rule.examples
        assert rule.bases
        assert rule.name in sentence(rule, BASES)


def test_no_rule_makes_anything_public() -> None:
    assert all(rule.status is not Status.PROACTIVE for rule in RULES.rules)


def test_examples_of_category_rules_lead_to_one_category() -> None:
    torn = [
        (rule.id, example, verdict_of(MATCHER.hits(example_document(example))).categories)
        for rule in RULES.rules
        if rule.category
        for example in rule.examples
        if len(verdict_of(MATCHER.hits(example_document(example))).categories) > 1
    ]
    assert torn == []


@pytest.mark.parametrize("flag", list(Flag))
def test_every_flag_has_a_basis_in_force_on_every_day_since_2008(flag: Flag) -> None:
    day = date(2008, 1, 1)
    while day < date(2026, 1, 1):
        assert BASES.for_flags([flag], Status.NON_PUBLIC, day), day
        day += timedelta(days=17)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2018, 6, 1), "GBF2010-5-2.2-PROCESS"),
        (date(2019, 5, 14), "GBF2010-5-2.2-PROCESS"),
        (date(2019, 5, 15), "OGI19-16.2-REQUESTREPORT"),
    ],
)
def test_the_basis_of_a_request_to_superiors_follows_its_date(day: date, code: str) -> None:
    rule = RULES.by_id["P01"]
    assert BASES.supporting(rule.bases, Status.NON_PUBLIC, day)[0] == code


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("青岚区开展保密法宣传周活动", "区保密局讲解国家秘密、工作秘密管理知识，现场发放资料。"),  # 1 aboutness
        ("机关干部参加定密培训", "培训讲解密级、保密期限和涉密文件管理。"),
        (
            "政府信息公开情况统计表",
            "涉及国家秘密\n件\n0\n危及国家安全、公共安全、经济安全和社会稳定\n件\n0",
        ),  # 2 table labels
        ("2018年政府信息公开工作年度报告", "不予公开0件，涉及商业秘密0件。现将有关情况报告如下"),  # 3, 8
        ("《绝密任务》国防教育电影展映", "请各社区组织观看。"),  # 4
        ("关于公开征求《停车管理办法（征求意见稿）》意见的公告", "请于30日内将意见书面反馈至邮箱。"),  # 5
        ("关于《老水厂扩建的请示》的批复", "你镇请示收悉，同意扩建。"),  # 6
        ("2018年环境状况公报", "全区空气质量继续改善。"),  # 8
        ("关于转发《排污许可管理办法》的通知", "现转发给你们。"),  # 9
        ("行政处罚决定书（北岭印刷公司）", "以上事实有现场检查笔录、询问笔录为证。"),  # 10
        ("内部审计工作规定", "第一条 为加强内部审计，制定本规定。"),  # 21
        ("关于加强内部控制建设的意见", "各单位要完善内部控制。"),
        ("关于某同志等任免职的通知", "区政府决定任命某同志为区水务局局长。"),  # 23
        ("2021年拟录用公务员公示", "公示期五个工作日。"),
        ("举报奖励办法", "第一条 为鼓励举报，制定本办法。为举报人保密。"),
        ("区水务局召开局长办公会研究防汛工作", "会议听取了汇报。"),
        ("突发环境事件应急预案", "稳定风险、舆情应对由宣传组负责。"),
        ("网络安全宣传周活动启动", "提醒市民不要使用弱口令，保护好密码。"),
        ("信访工作条例解读", "集体上访应推选代表。"),
        ("商业秘密保护规定解读", "配方、客户名单等属于商业秘密。"),
        ("社会稳定风险评估办法", "评估应当听取意见。"),
        ("档案管理规定", "第一条 涉密档案不得外传。"),
    ],
)
def test_public_documents_that_speak_of_secrets_are_left_public(title: str, text: str) -> None:
    assert said(title, text).status == "主动公开"


@pytest.mark.parametrize(
    ("title", "text", "status", "flag"),
    [
        ("关于申请追加应急水源经费的请示", "妥否，请批示。", "不予公开", "过程性信息"),
        ("局长办公会会议纪要（第3次）", "会议议定以下事项。", "不予公开", "过程性信息"),
        ("停车管理办法（讨论稿）", "第一条", "不予公开", "过程性信息"),
        ("关于征求禁燃区划定方案意见的函", "请研提意见。", "不予公开", "过程性信息"),  # 5, 22
        ("询问笔录", "问：你是负责人吗？\n答：是。", "不予公开", "执法案卷"),
        ("案件集体讨论笔录", "参加人员：", "不予公开", "执法案卷"),
        ("2023年国庆节值班安排表", "10月1日", "不予公开", "内部事务"),
        ("关于2016年度机关干部考核结果的通知", "优秀等次", "不予公开", "内部事务"),
        ("夜间行动部署方案", "内部资料 注意保管\n各组统一出发。", "不予公开", "工作秘密"),
        ("节日期间信访稳定风险研判", "已落实稳控措施。", "不予公开", "三安全一稳定"),
        ("工业企业环境统计基层表", "填表人", "不予公开", "法律禁止公开"),
        ("放射诊疗岗位个人剂量检测结果", "单位 mSv", "不予公开", "个人隐私"),
        ("行政处罚事先告知书", "你有权陈述申辩。", "依申请公开", "执法案卷"),
    ],
)
def test_withheld_genres_are_recognised(title: str, text: str, status: str, flag: str) -> None:
    found = said(title, text)
    assert found.status == status
    assert flag in found.flags


@pytest.mark.parametrize(
    "title",
    [
        "政府信息公开申请答复书",
        "信访事项答复意见书",
        "履行处罚决定催告书",
        "解除查封决定书",
        "许可证送达回证",
        "低保申请不予批准告知书",
        "采石场搬迁补偿协议",
        "关于查询建设项目档案的复函",
    ],
)
def test_papers_for_one_party_are_for_request(title: str) -> None:
    assert said(title).status == "依申请公开"


def test_an_appeal_to_the_public_is_not_a_letter_between_agencies() -> None:
    assert said("关于向社会公开征求意见的函告", "公开征求社会各界意见").status == "主动公开"
