"""A real scheduler with two workers, one of which is killed in the middle."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from reviewflow.batch.cluster import work_partition
from reviewflow.configuration.configuration import load_configuration
from tests.integration.real_cluster import RealCluster


@pytest.fixture
def cluster(home: Path, tmp_path: Path) -> Iterator[RealCluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    real = RealCluster(home, 2, folder)
    yield real
    real.close()


def rows(count: int) -> list[dict[str, str | None]]:
    """Rows some of which have a title, a number or an agency and some not."""
    return [
        {
            "id": f"r{n:05d}",
            "title": f"关于第{n}项工作的通知" if n % 3 else None,
            "doc_number": f"云水发〔2024〕{n}号" if n % 5 == 0 else None,
            "agency": None if n % 2 else "云溪县水务局",
            "text": f"各乡镇：第{n}项工作安排如下，请认真执行。" * 20,
        }
        for n in range(count)
    ]


def start(home: Path, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "reviewflow", "classify", *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def records(path: Path) -> list[dict[str, object]]:
    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    return sorted((row for part in parts for row in pq.read_table(part).to_pylist()), key=lambda row: row["id"])


def test_with_one_of_two_workers_killed_the_records_are_those_of_the_local_engine(
    home: Path, cluster: RealCluster, tmp_path: Path, long: bool
) -> None:
    count = 40_000 if long else 1500
    source, out = tmp_path / "in.parquet", tmp_path / "out"
    pq.write_table(pa.Table.from_pylist(rows(count)), source, row_group_size=count // 20)
    run = start(home, source, "--engine", "dask", "--scheduler", cluster.address, "--format", "parquet", "-o", out)
    while len(list(out.glob("*.parquet"))) < 3:
        assert run.poll() is None
        time.sleep(0.02)
    cluster.kill(cluster.workers[0])
    told = run.communicate(timeout=900)[1]
    assert run.returncode == 0, told
    assert len(list(out.iterdir())) == 20
    assert start(home, source, "-o", tmp_path / "one.parquet").wait(timeout=900) == 0
    assert records(out) == records(tmp_path / "one.parquet")


def test_rows_that_kill_every_worker_are_reported_and_the_others_kept(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one process of workers that Dask starts again whenever it has died."""
    import dask
    from distributed import LocalCluster

    from reviewflow.batch import cluster as module

    monkeypatch.setenv("REVIEWFLOW_HOME", str(home))
    monkeypatch.setattr(module, "work_partition", dies_on_the_second)
    source = tmp_path / "in.parquet"
    pq.write_table(pa.Table.from_pylist(rows(30)), source, row_group_size=10)
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50) as local:
        tally = module.run_on_cluster([source], tmp_path / "out", load_configuration(home), 1, local.scheduler_address)
    (trouble,) = tally.troubles
    assert (trouble.code, trouble.source) == ("read.crashed", f"{source}#11-20")
    assert "再运行一次" in trouble.hint
    assert [row["id"] for row in records(tmp_path / "out")] == [f"r{n:05d}" for n in range(30) if not 10 <= n < 20]


def dies_on_the_second(partition, configuration):
    if partition.piece.first_row == 11:
        os._exit(1)
    return work_partition(partition, configuration)


def test_the_configuration_travels_with_the_run_whatever_is_on_the_disk_by_then(home: Path, tmp_path: Path) -> None:
    from reviewflow.batch.cluster import run_on_cluster

    own = Path(shutil.copytree(home, tmp_path / "own"))
    configuration = load_configuration(own)
    (own / "configs" / "rules.yaml").write_text("规则: [没有, 这样的]\n", "utf-8")
    pq.write_table(pa.Table.from_pylist(rows(4)), tmp_path / "in.parquet", row_group_size=2)
    tally = run_on_cluster([tmp_path / "in.parquet"], tmp_path / "out", configuration, 1, None)
    assert (tally.written, tally.troubles) == (4, [])
    assert {row["rules_digest"] for row in records(tmp_path / "out")} == {configuration.rules.digest[:12]}


def test_nobody_at_the_address_is_said(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reviewflow.batch import cluster as module
    from reviewflow.batch import cluster_client
    from reviewflow.errors import ReviewflowError

    monkeypatch.setattr(cluster_client, "_PATIENCE", 1)
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "甲"}) + "\n", "utf-8")
    with pytest.raises(ReviewflowError, match=r"cluster\.unreachable"):
        module.run_on_cluster(
            [tmp_path / "a.jsonl"], tmp_path / "out", load_configuration(home), 1, "tcp://127.0.0.1:9"
        )
