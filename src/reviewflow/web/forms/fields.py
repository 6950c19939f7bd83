"""Fields of forms that several pages have."""

from datetime import date

from reviewflow.errors import ReviewflowError

_DIGITS = 16
"""more than any row's number has"""


def day_from(text: str) -> date | None:
    """A day as a date field sends it, None for an empty one. Raises ReviewflowError ``web.field``."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ReviewflowError("web.field", "日期不认识。", "请写成 2025-11-03 这样。") from None


def number_from(text: str) -> int:
    """The number of a row as an address names it, 0 for an empty text. Raises ReviewflowError ``web.field``."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS):
        raise ReviewflowError("web.field", "没有这一页。", "请从第一页看起。")
    return int(text)


def period_from(since: str, until: str) -> tuple[date | None, date | None]:
    """The first and the last day of a period. Raises ReviewflowError ``web.field``."""
    first, last = day_from(since), day_from(until)
    if first and last and first > last:
        raise ReviewflowError("web.field", "起始日期晚于截止日期。", "请改正后再试。")
    return first, last
