"""Looking at the queue as each of the cast types it, on both databases."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from reviewflow.cli.main import cli
from reviewflow.domain.clock import now
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.accounts.passwords import hash_password
from tests.integration.conftest import Ledger
from tests.integration.terminals import Terminal, admitted, terminal_of

PASSWORD = "青山下7座桥边等雨停"


@pytest.fixture
def terminal(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Where the cast types."""
    return terminal_of(ledger, monkeypatch)


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
    case_id = admitted(terminal, "甲通知", formed_on=date(2025, 9, 1))
    assert "逾期" in terminal("李科员", "list", "--overdue")
    assert "公开期限：2025-09-28，已逾期 21 个工作日\n" in terminal("李科员", "show", case_id)


def test_bases_are_shown_with_the_codes_by_which_one_names_them(terminal: Terminal) -> None:
    case_id = admitted(terminal, bases=("OGI19-20-05",))
    assert "依据：OGI19-20-05　《政府信息公开条例》（2019年修订）第二十条" in terminal("李科员", "show", case_id)
    terminal("李科员", "change", case_id, "--status", "不予公开", "--basis", "OGI19-15-PRIVACY", "--note", "涉及个人")
    for looked in ("show", "history"):
        assert "依据：OGI19-15-PRIVACY　《政府信息公开条例》" in terminal("赵主任", looked, case_id)


def test_a_case_is_shown_with_all_that_one_needs(terminal: Terminal) -> None:
    case_id = admitted(terminal, content="正文第一句。" * 200, doc_number="平环青〔2025〕7号")
    terminal("李科员", "agree", case_id, "--note", "可以公开")
    told = terminal("赵主任", "show", case_id)
    for part in (
        f"第 {case_id} 件  常规道  办公室汇总审查  版本 2",
        "文号：平环青〔2025〕7号",
        "公开期限：2025-11-17，剩余 10 个工作日",
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


@pytest.fixture
def signed_in(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Signing in for real: a password, a session file, today's clock."""
    monkeypatch.setenv("REVIEWFLOW_HOME", str(ledger.office.settings.home))
    monkeypatch.setenv("REVIEWFLOW_SESSION_FILE", str(tmp_path / "session"))

    def sign_in(name: str) -> None:
        user = rows.User.objects.get(name=name)
        rows.User.objects.filter(pk=user.pk).update(password=hash_password(PASSWORD))
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
