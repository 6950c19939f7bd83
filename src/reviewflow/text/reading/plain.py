"""Plain text: UTF-8, UTF-16, GB18030."""

from reviewflow.domain.document import Reading
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NUL_SHARE = 0.05


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """The text in whichever encoding it is. Raises ReviewflowError ``read.encoding``."""
    draft = Draft()
    draft.page()
    draft.add(decode(content))
    return draft.finish()


def decode(content: bytes) -> str:
    """Bytes as text: by byte-order mark, else UTF-8, UTF-16 where NUL bytes say so, GB18030, and last by statistics."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strict(content, encoding) or _by_statistics(content)
    if content.count(b"\0") > len(content) * _NUL_SHARE:
        # ASCII characters and line ends have their NUL byte second in little-endian text, first in big-endian.
        order = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
        text = _strict(content, order)
        if text is not None:
            return text
    for encoding in ("utf-8", "gb18030"):
        text = _strict(content, encoding)
        if text is not None:
            return text
    return _by_statistics(content)


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _by_statistics(content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:200_000]).best()
    if best is None:
        raise ReviewflowError("read.encoding", "认不出文字的编码。", "请用编辑器另存为 UTF-8 后重新提交。")
    return content.decode(best.encoding, "replace")
