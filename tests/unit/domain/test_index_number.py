"""Index numbers: the forms that places use, what is refused, and that no number comes up twice."""

from datetime import date
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewflow.domain.index_number import Field, IndexProfile, NumberPart, Reset, index_number, parse_profile, scope
from reviewflow.domain.terms import Category
from reviewflow.errors import ReviewflowError

DAY = date(2018, 4, 16)
DAYS = (DAY, date(2018, 12, 1), date(2019, 4, 16), date(2021, 11, 11))
AGENCIES = ("1", "11", "12018", "0142768-8", "QL", "QL1")
SEQUENCES = (1, 2, 10, 11, 99, 100, 111, 1000, 1111, 20181, 100000)


@pytest.mark.parametrize(
    ("pattern", "reset", "number"),
    [
        ("{agency}-{category}-{year}-{sequence:5}", "category_year", "QL001-4-2018-00036"),
        ("{agency}-{category}-01-{date}-{sequence:4}", "year", "QL001-4-01-20180416-0036"),
        ("{agency}/{year}-{sequence:5}", "year", "QL001/2018-00036"),
        ("{agency}/{year}{month}-{sequence:5}", "month", "QL001/201804-00036"),
        ("{agency}/{year}{month}-{sequence:5}", "year", "QL001/201804-00036"),
        ("{date}-{sequence:6}", "never", "20180416-000036"),
        ("青环{year}第{sequence:1}号", "year", "青环2018第36号"),
        ("{date}-{sequence:9}", "month", "20180416-000000036"),
        ("{category}{date}-{sequence:3}", "category_year", "420180416-036"),
        ("{agency}-{sequence:3}", "never", "QL001-036"),
    ],
)
def test_the_forms_that_places_use_can_be_written(pattern: str, reset: str, number: str) -> None:
    assert index_number(parse_profile(pattern, reset), "QL001", Category.DUTIES, DAY, 36) == number


def test_a_sequence_that_outgrows_its_width_is_written_in_full() -> None:
    profile = parse_profile("{year}-{sequence:2}", "year")
    assert index_number(profile, "QL", Category.PLANS, DAY, 100) == "2018-100"


@pytest.mark.parametrize(
    ("pattern", "reset", "told"),
    [
        ("{agency}-{year}", "year", "没有流水号"),
        ("{sequence:3}-{year}-{sequence:3}", "year", "出现了 2 次"),
        ("{agency}-{sequence:5}", "year", "每年重新编号"),
        ("{month}-{sequence:5}", "year", "每年重新编号"),
        ("{year}-{sequence:5}", "month", "每月重新编号"),
        ("{year}-{sequence:5}", "category_year", "每类每年重新编号"),
        ("{category}-{sequence:5}", "category_year", "每类每年重新编号"),
        ("{agency}{sequence:5}-{year}", "year", "分不开"),
        ("{agency}{year}{sequence:5}", "year", "分不开"),
        ("{agency}0{year}00{sequence:5}", "year", "分不开"),
        ("{year}-{sequence:5}{agency}", "year", "分不开"),
        ("{agency}-{sequence}", "never", "位数"),
        ("{agency}-{sequence:0}", "never", "位数"),
        ("{agency}-{sequence:10}", "never", "位数"),
        ("{month}-{sequence:5}", "month", "每月重新编号"),
        ("{agency}-{sequence:²}", "never", "位数"),
        ("{agency:3}-{sequence:5}", "never", "只有流水号可以写位数"),
        ("{literal}-{sequence:5}", "never", "不认识的部分“{literal}”"),
        ("{organ}-{sequence:5}", "never", "“{organ}”，可用：{agency}、{category}、{year}、{month}、{date}、{sequence}"),
        ("{agency-{sequence:5}", "never", "没有成对"),
        ("{agency} {sequence:5}", "never", "空格"),
        ("{year}-{sequence:5}", "yearly", "重新编号方式“yearly”"),
        ("", "never", "没有流水号"),
    ],
)
def test_a_profile_that_could_repeat_itself_is_refused(pattern: str, reset: str, told: str) -> None:
    with pytest.raises(ReviewflowError) as caught:
        parse_profile(pattern, reset)
    assert caught.value.code == "index_number.profile"
    assert told in caught.value.message


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ReviewflowError) as caught:
        parse_profile("{organ} {sequence}", "yearly")
    assert all(told in caught.value.message for told in ("organ", "空格", "位数", "yearly"))


def test_what_is_refused_as_ambiguous_is_so() -> None:
    profile = IndexProfile((NumberPart(Field.AGENCY), NumberPart(Field.SEQUENCE, width=3)), Reset.NEVER)
    one = index_number(profile, "1", Category.DUTIES, DAY, 1001)
    other = index_number(profile, "11", Category.DUTIES, DAY, 1)
    assert one == other


def test_a_new_code_begins_again_only_where_the_number_shows_it() -> None:
    shown, hidden = parse_profile("{agency}/{year}-{sequence:5}", "year"), parse_profile("{year}-{sequence:5}", "year")
    assert scope(shown, "A", Category.DUTIES, DAY) != scope(shown, "B", Category.DUTIES, DAY)
    assert scope(hidden, "A", Category.DUTIES, DAY) == scope(hidden, "B", Category.DUTIES, DAY)


@pytest.mark.parametrize(
    ("reset", "apart"),
    [("year", {2018: 1, 2019: 1}), ("month", {2018: 2, 2019: 1}), ("category_year", {2018: 5, 2019: 5})],
)
def test_there_is_a_counter_for_each_period(reset: str, apart: dict[int, int]) -> None:
    profile = parse_profile("{category}-{date}-{sequence:5}", reset)
    for year, counters in apart.items():
        keys = {scope(profile, "A", one, day) for one in Category for day in DAYS if day.year == year}
        assert len(keys) == counters


_SHOWS = {  # the parts of which one group has to be in the number, for each time to begin again
    "year": ({"year"}, {"date"}),
    "month": ({"year", "month"}, {"date"}),
    "category_year": ({"category", "year"}, {"category", "date"}),
    "never": (set[str](),),
}


@st.composite
def profiles(draw: st.DrawFn) -> tuple[str, str]:
    """A pattern and a reset that are to be accepted: every part once, what the reset needs, agency and sequence apart."""
    reset = draw(st.sampled_from(sorted(_SHOWS)))
    more = draw(st.sets(st.sampled_from(["agency", "category", "year", "month", "date"])))
    fields = draw(st.permutations(sorted({*draw(st.sampled_from(_SHOWS[reset])), *more, "sequence"})))
    literals = [draw(st.sampled_from(["", "", "-", "/", "0", "1", "号", "2018"])) for _ in fields]
    if "agency" in fields:
        first, last = sorted((fields.index("agency"), fields.index("sequence")))
        literals[draw(st.integers(first, last - 1))] += draw(st.sampled_from("-/号"))
    written = {"sequence": f"sequence:{draw(st.sampled_from([1, 2, 5]))}"}
    parts = (f"{{{written.get(field, field)}}}{literal}" for field, literal in zip(fields, literals, strict=True))
    return draw(st.sampled_from(["", "-", "1"])) + "".join(parts), reset


@settings(deadline=None)
@given(profiles())
@example(("{agency}-{category}{year}{sequence:1}", "category_year"))
@example(("{sequence:1}{year}-{agency}", "year"))
@example(("{category}{sequence:1}{date}2018", "category_year"))
def test_no_accepted_profile_gives_a_number_twice(written: tuple[str, str]) -> None:
    profile = parse_profile(*written)
    given_to: dict[str, tuple[str, int]] = {}
    for agency, category, day, sequence in product(AGENCIES, Category, DAYS, SEQUENCES):
        number = index_number(profile, agency, category, day, sequence)
        taken = (scope(profile, agency, category, day), sequence)
        assert given_to.setdefault(number, taken) == taken
