"""Readers: one per format, chosen by what a file really is."""

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from reviewflow.domain.document import Reading
from reviewflow.errors import DocumentError, ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.sniff import PARQUET, SUFFIX_FORMATS, sniff
from reviewflow.text.reading.tables import (
    TABLE_SUFFIXES,
    TableBatch,
    TableSlice,
    count_rows,
    iter_slice,
    iter_table,
    row_of,
    slices,
)

__all__ = [
    "TABLE_SUFFIXES",
    "TableBatch",
    "TableSlice",
    "count_rows",
    "iter_slice",
    "iter_table",
    "read_file",
    "row_of",
    "slices",
]

Reader = Callable[[bytes, ReadingLimits], Reading]
"""The protocol of a reader: a file's content and the limits in, a reading out; ReviewflowError ``read.*`` if it cannot."""

_MODULES = {
    "txt": "plain",
    "docx": "office.docx",
    "xlsx": "office.xlsx",
    "doc": "ole.doc",
    "xls": "ole.xls",
}
_MEGABYTE = 1_000_000
_FEWEST_LETTERS = 4
"""Fewer letters than these are units and signs beside figures."""
_HAN_SHARE = 0.1
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def read_file(path: Path, limits: ReadingLimits) -> Reading:
    """Read one file by its real format.

    Raises ReviewflowError ``read.*``: missing, is_folder, no_permission, empty, too_large, encrypted, truncated,
    unknown_format, zip_bomb, external_entity, scanned, no_ocr, no_text.
    """
    content = _content(path, limits)
    try:
        form = sniff(content)
        if form == PARQUET:
            raise DocumentError("read.is_table", "这是一份表格数据。", "把扩展名改为 .parquet 后重试。")
        reader: Reader = import_module(f"reviewflow.text.reading.{_MODULES.get(form, form)}").read
        reading = reader(content, limits)
    except (ReviewflowError, MemoryError, ImportError):
        raise
    except Exception as error:
        # Whatever a damaged or hostile file makes a parser stumble over is that file's trouble and nobody else's.
        raise DocumentError(
            "read.truncated",
            f"文件已损坏，无法读完（{type(error).__name__}）。",
            "请用办公软件打开后另存一份再提交。",
        ) from error
    if len(reading.text) > limits.max_characters:
        raise DocumentError(
            "read.too_large",
            f"读出 {len(reading.text)} 字，超过 {limits.max_characters} 字的上限。",
            "请拆分，或调大 reading.max_characters。",
        )
    if not reading.text.strip():
        raise DocumentError("read.empty", "文件里没有文字。", "请检查是否提交了空白文件。")
    return _with_notes(reading, path, form)


def _content(path: Path, limits: ReadingLimits) -> bytes:
    try:
        if path.is_dir():
            raise DocumentError("read.is_folder", "这是文件夹，不是文件。", "请给出其中的文件。")
        if path.exists() and not path.is_file():
            raise DocumentError("read.is_folder", "这是设备或管道，不是文件。", "请给出普通文件。")
        size = path.stat().st_size
        if size > limits.max_file_mb * _MEGABYTE:
            raise DocumentError(
                "read.too_large",
                f"文件有 {size // _MEGABYTE} MB，超过 {limits.max_file_mb} MB 的上限。",
                "请拆分，或调大 reading.max_file_mb。",
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError("read.missing", "文件不存在。", "请检查路径是否写对。") from None
    except PermissionError:
        raise DocumentError("read.no_permission", "没有权限读取这个文件。", "请联系管理员授权后重试。") from None
    except OSError:
        raise DocumentError(
            "read.failed", "文件打不开（磁盘出错，或链接绕成了圈）。", "请稍后重试，或换一份拷贝。"
        ) from None
    if not content.strip(b"\0\r\n\t \xef\xbb\xbf"):
        raise DocumentError("read.empty", "文件是空的。", "请检查是否提交了空白文件。")
    return content


def _with_notes(reading: Reading, path: Path, form: str) -> Reading:
    """The reading with a note when the suffix promises another format, and when the text can hardly be Chinese."""
    notes = list(reading.notes)
    if SUFFIX_FORMATS.get(path.suffix.lower(), form) != form:
        notes.append(f"扩展名是 {path.suffix}，内容是 {form}，已按 {form} 读取。")
    if _hardly_chinese(reading.body):
        notes.append("文中几乎没有汉字，请对照原件。")
    return replace(reading, notes=tuple(notes))


def _hardly_chinese(text: str) -> bool:
    """Whether next to no letter of a text is a Chinese character.

    Text that was decoded wrongly looks like that (¹ØÓÚ), and rules and detectors find nothing in it. Its share in all
    letters is looked at, not in all characters, since a table of figures may hold few of them and be sound; a short text
    is judged like a long one, since a mark of secrecy may stand alone on a page.
    """
    letters = sum(map(str.isalpha, text))
    return letters >= _FEWEST_LETTERS and len(_HAN.findall(text)) < letters * _HAN_SHARE
