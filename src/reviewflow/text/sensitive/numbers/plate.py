"""Vehicle plates: ordinary, 学警港澳挂领, new-energy small and large, embassy (使); with a dot, a space or neither."""

import re
from collections.abc import Iterator

from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive.scan import Scan, Span
from reviewflow.text.sensitive.wordlists import WordList, Words

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CITIES = "ABCDEFGHJKLMNPQRSTUVWXYZ"
# A plate begins with a province's short name and a letter, at times with a space between them.
_BEGINNINGS = frozenset(f"{province}{gap}{city}" for province in _PROVINCES for gap in ("", " ") for city in _CITIES)
_DOT = r"[·•・．.\u30fb\-]?"
_PLATE = re.compile(
    rf"[{_PROVINCES}] ?(?P<city>[A-HJ-NP-Z]) ?{_DOT} ?"
    r"(?P<serial>(?:[A-HJ-NP-Z0-9] ?){4}(?:[A-HJ-NP-Z0-9]{1,2}|[A-HJ-NP-Z0-9] [A-HJ-NP-Z0-9]|[学警港澳挂领]))"
    r"(?![A-Za-z0-9\-])"
)
_EMBASSY = re.compile(r"[使领]·?\d{6}(?!\d)")
_LEAST_DIGITS = 2
_NEIGHBOURHOOD = 30


class Plates:
    """Plates by their full pattern; a province's short name alone is an ordinary word and no hint."""

    kind = Kind.PLATE

    def __init__(self, words: Words) -> None:
        self._vehicles = words[WordList.VEHICLES]
        self.cues = (*self._vehicles, *_BEGINNINGS)

    def find(self, scan: Scan) -> Iterator[Span]:
        """Plates by their full pattern; a province's short name alone is an ordinary word and no hint."""
        beginnings = sorted(at for word, places in scan.cues.items() if word in _BEGINNINGS for at in places)
        for match in filter(None, (_PLATE.match(scan.text, at) for at in beginnings)):
            if sum(character.isdecimal() for character in match["serial"]) >= _LEAST_DIGITS and not _is_number(
                scan, match
            ):
                yield match.span()
        if scan.has(self._vehicles):
            for match in _EMBASSY.finditer(scan.text):
                near = scan.before(match.start(), _NEIGHBOURHOOD) + scan.after(match.end(), _NEIGHBOURHOOD)
                if any(cue in near for cue in self._vehicles):
                    yield match.span()


def _is_number(scan: Scan, match: re.Match[str]) -> bool:
    """Whether it is a permit or document number: 字第…号, 备…号, 证…号."""
    return scan.after(match.end(), 1) == "号" and scan.before(match.start(), 3).endswith(
        ("字第", "备", "证", "字", "文")
    )
