"""YAML read as nodes, so that every fault has the line it stands on. No tags, no anchors, no repeated keys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from reviewflow.domain.terms import Term
from reviewflow.errors import Fault
from reviewflow.settings import Source

T = TypeVar("T", bound=Term)


@dataclass
class FaultSheet:
    """One file under examination: its name and the faults found so far."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: Node | int, message: str, hint: str = "") -> None:
        """Note a fault at a node, or at a 1-based line."""
        line = node if isinstance(node, int) else node.start_mark.line + 1
        self.faults.append(Fault(self.file, line, message, hint))


@dataclass(frozen=True)
class SheetEntry:
    """A mapping of the file: its line and its values by key."""

    line: int
    values: dict[str, Node]


def open_sheet(path: Source) -> tuple[FaultSheet, Node | None, bytes]:
    """The sheet of a file, its top node (None when it is no YAML; the fault is noted) and its content."""
    sheet = FaultSheet(path.name)
    try:
        content = path.read_bytes()
    except OSError:
        sheet.fault(0, "读不到这个文件。", "请检查文件是否存在、是否有权限。")
        return sheet, None, b""
    try:
        node = yaml.compose(content.decode("utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        sheet.fault(0, "文件不是 UTF-8 编码。", "请用编辑器另存为 UTF-8。")
        return sheet, None, content
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        sheet.fault(line, "不是有效的 YAML。", "请检查缩进、冒号后的空格和引号是否成对。")
        return sheet, None, content
    except yaml.YAMLError:
        sheet.fault(0, "文件中有 YAML 不允许的字符。", "请删除控制字符后重试。")
        return sheet, None, content
    if node is None:
        sheet.fault(0, "文件是空的。")
    return sheet, node, content


def entries_of(sheet: FaultSheet, top: Node, key: str) -> Iterator[SheetEntry]:
    """The mappings in the list that stands under the only key of the file."""
    if not isinstance(top, MappingNode) or [k.value for k, _ in top.value] != [key]:
        sheet.fault(top, f"文件应只有一个顶层键“{key}”，下面是一个列表。")
        return
    listed = top.value[0][1]
    if not isinstance(listed, SequenceNode):
        sheet.fault(listed, f"“{key}”下面应是以“- ”开头的列表。")
        return
    for node in listed.value:
        if isinstance(node, MappingNode):
            yield SheetEntry(node.start_mark.line + 1, _pairs(sheet, node))
        else:
            sheet.fault(node, "这一条应由“键： 值”组成。")


def _pairs(sheet: FaultSheet, node: MappingNode) -> dict[str, Node]:
    pairs: dict[str, Node] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            sheet.fault(key, "键应是一个词。")
        elif key.value in pairs:
            sheet.fault(key, f"键“{key.value}”重复。", "同一条里每个键只写一次。")
        else:
            pairs[key.value] = value
    return pairs


def report_unknown_keys(sheet: FaultSheet, entry: SheetEntry, known: tuple[str, ...]) -> None:
    """Put a fault for every key that is not known, with the nearest one that is."""
    for key, node in entry.values.items():
        if key not in known:
            hint = nearest(key, known, 0.5) or f"可用的键：{'、'.join(known)}。"
            sheet.fault(node, f"不认识的键“{key}”。", hint)


def nearest(word: str, known: Iterable[str], alike: float) -> str:
    """The known word that is most like this one (from 0 to 1), as a question; "" when none is so much alike."""
    return next((f"是不是“{near}”？" for near in get_close_matches(word, known, cutoff=alike)), "")


def value_of(sheet: FaultSheet, entry: SheetEntry, key: str, *, required: bool = True) -> str:
    """A single value, or "" (a fault when it is required)."""
    node = entry.values.get(key)
    if node is None:
        if required:
            sheet.fault(entry.line, f"缺少“{key}”。")
        return ""
    if not isinstance(node, ScalarNode):
        sheet.fault(node, f"“{key}”应是一个值，不是列表或嵌套。")
        return ""
    if required and not node.value.strip():
        sheet.fault(node, f"“{key}”是空的。")
    return str(node.value).strip()


def values_of(sheet: FaultSheet, entry: SheetEntry, key: str, *, required: bool = False) -> tuple[str, ...]:
    """A list of values; a single value counts as a list of one. Empty and repeated ones are faults."""
    node = entry.values.get(key)
    if node is None:
        if required:
            sheet.fault(entry.line, f"缺少“{key}”。")
        return ()
    items = node.value if isinstance(node, SequenceNode) else [node]
    found: list[str] = []
    for item in items:
        if not isinstance(item, ScalarNode):
            sheet.fault(item, f"“{key}”里的每一项应是词语，不能再嵌套。")
        elif not item.value.strip():
            sheet.fault(item, f"“{key}”里有空的一项。")
        elif item.value in found:
            sheet.fault(item, f"“{key}”里“{item.value}”重复。")
        else:
            found.append(str(item.value))
    if required and not items:
        sheet.fault(node, f"“{key}”是空的。")
    return tuple(found)


def term_of(sheet: FaultSheet, entry: SheetEntry, key: str, terms: type[T], label: str) -> T | None:
    """The member of a vocabulary with this Chinese name, or None (a fault unless the name is empty)."""
    if not label:
        return None
    found = terms.from_label(label)
    if found is None:
        known = [member.label for member in terms]
        hint = nearest(label, known, 0.3) or f"可用：{'、'.join(known)}。"
        sheet.fault(entry.values[key], f"“{key}”的值“{label}”不在词表里。", hint)
    return found


def date_of(sheet: FaultSheet, entry: SheetEntry, key: str) -> date | None:
    """A date written YYYY-MM-DD, or None when the key is absent."""
    value = value_of(sheet, entry, key, required=False)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        sheet.fault(entry.values[key], f"“{key}”的日期“{value}”不对。", "写成 2019-05-15 这样。")
        return None
