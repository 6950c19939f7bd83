"""The training documents: plain text files that a person can read, correct and extend.

``documents/*.txt`` hold blocks of ``=== id``, header lines ``名: 值``, ``---`` and the text; ``titles/*.tsv``
hold ``类别<TAB>标题``. Every fault of every file is reported at once, with its line.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewflow.domain.terms import Category, Flag, Status
from reviewflow.errors import Fault, FaultyFileError

_NO_CATEGORY = "无"
_FIELDS = ("标题", "类别", "状态", "标记", "领域", "机关", "文号", "日期")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled document. ``category`` is None where no catalogue class fits; ``status`` is None for a bare title."""

    id: str
    title: str
    text: str
    category: Category | None
    status: Status | None
    flags: tuple[Flag, ...] = ()
    field: str = ""
    agency: str = ""
    formed_on: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled documents and bare titles, with the digest of the files they came from."""

    examples: tuple[Example, ...]
    digest: str

    @property
    def documents(self) -> tuple[Example, ...]:
        """The examples with a text."""
        return tuple(example for example in self.examples if example.text)


def load(folder: Path) -> Dataset:
    """All examples under a training folder, in a fixed order.

    Raises FaultyFileError ``training.faulty`` with every fault of every file.
    """
    files = sorted((folder / "documents").glob("*.txt")) + sorted((folder / "titles").glob("*.tsv"))
    faults: list[Fault] = []
    examples: list[Example] = []
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(file.name.encode() + b"\0" + content)
        read = _documents if file.suffix == ".txt" else _titles
        examples.extend(read(file.name, content.decode("utf-8"), faults))
    faults.extend(_repeated(examples))
    if not files:
        faults.append(Fault(str(folder), 0, "没有训练文件。", "应有 documents/*.txt 和 titles/*.tsv。"))
    if faults:
        raise FaultyFileError("training.faulty", faults)
    return Dataset(tuple(examples), digest.hexdigest())


def _documents(name: str, content: str, faults: list[Fault]) -> Iterator[Example]:
    lines = content.split("\n")
    starts = [i for i, line in enumerate(lines) if line.startswith("=== ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        example = _block(name, start, lines[start:end], faults)
        if example:
            yield example


def _block(name: str, start: int, lines: list[str], faults: list[Fault]) -> Example | None:
    if "---" not in lines:
        faults.append(Fault(name, start + 1, "这一篇没有分隔行“---”。", "标头之后单独一行写 ---。"))
        return None
    cut = lines.index("---")
    header = dict(_header(name, start, lines[1:cut], faults))
    text = "\n".join(lines[cut + 1 :]).strip("\n")
    if not text:
        faults.append(Fault(name, start + 1, "这一篇没有正文。"))
    return Example(
        id=lines[0][4:].strip(),
        title=header.get("标题", ""),
        text=text,
        category=_category(name, start + 1, header.get("类别", ""), faults),
        status=_status(name, start + 1, header.get("状态", ""), faults),
        flags=tuple(_flags(name, start + 1, header.get("标记", ""), faults)),
        field=header.get("领域", ""),
        agency=header.get("机关", ""),
        formed_on=header.get("日期", ""),
    )


def _header(name: str, start: int, lines: list[str], faults: list[Fault]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, start + 2):
        key, colon, value = line.replace("\uff1a", ":", 1).partition(":")
        if line.strip() and (not colon or key not in _FIELDS):
            faults.append(Fault(name, number, f"看不懂的标头 {key[:12]!r}。", f"标头只有：{'、'.join(_FIELDS)}。"))
        yield key, value.strip()


def _titles(name: str, content: str, faults: list[Fault]) -> Iterator[Example]:
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        label, tab, title = line.partition("\t")
        category = _category(name, number, label, faults)
        if not tab or not title.strip() or category is None:
            faults.append(Fault(name, number, "这一行不是“类别<制表符>标题”。"))
            continue
        yield Example(f"{name}:{number}", title.strip(), "", category, None)


def _category(name: str, line: int, label: str, faults: list[Fault]) -> Category | None:
    found = Category.from_label(label)
    if found is None and label != _NO_CATEGORY:
        known = "、".join(member.label for member in Category)
        faults.append(Fault(name, line, f"未知的类别 {label[:12]!r}。", f"可用：{known}、{_NO_CATEGORY}。"))
    return found if isinstance(found, Category) else None


def _status(name: str, line: int, label: str, faults: list[Fault]) -> Status | None:
    found = Status.from_label(label)
    if found is None:
        known = "、".join(member.label for member in Status)
        faults.append(Fault(name, line, f"未知的状态 {label[:12]!r}。", f"可用：{known}。"))
    return found if isinstance(found, Status) else None


def _flags(name: str, line: int, codes: str, faults: list[Fault]) -> Iterator[Flag]:
    known = {flag.value for flag in Flag}
    for code in filter(None, (part.strip() for part in codes.split(","))):
        if code in known:
            yield Flag(code)
        else:
            faults.append(Fault(name, line, f"未知的标记 {code[:24]!r}。", f"可用：{'、'.join(sorted(known))}。"))


def _repeated(examples: Iterable[Example]) -> Iterator[Fault]:
    seen: set[str] = set()
    for example in examples:
        if example.id in seen:
            yield Fault(example.id, 0, "编号重复。", "每篇训练文件的编号必须唯一。")
        seen.add(example.id)
