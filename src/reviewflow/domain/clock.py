"""The time of China: UTC+8 without daylight saving. Days in law are days there."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")


def now() -> datetime:
    """This moment, in China."""
    return datetime.now(CHINA)


def local(moment: datetime) -> datetime:
    """An aware moment as China's clocks show it."""
    return moment.astimezone(CHINA)


def local_day(moment: datetime) -> date:
    """The day in China on which an aware moment falls: wherever a day follows from a moment, it is this one."""
    return local(moment).date()
