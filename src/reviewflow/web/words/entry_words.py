"""An entry in words: what the public will read of it, what may be amended, what each revision changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reviewflow.domain.catalogue import CarrierType, RecordForm
from reviewflow.domain.terms import Category, Status, Term
from reviewflow.records import models as rows
from reviewflow.services.catalogue.amendment import FIELDS
from reviewflow.services.catalogue.description import SEPARATOR
from reviewflow.services.catalogue.entries import Revision
from reviewflow.services.catalogue.export import channels_of, published_on
from reviewflow.web.templatetags.desk import day

_TERMS: Mapping[str, type[Term]] = {
    "category": Category,
    "status": Status,
    "carrier": CarrierType,
    "record_form": RecordForm,
}
_YES_NO = {
    "valid": ("有效", "失效"),
    "in_force": ("在目录中", "已撤下"),
    "body_open": ("随目录公开", "不随目录公开"),
}
_LABELS = {name: column.label for name, column in FIELDS.items()} | {
    "category": "类别",
    "status": "公开属性",
    "duty_department": "公开责任部门",
    "valid": "信息有效性",
    "in_force": "目录",
    "body_open": "正文",
    "decided_on": "确定日期",
    "file": "文件校验值",
}
_LONG = frozenset(("summary", "attachments", "remark"))
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class AmendableField:
    """A field that may be amended: ``kind`` is line, text, day or choice."""

    name: str
    label: str
    value: str
    longest: int
    kind: str
    choices: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after a revision, in words."""

    label: str
    before: str
    after: str


def public_facts(entry: rows.CatalogueEntry, publications: list[rows.Publication]) -> list[tuple[str, str]]:
    """The fields that the public will read, with their names, in the order of the published page."""
    channels = channels_of(publications)
    return [
        ("索引号", entry.index_number),
        ("公开责任部门", entry.duty_department),
        ("文号", entry.doc_number),
        ("类别", Category(entry.category).label),
        ("子类", entry.subclass),
        ("信息有效性", _in_words("valid", entry.valid)),
        ("生成日期", day(entry.formed_on)),
        ("公开日期", day(published_on(entry, publications))),
        ("公开类别", Status(entry.status).label),
        ("公开形式", "、".join(channel.label for channel in channels)),
        ("载体类型", _in_words("carrier", entry.carrier)),
        ("记录形式", _in_words("record_form", entry.record_form)),
        ("关键词", "、".join(entry.keywords.split(SEPARATOR))),
        ("内容概述", entry.summary),
        ("备注", entry.remark),
    ]


def fields_of(entry: rows.CatalogueEntry, typed: Mapping[str, str]) -> Iterator[AmendableField]:
    """What may be amended, with what was typed already before what stands."""
    for name, column in FIELDS.items():
        value = getattr(entry, name)
        kind = "day" if isinstance(value, date) else "choice" if name in _TERMS else "text" if name in _LONG else "line"
        shown = value.isoformat() if isinstance(value, date) else str(value)
        choices = tuple(_TERMS[name]) if name in _TERMS else ()
        yield AmendableField(name, column.label, typed.get(name, shown), column.longest, kind, choices)


def changes_of(states: list[Revision]) -> Iterator[tuple[Revision, list[FieldChange]]]:
    """Each revision, newest first, with what it changed."""
    by_number = {one.number: one for one in states}
    for state in reversed(states):
        before = by_number.get(state.number - 1)
        yield state, [_change(name, before, state) for name in state.changed if before is not None]


def _change(name: str, before: Revision, after: Revision) -> FieldChange:
    return FieldChange(
        _LABELS.get(name, name), _in_words(name, before.fields.get(name)), _in_words(name, after.fields[name])
    )


def _in_words(name: str, value: Any) -> str:
    """A field's value as a person reads it."""
    if name in _YES_NO:
        return _YES_NO[name][0 if value else 1]
    if name in _TERMS:
        return _TERMS[name](value).label if value else ""
    if name == "file":
        return f"{str(value)[:_DIGITS]}…"
    return "；".join(str(value or "").splitlines())
