"""``reviewflow queue``: looking at cases and acting on them."""

import click

from reviewflow.cli.queue.acts import (
    answer,
    change,
    consult,
    declassify,
    refer,
    reopen,
    return_case,
    undo,
    withdraw,
)
from reviewflow.cli.queue.agree import agree
from reviewflow.cli.queue.list import list_queue
from reviewflow.cli.queue.show import history, show


@click.group()
def queue() -> None:
    """查看和办理审查队列。

    科室初审 → 办公室汇总审查 → 主管局长确定。每一步都以本人登录的账号签字，记入审计链。
    """


for command in (
    list_queue,
    show,
    agree,
    change,
    return_case,
    refer,
    consult,
    answer,
    withdraw,
    reopen,
    declassify,
    undo,
    history,
):
    queue.add_command(command)
