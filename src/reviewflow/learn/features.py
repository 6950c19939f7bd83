"""Hashed character n-grams of a document: what the models see.

A document is seen as its title and a view of its body (the first HEAD and last TAIL characters, where the
form of a Chinese official document puts what distinguishes it). Each n-gram of one or two characters is hashed
to a bucket; title and body have bucket ranges of their own, so that a word in the title can mean something
other than the same word in the text.
"""

from collections.abc import Sequence
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
_EDGE: Final = "\u0002"
_NOTHING = np.empty(0, dtype=np.int64)
_SUBLINEAR = np.concatenate(([0.0], 1 + np.log(np.arange(1, 4096)))).astype(np.float32)


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


@dataclass(frozen=True, slots=True)
class Counts:
    """The n-grams of several documents: for each document and bucket that occurs in it the sublinear frequency.

    ``document`` and ``bucket`` are ascending together; title buckets lie behind the body's. All of one length.
    """

    documents: int
    document: NDArray[np.int64]
    bucket: NDArray[np.int64]
    frequency: Floats


def count(titles: Sequence[str], bodies: Sequence[str], bits: int) -> Counts:
    """Count the n-grams of documents, all in one go: numpy's calls are dear on short arrays.

    Of bodies unigrams and bigrams, of titles (framed by an edge mark) unigrams, bigrams and trigrams. The
    frequency is 1 + ln n. At most 32,768 documents.
    """
    body, body_of = _joined(bodies)
    title, title_of = _joined([f"{_EDGE}{text}{_EDGE}" if text else "" for text in titles])
    keys = [_keys(body * _UNIGRAM + _BODY_SALT, body_of, 0, bits)]
    pairs = body_of[:-1] == body_of[1:]
    keys.append(_keys((body[:-1] * _FIRST + body[1:] * _SECOND + _BODY_SALT)[pairs], body_of[:-1][pairs], 0, bits))
    inner = title != ord(_EDGE)
    keys.append(_keys((title * _UNIGRAM + _TITLE_SALT)[inner], title_of[inner], 1, bits))
    pairs = title_of[:-1] == title_of[1:]
    keys.append(_keys((title[:-1] * _FIRST + title[1:] * _SECOND + _TITLE_SALT)[pairs], title_of[:-1][pairs], 1, bits))
    triples = title_of[:-2] == title_of[2:]
    ends = title[:-2] * _FIRST + title[1:-1] * _SECOND + title[2:] * _UNIGRAM + _END_SALT
    keys.append(_keys(ends[triples], title_of[:-2][triples], 1, bits))
    ordered = np.sort(np.concatenate(keys))
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if ordered.size else _NOTHING
    times = np.diff(first, append=ordered.size)
    distinct = ordered[first].astype(np.int64)
    return Counts(
        documents=len(titles),
        document=distinct >> (bits + 1),
        bucket=distinct & ((2 << bits) - 1),
        frequency=_SUBLINEAR.take(np.minimum(times, _SUBLINEAR.size - 1)),
    )


def _joined(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Folded code points of texts one after another, and the number of the text that each belongs to."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return code_points("".join(texts)), np.repeat(np.arange(len(texts), dtype=np.uint32), lengths)


def _keys(hashed: Ints, document: Ints, field: int, bits: int) -> Ints:
    """Document, field and bucket packed into one number, so that one sort groups them."""
    return (document << np.uint32(bits + 1)) | np.uint32(field << bits) | _mix(hashed, bits)


def tfidf_values(counts: Counts, idf: Floats, title_weight: float) -> Floats:
    """TF-IDF: each field of each document scaled to norm 1, titles times ``title_weight``, the whole to norm 1."""
    values = counts.frequency * idf.take(counts.bucket)
    if not values.size:
        return values
    is_title = counts.bucket >= idf.size // 2
    group = counts.document * 2 + is_title
    starts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
    wanted = np.where(is_title[starts], title_weight, 1.0)
    present = np.bincount(counts.document[starts], wanted**2, minlength=counts.documents)
    norms = np.sqrt(np.add.reduceat(values * values, starts)) * np.sqrt(present[counts.document[starts]])
    scale = (wanted / norms).astype(np.float32)
    return np.asarray(values * np.repeat(scale, np.diff(starts, append=values.size)), dtype=np.float32)
