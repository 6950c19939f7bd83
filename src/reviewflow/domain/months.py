"""Periods in months: the day of the same number, or the last of a month that has no such day (民法典 Art. 202)."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The day so many months later: a year after 2024-02-29 is 2025-02-28."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
