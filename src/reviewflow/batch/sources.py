"""Finding the files of a run: folders are walked, nothing is visited twice, what cannot be opened is reported."""

import os
from collections.abc import Iterator
from pathlib import Path

from reviewflow.batch.troubles import Trouble
from reviewflow.text.reading import TABLE_SUFFIXES


def find_files(paths: tuple[str, ...]) -> tuple[list[Path], list[Trouble]]:
    """All files of the given files and folders, sorted within each, and what could not be entered.

    Hidden files, temporary files of office programs and other than regular files are passed over; a symbolic
    link to a folder above is followed once only.
    """
    files: dict[str, Path] = {}
    troubles: list[Trouble] = []
    seen_folders: set[str] = set()
    for given in paths:
        path = Path(given)
        if path.is_dir():
            for file in _files_below(path, seen_folders, troubles):
                files.setdefault(os.path.realpath(file), file)
        elif path.exists():
            files.setdefault(os.path.realpath(path), path)
        else:
            troubles.append(Trouble(given, "read.missing", "文件或文件夹不存在。", "请检查路径是否写对。"))
    return list(files.values()), troubles


def _files_below(folder: Path, seen: set[str], troubles: list[Trouble]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError:
        troubles.append(
            Trouble(str(folder), "read.no_permission", "没有权限打开这个文件夹。", "请联系管理员授权后重试。")
        )
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.endswith(".tmp"):
            continue
        if entry.is_dir():
            yield from _files_below(entry, seen, troubles)
        elif entry.is_file():
            yield entry


def is_table(path: Path) -> bool:
    """Whether a file is a table of documents, one a row."""
    return path.suffix.lower() in TABLE_SUFFIXES
