"""``reviewflow queue show`` and ``queue history``: one case, and what was done with it."""

from collections.abc import Iterator

import click

from reviewflow.cli.queue.case_sheet import case_json, case_sheet, printable
from reviewflow.cli.queue.timeline import timeline
from reviewflow.cli.terminal.person import signed_in
from reviewflow.services.case.dossier import dossier


@click.command()
@click.argument("case_id", type=int, metavar="编号")
@click.option("--text", is_flag=True, help="看全文（分页）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供其他程序使用。")
def show(case_id: int, text: bool, as_json: bool) -> None:
    """看一件：文件、建议和依据、各道意见、剩余天数、先例、我现在可以做什么。"""
    # Precedents are compared with numpy: what starts the queue's other commands does not wait for it.
    from reviewflow.services.case.case_view import view_of

    office, actor = signed_in()
    opened = dossier(office, actor, case_id)
    if text:
        click.echo_via_pager(_whole(opened.body, opened.outside))
        return
    view = view_of(office, actor, opened)
    click.echo(case_json(view) if as_json else case_sheet(view))


@click.command()
@click.argument("case_id", type=int, metavar="编号")
def history(case_id: int) -> None:
    """看一件的经过：何时、何人、以何身份、做了什么、理由；已作废的签字会注明。"""
    from reviewflow.services.case.case_view import case_history

    office, actor = signed_in()
    click.echo(timeline(case_history(office, actor, case_id)))


def _whole(body: str, outside: str) -> Iterator[str]:
    yield printable(body) + "\n"
    if outside:
        yield f"\n──── 正文以外（页眉、批注、修订、隐藏内容、文件属性等）────\n{printable(outside)}\n"
