"""Setting up: complete, repeatable, and never over what is there; upgrading with a backup first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewflow.domain.people import Role
from reviewflow.errors import ReviewflowError
from reviewflow.records import append_only, search_index
from reviewflow.records import models as rows
from reviewflow.records.configuration import sqlite_path
from reviewflow.records.migrating import migrate
from reviewflow.services.audit.verify import verify_ledger
from reviewflow.services.office import open_office, shipped_migrations
from reviewflow.services.operations.restore import restore_backup
from reviewflow.services.operations.setup import Credentials, set_up_office, upgrade_ledger
from reviewflow.settings import load_settings
from tests.integration.backups import elsewhere, files, stored
from tests.integration.conftest import Ledger
from tests.integration.offices import Clock, make_home
from tests.integration.test_tampering import sql

__all__ = ["elsewhere"]

SUN = Credentials("sun", "孙管理员", "Qinglan-2025-x")


def nobody() -> Credentials:
    """Asked only by mistake."""
    raise AssertionError("asked for an administrator twice")


def test_an_office_is_set_up_with_one_administrator(elsewhere: Path) -> None:
    made = set_up_office(elsewhere, lambda: SUN, Clock())
    assert "生成审计链密钥" in made.done
    office = open_office(elsewhere, Clock())
    user = rows.User.objects.get()
    assert (user.username, user.name) == ("sun", "孙管理员")
    assert [grant.role for grant in user.grants.all()] == [Role.ADMINISTRATOR.value]
    assert verify_ledger(office.key).good
    for place in (office.settings.storage_folder, office.settings.key_file, office.originals):
        assert place.stat().st_mode & 0o077 == 0


def test_setting_up_again_changes_nothing(elsewhere: Path) -> None:
    from django.db import connections

    set_up_office(elsewhere, lambda: SUN, Clock())
    connections.close_all()
    before = files(elsewhere)
    assert set_up_office(elsewhere, nobody, Clock()).done == ()
    connections.close_all()
    assert files(elsewhere) == before
    assert rows.User.objects.count() == 1


@pytest.mark.parametrize("stop", ["folders", "database", "key", "administrator"])
def test_what_was_left_half_done_is_completed(elsewhere: Path, stop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewflow.services.operations import setup as setting_up

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    names = {"folders": "connect", "database": "migrate", "key": "make_key", "administrator": "add_first_administrator"}
    monkeypatch.setattr(setting_up, names[stop], broken)
    with pytest.raises(KeyboardInterrupt):
        set_up_office(elsewhere, lambda: SUN, Clock())
    monkeypatch.undo()
    set_up_office(elsewhere, lambda: SUN, Clock())
    assert rows.User.objects.count() == 1
    assert verify_ledger(open_office(elsewhere, Clock()).key).good


def test_a_folder_gets_its_own_copy_of_the_installation(at_home: Path, tmp_path: Path) -> None:
    made = set_up_office(tmp_path / "own", lambda: SUN, Clock())
    assert made.settings.home == tmp_path / "own"
    copied = {path.name for path in (tmp_path / "own" / "configs").iterdir()}
    assert copied == {path.name for path in (at_home / "configs").iterdir()}
    assert load_settings(tmp_path / "own").models.is_dir()
    assert not (at_home / "data").exists()


def test_a_file_that_the_office_has_changed_is_never_overwritten(at_home: Path, tmp_path: Path) -> None:
    rules = tmp_path / "own" / "configs" / "rules.yaml"
    rules.parent.mkdir(parents=True)
    rules.write_text("# 本局自己的规则\n", "utf-8")
    set_up_office(tmp_path / "own", lambda: SUN, Clock())
    assert rules.read_text("utf-8") == "# 本局自己的规则\n"


def test_a_weak_password_leaves_an_office_that_can_be_completed(elsewhere: Path) -> None:
    with pytest.raises(ReviewflowError, match=r"accounts\.|password"):
        set_up_office(elsewhere, lambda: Credentials("sun", "孙管理员", "1"), Clock())
    set_up_office(elsewhere, lambda: SUN, Clock())
    assert rows.User.objects.count() == 1


def test_a_lost_key_is_never_replaced_by_a_new_one(elsewhere: Path) -> None:
    set_up_office(elsewhere, lambda: SUN, Clock())
    load_settings(elsewhere).key_file.unlink()
    with pytest.raises(ReviewflowError, match=r"chain\.no_key"):
        set_up_office(elsewhere, nobody, Clock())
    assert not load_settings(elsewhere).key_file.exists()


@pytest.mark.parametrize(
    ("database", "why"),
    [
        ({"host": "/tmp/nowhere", "name": "rf"}, "服务没有启动"),
        ({"host": "127.0.0.1", "port": 1, "name": "rf"}, "服务没有启动"),
    ],
)
def test_a_server_that_does_not_answer_is_told(tmp_path: Path, database: dict[str, object], why: str) -> None:
    home = make_home(tmp_path / "office", Path("none"), {"engine": "postgresql", **database})
    with pytest.raises(ReviewflowError, match=r"database\.unreachable") as told:
        set_up_office(home, nobody, Clock())
    assert why in told.value.message


def test_a_database_that_is_not_there_is_told(tmp_path: Path, postgres: dict[str, object]) -> None:
    home = make_home(tmp_path / "office", Path("none"), {**postgres, "name": "nobody_made_it"})
    with pytest.raises(ReviewflowError, match=r"database\.unreachable") as told:
        set_up_office(home, nobody, Clock())
    assert "没有这个库" in told.value.message


def test_a_user_that_is_not_there_is_told(tmp_path: Path, postgres: dict[str, object]) -> None:
    home = make_home(tmp_path / "office", Path("none"), {**postgres, "name": "postgres", "user": "nobody"})
    with pytest.raises(ReviewflowError, match=r"database\.unreachable") as told:
        set_up_office(home, nobody, Clock())
    assert "没有这个用户" in told.value.message


@pytest.mark.parametrize("place", ["/proc/office", "/etc/passwd/office"])
def test_a_place_that_cannot_be_written_to_is_told(at_home: Path, place: str) -> None:
    with pytest.raises(ReviewflowError, match=r"write\.failed"):
        set_up_office(Path(place), nobody, Clock())


def older(ledger: Ledger) -> None:
    """Take the ledger back to before its last migration."""
    for statement in append_only.drop_statements(ledger.vendor):
        sql(statement)
    for statement in search_index.drop_statements():
        sql(statement)
    sql("DELETE FROM django_migrations WHERE name = %s", max(shipped_migrations()))


def test_an_upgrade_is_backed_up_run_and_verified(ledger: Ledger, tmp_path: Path) -> None:
    stored(ledger, ledger.arrival())
    home = ledger.office.settings.home
    older(ledger)
    with pytest.raises(ReviewflowError, match=r"office\.upgrade_needed"):
        open_office(home, ledger.clock)
    with pytest.raises(ReviewflowError, match=r"office\.upgrade_needed"):
        set_up_office(home, nobody, ledger.clock)
    done = upgrade_ledger(home, ledger.clock)
    assert done.migrations == (max(shipped_migrations()),)
    assert done.faults == ()
    assert append_only.tables_without_triggers(ledger.vendor) == []
    assert rows.AuditEntry.objects.order_by("-sequence")[0].action == "upgrade"
    assert done.backup is not None
    restore_backup(done.backup, home, now=ledger.clock)
    assert rows.Document.objects.count() == 1
    assert verify_ledger(ledger.office.key).good


def test_nothing_to_upgrade_is_said_and_no_backup_made(ledger: Ledger) -> None:
    assert upgrade_ledger(ledger.office.settings.home, ledger.clock).migrations == ()
    assert not (ledger.office.settings.storage_folder / "backups").exists()


def test_a_newer_ledger_is_left_alone(ledger: Ledger) -> None:
    sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_later', %s)", "2030-01-01 00:00:00"
    )
    for act in (
        lambda home: upgrade_ledger(home, ledger.clock),
        lambda home: set_up_office(home, nobody, ledger.clock),
    ):
        with pytest.raises(ReviewflowError, match=r"office\.newer_database"):
            act(ledger.office.settings.home)


def test_an_upgrade_that_fails_names_the_backup(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewflow.services.operations import setup as setting_up

    def failed() -> None:
        raise ReviewflowError("ledger.disk_full", "磁盘已满，这一步没有做。")

    older(ledger)
    monkeypatch.setattr(setting_up, "migrate", failed)
    with pytest.raises(ReviewflowError, match=r"upgrade\.failed") as told:
        upgrade_ledger(ledger.office.settings.home, ledger.clock)
    assert "before-upgrade-" in told.value.hint
    migrate()


def test_nothing_is_upgraded_where_nothing_was_set_up(tmp_path: Path) -> None:
    home = make_home(tmp_path / "office", Path("none"), {"engine": "sqlite"})
    with pytest.raises(ReviewflowError, match=r"office\.not_initialised"):
        upgrade_ledger(home)
    assert not sqlite_path(load_settings(home)).exists()


@pytest.mark.slow
def test_setting_up_that_is_killed_can_be_run_again(at_home: Path, tmp_path: Path) -> None:
    import signal
    import time

    home = tmp_path / "own"
    command = [sys.executable, "-m", "reviewflow", "init", str(home), "--admin-stdin"]
    for wait in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=dict(os.environ))
        assert process.stdin is not None
        process.stdin.write("sun 孙管理员 Qinglan-2025-x\n".encode())
        process.stdin.close()
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
    set_up_office(home, lambda: SUN)
    assert rows.User.objects.count() == 1
    assert verify_ledger(open_office(home).key).good
