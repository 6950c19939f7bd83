"""Document properties of Office files: who wrote and changed it, under which title, for which firm."""

from collections.abc import Iterator

import olefile

from reviewflow.text.reading.archive import Archive

_NAMES = {
    "title": "标题", "subject": "主题", "creator": "作者", "keywords": "关键词", "description": "备注",
    "lastModifiedBy": "最后修改者", "category": "类别", "Manager": "经理", "Company": "单位",
}  # fmt: skip
_OLE_NAMES = {
    "title": "标题", "subject": "主题", "author": "作者", "keywords": "关键词", "comments": "备注",
    "last_saved_by": "最后修改者", "category": "类别", "manager": "经理", "company": "单位",
}  # fmt: skip
_UTF8_PAGE = 65001


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


def ole_properties(ole: olefile.OleFileIO) -> Iterator[str]:
    """The same of an old Office file; a summary that cannot be read is passed over."""
    try:
        summary = ole.get_metadata()
    except (OSError, ValueError, IndexError, KeyError, TypeError):
        return
    page = summary.codepage if isinstance(summary.codepage, int) else 936
    encoding = "utf-8" if page % 65536 == _UTF8_PAGE else "gb18030" if page == 936 else f"cp{page % 65536}"
    for key, name in _OLE_NAMES.items():
        value = getattr(summary, key, None)
        if isinstance(value, bytes):
            try:
                value = value.rstrip(b"\0").decode(encoding, "replace")
            except LookupError:
                value = value.decode("gb18030", "replace")
        if isinstance(value, str) and value.strip():
            yield f"{name}：{value.strip()}"
