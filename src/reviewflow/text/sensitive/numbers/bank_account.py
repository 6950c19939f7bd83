"""Bank accounts and cards of persons: Luhn and issuer prefix, or a label. Accounts of agencies and firms are not."""

from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Number, Scan, Span, longest_numbers
from reviewflow.text.sensitive.wordlists import WordList, Words

_LENGTHS = frozenset(range(12, 22))
_CARD_LENGTHS = (16, 17, 18, 19)
_UNION_PAY = "62"
_LABEL_REACH = 18
_NEIGHBOURHOOD = 80


def luhn(digits: str) -> bool:
    """Whether the check digit is right: from the right every second digit doubled, cross-sums, total mod 10 is 0."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


class BankAccounts:
    """Accounts and cards: the longest number first at each place, none inside an identity number."""

    kind = Kind.BANK_ACCOUNT
    cues = ()

    def __init__(self, words: Words) -> None:
        self._labels = words[WordList.ACCOUNT_LABELS]
        self._other_numbers = words[WordList.NOT_ACCOUNTS]
        self._organisations = words[WordList.ACCOUNT_FIRMS]
        self._persons = words[WordList.ACCOUNT_PERSONS]

    def find(self, scan: Scan) -> Iterator[Span]:
        """The accounts, longest number first at each place, none inside an identity number."""
        for number in longest_numbers(scan, _LENGTHS, self._is_one):
            yield number.start, number.end

    def _is_one(self, scan: Scan, number: Number) -> bool:
        digits = number.digits
        if not digits.isdecimal() or scan.taken(number.start, number.end, Kind.ID_NUMBER):
            return False
        before = scan.before(number.start, _LABEL_REACH)
        card = len(digits) in _CARD_LENGTHS
        grouped_well = max(number.groups) >= 4
        if card and digits.startswith(_UNION_PAY) and grouped_well and luhn(digits):
            return not before.endswith(self._other_numbers)
        if any(word in before for word in self._other_numbers) or not grouped_well:
            return False
        return self._labelled(scan, number, before, card)

    def _labelled(self, scan: Scan, number: Number, before: str, card: bool) -> bool:
        around = scan.before(number.start, _NEIGHBOURHOOD) + scan.after(number.end, _NEIGHBOURHOOD)
        if card and number.digits.startswith(_UNION_PAY) and "卡" in around:
            return True
        if not any(label in before for label in self._labels):
            return False
        near = scan.before(number.start, _NEIGHBOURHOOD)
        if any(word in near for word in self._organisations):
            return False
        return len(number.digits) >= _CARD_LENGTHS[0] or any(word in around for word in self._persons)
