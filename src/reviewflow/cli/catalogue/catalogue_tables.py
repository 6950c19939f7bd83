"""The catalogue and the register on a terminal."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reviewflow.cli.terminal.table import draw
from reviewflow.domain.catalogue import CarrierType, Channel, RecordForm, Withheld
from reviewflow.domain.clock import local
from reviewflow.domain.terms import Category, Status
from reviewflow.services.catalogue.amendment import FIELDS

if TYPE_CHECKING:
    from reviewflow.records import models as rows
    from reviewflow.services.catalogue.entries import Revision

_LABELS = {name: column.label for name, column in FIELDS.items()} | {
    "category": "类别",
    "status": "公开属性",
    "duty_department": "公开责任部门",
    "valid": "信息有效性",
    "in_force": "是否在目录中",
    "body_open": "正文可否导出",
    "decided_on": "确定日期",
    "file": "文件",
}


def entries_table(entries: Iterable["rows.CatalogueEntry"]) -> str:
    """Entries, a line each."""
    lines = [
        (
            entry.index_number,
            entry.title,
            Category(entry.category).label,
            Status(entry.status).label,
            entry.decided_on.isoformat(),
            _state(entry),
        )
        for entry in entries
    ]
    return draw(("索引号", "信息名称", "类别", "公开属性", "确定日期", "状态"), lines, (0, 50, 0, 0, 0, 0))


def entry_lines(entry: "rows.CatalogueEntry") -> Iterator[str]:
    """All fields of an entry, then its publications."""
    yield f"索引号：{entry.index_number}（第 {entry.case_id} 件，{_state(entry)}）"
    yield f"信息名称：{entry.title}"
    yield f"文号：{entry.doc_number}"
    yield f"类别：{Category(entry.category).label}　子类：{entry.subclass}"
    yield f"公开属性：{Status(entry.status).label}　公开责任部门：{entry.duty_department}"
    yield f"载体类型：{CarrierType(entry.carrier).label}　记录形式：{RecordForm(entry.record_form).label}"
    yield f"关键词：{entry.keywords}"
    yield f"内容概述：{entry.summary}"
    yield f"生成日期：{entry.formed_on}　确定日期：{entry.decided_on}"
    yield f"正文：{'可以导出' if entry.body_open else '不导出'}"
    yield f"附件：{'；'.join(entry.attachments.splitlines())}"
    yield f"备注：{entry.remark}"
    for one in entry.publications.order_by("published_on", "id"):
        ended = f"，{one.withdrawn_on} 撤下" if one.withdrawn_on else ""
        yield f"公开：{one.published_on} {Channel(one.channel).label} {one.address}".rstrip() + ended


def history_table(states: Sequence["Revision"]) -> str:
    """The states of an entry, a line each, with the names of what changed."""
    lines = [
        (
            str(one.number),
            f"{local(one.at):%Y-%m-%d %H:%M}",
            one.by,
            "、".join(_LABELS.get(name, name) for name in one.changed) or "—",
            one.reason,
        )
        for one in states
    ]
    return draw(("次序", "时间", "何人", "改动", "理由"), lines, (0, 0, 0, 40, 100))


def register_table(items: Iterable[Withheld]) -> str:
    """Withheld items, a line each."""
    lines = [
        (item.number, item.title, item.section, item.decided_on.isoformat(), item.reassess_on.isoformat())
        for item in items
    ]
    return draw(("编号", "信息名称", "科室", "决定日期", "重新评估日期"), lines, (0, 50, 0, 0, 0))


def _state(entry: "rows.CatalogueEntry") -> str:
    if not entry.in_force:
        return "已撤下"
    return "有效" if entry.valid else "失效"
