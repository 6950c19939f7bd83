"""A document's text in lines of pieces, each knowing what marks it: findings, words of rules, words of evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reviewflow.domain.terms import Kind

MOST_OCCURRENCES = 200
"""of one word, that are marked: a word that fills a text marks nothing"""


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` is marked: ``kind`` is finding, rule or evidence, ``label`` says what it is."""

    start: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A stretch of one line. ``kinds`` are CSS classes, ``title`` says in words what it is; both empty for plain text."""

    text: str
    kinds: str = ""
    title: str = ""


def marks_of(record: dict[str, Any], text: str, rule_names: dict[str, str]) -> list[Mark]:
    """The marks of a proposal's record on its document's text."""
    marks = [
        Mark(one["start"], one["end"], "finding", Kind(one["kind"]).label)
        for one in record.get("findings", ())
        if 0 <= one["start"] < one["end"] <= len(text)
    ]
    for rule in record.get("rules", ()):
        label = f"规则：{rule_names.get(rule['id'], rule['id'])}"
        for word in rule["words"]:
            marks.extend(Mark(start, end, "rule", label) for start, end in occurrences(text, word))
    for word in record.get("evidence", ()):
        marks.extend(Mark(start, end, "evidence", "类别依据词") for start, end in occurrences(text, word["word"]))
    return marks


def occurrences(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands, at most MOST_OCCURRENCES times."""
    at = text.find(word) if word else -1
    for _ in range(MOST_OCCURRENCES):
        if at < 0:
            return
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def marked_lines(text: str, marks: Iterable[Mark], start: int, end: int) -> list[list[MarkedPiece]]:
    """``text[start:end]`` as lines of pieces. Overlapping marks give pieces of several kinds."""
    near = sorted((mark for mark in marks if mark.end > start and mark.start < end), key=lambda mark: mark.start)
    edges = {start, end}
    for mark in near:
        edges.update((max(mark.start, start), min(mark.end, end)))
    lines: list[list[MarkedPiece]] = [[]]
    open_marks: list[Mark] = []
    upcoming = iter(near)
    following = next(upcoming, None)
    for begin, finish in pairwise(sorted(edges)):
        open_marks = [mark for mark in open_marks if mark.end > begin]
        while following is not None and following.start <= begin:
            open_marks.append(following)
            following = next(upcoming, None)
        _add(lines, text[begin:finish], open_marks)
    return lines


def _add(lines: list[list[MarkedPiece]], stretch: str, marks: list[Mark]) -> None:
    """Add a stretch with its marks, opening a new line at every line end."""
    kinds = " ".join(sorted({mark.kind for mark in marks}))
    title = "；".join(dict.fromkeys(mark.label for mark in marks))
    for number, part in enumerate(stretch.split("\n")):
        if number:
            lines.append([])
        if part:
            lines[-1].append(MarkedPiece(part, kinds, title))
