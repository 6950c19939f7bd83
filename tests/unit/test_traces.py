"""What is told of where an error came from: places and types, never words."""

import pytest

from reviewflow.traces import DEBUG, debugging, trace_of, without_folders

WORDS = "words of the document"


def _first() -> None:
    raise LookupError(WORDS)


def _second() -> None:
    try:
        _first()
    except LookupError:
        raise ValueError(WORDS) from None


def test_a_trace_names_places_and_types_down_to_the_first_cause_and_no_words() -> None:
    try:
        _second()
    except ValueError as error:
        trace = trace_of(error)
    here, first, second = without_folders(__file__), _first.__code__.co_firstlineno, _second.__code__.co_firstlineno
    assert trace.splitlines()[1:] == [
        f"{here}:{second + 4} _second",
        "ValueError",
        f"{here}:{second + 2} _second",
        f"{here}:{first + 1} _first",
        "LookupError",
    ]


def test_places_in_the_program_tell_nothing_of_the_machine() -> None:
    try:
        without_folders(None)  # type: ignore[arg-type]
    except AttributeError as error:
        assert trace_of(error).splitlines()[-2].startswith("reviewflow/traces.py:")


def test_of_no_error_there_is_no_trace() -> None:
    assert trace_of(None) == ""


@pytest.mark.parametrize(("value", "shown"), [("1", True), ("yes", True), ("0", False), ("", False)])
def test_traces_are_shown_when_the_environment_says_so(
    monkeypatch: pytest.MonkeyPatch, value: str, shown: bool
) -> None:
    monkeypatch.setenv(DEBUG, value)
    assert debugging() is shown
