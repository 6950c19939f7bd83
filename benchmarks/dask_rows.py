"""40,000 rows with gaps: Dask with two workers against one process of the local engine, in one run; and the same records.

A scheduler and two workers are started as an administrator does, outside of what is measured.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from texts import ROOT, rows

sys.path.insert(0, str(ROOT))

from reviewflow.batch.job import Job, run_job
from reviewflow.configuration.configuration import load_configuration


def write_table(path: Path, count: int) -> None:
    """Rows of which a third have no title, and most no number and no agency, in groups of 2,000."""
    base = rows(500)
    table = [
        {
            "id": f"{number:06d}",
            "title": base[number % len(base)]["title"] if number % 3 else None,
            "doc_number": f"云水发〔2024〕{number}号" if number % 5 == 0 else None,
            "agency": "云溪县水务局" if number % 7 == 0 else None,
            "text": f"编号{number}。" + base[number % len(base)]["text"],
        }
        for number in range(count)
    ]
    pq.write_table(pa.Table.from_pylist(table), path, row_group_size=2000)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """All records by id."""
    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    found = [row for part in parts for row in pq.read_table(part).to_pylist()]
    yield from sorted(found, key=lambda row: str(row["id"]))


def seconds(source: Path, output: Path, **engine: Any) -> float:
    """How long a whole classification takes."""
    begin = time.perf_counter()
    run_job(Job((str(source),), "parquet", output, **engine), load_configuration(ROOT))
    return time.perf_counter() - begin


def main() -> None:
    """Print rows a second of each, the ratio, and whether the records are the same."""
    from tests.integration.real_cluster import RealCluster

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=40_000)
    count = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "cluster").mkdir()
        source = folder / "rows.parquet"
        write_table(source, count)
        cluster = RealCluster(ROOT, 2, folder / "cluster")
        try:
            one = seconds(source, folder / "one.parquet", jobs=1)
            two = seconds(source, folder / "two", jobs=2, engine="dask", scheduler=cluster.address)
        finally:
            cluster.close()
        same = all(a == b for a, b in zip(records(folder / "one.parquet"), records(folder / "two"), strict=True))
        print(f"one process     {count / one:8.1f} rows/s")
        print(f"dask, 2 workers {count / two:8.1f} rows/s")
        print(f"ratio           {one / two:8.2f}")
        print(f"same records    {same}")


if __name__ == "__main__":
    main()
