"""The examination: says of everything how it stands and what to do, in whatever state an office is."""

import os
import shutil
import sqlite3
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest

from reviewflow.records import append_only
from reviewflow.records import models as rows
from reviewflow.records.originals import Originals
from reviewflow.services.audit.verify import anchor_chain
from reviewflow.services.operations.backup import write_backup
from reviewflow.services.operations.checks import CheckResult, State, run_check
from reviewflow.services.operations.doctor import examine_installation
from tests.integration.backups import busy
from tests.integration.conftest import Ledger
from tests.integration.offices import make_home
from tests.integration.test_tampering import sql

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    """An office that is well kept."""
    busy(ledger)
    ledger.office.settings.storage_folder.chmod(0o700)
    anchor_chain(ledger.office)
    write_backup(ledger.office)
    return ledger


def examined(ledger: Ledger, *, full: bool = False) -> dict[str, list[CheckResult]]:
    """What is found, by check."""
    found: dict[str, list[CheckResult]] = {}
    for finding in examine_installation(ledger.office.settings.home, full=full, now=ledger.clock):
        found.setdefault(finding.check, []).append(finding)
    return found


def state(ledger: Ledger, check: str, *, full: bool = False) -> State:
    """The worst that a check finds, which always comes with a remedy."""
    findings = examined(ledger, full=full)[check]
    worst = max(findings, key=lambda one: list(State).index(one.state))
    assert worst.state is State.GOOD or worst.remedy
    return worst.state


def test_a_well_kept_office_has_nothing_bad(office: Ledger) -> None:
    found = examined(office, full=True)
    assert [one for findings in found.values() for one in findings if one.state is State.BAD] == []
    wanted = {
        "设置", "机关", "规则", "工作日历", "索引号", "模型", "权限", "密钥", "磁盘", "遗留文件", "数据库", "数据库设置",
        "只增不改", "时钟", "审计链", "案件", "原件", "备份", "全部核验",
    }  # fmt: skip
    assert wanted <= set(found)


def test_a_folder_open_to_others_is_bad(office: Ledger) -> None:
    office.office.settings.storage_folder.chmod(0o755)
    assert state(office, "权限") is State.BAD


def test_a_key_that_is_missing_open_or_cut_short_is_bad_and_the_rest_is_examined(office: Ledger) -> None:
    key = office.office.settings.key_file
    content = key.read_bytes()
    key.chmod(0o644)
    assert state(office, "密钥") is State.BAD
    key.chmod(0o600)
    key.write_bytes(content[:10])
    assert state(office, "密钥") is State.BAD
    key.unlink()
    assert state(office, "密钥") is State.BAD
    assert state(office, "案件") is State.GOOD


def test_a_clock_set_back_is_told(office: Ledger) -> None:
    office.clock.at -= timedelta(minutes=30)
    assert state(office, "时钟") is State.NOTE
    office.clock.at -= timedelta(days=2)
    assert state(office, "时钟") is State.BAD


@pytest.mark.parametrize(("free", "expected"), [(5_000, State.GOOD), (900, State.NOTE), (150, State.BAD)])
def test_little_room_is_told(office: Ledger, free: int, expected: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free * 1_000_000))
    assert state(office, "磁盘") is expected


def test_faulty_configuration_is_told_and_hides_nothing_else(office: Ledger) -> None:
    for name in ("rules.yaml", "workdays.yaml"):
        (office.office.settings.configs / name).unlink()
        (office.office.settings.configs / name).write_text("- 不认识: [\n", "utf-8")
    assert state(office, "规则") is State.BAD
    assert state(office, "工作日历") is State.BAD
    assert state(office, "审计链") is State.GOOD


def test_faulty_settings_are_told(office: Ledger) -> None:
    (office.office.settings.configs / "reviewflow.toml").write_text("[unknown]\na = 1\n", "utf-8")
    assert [one.state for one in examine_installation(office.office.settings.home)] == [State.BAD]


def test_faulty_words_of_the_office_are_told(office: Ledger) -> None:
    (office.office.settings.configs / "words.yaml").unlink(missing_ok=True)
    (office.office.settings.configs / "words.yaml").write_text("- 词表: 没有这个\n", "utf-8")
    assert state(office, "规则") is State.BAD


def test_a_year_whose_holidays_are_unknown_is_told(office: Ledger) -> None:
    office.clock.at = office.clock.at.replace(year=2090)
    assert state(office, "工作日历") is State.NOTE


def test_a_model_that_was_changed_is_bad(office: Ledger) -> None:
    models = office.office.settings.models
    copied = models.resolve()
    models.unlink()
    shutil.copytree(copied, models)
    (next(models.glob("*/vocabulary.txt"))).write_text("改动\t1\n", "utf-8")
    assert state(office, "模型") is State.BAD


def test_what_a_killed_command_left_is_named_once_it_is_old(office: Ledger) -> None:
    folder = office.office.settings.storage_folder
    left = [folder / "originals" / "ab" / ".cd.1234.writing", office.office.settings.home / ".restoring-1234"]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half")
    assert state(office, "遗留文件") is State.GOOD
    for path in left:
        os.utime(path, (0, 0))
    told = examined(office)["遗留文件"]
    assert any(".cd.1234.writing" in one.message for one in told)
    assert any("恢复" in one.message for one in told)


def test_missing_triggers_are_bad(office: Ledger) -> None:
    for statement in append_only.drop_statements(office.vendor):
        sql(statement)
    assert state(office, "只增不改") is State.BAD


def test_an_edited_entry_and_an_edited_case_are_bad(office: Ledger) -> None:
    sql("UPDATE records_case SET stage = %s WHERE id = %s", "decided", rows.Case.objects.order_by("-pk")[0].pk)
    assert state(office, "案件") is State.BAD
    for statement in append_only.drop_statements(office.vendor):
        sql(statement)
    sql("UPDATE records_auditentry SET actor = %s WHERE sequence = 3", "王科员")
    assert state(office, "审计链") is State.BAD
    assert state(office, "全部核验", full=True) is State.BAD


def test_the_quick_look_at_the_chain_begins_in_its_midst(office: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewflow.services.operations import checks_of_ledger as health_of_ledger

    monkeypatch.setattr(health_of_ledger, "_QUICK_ENTRIES", 2)
    assert "第 6 至 7 条" in examined(office)["审计链"][0].message
    for statement in append_only.drop_statements(office.vendor):
        sql(statement)
    sql("UPDATE records_auditentry SET actor = %s WHERE sequence = 2", "王科员")
    assert state(office, "审计链") is State.GOOD
    sql("UPDATE records_auditentry SET actor = %s WHERE sequence = 7", "王科员")
    assert state(office, "审计链") is State.BAD


def test_originals_that_are_gone_are_bad(office: Ledger) -> None:
    store = Originals(office.office.originals)
    store.path(next(store.digests())).unlink()
    assert state(office, "原件") is State.BAD


def test_an_office_never_backed_up_or_anchored_is_told(ledger: Ledger) -> None:
    ledger.admit(ledger.arrival())
    assert state(ledger, "备份") is State.NOTE
    assert state(ledger, "审计链") is State.NOTE


def test_an_old_backup_is_told(office: Ledger) -> None:
    office.clock.at += timedelta(days=9)
    assert state(office, "备份") is State.NOTE


def test_an_office_of_a_newer_program_is_told(office: Ledger) -> None:
    sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('records', '9999_later', %s)", "2030-01-01 00:00:00"
    )
    assert state(office, "数据库") is State.BAD


def test_settings_under_which_a_server_may_lose_signatures_are_bad(office: Ledger) -> None:
    if office.vendor == "sqlite":
        return  # its settings are the program's own
    from django.db import connection

    sql(f"ALTER DATABASE {connection.settings_dict['NAME']} SET synchronous_commit = off")
    assert state(office, "数据库设置") is State.BAD


def test_an_office_that_was_never_set_up_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    home = make_home(tmp_path / "office", Path("none"), {"engine": "sqlite"})
    found = {one.check: one for one in examine_installation(home)}
    assert found["数据库"].state is State.BAD
    assert "reviewflow init" in found["数据库"].remedy
    assert not (home / "data").exists()


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    home = make_home(tmp_path / "office", Path("none"), {"engine": "postgresql", "host": "127.0.0.1", "port": 1})
    assert {one.check: one for one in examine_installation(home)}["数据库"].state is State.BAD


@pytest.mark.parametrize("content", [b"", b"no database any more" * 1000])
def test_a_damaged_database_file_is_told(office: Ledger, content: bytes) -> None:
    if office.vendor == "postgresql":
        return  # a server mends its own files
    from django.db import connections

    connections.close_all()
    (office.office.settings.storage_folder / "reviewflow.sqlite3").write_bytes(content)
    assert state(office, "数据库") is State.BAD


def test_pages_damaged_within_the_file_end_no_examination(office: Ledger) -> None:
    if office.vendor == "postgresql":
        return  # a server mends its own files
    from django.db import connections

    connections.close_all()
    file = office.office.settings.storage_folder / "reviewflow.sqlite3"
    content = bytearray(file.read_bytes())
    content[8192:-4096] = b"\xff" * (len(content) - 12288)
    file.write_bytes(bytes(content))
    found = examined(office, full=True)
    assert any(one.state is State.BAD for findings in found.values() for one in findings)


def test_a_locked_database_is_told_without_waiting_long(office: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    if office.vendor == "postgresql":
        return  # nobody can lock a whole server
    from django.db import connections

    from reviewflow.services.operations import connection as reaching

    monkeypatch.setattr(reaching, "_FEW_SECONDS", 0.1)
    connections.close_all()
    other = sqlite3.connect(office.office.settings.storage_folder / "reviewflow.sqlite3", isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE records_section SET name = name")
    (told,) = examined(office)["数据库"]
    other.close()
    assert told.state is State.BAD
    assert "占用" in told.message


def test_what_nobody_foresaw_is_a_finding_too() -> None:
    def unforeseen() -> list[CheckResult]:
        raise RuntimeError("文件里的话")

    (finding,) = run_check("某项", unforeseen)
    assert finding.state is State.BAD
    assert "RuntimeError" in finding.message
    assert "文件里的话" not in finding.message
