"""Rich Text (.rtf, and what many programs save as .doc): text, notes, headers, hidden and tracked text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reviewflow.domain.document import PartKind, Reading
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.code_pages import encoding_of_charset, encoding_of_page, is_east_asian
from reviewflow.text.reading.draft import Draft

_TOKEN = re.compile(rb"\\([a-z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)")
_SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet pict object objdata themedata colorschememapping datastore latentstyles listtable "
    b"listoverridetable sp rsidtbl generator xmlnstbl filetbl revtbl fldinst bkmkstart bkmkend nonshppict "
    b"atnid atnauthor atntime atnref atndate annotation_ref panose falt template mmathPr wgrffmtfilter".split()
)
_APART = {
    b"header": PartKind.HEADER, b"headerl": PartKind.HEADER, b"headerr": PartKind.HEADER, b"headerf": PartKind.HEADER,
    b"footer": PartKind.FOOTER, b"footerl": PartKind.FOOTER, b"footerr": PartKind.FOOTER, b"footerf": PartKind.FOOTER,
    b"footnote": PartKind.FOOTNOTE, b"annotation": PartKind.COMMENT, b"shptxt": PartKind.TEXT_BOX,
    b"title": PartKind.PROPERTY, b"author": PartKind.PROPERTY, b"operator": PartKind.PROPERTY,
    b"subject": PartKind.PROPERTY, b"company": PartKind.PROPERTY,
}  # fmt: skip
_PROPERTY_NAMES = {
    b"title": "标题",
    b"author": "作者",
    b"operator": "最后修改者",
    b"subject": "主题",
    b"company": "单位",
}
_CHARACTERS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"nestrow": "\n", b"sect": "\n", b"page": "\n",
    b"tab": "\t", b"cell": "\t", b"nestcell": "\t",
    b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•",
}  # fmt: skip
# Groups that old programs may pass over, and that hold text all the same: shapes, and properties in Unicode.
_KNOWN_OPTIONAL = (b"shpinst", b"ud")
_MARKS = {b"v": PartKind.HIDDEN, b"deleted": PartKind.DELETED, b"revised": PartKind.INSERTED}
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\r": "\n", b"\n": "\n"}


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds between two braces."""

    kind: PartKind = PartKind.BODY
    skipped: bool = False
    optional: bool = False
    outside: int = 0
    """0 in the body, else the number of the part that stands outside of it."""
    name: bytes = b""
    fallback: int = 1
    lists_fonts: bool = False
    font: int | None = None
    eastern_font: int | None = None
    """None stands for the document's default font, or for none."""


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """Body first; headers, notes, comments, text boxes and properties after it."""
    draft = Draft()
    draft.page()
    parts: dict[int, tuple[_Group, list[str]]] = {}
    cell = ""
    for group, text in _Decoder(content).pieces():
        if group.outside:
            parts.setdefault(group.outside, (group, []))[1].append(text)
        else:
            # A cell's end is a tab before the next cell, and nothing before the end of its row.
            draft.add(text if text == "\n" else cell + text if text != "\t" else cell, group.kind)
            cell = "\t" if text == "\t" else ""
    # A property may come twice, in the code page and then in Unicode: the last one counts.
    last = {group.name if group.kind is PartKind.PROPERTY else number: number for number, (group, _) in parts.items()}
    for number in last.values():
        group, texts = parts[number]
        name, text = _PROPERTY_NAMES.get(group.name), "".join(texts).strip()
        draft.apart(group.kind, f"{name}：{text}" if name and text else text)
    return draft.finish()


class _Decoder:
    """Tokens in, pieces of text with their group out. Bytes of a double-byte code page are put together."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._encoding = "gb18030"
        self._fonts: dict[int, str] = {}
        self._listed = self._default_font = 0
        self._group = _Group()
        self._above: list[_Group] = []
        self._bytes = bytearray()
        self._skip = self._parts = self._half = 0

    def pieces(self) -> Iterator[tuple[_Group, str]]:
        for match in _TOKEN.finditer(self._content):
            word, number, code, symbol, brace, run = match.groups()
            if code or run:
                self._take(bytes([int(code, 16)]) if code else run)
                continue
            if self._bytes:
                yield self._group, self._decoded()
                self._bytes.clear()
            if brace:
                self._brace(brace)
            elif symbol == b"*":
                self._group = replace(self._group, optional=True)
            elif self._group.lists_fonts and word:
                self._font_word(word, number)
            elif not self._group.skipped or word == b"u":
                text = _SYMBOLS.get(symbol, "") if symbol else self._word(word or b"", number)
                if text and not self._group.skipped:
                    yield self._group, text
        if self._bytes:
            yield self._group, self._decoded()

    def _decoded(self) -> str:
        """The bytes at hand, in the code page of their font: that of the font for Chinese where there is one."""
        font = self._default_font if self._group.font is None else self._group.font
        own = self._fonts.get(font, self._encoding)
        eastern = self._fonts.get(-1 if self._group.eastern_font is None else self._group.eastern_font, own)
        return self._bytes.decode(own if is_east_asian(own) else eastern, "replace")

    def _font_word(self, word: bytes, number: bytes | None) -> None:
        """A control word in the table of fonts: which font, and its code page."""
        if word == b"f":
            self._listed = int(number or 0)
        elif word in (b"fcharset", b"cpg"):
            encoding = (encoding_of_charset if word == b"fcharset" else encoding_of_page)(int(number or 0))
            if encoding:
                self._fonts[self._listed] = encoding

    def _take(self, content: bytes) -> None:
        """Bytes of text, less those that stand in for a character already given by its number."""
        dropped = min(self._skip, len(content))
        self._skip -= dropped
        if not self._group.skipped:
            self._bytes += content[dropped:]

    def _brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            self._above.append(self._group)
            self._group = replace(self._group, optional=False)
        elif self._above:
            self._group = self._above.pop()

    def _character(self, unit: int) -> str:
        """The character of a UTF-16 unit; a rare one comes in two halves."""
        half, self._half = self._half, 0
        if 0xD800 <= unit < 0xDC00:
            self._half = unit
            return ""
        if half and 0xDC00 <= unit < 0xE000:
            return chr(0x10000 + (half - 0xD800) * 0x400 + unit - 0xDC00)
        return chr(unit)

    def _word(self, word: bytes, number: bytes | None) -> str:
        """What a control word does: it gives a character, or changes the group."""
        if word == b"u" and number:
            self._skip = self._group.fallback
            return self._character(int(number) % 65536)
        if word in _CHARACTERS:
            return _CHARACTERS[word]
        if word == b"ansicpg":
            self._encoding = encoding_of_page(int(number or 0)) or self._encoding
        elif word == b"deff":
            self._default_font = int(number or 0)
        elif word == b"f":
            self._group = replace(self._group, font=int(number or 0))
        elif word == b"af" and is_east_asian(self._fonts.get(int(number or 0), "")):
            # \dbch\af13 names the font for Chinese beside the one for Latin letters.
            self._group = replace(self._group, eastern_font=int(number or 0))
        elif word == b"uc" and number:
            self._group = replace(self._group, fallback=int(number))
        elif word in _MARKS and not self._group.outside:
            self._group = replace(self._group, kind=PartKind.BODY if number == b"0" else _MARKS[word])
        elif word == b"plain":
            kind = self._group.kind if self._group.outside else PartKind.BODY
            self._group = replace(self._group, kind=kind, font=None, eastern_font=None)
        elif word in _APART:
            self._parts += 1
            self._group = replace(self._group, kind=_APART[word], outside=self._parts, name=word, skipped=False)
        elif word in _SKIPPED or (self._group.optional and word not in _KNOWN_OPTIONAL):
            self._group = replace(self._group, skipped=True, lists_fonts=word == b"fonttbl")
        self._group = replace(self._group, optional=False)
        return ""
