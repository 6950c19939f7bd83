"""What a detector is: a kind, the literal words that it looks for, and a search over a scan of the text."""

from collections.abc import Iterable
from typing import Protocol

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span


class Detector(Protocol):
    """Made from ``Words``; ``cues`` of all detectors are found in one pass before ``find`` is called."""

    @property
    def kind(self) -> Kind:
        """What it finds."""

    @property
    def cues(self) -> tuple[str, ...]:
        """The literal words whose places it asks the scan for."""

    def find(self, scan: Scan) -> Iterable[Span]:
        """Spans of the text as read."""
