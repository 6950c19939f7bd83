"""Training: from labelled documents to a version in the model store."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewflow.domain.terms import Category, Flag, Status
from reviewflow.errors import ReviewflowError
from reviewflow.learn import calibrate, store
from reviewflow.learn.dataset import Dataset, Example
from reviewflow.learn.features import Counts, Shape, body_view, count, tfidf_values
from reviewflow.text.words import cutter

LEAST_EXAMPLES = 10
MOST_FALSE_FLAGS = 0.01
# A secrecy mark is seen, not surmised, and privacy follows from what is found.
LEARNT_FLAGS = tuple(flag for flag in Flag if flag not in (Flag.STATE_SECRET_MARK, Flag.PRIVACY))
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Recipe:
    """The choices of a training run; the same recipe, data and library versions give the same weights."""

    shape: Shape = field(default_factory=Shape)
    title_weight: float = 1.0
    cost: float = 1.0
    seed: int = 20180101
    engine: str = "rjieba"


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Margins of documents that the model had not seen (cross-validation), with their true label numbers."""

    labels: tuple[str, ...]
    margins: NDArray[np.float64]
    truth: NDArray[np.int64]
    examples: tuple[Example, ...]


def count_examples(examples: Sequence[Example], shape: Shape) -> Counts:
    """The counted n-grams of titles and body views of all examples."""
    return count([one.title for one in examples], [body_view(one.text, shape) for one in examples], shape.bits)


def inverse_document_frequency(counts: Counts, shape: Shape) -> NDArray[np.float32]:
    """Smoothed idf of each bucket, shape (buckets,): ln((1 + n) / (1 + df)) + 1, as in scikit-learn.

    n is the number of documents that have the field at all: bare titles say nothing of how rare a word of a body is.
    """
    seen = np.bincount(counts.bucket, minlength=shape.buckets)
    half = shape.buckets // 2
    fields = np.unique(counts.document * 2 + (counts.bucket >= half)) & 1
    of = np.repeat([(fields == 0).sum(), (fields == 1).sum()], half)
    return np.asarray(np.log((1 + of) / (1 + seen)) + 1, dtype=np.float32)


def matrix(counts: Counts, idf: NDArray[np.float32], recipe: Recipe) -> Any:
    """The documents as a sparse matrix, shape (documents, buckets)."""
    from scipy.sparse import csr_matrix

    values = tfidf_values(counts, idf, recipe.title_weight)
    indptr = np.searchsorted(counts.document, np.arange(counts.documents + 1))
    return csr_matrix((values, counts.bucket, indptr), shape=(counts.documents, recipe.shape.buckets))


def train_model(
    dataset: Dataset, models: Path, recipe: Recipe | None = None, progress: Callable[[str], None] = lambda _: None
) -> str:
    """Train both heads, write a new version, return its name. It is not made active.

    Raises ReviewflowError ``training.too_few`` when a label has fewer than ten examples.
    """
    recipe = recipe or Recipe()
    progress("准备特征")
    counts = count_examples(dataset.examples, recipe.shape)
    idf = inverse_document_frequency(counts, recipe.shape)
    features = matrix(counts, idf, recipe)
    tables, biases, heads, metrics = [], [], {}, {}
    start = 0
    for name, labels, of in _decisions():
        progress(f"训练{'类别' if name == 'category' else '状态'}模型")
        held_out = cross_validate(dataset.examples, features, labels, of, recipe)
        table, bias = _fit(dataset.examples, features, labels, of, recipe)
        tables.append(table)
        biases.append(bias)
        columns = (start, start + len(labels))
        heads[name], metrics[name] = _describe(held_out, columns)
        start = columns[1]
    progress("训练标记模型")
    table, bias, heads["flags"], metrics["flags"] = _learn_flags(dataset.examples, features, recipe, start)
    tables.append(table)
    biases.append(bias)
    progress("写入模型")
    arrays = {
        "idf": idf,
        "weights": np.concatenate(tables, axis=1).astype(np.float32),
        "bias": np.concatenate(biases).astype(np.float32),
    }
    return store.save(models, _manifest(dataset, recipe, heads, metrics), vocabulary(dataset, recipe), arrays)


def held_out_margins(dataset: Dataset, recipe: Recipe) -> dict[str, HeldOut]:
    """The cross-validated margins of both decisions."""
    counts = count_examples(dataset.examples, recipe.shape)
    features = matrix(counts, inverse_document_frequency(counts, recipe.shape), recipe)
    return {name: cross_validate(dataset.examples, features, labels, of, recipe) for name, labels, of in _decisions()}


def _decisions() -> list[tuple[str, tuple[str, ...], Callable[[Example], str | None]]]:
    return [
        ("category", tuple(c.value for c in Category), lambda example: example.category and example.category.value),
        ("status", tuple(s.value for s in Status), lambda example: example.status and example.status.value),
    ]


def _rows(
    examples: Sequence[Example], labels: tuple[str, ...], of: Callable[[Example], str | None]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows = np.array([i for i, example in enumerate(examples) if of(example)], dtype=np.int64)
    truth = np.array([labels.index(of(examples[i]) or "") for i in rows], dtype=np.int64)
    for number, label in enumerate(labels):
        if (truth == number).sum() < LEAST_EXAMPLES:
            raise ReviewflowError(
                "training.too_few", f"{label} 只有不足 {LEAST_EXAMPLES} 篇训练文件。", "请补充该类的训练文件后再训练。"
            )
    return rows, truth


def _classifier(recipe: Recipe) -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=recipe.cost, class_weight="balanced", random_state=recipe.seed, max_iter=5000)


def _fit(
    examples: Sequence[Example],
    features: Any,
    labels: tuple[str, ...],
    of: Callable[[Example], str | None],
    recipe: Recipe,
) -> tuple[NDArray[Any], NDArray[Any]]:
    rows, truth = _rows(examples, labels, of)
    fitted = _classifier(recipe).fit(features[rows], truth)
    return fitted.coef_.T, fitted.intercept_


def cross_validate(
    examples: Sequence[Example],
    features: Any,
    labels: tuple[str, ...],
    of: Callable[[Example], str | None],
    recipe: Recipe,
) -> HeldOut:
    """Margins of every example from a model trained without its fold (stratified, seeded)."""
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    rows, truth = _rows(examples, labels, of)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=recipe.seed)
    margins = cross_val_predict(_classifier(recipe), features[rows], truth, cv=folds, method="decision_function")
    return HeldOut(labels, margins, truth, tuple(examples[i] for i in rows))


def _learn_flags(
    examples: Sequence[Example], features: Any, recipe: Recipe, start: int
) -> tuple[NDArray[Any], NDArray[Any], dict[str, Any], dict[str, Any]]:
    """One yes-or-no plane per flag that has enough examples, each with a threshold that few others pass.

    The threshold is set on cross-validated margins so that at most MOST_FALSE_FLAGS of the documents without the
    flag lie above it.
    """
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    rows = np.array([i for i, example in enumerate(examples) if example.status], dtype=np.int64)
    tables, biases, labels, thresholds, measured = [], [], [], [], {}
    for flag in LEARNT_FLAGS:
        truth = np.array([flag in examples[i].flags for i in rows])
        if truth.sum() < LEAST_EXAMPLES:
            continue
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=recipe.seed)
        margins = cross_val_predict(_classifier(recipe), features[rows], truth, cv=folds, method="decision_function")
        threshold = float(np.quantile(margins[~truth], 1 - MOST_FALSE_FLAGS))
        fitted = _classifier(recipe).fit(features[rows], truth)
        tables.append(fitted.coef_.T)
        biases.append(fitted.intercept_)
        labels.append(flag.value)
        thresholds.append(round(threshold, 4))
        measured[flag.value] = {
            "documents": int(truth.sum()),
            "recall": round(float((margins[truth] >= threshold).mean()), 4),
        }
    head = {"labels": labels, "columns": [start, start + len(labels)], "temperature": 1.0, "thresholds": thresholds}
    none = (np.empty((features.shape[1], 0)), np.empty(0))
    table, bias = (np.concatenate(tables, axis=1), np.concatenate(biases)) if tables else none
    return table, bias, head, measured


def _describe(held_out: HeldOut, columns: tuple[int, int]) -> tuple[dict[str, Any], dict[str, Any]]:
    temperature = calibrate.temperature(held_out.margins, held_out.truth)
    probabilities = calibrate.softmax(held_out.margins, temperature)
    head = {
        "labels": list(held_out.labels),
        "columns": list(columns),
        "temperature": temperature,
        "thresholds": list(calibrate.abstention_thresholds(probabilities, held_out.truth)),
    }
    from reviewflow.learn.evaluate import scores

    return head, scores(held_out.labels, probabilities, held_out.truth)


def vocabulary(dataset: Dataset, recipe: Recipe) -> str:
    """Words of two characters and more with their document frequency, ``word<TAB>share`` a line, sorted."""
    cut = cutter(recipe.engine)
    seen: Counter[str] = Counter()
    for example in dataset.documents:
        seen.update({word for word in cut(example.title + "\n" + example.text) if len(word) > 1 and word.isalpha()})
    total = len(dataset.documents)
    return "".join(f"{word}\t{count / total:.5f}\n" for word, count in sorted(seen.items()) if count > 1)


def _manifest(dataset: Dataset, recipe: Recipe, heads: dict[str, Any], metrics: dict[str, Any]) -> dict[str, Any]:
    import sklearn

    per_class = {
        "category": Counter(e.category.value for e in dataset.examples if e.category),
        "status": Counter(e.status.value for e in dataset.examples if e.status),
    }
    shape = recipe.shape
    return {
        "engine": recipe.engine,
        "shape": {"bits": shape.bits, "head": shape.head, "tail": shape.tail},
        "title_weight": recipe.title_weight,
        "heads": heads,
        "training": {
            "data_digest": dataset.digest,
            "documents": len(dataset.documents),
            "titles": len(dataset.examples) - len(dataset.documents),
            "per_class": {name: dict(sorted(counted.items())) for name, counted in per_class.items()},
            "cost": recipe.cost,
            "seed": recipe.seed,
            "scikit_learn": sklearn.__version__,
        },
        "metrics": metrics,
    }
