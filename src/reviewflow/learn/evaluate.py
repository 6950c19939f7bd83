"""Measures of a model: accuracy, macro-F1, calibration, coverage. A class with few examples gets no score."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewflow.learn.calibrate import expected_calibration_error
from reviewflow.learn.dataset import Example
from reviewflow.learn.predict import Model

LEAST_FOR_A_SCORE = 10


def scores(labels: tuple[str, ...], probabilities: NDArray[Any], truth: NDArray[np.int64]) -> dict[str, Any]:
    """Accuracy, macro-F1, calibration error and a row per label.

    ``probabilities`` has shape (documents, labels), ``truth`` holds label numbers. A label with fewer than ten
    documents has its count and no score, and is left out of the macro average.
    """
    best = probabilities.argmax(axis=1)
    rows = {label: _row(best == number, truth == number) for number, label in enumerate(labels)}
    scored = [row["f1"] for row in rows.values() if "f1" in row]
    return {
        "documents": len(truth),
        "accuracy": round(float((best == truth).mean()), 4),
        "macro_f1": round(float(np.mean(scored)), 4) if scored else None,
        "calibration_error": round(expected_calibration_error(probabilities, truth), 4),
        "per_class": rows,
    }


def _row(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> dict[str, Any]:
    count = int(true.sum())
    if count < LEAST_FOR_A_SCORE:
        return {"documents": count}
    both = int((said & true).sum())
    precision = both / int(said.sum()) if said.any() else 0.0
    recall = both / count
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {"documents": count, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def confusion(labels: tuple[str, ...], probabilities: NDArray[Any], truth: NDArray[np.int64]) -> NDArray[np.int64]:
    """Counts, shape (labels, labels): rows are the truth, columns what was said."""
    table = np.zeros((len(labels), len(labels)), dtype=np.int64)
    np.add.at(table, (truth, probabilities.argmax(axis=1)), 1)
    return table


def reliability(
    probabilities: NDArray[Any], truth: NDArray[np.int64], bins: int = 10
) -> list[tuple[float, float, int]]:
    """For each bin of confidence that holds documents: mean confidence, accuracy, documents."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return [
        (float(confidence[place == b].mean()), float(right[place == b].mean()), int((place == b).sum()))
        for b in range(bins)
        if (place == b).any()
    ]


def coverage_curve(probabilities: NDArray[Any], truth: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Accuracy of the most confident share of documents, for shares from 5 % to 100 %."""
    order = np.argsort(-probabilities.max(axis=1), kind="stable")
    right = (probabilities.argmax(axis=1) == truth)[order]
    running = np.cumsum(right) / np.arange(1, len(right) + 1)
    shares = np.linspace(0.05, 1, 20)
    return [(float(share), float(running[max(0, int(share * len(right)) - 1)])) for share in shares]


def evaluate_model(model: Model, examples: Sequence[Example]) -> dict[str, Any]:
    """Scores of both heads on labelled examples that the model was not trained on."""
    predicted = [(example, model.predict(example.title, example.text)) for example in examples]
    heads = {
        "category": [(e.category.value, p.category) for e, p in predicted if e.category],
        "status": [(e.status.value, p.status) for e, p in predicted if e.status],
    }
    measured = {}
    for name, pairs in heads.items():
        if not pairs:
            continue
        labels = pairs[0][1].labels
        probabilities = np.array([guess.probabilities for _, guess in pairs])
        truth = np.array([labels.index(label) for label, _ in pairs])
        measured[name] = scores(labels, probabilities, truth)
        measured[name]["coverage"] = round(float(np.mean([not guess.abstains for _, guess in pairs])), 4)
    return measured
