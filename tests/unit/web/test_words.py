"""What the pages of lists say of the days left."""

from datetime import date

import pytest

from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Lane, Status
from reviewflow.services.queue.lists import CaseLine
from reviewflow.web.templatetags.desk import left


def line(days_left: int | None, provisional: bool = False) -> CaseLine:
    """A case of a list with so many workdays left."""
    return CaseLine(
        id=1,
        version=1,
        lane=Lane.CLEAR,
        title="甲通知",
        section="大气科",
        category=None,
        status=Status.PROACTIVE,
        stage=Stage.SECTION,
        due_on=date(2025, 11, 3),
        days_left=days_left,
        provisional=provisional,
        split=False,
        attention="",
        waiting=True,
    )


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
    assert left(line(days)) == told


def test_a_day_reckoned_without_the_years_holidays_says_so() -> None:
    assert "（暂）" in left(line(20, provisional=True))
