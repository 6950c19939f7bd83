"""Running all detectors over one shared scan of a text.

A detector is made from ``Words`` and has a ``kind``; ``cues``, the literal words that it looks for (they are found for
all detectors in one pass); and ``find(scan)``, which yields spans of the text as read. They run in order: a later one
sees in ``scan.found`` what the earlier ones found, so that a bank account is not taken for a mobile number a second
time.
"""

from bisect import bisect_right
from functools import lru_cache

from reviewflow.domain.document import Document, Finding, Part, PartKind
from reviewflow.domain.terms import Kind
from reviewflow.text.lexicon import Lexicon, Places
from reviewflow.text.sensitive.address_home import HomeAddresses
from reviewflow.text.sensitive.detector import Detector
from reviewflow.text.sensitive.health.health import Health
from reviewflow.text.sensitive.numbers.bank_account import BankAccounts
from reviewflow.text.sensitive.numbers.birth_date import BirthDates
from reviewflow.text.sensitive.numbers.email_private import PrivateMail
from reviewflow.text.sensitive.numbers.id_number import IdNumbers
from reviewflow.text.sensitive.numbers.landline_private import HomeLandlines
from reviewflow.text.sensitive.numbers.mobile import Mobiles
from reviewflow.text.sensitive.numbers.passport_permit import Permits
from reviewflow.text.sensitive.numbers.plate import Plates
from reviewflow.text.sensitive.numbers.wechat_qq import OnlineAccounts
from reviewflow.text.sensitive.persons.names import Names
from reviewflow.text.sensitive.persons.person_private import PrivatePersons
from reviewflow.text.sensitive.scan import Scan
from reviewflow.text.sensitive.secret_mark import secret_mark_span
from reviewflow.text.sensitive.trade_secret import TradeSecrets
from reviewflow.text.sensitive.wordlists import Words, shipped_words


class Detectors:
    """All detectors of an office, made once from its words."""

    def __init__(self, words: Words) -> None:
        names = Names(words)
        self.words = words
        self.in_order: tuple[Detector, ...] = (
            IdNumbers(words),
            BankAccounts(words),
            Mobiles(words),
            HomeLandlines(words),
            Plates(words),
            Permits(words),
            PrivateMail(words),
            OnlineAccounts(words),
            BirthDates(),
            HomeAddresses(words),
            Health(words, names),
            TradeSecrets(words),
            PrivatePersons(words, names),
        )
        self.cues = frozenset(cue for detector in self.in_order for cue in detector.cues)
        self._lexicon = Lexicon(self.cues)

    def scan(self, text: str, places: Places | None = None) -> Scan:
        """A scan of a text; ``places`` are those of ``cues`` (and perhaps others) in it, where they are known already."""
        return Scan(text, self._lexicon.places(text) if places is None else places)

    def find(self, document: Document, places: Places | None = None) -> tuple[Finding, ...]:
        """All findings of a document, ordered by start; offsets are Python string indices into its text."""
        scan = self.scan(document.text, places)
        mark = secret_mark_span(document)
        spans = [(*mark, Kind.SECRET_MARK)] if mark else []
        for detector in self.in_order:
            found = list(detector.find(scan))
            if found:
                scan.found[detector.kind] = found
                spans.extend((start, end, detector.kind) for start, end in found)
        parts = document.reading.parts
        ordered = sorted(set(spans), key=_order)
        return tuple(Finding(kind, start, end, _where(parts, start)) for start, end, kind in ordered)


@lru_cache(maxsize=1)
def shipped_detectors() -> Detectors:
    """The detectors made from the words that come with the program, without those of an office."""
    return Detectors(shipped_words())


def _order(span: tuple[int, int, Kind]) -> tuple[int, int, str]:
    return span[0], span[1], span[2].value


def _where(parts: tuple[Part, ...], at: int) -> str:
    """The name of the part that an offset stands in."""
    place = bisect_right(parts, at, key=lambda part: part.start) - 1
    if place >= 0 and parts[place].start <= at < parts[place].end:
        return parts[place].kind.label
    return PartKind.BODY.label
