"""The file of working days: years added and corrected, and each kind of fault with its line."""

from datetime import date
from pathlib import Path

import pytest

from reviewflow.domain.workdays import Deadline, WorkCalendar
from reviewflow.errors import FaultyFileError
from reviewflow.rules.workdays import load_workdays

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = load_workdays(ROOT / "configs" / "workdays.yaml")
NEXT = SHIPPED.last_year + 1
GOOD = f"""年份:
- 年: {NEXT}
  放假:
  - {NEXT}-01-01
  - {NEXT}-10-01
  调休上班: [{NEXT}-02-20]
  来源: 国务院办公厅通知
"""


def loaded(folder: Path, content: str) -> WorkCalendar:
    path = folder / "workdays.yaml"
    path.write_text(content, "utf-8")
    return load_workdays(path)


def test_the_shipped_file_leaves_the_package_as_it_is() -> None:
    assert SHIPPED.first_year == 2004
    assert SHIPPED.last_year >= 2026
    assert date(2018, 10, 1) in SHIPPED.holidays
    assert date(2018, 9, 29) in SHIPPED.makeup_days


def test_the_example_in_the_shipped_file_is_a_good_one(tmp_path: Path) -> None:
    lines = (ROOT / "configs" / "workdays.yaml").read_text("utf-8").splitlines()
    start = lines.index("# 年份:")
    example = [line.removeprefix("# ") for line in lines[start:] if line.startswith("#")]
    assert loaded(tmp_path, "\n".join(example)).last_year == 2027


def test_a_year_is_added(tmp_path: Path) -> None:
    calendar = loaded(tmp_path, GOOD)
    assert calendar.last_year == NEXT
    assert not calendar.is_workday(date(NEXT, 1, 1))
    assert calendar.is_workday(date(NEXT, 2, 20))
    assert calendar.add_workdays(date(NEXT - 1, 12, 31), 1) == Deadline(date(NEXT, 1, 4), False)


def test_a_year_of_the_package_is_replaced_as_a_whole(tmp_path: Path) -> None:
    calendar = loaded(tmp_path, "年份:\n- 年: 2018\n  放假: [2018-01-02]\n  来源: 更正\n")
    assert {day for day in calendar.holidays if day.year == 2018} == {date(2018, 1, 2)}
    assert not {day for day in calendar.makeup_days if day.year == 2018}
    assert (calendar.first_year, calendar.last_year) == (SHIPPED.first_year, SHIPPED.last_year)


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        (("年份:", "年度:"), 1, "年份"),
        (("放假:", "放架:"), 4, "放假"),
        ((f"- {NEXT}-10-01", f"- {NEXT}-10-32"), 5, "不对"),
        ((f"- {NEXT}-10-01", f"- {NEXT + 1}-10-01"), 5, f"不在 {NEXT} 年"),
        ((f"- {NEXT}-10-01", f"- {NEXT}-01-01"), 5, "重复"),
        ((f"[{NEXT}-02-20]", f"[{NEXT}-01-01]"), 6, "既放假又上班"),
        ((f"[{NEXT}-02-20]", f"[{NEXT}-02-19]"), 6, "不是周六或周日"),
        ((f"年: {NEXT}", "年: 明年"), 2, "四位数字"),
        ((f"年: {NEXT}", f"年: {NEXT}0"), 2, "四位数字"),
        ((f"年: {NEXT}", "年: ２０２７"), 2, "四位数字"),
        ((f"年: {NEXT}", "年: 20a7"), 2, "四位数字"),
        ((f"[{NEXT}-02-20]", f"{NEXT}-02-32"), 6, "不对"),
        (("来源: 国务院办公厅通知", "来源: "), 7, "“来源”是空的"),
        (("  来源: 国务院办公厅通知\n", ""), 2, "缺少“来源”"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, change: tuple[str, str], line: int, told: str) -> None:
    with pytest.raises(FaultyFileError) as caught:
        loaded(tmp_path, GOOD.replace(*change))
    assert caught.value.code == "workdays.faulty"
    assert any(fault.line == line and told in str(fault) for fault in caught.value.faults)


def test_a_year_without_holidays_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="缺少“放假”"):
        loaded(tmp_path, f"年份:\n- 年: {NEXT}\n  来源: 通知\n")


def test_a_gap_between_years_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="不相连"):
        loaded(tmp_path, GOOD.replace(str(NEXT), str(NEXT + 1)).replace("02-20", "02-19"))
    with pytest.raises(FaultyFileError, match="不相连"):
        loaded(tmp_path, "年份:\n- 年: 2002\n  放假: [2002-01-01]\n  来源: 通知\n")


def test_the_year_before_the_first_is_added_too(tmp_path: Path) -> None:
    assert loaded(tmp_path, "年份:\n- 年: 2003\n  放假: [2003-01-01]\n  来源: 通知\n").first_year == 2003


def test_a_year_written_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="写了两次"):
        loaded(tmp_path, GOOD + GOOD.removeprefix("年份:\n"))


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="读不到"):
        load_workdays(tmp_path / "workdays.yaml")
