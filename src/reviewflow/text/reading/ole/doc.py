"""Old Word and WPS documents (.doc, .wps): OLE2 container, piece table (Microsoft's [MS-DOC], 2.4.1)."""

import io
import re
import struct
from collections.abc import Iterator

import olefile

from reviewflow.domain.document import PartKind, Reading
from reviewflow.errors import DocumentError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.office.properties import ole_properties
from reviewflow.text.reading.ole.word_runs import Piece, marked_runs
from reviewflow.text.reading.sniff import encrypted

_ENCRYPTED, _TABLE_ONE = 0x0100, 0x0200
_VERSION_AT, _FLAGS_AT, _COUNTS_AT, _CLX_AT = 0x02, 0x0A, 0x4C, 0x01A2
_WORD_97 = 0x00C1
_COMPRESSED = 0x40000000
# The stories that follow the main text, in the order of their lengths in the file's header.
_STORIES = (
    PartKind.BODY, PartKind.FOOTNOTE, PartKind.HEADER, None, PartKind.COMMENT, PartKind.FOOTNOTE, PartKind.TEXT_BOX,
    PartKind.TEXT_BOX,
)  # fmt: skip
_FIELD_CODE = re.compile("\x13[^\x13\x14\x15]*\x14|\x13[^\x13\x14\x15]*\x15|\x15")
_PARAGRAPHS = re.compile("[\r\x0b\x0c]")
_DROPPED = re.compile("[\x00-\x06\x08\x0e-\x12\x14-\x1d\x1f]")
# Noncharacters that stand in the text for "from here on hidden, deleted, inserted, plain" until it is tidied.
_SIGNS = {PartKind.BODY: "\ufdd0", PartKind.HIDDEN: "\ufdd1", PartKind.DELETED: "\ufdd2", PartKind.INSERTED: "\ufdd3"}
_KINDS = {sign: kind for kind, sign in _SIGNS.items()}
_UNIT = re.compile("[\ud800-\udfff]")
_SIGN = re.compile("([\ufdd0-\ufdd3])")


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """Main text, then notes, headers, comments and text boxes as parts of their own.

    Raises ReviewflowError ``read.encrypted``, ``read.truncated``, ``read.unknown_format`` (Word 95 and older).
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            stream = ole.openstream("WordDocument").read()
            version, flags = (struct.unpack_from("<H", stream, at)[0] for at in (_VERSION_AT, _FLAGS_AT))
            if flags & _ENCRYPTED:
                raise encrypted()
            if version < _WORD_97:
                raise DocumentError(
                    "read.unknown_format", "这是 Word 95 或更早的文件。", "请用 Word 或 WPS 打开后另存为 docx。"
                )
            table = ole.openstream("1Table" if flags & _TABLE_ONE else "0Table").read()
            properties = list(ole_properties(ole))
        pieces = list(_pieces(stream, table))
        lengths = struct.unpack_from("<8i", stream, _COUNTS_AT)
    except (struct.error, OSError, UnicodeDecodeError):
        raise DocumentError("read.truncated", "文件不完整或已损坏。", "请重新取得完整的文件。") from None
    text = "".join(piece.text for piece in pieces)
    return _stories(text, lengths, sorted(marked_runs(stream, table, pieces), key=lambda run: run[0]), properties)


def _pieces(stream: bytes, table: bytes) -> Iterator[Piece]:
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
            yield Piece(positions[number], stream[start : start + characters].decode("cp1252", "replace"), start, 1)
        else:
            yield Piece(positions[number], _in_units(stream[offset : offset + 2 * characters]), offset, 2)


def _in_units(content: bytes) -> str:
    """UTF-16 as one character per unit: by units everything in the format counts, and rare characters take two."""
    text = content.decode("utf-16-le", "replace")
    if len(text) == len(content) // 2:
        return text
    return "".join(chr(unit) for (unit,) in struct.iter_unpack("<H", content[: len(content) // 2 * 2]))


def _whole(text: str) -> str:
    """Characters of two units made whole again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _UNIT.search(text) else text


def _stories(
    text: str, lengths: tuple[int, ...], runs: list[tuple[int, int, PartKind]], properties: list[str]
) -> Reading:
    draft = Draft()
    draft.page()
    at = 0
    for kind, length in zip(_STORIES, lengths, strict=True):
        end = at + max(0, length)
        if kind is PartKind.BODY:
            _body(_readable(_signed(text[at:end], runs)), draft)
        elif kind is not None:
            draft.apart(kind, re.sub(r"\n{2,}", "\n", _readable(text[at:end])))
        at = end
    for line in properties:
        draft.apart(PartKind.PROPERTY, line)
    return draft.finish()


def _signed(text: str, runs: list[tuple[int, int, PartKind]]) -> str:
    """The main text with a sign where a hidden or tracked stretch begins and where plain text goes on."""
    pieces, at = [], 0
    for start, end, kind in runs:
        if at <= start < len(text):
            pieces += [text[at:start], _SIGNS[kind], text[start:end], _SIGNS[PartKind.BODY]]
            at = end
    return "".join([*pieces, text[at:]])


def _body(text: str, draft: Draft) -> None:
    kind = PartKind.BODY
    for piece in _SIGN.split(text):
        if piece in _KINDS:
            kind = _KINDS[piece]
        else:
            draft.add(piece, kind)


def _readable(text: str) -> str:
    """Field codes dropped (their results kept), paragraph ends as line ends, cells by tab, rows by line."""
    text = _whole(text)
    for _ in range(4):
        text = _FIELD_CODE.sub("", text)
    text = text.replace("\x07\x07", "\n").replace("\x07", "\t").replace("\x1e", "-").replace("\xa0", " ")
    return _DROPPED.sub("", _PARAGRAPHS.sub("\n", text))
