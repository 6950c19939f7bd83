"""Spreadsheet cells as text: whole numbers without a point, so that a telephone number stays one."""

import datetime
import re
from typing import Any

# Number formats that show a date or time, by number ([ECMA-376] 18.8.30, with those of East Asian editions).
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
# Format codes of page headers and footers: place, font, size, page number, sheet name, date ...
_CODES = re.compile(r'&"[^"]*"|&\d+|&[A-Za-z]|(?<![A-Za-z])Page(?![A-Za-z])')
_EPOCH = datetime.datetime(1899, 12, 30)
_EPOCH_1904 = datetime.datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_465  # 9999-12-31
_FIRST_LEAP_SERIAL = 60  # Excel counts a 29 February 1900 that never was


def cell_text(value: Any) -> str:
    """One cell's value as a person would read it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()


def margin_text(text: str) -> str:
    """The words of a page header or footer without its format codes."""
    return _CODES.sub("", text)


def is_date_format(number: int, code: str) -> bool:
    """Whether a number format shows a date or a time; ``code`` is the user's own, empty for a built-in one."""
    return bool(_DATE_LETTERS.search(_QUOTED.sub("", code))) if code else number in _DATE_FORMATS


def date_of(serial: float, *, since_1904: bool = False) -> datetime.datetime | datetime.time | float:
    """The day that a serial number stands for, a time of day for less than 1, the number itself if it is no day."""
    if not 0 <= serial <= _LAST_SERIAL:
        return serial
    day = (_EPOCH_1904 if since_1904 else _EPOCH) + datetime.timedelta(seconds=round(serial * 86_400))
    if serial < 1:
        return day.time()
    return day if since_1904 or serial >= _FIRST_LEAP_SERIAL else day + datetime.timedelta(days=1)
