"""The lines of a text that are not blank, without surrounding white space: those at its head and those at its end."""

from dataclasses import dataclass

HEAD_LINES = 16
HEAD_LENGTH = 4000
TAIL_LENGTH = 600


@dataclass(frozen=True, slots=True)
class Lines:
    """The first and the last lines of a text. Long texts have a middle that neither holds."""

    head: tuple[str, ...]
    tail: tuple[str, ...]


def lines_of(text: str) -> Lines:
    """The first HEAD_LINES lines (within HEAD_LENGTH characters), and the lines of the last TAIL_LENGTH characters."""
    cut = max(0, len(text) - TAIL_LENGTH)
    if cut:
        cut = text.find("\n", cut - 1) + 1 or len(text)
    head = [line for raw in text[:HEAD_LENGTH].split("\n", 4 * HEAD_LINES)[: 4 * HEAD_LINES] if (line := raw.strip())]
    tail = [line for raw in text[cut:].split("\n") if (line := raw.strip())]
    return Lines(tuple(head[:HEAD_LINES]), tuple(tail))


def bare(line: str) -> str:
    """A line without any white space."""
    return "".join(line.split())
