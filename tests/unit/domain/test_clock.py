"""The day of a time is that of China."""

from datetime import UTC, date, datetime

from reviewflow.domain.clock import local_day


def test_a_day_begins_at_sixteen_hours_of_the_day_before_in_greenwich() -> None:
    assert local_day(datetime(2025, 11, 3, 15, 59, 59, tzinfo=UTC)) == date(2025, 11, 3)
    assert local_day(datetime(2025, 11, 3, 16, 0, tzinfo=UTC)) == date(2025, 11, 4)
