"""Documents prepared in workers: in order, and only those whose file was the same when it was read."""

from functools import partial
from pathlib import Path

import pytest

from reviewflow.batch.crew import run
from reviewflow.batch.loads import Load
from reviewflow.batch.troubles import Trouble
from reviewflow.configuration.configuration import load_configuration
from reviewflow.services.intake.arrival import Arrival, Origin
from reviewflow.services.intake.preparation import prepare_files, prepare_rows

TEXT = "为加强管理，现将有关事项通知如下，请各单位认真执行。"


def load(*texts: str) -> Load[Arrival]:
    """Rows of these texts, numbered."""
    numbered = tuple(
        ({"id": str(n), "text": text}, Origin("0" * 64, "0" * 64, str(n), f"t#{n}", 1)) for n, text in enumerate(texts)
    )
    make = partial(prepare_rows, table="t.jsonl", vendor="sqlite")
    return Load(make, numbered, tuple(f"t.jsonl#{n}" for n in range(len(texts))), together=True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_rows_come_back_in_order(home: Path, jobs: int) -> None:
    loads = [load(*(f"第{start + n}件。{TEXT}" for n in range(3))) for start in range(0, 30, 3)]
    results = [one for batch in run(loads, load_configuration(home), jobs) for one in batch]
    assert [one.content for one in results if isinstance(one, Arrival)] == [f"第{n}件。{TEXT}" for n in range(30)]


def test_a_file_whose_digest_could_not_be_taken_is_never_kept(home: Path, tmp_path: Path) -> None:
    (tmp_path / "检查.txt").write_text(TEXT, "utf-8")
    paths = [str(tmp_path / name) for name in ("检查.txt", "没有.txt")]
    files = tuple(Origin("", "", "", Path(path).name, 0, path) for path in paths)
    loads = [Load(partial(prepare_files, vendor="sqlite"), files, tuple(paths))]
    results = [one for batch in run(loads, load_configuration(home), 1) for one in batch]
    assert [one.code for one in results if isinstance(one, Trouble)] == ["read.changed", "read.missing"]
