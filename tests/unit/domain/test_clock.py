"""Days are days in China, whatever zone a moment is told in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewflow.domain.clock import CHINA, local_day
from reviewflow.domain.people import HeldRole, Role
from reviewflow.domain.review import Action
from reviewflow.domain.signing import permitted, sign
from reviewflow.errors import ReviewflowError
from tests.unit.domain.reviews import BASES, LI, change, fresh

NEW_YEAR = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
"""half past midnight on 1 January in China"""

_zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


def test_a_day_begins_at_sixteen_hours_of_the_day_before_in_greenwich() -> None:
    assert local_day(datetime(2025, 11, 3, 15, 59, 59, tzinfo=UTC)) == date(2025, 11, 3)
    assert local_day(datetime(2025, 11, 3, 16, 0, tzinfo=UTC)) == date(2025, 11, 4)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(CHINA)), _zones)
def test_the_day_of_a_moment_is_the_same_in_every_zone(moment: datetime, zone: timezone) -> None:
    assert local_day(moment.astimezone(zone)) == moment.date()


@given(st.integers(-2 * 1440, 2 * 1440), st.integers(-2, 2), st.integers(-2, 2), _zones)
def test_a_role_lent_for_days_is_held_on_those_days_in_china(
    minutes: int, first: int, last: int, zone: timezone
) -> None:
    since, until = (date(2026, 1, 1) + timedelta(days=days) for days in (first, last))
    stand_in = replace(LI, id="9", held=(HeldRole(Role.SECTION, "大气科", since, until, "李科员"),))
    moment = NEW_YEAR + timedelta(minutes=minutes)
    may = Action.AGREE in permitted(fresh(), stand_in, moment.astimezone(zone))
    assert may is (since <= moment.astimezone(CHINA).date() <= until)


def test_a_basis_that_comes_into_force_today_in_china_is_in_force() -> None:
    bases = replace(BASES, by_code={"NEW": replace(BASES.by_code["PRIVACY"], code="NEW", since=date(2026, 1, 1))})
    intent = change(next(iter(bases.by_code["NEW"].statuses)), "NEW")
    assert sign(fresh(), intent, LI, bases, NEW_YEAR).at == NEW_YEAR
    with pytest.raises(ReviewflowError) as refused:
        sign(fresh(), intent, LI, bases, NEW_YEAR - timedelta(minutes=31))
    assert refused.value.code == "review.basis_not_in_force"
