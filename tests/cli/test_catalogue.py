"""The catalogue, the register and the review form from the command line, signed in as one of the cast."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth.hashers import make_password

from reviewflow.cli.main import cli
from reviewflow.cli.terminal.person import save_token
from reviewflow.domain.clock import now
from reviewflow.domain.review import Reopening
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.accounts.sessions import sign_in
from reviewflow.services.office import open_office
from tests.integration.conftest import Ledger, ledger, sqlite_template  # noqa: F401
from tests.integration.deciding import ON_REQUEST, WITHHELD, decide, decided, reopen

pytestmark = pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
PASSWORD = "青岚的山与水2025"


class Desk:
    """A terminal at which one of the cast sits."""

    def __init__(self, home: Path, session: Path) -> None:
        self._home, self._session = home, session

    def sit_down(self, name: str) -> None:
        user = rows.User.objects.get(name=name)
        user.password = make_password(PASSWORD)
        user.save()
        office = open_office(self._home, now)
        save_token(self._session, sign_in(office, user.username, PASSWORD))

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(cli, words)

    def says(self, *words: str) -> str:
        done = self.run(*words)
        assert done.exit_code == 0, (done.output, done.exception)
        return done.output

    def refuses(self, *words: str) -> str:
        error = self.run(*words).exception
        assert isinstance(error, ReviewflowError), error
        return error.code


@pytest.fixture
def desk(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:  # noqa: F811
    monkeypatch.setenv("REVIEWFLOW_HOME", str(ledger.office.settings.home))
    monkeypatch.setenv("REVIEWFLOW_SESSION_FILE", str(tmp_path / "session"))
    made = Desk(ledger.office.settings.home, tmp_path / "session")
    made.sit_down("周信息员")
    return made


def test_an_entry_is_kept_from_the_command_line(desk: Desk, ledger: Ledger) -> None:  # noqa: F811
    number = decided(ledger)
    listed = desk.says("catalogue", "list", "--category", "业务动态", "--status", "proactive")
    assert number in listed
    assert "共 1 条" in listed
    desk.says("catalogue", "amend", number, "--summary", "秋季检查的安排。", "--carrier", "纸质", "--reason", "不准")
    desk.says(
        "catalogue",
        "publish",
        number,
        "--channel",
        "网站公开",
        "--on",
        "2025-11-03",
        "--address",
        "https://example.gov.cn",
    )
    desk.says("catalogue", "publish", number, "--channel", "wechat")
    desk.says("catalogue", "withdraw", number, "--channel", "政务微信")
    desk.says("catalogue", "retire", number, "--reason", "已有新规定")
    shown = desk.says("catalogue", "show", number)
    for words in ("秋季检查的安排。", "纸质", "失效", "2025-11-03 网站公开 https://example.gov.cn", "撤下"):
        assert words in shown
    told = desk.says("catalogue", "history", number)
    assert [words for words in ("内容概述", "载体类型", "信息有效性") if words not in told] == []


def test_the_catalogue_is_exported_in_every_form(desk: Desk, ledger: Ledger, tmp_path: Path) -> None:  # noqa: F811
    decided(ledger)
    decided(ledger, "乙的通知", ON_REQUEST)
    for form in ("csv", "xlsx", "json", "xml", "html"):
        told = desk.says(
            "catalogue", "export", "--format", form, "--from", "2025-11-01", "-o", str(tmp_path / f"o.{form}")
        )
        assert "共 1 条" in told
    assert (tmp_path / "o.html" / "index.html").is_file()
    told = desk.says(
        "catalogue", "export", "--format", "json", "--status", "依申请公开", "-o", str(tmp_path / "r.json")
    )
    assert [one["title"] for one in json.loads((tmp_path / "r.json").read_text())["entries"]] == ["乙的通知"]
    assert "SHA-256" in told
    empty = desk.says("catalogue", "export", "--format", "csv", "--to", "2025-01-01", "-o", str(tmp_path / "e.csv"))
    assert "共 0 条" in empty


def test_the_register_is_listed_and_exported(desk: Desk, ledger: Ledger, tmp_path: Path) -> None:  # noqa: F811
    number = decided(ledger, "甲的请示", WITHHELD)
    assert number in desk.says("register", "list", "--basis", WITHHELD.bases[0])
    assert "到期 1 件" in desk.says("register", "due", "--days", "9999")
    assert "共 1 条" in desk.says("register", "export", "--format", "csv", "-o", str(tmp_path / "r.csv"))
    path = str(tmp_path / "x.csv")
    assert (
        desk.refuses("catalogue", "export", "--format", "csv", "--status", "不予公开", "-o", path) == "export.withheld"
    )


def test_the_review_form_is_written(desk: Desk, ledger: Ledger, tmp_path: Path) -> None:  # noqa: F811
    decided(ledger)
    case_id = rows.Case.objects.get().pk
    assert desk.says("review-form", str(case_id), "-o", str(tmp_path / "新文件夹")).count("已写入") == 2
    assert {one.suffix for one in (tmp_path / "新文件夹").glob("保密审查表-*")} == {".docx", ".pdf"}


def test_the_history_says_why_an_entry_was_decided_again(desk: Desk, ledger: Ledger) -> None:  # noqa: F811
    number = decided(ledger)
    case_id = rows.Case.objects.get().pk
    reopen(ledger, case_id, Reopening.CORRECTION)
    decide(ledger, case_id)
    told = desk.says("catalogue", "history", number).splitlines()
    assert told[-2].endswith("主管局长确定：同意")
    assert told[-1].endswith("重新审查（更正）：需再看；主管局长确定：同意")


def test_a_section_does_not_keep_the_catalogue(desk: Desk, ledger: Ledger, tmp_path: Path) -> None:  # noqa: F811
    number = decided(ledger)
    desk.sit_down("王科员")
    assert "共 0 条" in desk.says("catalogue", "list")
    assert desk.refuses("catalogue", "show", number) == "catalogue.no_entry"
    assert desk.refuses("catalogue", "retire", number, "--reason", "改") == "permission.denied"
    assert desk.refuses("catalogue", "export", "--format", "csv", "-o", str(tmp_path / "o.csv")) == "permission.denied"


def test_a_wrong_word_is_told_with_those_that_exist(desk: Desk) -> None:
    done = desk.run("catalogue", "list", "--category", "业务")
    assert done.exit_code == 2
    assert "业务动态" in done.output
    assert desk.run("catalogue", "list", "--status", "x").exit_code == 2
    assert "2025-11-03" in desk.run("register", "list", "--from", "昨天").output
