"""Landlines of homes: only where the text says so. Office lines are meant to be public (条例(2019) Art. 20(2))."""

from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Number, Scan, Span, longest_numbers

KIND = Kind.LANDLINE_PRIVATE
CUES = (
    "宅电", "座机", "住宅电话", "家里电话", "家庭电话", "家中电话", "家用电话", "固定电话", "宿舍电话", "家电话", "家里座机",
    "\uff08家\uff09", "(家)", "\uff08宅\uff09", "(宅)", "住宅\uff09", "自宅", "家里的电话",
)  # fmt: skip
_AT_HOME = ("家", "宅", "宿舍", "住")
_LENGTHS = frozenset((7, 8, 10, 11, 12))
_BEFORE, _BEHIND = 16, 8


def find(scan: Scan) -> Iterator[Span]:
    """Landline numbers with a word for home beside them."""
    if not scan.has(CUES):
        return
    for number in longest_numbers(scan, _LENGTHS, _is_one):
        yield number.start, number.end


def _is_one(scan: Scan, number: Number) -> bool:
    return _is_landline(number) and _is_home(scan, number)


def _is_landline(number: Number) -> bool:
    digits = number.digits
    if not digits.isdecimal() or len(number.groups) > 3:
        return False
    if digits.startswith("0"):
        return len(digits) >= 10 and digits[1] != "0"
    return len(digits) in (7, 8) and digits[0] in "2345678"


def _is_home(scan: Scan, number: Number) -> bool:
    if scan.taken(number.start, number.end, Kind.ID_NUMBER, Kind.BANK_ACCOUNT, Kind.MOBILE):
        return False
    before = scan.before(number.start, _BEFORE)
    behind = scan.after(number.end, _BEHIND)
    for cue in CUES:
        at = before.rfind(cue)
        # Another number, or the end of a clause, between the word and this one: the word belongs to that one.
        between = before[at:] if at >= 0 else "\uff1b"
        if not any(c.isdecimal() or c in "\uff1b\u3002" for c in between) and any(w in before for w in _AT_HOME):
            return True
    near = behind.split("\uff1b")[0].split("\uff0c")[0].split("、")[0]
    return any(cue in near for cue in CUES) and any(word in near for word in _AT_HOME)
