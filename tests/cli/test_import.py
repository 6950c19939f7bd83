"""``reviewflow import`` and ``search`` as a person of a section runs them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth.hashers import make_password

from reviewflow.cli.main import cli
from reviewflow.cli.terminal.person import save_token
from reviewflow.domain.clock import now
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.accounts.sessions import sign_in
from reviewflow.services.office import open_office
from tests.integration.conftest import Ledger, ledger, sqlite_template  # noqa: F401

pytestmark = pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
PASSWORD = "青岚的山与水2025"
Run = Callable[..., Result]


@pytest.fixture
def run(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:  # noqa: F811
    """Run a command as 李科员, or as another of the cast."""
    home, session = ledger.office.settings.home, tmp_path / "session"
    monkeypatch.setenv("REVIEWFLOW_HOME", str(home))
    monkeypatch.setenv("REVIEWFLOW_SESSION_FILE", str(session))

    def command(*words: object, by: str = "李科员") -> Result:
        user = rows.User.objects.get(name=by)
        user.password = make_password(PASSWORD)
        user.save()
        save_token(session, sign_in(open_office(home, now), user.username, PASSWORD))
        return CliRunner().invoke(cli, list(map(str, words)))

    return command


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with two documents and one that cannot be read."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("检查", "月报"):
        (folder / f"{name}.txt").write_text(f"关于{name}的通知\n各科室：请认真执行{name}工作。" * 3, "utf-8")
    (folder / "空.txt").write_text("")
    return folder


def test_a_folder_is_queued_and_what_could_not_be_read_is_listed(run: Run, files: Path, tmp_path: Path) -> None:
    done = run("import", files, "--errors", tmp_path / "e.csv")
    assert done.exit_code == 3
    assert "新收 2 件" in done.output
    assert "有 1 件没有收下" in done.output
    with (tmp_path / "e.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["错误代码"] for row in csv.DictReader(file)] == ["read.empty"]
    assert set(rows.Case.objects.values_list("section__name", flat=True)) == {"大气科"}


def test_a_second_run_takes_nothing_twice(run: Run, files: Path) -> None:
    run("import", files)
    (files / "空.txt").unlink()
    done = run("import", files, "--quiet")
    assert done.exit_code == 0
    assert "新收 0 件" in done.output
    assert "此前已收过 2 件" in done.output


def test_an_interrupted_import_goes_on_when_it_is_run_again(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("reviewflow.cli.importing.ImportingBar.show", interrupted)
        done = run("import", files / "检查.txt", files / "月报.txt")
    assert done.exit_code == 130
    assert done.stderr.splitlines()[-1] == "已中断，收下的都已保存。用同样的命令再运行一次即可继续。"
    taken = rows.Case.objects.count()
    assert taken > 0
    again = run("import", files / "检查.txt", files / "月报.txt")
    assert f"新收 {2 - taken} 件" in again.stdout
    assert rows.Case.objects.count() == 2


def test_a_corrected_file_is_named_with_its_case(run: Run, files: Path) -> None:
    run("import", files / "检查.txt")
    (files / "检查.txt").write_text("关于检查的通知\n各科室：请认真执行检查工作。更正。" * 3, "utf-8")
    case_id = rows.Case.objects.get().pk
    assert f"案件号 {case_id}" in run("import", files / "检查.txt").output
    assert f"案件号 {case_id}" in run("import", files / "月报.txt", "--supersedes", case_id).output
    assert rows.Case.objects.get().documents.count() == 3


@pytest.mark.parametrize(
    ("words", "by", "code"),
    [
        (("--section", "水科"), "李科员", "intake.not_yours"),
        (("--section", "没有的科"), "李科员", "intake.no_section"),
        ((), "赵主任", "intake.which_section"),
        (("--section", "大气科"), "孙管理员", "review.administrator"),
    ],
)
def test_a_person_brings_in_documents_of_the_own_section_alone(
    run: Run, files: Path, words: tuple[str, ...], by: str, code: str
) -> None:
    error = run("import", files, *words, by=by).exception
    assert isinstance(error, ReviewflowError)
    assert error.code == code
    assert not rows.Document.objects.exists()


def test_document_text_never_shows(run: Run, files: Path) -> None:
    assert "请认真执行" not in run("import", files).output


def test_what_was_imported_is_found(run: Run, files: Path) -> None:
    run("import", files)
    found = run("search", "行月")
    assert found.exit_code == 0
    assert "关于月报的通知" in found.output
    assert "关于检查的通知" not in found.output
    assert "没有找到" in run("search", "没有的词").output
    assert "没有找到" in run("search", "月报", by="王科员").output
