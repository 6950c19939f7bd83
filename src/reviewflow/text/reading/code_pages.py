"""Encodings by the numbers under which Windows programs know them."""

import codecs

# Simplified Chinese is read as GB18030, which holds all of code page 936. The Macintosh pages of East Asia differ from
# those of Windows in a few signs only. UTF-16 is none of the pages whose bytes may stand in a file of bytes.
_PAGES = {
    936: "gb18030", 10001: "cp932", 10002: "cp950", 10003: "cp949", 10008: "gb18030", 10000: "mac_roman",
    20936: "gb18030", 51936: "gb18030", 54936: "gb18030", 65001: "utf-8",
}  # fmt: skip
# [MS-WMF] 2.1.1.5. 0 (ANSI), 1 (default) and 2 (symbol) say nothing of their own.
_CHARSETS = {
    77: 10000, 78: 932, 79: 949, 80: 936, 81: 950, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254,
    163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
_OF_TWO_BYTES = frozenset(("gb18030", "cp932", "cp949", "cp950", "johab"))


def encoding_of_page(number: int) -> str | None:
    """The encoding of a code page, None for one that says nothing (0) or that nobody knows."""
    name = _PAGES.get(number, f"cp{number}" if number != 1361 else "johab")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def encoding_of_charset(number: int) -> str | None:
    """The encoding of a font's charset, None where the document's own holds."""
    return encoding_of_page(_CHARSETS.get(number, 0))


def is_east_asian(encoding: str) -> bool:
    """Whether characters of an encoding may take two bytes."""
    return encoding in _OF_TWO_BYTES
