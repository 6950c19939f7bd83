"""The journal: nothing acknowledged is lost, nothing is done twice."""

from pathlib import Path

import pytest

from reviewflow.batch.journal import Journal, read_records
from reviewflow.errors import ReviewflowError
from reviewflow.writing.cells import safe_cell


def test_what_was_added_is_known_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "j"
    journal = Journal(path, resume=False)
    journal.add([("甲", '{"id": "甲"}')])
    journal.close()
    again = Journal(path, resume=True)
    assert "甲" in again
    assert "乙" not in again
    again.add([("乙", '{"id": "乙"}')])
    again.close()
    assert [row["id"] for row in read_records(path)] == ["甲", "乙"]


@pytest.mark.parametrize("half", ['{"id": "乙", "ti', "{", '{"id": "乙"}'])
def test_a_line_that_a_break_cut_off_is_done_again(tmp_path: Path, half: str) -> None:
    path = tmp_path / "j"
    path.write_text('{"id": "甲"}\n' + half, "utf-8")
    journal = Journal(path, resume=True)
    assert "甲" in journal
    assert "乙" not in journal
    journal.add([("乙", '{"id": "乙"}')])
    journal.close()
    assert [row["id"] for row in read_records(path)] == ["甲", "乙"]


def test_a_full_disk_is_said_and_what_was_written_stays(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.fail("this system has no /dev/full to test a full disk with")
    (tmp_path / "j").symlink_to("/dev/full")
    journal = Journal(tmp_path / "j", resume=False)
    with pytest.raises(ReviewflowError, match="磁盘已满") as caught:
        journal.add([("甲", "x" * 100_000)])
    assert caught.value.code == "write.failed"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError) as caught:
        Journal(tmp_path / "none" / "j", resume=False)
    assert caught.value.code == "write.failed"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM", "\t=1"])
def test_cells_that_a_spreadsheet_would_run_are_made_harmless(text: str) -> None:
    assert safe_cell(text) == "'" + text


def test_ordinary_cells_stay_as_they_are() -> None:
    assert [safe_cell(value) for value in ("甲", 1.5, None, "")] == ["甲", 1.5, None, ""]
