"""Which characters of an old Word document are hidden or tracked ([MS-DOC] 2.8.5, 2.9.32, 2.6.1)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from reviewflow.domain.document import PartKind

_PLC_AT = 0xFA
_PAGE = 512
_ON = (0x01, 0x81)  # set, or the opposite of a style that has it unset
_MARKS = {0x0800: PartKind.DELETED, 0x0801: PartKind.INSERTED, 0x083C: PartKind.HIDDEN}
_OPERAND_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: its first character's number, its place in the stream in bytes, bytes per character."""

    first: int
    text: str
    at: int
    width: int


def marked_runs(stream: bytes, table: bytes, pieces: list[Piece]) -> Iterator[tuple[int, int, PartKind]]:
    """Stretches (first character, end) that are hidden, deleted or inserted. Damaged pages of properties end it."""
    try:
        for start, end, kind in _marked_bytes(stream, table):
            for piece in pieces:
                low = max(start, piece.at)
                high = min(end, piece.at + len(piece.text) * piece.width)
                if low < high:
                    first = piece.first + (low - piece.at) // piece.width
                    yield first, first + (high - low) // piece.width, kind
    except (struct.error, IndexError):
        return


def _marked_bytes(stream: bytes, table: bytes) -> Iterator[tuple[int, int, PartKind]]:
    at, size = struct.unpack_from("<II", stream, _PLC_AT)
    count = (size - 4) // 8
    if count <= 0:
        return
    for number in struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1)):
        page = stream[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
        runs = page[_PAGE - 1]
        ends = struct.unpack_from(f"<{runs + 1}I", page, 0)
        for run in range(runs):
            offset = 2 * page[4 * (runs + 1) + run]
            kind = _kind(page[offset + 1 : offset + 1 + page[offset]]) if offset else None
            if kind is not None:
                yield ends[run], ends[run + 1], kind


def _kind(properties: bytes) -> PartKind | None:
    """What a run's list of property changes makes of it; a deletion outweighs the rest."""
    found: set[PartKind] = set()
    at = 0
    while at + 2 < len(properties):
        code = int.from_bytes(properties[at : at + 2], "little")
        if code in _MARKS and properties[at + 2] in _ON:
            found.add(_MARKS[code])
        size = _OPERAND_SIZES.get(code >> 13)
        at += 2 + (size if size is not None else 1 + properties[at + 2])
    return next((kind for kind in (PartKind.DELETED, PartKind.HIDDEN, PartKind.INSERTED) if kind in found), None)
