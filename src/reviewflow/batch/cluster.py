"""The same work on a Dask cluster: partitions of JSON Lines or Parquet in, a folder of Parquet parts out.

Each partition becomes one part file, written under a temporary name and then renamed; a run that is started again
skips the parts that exist. Workers need reviewflow, its configuration (REVIEWFLOW_HOME) and the paths of input
and output in common.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.batch.sources import is_table
from reviewflow.batch.troubles import Trouble
from reviewflow.errors import ReviewflowError
from reviewflow.settings import Settings
from reviewflow.text.reading import TableSlice, read_slice, slices

if TYPE_CHECKING:
    from reviewflow.batch.job import Done, Job


@dataclass(frozen=True, slots=True)
class Partition:
    """A slice of one table and the part file it becomes."""

    piece: TableSlice
    table: str
    part: str


@dataclass(frozen=True, slots=True)
class PartDone:
    """What came of a partition."""

    written: int
    troubles: tuple[Trouble, ...]
    skipped: bool = False


def partitions(files: list[Path], output: Path) -> list[Partition]:
    """Cut tables into partitions. Raises ReviewflowError ``cluster.tables_only``."""
    found = []
    for file in files:
        if not is_table(file):
            raise ReviewflowError(
                "cluster.tables_only",
                f"{file} 不是表格。",
                "dask 引擎处理 jsonl、parquet、csv 表格；文件夹请用 --engine local。",
            )
        for number, piece in enumerate(slices(file)):
            found.append(Partition(piece, str(file), str(output / f"{file.stem}-{number:05d}.parquet")))
    return found


def work_partition(partition: Partition, settings: Settings) -> PartDone:
    """Propose for one partition and write its part file. Runs in a worker."""
    import pandas as pd

    from reviewflow.pipeline import propose_frame

    part = Path(partition.part)
    if part.exists():
        return PartDone(0, (), skipped=True)
    chunk = read_slice(partition.piece, settings.reading)
    rows = [{**row, "source": partition.table} for row in chunk.rows]
    proposed = propose_frame(pd.DataFrame(rows)) if rows else pd.DataFrame()
    _write(proposed, part)
    troubles = tuple(Trouble.of(f"{partition.table}#{number}", error) for number, error in chunk.errors)
    return PartDone(len(proposed), troubles)


def _write(frame: Any, part: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from reviewflow.batch.writers import arrow_schema

    schema = arrow_schema()
    table = pa.Table.from_pylist(frame.to_dict("records"), schema=schema)
    temporary = part.with_suffix(".writing")
    pq.write_table(table, temporary, compression="zstd")
    temporary.replace(part)


def run_on_cluster(job: "Job", files: list[Path], troubles: list[Trouble], settings: Settings) -> "Done":
    """Carry out a job on a Dask cluster: the one at ``job.scheduler``, or a local one of ``job.jobs`` processes."""
    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError:
        raise ReviewflowError("cluster.missing", "没有安装 Dask。", "请运行 pip install 'reviewflow[dask]'。") from None
    from reviewflow.batch.job import Done

    if job.form != "parquet" or job.output is None:
        raise ReviewflowError("cluster.format", "dask 引擎只写 parquet。", "请用 --format parquet -o 文件夹名。")
    job.output.mkdir(parents=True, exist_ok=True)
    work_list = partitions(files, job.output)
    with ExitStack() as stack:
        address = job.scheduler or stack.enter_context(
            LocalCluster(n_workers=job.jobs, threads_per_worker=1, dashboard_address=None)
        )
        client = stack.enter_context(Client(address))
        futures = client.map(work_partition, work_list, settings=settings, pure=False)
        parts = [future.result() for future in as_completed(futures)]
    found = troubles + [trouble for part in parts for trouble in part.troubles]
    return Done(sum(part.written for part in parts), sum(part.skipped for part in parts), found)
