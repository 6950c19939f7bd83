"""Masking: what was found in a document must not come out through its title, summary, keywords or any later text.

A finding is masked where it recurs (also spaced, hyphenated or in full-width characters) and where it stood (also cut
short by the end of a summary). Persons keep their surname (法释〔2016〕19号 Art. 9); all else becomes ×××. Should
anything remain, the whole text goes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from reviewflow.domain.document import Document, Finding, Part, PartKind
from reviewflow.domain.terms import Kind
from reviewflow.text.sensitive import Detectors, shipped_detectors
from reviewflow.text.sensitive.wordlists import WordList, shipped_words

MASK = "×××"
UNSEEN = frozenset((PartKind.COMMENT, PartKind.DELETED, PartKind.HIDDEN, PartKind.PROPERTY))
"""parts that a reader of the finished document does not see"""
UNFINISHED = UNSEEN | {PartKind.INSERTED}
"""parts that tell of a file nobody has cleaned yet"""

_SEPARATORS = frozenset("-－—–‐−·•・‧")
_PIECE = re.compile(r"[^。!！?？;；…\n]+")
_SHORTEST_PIECE = 4
_HEAD = 4_000
_DOTS = frozenset("·•・‧")
_LONGEST_SURNAME = 4
_MOST_MASKED = 2

Found = tuple[int, int, Kind]
Span = tuple[int, int, Kind | None]
"""start, end, and what the whole of it is; None for a piece of something"""


@dataclass(frozen=True)
class Squeezed:
    """A text without spaces, hyphens and dots, folded to narrow small letters, with each sign's offset in it."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the squeezed text came from."""
        return self.places[start], self.places[end - 1] + 1


def squeeze(text: str) -> Squeezed:
    """A text with nothing in it that could set two spellings of one number or name apart."""
    kept = [(sign, at) for at, character in enumerate(text) if (sign := _folded(character))]
    return Squeezed("".join(sign for sign, _ in kept), tuple(at for _, at in kept))


@lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    if character.isspace() or character in _SEPARATORS or unicodedata.category(character) == "Cf":
        return ""
    narrow = unicodedata.normalize("NFKC", character)
    narrow = narrow if len(narrow) == 1 else character
    small = narrow.lower()
    return small if len(small) == 1 else narrow


@dataclass(frozen=True)
class Guard:
    """What may not be said of a document.

    ``content`` is its whole text with ``findings`` and ``parts`` in it, the body first; ``said`` are the texts that are
    to be said of it (title, summary, ...), which ``detectors`` search as well.
    """

    content: str
    body_length: int
    findings: tuple[Finding, ...]
    parts: tuple[Part, ...] = ()
    said: tuple[str, ...] = ()
    detectors: Detectors = field(default_factory=shipped_detectors)

    @cached_property
    def secrets(self) -> dict[str, Kind]:
        """The squeezed text of everything found, with its kind."""
        found = {squeeze(self.content[one.start : one.end]).text: one.kind for one in self.findings}
        for text in self.said:
            found.update((squeeze(text[start:end]).text, kind) for start, end, kind in self._detected(text))
        found.pop("", None)
        return found

    @cached_property
    def must_be_masked(self) -> bool:
        """Whether the body holds anything found, be it found there or elsewhere."""
        if any(one.start < self.body_length for one in self.findings):
            return True
        return bool(self.secrets) and _holds_any(squeeze(self.content[: self.body_length]).text, self.secrets)

    @property
    def is_unfinished(self) -> bool:
        """Whether the body holds tracked changes, comments or hidden text."""
        return any(one.kind in UNFINISHED and one.start < self.body_length for one in self.parts)

    def masked(self, text: str) -> str:
        """A text with everything found masked; empty where that cannot be done."""
        spans = _merged([*self._recurring(text), *self._standing(text)])
        for start, end, kind in reversed(spans):
            text = text[:start] + _mask(text[start:end], kind) + text[end:]
        return "" if not text.strip(MASK + " ") or _holds_any(squeeze(text).text, self.secrets) else text

    def words(self, words: Sequence[str]) -> tuple[str, ...]:
        """Those of the words that neither hold nor are part of anything found, and that a reader sees."""
        visible = squeeze("\n".join((*self.said, self._visible))).text
        return tuple(
            word for word in words if self._may_be_said(squeeze(word).text, visible) and not self._detected(word)
        )

    def kinds_in(self, text: str) -> tuple[Kind | None, ...]:
        """The kinds of everything in a text that must not be said, in the order of ``Kind``; None for unseen text."""
        spans = [*self._recurring(text), *self._standing(text), *self._detected(text)]
        kinds = {kind for _, _, kind in spans}
        return (*(kind for kind in Kind if kind in kinds), *((None,) if None in kinds else ()))

    def _detected(self, text: str) -> list[Found]:
        return [(one.start, one.end, one.kind) for one in self.detectors.find(Document("", "", text))]

    def _may_be_said(self, word: str, visible: str) -> bool:
        return word in visible and not any(word in secret or secret in word for secret in self.secrets)

    @property
    def _visible(self) -> str:
        """The body's head without what is not seen."""
        text, cut = self.content[: self.body_length], 0
        pieces = []
        for part in self.parts:
            if part.kind in UNSEEN and part.start < len(text):
                pieces.append(text[cut : part.start])
                cut = max(cut, part.end)
        return "".join((*pieces, text[cut:]))

    @cached_property
    def _visible_head(self) -> str:
        """The squeezed beginning of what a reader sees."""
        return squeeze(self._visible[:_HEAD]).text

    def _recurring(self, text: str) -> Iterator[Span]:
        squeezed = squeeze(text)
        for secret, kind in self.secrets.items():
            at = squeezed.text.find(secret)
            while at >= 0:
                yield (*squeezed.span(at, at + len(secret)), kind)
                at = squeezed.text.find(secret, at + 1)

    @cached_property
    def _head(self) -> tuple[Squeezed, list[Span]]:
        """The squeezed head of the document, and where in it something sensitive or unseen stands."""
        head = squeeze(self.content[:_HEAD])
        marked: list[Span] = [(one.start, one.end, one.kind) for one in self.findings if one.start < _HEAD]
        marked += [(one.start, one.end, None) for one in self.parts if one.kind in UNSEEN and one.start < _HEAD]
        spans: list[Span] = []
        for start, end, kind in marked:
            inside = [number for number, place in enumerate(head.places) if start <= place < end]
            if inside:
                spans.append((inside[0], inside[-1] + 1, kind))
        return head, spans

    def _standing(self, text: str) -> Iterator[Span]:
        """Where a sentence of the text stood in the document, the spans in which something sensitive stood."""
        head, marked = self._head
        if not marked:
            return
        for match in _PIECE.finditer(text):
            piece = squeeze(match[0])
            # A title stands in the file's properties too: what a reader sees gives nothing unseen away.
            seen = piece.text in self._visible_head
            looked_for = [span for span in marked if not (seen and span[2] is None)]
            at = head.text.find(piece.text) if len(piece.text) >= _SHORTEST_PIECE else -1
            while at >= 0:
                yield from _within(piece, match.start(), at, looked_for)
                at = head.text.find(piece.text, at + 1)


def _within(piece: Squeezed, offset: int, at: int, marked: Iterable[Span]) -> Iterator[Span]:
    """The marked spans that overlap a piece standing at ``at``, as spans of the text that the piece is from."""
    for start, end, kind in marked:
        first, last = max(start - at, 0), min(end - at, len(piece.text))
        if first < last:
            begin, finish = piece.span(first, last)
            yield offset + begin, offset + finish, kind if last - first == end - start else None


def _holds_any(squeezed: str, secrets: Iterable[str]) -> bool:
    return any(secret in squeezed for secret in secrets)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap as one; what is more than one finding is of no kind."""
    merged: list[Span] = []
    for start, end, kind in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            first, last, whole = merged[-1]
            merged[-1] = first, max(last, end), whole if end <= last and kind in (whole, None) else None
        else:
            merged.append((start, end, kind))
    return merged


def _mask(text: str, kind: Kind | None) -> str:
    return masked_name(text) if kind is Kind.PERSON_PRIVATE else MASK


def masked_name(name: str) -> str:
    """A name with its surname kept: 王小明 is 王某某, 欧阳锋 is 欧阳某; of a name with a dot the first character is kept."""
    letters = "".join(character for character in name if _folded(character))
    if len(letters) < _MOST_MASKED:
        return MASK
    if any(character in _DOTS for character in name):
        return letters[0] + "某" * _MOST_MASKED
    compounds = shipped_words()[WordList.COMPOUND_SURNAMES]
    compound = next((n for n in range(_LONGEST_SURNAME, 1, -1) if len(letters) > n and letters[:n] in compounds), 1)
    return letters[:compound] + "某" * min(len(letters) - compound, _MOST_MASKED)
