"""Spreadsheet cells as text: whole numbers without a point, so that a telephone number stays one."""

import datetime
from typing import Any


def cell_text(value: Any) -> str:
    """One cell's value as a person would read it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value).strip()
