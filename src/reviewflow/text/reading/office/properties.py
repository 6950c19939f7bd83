"""Document properties of Office files: who wrote and changed it, under which title, for which firm."""

import codecs
from collections.abc import Iterator
from typing import Any

import olefile

from reviewflow.text.reading.office.archive import Archive

_NAMES = {
    "title": "标题", "subject": "主题", "creator": "作者", "keywords": "关键词", "description": "备注",
    "lastModifiedBy": "最后修改者", "category": "类别", "Manager": "经理", "Company": "单位",
}  # fmt: skip
_OLE_NAMES = {
    "title": "标题", "subject": "主题", "author": "作者", "keywords": "关键词", "comments": "备注",
    "last_saved_by": "最后修改者", "category": "类别", "manager": "经理", "company": "单位",
}  # fmt: skip
_GBK_PAGE = 936
_PAGES = {65001: "utf-8", 1200: "utf-16-le", _GBK_PAGE: "gb18030"}


def properties_of(archive: Archive) -> Iterator[str]:
    """Lines such as 作者：某 for the properties that are filled in."""
    for member in ("docProps/core.xml", "docProps/app.xml"):
        for element in archive.xml(member) if member in archive.names else ():
            name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
            if name in _NAMES and (element.text or "").strip():
                yield f"{_NAMES[name]}：{element.text.strip()}"
    if "docProps/custom.xml" in archive.names:
        for element in archive.xml("docProps/custom.xml"):
            value = "".join(element.itertext()).strip()
            if element.get("name") and value:
                yield f"{element.get('name')}：{value}"


def ole_properties(ole: "olefile.OleFileIO[Any]") -> Iterator[str]:
    """The same of an old Office file; a summary that cannot be read is passed over."""
    try:
        summary: Any = ole.get_metadata()
    except (OSError, ValueError, IndexError, KeyError, TypeError):
        return
    encoding = _encoding(summary.codepage)
    for key, name in _OLE_NAMES.items():
        value = getattr(summary, key, None)
        text = value.rstrip(b"\0").decode(encoding, "replace") if isinstance(value, bytes) else value
        if isinstance(text, str) and text.strip():
            yield f"{name}：{text.strip()}"


def _encoding(page: object) -> str:
    """The encoding of a code page as the summary numbers it (negative above 32767); Chinese where it does not say."""
    number = page % 65536 if isinstance(page, int) else _GBK_PAGE
    try:
        return codecs.lookup(_PAGES.get(number, f"cp{number}")).name
    except LookupError:
        return "gb18030"
