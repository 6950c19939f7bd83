"""Hashed character n-grams of a document: what the models see.

A document is seen as its title and a view of its body (the first HEAD and last TAIL characters, where the
form of a Chinese official document puts what distinguishes it). Each n-gram of one or two characters is hashed
to a bucket; title and body have bucket ranges of their own, so that a word in the title can mean something
other than the same word in the text.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

HEAD: Final = 800
TAIL: Final = 200
_EDGE_START: Final = "\u0002"
_EDGE_END: Final = "\u0003"

Ints = NDArray[np.uint32]
Floats = NDArray[np.float32]

_UNIGRAM = np.uint32(0x9E3779B1)
_FIRST = np.uint32(0x85EBCA6B)
_SECOND = np.uint32(0xC2B2AE35)
_BODY_SALT = np.uint32(0x27D4EB2F)
_TITLE_SALT = np.uint32(0x165667B1)
_END_SALT = np.uint32(0x7FEB352D)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a model hashes: ``bits`` of bucket number per field, characters of ``head`` and ``tail``."""

    bits: int = 16
    head: int = HEAD
    tail: int = TAIL

    @property
    def buckets(self) -> int:
        """Buckets of both fields together: the body's first, then the title's."""
        return 2 << self.bits


def body_view(text: str, shape: Shape) -> str:
    """The part of the body that the models look at: head and tail, or all of a short text."""
    if len(text) <= shape.head + shape.tail:
        return text
    return text[: shape.head] + "\n" + text[len(text) - shape.tail :]


def code_points(text: str) -> Ints:
    """The code points of a text, shape (len(text),), folded: full-width to half-width, every digit to 0.

    Files differ in the width of punctuation and digits, and numbers differ in every document: neither says what
    a document is. Lone surrogates are kept as they are.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    points = np.where((points >= 0xFF01) & (points <= 0xFF5E), points - np.uint32(0xFEE0), points)
    return np.where((points >= 0x30) & (points <= 0x39), np.uint32(0x30), points)


def _mix(values: Ints, bits: int) -> Ints:
    values = values ^ (values >> np.uint32(15))
    values = values * np.uint32(0x2C1B3C6D)
    return np.asarray((values ^ (values >> np.uint32(12))) >> np.uint32(32 - bits), dtype=np.uint32)


def bigram_buckets(points: Ints, bits: int) -> Ints:
    """Buckets of the bigrams at each position, shape (n - 1,), in the body's range."""
    return _mix(points[:-1] * _FIRST + points[1:] * _SECOND + _BODY_SALT, bits)


def body_buckets(body: str, bits: int) -> Ints:
    """Buckets of all unigrams and bigrams of the body, repeated as they occur."""
    points = code_points(body)
    if points.size < 2:
        return _mix(points * _UNIGRAM + _BODY_SALT, bits)
    return np.concatenate((_mix(points * _UNIGRAM + _BODY_SALT, bits), bigram_buckets(points, bits)))


def title_buckets(title: str, bits: int) -> Ints:
    """Buckets of the title's unigrams, bigrams (with its edges) and its last three characters."""
    if not title:
        return np.empty(0, dtype=np.uint32)
    points = code_points(_EDGE_START + title + _EDGE_END)
    singles = _mix(points[1:-1] * _UNIGRAM + _TITLE_SALT, bits)
    pairs = _mix(points[:-1] * _FIRST + points[1:] * _SECOND + _TITLE_SALT, bits)
    triples = _mix(points[:-2] * _FIRST + points[1:-1] * _SECOND + points[2:] * _UNIGRAM + _END_SALT, bits)
    return np.concatenate((singles, pairs, triples)) + np.uint32(1 << bits)


def counts(buckets: Ints) -> tuple[NDArray[np.int64], Floats]:
    """Distinct buckets, ascending, and their sublinear term frequency 1 + ln n."""
    if not buckets.size:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    ordered = np.sort(buckets)
    edge = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True])))
    times = (edge[1:] - edge[:-1]).astype(np.float32)
    return ordered[edge[:-1]].astype(np.int64), (1 + np.log(times)).astype(np.float32)
