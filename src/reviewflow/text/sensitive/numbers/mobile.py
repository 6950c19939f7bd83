"""Mobile numbers: 1[3-9] and nine digits, with +86, 0086 or a dialled 0 before them, however they are split."""

from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Number, Scan, Span, longest_numbers
from reviewflow.text.sensitive.wordlists import WordList, Words

_LENGTHS = frozenset((11, 12, 13, 15))
_PREFIX_OF_LENGTH = {11: "", 12: "0", 13: "86", 15: "0086"}
_MOST_GROUPS = 5
_LABEL_REACH = 6
_TAKERS = (Kind.ID_NUMBER, Kind.BANK_ACCOUNT)


class Mobiles:
    """Mobile numbers that are not part of a longer number, an amount or a labelled other number."""

    kind = Kind.MOBILE
    cues = ()

    def __init__(self, words: Words) -> None:
        self._units = words[WordList.UNITS]
        self._other_numbers = words[WordList.NOT_MOBILES]

    def find(self, scan: Scan) -> Iterator[Span]:
        """Mobile numbers that are not part of a longer number, an amount or a labelled other number."""
        for number in longest_numbers(scan, _LENGTHS, self._is_one):
            plus = scan.before(number.start, 1) in ("+", "\uff0b")
            yield number.start - plus, number.end

    def _is_one(self, scan: Scan, number: Number) -> bool:
        prefix = _PREFIX_OF_LENGTH[len(number.digits)]
        own = number.digits.removeprefix(prefix)
        if len(own) != 11 or not own.isdecimal() or own[0] != "1" or own[1] < "3":
            return False
        if len(number.groups) > _MOST_GROUPS and not number.is_single_digits:
            return False
        if scan.taken(number.start, number.end, *_TAKERS):
            return False
        behind = scan.after(number.end, 4).lstrip()
        if behind.startswith(self._units) or behind.startswith(("@", "\uff20", ".", "*")):
            return False
        before = scan.before(number.start, _LABEL_REACH)
        return not any(word in before for word in self._other_numbers) and not before.endswith((".", "\uff0e", "*"))
