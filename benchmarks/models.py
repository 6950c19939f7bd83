"""Which features and how much regularisation: cross-validation on the training documents and, if a folder of
labelled documents is given, accuracy and macro-F1 on them. Prints Markdown rows for docs/benchmarks.md.

usage: python benchmarks/models.py [--dev FOLDER] [--costs 0.3 1 3]
"""

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from reviewflow.learn import train
from reviewflow.learn.dataset import Example, load
from reviewflow.learn.features import Shape, body_view
from reviewflow.text.words import cutter
from texts import ROOT

CATEGORY_OF_LETTER = {"J": "functions", "F": "regulations", "G": "plans", "X": "duties", "Y": "activities"}
VIEWS = {
    "head 400 + tail 100": Shape(),
    "head 800 + tail 200": Shape(head=800, tail=200),
    "whole text": Shape(head=10**7, tail=0),
}


def chars(shape: Shape, fitted: list[Example], others: list[Example]) -> tuple[Any, Any]:
    """Hashed character n-grams, weighted as in the shipped model."""
    counts = train.count_examples(fitted, shape)
    idf = train.inverse_document_frequency(counts, shape)
    recipe = train.Recipe(shape=shape)
    rest = train.matrix(train.count_examples(others, shape), idf, recipe) if others else None
    return train.matrix(counts, idf, recipe), rest


def words(shape: Shape, fitted: list[Example], others: list[Example]) -> tuple[Any, Any]:
    """TF-IDF of jieba words, title words counted apart."""
    cut = cutter("rjieba")

    def analyse(example: Example) -> list[str]:
        return [f"t:{word}" for word in cut(example.title)] + cut(body_view(example.text, shape))

    vectorizer = TfidfVectorizer(analyzer=analyse, sublinear_tf=True)
    return vectorizer.fit_transform(fitted), vectorizer.transform(others) if others else None


def union(shape: Shape, fitted: list[Example], others: list[Example]) -> tuple[Any, Any]:
    """Both side by side."""
    (a, b), (c, d) = chars(shape, fitted, others), words(shape, fitted, others)
    return hstack([a, c]).tocsr(), hstack([b, d]).tocsr() if others else None


FEATURES: dict[str, Callable[..., tuple[Any, Any]]] = {"hashed characters": chars, "jieba words": words, "union": union}


def dev_sets(folder: Path | None) -> dict[str, tuple[list[Example], list[set[str]]]]:
    """Labelled documents by file, with every category that is accepted for each."""
    found = {}
    for name in ("real_dev", "titles_dev") if folder else ():
        assert folder is not None
        rows = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
        labelled = [row for row in rows if row["category"]]
        examples = [Example(row["id"], row["title"], row["text"], None, None) for row in labelled]
        right = [{CATEGORY_OF_LETTER[c] for c in (row["category"], *row.get("ambiguity", ()))} for row in labelled]
        first = [CATEGORY_OF_LETTER[row["category"]] for row in labelled]
        found[name] = (examples, [{f, *r} for f, r in zip(first, right, strict=True)], first)
    return found  # type: ignore[return-value]


def dev_score(said: Any, right: list[set[str]], first: list[str]) -> float:
    """Macro-F1, an accepted alternative counted as right."""
    truth = [guess if guess in accepted else label for guess, accepted, label in zip(said, right, first, strict=True)]
    return float(f1_score(truth, said, average="macro"))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "training")
    parser.add_argument("--costs", type=float, nargs="*", default=[0.3, 1, 3, 10])
    options = parser.parse_args()
    examples = [example for example in load(options.data).examples if example.category]
    truth = np.array([example.category.value for example in examples if example.category])
    sets: dict[str, Any] = dev_sets(options.dev)
    print("| features | view | C | CV macro-F1 |" + "".join(f" {name} |" for name in sets) + " fit s |")
    print("|---|---|---|---|" + "---|" * len(sets) + "---|")
    for name, make in FEATURES.items():
        for view, shape in VIEWS.items():
            build = partial(make, shape, examples)
            matrices = {key: build(value[0]) for key, value in sets.items()}
            fitted = next(iter(matrices.values()))[0] if matrices else build([])[0]
            for cost in options.costs:
                row(name, view, cost, fitted, truth, {k: (m[1], *sets[k][1:]) for k, m in matrices.items()})


def row(name: str, view: str, cost: float, fitted: Any, truth: Any, sets: dict[str, Any]) -> None:
    """One row of the table."""
    model = LinearSVC(C=cost, class_weight="balanced", random_state=1, max_iter=5000)
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    cross = f1_score(truth, cross_val_predict(model, fitted, truth, cv=folds), average="macro")
    started = time.perf_counter()
    model.fit(fitted, truth)
    took = time.perf_counter() - started
    scores = [dev_score(model.predict(features), right, first) for features, right, first in sets.values()]
    cells = [name, view, f"{cost:g}", f"{cross:.3f}", *(f"{score:.3f}" for score in scores), f"{took:.1f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
