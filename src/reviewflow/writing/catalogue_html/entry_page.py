"""The page of one entry: the public fields, then the text and the attachments."""

from html import escape

from reviewflow.domain.catalogue import Entry
from reviewflow.writing.catalogue_html.frame import page
from reviewflow.writing.catalogue_html.listing import marks, marks_html
from reviewflow.writing.heading import CatalogueHeading
from reviewflow.writing.paragraphs import paragraphs
from reviewflow.writing.public import validity

_NOTHING = '<span class="none">—</span>'


def entry_page(entry: Entry, heading: CatalogueHeading) -> str:
    """The whole page, to lie in a folder below the site's top."""
    category = f'<a href="../lists/{entry.category.value}-1.html">{entry.category.label}</a>'
    where = f"{category} › {escape(entry.subclass)}" if entry.subclass else category
    main = (
        f'<nav class="path" aria-label="位置"><a href="../index.html">目录首页</a> › {where}</nav>\n'
        f'<article>\n<dl class="facts">\n{_facts(entry)}</dl>\n'
        f"<h1>{escape(entry.title)}{marks_html(marks(entry))}</h1>\n{_text(entry)}{_attachments(entry)}</article>\n"
    )
    return page(heading, entry.title, main, root="../")


def _facts(entry: Entry) -> str:
    short = [
        ("索引号", entry.index_number),
        ("公开责任部门", entry.duty_department),
        ("文号", entry.doc_number),
        ("信息有效性", validity(entry)),
        ("生成日期", entry.formed_on.isoformat()),
        ("公开日期", entry.published_on.isoformat()),
        ("公开类别", entry.status.label),
        ("公开形式", "、".join(channel.label for channel in entry.channels)),
        ("载体类型", entry.carrier.label),
        ("记录形式", entry.record_form.label),
    ]
    long = [
        ("信息名称", entry.title),
        ("关键词", "、".join(entry.keywords)),
        ("内容概述", entry.summary),
        ("备注", entry.remark),
    ]
    return "".join(_fact(name, value, "") for name, value in short) + "".join(
        _fact(name, value, ' class="wide"') for name, value in long if value or name != "备注"
    )


def _fact(name: str, value: str, kind: str) -> str:
    return f"<div{kind}><dt>{name}</dt><dd>{escape(value) or _NOTHING}</dd></div>\n"


def _text(entry: Entry) -> str:
    if entry.body:
        return f'<section class="body" aria-label="正文">\n{paragraphs(entry.body)}\n</section>\n'
    return '<p class="no-body">本条目不附正文。</p>\n'


def _attachments(entry: Entry) -> str:
    if not entry.attachments:
        return ""
    items = "".join(
        f'<li>{escape(a.name)}<span class="file">{escape(a.file_name)}</span></li>\n' for a in entry.attachments
    )
    return f'<section class="attachments">\n<h2>附件</h2>\n<ol>\n{items}</ol>\n</section>\n'
