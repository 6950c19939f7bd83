"""Document properties of Office files: who wrote and changed it, under which title."""

from collections.abc import Iterator
from typing import Any

_NAMES = {
    "title": "标题", "subject": "主题", "creator": "作者", "keywords": "关键词", "description": "备注",
    "lastModifiedBy": "最后修改者", "category": "类别", "manager": "经理", "company": "单位",
}  # fmt: skip


def core_properties(root: Any) -> Iterator[str]:
    """Lines such as 作者：某 for the properties that are filled in."""
    for element in root:
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in _NAMES and (element.text or "").strip():
            yield f"{_NAMES[name]}：{element.text.strip()}"
