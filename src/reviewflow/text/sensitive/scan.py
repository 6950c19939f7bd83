"""One pass over a text that all detectors share: where their cue words stand and where numbers run."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reviewflow.domain.terms import Kind

Span = tuple[int, int]

_DIGITS = "0-9０-９"
_RUN = re.compile(rf"[{_DIGITS}](?:[ \u3000\-－—\n\r\t]{{0,3}}[{_DIGITS}])*[XxＸｘ]?")
_TO_ASCII = str.maketrans("０１２３４５６７８９ＸｘX", "0123456789xxx")


@dataclass(frozen=True, slots=True)
class NumberRun:
    """Digits standing together in the text, perhaps split by spaces, hyphens or line breaks.

    ``digits`` are ASCII (a trailing check letter is ``x``); ``at[i]`` is the offset of ``digits[i]`` in the text.
    """

    digits: str
    at: tuple[int, ...]

    @property
    def start(self) -> int:
        """Offset of the first digit."""
        return self.at[0]

    @property
    def end(self) -> int:
        """Offset just behind the last digit."""
        return self.at[-1] + 1


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

    def places(self, words: Iterable[str]) -> Iterator[tuple[int, str]]:
        """Offset and word of every occurrence of these cue words (unordered across words)."""
        for word in words:
            for at in self.cues.get(word, ()):
                yield at, word

    @cached_property
    def numbers(self) -> tuple[NumberRun, ...]:
        """Every run of at least five digits."""
        runs = []
        for match in _RUN.finditer(self.text):
            at = tuple(i for i in range(match.start(), match.end()) if self.text[i] not in " \u3000-－—\n\r\t")
            if len(at) >= 5:
                runs.append(NumberRun("".join(self.text[i] for i in at).translate(_TO_ASCII), at))
        return tuple(runs)
