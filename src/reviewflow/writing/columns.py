"""The columns of the catalogue as a table: CSV and XLSX have the same. The full text is not among them."""

from collections.abc import Callable
from datetime import date

from reviewflow.domain.catalogue import Entry
from reviewflow.writing.public import validity

COLUMNS: tuple[tuple[str, int, Callable[[Entry], str | date | tuple[str, ...]]], ...] = (
    ("索引号", 23, lambda entry: entry.index_number),
    ("信息名称", 28, lambda entry: entry.title),
    ("文号", 12, lambda entry: entry.doc_number),
    ("类别", 8, lambda entry: entry.category.label),
    ("子类", 8, lambda entry: entry.subclass),
    ("公开类别", 10, lambda entry: entry.status.label),
    ("关键词", 14, lambda entry: entry.keywords),
    ("内容概述", 32, lambda entry: entry.summary),
    ("载体类型", 8, lambda entry: entry.carrier.label),
    ("记录形式", 8, lambda entry: entry.record_form.label),
    ("公开形式", 10, lambda entry: tuple(channel.label for channel in entry.channels)),
    ("公开责任部门", 13, lambda entry: entry.duty_department),
    ("生成日期", 11, lambda entry: entry.formed_on),
    ("公开日期", 11, lambda entry: entry.published_on),
    ("信息有效性", 10, validity),
    ("附件", 12, lambda entry: tuple(attachment.name for attachment in entry.attachments)),
    ("备注", 10, lambda entry: entry.remark),
)
"""Heading, width in characters of a spreadsheet, and the value or values."""

HEADINGS = tuple(heading for heading, _, _ in COLUMNS)
WIDTHS = tuple(width for _, width, _ in COLUMNS)


def table_row(entry: Entry, between: str) -> list[str | date]:
    """The values of one entry in the order of ``HEADINGS``; ``between`` stands between several in one column."""
    values = (value(entry) for _, _, value in COLUMNS)
    return [between.join(value) if isinstance(value, tuple) else value for value in values]
