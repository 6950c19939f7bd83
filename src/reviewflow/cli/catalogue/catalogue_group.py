"""``reviewflow catalogue``: looking at the catalogue, keeping it, and exporting it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewflow.cli.terminal.terms import term_option
from reviewflow.cli.terminal.values import DAY
from reviewflow.domain.catalogue import Channel
from reviewflow.domain.terms import Category, Status

if TYPE_CHECKING:
    from reviewflow.services.catalogue.recorded_export import RecordedExport

_FORMS = ("csv", "xlsx", "json", "xml", "html")
_PAGE = 50


@click.group()
def catalogue() -> None:
    """信息公开目录：查看、更正、失效、登记公开渠道、导出。"""


@catalogue.command("list")
@term_option("--status", Status, "公开属性，不写为全部。")
@term_option("--category", Category, "类别，不写为全部。")
@click.option("--all", "out_of_force", is_flag=True, help="连同已撤下的一起列出。")
@click.option("--limit", type=click.IntRange(min=1), default=_PAGE, show_default=True, help="最多列出多少条。")
def list_entries(status: Status | None, category: Category | None, out_of_force: bool, limit: int) -> None:
    """列出目录条目，新的在前。"""
    from reviewflow.cli.catalogue.catalogue_tables import entries_table
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.entries import EntryFilters, visible_entries

    office, actor = signed_in()
    found = visible_entries(office, actor, EntryFilters(status, category, out_of_force))
    click.echo(entries_table(found[:limit]))
    click.echo(f"共 {found.count()} 条。")


@catalogue.command()
@click.argument("index_number", metavar="索引号")
def show(index_number: str) -> None:
    """显示一条的全部字段和公开渠道。"""
    from reviewflow.cli.catalogue.catalogue_tables import entry_lines
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.entries import find_entry

    office, actor = signed_in()
    click.echo("\n".join(entry_lines(find_entry(actor, index_number, office.now()))))


@catalogue.command()
@click.argument("index_number", metavar="索引号")
@click.option("--title", help="信息名称。")
@click.option("--doc-number", help="文号。")
@click.option("--keywords", help="关键词，用分号隔开。")
@click.option("--summary", help="内容概述。")
@click.option("--subclass", help="子类。")
@click.option("--carrier", help="载体类型，如 纸质、磁盘。")
@click.option("--record-form", help="记录形式，如 文本、图表。")
@click.option("--attachments", help="附件名称，用分号隔开。")
@click.option("--remark", help="备注。")
@click.option("--formed-on", help="生成日期，如 2025-11-03。")
@click.option("--reason", required=True, help="为什么更正。")
def amend(index_number: str, reason: str, **fields: str | None) -> None:
    """更正一条的说明性字段；索引号不变，原来的内容留在历史里。"""
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.entries import amend_entry

    office, actor = signed_in()
    changes = {name: text for name, text in fields.items() if text is not None}
    amend_entry(office, actor, index_number, changes, reason)
    click.echo(f"已更正 {index_number}。")


@catalogue.command()
@click.argument("index_number", metavar="索引号")
@click.option("--reason", required=True, help="为什么失效。")
def retire(index_number: str, reason: str) -> None:
    """把一条标为失效；它仍在目录中，并写明失效。"""
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.entries import retire_entry

    office, actor = signed_in()
    retire_entry(office, actor, index_number, reason)
    click.echo(f"{index_number} 已标为失效。")


@catalogue.command()
@click.argument("index_number", metavar="索引号")
@term_option("--channel", Channel, "公开形式。", required=True)
@click.option("--on", "day", type=DAY, help="公开日期，不写为今天。")
@click.option("--address", default="", help="网址。")
def publish(index_number: str, channel: Channel, day: date | None, address: str) -> None:
    """登记一条在某个渠道上公开；同一条可以有几个渠道，仍是一条。"""
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.publication import record_publication

    office, actor = signed_in()
    done = record_publication(office, actor, index_number, channel, day or office.today(), address)
    click.echo(f"已登记：{index_number} 于 {done.published_on} {channel.label}。")


@catalogue.command()
@click.argument("index_number", metavar="索引号")
@term_option("--channel", Channel, "从哪个公开形式撤下。", required=True)
@click.option("--on", "day", type=DAY, help="撤下日期，不写为今天。")
def withdraw(index_number: str, channel: Channel, day: date | None) -> None:
    """登记一条从某个渠道撤下。"""
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.publication import record_withdrawal

    office, actor = signed_in()
    done = record_withdrawal(office, actor, index_number, channel, day or office.today())
    click.echo(f"已登记：{index_number} 于 {done.withdrawn_on} 从{channel.label}撤下。")


@catalogue.command()
@click.argument("index_number", metavar="索引号")
def history(index_number: str) -> None:
    """显示一条历次的变动：何时、何人、为何、改了什么。"""
    from reviewflow.cli.catalogue.catalogue_tables import history_table
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.entries import entry_history

    office, actor = signed_in()
    click.echo(history_table(entry_history(office, actor, index_number)))


@catalogue.command()
@click.option("--format", "form", type=click.Choice(_FORMS), required=True, help="格式；html 是一个文件夹。")
@click.option("--from", "since", type=DAY, help="从哪天确定的开始。")
@click.option("--to", "until", type=DAY, help="到哪天确定的为止。")
@term_option("--category", Category, "只要这一类。")
@term_option("--status", Status, "不写为主动公开；不予公开的不能导出。", default=Status.PROACTIVE.value)
@click.option("--without-retired", is_flag=True, help="不要已失效的。")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="写到哪个文件或文件夹。")
def export(
    form: str,
    since: date | None,
    until: date | None,
    category: Category | None,
    status: Status,
    without_retired: bool,
    output: Path,
) -> None:
    """导出目录。只有三道审查都已签字、仍然有效力的条目，只有可以公开的字段。"""
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.catalogue.export import ExportSelection, export_catalogue

    office, actor = signed_in()
    selection = ExportSelection(since, until, category, status, not without_retired)
    click.echo(exported_line(export_catalogue(office, actor, output, form, selection)))


def exported_line(done: "RecordedExport") -> str:
    """What was written, in one line."""
    return f"共 {done.count} 条，已写入 {done.path}。SHA-256：{done.digest}"
