"""Tables of documents, one a row: JSON Lines, CSV, Parquet. Streamed, so that any length fits into memory."""

# Tables are parsed in the process that hands out the work, not in a worker: rows come in their order, those that are done
# already are passed over, and rows cross to the workers once. JSON and CSV are parsed by Python itself, a line of JSON of at
# most _LONGEST_LINE bytes, a text of at most reading.max_characters. pyarrow reads Parquet, some 500 rows at a time; a
# damaged file is an error of its, told as read.truncated. What is made of a row happens in workers, within their bounds.

import csv
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any

from reviewflow.errors import DocumentError, ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import sound
from reviewflow.text.reading.office.cells import cell_text

TABLE_SUFFIXES = frozenset((".jsonl", ".ndjson", ".csv", ".parquet"))
_NAMES = {
    "标题": "title", "正文": "text", "编号": "id", "文号": "doc_number", "发文机关": "agency", "科室": "section",
    "成文日期": "formed_on", "生成日期": "formed_on", "内容": "text", "date": "formed_on",
}  # fmt: skip
COLUMNS = ("id", "title", "text", "doc_number", "agency", "section", "formed_on")
_ROWS_A_PIECE = 2000
_MOST_PIECES_A_GROUP = 16
"""A group of rows is read from its beginning for each piece of it."""
_LONGEST_LINE = 64_000_000
"""Bytes of a line of JSON beyond which it is not taken into memory."""
Row = dict[str, str]
Numbered = tuple[int, "Row | ReviewflowError"]


@dataclass(frozen=True, slots=True)
class TableBatch:
    """Rows (each with an ``id``) and, by row number from 1, the errors of rows that cannot be used."""

    rows: list[Row] = field(default_factory=list)
    errors: list[tuple[int, ReviewflowError]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TableSlice:
    """A piece of a table: bytes ``start`` to ``end`` of JSON Lines, rows from 0 of Parquet, or all of a CSV.

    ``end`` -1 is the end of the table. ``first_row`` counts from 1; ``rows`` is how many, as far as that is known.
    """

    path: str
    start: int
    end: int
    first_row: int
    rows: int = 0


def iter_table(path: Path, limits: ReadingLimits, size: int) -> Iterator[TableBatch]:
    """A table in batches of at most ``size`` rows. Raises ReviewflowError ``table.*`` for a table that is none."""
    yield from iter_slice(TableSlice(str(path), 0, -1, 1), limits, size)


def iter_slice(piece: TableSlice, limits: ReadingLimits, size: int) -> Iterator[TableBatch]:
    """One piece of a table in batches of at most ``size`` rows. Ids are checked within the piece."""
    yield from _batches(Path(piece.path), _numbered(piece), limits, size)


def slices(path: Path, size_bytes: int = 4_000_000) -> list[TableSlice]:
    """Cut a table into pieces: JSON Lines of about this many bytes, at line ends; Parquet of a row group each, or of a part
    of one that is large. Raises ReviewflowError ``read.*``."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return [TableSlice(str(path), 0, -1, 1, count_rows(path) or 0)]
    if suffix == ".parquet":
        return _parquet_slices(path)
    found, start, row = [], 0, 1
    with _table_errors_in_words(), path.open("rb") as lines:
        at = count = 0
        for line in lines:
            at += len(line)
            count += 1
            if at - start >= size_bytes:
                found.append(TableSlice(str(path), start, at, row, count))
                start, row = at, row + count
                count = 0
        if at > start:
            found.append(TableSlice(str(path), start, at, row, count))
    return found


def count_rows(path: Path) -> int | None:
    """How many rows a table has, as far as that is quick to tell (lines of text tables); None if it cannot be read."""
    try:
        if path.suffix.lower() == ".parquet":
            import pyarrow.parquet as pq

            return int(pq.read_metadata(path).num_rows)
        with path.open("rb") as file:
            lines = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
        return max(1, lines - 1 if path.suffix.lower() == ".csv" else lines)
    except (OSError, ValueError):
        return None


def _batches(path: Path, rows: Iterator[Numbered], limits: ReadingLimits, size: int) -> Iterator[TableBatch]:
    seen: set[bytes] = set()
    batch = TableBatch()
    for number, found in rows:
        problem = found if isinstance(found, ReviewflowError) else _usable(path, number, found, limits, seen)
        if problem is not None:
            batch.errors.append((number, problem))
        elif not isinstance(found, ReviewflowError):
            batch.rows.append(found)
        if len(batch.rows) + len(batch.errors) >= size:
            yield batch
            batch = TableBatch()
    if batch.rows or batch.errors:
        yield batch


def _usable(path: Path, number: int, row: Row, limits: ReadingLimits, seen: set[bytes]) -> ReviewflowError | None:
    """What is wrong with a row, or None; a missing id becomes the file's name and the row's number."""
    if not row.get("title") and not row.get("text"):
        return DocumentError("table.empty_row", "这一行没有标题也没有正文。", "请补上 title 或 text。")
    if len(row.get("text", "")) > limits.max_characters:
        return _long_row()
    row.setdefault("id", f"{path.stem}:{number}")
    key = hashlib.blake2b(row["id"].encode("utf-8", "replace"), digest_size=12).digest()
    if key in seen:
        return DocumentError("table.duplicate_id", "这一行的编号与前面的重复，未处理。", "请让每一行的 id 各不相同。")
    seen.add(key)
    return None


def _numbered(piece: TableSlice) -> Iterator[Numbered]:
    path = Path(piece.path)
    rows = {".csv": _csv, ".parquet": _parquet_rows}.get(path.suffix.lower(), _json_lines)
    with _table_errors_in_words():
        yield from rows(path, piece.start, piece.end, piece.first_row)


@contextmanager
def _table_errors_in_words() -> Iterator[None]:
    """What goes wrong with the file, told in the user's words."""
    try:
        yield
    except FileNotFoundError:
        raise DocumentError("read.missing", "文件不存在。", "请检查路径是否写对。") from None
    except PermissionError:
        raise DocumentError("read.no_permission", "没有权限读取这个文件。", "请联系管理员授权后重试。") from None
    except (OSError, csv.Error):
        raise DocumentError("read.truncated", "文件不完整或已损坏。", "请重新取得完整的文件。") from None


def _json_lines(path: Path, start: int, end: int, first: int) -> Iterator[Numbered]:
    known = False
    with path.open("rb") as lines:
        lines.seek(start)
        at, number = start, first
        while (end < 0 or at < end) and (line := lines.readline(_LONGEST_LINE)):
            at += len(line)
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                at += _skip_line(lines)
                yield number, _long_row()
            elif line.strip():
                found = _json_row(line)
                known = known or not isinstance(found, ReviewflowError)
                yield number, found
            number += 1
    if start == 0 and end < 0 and not known:
        raise _no_columns()


def _skip_line(lines: BufferedReader) -> int:
    """Go on to the next line; how many bytes that took."""
    skipped = 0
    while rest := lines.readline(_LONGEST_LINE):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def _json_row(line: bytes) -> Row | ReviewflowError:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return DocumentError("table.not_json", "这一行不是有效的 JSON。", "请检查引号、逗号和编码（UTF-8）。")
    if not isinstance(value, dict):
        return DocumentError("table.not_json", "这一行不是 JSON 对象。", "每行应是一个 {…}。")
    row = row_of(value)
    return row if row.keys() & {"title", "text"} else _no_columns()


def row_of(values: dict[str, Any]) -> Row:
    """The columns that are known and filled, under their English names, as text. Missing is None or NaN."""
    row: Row = {}
    for name, value in values.items():
        key = _NAMES.get(str(name).strip(), str(name).strip())
        if key not in COLUMNS or value is None or value != value:  # NaN differs from itself
            continue
        # A column of whole numbers with gaps comes as floats: 7.0 is number 7.
        if text := value if isinstance(value, str) else cell_text(value):
            row.setdefault(key, sound(text))
    return row


def _csv(path: Path, _start: int, _end: int, first: int) -> Iterator[Numbered]:
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding=_csv_encoding(path), errors="replace", newline="") as file:
        rows = csv.DictReader(line.replace("\0", "") for line in file)
        headings = {_NAMES.get(name.strip(), name.strip()) for name in rows.fieldnames or () if name}
        if not headings & {"title", "text"}:
            raise _no_columns()
        for number, values in enumerate(rows, first):
            yield number, row_of({name: value for name, value in values.items() if isinstance(value, str)})


def _csv_encoding(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(1 << 20)
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"


def _parquet_rows(path: Path, start: int, end: int, first: int) -> Iterator[Numbered]:
    import pyarrow.parquet as pq

    with _whole_parquet(), pq.ParquetFile(path) as file:
        names = [name for name in file.schema_arrow.names if _NAMES.get(name, name) in COLUMNS]
        if not {_NAMES.get(name, name) for name in names} & {"title", "text"}:
            raise _no_columns()
        groups, passed = _groups_of(file.metadata, start, end)
        number, left = first, end - start if end >= 0 else file.metadata.num_rows
        for batch in file.iter_batches(500, row_groups=groups, columns=names):
            skipped = min(passed, len(batch))
            passed -= skipped
            wanted = batch.slice(skipped, left)
            for values in wanted.to_pylist():
                yield number, row_of(values)
                number += 1
            left -= len(wanted)
            if left <= 0:
                return


@contextmanager
def _whole_parquet() -> Iterator[None]:
    import pyarrow as pa

    try:
        yield
    except pa.ArrowException:
        raise DocumentError("read.truncated", "Parquet 文件不完整或已损坏。", "请重新取得完整的文件。") from None


def _groups_of(metadata: Any, start: int, end: int) -> tuple[list[int], int]:
    """The groups that hold rows ``start`` to before ``end``, and how many rows of the first come before them."""
    groups: list[int] = []
    first = passed = 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if first + rows > start and (end < 0 or first < end):
            passed = passed if groups else start - first
            groups.append(group)
        first += rows
    return groups, passed


def _parquet_slices(path: Path) -> list[TableSlice]:
    import pyarrow.parquet as pq

    with _table_errors_in_words(), _whole_parquet():
        metadata = pq.read_metadata(path)
    found, first = [], 0
    for group in range(metadata.num_row_groups):
        end = first + metadata.row_group(group).num_rows
        size = max(_ROWS_A_PIECE, -(-(end - first) // _MOST_PIECES_A_GROUP))
        for start in range(first, end, size):
            stop = min(start + size, end)
            found.append(TableSlice(str(path), start, stop, start + 1, stop - start))
        first = end
    return found


def _long_row() -> ReviewflowError:
    return DocumentError("read.too_large", "这一行的正文太长。", "请拆分，或调大 reading.max_characters。")


def _no_columns() -> ReviewflowError:
    return DocumentError(
        "table.no_text", "表格里没有 title（标题）或 text（正文）列。", "请把列名改为 title、text 等。"
    )
