"""Documents prepared in processes of their own: in order, and none lost to another's trouble."""

import os
from pathlib import Path

import pytest

from reviewflow.batch.troubles import Trouble
from reviewflow.errors import FaultyFileError, ReviewflowError
from reviewflow.services.intake.arrival import Arrival, Origin
from reviewflow.services.intake.workers import Load, prepared

TEXT = "为加强管理，现将有关事项通知如下，请各单位认真执行。"


class Deadly(str):
    """A text over which the process ends that is handed it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


def load(*texts: str) -> Load:
    """Rows of these texts, numbered."""
    numbered = [
        ({"id": str(n), "text": text}, Origin("0" * 64, "0" * 64, str(n), f"t#{n}", 1)) for n, text in enumerate(texts)
    ]
    return Load("sqlite", rows=tuple(numbered), table="t.jsonl")


@pytest.mark.parametrize("jobs", [1, 2])
def test_loads_come_back_in_order(home: Path, jobs: int) -> None:
    loads = [load(*(f"第{start + n}件。{TEXT}" for n in range(3))) for start in range(0, 30, 3)]
    done = [one.content for batch in prepared(loads, home, jobs) for one in batch if isinstance(one, Arrival)]
    assert done == [f"第{n}件。{TEXT}" for n in range(30)]


def test_a_document_over_which_a_process_dies_is_reported_alone(home: Path) -> None:
    loads = [load(TEXT, TEXT), load(TEXT, Deadly(TEXT), TEXT), load(TEXT)]
    done = [one for batch in prepared(loads, home, 2) for one in batch]
    assert [one.code if isinstance(one, Trouble) else "kept" for one in done] == [
        "kept", "kept", "kept", "read.crashed", "kept", "kept",
    ]  # fmt: skip
    assert isinstance(done[3], Trouble)
    assert done[3].source == "t.jsonl#1"


def test_a_file_whose_digest_could_not_be_taken_is_never_kept(home: Path, tmp_path: Path) -> None:
    (tmp_path / "检查.txt").write_text(TEXT, "utf-8")
    files = tuple((str(tmp_path / name), Origin("", "", "", name, 0)) for name in ("检查.txt", "没有.txt"))
    (done,) = prepared([Load("sqlite", files=files)], home, 1)
    assert [one.code for one in done if isinstance(one, Trouble)] == ["read.changed", "read.missing"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_faulty_rule_file_stops_the_import(home: Path, tmp_path: Path, jobs: int) -> None:
    import shutil

    shutil.copytree(home, tmp_path / "home")
    (tmp_path / "home" / "configs" / "rules.yaml").write_text("规则: [没有, 这样的]\n", "utf-8")
    with pytest.raises(ReviewflowError) as told:
        list(prepared([load(TEXT)], tmp_path / "home", jobs))
    assert told.value.code == "rules.faulty" or isinstance(told.value, FaultyFileError)
