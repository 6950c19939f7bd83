"""Plain text: UTF-8, UTF-16, GB18030."""

from reviewflow.domain.document import Reading
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading.draft import Draft
from reviewflow.text.reading.encoding import decode


def read(content: bytes, _limits: ReadingLimits) -> Reading:
    """The text in whichever encoding it is. Raises ReviewflowError ``read.encoding``."""
    draft = Draft()
    draft.page()
    draft.add(decode(content))
    return draft.finish()
