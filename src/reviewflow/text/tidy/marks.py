"""Marks on the face of a document: secrecy level and period, urgency.

A mark stands on a short line of its own; talk about secrecy does not (保守国家秘密法实施条例(2014) Art. 15;
GB/T 9704-2012, 7.2.2: top left of the first page). The star is reserved for state secrets.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from reviewflow.domain.document import PartKind, Reading, SecretMark
from reviewflow.text.tidy.lines import Lines

_GAP = r"[ \t\u3000]*"
_LEVEL = rf"(?P<level>绝{_GAP}密|機{_GAP}密|机{_GAP}密|秘{_GAP}密|絕{_GAP}密|祕{_GAP}密)"
_STAR = r"[★☆＊*⭐✩✭]"
_PERIOD = (
    rf"(?P<period>\d{{1,2}}{_GAP}(?:年|个月|月|天|日)|[一二三五]?[十〇零一二三四五六七八九]{{1,3}}{_GAP}年|长{_GAP}期|"
    rf"\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?(?:前|解密)?|[^\s,，。;；“”\"]{{2,14}}(?:前|后|时))"
)
_STARRED = re.compile(
    rf"(?:{_LEVEL}{_GAP}{_STAR}{_GAP}{_PERIOD}?|{_STAR}{_GAP}{_LEVEL.replace('level', 'level2')}"
    rf"{_GAP}{_PERIOD.replace('period', 'period2')}?)"
)
_PLAIN = re.compile(rf"^(?:密级[:：]?{_GAP})?{_LEVEL}(?:级)?{_GAP}{_PERIOD}?$")
# 密级：秘密 names the level whatever follows; a stamp 密件 names none.
_NAMED = re.compile(rf"^密{_GAP}级{_GAP}[:：]{_GAP}{_LEVEL}")
_STAMPS = ("密件", "此件涉密", "本件涉密")
# A mark may stand at the right end of the line with the document number.
_APART = re.compile(r"(?:[ \t\u3000]{2,}|号[ \t\u3000]+)$")
_BEFORE = re.compile(r"^(?:密级[:：]?|份号[:：]?|No\.?|[(（\[【]|\d{4,7}|\s)*$")
_MODERN = str.maketrans("絕機祕", "绝机秘")
_DECLASSIFIED = ("解密", "已解密", "解除密级")
_FACE_LINES = 10
_FACE_LENGTH = 800
_LONGEST_MARK_LINE = 34
_LONGEST_PERIOD = 6
_URGENCY = re.compile(r"^(?:.{0,16}[\s\u3000])?(特[ \u3000]*急|加[ \u3000]*急|特[ \u3000]*提|平[ \u3000]*急)$")


def secret_mark(reading: Reading) -> SecretMark | None:
    """The first state-secret mark of a reading, or None.

    Looked for at the start of every line (a paragraph may carry a mark of its own) and in headers and footers;
    a mark without a star counts only on one of the first lines and alone on it.
    """
    text = reading.text
    for start, line, on_face in _lines_with_mi(text):
        mark = _starred(line, start) or (_plain(line, start) if on_face else None)
        if mark:
            return mark if not _struck(text, mark) else replace(mark, declassified=True)
    return _in_margins(reading)


def _lines_with_mi(text: str) -> Iterator[tuple[int, str, bool]]:
    """Start and text of each line that holds 密, and whether it is one of the first lines that are not blank."""
    at = text.find("密")
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        before = text[:start]
        on_face = len(before) < _FACE_LENGTH and sum(bool(line.strip()) for line in before.split("\n")) < _FACE_LINES
        yield start, text[start:end], on_face
        at = text.find("密", end)


def _starred(line: str, start: int) -> SecretMark | None:
    match = _STARRED.search(line)
    if match is None:
        return None
    before, behind = line[: match.start()], line[match.end() :]
    if not _BEFORE.match(before) and not (_APART.search(before) and len(behind.strip()) <= _LONGEST_PERIOD):
        return None
    groups = match.groupdict()
    return _mark(groups["level"] or groups["level2"], groups["period"] or groups["period2"], start, match)


def _plain(line: str, start: int) -> SecretMark | None:
    stripped = line.strip()
    if len(stripped) > _LONGEST_MARK_LINE:
        return None
    at = start + line.index(stripped)
    if stripped in _STAMPS:
        return SecretMark("密件", None, at, at + len(stripped))
    match = _PLAIN.match(stripped) or _NAMED.match(stripped)
    if match is None:
        return None
    return _mark(match["level"], match.groupdict().get("period"), at, match)


def _mark(level: str, period: str | None, start: int, match: re.Match[str]) -> SecretMark:
    bare = "".join(level.split()).translate(_MODERN)
    period = "".join(period.split()) if period else None
    return SecretMark(bare, period, start + match.start(), start + match.end())


def _struck(text: str, mark: SecretMark) -> bool:
    """Whether the word 解密 stands on the line of the mark or the next: a declassified copy."""
    end = text.find("\n", mark.end)
    after = text[mark.end : text.find("\n", end + 1) if end >= 0 else len(text)]
    return any(word in after[:40] for word in _DECLASSIFIED) and "解密条件" not in after


def _in_margins(reading: Reading) -> SecretMark | None:
    for part in reading.parts:
        if part.kind in (PartKind.HEADER, PartKind.FOOTER, PartKind.TEXT_BOX):
            line = reading.text[part.start : part.end]
            mark = _starred(line, part.start) or _plain(line, part.start)
            if mark:
                return mark
    return None


def urgency(lines: Lines) -> str | None:
    """特急, 加急, 特提 or 平急, where it stands at the end of one of the first lines."""
    for line in lines.head[:8]:
        match = _URGENCY.match(line) if line[-1] in "急提" else None
        if match:
            return "".join(match[1].split())
    return None
