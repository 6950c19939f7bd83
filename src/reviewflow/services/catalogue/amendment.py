"""New text for the descriptive fields of an entry: read, measured, and searched for what must not be said."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from reviewflow.domain.catalogue import CarrierType, RecordForm
from reviewflow.domain.clock import local_day
from reviewflow.domain.terms import Term
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.catalogue.description import SEPARATOR, guard_of
from reviewflow.text.sensitive import Detectors

_WORDS = re.compile(r"[；;、，,\n]+")
_NAMES = re.compile(r"[；;\n]+")


@dataclass(frozen=True, slots=True)
class _Column:
    """A field's Chinese name, the characters it holds, and how a text becomes its value (None: unfit)."""

    label: str
    longest: int
    read: Callable[[str, date], str | date | None]


def _line(text: str, today: date) -> str:
    return " ".join(text.split())


def _required(text: str, today: date) -> str | None:
    return _line(text, today) or None


def _words(text: str, today: date) -> str:
    return SEPARATOR.join(word for raw in _WORDS.split(text) if (word := _line(raw, today)))


def _names(text: str, today: date) -> str:
    return "\n".join(name for raw in _NAMES.split(text) if (name := _line(raw, today)))


def _day(text: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day <= today else None


def _member(terms: type[Term]) -> Callable[[str, date], str | None]:
    def read(text: str, today: date) -> str | None:
        return next((str(one.value) for one in terms if text.strip() in (one.value, one.label)), None)

    return read


FIELDS: Mapping[str, _Column] = {
    "title": _Column("信息名称", 500, _required),
    "doc_number": _Column("文号", 120, _line),
    "keywords": _Column("关键词", 300, _words),
    "summary": _Column("内容概述", 500, _line),
    "subclass": _Column("子类", 60, _line),
    "carrier": _Column("载体类型", 20, _member(CarrierType)),
    "record_form": _Column("记录形式", 20, _member(RecordForm)),
    "attachments": _Column("附件", 3000, _names),
    "remark": _Column("备注", 500, _line),
    "formed_on": _Column("生成日期", 10, _day),
}
"""what may be amended"""


def apply_changes(
    entry: rows.CatalogueEntry, changes: Mapping[str, str], at: datetime, detectors: Detectors
) -> list[str]:
    """Set fields of an entry to new text; gives the names of those that changed. Does not save.

    Raises ReviewflowError ``catalogue.field``, ``catalogue.value``, ``catalogue.sensitive`` (which names kinds, never
    the text), ``catalogue.no_change``.
    """
    values = {name: _value(name, text, local_day(at)) for name, text in changes.items()}
    changed = [name for name, value in values.items() if value != getattr(entry, name)]
    if not changed:
        raise ReviewflowError("catalogue.no_change", "没有要改的内容。", "请写明与现在不同的新内容。")
    _check_sensitive(entry, [value for name in changed if isinstance(value := values[name], str)], detectors)
    for name in changed:
        setattr(entry, name, values[name])
    return sorted(changed)


def _value(name: str, text: str, today: date) -> str | date:
    column = FIELDS.get(name)
    if column is None:
        known = "、".join(one.label for one in FIELDS.values())
        raise ReviewflowError(
            "catalogue.field",
            "这一项不能更正。",
            f"可以更正：{known}。公开属性、类别和正文要改变时，请用“重新审查”。",
        )
    value = column.read(text, today)
    if value is None:
        raise ReviewflowError("catalogue.value", f"{column.label}的内容不合适。", _hint(name))
    if isinstance(value, str) and len(value) > column.longest:
        raise ReviewflowError("catalogue.value", f"{column.label}超过 {column.longest} 个字符。", "请缩短后再试。")
    return value


def _hint(name: str) -> str:
    terms: dict[str, type[Term]] = {"carrier": CarrierType, "record_form": RecordForm}
    if name in terms:
        return f"可用：{'、'.join(one.label for one in terms[name])}。"
    return "日期写成 2025-11-03，不能晚于今天。" if name == "formed_on" else "不能为空。"


def _check_sensitive(entry: rows.CatalogueEntry, texts: list[str], detectors: Detectors) -> None:
    kinds = guard_of(entry.document_id, detectors).kinds_in("\n".join(texts))
    if kinds:
        named = "、".join(kind.label if kind else "文件中不显示的内容" for kind in kinds)
        raise ReviewflowError(
            "catalogue.sensitive", f"新内容里有须遮盖的{named}，没有更正。", "请遮盖后再写，如王某某。"
        )
