"""The Dask engine on a real local cluster of two worker processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reviewflow.explained.record import COLUMNS


@pytest.fixture(scope="module")
def cluster(home: Path):
    """A scheduler and two worker processes that know the small installation."""
    from distributed import LocalCluster

    os.environ["REVIEWFLOW_HOME"] = str(home)
    try:
        with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local:
            yield local
    finally:
        del os.environ["REVIEWFLOW_HOME"]


def classify(home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "reviewflow", "classify", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=180)


def on_cluster(home: Path, cluster, source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    address = cluster.scheduler_address
    return classify(home, source, "--engine", "dask", "--scheduler", address, "--format", "parquet", "-o", target)


def rows(count: int) -> list[dict[str, str]]:
    return [{"id": f"r{n}", "title": f"水务局工作要点{n}", "text": f"第{n}项工作安排如下。" * 60} for n in range(count)]


def result(folder: Path) -> list[dict]:
    parts = sorted(folder.glob("*.parquet"))
    return [row for part in parts for row in pq.read_table(part).to_pylist()]


def test_parquet_partitions_give_the_same_as_one_machine(home: Path, cluster, tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist(rows(400)), source, row_group_size=60)
    done = on_cluster(home, cluster, source, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 7
    classify(home, source, "-o", tmp_path / "one.parquet")
    spread = {row["id"]: row for row in result(tmp_path / "out")}
    for row in pq.read_table(tmp_path / "one.parquet").to_pylist():
        assert {name: spread[row["id"]][name] for name in COLUMNS if name != "source"} == {
            name: row[name] for name in COLUMNS if name != "source"
        }


def test_json_lines_with_a_faulty_line_are_cut_at_line_ends(home: Path, cluster, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows(50)]
    source.write_text("\n".join([*lines[:20], "{broken", *lines[20:]]) + "\n", "utf-8")
    done = on_cluster(home, cluster, source, tmp_path / "out")
    assert done.returncode == 3
    assert "#21" in done.stderr
    assert sorted(row["id"] for row in result(tmp_path / "out")) == sorted(row["id"] for row in rows(50))
    again = on_cluster(home, cluster, source, tmp_path / "out")
    assert again.returncode == 3
    assert "#21" in again.stderr


def test_parts_that_exist_are_not_made_again(home: Path, cluster, tmp_path: Path) -> None:
    source = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist(rows(90)), source, row_group_size=30)
    on_cluster(home, cluster, source, tmp_path / "out")
    kept = sorted((tmp_path / "out").glob("*.parquet"))
    kept[0].unlink()
    times = {part: part.stat().st_mtime_ns for part in kept[1:]}
    assert on_cluster(home, cluster, source, tmp_path / "out").returncode == 0
    assert {part: part.stat().st_mtime_ns for part in kept[1:]} == times
    assert len(result(tmp_path / "out")) == 90


def test_without_a_scheduler_a_cluster_is_started_here(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(30)), "utf-8")
    done = classify(home, source, "--engine", "dask", "--jobs", 2, "--format", "parquet", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert len(result(tmp_path / "out")) == 30


def test_folders_of_files_are_for_the_local_engine(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某通知", "utf-8")
    done = classify(home, tmp_path / "a.txt", "--engine", "dask", "--format", "parquet", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "不是表格" in done.stderr
