"""Literal words, all found in one pass over a text."""

from collections.abc import Iterable

import ahocorasick_rs

Places = dict[str, list[int]]
"""Word to the offsets at which it begins, ascending."""


class Lexicon:
    """A set of words to look for. Not picklable: build one per process."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        # A full automaton takes a few megabytes and is half again as fast as the compact kinds.
        kind = ahocorasick_rs.Implementation.DFA
        self._automaton = ahocorasick_rs.AhoCorasick(self._words, implementation=kind) if self._words else None

    def places(self, text: str) -> Places:
        """The words that occur in a text, also where they overlap."""
        found: Places = {}
        if self._automaton is not None and text:
            words = self._words
            for index, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
                found.setdefault(words[index], []).append(start)
        return found
