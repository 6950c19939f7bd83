"""Backups taken while others work, and restored whole or not at all, also into the other kind of database."""

import resource
import shutil
import sqlite3
import tarfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.keys import make_key
from reviewflow.records import append_only
from reviewflow.records import models as rows
from reviewflow.records.backup.archive import MANIFEST
from reviewflow.records.chain.anchors import anchors_file, read_anchors
from reviewflow.records.chain.entries import chain_head
from reviewflow.records.originals import Originals
from reviewflow.records.search_index import documents_holding
from reviewflow.services.audit.verify import anchor_chain, verify_ledger
from reviewflow.services.office import open_office
from reviewflow.services.operations.backup import write_backup
from reviewflow.services.operations.restore import restore_backup
from reviewflow.text.search.grams import grams
from tests.integration.backups import (
    at_home,
    busy,
    elsewhere,
    files,
    held,
    members,
    remade,
    stored,
    take_key,
    with_extra,
)
from tests.integration.conftest import Ledger
from tests.integration.test_tampering import sql
from tests.limits import files_no_longer_than

__all__ = ["elsewhere"]


@pytest.fixture
def saved(ledger: Ledger, tmp_path: Path) -> Path:
    """The backup of a busy office, which goes on working afterwards."""
    busy(ledger)
    path = write_backup(ledger.office, tmp_path / "saved.tar").path
    stored(ledger, ledger.arrival("备份之后提交的通知"))
    return path


def refused(ledger: Ledger, archive: Path, room: int = resource.RLIM_INFINITY) -> str:
    """The code with which a restore is refused; nothing of the office has changed then."""
    at_home(ledger)
    before, rows_before = files(ledger.office.settings.home), held()
    with files_no_longer_than(room), pytest.raises(ReviewflowError) as told:
        restore_backup(archive, ledger.office.settings.home, now=ledger.clock)
    assert held() == rows_before
    assert files(ledger.office.settings.home) == before
    return told.value.code


def test_a_backup_is_one_private_file_with_all_but_the_key(ledger: Ledger) -> None:
    busy(ledger)
    made = write_backup(ledger.office)
    assert made.path.parent == ledger.office.settings.storage_folder / "backups"
    assert made.path.stat().st_mode & 0o077 == 0
    assert made.path.parent.stat().st_mode & 0o077 == 0
    names = members(made.path)
    assert {name.split("/")[0] for name in names} == {"tables", "originals", "configs", "models", MANIFEST}
    assert sum(name.startswith("originals/") for name in names) == 3
    assert ledger.office.key not in b"".join(names.values())
    assert (made.documents, made.missing, made.damaged, made.broken) == (3, (), (), "")
    assert [one.name for one in made.path.parent.iterdir()] == [made.path.name]


def test_a_backup_is_anchored_and_on_record(ledger: Ledger) -> None:
    busy(ledger)
    made = write_backup(ledger.office)
    (noted,) = read_anchors(anchors_file(ledger.office.settings))
    assert (noted.sequence, noted.hash) == (made.head.sequence, made.head.hash)
    last = rows.AuditEntry.objects.order_by("-sequence")[0]
    assert (last.action, last.subject) == ("backup", "ledger")
    assert verify_ledger(ledger.office.key, [noted]).good


def test_a_backup_of_an_empty_ledger_is_restored(ledger: Ledger, tmp_path: Path) -> None:
    made = write_backup(ledger.office, tmp_path / "empty.tar")
    assert restore_backup(made.path, ledger.office.settings.home, now=ledger.clock).head.sequence == 0
    assert verify_ledger(ledger.office.key).good


def test_what_was_backed_up_comes_back_into_either_database(ledger: Ledger, elsewhere: Path, tmp_path: Path) -> None:
    busy(ledger)
    before = held()
    made = write_backup(ledger.office, tmp_path / "saved.tar")
    originals = set(Originals(ledger.office.originals).digests())
    take_key(ledger, elsewhere)
    done = restore_backup(made.path, elsewhere, now=ledger.clock)
    office = open_office(elsewhere, ledger.clock)
    after = held()
    assert after.pop("records_auditentry")[:-1] == before.pop("records_auditentry")
    assert after == before
    assert done.head == made.head
    assert verify_ledger(office.key, read_anchors(anchors_file(office.settings))).good
    assert append_only.tables_without_triggers(_vendor()) == []
    store = Originals(office.originals)
    assert set(store.digests()) == originals
    for digest in originals:
        store.verify(digest)
    assert len(list(documents_holding(grams("工作通知"), 1 << 40))) == 3


def _vendor() -> str:
    from django.db import connection

    return connection.vendor


def test_an_office_goes_on_after_a_restore(ledger: Ledger, saved: Path) -> None:
    restore_backup(saved, ledger.office.settings.home, now=ledger.clock)
    newest = rows.Case.objects.order_by("-pk")[0].pk
    (case_id,) = stored(ledger, ledger.arrival("恢复之后提交的通知"))
    assert case_id > newest
    verdict = verify_ledger(ledger.office.key, read_anchors(anchors_file(ledger.office.settings)))
    assert verdict.faults() == []
    actions = rows.AuditEntry.objects.order_by("-sequence").values_list("action", flat=True)
    assert list(actions[:2]) == ["import", "restore"]


def test_the_old_state_is_kept_aside(ledger: Ledger, saved: Path) -> None:
    (ledger.office.settings.configs / "rules.yaml").unlink()
    (ledger.office.settings.configs / "rules.yaml").write_text("# 改动过\n", "utf-8")
    done = restore_backup(saved, ledger.office.settings.home, now=ledger.clock)
    assert rows.Document.objects.count() == 3
    assert (done.aside / "configs" / "rules.yaml").read_text("utf-8") == "# 改动过\n"
    assert "规则" in (ledger.office.settings.configs / "rules.yaml").read_text("utf-8")
    if ledger.vendor == "sqlite":
        old = sqlite3.connect(done.aside / "reviewflow.sqlite3")
        assert old.execute("SELECT count(*) FROM records_document").fetchone() == (4,)
        old.close()
    else:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {done.schema}.records_document")
            assert cursor.fetchone() == (4,)


def test_anchors_later_than_the_backup_are_set_aside_with_what_they_are_of(ledger: Ledger, saved: Path) -> None:
    later = anchor_chain(ledger.office)
    done = restore_backup(saved, ledger.office.settings.home, now=ledger.clock)
    assert later in read_anchors(done.aside / "anchors.txt")
    kept = read_anchors(anchors_file(ledger.office.settings))
    assert max(one.sequence for one in kept) == done.head.sequence


def test_a_folder_with_nothing_in_it_becomes_the_office(ledger: Ledger, tmp_path: Path) -> None:
    if ledger.vendor == "postgresql":
        return  # the settings in the backup name a database, which would be replaced
    busy(ledger)
    made = write_backup(ledger.office, tmp_path / "whole.tar", with_key=True)
    done = restore_backup(made.path, tmp_path / "new", now=ledger.clock)
    assert not done.own_settings
    office = open_office(tmp_path / "new", ledger.clock)
    assert office.key == ledger.office.key
    assert office.settings.key_file.stat().st_mode & 0o077 == 0
    assert verify_ledger(office.key).good
    assert office.settings.models.is_dir()


def test_without_the_key_nothing_is_restored(ledger: Ledger, saved: Path, elsewhere: Path) -> None:
    before = files(elsewhere)
    with pytest.raises(ReviewflowError, match=r"restore\.no_key"):
        restore_backup(saved, elsewhere)
    make_key(elsewhere / "data" / "office" / "chain.key")
    with pytest.raises(ReviewflowError, match=r"restore\.wrong_key"):
        restore_backup(saved, elsewhere)
    (elsewhere / "data" / "office" / "chain.key").unlink()
    assert files(elsewhere) == before


def test_a_damaged_archive_changes_nothing(ledger: Ledger, saved: Path) -> None:
    whole = saved.read_bytes()
    place = whole.index(b"\x1f\x8b") + 20
    saved.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    assert refused(ledger, saved) == "restore.damaged"
    saved.write_bytes(whole[: len(whole) // 2])
    assert refused(ledger, saved) in ("restore.damaged", "restore.unreadable")
    saved.write_bytes(whole)
    assert refused(ledger, with_extra(saved, tarfile.TarInfo("../outside"))) == "restore.unsafe"
    assert refused(ledger, saved.with_name("none.tar")) == "restore.unreadable"


def test_a_newer_backup_is_refused(ledger: Ledger, saved: Path) -> None:
    content = members(saved)
    names = ["0001_initial", "0002_append_only_and_search", "9999_later"]
    assert refused(ledger, remade(saved, content, ledger.office.key, migrations=names)) == "office.newer_database"
    manifest = content[MANIFEST].replace(b'"format": 1', b'"format": 2')
    newer = with_extra(
        remade(saved, {**content, MANIFEST: manifest}, ledger.office.key), tarfile.TarInfo("anchors.txt")
    )
    newer.write_bytes(newer.read_bytes().replace(b'"format": 1', b'"format": 2'))
    assert refused(ledger, newer) == "restore.newer"


def test_a_backup_sealed_without_the_key_is_refused(ledger: Ledger, saved: Path) -> None:
    assert refused(ledger, remade(saved, members(saved), b"k" * 32)) == "restore.wrong_key"


def test_a_backup_without_one_of_its_originals_is_refused(ledger: Ledger, saved: Path) -> None:
    content = members(saved)
    content.pop(next(name for name in content if name.startswith("originals/")))
    assert refused(ledger, remade(saved, content, ledger.office.key)) == "restore.damaged"


def test_originals_that_are_gone_or_changed_are_told_and_do_not_spoil_the_backup(
    ledger: Ledger, tmp_path: Path
) -> None:
    busy(ledger)
    store = Originals(ledger.office.originals)
    gone, changed, _ = store.digests()
    good = store.path(changed).read_bytes()
    store.path(gone).unlink()
    store.path(changed).chmod(0o600)
    store.path(changed).write_bytes(b"?")
    made = write_backup(ledger.office, tmp_path / "saved.tar")
    assert (made.missing, made.damaged) == ((gone,), (changed,))
    store.path(changed).write_bytes(good)
    done = restore_backup(made.path, ledger.office.settings.home, now=ledger.clock)
    assert done.missing == (gone,)
    assert store.path(changed).read_bytes() == good


def test_a_ledger_that_was_tampered_with_is_restored_only_when_asked_to(ledger: Ledger, tmp_path: Path) -> None:
    busy(ledger)
    for statement in append_only.drop_statements(ledger.vendor):
        sql(statement)
    sql("UPDATE records_auditentry SET actor = %s WHERE sequence = 4", "王科员")
    made = write_backup(ledger.office, tmp_path / "saved.tar")
    assert "第 4 条" in made.broken
    assert refused(ledger, made.path) == "restore.faulty"
    done = restore_backup(made.path, ledger.office.settings.home, in_spite=True, now=ledger.clock)
    assert "第 4 条" in done.faults[0]
    assert append_only.tables_without_triggers(ledger.vendor) == []


def test_others_go_on_working_during_a_backup(ledger: Ledger, tmp_path: Path) -> None:
    from django.db import connections

    def work() -> None:
        stored(ledger, ledger.arrival("备份当中提交的通知"))
        connections.close_all()

    def told(step: str) -> None:
        if step == "数据表":
            with ThreadPoolExecutor(1) as pool:
                pool.submit(work).result()

    busy(ledger)
    made = write_backup(ledger.office, tmp_path / "saved.tar", announce=told)
    assert rows.Document.objects.count() == 4
    assert made.documents == 3
    restore_backup(made.path, ledger.office.settings.home, now=ledger.clock)
    assert rows.Document.objects.count() == 3
    assert verify_ledger(ledger.office.key).good


def test_a_full_disk_leaves_no_half_backup_and_keeps_the_one_before(ledger: Ledger, tmp_path: Path) -> None:
    busy(ledger)
    path = write_backup(ledger.office, tmp_path / "saved.tar").path
    before, last = path.read_bytes(), chain_head()
    with files_no_longer_than(len(before) // 2), pytest.raises(ReviewflowError, match=r"write\.failed"):
        write_backup(ledger.office, path)
    assert path.read_bytes() == before
    assert chain_head() == last
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@pytest.mark.parametrize("target", ["/dev/full", "/dev/null", "."])
def test_a_backup_is_not_written_over_what_is_no_file(ledger: Ledger, target: str) -> None:
    with pytest.raises(ReviewflowError, match=r"backup\.target"):
        write_backup(ledger.office, Path(target))
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize("target", ["/proc/saved.tar", "/nowhere/at/all/saved.tar", "/etc/passwd/saved.tar"])
def test_a_folder_that_cannot_be_written_to_is_told(ledger: Ledger, target: str, tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError, match=r"write\.failed"):
        write_backup(ledger.office, Path(target))
    made = write_backup(ledger.office, tmp_path / "saved.tar")
    with pytest.raises(ReviewflowError, match=r"write\.failed"):
        restore_backup(made.path, Path("/proc/office"))


def test_a_restore_onto_a_full_disk_changes_nothing(ledger: Ledger, saved: Path) -> None:
    assert refused(ledger, saved, room=5_000) == "write.failed"


def test_a_ledger_that_is_in_use_is_not_replaced(ledger: Ledger, saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if ledger.vendor == "postgresql":
        return  # its tables are exchanged in one transaction, for which others wait
    monkeypatch.setattr("reviewflow.records.database_swap._WAIT_SECONDS", 0.1)
    other = sqlite3.connect(ledger.office.settings.storage_folder / "reviewflow.sqlite3")
    other.execute("SELECT count(*) FROM records_case").fetchone()
    other.execute("BEGIN IMMEDIATE")
    assert refused(ledger, saved) == "restore.in_use"
    other.close()


def test_a_damaged_database_is_replaced(ledger: Ledger, saved: Path) -> None:
    if ledger.vendor == "postgresql":
        return  # a server mends its own files
    from django.db import connections

    connections.close_all()
    file = ledger.office.settings.storage_folder / "reviewflow.sqlite3"
    file.write_bytes(b"no database any more" * 1000)
    done = restore_backup(saved, ledger.office.settings.home, now=ledger.clock)
    assert verify_ledger(ledger.office.key).good
    assert (done.aside / file.name).read_bytes().startswith(b"no database")


def test_what_could_not_be_put_back_is_told_and_a_second_restore_does_it(
    ledger: Ledger, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(ReviewflowError, match=r"restore\.unfinished"):
        restore_backup(saved, ledger.office.settings.home, now=ledger.clock)
    monkeypatch.undo()
    assert rows.Document.objects.count() == 3
    restore_backup(saved, ledger.office.settings.home, now=ledger.clock)
    assert verify_ledger(ledger.office.key, read_anchors(anchors_file(ledger.office.settings))).good


@pytest.mark.slow
def test_a_restore_that_is_killed_leaves_the_old_or_the_new(ledger: Ledger, saved: Path) -> None:
    import os
    import signal
    import subprocess
    import sys
    import time

    from django.db import connections

    seen = set()
    for wait in (0.5, 1.0, 1.5, 2.0, 3.0):
        connections.close_all()
        environment = {**os.environ, "REVIEWFLOW_HOME": str(ledger.office.settings.home)}
        command = [sys.executable, "-m", "reviewflow", "restore", "--yes", str(saved)]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with suppress(ReviewflowError):
            open_office(ledger.office.settings.home, ledger.clock)
        assert verify_ledger(ledger.office.key).faults() == []
        seen.add(rows.Document.objects.count())
    assert seen <= {3, 4}
