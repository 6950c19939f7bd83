"""Working days against worked examples and against counting day by day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.domain.workdays import Deadline, WorkCalendar
from reviewflow.rules.workdays import load_workdays

CALENDAR = load_workdays(Path(__file__).resolve().parents[3] / "configs" / "workdays.yaml")
days = st.dates(date(2001, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("formed", "fifteen", "twenty"),
    [
        ("2018-09-28", "2018-10-24", "2018-10-31"),
        ("2018-02-09", "2018-03-07", "2018-03-14"),
        ("2018-04-03", "2018-04-25", "2018-05-03"),
        ("2018-12-20", "2019-01-11", "2019-01-18"),
        ("2019-01-25", "2019-02-20", "2019-02-27"),
    ],
)
def test_deadlines_of_15_and_20_working_days(formed: str, fifteen: str, twenty: str) -> None:
    start = date.fromisoformat(formed)
    assert CALENDAR.add_workdays(start, 15) == Deadline(date.fromisoformat(fifteen), False)
    assert CALENDAR.add_workdays(start, 20) == Deadline(date.fromisoformat(twenty), False)


def test_a_holiday_is_free_and_a_make_up_saturday_is_worked() -> None:
    assert not CALENDAR.is_workday(date(2018, 10, 1))
    assert CALENDAR.is_workday(date(2018, 9, 29))
    assert not CALENDAR.is_workday(date(2018, 9, 22))


@given(days, st.integers(1, 60))
def test_a_deadline_is_found_by_counting_days_one_by_one(start: date, number: int) -> None:
    day, left = start, number
    while left:
        day += timedelta(1)
        left -= CALENDAR.is_workday(day)
    known = start.year >= 2004 and day.year <= CALENDAR.last_year
    assert CALENDAR.add_workdays(start, number) == Deadline(day, not known)


@given(days, st.integers(1, 400))
def test_the_days_left_are_those_counted_one_by_one(start: date, span: int) -> None:
    end = start + timedelta(span)
    counted = sum(CALENDAR.is_workday(start + timedelta(at)) for at in range(1, span + 1))
    assert CALENDAR.workdays_between(start, end) == max(counted, 1)
    assert CALENDAR.workdays_between(end, start) == -max(counted, 1)


@given(days, st.integers(1, 300))
def test_as_many_days_are_left_as_the_period_has(start: date, number: int) -> None:
    assert CALENDAR.workdays_between(start, CALENDAR.add_workdays(start, number).day) == number


def test_nothing_is_left_on_the_day_and_it_is_over_on_the_saturday_after() -> None:
    friday = date(2018, 9, 14)
    assert CALENDAR.workdays_between(friday, friday) == 0
    assert CALENDAR.workdays_between(date(2018, 9, 15), friday) == -1


def test_a_year_without_an_announcement_has_weekends_only_and_is_provisional() -> None:
    calendar = WorkCalendar(frozenset({date(2019, 1, 1)}), frozenset(), 2018, 2018)
    assert calendar.is_workday(date(2019, 1, 1))
    assert calendar.add_workdays(date(2018, 12, 31), 1) == Deadline(date(2019, 1, 1), True)
    assert calendar.add_workdays(date(2018, 12, 28), 1) == Deadline(date(2018, 12, 31), False)


def test_a_period_that_begins_in_an_unknown_year_is_provisional() -> None:
    calendar = WorkCalendar(frozenset(), frozenset(), 2018, 2018)
    assert calendar.add_workdays(date(2017, 12, 31), 1) == Deadline(date(2018, 1, 1), True)


@pytest.mark.parametrize("number", [0, -3])
def test_a_period_of_no_days_ends_where_it_begins(number: int) -> None:
    assert CALENDAR.add_workdays(date(2018, 9, 15), number).day == date(2018, 9, 15)


def test_the_ends_of_time_raise_nothing() -> None:
    assert CALENDAR.add_workdays(date.max, 20).day == date.max
    assert CALENDAR.add_workdays(date.min, 1).day == date(1, 1, 2)
    assert CALENDAR.add_workdays(date.min, 10**9).day == date.max
    assert CALENDAR.workdays_between(date.min, date.max) > 2_600_000
