"""The lines of a text with their places, blank ones left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

HEAD_LINES = 16
TAIL_LENGTH = 600


class Line(NamedTuple):
    """One line: its text without surrounding white space, and the offset of its first character."""

    text: str
    start: int

    @property
    def bare(self) -> str:
        """The line without any white space."""
        return "".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Lines:
    """The first lines of a text and the lines of its last stretch. Long texts have a middle that neither holds."""

    head: tuple[Line, ...]
    tail: tuple[Line, ...]


def lines_of(text: str) -> Lines:
    """The first HEAD_LINES lines that are not blank, and the lines of the last TAIL_LENGTH characters."""
    cut = max(0, len(text) - TAIL_LENGTH)
    if cut:
        cut = text.find("\n", cut) + 1 or len(text)
    return Lines(tuple(islice(_lines(text, 0), HEAD_LINES)), tuple(_lines(text, cut)))


def _lines(text: str, at: int) -> Iterator[Line]:
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        raw = text[at:end]
        stripped = raw.strip()
        if stripped:
            yield Line(stripped, at + len(raw) - len(raw.lstrip()))
        at = end + 1
