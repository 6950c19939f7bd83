"""Running all detectors over one shared scan of a text.

A detector module has ``KIND``; ``CUES``, the literal words that it looks for (they are found for all detectors
in one pass); and ``find(scan)``, which yields spans of the text as read. Detectors run in the order of
``DETECTORS``: a later one sees in ``scan.found`` what the earlier ones found, so that a bank account is not
taken for a mobile number a second time.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from reviewflow.domain.document import Document, Finding, Part, PartKind
from reviewflow.domain.terms import Kind
from reviewflow.text.lexicon import Lexicon, Places
from reviewflow.text.sensitive import address_home, secret_mark, trade_secret
from reviewflow.text.sensitive.health import health
from reviewflow.text.sensitive.numbers import (
    bank_account,
    birth_date,
    email_private,
    id_number,
    landline_private,
    mobile,
    passport_permit,
    plate,
    wechat_qq,
)
from reviewflow.text.sensitive.persons import person_private
from reviewflow.text.sensitive.scan import Scan, Span

_MODULES: tuple[ModuleType, ...] = (
    id_number,
    bank_account,
    mobile,
    landline_private,
    plate,
    passport_permit,
    email_private,
    wechat_qq,
    birth_date,
    address_home,
    health,
    trade_secret,
    person_private,
)


@dataclass(frozen=True, slots=True)
class _Detector:
    kind: Kind
    cues: tuple[str, ...]
    find: Callable[[Scan], Iterable[Span]]


DETECTORS: tuple[_Detector, ...] = tuple(_Detector(m.KIND, tuple(m.CUES), m.find) for m in _MODULES)


CUE_WORDS = frozenset(cue for detector in DETECTORS for cue in detector.cues)


def find_sensitive(document: Document, places: Places | None = None) -> tuple[Finding, ...]:
    """All findings of a document, ordered by start; offsets are Python string indices into its text.

    ``places`` are those of CUE_WORDS (and perhaps others) in the text, where they are known already.
    """
    scan = Scan(document.text, cues_in(document.text) if places is None else places)
    spans = [(start, end, secret_mark.KIND) for start, end in secret_mark.find(document)]
    for detector in DETECTORS:
        found = list(detector.find(scan))
        if found:
            scan.found[detector.kind] = found
            spans.extend((start, end, detector.kind) for start, end in found)
    parts = document.reading.parts
    return tuple(Finding(kind, start, end, _where(parts, start)) for start, end, kind in sorted(set(spans), key=_order))


def _order(span: tuple[int, int, Kind]) -> tuple[int, int, str]:
    return span[0], span[1], span[2].value


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon(CUE_WORDS)


def cues_in(text: str) -> Places:
    """Every cue word of every detector that occurs, with its offsets in order."""
    return _lexicon().places(text)


def _where(parts: tuple[Part, ...], at: int) -> str:
    """The name of the part that an offset stands in."""
    place = bisect_right(parts, at, key=lambda part: part.start) - 1
    if place >= 0 and parts[place].start <= at < parts[place].end:
        return parts[place].kind.label
    return PartKind.BODY.label
