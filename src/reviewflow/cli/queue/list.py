"""``reviewflow queue list``: what waits, first things first."""

from collections.abc import Sequence
from typing import Any

import click

from reviewflow.cli.queue.filters import filter_options, filters_of
from reviewflow.cli.terminal.person import signed_in
from reviewflow.cli.terminal.table import draw
from reviewflow.services.queue.lists import CaseLine, QueueFilters, QueuePage, QueueView, list_cases
from reviewflow.services.queue.shelves import COUNTED

_HEADINGS = ("编号", "办理道", "剩余", "标题", "类别", "公开属性", "阶段", "请注意")
_MOST = (0, 0, 0, 40, 0, 0, 0, 40)


@click.command("list")
@filter_options
@click.option("--all", "view", flag_value=QueueView.OPEN.value, help="所有在办的，不限于等我办理的。")
@click.option("--decided", "view", flag_value=QueueView.DECIDED.value, help="已确定的。")
@click.option("--withdrawn", "view", flag_value=QueueView.WITHDRAWN.value, help="已撤回的。")
@click.option("--after", type=int, metavar="编号", help="接着这一件往下列（列表末行会写明）。")
@click.option("--size", type=click.IntRange(1, 500), default=20, show_default=True, help="一页几件。")
def list_queue(view: str | None, after: int | None, size: int, **options: Any) -> None:
    """列出等我办理的件：先看办理道（停止、注意、常规），再看剩余天数。

    各项筛选可以同时用，件要全部符合才列出。剩余按工作日计，“*”表示该年放假安排尚未公布，天数为暂定。
    """
    office, actor = signed_in()
    filters = filters_of(options, QueueView(view) if view else QueueView.ALL if options["stage"] else QueueView.WAITING)
    page = list_cases(office, actor, filters, after, size)
    click.echo(list_table(page.lines) if page.lines else _nothing(filters))
    if page.lines:
        click.echo(_ending(page))


def list_table(lines: Sequence[CaseLine]) -> str:
    """Lines as a table."""
    return draw(_HEADINGS, [_cells(line) for line in lines], _MOST)


def _cells(line: CaseLine) -> tuple[str, ...]:
    return (
        str(line.id),
        line.lane.label,
        days_in_words(line.days_left, line.provisional),
        line.title,
        line.category.label if line.category else "未定",
        line.status.label,
        line.stage.label + ("·分歧" if line.split else ""),
        line.attention,
    )


def days_in_words(days: int | None, provisional: bool) -> str:
    """Workdays left, as a clerk says it."""
    if days is None:
        return "—"
    mark = "*" if provisional else ""
    return f"逾期{-days}天{mark}" if days < 0 else f"{days}天{mark}" if days else f"今天{mark}"


def _ending(page: QueuePage) -> str:
    counts = "、".join(f"{lane.label} {_counted(number)}" for lane, number in page.counts.items() if number)
    total = f"{page.total} 件以上" if page.capped else f"{page.total} 件"
    narrowed = "（命中太多，只看了最新的一部分，请把词写长一些）" if page.narrowed else ""
    following = f"\n下一页：同样的命令加 --after {page.next_after}" if page.next_after else ""
    return f"共 {total}{narrowed}：{counts}。{following}"


def _counted(number: int) -> str:
    return f"{number} 件以上" if number >= COUNTED else f"{number} 件"


def _nothing(filters: QueueFilters) -> str:
    if filters == QueueFilters():
        return "没有等您办理的件。用 --all 看所有在办的，--decided 看已确定的。"
    return "没有符合条件的件。"
