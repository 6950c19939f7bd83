"""Finished files: the old one stays until the new one is complete."""

from pathlib import Path

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.finished_files import finished_file, finished_folder, unwritable_error
from reviewflow.writing.catalogue import FORMS
from tests.limits import files_no_longer_than
from tests.unit.writing.samples import ENTRIES, HEADING, write_whole


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_new_file_takes_the_place_of_the_old_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("旧", "utf-8")
    with finished_file(tmp_path / "a") as temporary:
        temporary.write_text("新", "utf-8")
        assert (tmp_path / "a").read_text("utf-8") == "旧"
    assert (tmp_path / "a").read_text("utf-8") == "新"
    assert left(tmp_path) == ["a"]


def test_an_error_of_any_kind_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("旧", "utf-8")
    with pytest.raises(UnicodeEncodeError), finished_file(tmp_path / "a") as temporary:
        temporary.write_text("半" * 10_000 + "\ud800", "utf-8")
    assert (tmp_path / "a").read_text("utf-8") == "旧"
    assert left(tmp_path) == ["a"]


def test_a_folder_is_swapped_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old").touch()
    with finished_folder(tmp_path / "site") as folder:
        (folder / "new").touch()
    assert left(tmp_path) == ["site"]
    assert left(tmp_path / "site") == ["new"]


def test_a_linked_folder_is_swapped_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "www").symlink_to("real")
    with finished_folder(tmp_path / "www") as folder:
        (folder / "new").touch()
    assert (tmp_path / "www").is_symlink()
    assert left(tmp_path / "real") == ["new"]


def test_a_folder_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "old").touch()
    with (
        files_no_longer_than(600),
        pytest.raises(ReviewflowError, match="文件超过允许的大小"),
        finished_folder(tmp_path / "site") as folder,
    ):
        (folder / "new").write_text("x" * 10_000)
    assert left(tmp_path) == ["site"]
    assert left(tmp_path / "site") == ["old"]


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_the_catalogue_that_was_there(tmp_path: Path, form: str) -> None:
    path = tmp_path / "目录"
    if form == "html":
        path.mkdir()
    else:
        path.write_text("旧", "utf-8")
    with files_no_longer_than(600), pytest.raises(ReviewflowError) as caught:
        write_whole(ENTRIES, path, form, HEADING)
    assert caught.value.code == "write.failed"
    assert "--resume" not in caught.value.hint
    assert left(tmp_path) == ["目录"]
    assert (left(path) == []) if form == "html" else (path.read_text("utf-8") == "旧")


@pytest.mark.parametrize("form", FORMS)
def test_a_place_that_cannot_be_is_said(tmp_path: Path, form: str) -> None:
    (tmp_path / "file").touch()
    for path, reason in ((tmp_path / "file" / "目录", "不是文件夹"), (tmp_path / "none" / "目录", "文件夹不存在")):
        with pytest.raises(ReviewflowError, match=reason) as caught:
            write_whole(ENTRIES, path, form, HEADING)
        assert caught.value.code == "write.failed"
    assert left(tmp_path) == ["file"]


def test_a_folder_in_the_place_of_the_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReviewflowError, match="是一个文件夹"):
        write_whole(ENTRIES, tmp_path, "csv", HEADING)


def test_the_hint_is_the_callers(tmp_path: Path) -> None:
    assert unwritable_error(tmp_path, OSError(28, ""), "加 --resume").hint == "加 --resume"
