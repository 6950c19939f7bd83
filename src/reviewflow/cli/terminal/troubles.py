"""What could not be taken, listed on the screen and for a spreadsheet."""

import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

import click

from reviewflow.batch.troubles import Trouble
from reviewflow.traces import debugging

SOME_UNREADABLE = 3
_SHOWN = 20


def report_troubles(troubles: Sequence[Trouble], errors: Path | None, what: str) -> None:
    """List the first troubles under a heading, write all to ``errors``, and end with exit code 3 if there are any."""
    from reviewflow.batch.troubles import write_troubles

    if errors:
        write_troubles(troubles, errors)
    if not troubles:
        return
    click.echo(f"有 {len(troubles)} 件{what}：", err=True)
    for trouble in troubles[:_SHOWN]:
        click.echo(f"  {trouble.source}：{trouble.message}{trouble.hint} [{trouble.code}]", err=True)
        if debugging() and trouble.trace:
            click.echo(indent(trouble.trace, "    "), err=True)
    if len(troubles) > _SHOWN:
        where = f"见 {errors}" if errors else "请加 --errors 文件名 查看"
        click.echo(f"  ……其余 {len(troubles) - _SHOWN} 件{where}。", err=True)
    sys.exit(SOME_UNREADABLE)
