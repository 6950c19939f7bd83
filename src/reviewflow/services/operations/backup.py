"""Backups: one tar with all that an office needs to go on elsewhere, taken while others work.

It holds the tables as they stood at one moment, the originals, configs/, models/ and the anchors. The key of the audit
chain is left out unless asked for: whoever has both can write the chain anew.
"""

import getpass
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reviewflow import __version__
from reviewflow.errors import ReviewflowError
from reviewflow.finished_files import finished_file, unwritable_error
from reviewflow.records import models as rows
from reviewflow.records.backup.archive import ANCHORS, KEY, ORIGINALS, ArchiveWriter, Contents
from reviewflow.records.backup.dump import dump_table, tables_at
from reviewflow.records.backup.snapshot import snapshot
from reviewflow.records.chain.anchors import Anchor, anchors_file, record_anchor
from reviewflow.records.chain.entries import ChainHead, Event, append, chain_head
from reviewflow.records.chain.verification import verify_chain
from reviewflow.records.ledger import transaction
from reviewflow.records.originals import Originals
from reviewflow.services.office import Office, applied_migrations
from reviewflow.settings import Settings

Announce = Callable[[str], None]
"""Called with each step that begins, in words."""


@dataclass(frozen=True, slots=True)
class FinishedBackup:
    """A finished backup. ``missing`` and ``damaged`` are digests of originals; ``broken`` says what is wrong with the
    chain: such a backup is restored only if asked to in spite of it."""

    path: Path
    size: int
    head: ChainHead
    documents: int
    with_key: bool
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    broken: str


def announce_nothing(step: str) -> None:
    """Say nothing of any step."""


def operator_name() -> str:
    """Who works on the command line without signing in, as the audit chain names them."""
    try:
        return f"命令行 {getpass.getuser()}"[:60]
    except (OSError, KeyError):
        return f"命令行 {os.getuid()}"


def backup_name(moment: datetime, purpose: str = "reviewflow") -> str:
    """The name of a backup that was given none."""
    return f"{purpose}-{moment:%Y%m%d-%H%M%S}.tar"


def write_backup(
    office: Office, target: Path | None = None, *, with_key: bool = False, announce: Announce = announce_nothing
) -> FinishedBackup:
    """Write a backup, by default into the folder ``backups`` of the storage folder; anchor the head; append it to the chain.

    The file appears under its name once it is whole and on the disk. Others go on working. Raises ReviewflowError
    ``backup.target``, ``write.failed``, ``ledger.*``.
    """
    made = write_archive(office, target or _default_target(office), with_key=with_key, announce=announce)
    if made.head.sequence:
        at = office.now().isoformat(timespec="seconds")
        record_anchor(anchors_file(office.settings), Anchor(made.head.sequence, made.head.hash, at))
    with transaction():
        append(office.key, operator_name(), office.now(), [Event("backup", "ledger", _event_details(made))])
    return made


def _event_details(made: FinishedBackup) -> dict[str, Any]:
    return {"entries": made.head.sequence, "head": made.head.hash, "with_key": made.with_key}


def _default_target(office: Office) -> Path:
    folder = office.settings.storage_folder / "backups"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise unwritable_error(folder, error) from None
    return folder / backup_name(office.now())


def write_archive(office: Office, target: Path, *, with_key: bool, announce: Announce) -> FinishedBackup:
    """Write the file alone. Raises ReviewflowError ``backup.target``, ``write.failed``, ``ledger.*``."""
    if target.exists() and not target.is_file():
        raise ReviewflowError("backup.target", f"{target} 不是普通文件，不能写成备份。", "请换一个文件名。")
    settings = office.settings
    with finished_file(target) as temporary, _private_tar(temporary) as writing:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.absolute().parent) as folder:
            about, wanted = _add_tables(office, writing, Path(folder), announce)
        announce("原件")
        present, about["damaged"] = _add_originals(Originals(office.originals), writing)
        about["missing"] = sorted(wanted - present)
        announce("配置和模型")
        _add_folders(settings, writing, with_secrets=with_key)
        if anchors_file(settings).exists():
            writing.add(ANCHORS, anchors_file(settings))
        if with_key:
            writing.add(KEY, settings.key_file)
        writing.finish(office.key, about)
    last = ChainHead(*about["head"])
    return FinishedBackup(
        path=target,
        size=target.stat().st_size,
        head=last,
        documents=about["documents"],
        with_key=with_key,
        missing=tuple(about["missing"]),
        damaged=tuple(about["damaged"]),
        broken=about["broken"],
    )


@contextmanager
def _private_tar(path: Path) -> Iterator[ArchiveWriter]:
    """A tar that its owner alone can read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        yield ArchiveWriter(tar)


def _add_tables(office: Office, writing: ArchiveWriter, folder: Path, announce: Announce) -> tuple[Contents, set[str]]:
    """Add all tables as they stand at one moment; returns what the manifest says of them, nothing yet of originals, and
    the digests of the originals that they name."""
    from django.db import connection

    with snapshot():
        announce("审计链")
        chain = verify_chain(office.key, ())
        migrations = sorted(applied_migrations())
        last = chain_head()
        announce("数据表")
        for name, model in tables_at(migrations).items():
            file = folder / "table.jsonl.gz"
            dump_table(model, file)
            writing.add(f"tables/{name}.jsonl.gz", file)
        originals = rows.Document.objects.values_list("original", flat=True)
        about: Contents = {
            "program": __version__,
            "vendor": connection.vendor,
            "created": office.now().astimezone(UTC).isoformat(timespec="seconds"),
            "migrations": migrations,
            "head": (last.sequence, last.hash),
            "documents": originals.count(),
            "broken": chain.broken.message if chain.broken else "",
            "missing": [],
            "damaged": [],
        }
        return about, set(originals.distinct().iterator())


def _add_originals(store: Originals, writing: ArchiveWriter) -> tuple[set[str], list[str]]:
    """Add all originals; returns the digests of those present, and of those whose content is no longer theirs."""
    present, damaged = set(), []
    for digest in store.digests():
        present.add(digest)
        if writing.add(ORIGINALS + digest, store.path(digest)) != digest:
            damaged.append(digest)
    return present, damaged


def _add_folders(settings: Settings, writing: ArchiveWriter, *, with_secrets: bool) -> None:
    """Add configs/ and models/ but for hidden files, and for the database's password unless asked for."""
    password = settings.home / settings.database.password_file if settings.database.password_file else None
    for folder in (settings.configs, settings.models):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(settings.home)
            hidden = any(part.startswith(".") for part in name.parts)
            if path.is_file() and not hidden and (with_secrets or path != password):
                writing.add(name.as_posix(), path)
