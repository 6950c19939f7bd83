"""One uploaded file brought in, from a page or by a program."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.domain.people import Actor
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.intake.arrival import file_digest
from reviewflow.services.intake.importing import import_paths
from reviewflow.text.reading import TABLE_SUFFIXES
from reviewflow.text.reading.sniff import TABLES_TOO
from reviewflow.web.office import office

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MEGABYTE = 1_000_000
_LONGEST_NAME = 120


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
    with tempfile.TemporaryDirectory(prefix="reviewflow-upload-") as folder:
        path = Path(folder) / name
        with path.open("wb") as target:
            for block in file.chunks():
                target.write(block)
        return _imported(actor, section, path)


def _imported(actor: Actor, section: str, path: Path) -> Upload:
    try:
        done = import_paths(office(), actor, section, [path])
    except ReviewflowError as error:
        return Upload(path.name, f"{error.message}{error.hint}")
    if done.troubles:
        hint = done.troubles[0].hint.replace(TABLES_TOO, "")
        return Upload(path.name, f"{done.troubles[0].message}{hint}")
    document = rows.Document.objects.get(section__name=section, digest=file_digest(path))
    message = "更正了原来的文件。" if done.superseded else "已排入队列。"
    return Upload(path.name, "以前提交过，没有重复收。" if done.known else message, document.case_id, bool(done.known))


def safe_name(name: str) -> str:
    """The last part of a file's name, without anything that a path or a terminal could take for more."""
    plain = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).lstrip(".").strip()
    if len(plain) > _LONGEST_NAME:
        suffix = Path(plain).suffix[:10]
        plain = plain[: _LONGEST_NAME - len(suffix)] + suffix
    return plain or "文件"
