"""What calamine does not tell of an old Excel workbook: hidden rows and columns, comments, headers ([MS-XLS])."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewflow.domain.document import PartKind

_BOF, _FILEPASS, _ROW, _COLUMNS, _HEADER, _FOOTER = 0x0809, 0x002F, 0x0208, 0x007D, 0x0014, 0x0015
_OBJECT, _TEXT, _CONTINUE = 0x005D, 0x01B6, 0x003C
_CELLS = (0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00BD, 0x0006)
_GLOBALS, _WORKSHEET, _BIFF8 = 0x0005, 0x0010, 0x0600
_NOTE_OBJECT = 0x19
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01

Record = tuple[int, bytes]


@dataclass(slots=True)
class SheetFacts:
    """Numbers (from 0) of hidden rows and columns; texts apart from the cells; how far the cells reach."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    texts: list[tuple[PartKind, str]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0


@dataclass(slots=True)
class BookFacts:
    """The sheets in the order of the stream, and whether the workbook is encrypted."""

    sheets: list[SheetFacts] = field(default_factory=list)
    encrypted: bool = False


def facts_of(stream: bytes) -> BookFacts:
    """Go through the records of a Workbook stream once. Raises struct.error where it is damaged."""
    book = BookFacts()
    sheet: SheetFacts | None = None
    records = list(_records(stream))
    modern = True
    for place, (kind, body) in enumerate(records):
        if kind == _BOF:
            version, what = struct.unpack_from("<HH", body)
            modern = version == _BIFF8
            # Charts that stand within a sheet have a beginning of their own and leave the sheet as it is.
            if what == _WORKSHEET:
                sheet = SheetFacts()
                book.sheets.append(sheet)
        elif kind == _FILEPASS:
            book.encrypted = True
            return book
        elif sheet is not None:
            _layout(kind, body, sheet)
            if modern:
                _texts(records, place, sheet)
    return book


def _records(stream: bytes) -> Iterator[Record]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _layout(kind: int, body: bytes, sheet: SheetFacts) -> None:
    if kind == _ROW:
        if body[12] & _ROW_HIDDEN:
            sheet.hidden_rows.add(int.from_bytes(body[:2], "little"))
    elif kind == _COLUMNS:
        first, last = struct.unpack_from("<HH", body)
        if body[8] & _COLUMN_HIDDEN:
            sheet.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind in _CELLS:
        row, column = struct.unpack_from("<HH", body)
        sheet.rows, sheet.columns = max(sheet.rows, row + 1), max(sheet.columns, column + 1)


def _texts(records: list[Record], place: int, sheet: SheetFacts) -> None:
    kind, body = records[place]
    if kind in (_HEADER, _FOOTER) and len(body) > 3:
        text = _string(body[2:], int.from_bytes(body[:2], "little"))
        sheet.texts.append((PartKind.HEADER if kind == _HEADER else PartKind.FOOTER, text))
    elif kind == _TEXT and records[place + 1 : place + 2] and records[place + 1][0] == _CONTINUE:
        text = _string(records[place + 1][1], int.from_bytes(body[10:12], "little"))
        sheet.texts.append((PartKind.COMMENT if _is_note(records, place) else PartKind.TEXT_BOX, text))


def _is_note(records: list[Record], place: int) -> bool:
    """Whether the object that this text belongs to is a comment on a cell."""
    for kind, body in reversed(records[max(0, place - 4) : place]):
        if kind == _OBJECT:
            return int.from_bytes(body[4:6], "little") == _NOTE_OBJECT
    return False


def _string(body: bytes, characters: int) -> str:
    """A string whose first byte tells whether its characters have one byte or two."""
    wide = body[0] & 1
    return body[1 : 1 + characters * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
