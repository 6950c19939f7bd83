"""Old Word and WPS documents (.doc, .wps): OLE2 container, piece table (Microsoft's [MS-DOC], 2.4.1)."""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from reviewflow.domain.document import PartKind, Reading
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.sniff import encrypted

_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_FLAGS_AT, _COUNTS_AT, _CLX_AT = 0x0A, 0x4C, 0x01A2
_COMPRESSED = 0x40000000
# The stories that follow the main text, in the order of their lengths in the file's header.
_STORIES = (
    PartKind.BODY, PartKind.FOOTNOTE, PartKind.HEADER, None, PartKind.COMMENT, PartKind.FOOTNOTE, PartKind.TEXT_BOX,
    PartKind.TEXT_BOX,
)  # fmt: skip
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15|\x15")
_PARAGRAPHS = re.compile("[\r\x0b\x0c]")
_DROPPED = re.compile("[\x00-\x06\x08\x0e-\x12\x14-\x1d\x1f]")


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """Main text, then notes, headers, comments and text boxes as parts of their own.

    Text that was deleted with changes tracked is part of the main text here: the format marks it by style alone.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            stream = ole.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", stream, _FLAGS_AT)[0]
            if flags & _ENCRYPTED:
                raise encrypted()
            table = ole.openstream("1Table" if flags & _TABLE_ONE else "0Table").read()
        text = "".join(_pieces(stream, table))
        lengths = struct.unpack_from("<8i", stream, _COUNTS_AT)
    except (struct.error, OSError, UnicodeDecodeError):
        raise ReviewflowError("read.truncated", "文件不完整或已损坏。", "请重新取得完整的文件。") from None
    return _stories(text, lengths)


def _pieces(stream: bytes, table: bytes) -> Iterator[str]:
    """The text piece by piece: each is one-byte (Windows-1252) or UTF-16."""
    at, length = struct.unpack_from("<II", stream, _CLX_AT)
    clx = table[at : at + length]
    place = 0
    while place < len(clx) and clx[place] == 1:
        place += 3 + int(struct.unpack_from("<H", clx, place + 1)[0])
    size = struct.unpack_from("<I", clx, place + 1)[0]
    plc = clx[place + 5 : place + 5 + size]
    count = (size - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", plc, 0)
    for number in range(count):
        offset = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        characters = positions[number + 1] - positions[number]
        if offset & _COMPRESSED:
            start = (offset & ~_COMPRESSED) // 2
            yield stream[start : start + characters].decode("cp1252", "replace")
        else:
            yield stream[offset : offset + 2 * characters].decode("utf-16-le", "replace")


def _stories(text: str, lengths: tuple[int, ...]) -> Reading:
    draft = Draft()
    draft.page()
    at = 0
    for kind, length in zip(_STORIES, lengths, strict=True):
        story = _readable(text[at : at + max(0, length)])
        at += max(0, length)
        if kind is PartKind.BODY:
            draft.add(story)
        elif kind is not None:
            draft.apart(kind, re.sub(r"\n{2,}", "\n", story))
    return draft.finish()


def _readable(text: str) -> str:
    """Field codes dropped (their results kept), paragraph ends as line ends, cells by tab, rows by line."""
    for _ in range(4):
        text = _FIELD_CODE.sub("", text)
    text = text.replace("\x07\x07", "\n").replace("\x07", "\t").replace("\x1e", "-").replace("\xa0", " ")
    return _DROPPED.sub("", _PARAGRAPHS.sub("\n", text))
