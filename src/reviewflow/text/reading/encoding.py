"""Finding the encoding of a text file."""

import codecs

from reviewflow.errors import DocumentError

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NUL_SHARE = 0.05
_GAPS = 100
"""At most one character in so many may be damaged before another encoding is looked for."""


def decode(content: bytes, *, sample: bool = False) -> str:
    """Bytes as text: by byte-order mark, else UTF-8, UTF-16 where NUL bytes say so, GB18030, and last by statistics.

    A ``sample`` may end within a character and may be no text at all: it is never refused.
    Raises ReviewflowError ``read.encoding`` otherwise.
    """
    for encoding in _candidates(content):
        try:
            return codecs.getincrementaldecoder(encoding)().decode(content, final=not sample)
        except UnicodeDecodeError:
            continue
    if sample:
        return content.decode("latin-1")
    return _with_gaps(content) or _by_statistics(content)


def _with_gaps(content: bytes) -> str | None:
    """Text in which few bytes are damaged, with the sign for unreadable characters in their place."""
    readings = [content.decode(encoding, "replace") for encoding in _candidates(content)]
    best = min(readings, key=lambda text: text.count("\ufffd"))
    return best if best.count("\ufffd") <= max(1, len(best) // _GAPS) else None


def _candidates(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return (encoding,)
    if content.count(b"\0") > len(content) * _NUL_SHARE:
        # ASCII characters and line ends have their NUL byte second in little-endian text, first in big-endian.
        order = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
        return (order, "utf-8", "gb18030")
    return ("utf-8", "gb18030")


def _by_statistics(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:200_000]).best()
    if best is None:
        raise DocumentError("read.encoding", "认不出文字的编码。", "请用编辑器另存为 UTF-8 后重新提交。")
    return content.decode(best.encoding, "replace")
