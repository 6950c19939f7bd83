"""Passports, travel permits of Hong Kong, Macao and Taiwan, residence cards, officers' cards: with a label only."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words

_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{1,3}[0-9\uff10-\uff19]{7,12}|[0-9\uff10-\uff19]{8,10})(?![A-Za-z0-9])")
_SERVICE = re.compile(r"[\u4e00-\u9fff]{1,4}字第?\s*[0-9\uff10-\uff19]{4,10}\s*号?")
_BETWEEN = re.compile(r"[\u3002\uff1b;\n]")
_REACH = 40


class Permits:
    """The nearest number of the right form behind each label."""

    kind = Kind.PASSPORT_PERMIT

    def __init__(self, words: Words) -> None:
        self._service_cards = words.of(WordList.SERVICE_CARDS)
        self._of_digits = words.of(WordList.DIGIT_PERMITS)
        self.cues = (*words[WordList.PERMITS], *words[WordList.SERVICE_CARDS])

    def find(self, scan: Scan) -> Iterator[Span]:
        """The nearest number of the right form behind each label."""
        seen: set[Span] = set()
        for at, cue in sorted(scan.places(self.cues)):
            window = _BETWEEN.split(scan.after(at + len(cue), _REACH))[0]
            match = _SERVICE.search(window) if cue in self._service_cards else self._token(cue, window)
            if match is None:
                continue
            start = at + len(cue) + match.start()
            if cue in self._service_cards:
                start += _label_inside(match[0])
            span = (start, at + len(cue) + match.end())
            if span not in seen and not scan.taken(*span, Kind.ID_NUMBER, Kind.MOBILE, Kind.BANK_ACCOUNT):
                seen.add(span)
                yield span

    def _token(self, cue: str, window: str) -> re.Match[str] | None:
        for match in _TOKEN.finditer(window):
            if match[0][0].isalpha():
                return match
            if cue in self._of_digits and len(match[0]) in (8, 10):
                return match
        return None


def _label_inside(found: str) -> int:
    """Characters such as 号 or 为 that the pattern took in front of the service's name."""
    at = found.find("字")
    head = found[:at]
    return next(
        (len(head) - len(name) for name in ("军", "武", "警", "士", "文", "政", "空", "海") if head.endswith(name)), 0
    )
