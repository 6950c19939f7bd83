"""Blanks that a page layout, and no writer, put between characters."""

import re

_HAN = "\u4e00-\u9fff"
_SPACED = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
_ADJOINING = re.compile(rf"(?<=[{_HAN}])(?=[{_HAN}])")
_DATED = re.compile(r"(?<=\d) (?=[年月日号])|(?<=[年月第]) (?=\d)")
_BESIDE_DIGITS = re.compile(rf"(?<=[{_HAN}]) (?=[\dA-Za-z])|(?<=[\dA-Za-z]) (?=[{_HAN}])")
_PROSE = re.compile("[，。；]")
_STRAY = 10


def close_gaps(text: str) -> str:
    """Text without such blanks; those that part the cells of a table or the names of a list stay."""
    return "\n".join(_close(line) if " " in line else line for line in text.split("\n"))


def _close(line: str) -> str:
    line = _DATED.sub("", line)
    if _PROSE.search(line):
        line = _BESIDE_DIGITS.sub("", line)
    spaced, adjoining = len(_SPACED.findall(line)), len(_ADJOINING.findall(line))
    # A line that is spread out has a blank at every place, a justified one a stray blank here and there.
    if spaced > adjoining or spaced * _STRAY <= adjoining:
        return _SPACED.sub("", line)
    return line
