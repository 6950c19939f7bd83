"""Proposals as a table on a terminal."""

from collections.abc import Sequence
from typing import Any

from reviewflow.cli.terminal.table import draw
from reviewflow.explained.words import attention_in_words, lane_name

_HEADINGS = ("办理道", "标题", "建议类别", "公开属性", "依据", "请注意")
_MOST = (0, 44, 0, 0, 26, 44)


def proposals_table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows, those to hold or look at first, as an aligned table; ends with a count per lane."""
    order = {"hold": 0, "attention": 1, "clear": 2}
    ranked = sorted(rows, key=lambda row: order[row["lane"]])
    counted = {lane: sum(row["lane"] == lane for row in rows) for lane in order}
    summary = "、".join(f"{lane_name(lane)} {number} 件" for lane, number in counted.items())
    return draw(_HEADINGS, [_cells(row) for row in ranked], _MOST) + f"\n共 {len(rows)} 件：{summary}。"


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    category = f"{row['category_name']} {row['category_confidence']:.0%}" if row["category_name"] else "请审查人确定"
    return (
        lane_name(row["lane"]),
        row["title"] or row["source"],
        category,
        row["status_name"],
        " ".join(row["bases"][:1]),
        attention_in_words(row),
    )
