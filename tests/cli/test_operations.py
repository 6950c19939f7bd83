"""The commands that keep an office running, as typed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reviewflow.cli.main import cli
from tests.integration.test_tampering import sql

ADMINISTRATOR = "sun 孙管理员 Qinglan-2025-x\n"


def run(*arguments: str, typed: str = "") -> Result:
    """A command's result; an error of reviewflow is its exception."""
    return CliRunner().invoke(cli, arguments, input=typed)


@pytest.fixture
def office(at_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office set up by a script."""
    made = run("init", str(tmp_path / "own"), "--admin-stdin", typed=ADMINISTRATOR)
    assert made.exit_code == 0, made.output
    monkeypatch.setenv("REVIEWFLOW_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("REVIEWFLOW_SESSION_FILE", str(tmp_path / "session"))
    return tmp_path / "own"


def test_init_says_what_to_do_next(at_home: Path, tmp_path: Path) -> None:
    made = run("init", str(tmp_path / "own"), "--admin-stdin", typed=ADMINISTRATOR)
    assert "接下来" in made.output
    assert f"REVIEWFLOW_HOME={tmp_path / 'own'}" in made.output
    assert "Qinglan" not in made.output


def test_init_asks_for_the_password_twice(at_home: Path, tmp_path: Path) -> None:
    typed = "sun\n孙管理员\nQinglan-2025-x\nQinglan-2025-y\nQinglan-2025-x\nQinglan-2025-x\n"
    made = run("init", str(tmp_path / "own"), typed=typed)
    assert made.exit_code == 0, made.output
    assert "再输一次密码" in made.output


def test_init_that_is_broken_off_is_completed_by_init(at_home: Path, tmp_path: Path) -> None:
    broken_off = run("init", str(tmp_path / "own"), typed="sun\n")
    assert broken_off.exit_code == 130
    assert broken_off.stderr.splitlines()[-1] == "已中断，做完的都已保存。用同样的命令再运行一次即可补全。"
    again = run("init", str(tmp_path / "own"), "--admin-stdin", typed=ADMINISTRATOR)
    assert again.stdout.splitlines()[0] == "✓ 建立系统管理员 sun"


def test_a_command_that_cannot_go_on_promises_nothing(office: Path) -> None:
    command = [sys.executable, "-m", "reviewflow", "login"]
    done = subprocess.run(command, env=os.environ, input="", capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1] == "已中断。"


def test_a_line_without_three_words_is_refused(at_home: Path, tmp_path: Path) -> None:
    made = run("init", str(tmp_path / "own"), "--admin-stdin", typed="sun\n")
    assert made.exit_code == 2
    assert "用户名 姓名 密码" in made.output


def test_init_again_says_that_all_is_in_place(office: Path) -> None:
    assert "没有改动" in run("init").output


def test_an_auditor_verifies_without_signing_in(office: Path) -> None:
    head = re.search(r"链首  (\S+)", run("audit", "anchor").output)
    assert head
    good = run("audit", "verify", "--quiet", "--anchor", head[1])
    assert good.exit_code == 0
    assert "审计链完好：1 条记录" in good.output
    assert head[1] in good.output
    bad = run("audit", "verify", "--quiet", "--anchor", f"99:{'a' * 64}")
    assert bad.exit_code == 1
    assert "第 2 条起被截去" in bad.output
    assert "办法" in bad.output


def test_an_auditor_may_bring_the_key(office: Path, tmp_path: Path) -> None:
    key = office / "data" / "office" / "chain.key"
    key.rename(tmp_path / "kept.key")
    assert run("audit", "verify").exit_code == 1
    assert run("audit", "verify", "--quiet", "--key", str(tmp_path / "kept.key")).exit_code == 0


def test_the_log_needs_somebody_signed_in(office: Path) -> None:
    assert getattr(run("audit", "log").exception, "code", "") == "login.required"
    run("login", "sun", "--password-stdin", typed="Qinglan-2025-x\n")
    log = run("audit", "log")
    assert log.exit_code == 0, log.output
    assert "添加账号" in log.output
    assert getattr(run("audit", "log", "--case", "1").exception, "code", "") == "review.no_case"


def test_a_backup_comes_back(office: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.tar"
    made = run("backup", "-o", str(saved))
    assert made.exit_code == 0, made.output
    assert "密钥不在内" in made.output
    assert run("restore", str(saved), typed="n\n").exit_code == 1
    done = run("restore", str(saved), typed="y\n")
    assert done.exit_code == 0, done.output
    assert "已恢复到" in done.output
    assert run("audit", "verify", "--quiet").exit_code == 0


def test_a_backup_with_the_key_says_so(office: Path, tmp_path: Path) -> None:
    made = run("backup", "--with-key", "-o", str(tmp_path / "saved.tar"))
    assert "像密钥一样保管" in made.output
    into = run("restore", "--yes", "--into", str(tmp_path / "new"), str(tmp_path / "saved.tar"))
    assert into.exit_code == 0, into.output
    assert (tmp_path / "new" / "configs" / "reviewflow.toml").is_file()


def test_nothing_to_upgrade_is_said(office: Path) -> None:
    assert "已是最新" in run("upgrade").output


def test_doctor_ends_with_1_when_something_is_bad(office: Path) -> None:
    well = run("doctor", "--full")
    assert well.exit_code == 0, well.output
    assert "[好] 密钥" in well.output
    (office / "data" / "office" / "chain.key").chmod(0o644)
    ill = run("doctor")
    assert ill.exit_code == 1
    assert "[坏] 密钥" in ill.output
    assert "办法：请运行 chmod 600" in ill.output


def test_a_tampered_ledger_fails_every_check_that_looks_at_it(office: Path, tmp_path: Path) -> None:
    from reviewflow.records import append_only

    run("audit", "verify", "--quiet")
    for statement in append_only.drop_statements("sqlite"):
        sql(statement)
    sql("UPDATE records_auditentry SET actor = %s WHERE sequence = 1", "无名氏")
    assert run("audit", "verify", "--quiet").exit_code == 1
    assert run("doctor").exit_code == 1
    saved = run("backup", "-o", str(tmp_path / "saved.tar"))
    assert saved.exit_code == 1
    assert "--in-spite" in saved.output
    assert getattr(run("restore", "--yes", str(tmp_path / "saved.tar")).exception, "code", "") == "restore.faulty"


@pytest.mark.parametrize("command", ["init", "upgrade", "backup", "restore", "doctor", "audit verify", "audit log"])
def test_every_command_has_chinese_help(command: str) -> None:
    shown = run(*command.split(), "--help")
    assert shown.exit_code == 0
    assert re.search(r"[\u4e00-\u9fff]{4}", shown.output)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from reviewflow.cli.main import cli;"
        "[CliRunner().invoke(cli, [*name.split(), '--help']) for name in ('init', 'backup', 'doctor', 'audit verify')];"
        "print([one for one in ('django', 'sklearn', 'pandas', 'jieba', 'numpy') if one in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=True
    )
    assert shown.stdout.strip() == "[]"
