"""Errors travel between processes whole, and say by their class what kind of thing they are."""

import pickle

import pytest

from reviewflow.errors import ERRORS, ErrorKind, Fault, FaultyFileError, MissingError, ReviewflowError


@pytest.mark.parametrize("kind", ErrorKind, ids=lambda kind: kind.value)
def test_every_kind_has_a_class_that_travels(kind: ErrorKind) -> None:
    error = ERRORS[kind]("some.code", "出了一件事。", "请再试。")
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.kind, back.code, str(back)) == (type(error), kind, "some.code", str(error))


def test_an_error_that_says_nothing_else_is_a_refusal() -> None:
    assert ReviewflowError("some.code", "不能这样办。").kind is ErrorKind.REFUSED


def test_faults_of_a_file_travel_with_their_places() -> None:
    fault = Fault("rules.yaml", 7, "没有这一项。", "请删去。")
    back = pickle.loads(pickle.dumps(FaultyFileError("rules.faulty", [fault])))
    assert (type(back), back.code, back.faults) == (FaultyFileError, "rules.faulty", (fault,))
    assert "rules.yaml:7 没有这一项。" in back.message


def test_another_sentence_changes_neither_code_nor_kind_nor_hint() -> None:
    error = MissingError("review.no_case", "没有这一件。", "请回到队列。").reworded("第 5 件：没有这一件。")
    assert (type(error), error.code, error.hint) == (MissingError, "review.no_case", "请回到队列。")
    assert error.message == "第 5 件：没有这一件。"
