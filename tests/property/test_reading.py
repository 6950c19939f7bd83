"""Whatever is done to a file, reading it gives a reading or an error in the user's words."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewflow.domain.document import Reading
from reviewflow.errors import ReviewflowError
from reviewflow.settings import ReadingLimits
from reviewflow.text.reading import image, read_file
from reviewflow.text.reading.draft import sound

FORMATS = Path(__file__).parents[1] / "data" / "formats"
SAMPLES = sorted(path for path in FORMATS.iterdir() if path.is_file())


def read_or_error(path: Path) -> Reading | ReviewflowError:
    try:
        return read_file(path, ReadingLimits())
    except ReviewflowError as error:
        return error


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sample=st.sampled_from(SAMPLES),
    keep=st.floats(0.01, 1),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=20),
)
def test_a_damaged_file_is_read_or_refused_and_never_crashes(
    monkeypatch: pytest.MonkeyPatch, sample: Path, keep: float, changes: list[tuple[float, int]]
) -> None:
    monkeypatch.setattr(image, "available", lambda: False)
    content = bytearray(sample.read_bytes())
    content = content[: max(1, int(len(content) * keep))]
    for place, value in changes:
        content[int(place * len(content))] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / sample.name
        path.write_bytes(bytes(content))
        found = read_or_error(path)
    if isinstance(found, ReviewflowError):
        assert found.code.startswith("read.")
        assert found.hint
    else:
        assert all(0 <= part.start < part.end <= len(found.text) for part in found.parts)
        assert sound(found.text) == found.text


@given(st.text(alphabet=st.characters(), max_size=200))
def test_text_that_was_made_sound_can_be_written_and_stays_so(text: str) -> None:
    clean = sound(text)
    clean.encode("utf-8")
    assert sound(clean) == clean
