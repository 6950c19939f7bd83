"""A whole classification job: what to read, where to write, with which engine."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reviewflow.batch.crew import worth
from reviewflow.batch.journal import Journal, journal_path, read_records
from reviewflow.batch.run import expected, run
from reviewflow.batch.scratch import scratch_folder
from reviewflow.batch.sources import find_files
from reviewflow.batch.troubles import Trouble
from reviewflow.batch.writers import finish, reopen
from reviewflow.configuration.configuration import Configuration
from reviewflow.errors import DiskError, ReviewflowError

if TYPE_CHECKING:
    from tqdm import tqdm


@dataclass(frozen=True, slots=True)
class Job:
    """The request. ``form`` is one of reviewflow.batch.writers.FORMATS; ``output`` is None for a table alone."""

    paths: tuple[str, ...]
    form: str
    output: Path | None
    jobs: int
    engine: str = "local"
    scheduler: str | None = None
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """How it went. ``rows`` are the records themselves when they go to the screen."""

    written: int
    skipped: int
    troubles: list[Trouble]
    rows: list[dict[str, Any]] | None = None


def run_job(job: Job, configuration: Configuration, *, show_progress: bool = False) -> Done:
    """Carry out a job, all of it by one configuration.

    Raises ReviewflowError; what was finished before an error or interruption is kept.
    """
    files, troubles = find_files(job.paths)
    if job.engine == "dask":
        done = _run_on_cluster(job, files, configuration, show_progress)
        return Done(done.written, done.skipped, troubles + done.troubles)
    if job.output is None:
        with scratch_folder() as folder:
            done = _run(job, files, folder / "rows.jsonl.partial", configuration, show_progress)
            rows = list(read_records(folder / "rows.jsonl.partial"))
        return Done(done.written, done.skipped, troubles + done.troubles, rows)
    journal = _prepare(job.output, job)
    done = _run(job, files, journal, configuration, show_progress)
    finish(journal, job.output, job.form, configuration)
    return Done(done.written, done.skipped, troubles + done.troubles)


def _prepare(output: Path, job: Job) -> Path:
    """The journal's path, after earlier work was found or refused."""
    journal = journal_path(output)
    if not output.parent.is_dir():
        raise DiskError("write.failed", f"无法写入 {output}：文件夹不存在。", "请先建立该文件夹。")
    if job.resume and not journal.exists() and output.exists():
        reopen(output, job.form, journal)
    if not job.resume and journal.exists() and journal.stat().st_size:
        raise ReviewflowError(
            "write.unfinished", f"{output} 有一次没有完成的运行。", f"加 --resume 继续；要从头来，请先删除 {journal}。"
        )
    return journal


def _run(job: Job, files: list[Path], journal_file: Path, configuration: Configuration, show_progress: bool) -> Done:
    journal = Journal(journal_file, resume=job.resume)
    total = expected(files)
    try:
        with _progress_bar(total, show_progress) as bar:
            tally = run(files, configuration, journal, worth(job.jobs, total), bar.update)
    finally:
        journal.close()
    return Done(tally.written, tally.skipped, tally.troubles)


def _run_on_cluster(job: Job, files: list[Path], configuration: Configuration, show_progress: bool) -> Done:
    from reviewflow.batch.cluster import run_on_cluster

    if job.form != "parquet" or job.output is None:
        raise ReviewflowError("cluster.format", "dask 引擎只写 parquet。", "请用 --format parquet -o 文件夹名。")
    with _progress_bar(expected(files), show_progress) as bar:
        tally = run_on_cluster(files, job.output, configuration, job.jobs, job.scheduler, bar.update)
    return Done(tally.written, tally.skipped, tally.troubles)


def _progress_bar(total: int, show: bool) -> "tqdm[None]":
    from tqdm import tqdm

    return tqdm(total=total, unit="件", disable=None if show else True, dynamic_ncols=True)
