"""Working days of the State Council's holiday calendar, and deadlines counted in them.

The day on which a period begins is not counted (民法典 Art. 201); a period in working days ends on a working day by
itself (Art. 203). Answers to requests take 20 working days, a third party has 15 to object (政府信息公开条例 2019
Arts. 32, 33).
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_WEEK = 7
_WORKDAYS_A_WEEK = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a period; ``provisional`` when the holidays of a year it touches are not known yet."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class WorkCalendar:
    """Holidays that fall on any day, days off that are worked to make up for others, and the years that are known.

    Outside ``first_year`` to ``last_year`` only Saturdays and Sundays are free; nothing is ever raised for a date.
    """

    holidays: frozenset[date]
    makeup_days: frozenset[date]
    first_year: int
    last_year: int

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        if self.is_known(day):
            if day in self.holidays:
                return False
            if day in self.makeup_days:
                return True
        return day.weekday() < _WORKDAYS_A_WEEK

    def is_known(self, day: date) -> bool:
        """Whether the holidays of this day's year are known."""
        return self.first_year <= day.year <= self.last_year

    def add_workdays(self, start: date, number: int) -> Deadline:
        """The working day that is ``number`` working days after ``start``; ``start`` itself for 0 or less, and the last
        day that a date can be for more than there are."""
        target = self._until(start.toordinal()) + number
        day = date.fromordinal(bisect_left(range(date.max.toordinal()), target, lo=start.toordinal(), key=self._until))
        return Deadline(day, not (self.is_known(start) and self.is_known(day)))

    def workdays_between(self, start: date, end: date) -> int:
        """The working days left on ``start`` until a deadline ``end``, which is counted; 0 on the day itself.

        Negative when it has passed, and then -1 at least, also when no working day has gone by since.
        """
        days = self._until(end.toordinal()) - self._until(start.toordinal())
        if start < end:
            return max(days, 1)
        if end < start:
            return min(days, -1)
        return 0

    def _until(self, ordinal: int) -> int:
        """The working days from 0001-01-01, a Monday, up to and with this ordinal."""
        weeks, rest = divmod(ordinal, _WEEK)
        regular = weeks * _WORKDAYS_A_WEEK + min(rest, _WORKDAYS_A_WEEK)
        return regular - bisect_right(self._free, ordinal) + bisect_right(self._worked, ordinal)

    @cached_property
    def _free(self) -> list[int]:
        """Weekdays that are holidays, as ordinals."""
        known = (day for day in self.holidays if self.is_known(day))
        return sorted(day.toordinal() for day in known if day.weekday() < _WORKDAYS_A_WEEK)

    @cached_property
    def _worked(self) -> list[int]:
        """Saturdays and Sundays that are worked, as ordinals."""
        known = (day for day in self.makeup_days - self.holidays if self.is_known(day))
        return sorted(day.toordinal() for day in known if day.weekday() >= _WORKDAYS_A_WEEK)
