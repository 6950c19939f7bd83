"""The file or folder of an export, under its own name once it is whole."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewflow.errors import DiskError
from reviewflow.finished_files import finished_file, finished_folder, unwritable_error
from reviewflow.writing.catalogue_html import refuse_other_folder


@contextmanager
def finished_export(path: Path, *, folder: bool = False) -> Iterator[Path]:
    """Give the temporary file (or empty folder) for a writer; at the end of the block it takes the place of the old one.

    Raises ReviewflowError ``write.failed``, ``write.not_a_catalogue`` (the folder to replace holds something else); what
    stood at ``path`` is then as it was.
    """
    if folder:
        refuse_other_folder(path)
    elif path.is_dir():
        raise unwritable_error(path, OSError(errno.EISDIR, ""))
    elif path.exists() and not path.is_file():
        raise DiskError("write.failed", f"无法写入 {path}：它不是普通文件。", "请换一个文件名。")
    with (finished_folder if folder else finished_file)(path) as temporary:
        yield temporary
