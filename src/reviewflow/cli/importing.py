"""``reviewflow import``: documents into the review queue."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewflow.cli.terminal.interruption import interruptible
from reviewflow.cli.terminal.troubles import report_troubles

if TYPE_CHECKING:
    from reviewflow.services.intake.importing import Imported

_SHOWN = 20


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
@click.option("--section", help="提交到哪个科室；只属于一个科室的人可以不写。")
@click.option("--jobs", type=click.IntRange(min=1), help="同时使用的进程数，默认为处理器个数。")
@click.option("--errors", type=click.Path(path_type=Path), help="把没有收下的文件及原因写入此 CSV 文件。")
@click.option("--supersedes", type=int, metavar="案件号", help="这一个文件更换哪一件的文件。")
@click.option("--quiet", is_flag=True, help="不显示进度。")
def import_documents(
    paths: tuple[str, ...],
    section: str | None,
    jobs: int | None,
    errors: Path | None,
    supersedes: int | None,
    quiet: bool,
) -> None:
    """提交文件、文件夹或表格（jsonl、csv、parquet）：逐件提出建议，排入科室的审查队列。

    同一份文件只收一次，换了文件名也一样；中断后再运行一次同样的命令即可继续。来源相同、文号（或标题和日期）相同而内容
    改过的文件会更换原来的文件，该件退回科室重新审查；别处来的更正文件用 --supersedes 指明。表格的 section（科室）列
    不起作用，都收到 --section 的科室。有没有收下的文件时退出码为 3。
    """
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.access import only_section
    from reviewflow.services.intake.importing import import_paths

    office, actor = signed_in()
    place = section or only_section(actor, office.now())
    with interruptible("已中断，收下的都已保存。用同样的命令再运行一次即可继续。"), ImportingBar(quiet) as bar:
        done = import_paths(office, actor, place, paths, jobs or os.cpu_count() or 1, bar.show, supersedes)
    _report(done)
    report_troubles(done.troubles, errors, "没有收下")


class ImportingBar:
    """A line that shows how far the import is, at what rate, and how long it will take."""

    def __init__(self, quiet: bool) -> None:
        from tqdm import tqdm

        self._bar = tqdm(unit="件", disable=True if quiet else None, dynamic_ncols=True)

    def __enter__(self) -> "ImportingBar":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()

    def show(self, number: int, total: int) -> None:
        """Move on by so many documents of so many."""
        self._bar.total = max(total, self._bar.n + number)
        self._bar.update(number)


def _report(done: "Imported") -> None:
    from reviewflow.domain.terms import Lane

    lanes = "，".join(f"{lane.label} {done.lanes[lane.value]} 件" for lane in Lane if done.lanes.get(lane.value))
    click.echo(f"新收 {done.new} 件{'：' + lanes if lanes else ''}。")
    if done.superseded:
        numbers = "、".join(map(str, done.superseded[:_SHOWN])) + ("等" if len(done.superseded) > _SHOWN else "")
        click.echo(f"更换文件 {len(done.superseded)} 件（案件号 {numbers}），已退回科室重新审查。")
    if done.known:
        click.echo(f"此前已收过 {done.known} 件，没有重复收。")
