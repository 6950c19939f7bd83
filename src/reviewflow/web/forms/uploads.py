"""One uploaded file brought in, from a page or by a program."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.batch.scratch import scratch_error, scratch_folder
from reviewflow.domain.people import Actor
from reviewflow.errors import ReviewflowError
from reviewflow.services.intake.importing import Imported, import_paths
from reviewflow.text.reading import TABLE_SUFFIXES
from reviewflow.text.reading.sniff import TABLES_TOO
from reviewflow.web.office import office

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MEGABYTE = 1_000_000
_LONGEST_NAME = 120
_WORKERS = 2
"""that the desk has for uploads: one slow file does not keep everybody else's waiting"""


@dataclass(frozen=True, slots=True)
class Upload:
    """What came of one file: what to say of it, and its case, None where it was not taken. ``known`` tells that the
    section had it already."""

    name: str
    message: str
    case_id: int | None = None
    known: bool = False

    @property
    def ok(self) -> bool:
        """Whether it is in."""
        return self.case_id is not None


def import_upload(actor: Actor, section: str, file: "UploadedFile[bytes]") -> Upload:
    """Bring one uploaded file in. What it really is is told by its content; its name is a name and never a path."""
    name = safe_name(file.name or "")
    largest = office().settings.server.upload_mb
    if file.size is not None and file.size > largest * MEGABYTE:
        return Upload(name, f"文件超过 {largest} MB，没有收下。请拆分后再上传。")
    if Path(name).suffix.lower() in TABLE_SUFFIXES:
        return Upload(name, "表格请用命令行 reviewflow import 提交。")
    try:
        done = _import(actor, section, name, file)
    except ReviewflowError as error:
        return Upload(name, f"{error.message}{error.hint}")
    if done.troubles:
        hint = done.troubles[0].hint.replace(TABLES_TOO, "")
        return Upload(name, f"{done.troubles[0].message}{hint}")
    (case_id,) = (*done.new_cases, *done.superseded, *done.known_cases)
    message = "更正了原来的文件。" if done.superseded else "已排入队列。"
    return Upload(name, "以前提交过，没有重复收。" if done.known else message, case_id, bool(done.known))


def _import(actor: Actor, section: str, name: str, file: "UploadedFile[bytes]") -> Imported:
    with scratch_folder() as folder:
        path = folder / name
        try:
            with path.open("wb") as target:
                for block in file.chunks():
                    target.write(block)
        except OSError:
            raise scratch_error() from None
        return import_paths(office(), actor, section, [path], _WORKERS)


def safe_name(name: str) -> str:
    """The last part of a file's name, without anything that a path or a terminal could take for more."""
    plain = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).lstrip(".").strip()
    if len(plain) > _LONGEST_NAME:
        suffix = Path(plain).suffix[:10]
        plain = plain[: _LONGEST_NAME - len(suffix)] + suffix
    return plain or "文件"
