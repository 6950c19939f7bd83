"""Signing in at a terminal: the session file, passwords typed unseen, and the accounts' commands."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings

from reviewflow.cli.main import cli
from reviewflow.cli.terminal.person import read_token, session_path
from reviewflow.domain.clock import now
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.accounts.passwords import hash_password
from tests.integration.conftest import (
    Ledger,
    open_ledger,
    postgres,  # noqa: F401 - a fixture
    postgres_template,  # noqa: F401 - a fixture
    sqlite_template,  # noqa: F401 - a fixture
)

PASSWORD = "青山下7座桥边等雨停"
NEW = "白鹭3只飞过青岚江面"


@dataclass
class Terminal:
    """A terminal of the office; ``file`` is where its session is kept."""

    ledger: Ledger
    file: Path

    def run(self, *arguments: str, typed: str = "") -> Result:
        """Run a command; ``typed`` is what comes from the keyboard or standard input."""
        return CliRunner().invoke(cli, arguments, input=typed)

    def done(self, *arguments: str, typed: str = "") -> str:
        """What a command that succeeds says."""
        result = self.run(*arguments, typed=typed)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    def refused(self, *arguments: str, typed: str = "") -> str:
        """The code of the error that stops a command."""
        error = self.run(*arguments, typed=typed).exception
        assert isinstance(error, ReviewflowError), error
        return error.code

    def sign_in(self, username: str) -> None:
        """Sign in with the password of the cast."""
        self.done("login", username, "--password-stdin", typed=f"{PASSWORD}\n")


@pytest.fixture(params=["sqlite"])
def terminal(
    request: pytest.FixtureRequest, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    """A terminal of an office on SQLite, whose people all have the same password."""
    opened = open_ledger(request, tmp_path / "office", home / "models")
    ledger = next(opened)
    monkeypatch.setenv("REVIEWFLOW_HOME", str(ledger.office.settings.home))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("REVIEWFLOW_SESSION_FILE", raising=False)
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        rows.User.objects.update(password=hash_password(PASSWORD))
        yield Terminal(ledger, session_path(ledger.office))
    next(opened, None)


def test_login_asks_for_name_and_password_and_shows_neither_password_nor_token(terminal: Terminal) -> None:
    told = terminal.done("login", typed=f"u0\n{PASSWORD}\n")
    assert "已登录：李科员，8 小时内有效。" in told
    assert PASSWORD not in told
    assert read_token(terminal.file) not in told


def test_the_session_file_is_the_owners_alone_even_with_a_loose_mask(terminal: Terminal) -> None:
    before = os.umask(0)
    try:
        terminal.sign_in("u0")
    finally:
        os.umask(before)
    assert terminal.file.stat().st_mode & 0o777 == 0o600
    assert terminal.file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in terminal.file.parent.iterdir()] == [terminal.file.name]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_session_file_that_others_may_open_is_refused(terminal: Terminal, mode: int) -> None:
    terminal.sign_in("u5")
    terminal.file.chmod(mode)
    assert terminal.refused("users", "list") == "login.session_open"
    terminal.sign_in("u5")
    assert terminal.done("users", "list")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_session_file_of_somebody_else_is_refused(terminal: Terminal) -> None:
    terminal.sign_in("u5")
    os.chown(terminal.file, 65534, 65534)
    assert terminal.refused("users", "list") == "login.session_open"


def test_a_link_or_a_folder_in_the_files_place_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    terminal.sign_in("u5")
    moved = terminal.file.rename(tmp_path / "elsewhere")
    terminal.file.symlink_to(moved)
    assert terminal.refused("users", "list") == "login.session_open"
    terminal.file.unlink()
    terminal.file.mkdir()
    assert terminal.refused("users", "list") == "login.session_open"
    assert terminal.refused("login", "u5", "--password-stdin", typed=f"{PASSWORD}\n") == "write.failed"
    assert [path.name for path in terminal.file.parent.iterdir()] == [terminal.file.name]


def test_two_people_work_side_by_side_with_files_of_their_own(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, username in (("li", "u0"), ("sun", "u5")):
        monkeypatch.setenv("REVIEWFLOW_SESSION_FILE", str(tmp_path / "people" / name))
        terminal.sign_in(username)
    assert terminal.done("users", "list")
    monkeypatch.setenv("REVIEWFLOW_SESSION_FILE", str(tmp_path / "people" / "li"))
    assert terminal.refused("users", "add", "wu", "--name", "吴科员", typed=f"{NEW}\n{NEW}\n") == (
        "accounts.not_administrator"
    )


def test_a_wrong_password_leaves_no_session(terminal: Terminal) -> None:
    assert terminal.refused("login", "u0", "--password-stdin", typed="wrong\n") == "login.refused"
    assert not terminal.file.exists()
    assert terminal.refused("users", "list") == "login.required"


@pytest.mark.parametrize("line", ["", "\n"])
def test_no_password_on_standard_input_is_said(terminal: Terminal, line: str) -> None:
    assert terminal.refused("login", "u0", "--password-stdin", typed=line) == "login.no_password"


def test_logout_ends_the_sign_in_and_removes_the_file(terminal: Terminal) -> None:
    terminal.sign_in("u5")
    terminal.done("logout")
    assert not terminal.file.exists()
    assert rows.SignIn.objects.filter(ended_at=None).count() == 0
    assert "已退出登录" in terminal.done("logout")


def test_who_signs_in_anew_leaves_no_old_sign_in_behind(terminal: Terminal) -> None:
    terminal.sign_in("u0")
    terminal.sign_in("u5")
    assert [row.user.name for row in rows.SignIn.objects.filter(ended_at=None)] == ["孙管理员"]


def test_no_command_takes_a_password_or_another_person_as_an_option(terminal: Terminal) -> None:
    for command in (("login",), ("users", "add"), ("users", "reset-password"), ("users", "password")):
        told = terminal.done(*command, "--help")
        assert "--password " not in told
        assert "--as" not in told


def test_somebody_closed_meanwhile_is_refused_at_the_next_command(terminal: Terminal, tmp_path: Path) -> None:
    terminal.sign_in("u0")
    terminal.ledger.clock.at = now()
    from reviewflow.services.accounts.accounts import deactivate_account

    deactivate_account(terminal.ledger.office, terminal.ledger.people["孙管理员"], "u0")
    assert terminal.refused("users", "sections") == "login.required"


def test_an_administrator_keeps_accounts_from_the_terminal(terminal: Terminal) -> None:
    terminal.sign_in("u5")
    today = now().date().isoformat()
    terminal.done("users", "sections", "--add", "土壤科")
    assert "大气科、水科、土壤科" in terminal.done("users", "sections")
    assert NEW not in terminal.done("users", "add", "wu", "--name", "吴科员", typed=f"{NEW}\n{NEW}\n")
    terminal.done("users", "roles", "wu", "--add", "科室审查员", "--section", "土壤科")
    terminal.done("users", "roles", "wu", "--add", "officer")
    terminal.done("users", "roles", "wu", "--remove", "信息公开员")
    terminal.done("users", "stand-in", "wu", "--for", "u0", "--from", today, "--to", today)
    listed = terminal.done("users", "list").splitlines()
    assert listed[0].split() == ["账号", "姓名", "角色", "科室", "代理", "期限", "状态"]
    own, lent = (line.split() for line in listed if line.startswith("wu"))
    assert own == ["wu", "吴科员", "科室审查员", "土壤科", "启用"]
    assert lent == ["wu", "吴科员", "科室审查员", "大气科", "李科员", today, "至", today, "启用"]
    terminal.done("users", "deactivate", "wu")
    assert "停用" in terminal.done("users", "list")
    terminal.done("users", "activate", "wu")
    terminal.done("users", "reset-password", "wu", "--password-stdin", typed="夜里3条船靠过青岚江\n")
    assert terminal.refused("login", "wu", "--password-stdin", typed=f"{NEW}\n") == "login.refused"


def test_one_changes_ones_own_password_and_is_out(terminal: Terminal) -> None:
    terminal.sign_in("u0")
    terminal.done("users", "password", typed=f"{PASSWORD}\n{NEW}\n{NEW}\n")
    assert terminal.refused("users", "sections") == "login.required"
    terminal.done("login", "u0", "--password-stdin", typed=f"{NEW}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("users", "roles", "u0"),
        ("users", "roles", "u0", "--add", "局长"),
        ("users", "stand-in", "u1", "--for", "u0", "--from", "2026-02-30", "--to", "2026-03-01"),
        ("users", "stand-in", "u1", "--for", "u0", "--from", "2026-03-01"),
    ],
)
def test_a_slip_of_the_keyboard_is_said_before_anything_is_done(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    terminal.sign_in("u5")
    assert terminal.run(*arguments).exit_code == 2
    assert rows.AuditEntry.objects.exclude(action="sign-in").count() == 0
