"""The calendar of working days: the State Council's announcements as packaged in chinesecalendar, and workdays.yaml,
which adds the years that the package does not know yet and corrects those that it knows."""

from dataclasses import dataclass
from datetime import date

from yaml.nodes import SequenceNode

from reviewflow.domain.workdays import WorkCalendar
from reviewflow.errors import FaultyFileError
from reviewflow.rules.nodes import (
    FaultSheet,
    SheetEntry,
    entries_of,
    open_sheet,
    report_unknown_keys,
    value_of,
    values_of,
)
from reviewflow.settings import Source

YEAR_KEYS = ("年", "放假", "调休上班", "来源")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class _Year:
    """One year of the file, with the line it stands on."""

    number: int
    line: int
    holidays: frozenset[date]
    makeup_days: frozenset[date]


def load_workdays(path: Source) -> WorkCalendar:
    """The calendar of the package with the years of a file put in. Raises FaultyFileError ``workdays.faulty``."""
    sheet, top, _ = open_sheet(path)
    years = [one for entry in entries_of(sheet, top, "年份") if (one := _year(sheet, entry))] if top else []
    base = _packaged()
    _whole(sheet, base, years)
    if sheet.faults:
        raise FaultyFileError("workdays.faulty", sheet.faults)
    given = {one.number for one in years}
    return WorkCalendar(
        frozenset(day for day in base.holidays if day.year not in given).union(*(one.holidays for one in years)),
        frozenset(day for day in base.makeup_days if day.year not in given).union(*(one.makeup_days for one in years)),
        min(given | {base.first_year}),
        max(given | {base.last_year}),
    )


def _packaged() -> WorkCalendar:
    from chinese_calendar.constants import holidays, workdays

    return WorkCalendar(frozenset(holidays), frozenset(workdays), min(holidays).year, max(holidays).year)


def _whole(sheet: FaultSheet, base: WorkCalendar, years: list[_Year]) -> None:
    """Note years that are given twice, and years that would leave a gap."""
    seen = set(range(base.first_year, base.last_year + 1))
    given: set[int] = set()
    for one in sorted(years, key=lambda one: abs(one.number - base.first_year)):
        if one.number in given:
            sheet.fault(one.line, f"{one.number} 年写了两次。", "每年只写一条。")
        elif not {one.number - 1, one.number, one.number + 1} & seen:
            sheet.fault(
                one.line, f"{one.number} 年与已有的年份不相连。", f"已有 {min(seen)}—{max(seen)} 年，请逐年补齐。"
            )
        given.add(one.number)
        seen.add(one.number)


def _year(sheet: FaultSheet, entry: SheetEntry) -> _Year | None:
    report_unknown_keys(sheet, entry, YEAR_KEYS)
    written = value_of(sheet, entry, "年")
    value_of(sheet, entry, "来源")
    if not (len(written) == 4 and written.isascii() and written.isdigit()):
        if written:
            sheet.fault(entry.values["年"], f"“年”的值“{written}”不对。", "写成 2027 这样的四位数字。")
        return None
    number = int(written)
    holidays = _days(sheet, entry, "放假", number)
    makeup_days = _days(sheet, entry, "调休上班", number)
    if "放假" not in entry.values:
        sheet.fault(entry.line, "缺少“放假”。")
    for day in sorted(holidays & makeup_days):
        sheet.fault(entry.values["调休上班"], f"{day} 既放假又上班。", "一天只写在一处。")
    for day in sorted(makeup_days):
        if day.weekday() < _SATURDAY:
            sheet.fault(entry.values["调休上班"], f"{day} 不是周六或周日，本来就上班。", "请核对日期。")
    return _Year(number, entry.line, holidays, makeup_days)


def _days(sheet: FaultSheet, entry: SheetEntry, key: str, year: int) -> frozenset[date]:
    """The dates of a list, all of one year; each wrong one is noted on its own line."""
    node = entry.values.get(key)
    if node is None:
        return frozenset()
    lines = {item.value: item for item in node.value} if isinstance(node, SequenceNode) else {}
    found: set[date] = set()
    for written in values_of(sheet, entry, key):
        place = lines.get(written, node)
        try:
            day = date.fromisoformat(written)
        except ValueError:
            sheet.fault(place, f"“{key}”的日期“{written}”不对。", "写成 2027-01-01 这样。")
            continue
        if day.year != year:
            sheet.fault(place, f"“{key}”的日期“{written}”不在 {year} 年。", "每条只写本年的日期。")
        found.add(day)
    return frozenset(found)
