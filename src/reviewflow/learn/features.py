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

HEAD: Final = 400
TAIL: Final = 100

Ints = NDArray[np.uint32]
Floats = NDArray[np.float32]

_UNIGRAM = np.uint32(0x9E3779B1)
_FIRST = np.uint32(0x85EBCA6B)
_SECOND = np.uint32(0xC2B2AE35)
_BODY_SALT = np.uint32(0x27D4EB2F)
_TITLE_SALT = np.uint32(0x165667B1)
_END_SALT = np.uint32(0x7FEB352D)
_EDGE = np.array([2], dtype=np.uint32)
_SUBLINEAR = np.concatenate(([0.0], 1 + np.log(np.arange(1, 4096)))).astype(np.float32)

Counts = tuple[NDArray[np.int64], Floats]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a model hashes: ``bits`` of bucket number per field (at most 16), characters of ``head`` and ``tail``."""

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


def _fold_table() -> Ints:
    table = np.arange(0x110000, dtype=np.uint32)
    table[0xFF01:0xFF5F] -= 0xFEE0
    table[(table >= 0x30) & (table <= 0x39)] = 0x30
    return table


_FOLD = _fold_table()


def code_points(text: str) -> Ints:
    """The code points of a text, shape (len(text),), folded: full-width to half-width, every digit to 0.

    Files differ in the width of punctuation and digits, and numbers differ in every document: neither says what
    a document is. Lone surrogates are kept as they are.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _FOLD.take(points)


def _mix(values: Ints, bits: int) -> Ints:
    """Buckets of hashed n-grams: a few rounds of multiply and shift, the top bits kept."""
    values ^= values >> np.uint32(15)
    values *= np.uint32(0x2C1B3C6D)
    values ^= values >> np.uint32(12)
    values >>= np.uint32(32 - bits)
    return values


def bigram_buckets(points: Ints, bits: int) -> Ints:
    """Buckets of the bigrams at each position, shape (n - 1,), in the body's range."""
    return _mix(points[:-1] * _FIRST + points[1:] * _SECOND + _BODY_SALT, bits)


def body_buckets(points: Ints, bits: int) -> Ints:
    """Buckets of all unigrams and bigrams of the body's code points, repeated as they occur."""
    singles = _mix(points * _UNIGRAM + _BODY_SALT, bits)
    return np.concatenate((singles, bigram_buckets(points, bits))) if points.size > 1 else singles


def title_buckets(points: Ints, bits: int) -> Ints:
    """Buckets of the title's unigrams, bigrams (with its edges) and trigrams, in a range of their own."""
    if not points.size:
        return points
    framed = np.concatenate((_EDGE, points, _EDGE))
    singles = points * _UNIGRAM + _TITLE_SALT
    pairs = framed[:-1] * _FIRST + framed[1:] * _SECOND + _TITLE_SALT
    triples = framed[:-2] * _FIRST + framed[1:-1] * _SECOND + framed[2:] * _UNIGRAM + _END_SALT
    return _mix(np.concatenate((singles, pairs, triples)), bits)


def counts(buckets: Ints) -> Counts:
    """Distinct buckets, ascending, and their sublinear term frequency 1 + ln n."""
    if not buckets.size:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    # Sixteen bits sort by radix, three times as fast as thirty-two.
    ordered = np.sort(buckets.astype(np.uint16), kind="stable")
    last = np.flatnonzero(ordered[1:] != ordered[:-1])
    edges = np.empty(last.size + 2, dtype=np.int64)
    edges[0], edges[1:-1], edges[-1] = -1, last, ordered.size - 1
    times = edges[1:] - edges[:-1]
    return ordered[edges[1:]].astype(np.int64), _SUBLINEAR.take(np.minimum(times, _SUBLINEAR.size - 1))


def counted(title: str, body: str, bits: int) -> tuple[Counts, Counts]:
    """The counted n-grams of body and title; the title's buckets lie behind the body's."""
    at, frequency = counts(title_buckets(code_points(title), bits))
    return counts(body_buckets(code_points(body), bits)), (at + (1 << bits), frequency)
