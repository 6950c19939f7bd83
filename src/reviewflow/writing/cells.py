"""Text that is safe in a file other programs open: no characters a format forbids, no cell that a spreadsheet runs."""

import re
from typing import Any

_BREAKS = re.compile("\r\n|[\r\x0b\x0c]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Excel in East Asian languages reads the full-width signs as the narrow ones.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
_CHANGED_BY_EXCEL = re.compile(r"0\d+|\d{12,}|\d+[eE]\d+|\d{1,4}(?:[-/]\d{1,4}){1,2}", re.ASCII)
_LONGEST_CELL = 32_000


def plain_text(text: str) -> str:
    """The text without control characters, lone surrogates and non-characters, which XML 1.0 (section 2.2) and
    spreadsheets refuse. Every kind of line break becomes a line feed; tabs stay."""
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text))


def safe_cell(value: Any) -> Any:
    """A cell that a spreadsheet will not run as a formula (CSV injection): such text gets a leading apostrophe.

    Control characters go first, since a start that is only seen after their removal would be run all the same.
    """
    if not isinstance(value, str):
        return value
    text = plain_text(value)
    return "'" + text if text.startswith(_FORMULA_STARTS) else text


def csv_cell(value: Any) -> Any:
    """A safe cell that also keeps its digits: a text that Excel would read out of a CSV file as a number with leading
    zeros lost, a rounded long number, a power of ten or a date gets a leading apostrophe as well."""
    if isinstance(value, str) and _CHANGED_BY_EXCEL.fullmatch(value):
        return "'" + value
    return safe_cell(value)


def excel_text(value: Any) -> Any:
    """A safe cell cut at 32,000 characters, since Excel holds 32,767 in one."""
    safe = safe_cell(value)
    return safe[:_LONGEST_CELL] if isinstance(safe, str) else safe
