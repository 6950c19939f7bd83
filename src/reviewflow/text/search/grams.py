"""Keys for searching Chinese text by substring: the characters and the pairs of neighbours that a text holds.

Whatever stands in a text is found by them; a text that holds all the pairs of a query need not hold the query, so
what is found is checked afterwards with ``fold(query) in fold(text)``. The grams are bare words of an FTS5 query and
tokens of its ``ascii`` tokenizer: ASCII marks, which would split them, stand as C1 control characters, which no folded
text has.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint64]
Number = TypeVar("Number", bound=np.integer[Any])

# White space, control and format characters, halves of surrogate pairs, variation selectors: nobody sees or types them.
_CONTROLS = r"\s\x00-\x1f\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
_FORMATS = r"\u2028-\u202f\u205f-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
_UNSEEN = re.compile(rf"[{_CONTROLS}{_FORMATS}]+")
_UNCHANGED = (range(0x3400, 0xA000), range(0xAC00, 0xD7A4), range(0xE000, 0xF900))
"""Ideographs, Korean syllables and private use: folding leaves them alone."""
_SHORT = 100
"""Below this a query or a title is folded without the table, which takes some 40 ms to make."""
_ODD = np.uint32(0xFFFFFFFF)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


def fold(text: str) -> str:
    """A text as it is compared: NFKC, no case, nothing that cannot be seen. Folding it again changes nothing."""
    if len(text) < _SHORT:
        return _folded(text)
    codes = _code_points(text)
    folded = _folding_table().take(codes, mode="clip")
    odd = folded == _ODD
    if not odd.any():
        return _text(folded[folded > 0])
    parts = {char: _folded_alone(char) for char in map(chr, set(codes[odd].tolist()))}
    if None in parts.values():
        return _folded(text)
    result = _text(np.where(odd, codes, folded)[folded > 0])
    for char, part in parts.items():
        result = result.replace(char, part or "")
    return result


def _folded(text: str) -> str:
    """The definition of folding; ``fold`` is the quick way to the same."""
    before = None
    while text != before:
        before, text = text, _UNSEEN.sub("", unicodedata.normalize("NFKC", text).casefold())
    return text


@lru_cache(maxsize=4096)
def _folded_alone(char: str) -> str | None:
    """The folded form of a character, or None when its neighbours have a say: marks and the parts of Korean syllables
    may join with the character before."""
    part = _folded(char)
    joining = any(unicodedata.category(one)[0] == "M" or "\u1100" <= one <= "\u11ff" for one in part)
    return None if joining else part


@lru_cache(maxsize=1)
def _folding_table() -> NDArray[np.uint32]:
    """For each code point below U+FFFF the one that it folds to, 0 when it vanishes, all ones when it is not so simple;
    the last stands for every code point above."""
    table = np.arange(0x10000, dtype=np.uint32)
    for code in set(range(0xFFFF)).difference(*_UNCHANGED):
        part = _folded_alone(chr(code))
        if part != chr(code):
            table[code] = _ODD if part is None or len(part) > 1 else ord(part or "\0")
    table[-1] = _ODD
    return table


def gram_text(text: str) -> str:
    """The distinct characters of a text once folded, then its distinct pairs of neighbours, both sorted, separated by
    spaces: what FTS5 is given to index."""
    codes = _token_codes(text)
    pairs = _distinct(_pairs(np.append(codes, np.uint64(0))))
    singles = _distinct(pairs & ~_LOW)
    return _joined(np.concatenate((singles, pairs[pairs & _LOW > 0])))


def grams(text: str) -> list[str]:
    """``gram_text`` as a list."""
    return gram_text(text).split()


def query_grams(query: str) -> list[str]:
    """What a text must hold to hold this query: its pairs, or its one character; all of them among its ``grams``.

    Empty for a query with nothing in it, which every text holds.
    """
    codes = _token_codes(query)
    return _joined(_distinct(_pairs(codes) if len(codes) > 1 else codes << _HALF)).split()


def gram_hashes(found: Sequence[str]) -> list[int]:
    """The distinct hashes of grams, sorted: signed 32-bit, the same on every machine and in every version."""
    if not found:
        return []
    halves = np.array(found, "<U2").view("<u4").reshape(-1, 2).astype(np.uint64)
    keys = scrambled(halves[:, 0] << _HALF | halves[:, 1])
    hashes: list[int] = _distinct((keys >> _HALF).astype(np.uint32).view(np.int32)).tolist()
    return hashes


def scrambled(numbers: Codes) -> Codes:
    """64-bit numbers spread evenly, one to one (the finalizer of MurmurHash3)."""
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    numbers = (numbers ^ (numbers >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return numbers ^ (numbers >> np.uint64(33))


def folded_codes(folded: str) -> Codes:
    """The code points of a text once folded."""
    return _code_points(folded).astype(np.uint64)


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _text(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def _marks() -> Codes:
    table = np.arange(128, dtype=np.uint64)
    marks = [code for code in range(33, 127) if not chr(code).isalnum()]
    table[marks] = np.arange(0x80, 0x80 + len(marks), dtype=np.uint64)
    return table


_TOKEN_MARKS = _marks()


def _token_codes(text: str) -> Codes:
    codes = folded_codes(fold(text))
    ascii_ones = codes < 128
    codes[ascii_ones] = _TOKEN_MARKS[codes[ascii_ones]]
    return codes


def _pairs(codes: Codes) -> Codes:
    return codes[:-1] << _HALF | codes[1:]


def _distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    ordered = np.sort(numbers)
    kept = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=kept[1:])
    return ordered[kept]


def _joined(keys: Codes) -> str:
    """Keys of two characters, or of one and a zero, as words with spaces between."""
    words = np.empty((len(keys), 3), np.uint32)
    words[:, 0], words[:, 1], words[:, 2] = keys >> _HALF, keys & _LOW, 32
    flat = words.ravel()
    return _text(flat[flat > 0])
