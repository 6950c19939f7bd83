"""Prediction with numpy alone: hashed features times a weight table, a temperature, evidence words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewflow.learn.features import (
    Counts,
    Floats,
    Shape,
    bigram_buckets,
    body_view,
    code_points,
    counted,
)
from reviewflow.text.words import cutter

EVIDENCE_WORDS = 6
EVIDENCE_OPENING = 180
"""Characters of the body, behind the title, that are cut into words: cutting is the dearest step of all."""


@dataclass(frozen=True, slots=True)
class Head:
    """One decision of a model: its labels (codes), temperature, and the probability below which it abstains.

    ``columns`` says which columns of the shared weight table belong to it; ``thresholds`` is per label.
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
    category: Head
    status: Head
    frequencies: dict[str, float]

    def features(self, title: str, body: str) -> tuple[NDArray[np.int64], Floats]:
        """Buckets and their weights (L2 norm 1) of a title and a body view."""
        return weigh(self.idf, self.title_weight, *counted(title, body, self.shape.bits))

    def predict(self, title: str, text: str) -> Prediction:
        """Probabilities of both decisions, with evidence words of the category."""
        body = body_view(text, self.shape)
        at, values = self.features(title, body)
        margins = values @ self.weights.take(at, axis=0) + self.bias
        category, status = self._guess(self.category, margins), self._guess(self.status, margins)
        opening = title + "\n" + body[:EVIDENCE_OPENING]
        words = tuple(cutter(self.engine)(opening))
        column = self.category.labels.index(category.best)
        return Prediction(category, status, self._evidence(opening, words, column), words)

    def _guess(self, head: Head, margins: NDArray[Any]) -> Guess:
        first, last = head.columns
        scaled = [float(value) / head.temperature for value in margins[first:last]]
        top = max(scaled)
        weights = [math.exp(value - top) for value in scaled]
        total = sum(weights)
        probabilities = tuple(weight / total for weight in weights)
        best = max(range(len(probabilities)), key=probabilities.__getitem__)
        return Guess(head.labels, probabilities, probabilities[best] < head.thresholds[best])

    def _evidence(self, view: str, words: Sequence[str], column: int) -> tuple[tuple[str, float], ...]:
        """Words whose bigrams speak most for a label, against the mean of the other labels."""
        points = code_points(view)
        if points.size < 2:
            return ()
        at = bigram_buckets(points, self.shape.bits)
        sums = np.empty(points.size, dtype=np.float32)
        sums[0] = 0.0
        np.cumsum(self.contrast[column].take(at), out=sums[1:])
        ends = np.cumsum(np.fromiter(map(len, words), dtype=np.int64, count=len(words)))
        # A word of n characters holds the n - 1 bigrams that begin at all but its last character.
        scores = sums[ends - 1]
        scores[1:] -= sums[ends[:-1]]
        return _best(words, scores, EVIDENCE_WORDS)

    @property
    def contrast(self) -> Floats:
        """What a bucket says for each category against the mean of the others, times idf: (categories, buckets)."""
        cached = self.__dict__.get("_contrast")
        if cached is None:
            first, last = self.category.columns
            own = self.weights[:, first:last]
            others = (own.sum(axis=1, keepdims=True) - own) / max(1, own.shape[1] - 1)
            cached = self.__dict__["_contrast"] = np.ascontiguousarray(((own - others) * self.idf[:, None]).T)
        return cached


def _best(words: Sequence[str], scores: NDArray[Any], wanted: int) -> tuple[tuple[str, float], ...]:
    chosen: dict[str, float] = {}
    for at in np.argsort(scores)[::-1][: wanted * 4].tolist():
        word = words[at]
        if scores[at] <= 0 or len(chosen) == wanted:
            break
        if len(word) > 1 and word not in chosen and word.isalpha():
            chosen[word] = round(float(scores[at]), 4)
    return tuple(chosen.items())


def weigh(idf: Floats, title_weight: float, text: Counts, title: Counts) -> tuple[NDArray[np.int64], Floats]:
    """TF-IDF of both fields, each scaled to norm 1, the title times ``title_weight``, and the whole to norm 1."""
    at = np.concatenate((text[0], title[0]))
    values = np.concatenate((text[1], title[1]))
    values *= idf.take(at)
    cut = text[0].size
    weight = 0.0
    for part, scale in ((values[:cut], 1.0), (values[cut:], title_weight)):
        norm = math.sqrt(float(part @ part))
        if norm:
            part *= np.float32(scale / norm)
            weight += scale * scale
    if weight:
        values *= np.float32(1 / math.sqrt(weight))
    return at, values
