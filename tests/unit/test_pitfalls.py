"""The twenty-five pitfalls of the trade, each with the shipped rules and model, as far as a proposal is concerned."""

from datetime import date
from pathlib import Path

import pytest

from reviewflow.domain.document import Reading
from reviewflow.domain.terms import Flag, Kind, Lane, Status
from reviewflow.explained.record import Explained
from reviewflow.pipeline import Toolkit, load_toolkit, propose_document
from reviewflow.rules.reader import load_rules
from reviewflow.text.tidy import Given, tidy

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def kit() -> Toolkit:
    return load_toolkit(ROOT)


def proposed(kit: Toolkit, title: str, text: str, day: str = "2021-03-04") -> Explained:
    return propose_document(tidy(Reading(f"{title}\n{text}"), "x", Given(title=title, formed_on=day)), kit)


def status(kit: Toolkit, title: str, text: str, day: str = "2021-03-04") -> Status:
    return proposed(kit, title, text, day).proposal.status


PUBLIC, REQUEST, CLOSED = Status.PROACTIVE, Status.ON_REQUEST, Status.NON_PUBLIC


def test_01_a_document_about_secrecy_is_public(kit) -> None:
    text = "4月15日，区保密局在文化广场开展宣传活动，向市民讲解国家秘密的密级和保密常识，发放资料300份。"
    explained = proposed(kit, "青岚区举办保密法宣传活动", text)
    assert explained.proposal.status is PUBLIC
    assert Flag.STATE_SECRET_MARK not in explained.proposal.flags


def test_02_labels_of_a_statistics_table_are_no_evidence(kit) -> None:
    text = "不同意公开答复数\n件\n0\n其中：涉及国家秘密\n件\n0\n涉及商业秘密\n件\n0\n危及国家安全、公共安全、经济安全和社会稳定\n件\n0"
    assert status(kit, "政府信息公开情况统计表（2018年度）", text, "2019-03-01") is PUBLIC


def test_03_a_refusal_speaks_of_other_information_and_is_itself_for_the_applicant(kit) -> None:
    text = "李某：\n本机关收到你提交的申请。经审查，你申请的信息属于内部事务信息，决定不予公开。"
    assert status(kit, "政府信息公开申请答复书", text) is REQUEST


def test_04_words_that_contain_a_level_are_no_mark(kit) -> None:
    for title in ("《绝密档案》专题展开展", "关于提升数据机密性的技术指引", "秘密花园亲子活动启动"):
        assert proposed(kit, title, "欢迎市民参加，活动时间为周六上午。").document.secret_mark is None


def test_05_a_draft_for_public_comment_is_public_and_one_between_agencies_is_not(kit) -> None:
    public = "现向社会公开征求意见，公众可于4月10日前将意见发送至电子邮箱或者寄送至区城管局。"
    assert status(kit, "关于公开征求《青岚区停车管理办法（征求意见稿）》意见的公告", public) is PUBLIC
    letter = "区财政局：\n现将办法征求意见稿送你们，请研提意见，于4月10日前书面反馈我局。"
    assert status(kit, "关于征求《青岚区停车管理办法（征求意见稿）》意见的函", letter) is CLOSED


def test_06_a_request_is_withheld_and_the_decision_on_it_public(kit) -> None:
    assert status(kit, "关于扩建柳河水厂的请示", "区政府：\n水厂供水能力不足，拟扩建。妥否，请批示。") is CLOSED
    assert (
        status(kit, "关于扩建柳河水厂的批复", "区水务局：\n《关于扩建柳河水厂的请示》收悉，同意扩建。此复。") is PUBLIC
    )


def test_07_minutes_are_withheld(kit) -> None:
    assert status(kit, "区水务局局长办公会议纪要（第6期）", "会议研究了河道清淤资金安排，议定事项如下。") is CLOSED


def test_08_a_report_to_the_public_is_public_and_one_to_superiors_is_not(kit) -> None:
    assert status(kit, "青岚区2020年环境状况公报", "2020年全区空气质量优良天数288天，同比增加12天。") is PUBLIC
    upward = "区政府：\n按照要求，我局对堤防渗漏原因进行了排查，现将有关情况报告如下：初步判断为管涌。"
    assert status(kit, "关于堤防渗漏情况的报告", upward) is CLOSED


def test_09_a_forwarded_rule_is_a_rule(kit) -> None:
    explained = proposed(kit, "关于转发《取水许可管理办法》的通知", "各乡镇：\n现将该办法转发给你们，请遵照执行。")
    assert explained.proposal.status is PUBLIC
    assert explained.proposal.category
    assert explained.proposal.category.label == "法规文件"


def test_10_an_enforcement_decision_is_public_and_its_file_is_not(kit) -> None:
    decision = "青岚区晨光印刷有限公司：\n以上事实有现场检查笔录为证。我局决定处以罚款二万元。"
    assert status(kit, "行政处罚决定书（青岚区晨光印刷有限公司）", decision) is PUBLIC
    assert (
        status(kit, "现场检查笔录", "被检查人：晨光印刷有限公司\n检查情况：车间内三台设备运行。以上笔录无误。")
        is CLOSED
    )


def test_11_a_struck_mark_still_holds_the_case(kit) -> None:
    explained = proposed(kit, "关于防汛物资调度的通知", "机密★5年 解密\n各乡镇：\n请做好物资调度。")
    assert explained.proposal.lane is Lane.HOLD


def test_12_a_list_of_sources_with_their_places_is_a_matter_of_safety(kit) -> None:
    text = "序号 单位 放射源编码 存放位置\n1 区医院 001 源库位于地下一层，门锁两道\n2 检测公司 002 存放地点为实验楼102室保险柜"
    assert Flag.SAFETY in proposed(kit, "全区放射源台账", text).proposal.flags


def test_13_a_public_document_with_an_identity_number_is_masked_and_not_withheld(kit) -> None:
    explained = proposed(kit, "行政处罚决定书", "当事人：孙志强，身份证号999999198503124676。我局决定罚款五百元。")
    assert explained.proposal.status is PUBLIC
    assert explained.proposal.lane is Lane.ATTENTION


def test_14_on_request_is_not_non_public(kit) -> None:
    assert status(kit, "行政处罚事先告知书", "你单位有权陈述申辩。拟处罚款一万元。") is REQUEST


def test_15_personal_data_in_what_is_attached_is_seen(kit) -> None:
    text = "现将补贴名单予以公布。\n附件：补贴名单\n姓名\t身份证号\t手机\n孙志强\t999999198503124676\t13900012345"
    kinds = {finding.kind for finding in proposed(kit, "关于公布补贴名单的通知", text).findings}
    assert {Kind.ID_NUMBER, Kind.MOBILE} <= kinds


def test_16_the_date_formed_is_the_signature_and_decides_the_law(kit) -> None:
    old = proposed(kit, "关于增加编制的请示", "区政府：\n妥否，请批示。", "2018-06-01").proposal
    new = proposed(kit, "关于增加编制的请示", "区政府：\n妥否，请批示。", "2020-06-01").proposal
    assert "GBF2010-5-2.2-PROCESS" in old.bases
    assert "OGI19-16.2-REQUESTREPORT" in new.bases
    assert not set(old.bases) & set(new.bases)


def test_17_the_governments_payee_account_is_left_alone(kit) -> None:
    text = "请将罚款缴至下列账户：收款单位：青岚区财政局，开户银行：青岚农商银行，账号：1100780000045521。"
    kinds = {finding.kind for finding in proposed(kit, "行政处罚决定书（晨光公司）", text).findings}
    assert Kind.BANK_ACCOUNT not in kinds


def test_18_a_notice_with_a_limited_period_is_public_while_it_runs(kit) -> None:
    assert status(kit, "2021年第二批拟发放岗位补贴企业公示", "公示期为3月4日至3月10日，共5个工作日。") is PUBLIC


def test_19_the_same_document_twice_gets_the_same_proposal(kit) -> None:
    one, two = (proposed(kit, "关于召开防汛会议的通知", "各乡镇：\n定于周五召开会议。") for _ in range(2))
    assert one.proposal == two.proposal


@pytest.mark.parametrize("mark", ["绝 密★長期", "機密☆3年", "秘密＊1年", "機 密 ★ 5 年"])
def test_20_marks_in_other_spellings_are_seen(kit, mark: str) -> None:
    assert proposed(kit, "关于做好工作的通知", f"{mark}\n各科室：").proposal.lane is Lane.HOLD


@pytest.mark.parametrize(
    "title", ["内部审计工作规定", "关于加强行政事业单位内部控制的意见", "国内部分地区苗木检疫要求"]
)
def test_21_the_word_inside_other_words_is_no_internal_affair(kit, title: str) -> None:
    flags = proposed(kit, title, "第一条 为规范有关工作，制定本规定。各单位应当遵照执行。").proposal.flags
    assert Flag.INTERNAL_AFFAIRS not in flags
    assert Flag.WORK_SECRET not in flags


def test_22_a_letter_to_a_citizen_is_for_request_and_one_to_an_agency_withheld(kit) -> None:
    assert status(kit, "信访事项答复意见书", "孙某：\n你反映的噪声问题，经调查答复如下。") is REQUEST
    assert status(kit, "关于商请提供企业用电数据的函", "区供电公司：\n因工作需要，商请提供数据，请予支持。") is CLOSED


def test_23_appointments_are_public_and_routine_personnel_matters_internal(kit) -> None:
    assert status(kit, "关于何平等同志任免职的通知", "区政府决定：任命何平为区水务局局长。") is PUBLIC
    assert status(kit, "关于10月份考勤情况的通报", "迟到三人次，请假两人，相关科室引以为戒。") is CLOSED


def test_24_a_plan_for_an_unannounced_inspection_is_a_work_secret_and_its_result_public(kit) -> None:
    plan = "内部资料 注意保管\n4月8日夜间统一行动，检查对象现场抽取，事先不通知，各组到达前不得透露。"
    assert status(kit, "夜间突击检查行动方案", plan) is CLOSED
    assert status(kit, "2021年第一季度双随机抽查结果公示", "本季度抽查企业二十家，发现问题三个，已责令改正。") is PUBLIC


def test_25_a_rule_without_a_basis_is_invalid_and_withholding_cites_one(kit, tmp_path: Path) -> None:
    from reviewflow.errors import FaultyFileError

    path = tmp_path / "rules.yaml"
    path.write_text("规则:\n- 编号: A\n  名称: 甲\n  标题: [请示]\n  状态: 不予公开\n  正例: [请示]\n", "utf-8")
    with pytest.raises(FaultyFileError, match="依据"):
        load_rules(path, kit.bases)
    bases = proposed(kit, "关于增加编制的请示", "妥否，请批示。").proposal.bases
    assert bases
    assert all(kit.bases.by_code[code].in_force(date(2021, 3, 4)) for code in bases)
