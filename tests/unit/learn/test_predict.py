"""Prediction by numpy alone equals scikit-learn, abstains, and shows its evidence."""

from pathlib import Path

import numpy as np

from reviewflow.learn import store
from reviewflow.learn.calibrate import abstention_thresholds, expected_calibration_error, softmax, temperature
from reviewflow.learn.predict import Guess
from reviewflow.learn.train import _classifier, count_examples, inverse_document_frequency, matrix

from .conftest import SMALL, small_dataset


def test_numpy_prediction_equals_scikit_learn(models: Path) -> None:
    model = store.load(models)
    examples = small_dataset().examples
    counts = count_examples(examples, SMALL.shape)
    features = matrix(counts, inverse_document_frequency(counts, SMALL.shape), SMALL)
    labels = [model.category.labels.index(example.category.value) for example in examples if example.category]
    reference = _classifier(SMALL).fit(features, labels).decision_function(features)
    first, last = model.category.columns
    own = model.margins([example.title for example in examples], [example.text for example in examples])
    np.testing.assert_allclose(own[:, first:last], reference, atol=1e-5)


def test_documents_together_are_predicted_as_each_alone(models: Path) -> None:
    model = store.load(models)
    titles = ["水务局管理办法", "", "批复", "招聘公告（第2次）"]
    texts = ["为加强管理，制定本办法。", "短", "", "现将有关事项公告如下。" * 200]
    together = model.predict_many(titles, texts)
    for one, title, text in zip(together, titles, texts, strict=True):
        alone = model.predict(title, text)
        assert one.words == alone.words
        assert [word for word, _ in one.evidence] == [word for word, _ in alone.evidence]
        np.testing.assert_allclose(one.category.probabilities, alone.category.probabilities, atol=1e-6)


def test_probabilities_add_up_and_the_best_is_named(models: Path) -> None:
    prediction = store.load(models).predict("水务局管理办法", "水务管理办法的内容。现予公布。")
    assert abs(sum(prediction.category.probabilities) - 1) < 1e-9
    assert prediction.category.best == "regulations"
    assert prediction.category.of("regulations") == prediction.category.confidence


def test_evidence_words_speak_for_the_best_label(models: Path) -> None:
    prediction = store.load(models).predict("水务局管理办法", "水务管理办法的内容。")
    words = [word for word, _ in prediction.evidence]
    assert any(word in "管理办法" for word in words)
    assert all(weight > 0 for _, weight in prediction.evidence)


def test_an_empty_document_is_predicted_without_evidence(models: Path) -> None:
    prediction = store.load(models).predict("", "")
    assert prediction.evidence == ()


def test_odd_characters_do_no_harm(models: Path) -> None:
    model = store.load(models)
    for text in ("\x00乙", "😀" * 50, "a", "\u202e右"):
        assert model.predict(text, text).category.best


def test_full_width_and_half_width_are_the_same_to_the_model(models: Path) -> None:
    model = store.load(models)
    wide, narrow = model.predict("通知（１２）", "甲：乙，丙"), model.predict("通知(12)", "甲:乙,丙")
    assert wide.category.probabilities == narrow.category.probabilities


def test_the_temperature_makes_confidence_honest() -> None:
    random = np.random.default_rng(1)
    truth = random.integers(0, 3, 600)
    margins = random.normal(size=(600, 3))
    margins[np.arange(600), truth] += 1.0
    found = temperature(margins * 10, truth)
    assert expected_calibration_error(softmax(margins * 10, found), truth) < 0.06
    assert expected_calibration_error(softmax(margins * 10, 1.0), truth) > 0.2


def test_a_label_that_is_mostly_wrong_when_unsure_gets_a_higher_threshold() -> None:
    truth = np.array([1] * 30 + [0] * 70)
    confident = np.linspace(0.35, 0.95, 100)
    probabilities = np.column_stack([confident, 1 - confident])
    probabilities[:30] = np.column_stack([np.linspace(0.51, 0.55, 30), np.linspace(0.49, 0.45, 30)])
    thresholds = abstention_thresholds(probabilities, truth)
    assert 0.3 <= thresholds[0] <= 0.6
    assert thresholds[0] >= 0.55 - 1e-9


def test_a_guess_below_its_threshold_abstains() -> None:
    assert Guess(("a", "b"), (0.4, 0.6), abstains=True).best == "b"
