"""Importing files, folders and tables on both databases: every document once, with its original, whatever happens."""

import json
import os
import random
import signal
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.originals import Originals
from reviewflow.services.audit.verify import verify_ledger
from reviewflow.services.intake.arrival import file_digest
from reviewflow.services.intake.importing import Imported, import_paths
from reviewflow.services.queue.search import search_ids
from tests.crashing import crashing_workbook
from tests.integration.conftest import Ledger
from tests.integration.killing import kill_within, start_import
from tests.limits import files_no_longer_than

SENTENCE = "为加强管理，现将有关事项通知如下，请各单位认真执行。"
FORMATS = Path(__file__).parents[1] / "data" / "formats"


def bring(ledger: Ledger, *paths: Path, **more: int) -> Imported:
    return import_paths(ledger.office, ledger.people["李科员"], "大气科", paths, **more)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a person's files, apart from the office."""
    made = tmp_path / "files"
    made.mkdir()
    return made


def write(folder: Path, name: str, text: str = SENTENCE * 3) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"关于{path.stem}的通知\n{text}\n{path.stem}", "utf-8")
    return path


def table(folder: Path, count: int, name: str = "t.jsonl") -> Path:
    path = folder / name
    lines = [{"id": str(n), "title": f"第{n}号管理办法", "text": f"{SENTENCE}{n}号。" * 3} for n in range(count)]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return path


def all_sound(ledger: Ledger) -> None:
    """Every document has its original, every case its entry, and the chain verifies."""
    originals = Originals(ledger.office.originals)
    for digest in set(rows.Document.objects.values_list("original", flat=True)):
        originals.verify(digest)
    assert rows.Document.objects.count() == rows.AuditEntry.objects.count() == rows.Proposal.objects.count()
    verdict = verify_ledger(ledger.office.key)
    assert verdict.good, verdict.faults()


def test_a_folder_of_every_format_is_queued_with_its_originals(ledger: Ledger) -> None:
    done = bring(ledger, FORMATS)
    assert {Path(one.source).stem for one in done.troubles} == {"locked"}
    assert done.new == rows.Case.objects.count() == sum(done.lanes.values()) >= 10
    all_sound(ledger)
    again = bring(ledger, FORMATS)
    assert (again.new, again.known) == (0, done.new + done.known)
    all_sound(ledger)


def test_a_table_is_kept_once_and_its_rows_refer_to_it(ledger: Ledger, folder: Path) -> None:
    source = table(folder, 250)
    assert bring(ledger, source, jobs=2).new == 250
    (original,) = set(rows.Document.objects.values_list("original", flat=True))
    assert Originals(ledger.office.originals).path(original).read_bytes() == source.read_bytes()
    assert set(rows.Document.objects.values_list("row", flat=True)) == {str(n) for n in range(250)}
    assert rows.Document.objects.get(row="7").source == "t.jsonl#7"
    all_sound(ledger)


def test_csv_and_parquet_rows_of_another_section_go_where_they_are_brought(ledger: Ledger, folder: Path) -> None:
    (folder / "a.csv").write_text(f"标题,正文,科室\n甲办法,{SENTENCE},水科\n", "utf-8")
    pq.write_table(pa.table({"title": ["乙办法"], "text": [SENTENCE], "section": ["水科"]}), folder / "b.parquet")
    assert bring(ledger, folder).new == 2
    assert set(rows.Case.objects.values_list("section__name", flat=True)) == {"大气科"}


def test_the_same_file_twice_in_a_run_is_one_document(ledger: Ledger, folder: Path) -> None:
    first = write(folder, "a/检查.txt")
    (folder / "b").mkdir()
    (folder / "b" / "副本.txt").write_bytes(first.read_bytes())
    done = bring(ledger, folder)
    assert (done.new, done.known) == (1, 1)


def test_files_of_one_name_in_different_folders_are_different_documents(ledger: Ledger, folder: Path) -> None:
    for month in ("一月", "二月"):
        (folder / month).mkdir()
        (folder / month / "月报.txt").write_text(f"空气质量月报\n{month}的情况。{SENTENCE}", "utf-8")
    done = bring(ledger, folder)
    assert (done.new, done.superseded) == (2, ())
    assert set(rows.Document.objects.values_list("source", flat=True)) == {"一月/月报.txt", "二月/月报.txt"}


def test_a_corrected_file_replaces_the_old_one(ledger: Ledger, folder: Path) -> None:
    path = write(folder, "检查.txt")
    bring(ledger, path)
    write(folder, "检查.txt", "更正后的正文。" * 9)
    done = bring(ledger, path)
    assert (done.new, len(done.superseded)) == (0, 1)
    assert rows.Document.objects.count() == 2
    all_sound(ledger)


def test_one_file_from_elsewhere_replaces_the_named_case(ledger: Ledger, folder: Path) -> None:
    bring(ledger, write(folder, "检查.txt"))
    case_id = rows.Case.objects.get().pk
    assert bring(ledger, write(folder, "邮件/附件.txt"), supersedes=case_id).superseded == (case_id,)
    with pytest.raises(ReviewflowError, match=r"intake\.one_file"):
        bring(ledger, folder, supersedes=case_id)
    with pytest.raises(ReviewflowError, match=r"intake\.known"):
        bring(ledger, folder / "检查.txt", supersedes=case_id)


def test_bad_rows_and_files_never_stop_the_others(ledger: Ledger, folder: Path) -> None:
    good = table(folder, 3)
    good.write_text(good.read_text("utf-8") + '\n{broken\n{"id": "9"}\n', "utf-8")
    (folder / "空.txt").write_text("")
    (folder / "没有.jsonl").write_text('{"a": 1}\n')
    done = bring(ledger, folder, folder / "不存在.txt")
    assert done.new == 3
    codes = sorted(one.code for one in done.troubles)
    assert codes == ["read.empty", "read.missing", "table.no_text", "table.no_text", "table.not_json"]


def test_a_file_that_ends_its_process_is_reported_and_the_others_are_queued(ledger: Ledger, folder: Path) -> None:
    for number in range(3):
        write(folder, f"第{number}项.txt")
    (folder / "第1项坏.xls").write_bytes(crashing_workbook())
    done = bring(ledger, folder)
    assert done.new == 3
    assert [(one.code, Path(one.source).name) for one in done.troubles] == [("read.crashed", "第1项坏.xls")]
    all_sound(ledger)


def test_two_processes_that_import_the_same_folder_queue_every_file_once(ledger: Ledger, folder: Path) -> None:
    for number in range(60):
        write(folder, f"第{number}项.txt")
    both = [start_import(ledger.office.settings.home, "李科员", "大气科", [folder], jobs=2) for _ in range(2)]
    for process in both:
        _, errors = process.communicate(timeout=200)
        assert process.returncode == 0, errors
    assert rows.Document.objects.count() == rows.Case.objects.count() == 60
    all_sound(ledger)


def test_an_import_tells_which_cases_came_of_it(ledger: Ledger, folder: Path) -> None:
    path, other = write(folder, "检查.txt"), write(folder, "b/别的.txt")
    (case_id,) = bring(ledger, path).new_cases
    assert rows.Case.objects.get().pk == case_id
    again = bring(ledger, path, other)
    assert again.known_cases == (case_id,)
    assert rows.Case.objects.get(pk=again.new_cases[0]).title == "关于别的的通知"


def test_texts_that_a_database_cannot_hold_are_kept_as_near_as_can_be(ledger: Ledger, folder: Path) -> None:
    odd = ["甲\0乙", "半个\ud83d字", "长" * 900, "\U0001f600表情", "同样的正文", "同样的正文"]
    lines = [json.dumps({"id": f"{n}{'号' * 300}", "title": text, "text": text * 5}) for n, text in enumerate(odd)]
    (folder / "t.jsonl").write_text("\n".join(lines), "ascii")
    (folder / "d").mkdir()
    Path(os.fsdecode(os.fsencode(folder) + b"/d/\xff\xfe.txt")).write_text("关于名称的通知\n" + SENTENCE, "utf-8")
    done = bring(ledger, folder)
    assert (done.new, done.known, done.troubles) == (6, 1, ())
    assert max(map(len, rows.Case.objects.values_list("title", flat=True))) <= 500
    for text in rows.DocumentText.objects.values_list("content", flat=True):
        assert "\0" not in text
        text.encode()
    assert list(search_ids("表情", 5)) == [rows.Case.objects.get(title__contains="表情").pk]
    all_sound(ledger)


def test_a_document_that_the_ledger_refuses_is_reported_alone(ledger: Ledger, folder: Path) -> None:
    from django.db import connection

    bad = "第5号管理办法"
    with connection.cursor() as cursor:
        if ledger.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE records_case ADD CONSTRAINT no_five CHECK (title <> '{bad}')")
        else:
            cursor.execute(
                f"CREATE TRIGGER no_five BEFORE INSERT ON records_case WHEN NEW.title = '{bad}' "
                "BEGIN SELECT RAISE(ABORT, 'CHECK failed'); END"
            )
    done = bring(ledger, table(folder, 30))
    assert (done.new, [one.code for one in done.troubles]) == (29, ["ledger.refused"])
    assert done.troubles[0].source.endswith("#5")
    all_sound(ledger)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_an_unwritable_store_ends_the_run_with_nothing_half_done(ledger: Ledger, folder: Path) -> None:
    ledger.office.originals.mkdir(mode=0o500)
    with pytest.raises(ReviewflowError, match=r"write\.failed"):
        bring(ledger, write(folder, "检查.txt"))
    assert not rows.Document.objects.exists()


def test_an_import_works_by_the_configuration_with_which_it_began(ledger: Ledger, folder: Path) -> None:
    rules = ledger.office.settings.configs / "rules.yaml"
    broken = False

    def break_rules(_done: int, _total: int) -> None:
        nonlocal broken
        if not broken:
            rules.unlink()  # a link to the shipped ones
            rules.write_text("- 不认识: [\n", "utf-8")
            broken = True

    for number in range(3):
        write(folder, f"甲{number}.txt")
    table(folder, 900)
    done = bring(ledger, folder, progress=break_rules)  # type: ignore[arg-type]
    assert broken
    assert (done.new, done.troubles) == (903, ())
    assert rows.Proposal.objects.values("rules_digest").distinct().count() == 1


def test_a_store_that_is_no_folder_ends_the_run_with_nothing_half_done(ledger: Ledger, folder: Path) -> None:
    ledger.office.originals.write_text("")
    with pytest.raises(ReviewflowError, match=r"write\.failed"):
        bring(ledger, write(folder, "检查.txt"))
    assert not rows.Document.objects.exists()
    ledger.office.originals.unlink()
    assert bring(ledger, folder / "检查.txt").new == 1


def test_a_full_disk_keeps_no_half_of_an_original(folder: Path) -> None:
    path = write(folder, "检查.txt", SENTENCE * 500)
    store, digest = Originals(folder / "originals"), file_digest(path)
    with files_no_longer_than(1000), pytest.raises(ReviewflowError, match=r"write\.failed"):
        store.save(path, digest)
    assert not [one for one in store.folder.rglob("*") if one.is_file()]
    store.save(path, digest)
    store.verify(digest)


def test_a_file_changed_on_the_way_is_not_kept(folder: Path) -> None:
    path = write(folder, "检查.txt")
    store = Originals(folder / "originals")
    with pytest.raises(ReviewflowError, match=r"read\.changed"):
        store.save(path, "0" * 64)
    assert list(store.digests()) == []
    assert not [one for one in store.folder.rglob("*") if one.is_file()]


def test_originals_are_their_owners_alone_and_checked(folder: Path) -> None:
    path = write(folder, "检查.txt")
    store, digest = Originals(folder / "originals"), file_digest(path)
    store.save(path, digest)
    store.save(path, digest)
    store.make_durable([digest])
    kept = store.path(digest)
    assert kept.stat().st_mode & 0o777 == 0o400
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    with store.open(digest) as file:
        assert file.read() == path.read_bytes()
    kept.chmod(0o600)
    kept.write_text("改过")
    with pytest.raises(ReviewflowError, match=r"originals\.damaged"):
        store.verify(digest)
    with pytest.raises(ReviewflowError, match=r"originals\.missing"):
        store.open("ab" * 32)


def test_what_a_killed_import_left_half_written_is_swept_a_day_later(folder: Path) -> None:
    store = Originals(folder / "originals")
    (store.folder / "ab").mkdir(parents=True)
    fresh, stale = store.folder / "ab" / ".cd.1.writing", store.folder / "ab" / ".cd.2.writing"
    for path in (fresh, stale):
        path.write_text("半")
    os.utime(stale, (0, 0))
    store.sweep()
    assert [path.name for path in (store.folder / "ab").iterdir()] == [fresh.name]


def test_killed_at_any_moment_and_run_again_every_document_is_there_once(
    ledger: Ledger, folder: Path, long: bool
) -> None:
    kills, chance = (50, random.Random(11)) if long else (5, random.Random(5))
    for number in range(30):
        write(folder, f"files/第{number}项.txt")
    paths = [folder / "files", table(folder, 300 * kills)]
    acknowledged = 0
    for number in range(kills):
        process = start_import(ledger.office.settings.home, "李科员", "大气科", paths, jobs=1 + number % 2)
        said = kill_within(process, 2.0, chance)
        acknowledged = max(acknowledged, sum(map(int, said)))
        assert rows.Document.objects.count() >= acknowledged
    done = bring(ledger, *paths, jobs=2)
    assert done.new + done.known == 30 + 300 * kills
    assert (
        rows.Case.objects.count() == rows.Document.objects.values("source").distinct().count() == done.new + done.known
    )
    assert not done.troubles
    all_sound(ledger)


def test_its_processes_end_with_an_import_that_is_killed(ledger: Ledger, folder: Path) -> None:
    import psutil

    process = start_import(ledger.office.settings.home, "李科员", "大气科", [table(folder, 5000)], jobs=2)
    parent = psutil.Process(process.pid)
    deadline = time.monotonic() + 60
    while len(workers := parent.children(recursive=True)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _, alive = psutil.wait_procs(workers, timeout=30)
    assert not alive
