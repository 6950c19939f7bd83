"""``reviewflow classify``: proposals for files, folders and tables."""

import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewflow.cli.terminal.interruption import interruptible
from reviewflow.cli.terminal.troubles import report_troubles
from reviewflow.errors import ReviewflowError

if TYPE_CHECKING:
    from reviewflow.batch.job import Job

FORMATS = ("table", "csv", "xlsx", "jsonl", "parquet", "html")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option("--format", "form", type=click.Choice(FORMATS), help="输出格式；不写时按 -o 的扩展名，否则为 table。")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="输出文件；table 以外的格式必须写。")
@click.option("--jobs", type=click.IntRange(min=1), help="同时使用的进程数，默认为处理器个数。")
@click.option("--engine", type=click.Choice(("local", "dask")), default="local", help="在本机或 Dask 集群上处理。")
@click.option("--scheduler", help="Dask 调度器地址，如 tcp://host:8786；不写时在本机启动。")
@click.option("--errors", type=click.Path(path_type=Path), help="把读不了的文件及原因写入此 CSV 文件。")
@click.option("--resume", is_flag=True, help="接着上次中断的地方继续，已完成的不再处理。")
@click.option("--quiet", is_flag=True, help="不显示进度。")
def classify(
    paths: tuple[str, ...],
    form: str | None,
    output: Path | None,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    errors: Path | None,
    resume: bool,
    quiet: bool,
) -> None:
    """对文件、文件夹或表格（jsonl、csv、parquet）逐件提出公开建议。

    读不了的文件会列出原因，其余照常处理；有读不了的文件时退出码为 3。
    """
    from reviewflow.batch.job import Job, run_job
    from reviewflow.configuration.configuration import load_configuration

    job = Job(paths, _format(form, output), output, jobs or os.cpu_count() or 1, engine, scheduler, resume)
    with _go_on(job):
        done = run_job(job, load_configuration(), show_progress=not quiet)
    if done.rows is not None:
        from reviewflow.cli.proposals import proposals_table

        click.echo(proposals_table(done.rows))
    _report(done.written, done.skipped, output)
    report_troubles(done.troubles, errors, "读不了")


def _format(form: str | None, output: Path | None) -> str:
    chosen = form or (output.suffix.lstrip(".").lower() if output else "table")
    if chosen not in FORMATS:
        raise ReviewflowError(
            "classify.format", f"不认识的输出格式 {chosen}。", f"用 --format 指定：{'、'.join(FORMATS)}。"
        )
    if chosen != "table" and output is None:
        raise ReviewflowError("classify.output", f"{chosen} 格式需要输出文件。", "请加 -o 文件名。")
    if chosen == "table" and output is not None:
        raise ReviewflowError(
            "classify.format", "table 格式只在屏幕上显示。", "写入文件请用 csv、xlsx、jsonl、parquet 或 html。"
        )
    return chosen


def _go_on(job: "Job") -> AbstractContextManager[None]:
    """What to say of an interruption: what goes to the screen alone leaves nothing to go on with."""
    if job.output is None:
        return nullcontext()
    if job.engine == "dask":
        return interruptible("已中断，写完的部分都已保存。用同样的命令再运行一次即可继续。")
    return interruptible("已中断，完成的都已保存。加 --resume 再运行一次即可继续。")


def _report(written: int, skipped: int, output: Path | None) -> None:
    already = f"，此前已完成 {skipped} 件" if skipped else ""
    target = f"，已写入 {output}" if output else ""
    click.echo(f"完成 {written} 件{already}{target}。", err=True)
