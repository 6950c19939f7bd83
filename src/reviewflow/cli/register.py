"""``reviewflow register``: the internal register of 不予公开 items."""

from datetime import date
from pathlib import Path

import click

from reviewflow.cli.terminal.values import DAY

_FORMS = ("csv", "xlsx")


@click.group()
def register() -> None:
    """不予公开登记簿（内部使用）和到期评估清单。"""


@register.command("list")
@click.option("--from", "since", type=DAY, help="从哪天决定的开始。")
@click.option("--to", "until", type=DAY, help="到哪天决定的为止。")
@click.option("--basis", default="", help="只要依据这一条的，写依据代码。")
def list_items(since: date | None, until: date | None, basis: str) -> None:
    """列出不予公开的信息。"""
    from reviewflow.cli.catalogue.catalogue_tables import register_table
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.register import RegisterFilters, withheld_items

    office, actor = signed_in()
    items = list(withheld_items(office, actor, RegisterFilters(since, until, basis)))
    click.echo(register_table(items))
    click.echo(f"共 {len(items)} 件。")


@register.command()
@click.option("--days", type=click.IntRange(min=0), default=30, show_default=True, help="多少天之内到期。")
def due(days: int) -> None:
    """列出到期该重新评估的，先到期的在前（条例第十八条）。"""
    from reviewflow.cli.catalogue.catalogue_tables import register_table
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.register import due_items

    office, actor = signed_in()
    items = list(due_items(office, actor, days))
    click.echo(register_table(items))
    click.echo(f"{days} 天之内到期 {len(items)} 件。")


@register.command()
@click.option("--format", "form", type=click.Choice(_FORMS), required=True, help="格式。")
@click.option("--from", "since", type=DAY, help="从哪天决定的开始。")
@click.option("--to", "until", type=DAY, help="到哪天决定的为止。")
@click.option("--basis", default="", help="只要依据这一条的，写依据代码。")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="写到哪个文件。")
def export(form: str, since: date | None, until: date | None, basis: str, output: Path) -> None:
    """导出登记簿，仅供内部使用。"""
    from reviewflow.cli.catalogue.catalogue_group import exported_line
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.register import RegisterFilters, export_register

    office, actor = signed_in()
    done = export_register(office, actor, output, form, RegisterFilters(since, until, basis))
    click.echo(exported_line(done))
    click.echo("登记簿只供内部使用，不得公开。", err=True)
