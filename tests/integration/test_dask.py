"""The Dask engine on a scheduler and a worker in this process; what real processes add is in the files beside this one."""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reviewflow.batch import proposing
from reviewflow.batch.cluster import run_on_cluster
from reviewflow.batch.job import Job, run_job
from reviewflow.batch.proposing import propose_rows
from reviewflow.batch.run import Tally
from reviewflow.configuration.configuration import Configuration, load_configuration
from reviewflow.errors import ReviewflowError
from reviewflow.explained.record import COLUMNS
from reviewflow.pipeline import Toolkit
from tests.small_bounds import small_bounds


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of one worker."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as local:
        yield local.scheduler_address


@pytest.fixture
def configuration(home: Path) -> Configuration:
    return load_configuration(home)


def rows(count: int) -> list[dict[str, str]]:
    return [
        {"id": f"r{n:02d}", "title": f"水务局工作要点{n}", "text": f"第{n}项工作安排如下。" * 60} for n in range(count)
    ]


def save_parquet(path: Path, count: int, partition: int) -> Path:
    pq.write_table(pa.Table.from_pylist(rows(count)), path, row_group_size=partition)
    return path


def save_lines(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def json_lines(count: int) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) for row in rows(count)]


def records(folder: Path) -> list[dict[str, object]]:
    return [row for part in sorted(folder.glob("*.parquet")) for row in pq.read_table(part).to_pylist()]


def ids(folder: Path) -> list[object]:
    return [row["id"] for row in records(folder)]


def on_cluster(configuration: Configuration, scheduler: str, source: Path, out: Path) -> Tally:
    return run_on_cluster([source], out, configuration, 1, scheduler)


def test_parquet_partitions_give_the_same_as_one_machine(
    home: Path, configuration: Configuration, scheduler: str, tmp_path: Path
) -> None:
    source, out = save_parquet(tmp_path / "in.parquet", 80, 12), tmp_path / "out"
    assert on_cluster(configuration, scheduler, source, out) == Tally(written=80)
    assert len(list(out.iterdir())) == 7
    run_job(Job((str(source),), "parquet", tmp_path / "one.parquet", 1), load_configuration(home))
    assert records(out) == pq.read_table(tmp_path / "one.parquet").to_pylist()
    assert list(records(out)[0]) == list(COLUMNS)


def test_json_lines_with_a_faulty_line_are_cut_at_line_ends(
    configuration: Configuration, scheduler: str, tmp_path: Path
) -> None:
    lines = json_lines(50)
    source, out = save_lines(tmp_path / "in.jsonl", [*lines[:20], "{broken", *lines[20:]]), tmp_path / "out"
    first, again = (on_cluster(configuration, scheduler, source, out) for _ in range(2))
    assert [(one.code, one.source) for one in first.troubles] == [("table.not_json", f"{source}#21")]
    assert again == Tally(skipped=50, troubles=first.troubles)
    assert ids(out) == [f"r{n:02d}" for n in range(50)]


def test_parts_that_exist_are_not_made_again(configuration: Configuration, scheduler: str, tmp_path: Path) -> None:
    source, out = save_parquet(tmp_path / "in.parquet", 30, 10), tmp_path / "out"
    on_cluster(configuration, scheduler, source, out)
    first, *others = sorted(out.iterdir())
    first.unlink()
    times = {part: part.stat().st_mtime_ns for part in others}
    assert on_cluster(configuration, scheduler, source, out) == Tally(written=10, skipped=20)
    assert {part: part.stat().st_mtime_ns for part in others} == times
    assert len(ids(out)) == 30


def test_a_part_that_a_power_cut_left_half_written_is_made_again(
    configuration: Configuration, scheduler: str, tmp_path: Path
) -> None:
    source, out = save_parquet(tmp_path / "in.parquet", 30, 10), tmp_path / "out"
    on_cluster(configuration, scheduler, source, out)
    expected = records(out)
    cut, empty, _ = parts = sorted(out.iterdir())
    cut.write_bytes(cut.read_bytes()[: cut.stat().st_size // 2])
    empty.write_bytes(b"")
    begun = out / f".{cut.name}.0123.writing"
    begun.write_bytes(b"PAR1")
    assert on_cluster(configuration, scheduler, source, out) == Tally(written=20, skipped=10)
    assert sorted(out.iterdir()) == parts
    assert records(out) == expected


def hostile_rows(rows: Sequence[dict[str, str]], kit: Toolkit, table: str) -> list[proposing.Line]:
    """``propose_rows``, with rows that hang or take too much."""
    for row in rows:
        if row["title"] == "睡":
            ctypes.PyDLL(None).sleep(600)  # as a parser that holds the interpreter
        elif row["title"] == "大":
            bytearray(4_000_000_000)
    return propose_rows(rows, kit, table)


def test_a_row_that_hangs_or_takes_too_much_is_reported_and_the_others_of_its_partition_kept(
    home: Path, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "propose_rows", hostile_rows)
    lines = json_lines(8)
    for place, deed in ((1, "睡"), (3, "大")):
        lines[place] = json.dumps({"id": f"bad{place}", "title": deed})
    source, out = save_lines(tmp_path / "in.jsonl", lines), tmp_path / "out"
    tally = on_cluster(small_bounds(home), scheduler, source, out)
    assert [(one.code, one.source) for one in tally.troubles] == [
        ("read.too_slow", f"{source}#bad1"),
        ("read.too_large", f"{source}#bad3"),
    ]
    assert ids(out) == ["r00", "r02", "r04", "r05", "r06", "r07"]


def test_folders_of_files_are_for_the_local_engine(
    configuration: Configuration, scheduler: str, tmp_path: Path
) -> None:
    with pytest.raises(ReviewflowError, match=r"cluster\.tables_only"):
        on_cluster(configuration, scheduler, save_lines(tmp_path / "a.txt", ["某通知"]), tmp_path / "out")


def test_the_command_starts_a_cluster_of_its_own_without_a_scheduler(home: Path, tmp_path: Path) -> None:
    source, out = save_lines(tmp_path / "in.jsonl", [*json_lines(30), "{broken"]), tmp_path / "out"
    options = ("--engine", "dask", "--jobs", "1", "--format", "parquet", "-o", str(out))
    done = subprocess.run(
        [sys.executable, "-m", "reviewflow", "classify", str(source), *options],
        env={**os.environ, "REVIEWFLOW_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
    )
    assert done.returncode == 3
    assert "#31" in done.stderr
    assert len(ids(out)) == 30
