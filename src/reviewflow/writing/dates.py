"""Dates as Chinese offices print them."""

from datetime import date


def chinese_date(day: date | None) -> str:
    """2018年9月3日, or nothing for no date."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
