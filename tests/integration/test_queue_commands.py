"""``reviewflow queue`` as each of the cast types it, on both databases."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from reviewflow.cli import person
from reviewflow.cli.main import cli
from reviewflow.cli.queue import queue
from reviewflow.domain.clock import now
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.passwords import hashed
from tests.integration.conftest import Ledger

PASSWORD = "青山下7座桥边等雨停"


@dataclass
class Terminal:
    """Where the cast types: a refused command gives its code and hint instead of what it would have printed."""

    ledger: Ledger
    sit_down: Callable[[str], None]

    def __call__(self, name: str, *typed: object, answers: str = "") -> str:
        self.ledger.clock.at += timedelta(minutes=1)
        self.sit_down(name)
        done = CliRunner().invoke(queue, [str(word) for word in typed], input=answers)
        if isinstance(done.exception, ReviewflowError):
            return f"[{done.exception.code}] {done.exception.message} {done.exception.hint}"
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.output


@pytest.fixture
def terminal(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at which one after the other is signed in."""

    def sit_down(name: str) -> None:
        monkeypatch.setattr(person, "signed_in", lambda: (ledger.office, ledger.people[name]))

    return Terminal(ledger, sit_down)


def admitted(
    terminal: Terminal, title: str = "关于开展秋季执法检查的通知", by: str = "李科员", **changes: object
) -> int:
    (case_id,) = terminal.ledger.admit(terminal.ledger.arrival(title, **changes), by=by)
    return case_id


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


def test_the_list_shows_what_waits_and_how_to_go_on(terminal: Terminal) -> None:
    made = [admitted(terminal, f"第{number}期简报") for number in range(3)]
    odd = admitted(terminal, "受助人员名单", lane="attention")
    told = terminal("李科员", "list", "--size", "2")
    lines = told.splitlines()
    assert lines[0].split() == ["编号", "办理道", "剩余", "标题", "类别", "公开属性", "阶段", "请注意"]
    assert [line.split()[0] for line in lines[2:4]] == [str(odd), str(made[0])]
    assert "10天" in lines[2]
    assert "共 4 件：注意 1 件、常规 3 件。" in told
    assert f"--after {made[0]}" in told
    assert [line.split()[0] for line in terminal("李科员", "list", "--after", made[0]).splitlines()[2:4]] == [
        str(made[1]),
        str(made[2]),
    ]


def test_filters_take_chinese_names_and_codes(terminal: Terminal) -> None:
    plan, other = admitted(terminal, "乙规划", category="plans"), admitted(terminal, "丙通知")
    for typed in (["--category", "规划计划"], ["--category", "plans"], ["--text", "规划", "--lane", "常规"]):
        told = terminal("赵主任", "list", "--all", *typed)
        assert "乙规划" in told
        assert "丙通知" not in told
    assert "规划计划" in terminal("赵主任", "list", "--category", "计划")
    terminal("李科员", "agree", plan)
    assert "丙通知" in terminal("赵主任", "list", "--stage", "科室初审")
    assert "没有等您办理的件" in terminal("钱局长", "list")
    assert "没有符合条件的件" in terminal("钱局长", "list", "--decided")
    terminal("李科员", "withdraw", other, "--note", "重复提交")
    assert "丙通知" in terminal("李科员", "list", "--withdrawn")


def test_an_overdue_case_says_so(terminal: Terminal) -> None:
    admitted(terminal, "甲通知", formed_on=date(2025, 9, 1))
    assert "逾期" in terminal("李科员", "list", "--overdue")


def test_a_case_is_shown_with_all_that_one_needs(terminal: Terminal) -> None:
    case_id = admitted(terminal, content="正文第一句。" * 200, doc_number="平环青〔2025〕7号")
    terminal("李科员", "agree", case_id, "--note", "可以公开")
    told = terminal("赵主任", "show", case_id)
    for part in (
        f"第 {case_id} 件  常规道  办公室汇总审查  版本 2",
        "文号：平环青〔2025〕7号",
        "公开期限：2025-11-17，剩余 10天（工作日）",
        "建议：业务动态",
        "理由：未发现不予公开的理由",
        "李科员（科室审查员）  科室初审：同意 业务动态、主动公开",
        "理由：可以公开",
        f"（全文 1200 字，用 queue show {case_id} --text 看全文）",
        "您现在可以：同意（queue agree）",
    ):
        assert part in told
    assert "正文第一句。" * 200 in terminal("赵主任", "show", case_id, "--text")
    assert "您现在不能办理这一件。" in terminal("钱局长", "show", case_id)


def test_a_case_as_json_has_codes_and_iso_days(terminal: Terminal) -> None:
    case_id = admitted(terminal)
    told = json.loads(terminal("李科员", "show", case_id, "--json"))
    assert (told["stage"], told["lane"], told["due_on"]) == ("section", "clear", "2025-11-17")
    assert told["current"] == {"category": "activities", "status": "proactive", "bases": []}
    assert "agree" in told["actions"]


def test_text_of_a_document_cannot_write_to_the_terminal(terminal: Terminal) -> None:
    case_id = admitted(terminal, "通知\x1b[2J", content="正\x1b]0;x\x07文\u202e", source="\x1b[31m.txt")
    for typed in (["list"], ["show", case_id], ["show", case_id, "--text"]):
        told = terminal("李科员", *typed)
        assert "\x1b" not in told
        assert "\u202e" not in told


def test_a_precedent_decided_otherwise_is_pointed_out(terminal: Terminal) -> None:
    before = admitted(terminal, "2024年度执法检查通报", status="non_public", bases=("OGI19-15-PRIVACY",))
    for name in ("李科员", "赵主任", "钱局长"):
        terminal(name, "agree", before)
    now = admitted(terminal, "2025年度执法检查通报", content="另一年的另一些事情。")
    told = terminal("李科员", "show", now)
    assert "不同结论" in told
    assert "2024年度执法检查通报" in told


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
    assert "[review.no_reason]" in terminal("赵主任", "return", case_id, "--reason", "其他")
    told = terminal("赵主任", "return", case_id, "--reason", "3", "--note", "删去附件二")
    assert "下一步：退回补正，由大气科的科室审查员办理。" in told
    told = terminal("李科员", "history", case_id)
    assert re.search(r"李科员（科室审查员）  科室初审：同意 业务动态、主动公开（已作废）", told)
    assert "理由：内容需删减：删去附件二" in told
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
    assert "答复期限：2025-11-24，剩余 15天（工作日）" in terminal("李科员", "show", case_id)
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
    terminal("赵主任", "return", case_id, "--reason", "材料不全")
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


@pytest.fixture
def signed_in(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Signing in for real: a password, a session file, today's clock."""
    monkeypatch.setenv("REVIEWFLOW_HOME", str(ledger.office.settings.home))
    monkeypatch.setenv("REVIEWFLOW_SESSION_FILE", str(tmp_path / "session"))

    def sign_in(name: str) -> None:
        user = rows.User.objects.get(name=name)
        rows.User.objects.filter(pk=user.pk).update(password=hashed(PASSWORD))
        typed = ["login", user.username, "--password-stdin"]
        assert CliRunner().invoke(cli, typed, input=f"{PASSWORD}\n").exit_code == 0

    return sign_in


def test_whoever_signed_in_signs_and_nobody_else(ledger: Ledger, signed_in: Callable[[str], None]) -> None:
    ledger.clock.at = now()
    (case_id,) = ledger.admit(ledger.arrival())
    refused = CliRunner().invoke(cli, ["queue", "list"]).exception
    assert isinstance(refused, ReviewflowError)
    assert refused.code == "login.required"
    signed_in("李科员")
    assert "已同意" in CliRunner().invoke(cli, ["queue", "agree", str(case_id)]).output
    assert rows.Signature.objects.get().name == "李科员"
    rows.User.objects.filter(name="李科员").update(is_active=False)
    refused = CliRunner().invoke(cli, ["queue", "undo", str(case_id)]).exception
    assert isinstance(refused, ReviewflowError)
    assert rows.Signature.objects.count() == 1


@pytest.mark.parametrize("typed", [["list"], ["list", "--all", "--category", "规划计划"]])
def test_the_queue_starts_without_what_only_proposals_need(
    ledger: Ledger, signed_in: Callable[[str], None], typed: list[str]
) -> None:
    ledger.admit(ledger.arrival())
    signed_in("李科员")
    script = (
        "import sys\n"
        f"sys.argv = ['reviewflow', 'queue', *{typed!r}]\n"
        "from reviewflow.cli.main import main\n"
        "main()\n"
        "print('HEAVY', sorted({'sklearn', 'pandas', 'jieba', 'rjieba', 'numpy', 'pyarrow'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert "HEAVY []" in done.stdout, done.stderr
