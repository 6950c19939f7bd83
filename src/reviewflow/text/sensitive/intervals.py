"""Spans that lie inside one another."""

from collections.abc import Iterable, Iterator

from reviewflow.text.sensitive.scan import Span


def outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans from left to right, of overlapping ones the first and longest only."""
    last_end = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last_end:
            last_end = end
            yield start, end
