"""One pass over a text that all detectors share: where their cue words stand and where numbers run."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from reviewflow.domain.terms import Kind

Span = tuple[int, int]

_DIGITS = "0-9\uff10-\uff19"
_GAP = r"[ \u3000\-\uff0d\u2014\n\t]{0,3}"
_SHORTEST_RUN = 7
_RUN = re.compile(rf"[{_DIGITS}](?:{_GAP}[{_DIGITS}]){{{_SHORTEST_RUN - 1},}}[Xx\uff38\uff58]?")
_GROUP = re.compile(rf"[{_DIGITS}]+[Xx\uff38\uff58]?")
_TO_ASCII = str.maketrans("\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff38\uff58X", "0123456789xxx")
_MOST_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Number:
    """Digits in a text, perhaps in several groups split by spaces, hyphens or line breaks.

    ``digits`` are ASCII (a trailing check letter is ``x``); ``groups`` holds the length of each group.
    """

    digits: str
    start: int
    end: int
    groups: tuple[int, ...]

    @property
    def is_single_digits(self) -> bool:
        """Whether every digit stands alone, as text recognition may write them."""
        return max(self.groups) == 1


@dataclass(frozen=True)
class NumberRun:
    """Groups of digits that follow each other with nothing but separators between them."""

    groups: tuple[tuple[str, int], ...]
    """digits (ASCII) and offset of each group"""

    @cached_property
    def total(self) -> int:
        """Digits of all groups together."""
        return sum(len(digits) for digits, _ in self.groups)

    def windows(self, lengths: frozenset[int]) -> Iterator[Number]:
        """Neighbouring groups whose digits together have one of the lengths, from left to right."""
        if self.total < min(lengths):
            return
        longest = max(lengths)
        for first in range(len(self.groups)):
            digits, sizes = "", []
            for group, at in self.groups[first : first + _MOST_GROUPS]:
                digits += group
                sizes.append(len(group))
                if len(digits) in lengths:
                    yield Number(digits, self.groups[first][1], at + len(group), tuple(sizes))
                if len(digits) >= longest:
                    break


@cache
def _as_set(words: tuple[str, ...] | frozenset[str]) -> frozenset[str]:
    return frozenset(words)


@dataclass
class Scan:
    """A text under examination. ``cues`` maps each cue word that occurs to its offsets, ascending.

    ``found`` holds what earlier detectors found, so that a later one can look at its neighbours.
    """

    text: str
    cues: Mapping[str, list[int]]
    found: dict[Kind, list[Span]] = field(default_factory=dict)

    def has(self, words: Iterable[str]) -> bool:
        """Whether any of these cue words occurs."""
        return any(word in self.cues for word in words)

    def places(self, words: tuple[str, ...] | frozenset[str]) -> Iterator[tuple[int, str]]:
        """Offset and word of every occurrence of these cue words (unordered across words)."""
        if len(words) > len(self.cues):
            wanted = _as_set(words)
            found = [word for word in self.cues if word in wanted]
        else:
            found = [word for word in words if word in self.cues]
        for word in found:
            for at in self.cues[word]:
                yield at, word

    def before(self, at: int, length: int) -> str:
        """The characters in front of an offset."""
        return self.text[max(0, at - length) : at]

    def after(self, at: int, length: int) -> str:
        """The characters from an offset on."""
        return self.text[at : at + length]

    def taken(self, start: int, end: int, *kinds: Kind) -> bool:
        """Whether a span overlaps what was found of these kinds."""
        return any(a < end and start < b for kind in kinds for a, b in self.found.get(kind, ()))

    @cached_property
    def numbers(self) -> tuple[NumberRun, ...]:
        """Every run of at least seven digits that no letter touches."""
        text = self.text
        runs = []
        for match in _RUN.finditer(text):
            start, end = match.span()
            if _is_letter(text[start - 1 : start]) or _is_letter(text[end : end + 1]):
                continue
            groups = tuple(
                (group[0].translate(_TO_ASCII), start + group.start()) for group in _GROUP.finditer(match[0])
            )
            runs.append(NumberRun(groups))
        return tuple(runs)


def longest_numbers(scan: Scan, lengths: frozenset[int], is_one: Callable[[Scan, Number], bool]) -> Iterator[Number]:
    """Numbers of these lengths that pass a test, the longest at each place, none overlapping another."""
    last_end = -1
    for run in scan.numbers:
        for number in sorted(run.windows(lengths), key=lambda one: (one.start, -one.end)):
            if number.start >= last_end and is_one(scan, number):
                last_end = number.end
                yield number


def _is_letter(character: str) -> bool:
    return character.isascii() and (character.isalpha() or character == "_")
