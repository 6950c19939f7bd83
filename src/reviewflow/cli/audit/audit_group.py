"""``reviewflow audit``: verify the chain, print its head, read the record."""

import sys
from pathlib import Path

import click


@click.group()
def audit() -> None:
    """核验审计链、打印链首、查看记录。"""


@audit.command()
@click.option(
    "--anchor", "given", multiple=True, metavar="链首", help="纸面上记下的链首，如 123:9f86d081884c，可写多个。"
)
@click.option("--key", type=click.Path(path_type=Path), help="密钥文件；不写时用设置中的那一个。")
@click.option("--quiet", is_flag=True, help="不显示进度。")
def verify(given: tuple[str, ...], key: Path | None, quiet: bool) -> None:
    """核验全部记录，指出第一条有问题的记录。不需要登录；有问题时退出码为 1。

    检查内容：记录有没有被改动、删除、插入、调换、截去；签字、文件、建议、目录条目、登记与记录是否相符。
    """
    from reviewflow.cli.audit.audit_words import VerifyingBar, verdict_in_words
    from reviewflow.services.operations.present_ledger import verify_present_ledger

    with VerifyingBar(quiet) as bar:
        verdict = verify_present_ledger(given, key, bar.show)
    click.echo(verdict_in_words(verdict))
    if not verdict.good:
        sys.exit(1)


@audit.command()
def anchor() -> None:
    """打印链首，抄在月度报告上；同时记入密钥旁的 anchors.txt。不需要登录。"""
    from reviewflow.services.audit.verify import anchor_chain
    from reviewflow.services.office import open_office

    made = anchor_chain(open_office())
    click.echo(f"链首  {made.sequence}:{made.hash}\n时间  {made.at}")
    click.echo(f"以后核验：reviewflow audit verify --anchor {made.sequence}:{made.hash}", err=True)


@audit.command()
@click.option("--case", "case_id", type=click.IntRange(min=1), metavar="件号", help="只看这一件的记录。")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="最多列出最近多少条。")
def log(case_id: int | None, limit: int) -> None:
    """查看记录：谁在什么时候做了什么。管理员只看得到账号和运行方面的记录。"""
    from reviewflow.cli.audit.audit_words import record_table
    from reviewflow.cli.terminal.person import signed_in
    from reviewflow.services.audit import verify as auditing

    office, actor = signed_in()
    noted = auditing.case_log(office, actor, case_id) if case_id else auditing.newest_log(office, actor, limit)
    click.echo(record_table(noted))
