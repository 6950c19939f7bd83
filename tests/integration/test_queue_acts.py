"""Acting on cases as each of the cast types it, on both databases."""

import re
from dataclasses import replace

import pytest

from reviewflow.records import models as rows
from tests.integration.conftest import Ledger
from tests.integration.terminals import Terminal, admitted, terminal_of


@pytest.fixture
def terminal(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Where the cast types."""
    return terminal_of(ledger, monkeypatch)


def test_three_people_sign_and_each_is_told_where_the_case_is(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    told = terminal("李科员", "agree", case_id)
    assert f"第 {case_id} 件已同意（业务动态、主动公开）。" in told
    assert "下一步：办公室汇总审查，由办公室审查员办理。" in told
    assert "下一步：主管局长确定，由主管局长办理。" in terminal("赵主任", "agree", case_id, "--note", "同意公开")
    told = terminal("钱局长", "agree", case_id)
    assert "已确定：业务动态、主动公开" in told
    assert "索引号：" in told


def test_a_withheld_case_ends_with_its_number_in_the_register(terminal: Terminal) -> None:
    case_id = admitted(terminal, "名单", status="non_public", bases=("OGI19-15-PRIVACY",))
    for name in ("李科员", "赵主任"):
        terminal(name, "agree", case_id)
    assert "登记号：" in terminal("钱局长", "agree", case_id)


def test_a_change_needs_a_basis_in_force(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    change = ["change", case_id, "--status", "不予公开", "--note", "涉及个人"]
    assert "OGI19-15-PRIVACY  《政府信息公开条例》" in terminal("李科员", *change)
    assert "是不是 OGI19-15-PRIVACY" in terminal("李科员", *change, "--basis", "OGI19-15-PRIVCY")
    assert "[review.basis_not_in_force]" in terminal("李科员", *change, "--basis", "OGI07-14-SECRET")
    told = terminal("李科员", *change, "--basis", "ogi19-15-privacy")
    assert "已变更（业务动态、不予公开）" in told
    assert rows.Signature.objects.get().bases == "OGI19-15-PRIVACY"


def test_a_return_names_its_reason_and_voids_what_was_signed(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    terminal("李科员", "agree", case_id)
    assert "[review.no_reason]" in terminal("赵主任", "return", case_id)
    assert "[review.no_reason]" in terminal("赵主任", "return", case_id, "--reason", "材料不全")
    told = terminal("赵主任", "return", case_id, "--reason", "3", "--note", "删去附件二")
    assert "下一步：退回补正，由大气科的科室审查员办理。" in told
    told = terminal("李科员", "history", case_id)
    assert re.search(r"李科员（科室审查员）  科室初审：同意 业务动态、主动公开（已作废）", told)
    assert "理由：有内容须删减后再报：删去附件二" in told
    assert "已同意" in terminal("李科员", "agree", case_id)


def test_split_opinions_go_to_the_director_who_names_a_side(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    terminal("李科员", "agree", case_id)
    change = ["--status", "不予公开", "--basis", "OGI19-15-PRIVACY", "--note", "名单涉及个人"]
    assert "须写明采纳哪一方" in terminal("赵主任", "change", case_id, *change)
    assert "主管局长确定·分歧" in terminal("钱局长", "list", "--split")
    told = terminal("钱局长", "show", case_id)
    assert "意见不一致" in told
    assert "办公室（赵主任）：业务动态、不予公开。名单涉及个人" in told
    assert "[review.split]" in terminal("钱局长", "agree", case_id)
    assert "已确定：业务动态、不予公开" in terminal("钱局长", "agree", case_id, "--side", "办公室")


def test_a_third_party_is_asked_for_fifteen_working_days(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    assert "[review.no_party]" in terminal("李科员", "consult", case_id, "--note", "涉及其工艺")
    asked = ["--third-party", "平岳云杉食品有限公司", "--note", "涉及其工艺"]
    assert "[review.no_party]" in terminal("李科员", "consult", case_id, *asked, "--agency", "平岳市水务局")
    assert "下一步：征求意见" in terminal("李科员", "consult", case_id, *asked)
    assert "答复期限：2025-11-24，剩余 15 个工作日" in terminal("李科员", "show", case_id)
    assert "对象：第三方 平岳云杉食品有限公司，答复期限 2025-11-24" in terminal("李科员", "history", case_id)
    assert "下一步：科室初审" in terminal("李科员", "answer", case_id, "--note", "同意公开")


def test_a_marked_document_is_referred_and_opened_only_by_a_record(terminal: Terminal) -> None:
    case_id = admitted(terminal, "应急准备报告", lane="hold", status="non_public", bases=("OGI19-14-SECRET",))
    assert "带有国家秘密标志" in terminal("李科员", "show", case_id)
    assert "[review.hold]" in terminal("李科员", "change", case_id, "--status", "主动公开", "--note", "想公开")
    assert "下一步：报请确定" in terminal("李科员", "refer", case_id, "--to", "平岳市保密局", "--note", "请核定")
    record = ["--record", "平岳市保密局 平密解〔2025〕3号 2025-10-30", "--note", "已解密"]
    assert "已附解密记录" in terminal("赵主任", "declassify", case_id, *record)
    assert "解密记录：平岳市保密局" in terminal("李科员", "history", case_id)
    assert "已变更" in terminal("李科员", "change", case_id, "--status", "主动公开", "--note", "已解密")


def test_one_takes_back_only_ones_own_last_signature(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    terminal("李科员", "agree", case_id)
    assert "[review.no_role]" in terminal("钱局长", "undo", case_id)
    assert "已收回签字" in terminal("李科员", "undo", case_id)
    terminal("李科员", "agree", case_id)
    terminal("赵主任", "agree", case_id)
    assert "[review.no_role]" in terminal("李科员", "undo", case_id)
    assert "已收回签字" in terminal("赵主任", "undo", case_id)


def test_a_decided_case_is_reopened_and_a_withdrawn_one_is_not(terminal: Terminal) -> None:
    decided, withdrawn = admitted(terminal, "甲通知"), admitted(terminal, "乙通知")
    for name in ("李科员", "赵主任", "钱局长"):
        terminal(name, "agree", decided)
    terminal("李科员", "withdraw", withdrawn, "--note", "重复提交")
    reopen = ["--kind", "更正", "--note", "日期有误"]
    assert "已开始重新审查" in terminal("周信息员", "reopen", decided, *reopen)
    assert "[review.withdrawn]" in terminal("周信息员", "reopen", withdrawn, *reopen)


def test_signing_twice_and_out_of_order_is_refused(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    assert "[review.no_role]" in terminal("钱局长", "agree", case_id)
    terminal("李科员", "agree", case_id)
    assert "[review.same_person]" in terminal("李科员", "agree", case_id)


def test_a_stale_page_is_refused(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    terminal("李科员", "agree", case_id)
    terminal("赵主任", "return", case_id, "--reason", "材料不全", "--note", "缺附件")
    assert "[review.stale]" in terminal("李科员", "agree", case_id, "--version", 1)
    assert "已同意" in terminal("李科员", "agree", case_id, "--version", 3)


def test_anothers_case_an_administrator_and_a_closed_account_are_refused(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    acts = (
        ["agree", case_id],
        ["show", case_id],
        ["history", case_id],
        ["return", case_id, "--reason", "1"],
        ["change", case_id, "--category", "规划计划", "--note", "改"],
        ["undo", case_id],
    )
    for name in ("王科员", "孙管理员"):
        for typed in acts:
            assert "[review.no_case]" in terminal(name, *typed)
    assert "[review.administrator]" in terminal("孙管理员", "list", "--all")
    people = terminal.ledger.people
    people["李科员"] = replace(people["李科员"], active=False)
    assert "[review.inactive]" in terminal("李科员", "agree", case_id)
    assert not rows.Signature.objects.exists()


def test_bulk_signing_lists_counts_and_asks_for_the_number(terminal: Terminal) -> None:
    made = [admitted(terminal, f"第{number}期简报") for number in range(3)]
    admitted(terminal, "受助人员名单", lane="attention")
    told = terminal("李科员", "agree", "--lane", "常规", answers="2\n")
    assert "按类别和公开属性：业务动态、主动公开 3 件。" in told or "[queue.not_confirmed]" in told
    assert not rows.Signature.objects.exists()
    told = terminal("李科员", "agree", "--lane", "常规", answers="3\n")
    for part in ("第0期简报", "按类别和公开属性：业务动态、主动公开 3 件。", "按科室：大气科 3 件。", "已签 3 件。"):
        assert part in told
    assert "受助人员名单" not in told
    assert "已签 2 件。" in terminal("赵主任", "agree", made[0], made[1], "--yes", 2)
    assert "[queue.not_confirmed]" in terminal("赵主任", "agree", "--lane", "clear", "--yes", 5)


def test_bulk_signing_is_never_of_attention_or_hold(terminal: Terminal) -> None:
    clear = admitted(terminal, "甲简报")
    odd = admitted(terminal, "受助人员名单", lane="attention")
    told = terminal("李科员", "agree", clear, odd, "--yes", 2)
    assert "[review.not_clear]" in told
    assert f"{odd}（注意）" in told
    assert "[queue.nothing_named]" in terminal("李科员", "agree", "--lane", "注意")
    assert "[queue.nothing_named]" in terminal("李科员", "agree")
    assert "[queue.one_only]" in terminal("李科员", "agree", clear, odd, "--note", "同意")
    assert not rows.Signature.objects.exists()
