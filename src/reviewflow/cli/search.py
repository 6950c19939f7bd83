"""``reviewflow search``: cases by words of their title or text."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reviewflow.services.queue.search import SearchPage


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="词…")
@click.option("--page", type=click.IntRange(min=1), default=1, help="第几页。")
def search(words: tuple[str, ...], page: int) -> None:
    """查找标题或正文里有这些字的件，一个字也可以查；不分全角半角、大小写和空格。

    几个词之间的空格不计，按连着写查找。最新提交的在前；科室只查本科室的。
    """
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.queue.search import find_cases

    office, actor = signed_in()
    found = find_cases(office, actor, "".join(words), page)
    if not found.cases:
        click.echo("没有找到。" if page == 1 else "没有更多了。")
        return
    click.echo(_table(found))
    if found.more:
        click.echo(f"还有更多，看下一页请加 --page {page + 1}。")


def _table(found: "SearchPage") -> str:
    from reviewflow.cli.terminal.table import draw
    from reviewflow.domain.review import Stage
    from reviewflow.domain.terms import Status

    lines = [
        (str(row.pk), row.title, row.section.name, Stage(row.stage).label, Status(row.status).label)
        for row in found.cases
    ]
    return draw(("案件号", "标题", "科室", "阶段", "公开属性"), lines, (0, 60, 0, 0, 0))
