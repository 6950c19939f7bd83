"""State-secret marks: found by reviewflow.text.tidy.marks, whose rule of place decides what is a mark."""

from reviewflow.domain.document import Document
from reviewflow.text.sensitive.scan import Span


def secret_mark_span(document: Document) -> Span | None:
    """The span of the document's own mark, also of one that was struck: an expired mark still needs a review."""
    mark = document.secret_mark
    return (mark.start, mark.end) if mark else None
