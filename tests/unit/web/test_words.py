"""What the pages of lists say of the days left."""

from datetime import date

import pytest

from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Lane, Status
from reviewflow.services.listing import Line
from reviewflow.web.templatetags.desk import left


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (None, "—"),
        (-3, '<span class="late">逾期</span>'),
        (0, '<span class="soon">今天到期</span>'),
        (5, '<span class="soon">5 天</span>'),
        (6, "6 天"),
    ],
)
def test_few_days_and_none_are_told_apart(days: int | None, told: str) -> None:
    line = Line(
        1,
        1,
        Lane.CLEAR,
        "甲通知",
        "大气科",
        None,
        Status.PROACTIVE,
        Stage.SECTION,
        date(2025, 11, 3),
        days,
        False,
        False,
        "",
        True,
    )
    assert left(line) == told


def test_a_day_reckoned_without_the_years_holidays_says_so() -> None:
    line = Line(
        1,
        1,
        Lane.CLEAR,
        "甲通知",
        "大气科",
        None,
        Status.PROACTIVE,
        Stage.SECTION,
        date(2027, 1, 4),
        20,
        True,
        False,
        "",
        True,
    )
    assert "（暂）" in left(line)
