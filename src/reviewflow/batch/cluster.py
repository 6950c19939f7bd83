"""The same work on a Dask cluster: tables in, a folder of Parquet parts out, with the records of the local engine.

Each partition becomes one part, which stands under its name when it is whole; a run that is started again skips the parts
that are there and reports again what was wrong with their rows. A partition that cannot be done is reported with its rows,
and the others are kept. The configuration travels with the run; workers need reviewflow, and the paths of the models, of
input and of output in common. An id that comes twice is seen within a partition only.
"""

import glob
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.batch.cluster_client import cluster_client
from reviewflow.batch.proposing import bounded
from reviewflow.batch.run import Tally
from reviewflow.batch.sources import is_table
from reviewflow.batch.troubles import Trouble, troubles_of_json, troubles_to_json
from reviewflow.configuration.configuration import Configuration
from reviewflow.errors import ReviewflowError
from reviewflow.finished_files import finished_file, unwritable_error
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import TableSlice, iter_slice, slices

if TYPE_CHECKING:
    from distributed import Client, Future

_ROW_GROUP = 2000
_TROUBLES = b"reviewflow.troubles"
"""Under this key a part says which of its rows could not be used."""
_UNMANNED_SECONDS = 60
"""So long a run goes on when all workers are gone: machines that are started again come back in less."""
_LOOK_SECONDS = 0.2
_AGAIN = "然后用同样的命令再运行一次；已完成的部分不会重做。"


@dataclass(frozen=True, slots=True)
class Partition:
    """A slice of one table and the part file it becomes."""

    piece: TableSlice
    part: str

    @property
    def source(self) -> str:
        """The table and the rows, as troubles name them."""
        return f"{self.piece.path}#{self.piece.first_row}-{self.piece.first_row + max(1, self.piece.rows) - 1}"


@dataclass(frozen=True, slots=True)
class PartDone:
    """What came of a partition: records written, and what was wrong with rows."""

    written: int = 0
    troubles: tuple[Trouble, ...] = ()


def run_on_cluster(
    files: list[Path],
    output: Path,
    configuration: Configuration,
    jobs: int,
    scheduler: str | None,
    progress: Callable[[int], object] = lambda _: None,
) -> Tally:
    """Work through tables on the cluster at ``scheduler``, or on one of ``jobs`` processes of this machine.

    ``progress`` is told how many rows each step finished. Raises ReviewflowError ``cluster.*``, ``write.failed``,
    ``batch.*`` and what a faulty configuration raises; parts that were finished before are kept.
    """
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise ReviewflowError("cluster.missing", "没有安装 Dask。", "请运行 pip install 'reviewflow[dask]'。") from None
    tally = Tally()
    work_list = []
    for partition in partitions(files, output, tally.troubles):
        if made := _part_there(Path(partition.part)):
            tally.skipped += made.written
            tally.troubles.extend(made.troubles)
            progress(partition.piece.rows)
        else:
            work_list.append(partition)
    if not work_list:
        return tally
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable_error(output, error) from None
    with cluster_client(jobs, scheduler) as client:
        for partition, done in _results(client, work_list, configuration):
            tally.written += done.written
            tally.troubles.extend(done.troubles)
            progress(partition.piece.rows)
    _sweep(work_list)
    return tally


def _sweep(work_list: list[Partition]) -> None:
    """Remove what workers that were killed had begun to write."""
    for part in (Path(partition.part) for partition in work_list):
        for begun in part.parent.glob(f".{glob.escape(part.name)}.*.writing"):
            begun.unlink(missing_ok=True)


def _results(
    client: "Client", work_list: list[Partition], configuration: Configuration
) -> Iterator[tuple[Partition, PartDone]]:
    """What came of the partitions, as it comes; those with which workers died are tried again alone at the end, since Dask
    blames whatever a worker had before it."""
    from distributed import KilledWorker

    # The result of a task, not scattered data: it travels to each worker once, and Dask makes it again when it is lost.
    shared = client.submit(_same, configuration, pure=False)
    futures = client.map(work_partition, work_list, configuration=shared, pure=False)
    by_key = {future.key: partition for future, partition in zip(futures, work_list, strict=True)}
    suspects = []
    for key, result in _finished(client, futures):
        if isinstance(result, KilledWorker):
            suspects.append(by_key[key])
        else:
            yield by_key[key], _outcome(result, by_key[key])
    for partition in suspects:
        for _, result in _finished(client, [client.submit(work_partition, partition, shared, pure=False)]):
            yield partition, _outcome(result, partition)


def _finished(client: "Client", futures: "list[Future]") -> Iterator[tuple[str, PartDone | BaseException]]:
    """The keys of the futures and what came of them, as they are done. Dask waits for ever for workers that never come
    back, this does not. Raises ReviewflowError ``cluster.no_workers``."""
    from distributed import as_completed

    # With results: asked for later, one that went down with its worker would be waited for.
    completed = as_completed(futures, with_results=True)
    manned = time.monotonic()
    while not completed.is_empty():
        if batch := completed.next_batch(block=False):
            # An error comes as type, error and traceback.
            yield from ((future.key, result[1] if isinstance(result, tuple) else result) for future, result in batch)
            continue
        with suppress(OSError):  # where the connection broke just now, the futures are given up at once
            if client.nthreads():
                manned = time.monotonic()
        if time.monotonic() - manned > _UNMANNED_SECONDS:
            raise _no_workers()
        time.sleep(_LOOK_SECONDS)


def _same(configuration: Configuration) -> Configuration:
    """What is handed over, as a task of which Dask knows how to make it again."""
    return configuration


def partitions(files: list[Path], output: Path, troubles: list[Trouble]) -> list[Partition]:
    """Cut tables into partitions; one that cannot be opened goes to the troubles.

    Raises ReviewflowError ``cluster.tables_only``.
    """
    if other := next((file for file in files if not is_table(file)), None):
        raise ReviewflowError(
            "cluster.tables_only",
            f"{other} 不是表格。",
            "dask 引擎处理 jsonl、parquet、csv 表格；文件夹请用 --engine local。",
        )
    found = []
    names = Counter(file.stem for file in files)
    for file in files:
        name = file.stem if names[file.stem] == 1 else f"{file.stem}-{_short(str(file))}"
        try:
            for number, piece in enumerate(slices(file)):
                found.append(Partition(piece, str(output / f"{name}-{number:05d}.parquet")))
        except ReviewflowError as error:
            troubles.append(Trouble.of(str(file), error))
    return found


def work_partition(partition: Partition, configuration: Configuration) -> PartDone:
    """Propose for one partition and write its part, unless a worker did before it was lost.

    Runs in a worker, and the proposing in a child of it, within the same bounds a document as on one machine. Raises
    ReviewflowError ``batch.*``, ``write.*``.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from reviewflow.batch.writers import arrow_schema

    part, schema, table = Path(partition.part), arrow_schema(), partition.piece.path
    if made := _part_there(part):
        return made
    written, troubles = 0, list[Trouble]()
    with finished_file(part) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        for rows in _rows_of(partition, configuration.settings.reading, troubles):
            results = list(bounded(rows, table, configuration))
            troubles.extend(result for result in results if isinstance(result, Trouble))
            records = [json.loads(result[1]) for result in results if not isinstance(result, Trouble)]
            writer.write_table(pa.Table.from_pylist(records, schema=schema))
            written += len(records)
        writer.add_key_value_metadata({_TROUBLES: troubles_to_json(troubles)})
    return PartDone(written, tuple(troubles))


def _rows_of(partition: Partition, limits: ReadingLimits, troubles: list[Trouble]) -> Iterator[list[dict[str, str]]]:
    """The rows that can be used, some at a time; what is wrong with others goes to the troubles."""
    try:
        for chunk in iter_slice(partition.piece, limits, _ROW_GROUP):
            troubles.extend(Trouble.of(f"{partition.piece.path}#{row}", error) for row, error in chunk.errors)
            yield chunk.rows
    except ReviewflowError as error:
        troubles.append(Trouble.of(partition.source, error))


def _part_there(part: Path) -> PartDone | None:
    """What was made of a partition before; None where there is no part, or one that a power cut has damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(part)
    except (OSError, pa.ArrowException):
        return None
    return PartDone(metadata.num_rows, troubles_of_json((metadata.metadata or {}).get(_TROUBLES, b"[]")))


def _outcome(result: PartDone | BaseException, partition: Partition) -> PartDone:
    """What came of a partition, also when no worker lived to say so. Raises ReviewflowError ``cluster.lost``, and what a
    worker raised for the whole run."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker

    if isinstance(result, PartDone):
        return result
    if isinstance(result, CancelledError):
        raise _lost()
    if isinstance(result, ReviewflowError):
        raise result
    hint = f"请检查各台机器的内存和磁盘，{_AGAIN}"
    name = type(result).__name__
    if isinstance(result, KilledWorker):
        # Workers died with this partition in hand (of memory, or of a kill); Dask had others try, and they died too.
        trouble = Trouble(partition.source, "read.crashed", f"处理这些行的进程一再中止（{name}）。", hint)
    else:
        trouble = Trouble(partition.source, "read.unexpected", f"处理这些行时出现意外错误（{name}）。", hint)
    return PartDone(troubles=(trouble,))


def _lost() -> ReviewflowError:
    return ReviewflowError("cluster.lost", "与 Dask 调度器的连接断了。", f"请检查调度器，{_AGAIN}")


def _no_workers() -> ReviewflowError:
    return ReviewflowError(
        "cluster.no_workers", f"{_UNMANNED_SECONDS} 秒里没有一个 Dask 工作进程。", f"请启动 dask worker，{_AGAIN}"
    )


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
