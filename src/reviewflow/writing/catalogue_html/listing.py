"""What the index pages need to know of each entry: kept in memory for all of them, without summary or text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape

from reviewflow.domain.catalogue import Entry
from reviewflow.domain.terms import Status


@dataclass(frozen=True, slots=True)
class Listed:
    """A line in a list of entries; ``file`` is the page's name."""

    file: str
    index_number: str
    title: str
    doc_number: str
    formed_on: date
    published_on: date
    marks: tuple[str, ...]


def listed_entry(entry: Entry, file: str) -> Listed:
    """The line for an entry."""
    return Listed(
        file, entry.index_number, entry.title, entry.doc_number, entry.formed_on, entry.published_on, marks(entry)
    )


def marks(entry: Entry) -> tuple[str, ...]:
    """What a reader must see beside the title: no longer valid, given on request only."""
    invalid = () if entry.valid else ("失效",)
    return invalid + ((Status.ON_REQUEST.label,) if entry.status is Status.ON_REQUEST else ())


def marks_html(words: Iterable[str]) -> str:
    """The marks, ready for a page."""
    return "".join(f'<span class="mark">{escape(word)}</span>' for word in words)


def table(rows: Iterable[Listed], to_entries: str) -> str:
    """A table of entries; on narrow screens the style sheet turns each row into a block. ``to_entries`` is the path
    from the page to the folder of entries."""
    lines = "\n".join(_line(row, to_entries) for row in rows)
    return (
        '<table class="list">\n<thead><tr><th>信息名称</th><th>文号</th><th>索引号</th><th>生成日期</th>'
        f"<th>公开日期</th></tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>\n"
    )


def _line(row: Listed, to_entries: str) -> str:
    return (
        f'<tr><td class="name"><a href="{to_entries}{row.file}">{escape(row.title)}</a>{marks_html(row.marks)}</td>'
        f'<td data-label="文号">{escape(row.doc_number)}</td><td class="number" data-label="索引号">{escape(row.index_number)}</td>'
        f'<td class="day" data-label="生成日期">{row.formed_on.isoformat()}</td>'
        f'<td class="day" data-label="公开日期">{row.published_on.isoformat()}</td></tr>'
    )
