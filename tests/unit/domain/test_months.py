from datetime import date

import pytest

from reviewflow.domain.months import add_months


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 11, 3), 12, date(2026, 11, 3)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
        (date(2025, 12, 15), 0, date(2025, 12, 15)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
