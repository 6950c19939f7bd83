"""Electronic mail addresses of persons: all but those of agencies and those labelled as an office's."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words

_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]*[@\uff20][A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+")
_AGENCY_DOMAINS = (".gov.cn", ".gov", ".mil.cn", ".edu.cn", ".org.cn")
_OFFICE_LINE = re.compile(r"(?<!\d)0\d{2,3}\s*[-\uff0d\u2014]{1,2}\s*\d{7,8}|(?:地址|邮编|传真|工作时间)[:\uff1a]")
_BEFORE, _BEHIND, _REACH = 60, 24, 120
_LONGEST_LOCAL = 64


class PrivateMail:
    """Addresses outside agencies' domains, unless the words or a telephone beside them make them an office's."""

    kind = Kind.EMAIL_PRIVATE
    cues = ("@", "\uff20")

    def __init__(self, words: Words) -> None:
        self._offices = words[WordList.MAIL_OFFICES]
        self._persons = words[WordList.MAIL_PERSONS]

    def find(self, scan: Scan) -> Iterator[Span]:
        """Addresses outside agencies' domains, unless the words or an office telephone beside them make them an office's."""
        for at, _ in sorted(scan.places(self.cues)):
            start = max(0, at - _LONGEST_LOCAL)
            match = next((m for m in _ADDRESS.finditer(scan.text, start, at + 128) if m.start() < at < m.end()), None)
            if match and not self._is_office(scan, match):
                yield match.span()

    def _is_office(self, scan: Scan, match: re.Match[str]) -> bool:
        if match[0].lower().endswith(_AGENCY_DOMAINS):
            return True
        before = scan.before(match.start(), _BEFORE)
        person = max(before.rfind(word) for word in self._persons)
        if person < 0 and scan.taken(match.start() - _REACH, match.start(), Kind.MOBILE, Kind.ID_NUMBER):
            return False
        if person >= 0:
            return max(before.rfind(word) for word in self._offices) > person
        around = before + scan.after(match.end(), _BEHIND)
        return any(word in before for word in self._offices) or bool(_OFFICE_LINE.search(around))
