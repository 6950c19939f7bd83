"""A run on a cluster of which parts are taken away: it ends with a clear error, and is gone on with."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from reviewflow.batch import cluster as module
from reviewflow.batch.cluster import PartDone, Partition, work_partition
from reviewflow.batch.run import Tally
from reviewflow.configuration.configuration import Configuration, load_configuration
from reviewflow.errors import ReviewflowError
from tests.integration.real_cluster import RealCluster


@pytest.fixture
def cluster(home: Path, tmp_path: Path) -> Iterator[RealCluster]:
    """A scheduler, number 0, and one worker, number 1."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    real = RealCluster(home, 1, folder)
    yield real
    real.close()


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Three tables of two rows, a partition each."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in "abc":
        rows = [
            {"id": f"{name}{n}", "title": "关于防汛工作的通知", "text": "各乡镇：请做好防汛工作。"} for n in range(2)
        ]
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return folder


def run(home: Path, tables: Path, out: Path, address: str, progress=lambda _: None) -> Tally:
    return module.run_on_cluster(sorted(tables.iterdir()), out, load_configuration(home), 1, address, progress)


def ids(out: Path) -> list[str]:
    return [row["id"] for part in sorted(out.glob("*.parquet")) for row in pq.read_table(part).to_pylist()]


def dies_on_the_second(partition: Partition, configuration: Configuration) -> PartDone:
    if partition.part.endswith("b-00000.parquet"):
        os._exit(1)
    return work_partition(partition, configuration)


def waits_on_the_second(partition: Partition, configuration: Configuration) -> PartDone:
    if partition.part.endswith("b-00000.parquet"):
        time.sleep(600)
    return work_partition(partition, configuration)


def test_when_the_last_worker_is_gone_the_run_ends_and_goes_on_with_another(
    home: Path, cluster: RealCluster, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_UNMANNED_SECONDS", 1)
    out = tmp_path / "out"
    monkeypatch.setattr(module, "work_partition", dies_on_the_second)
    with pytest.raises(ReviewflowError, match=r"cluster\.no_workers") as caught:
        run(home, tables, out, cluster.address)
    assert "再运行一次" in caught.value.hint
    assert ids(out) == ["a0", "a1"]
    monkeypatch.setattr(module, "work_partition", work_partition)
    cluster.add_worker()
    tally = run(home, tables, out, cluster.address)
    assert (tally.skipped, tally.written, tally.troubles) == (2, 4, [])
    assert ids(out) == ["a0", "a1", "b0", "b1", "c0", "c1"]


def test_when_the_scheduler_is_gone_the_run_ends_and_what_was_done_is_kept(
    home: Path, cluster: RealCluster, tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "work_partition", waits_on_the_second)
    out = tmp_path / "out"
    with pytest.raises(ReviewflowError, match=r"cluster\.lost") as caught:
        run(home, tables, out, cluster.address, lambda _: cluster.kill(0))
    assert "再运行一次" in caught.value.hint
    assert ids(out) == ["a0", "a1"]
