"""Web pages archived in one file (.mht, and what many office systems export as .doc)."""

from email import message_from_bytes

from reviewflow.domain.document import Reading
from reviewflow.errors import DocumentError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import html


def read(content: bytes, limits: ReadingLimits) -> Reading:
    """The first page in the archive. Raises ReviewflowError ``read.truncated`` if there is none."""
    for part in message_from_bytes(content).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return html.read(page, limits)
    raise DocumentError("read.truncated", "文件里没有网页正文，可能不完整。", "请重新取得完整的文件。")
