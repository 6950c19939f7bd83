"""Tables on a terminal whose columns stay aligned with wide characters."""

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Terminal columns that a text takes: two for wide and full-width characters, none for combining marks."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, columns: int) -> str:
    """A text cut (with …) or filled to exactly so many columns."""
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc")).strip()
    if width(text) > columns:
        kept, used = [], 0
        for character in text:
            if used + _columns(character) > columns - 1:
                break
            kept.append(character)
            used += _columns(character)
        text = "".join(kept) + "…"
    return text + " " * (columns - width(text))


def draw(headings: Sequence[str], rows: Sequence[Sequence[str]], most: Sequence[int]) -> str:
    """A table with a rule under its headings. ``most`` limits each column's width; 0 leaves it free."""
    widths = []
    for number, heading in enumerate(headings):
        widest = max([width(heading), *(width(row[number]) for row in rows)])
        widths.append(min(widest, most[number]) if most[number] else widest)
    lines = [_line(headings, widths), "  ".join("─" * columns for columns in widths)]
    lines.extend(_line(row, widths) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(fit(cell, columns) for cell, columns in zip(cells, widths, strict=True))
