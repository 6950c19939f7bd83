"""The end of a document: signature, date formed, note, attachments (GB/T 9704-2012, 7.3.4 to 7.3.7)."""

import re
from datetime import date

from reviewflow.text.tidy.heading import is_agency
from reviewflow.text.tidy.lines import Lines, bare

_CHINESE = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "O": 0,
    "Ｏ": 0,
}
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}|[一二][〇○零OＯ一二三四五六七八九]{3})\s*年\s*"
    r"(?P<month>\d{1,2}|十?[一二三四五六七八九十])\s*月\s*"
    r"(?P<day>\d{1,2}|[一二三]?十?[一二三四五六七八九十])\s*日"
)
_NOTE = re.compile(r"^[(（]\s*(此件[^()（）]{2,24}|[^()（）]{0,12}(?:公开|发至)[^()（）]{0,12})\s*[)）]$")
_ATTACHMENT = re.compile(r"^附\s*件\s*[:：]?\s*(.*)$")
_NUMBERED = re.compile(r"^\d{1,2}\s*[.．、]\s*(.+)$")
_SEAL = re.compile(r"[(（]\s*(?:印章|盖章|公章|章)\s*[)）]$")
_MOST_ATTACHMENTS = 30


def signature(lines: Lines) -> tuple[str | None, date | None]:
    """Agency and date of the signature: the last line that is a date, the agency on it or on the line above.

    (None, None) when there is no such line; the agency alone is None when no agency's name stands there.
    """
    for place in range(len(lines.tail) - 1, -1, -1):
        text = lines.tail[place]
        if "日" not in text:
            continue
        match = _DATE.search(text)
        if match and _is_signature(text, match):
            before = text[: match.start()] or (lines.tail[place - 1] if place else "")
            name = _SEAL.sub("", bare(before))
            return (name if is_agency(name) else None), _day(match)
    return None, None


def _is_signature(text: str, match: re.Match[str]) -> bool:
    behind = text[match.end() :].strip()
    before = _SEAL.sub("", text[: match.start()].strip())
    return (not behind or bool(_NOTE.match(behind))) and (
        not before or is_agency(bare(before)) or before.endswith(("日期:", "日期："))
    )


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(_number(match["year"]), _number(match["month"]), _number(match["day"]))
    except ValueError:
        return None


def _number(written: str) -> int:
    """A number in digits or Chinese: 2018, 二〇一八, 十二, 二十三."""
    if written.isdecimal():
        return int(written)
    if "十" not in written:
        return int("".join(str(_CHINESE[character]) for character in written))
    tens, _, ones = written.partition("十")
    return (_CHINESE[tens] if tens else 1) * 10 + (_CHINESE[ones] if ones else 0)


def note(lines: Lines) -> str | None:
    """The note in round brackets below the date, such as 此件公开发布, without its brackets."""
    for line in reversed(lines.tail[-12:]):
        match = _NOTE.match(line) if line[0] in "(（" else None
        if match:
            return match[1].strip()
    return None


def attachments(lines: Lines) -> tuple[str, ...]:
    """Names of the attachments listed below the text."""
    names: list[str] = []
    listing = False
    for line in lines.tail:
        match = _ATTACHMENT.match(line) if line[0] == "附" else None
        if match:
            listing, names = True, []
            name = match[1]
        elif listing and _NUMBERED.match(line):
            name = line
        else:
            listing = False
            continue
        numbered = _NUMBERED.match(name)
        name = (numbered[1] if numbered else name).strip()
        if name and len(name) <= 80:
            names.append(name)
    return tuple(names[:_MOST_ATTACHMENTS])
