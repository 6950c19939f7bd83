"""The filters of a list of cases, as options that several commands share."""

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

import click

from reviewflow.cli.terminal.terms import term_option
from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.services.queue.lists import QueueFilters, QueueView

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    term_option("--stage", Stage, "只看这个阶段的，不限于等我办理的。"),
    click.option("--section", default="", metavar="科室", help="只看这个科室的。"),
    term_option("--lane", Lane, "只看这个办理道的。"),
    term_option("--category", Category, "只看这个类别的。"),
    term_option("--status", Status, "只看这个公开属性的。"),
    click.option("--older-than", type=click.IntRange(0, 99999), metavar="天", help="提交已超过这么多天的。"),
    click.option(
        "--due-within",
        type=click.IntRange(0, 9999),
        metavar="天",
        help="剩余不超过这么多个工作日的（含已逾期）。",
    ),
    click.option("--overdue", is_flag=True, help="只看已逾期的。"),
    click.option("--split", is_flag=True, help="只看科室与办公室意见不一致的。"),
    click.option("--text", default="", metavar="词", help="标题或正文中有这个词的。"),
)


def filter_options(command: _Command) -> _Command:
    """Give a command the options; it takes them as keywords for ``filters_of``."""
    return reduce(lambda inner, option: option(inner), reversed(_OPTIONS), command)


def filters_of(options: dict[str, Any], view: QueueView = QueueView.WAITING) -> QueueFilters:
    """The filters that the options name."""
    return QueueFilters(view=view, **options)
