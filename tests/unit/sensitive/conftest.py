"""Running one detector, or all, over a passage, and reading off what was found."""

from collections.abc import Callable

import pytest

from reviewflow.domain.document import Document
from reviewflow.text.sensitive import shipped_detectors

Found = Callable[[str], list[str]]


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Found:
    """Texts of the findings of the kind that the test module is named for, in order."""
    kind = request.module.__name__.rpartition("test_")[2]

    def run(text: str) -> list[str]:
        findings = shipped_detectors().find(Document(id="x", source="x", text=text))
        return [text[one.start : one.end] for one in findings if one.kind.value == kind]

    return run
