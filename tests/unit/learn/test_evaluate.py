"""Scores, curves and the report page."""

from pathlib import Path

import numpy as np

from reviewflow.learn import evaluate, store
from reviewflow.learn.report import write_report

from .conftest import small_dataset


def test_a_class_with_fewer_than_ten_examples_gets_no_score() -> None:
    truth = np.array([0] * 20 + [1] * 9)
    probabilities = np.column_stack([np.full(29, 0.7), np.full(29, 0.3)])
    measured = evaluate.scores(("a", "b"), probabilities, truth)
    assert measured["per_class"]["b"] == {"documents": 9}
    assert measured["macro_f1"] == measured["per_class"]["a"]["f1"]


def test_confusion_counts_truth_in_rows() -> None:
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]])
    table = evaluate.confusion(("a", "b"), probabilities, np.array([0, 1, 1]))
    assert table.tolist() == [[1, 0], [1, 1]]


def test_coverage_ends_at_the_accuracy_of_all() -> None:
    probabilities = np.array([[0.9, 0.1]] * 10 + [[0.55, 0.45]] * 10)
    truth = np.array([0] * 10 + [1] * 10)
    curve = evaluate.coverage_curve(probabilities, truth)
    assert curve[-1] == (1.0, 0.5)
    assert curve[0][1] == 1.0


def test_the_report_has_pictures_words_and_mistakes(models: Path, tmp_path: Path) -> None:
    write_report(models, store.active_version(models), small_dataset(), tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.count("<svg") == 6
    for part in ("混淆矩阵", "可靠性", "各类的词", "错得最远的文件", "机构职能", "不予公开"):
        assert part in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_model_is_evaluated_on_other_documents(models: Path) -> None:
    measured = evaluate.evaluate_model(store.load(models), small_dataset().examples)
    assert measured["category"]["documents"] == 60
    assert 0 <= measured["status"]["coverage"] <= 1
