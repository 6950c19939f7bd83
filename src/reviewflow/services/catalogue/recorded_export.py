"""Files that leave the ledger: no file without an entry in the chain, and no entry without a finished file."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviewflow.domain.people import Actor
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.services.office import Office
from reviewflow.writing.finished_export import finished_export


@dataclass(frozen=True, slots=True)
class RecordedExport:
    """What was written: how many items, where, and its SHA-256 (of a folder: over its files' digests by name)."""

    count: int
    path: Path
    digest: str


def record_export(
    office: Office,
    actor: Actor,
    action: str,
    path: Path,
    write: Callable[[Path], int],
    details: Mapping[str, Any],
    *,
    folder: bool = False,
) -> RecordedExport:
    """Write a file (or folder) and record it, then give it its name.

    The ledger stays free for others while the file is written. Raises ReviewflowError ``write.*`` or ``ledger.*``;
    nothing is recorded then and what stood at ``path`` is as it was.
    """
    with finished_export(path, folder=folder) as temporary:
        count = write(temporary)
        digest = content_digest(temporary)
        with transaction():
            at = office.now()
            event = Event(action, f"file:{digest[:16]}", {**details, "count": count, "digest": digest})
            append(office.key, actor.name, at, [event])
    return RecordedExport(count, path, digest)


def content_digest(path: Path) -> str:
    """SHA-256 of a file, or of the sorted names and digests of a folder's files."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    total = hashlib.sha256()
    for name, file_path in sorted((str(one.relative_to(path)), one) for one in path.rglob("*") if one.is_file()):
        total.update(f"{content_digest(file_path)}  {name}\n".encode())
    return total.hexdigest()
