"""Landlines of homes: only where the text says so. Office lines are meant to be public (条例(2019) Art. 20(2))."""

from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Number, Scan, Span, longest_numbers
from reviewflow.text.sensitive.wordlists import WordList, Words

_LENGTHS = frozenset((7, 8, 10, 11, 12))
_BEFORE, _BEHIND = 16, 8


class HomeLandlines:
    """Landline numbers with a word for home beside them."""

    kind = Kind.LANDLINE_PRIVATE

    def __init__(self, words: Words) -> None:
        self.cues = words[WordList.HOME_LINES]
        self._homes = words[WordList.HOMES]

    def find(self, scan: Scan) -> Iterator[Span]:
        """Landline numbers with a word for home beside them."""
        if not scan.has(self.cues):
            return
        for number in longest_numbers(scan, _LENGTHS, self._is_one):
            yield number.start, number.end

    def _is_one(self, scan: Scan, number: Number) -> bool:
        return _is_landline(number) and self._is_home(scan, number)

    def _is_home(self, scan: Scan, number: Number) -> bool:
        if scan.taken(number.start, number.end, Kind.ID_NUMBER, Kind.BANK_ACCOUNT, Kind.MOBILE):
            return False
        before = scan.before(number.start, _BEFORE)
        behind = scan.after(number.end, _BEHIND)
        for cue in self.cues:
            at = before.rfind(cue)
            # Another number, or the end of a clause, between the word and this one: the word belongs to that one.
            between = before[at:] if at >= 0 else "\uff1b"
            if not any(c.isdecimal() or c in "\uff1b\u3002" for c in between) and any(w in before for w in self._homes):
                return True
        near = behind.split("\uff1b")[0].split("\uff0c")[0].split("、")[0]
        return any(cue in near for cue in self.cues) and any(word in near for word in self._homes)


def _is_landline(number: Number) -> bool:
    digits = number.digits
    if not digits.isdecimal() or len(number.groups) > 3:
        return False
    if digits.startswith("0"):
        return len(digits) >= 10 and digits[1] != "0"
    return len(digits) in (7, 8) and digits[0] in "2345678"
