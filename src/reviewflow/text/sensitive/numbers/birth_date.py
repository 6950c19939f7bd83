"""Dates of birth with their day. Month and year alone are kept: an appointment notice shows 出生年月."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span

_YEAR = r"(?:(?:19|20)\d{2}|[一二][九〇○零0][〇○零0一二三四五六七八九]{2})"
_DATE = (
    rf"{_YEAR}\s*年\s*(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*[日号]"
    r"|(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:3[01]|[12]\d|0[1-9])(?!\d)"
)
_FIRST_THEN_WORD = re.compile(rf"(?P<date>{_DATE})\s*(?:出?生(?![产活效态])|诞生)")
_WORD_THEN_DATE = re.compile(
    rf"(?:出生(?:日期|时间|年月日|年月)?|生于|生日|诞生于)[^0-9一二\n]{{0,6}}(?P<date>{_DATE})"
)
_COLUMN = re.compile(r"出生(?:日期|年月日|年月|时间)|生日")
_COMPACT = re.compile(rf"(?<![0-9A-Za-z])(?:{_DATE})(?![0-9A-Za-z])")
_BEFORE, _BEHIND = 24, 40


class BirthDates:
    """Dates beside a word for birth, and the dates of a register that has a column for them."""

    kind = Kind.BIRTH_DATE
    cues = ("出生", "生于", "生日", "日生", "诞生于")

    def find(self, scan: Scan) -> Iterator[Span]:
        """Dates beside a word for birth, and the dates of a register that has a column for them."""
        if not scan.has(self.cues):
            return
        spans: set[Span] = set()
        for at, cue in scan.places(self.cues):
            start, end = max(0, at - _BEFORE), min(len(scan.text), at + len(cue) + _BEHIND)
            for pattern in (_FIRST_THEN_WORD, _WORD_THEN_DATE):
                spans.update(match.span("date") for match in pattern.finditer(scan.text, start, end))
        spans.update(_register(scan))
        yield from sorted(spans)


def _register(scan: Scan) -> Iterator[Span]:
    """Dates in the lines below a heading that names several columns, the date of birth among them."""
    for heading in _COLUMN.finditer(scan.text):
        line_start = scan.text.rfind("\n", 0, heading.start()) + 1
        around = scan.text[max(line_start, heading.start() - 40) : heading.end() + 40]
        if "姓名" not in around or not re.search(r"[、\t|\u3000 ]", around):
            continue
        stop = scan.text.find("\n\n", heading.end())
        for match in _COMPACT.finditer(scan.text, heading.end(), stop if stop >= 0 else heading.end() + 4000):
            behind = scan.text[match.end() : match.end() + 1]
            before = scan.text[match.start() - 1 : match.start()]
            if before in "\t\n |\u3000" and behind in "\t\n |\u3000":
                yield match.span()
