"""Prediction with numpy alone: hashed features times a weight table, a temperature, evidence words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviewflow.learn.features import Floats, Shape, bigram_buckets, body_view, code_points, count, tfidf_values
from reviewflow.text.words import cutter

EVIDENCE_WORDS = 6
EVIDENCE_OPENING = 140
"""Characters of the body, behind the title, that are cut into words: cutting is the dearest step of all."""


@dataclass(frozen=True, slots=True)
class ClassifierHead:
    """One decision of a model: its labels (codes), temperature, and the probability below which it abstains.

    ``columns`` says which columns of the shared weight table belong to it; ``thresholds`` is per label. Of flags each
    label is a decision of its own, and its threshold a margin.
    """

    labels: tuple[str, ...]
    columns: tuple[int, int]
    temperature: float
    thresholds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """Calibrated probabilities of one decision, in the order of the head's labels."""

    labels: tuple[str, ...]
    probabilities: tuple[float, ...]
    abstains: bool

    @property
    def best(self) -> str:
        """The most probable label."""
        return self.labels[max(range(len(self.labels)), key=self.probabilities.__getitem__)]

    @property
    def confidence(self) -> float:
        """The probability of the best label."""
        return max(self.probabilities)

    def of(self, label: str) -> float:
        """The probability of one label."""
        return self.probabilities[self.labels.index(label)]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model says of one document.

    ``evidence`` are words of title and opening with their weight towards the category, ``words`` all of those words.
    """

    category: Guess
    status: Guess
    flags: tuple[str, ...]
    evidence: tuple[tuple[str, float], ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Model:
    """A trained model, ready to predict. ``weights`` has shape (buckets, labels of all heads)."""

    version: str
    shape: Shape
    title_weight: float
    engine: str
    idf: Floats
    weights: Floats
    bias: Floats
    category: ClassifierHead
    status: ClassifierHead
    flags: ClassifierHead
    frequencies: dict[str, float]

    def predict(self, title: str, text: str) -> Prediction:
        """Probabilities of both decisions, with evidence words of the category."""
        return self.predict_many([title], [text])[0]

    def predict_many(self, titles: Sequence[str], texts: Sequence[str]) -> list[Prediction]:
        """A prediction for each document, in their order."""
        bodies = [body_view(text, self.shape) for text in texts]
        margins = self.margins(titles, bodies)
        categories, statuses = self._guesses(self.category, margins), self._guesses(self.status, margins)
        openings = [f"{title}\n{body[:EVIDENCE_OPENING]}" for title, body in zip(titles, bodies, strict=True)]
        cut = cutter(self.engine)
        words = [tuple(cut(opening)) for opening in openings]
        evidence = self._evidence(openings, words, [self.category.labels.index(guess.best) for guess in categories])
        flags = self._flags(margins)
        return [Prediction(*each) for each in zip(categories, statuses, flags, evidence, words, strict=True)]

    def margins(self, titles: Sequence[str], bodies: Sequence[str]) -> Floats:
        """Distances from the decision planes, shape (documents, labels of all heads)."""
        counts = count(titles, bodies, self.shape.bits)
        values = tfidf_values(counts, self.idf, self.title_weight)
        margins = np.tile(self.bias, (len(titles), 1))
        if values.size:
            starts = np.flatnonzero(np.concatenate(([True], counts.document[1:] != counts.document[:-1])))
            rows = self.weights.take(counts.bucket, axis=0)
            rows *= values[:, None]
            margins[counts.document[starts]] += np.add.reduceat(rows, starts, axis=0)
        return margins

    def _flags(self, margins: Floats) -> list[tuple[str, ...]]:
        first, last = self.flags.columns
        raised = (margins[:, first:last] >= np.array(self.flags.thresholds, dtype=np.float32)).tolist()
        return [tuple(label for label, yes in zip(self.flags.labels, row, strict=True) if yes) for row in raised]

    def _guesses(self, head: ClassifierHead, margins: Floats) -> list[Guess]:
        first, last = head.columns
        scaled = margins[:, first:last].astype(np.float64) / head.temperature
        weights = np.exp(scaled - scaled.max(axis=1, keepdims=True))
        probabilities = (weights / weights.sum(axis=1, keepdims=True)).tolist()
        return [
            Guess(head.labels, tuple(row), max(row) < head.thresholds[row.index(max(row))]) for row in probabilities
        ]

    def _evidence(
        self, openings: Sequence[str], words: Sequence[Sequence[str]], columns: Sequence[int]
    ) -> list[tuple[tuple[str, float], ...]]:
        """For each document the words whose bigrams speak most for its label, against the mean of the other labels."""
        lengths = np.fromiter(map(len, openings), dtype=np.int64, count=len(openings))
        points = code_points("".join(openings))
        if points.size < 2:
            return [()] * len(openings)
        at = bigram_buckets(points, self.shape.bits).astype(np.int64)
        at += np.repeat(np.array(columns, dtype=np.int64) * self.idf.size, lengths)[:-1]
        sums = np.empty(points.size, dtype=np.float64)
        sums[0] = 0.0
        np.cumsum(self.contrast.take(at), out=sums[1:])
        ends = np.cumsum(np.fromiter((len(word) for cut in words for word in cut), dtype=np.int64))
        # A word of n characters holds the n - 1 bigrams that begin at all but its last character.
        scores = sums[ends - 1]
        scores[1:] -= sums[ends[:-1]]
        scored, begin, listed = scores.tolist(), 0, []
        for cut in words:
            listed.append(_best(cut, scored[begin : begin + len(cut)]))
            begin += len(cut)
        return listed

    @property
    def contrast(self) -> Floats:
        """What a bucket says for each category against the mean of the others, times idf: one category behind another."""
        cached: Floats | None = self.__dict__.get("_contrast")
        if cached is None:
            first, last = self.category.columns
            own = self.weights[:, first:last]
            others = (own.sum(axis=1, keepdims=True) - own) / max(1, own.shape[1] - 1)
            cached = self.__dict__["_contrast"] = ((own - others) * self.idf[:, None]).T.ravel()
        return cached


def _best(words: Sequence[str], scores: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """The words with the highest scores above 0, each once, best first."""
    chosen: dict[str, float] = {}
    speaking = [(score, word) for score, word in zip(scores, words, strict=True) if score > 0 and len(word) > 1]
    for score, word in sorted(speaking, reverse=True):
        if len(chosen) == EVIDENCE_WORDS:
            break
        if word not in chosen and word.isalpha():
            chosen[word] = round(score, 4)
    return tuple(chosen.items())
