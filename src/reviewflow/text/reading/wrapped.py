"""Joining the lines that a page layout has broken, so that words and numbers are whole again."""

import re
import unicodedata

_NARROWEST = 40
_SLACK = 8
_FULL_LINES = 2
"""A paragraph's lines are as wide as the page's widest, less four characters; one wide line alone proves nothing."""
_ENDS = "。；：！？…”』」.;:!?"
_STARTS = re.compile(
    r"\s|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|第[一二三四五六七八九十百\d]+[章节条]|\d+[、.．)）]"
)
_WIDE = ("W", "F")
_FIELDS = 3


def join_wrapped(text: str) -> str:
    """Text of one page in which a full line runs on into the next one. Tables and headings stay as they are."""
    lines = text.split("\n")
    widths = [_width(line) for line in lines]
    widest = max(widths)
    full = [width >= max(_NARROWEST, widest - _SLACK) for width in widths]
    if sum(full) < _FULL_LINES:
        return text
    joined = lines[:1]
    for number in range(1, len(lines)):
        if full[number - 1] and _runs_on(lines[number - 1], lines[number]):
            joined[-1] += lines[number]
        else:
            joined.append(lines[number])
    return "\n".join(joined)


def _runs_on(line: str, following: str) -> bool:
    if not following or line[-1:] in _ENDS or _STARTS.match(following):
        return False
    if len(line.split()) >= _FIELDS or len(following.split()) >= _FIELDS:
        return False
    # Two figures side by side are two figures; Latin words need the blank that a line end stands for.
    return _is_wide(line[-1]) or _is_wide(following[0])


def _width(line: str) -> int:
    """Columns: two for a Chinese character, one for others."""
    return sum(2 if _is_wide(character) else 1 for character in line)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in _WIDE
