"""Turning margins into probabilities that mean what they say, and knowing when to abstain."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_LOWEST, _HIGHEST = 0.05, 20.0


def softmax(margins: NDArray[Any], temperature: float) -> NDArray[np.float64]:
    """Probabilities, shape (documents, labels), of margins of the same shape divided by a temperature."""
    scaled = margins.astype(np.float64) / temperature
    weights = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)


def temperature(margins: NDArray[Any], truth: NDArray[np.int64]) -> float:
    """The temperature with the least negative log likelihood on held-out margins.

    Temperature scaling (Guo et al., 2017): one number, so that a few hundred documents suffice; it never
    changes which label is best.
    """
    from scipy.optimize import minimize_scalar

    def loss(log_temperature: float) -> float:
        probabilities = softmax(margins, float(np.exp(log_temperature)))
        return float(-np.log(np.maximum(probabilities[np.arange(len(truth)), truth], 1e-12)).mean())

    found = minimize_scalar(loss, bounds=(np.log(_LOWEST), np.log(_HIGHEST)), method="bounded")
    return round(float(np.exp(found.x)), 4)


def abstention_thresholds(
    probabilities: NDArray[Any], truth: NDArray[np.int64], *, floor: float = 0.3, ceiling: float = 0.6
) -> tuple[float, ...]:
    """For each label, the confidence below which fewer than half of its held-out predictions were right.

    Between ``floor`` and ``ceiling``, so that a handful of documents cannot switch a label off.
    """
    best = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    return tuple(
        _threshold(confidence[best == label], truth[best == label] == label, floor, ceiling)
        for label in range(probabilities.shape[1])
    )


def _threshold(confidence: NDArray[Any], right: NDArray[np.bool_], floor: float, ceiling: float) -> float:
    order = np.argsort(confidence, kind="stable")
    hits = np.cumsum(right[order])
    worse_than_chance = np.flatnonzero(hits * 2 < np.arange(1, len(order) + 1))
    value = float(confidence[order][worse_than_chance[-1]]) if worse_than_chance.size else floor
    return round(min(max(value, floor), ceiling), 4)


def expected_calibration_error(probabilities: NDArray[Any], truth: NDArray[np.int64], bins: int = 10) -> float:
    """Mean gap between confidence and accuracy over equal-width bins, weighted by their size."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        (place == b).mean() * abs(confidence[place == b].mean() - right[place == b].mean())
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(gaps))
