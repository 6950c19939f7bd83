"""Resident identity numbers: 18 characters (GB 11643-1999) and the old 15 digits."""

from collections.abc import Iterator
from datetime import date

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Number, Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"
# First two digits: provinces, Hong Kong, Macao, Taiwan; 99 belongs to no region and serves in tests and training.
_REGIONS = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 99".split()
)
_LABEL_REACH = 30
_LENGTHS = frozenset((15, 18))
_MOST_GROUPS = 5


def check_digit(first_seventeen: str) -> str:
    """The check character of an identity number (lower-case x for ten): sum of digit x weight, mod 11."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True)) % 11]


class IdNumbers:
    """Numbers with a right check digit; with a wrong one, and old 15-digit ones, where a label stands before them."""

    kind = Kind.ID_NUMBER
    cues = ()

    def __init__(self, words: Words) -> None:
        self._labels = words[WordList.ID_LABELS]

    def find(self, scan: Scan) -> Iterator[Span]:
        """Numbers with a right check digit; with a wrong one, and old 15-digit ones, where a label stands before them."""
        last_end = -1
        for run in scan.numbers:
            for number in run.windows(_LENGTHS):
                if number.start >= last_end and self._is_one(scan, number):
                    last_end = number.end
                    yield number.start, number.end

    def _is_one(self, scan: Scan, number: Number) -> bool:
        digits = number.digits
        if digits[:2] not in _REGIONS or (len(number.groups) > _MOST_GROUPS and not number.is_single_digits):
            return False
        if len(digits) == 15:
            return (
                digits.isdecimal() and _is_day("19" + digits[6:12]) and self._labelled(scan, number, 2 * _LABEL_REACH)
            )
        if not digits[:17].isdecimal() or not _is_day(digits[6:14]):
            return False
        return check_digit(digits[:17]) == digits[17] or self._labelled(scan, number, _LABEL_REACH)

    def _labelled(self, scan: Scan, number: Number, reach: int) -> bool:
        before = scan.before(number.start, reach)
        return any(label in before for label in self._labels)


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= day.year <= 2099
