"""Finding files: folders walked once, what cannot be entered reported."""

import os
from pathlib import Path

import pytest

from reviewflow.batch.sources import find_files


def test_a_folder_is_walked_in_order_without_hidden_and_temporary_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden", "~$a.docx", "x.tmp", "a/d/e.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("甲", "utf-8")
    files, troubles = find_files((str(tmp_path),))
    assert [file.relative_to(tmp_path).as_posix() for file in files] == ["a/c.txt", "a/d/e.pdf", "b.txt"]
    assert troubles == []


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("甲", "utf-8")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    files, _ = find_files((str(tmp_path),))
    assert len(files) == 1


def test_the_same_file_given_twice_is_one(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("甲", "utf-8")
    (tmp_path / "y.txt").symlink_to(path)
    assert len(find_files((str(path), str(tmp_path)))[0]) == 1


def test_a_missing_path_is_reported_and_the_rest_found(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("甲", "utf-8")
    files, troubles = find_files((str(tmp_path / "none"), str(tmp_path)))
    assert len(files) == 1
    assert troubles[0].code == "read.missing"


def test_a_folder_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "x.txt").write_text("甲", "utf-8")
    closed.chmod(0)
    if os.access(closed, os.R_OK):  # the superuser may enter everything: let the system call say no in its place
        listing = Path.iterdir

        def refuse(self: Path):
            if self == closed:
                raise PermissionError(13, "no", str(self))
            return listing(self)

        monkeypatch.setattr(Path, "iterdir", refuse)
    files, troubles = find_files((str(tmp_path),))
    assert len(files) == 1
    assert [trouble.code for trouble in troubles] == ["read.no_permission"]
    closed.chmod(0o700)
