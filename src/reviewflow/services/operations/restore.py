"""Restoring a backup: everything is checked before anything is replaced, and what was there is kept aside.

Originals are only ever added. The database takes the old one's place in one step: that is the moment of restoring. What
a break leaves undone after it (configs/, models/, anchors) is done by restoring again.
"""

import errno
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reviewflow.domain import clock
from reviewflow.errors import ReviewflowError
from reviewflow.finished_files import unwritable_error, whole_file
from reviewflow.keys import read_key, save_key
from reviewflow.records import models as rows
from reviewflow.records.backup.archive import ANCHORS, KEY, ORIGINALS, Manifest, is_sealed_by, unpack
from reviewflow.records.backup.dump import any_order, load_table, rebuild_search_index, tables_at
from reviewflow.records.chain.anchors import Anchor, anchors_file, read_anchors, record_anchor
from reviewflow.records.chain.entries import ChainHead, Event, append, chain_head
from reviewflow.records.database_swap import replaced_database, schema_of
from reviewflow.records.ledger import transaction
from reviewflow.records.migrating import migrate
from reviewflow.records.originals import Originals
from reviewflow.services.audit.verify import verify_ledger
from reviewflow.services.office import check_not_newer
from reviewflow.services.operations.backup import Announce, announce_nothing, operator_name
from reviewflow.settings import SETTINGS_FILE, Settings, find_home, load_settings

LEFTOVER = ".restoring-"
"""how the name of a folder begins in which a restore works; one that is left belongs to a restore that was broken off"""


@dataclass(frozen=True, slots=True)
class Restoration:
    """What was restored: where, from when, what became of the old state, and what was wrong in the backup already."""

    home: Path
    created: str
    head: ChainHead
    aside: Path
    faults: tuple[str, ...]
    missing: tuple[str, ...]
    schema: str
    """the PostgreSQL schema that the old tables went to, or empty"""
    own_settings: bool
    """whether the settings that were there have stayed, since they describe this machine"""


def restore_backup(
    archive: Path,
    into: Path | None = None,
    *,
    in_spite: bool = False,
    now: Callable[[], datetime] = clock.now,
    announce: Announce = announce_nothing,
) -> Restoration:
    """Restore a backup into an installation: the present one, or a folder.

    ``in_spite`` accepts a ledger that did not verify when it was backed up. Raises ReviewflowError ``restore.*``,
    ``office.newer_database``, ``chain.*``, ``write.failed``, ``ledger.*``; the old state is untouched then, but for
    ``restore.unfinished``.
    """
    home = into or find_home()
    with _staging(home) as staging:
        announce("核对文件")
        manifest = unpack(archive, staging)
        settings, own_settings = _choose_settings(home, staging)
        key = _proved_key(settings, staging, manifest)
        check_not_newer(manifest["migrations"])
        moment = now()
        announce("重建数据库")
        with _folder_aside(settings, moment) as aside, replaced_database(settings, aside):
            _fill(manifest, staging)
            announce("核验")
            faults = _verify_filled(key, manifest, staging, in_spite=in_spite)
            last = chain_head()
            with transaction():
                append(key, operator_name(), moment, [_event(manifest, last)])
            _put_key(settings, key)
            _put_originals(settings, staging, manifest)
        announce("配置和模型")
        with _failing_as_unfinished():
            _put_folders(settings, staging, aside, own_settings=own_settings)
            _put_anchors(settings, staging, aside, Anchor(last.sequence, last.hash, manifest["created"]))
    missing = tuple(manifest["missing"])
    schema = schema_of(aside) if settings.database.engine == "postgresql" else ""
    return Restoration(home, manifest["created"], last, aside, faults, missing, schema, own_settings)


@contextmanager
def _staging(home: Path) -> Iterator[Path]:
    """A private folder to unpack into, on the disk of the installation; gone afterwards."""
    staging = home / f"{LEFTOVER}{secrets.token_hex(4)}"
    try:
        try:
            home.mkdir(parents=True, exist_ok=True)
            staging.mkdir(mode=0o700)
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise unwritable_error(home, error, "原有的台账没有改动；处理后再试一次。") from None


def _choose_settings(home: Path, staging: Path) -> tuple[Settings, bool]:
    """The settings to restore under: the installation's own, or those of the backup where there are none."""
    if (home / "configs" / SETTINGS_FILE).exists():
        return load_settings(home), True
    return replace(load_settings(staging), home=home), False


def _proved_key(settings: Settings, staging: Path, manifest: Manifest) -> bytes:
    """The key of the chain, proved by the backup's seal: the installation's own, else the one in the backup."""
    own = settings.key_file
    inside = staging / KEY
    if own.exists():
        key = read_key(own)
    elif inside.exists():
        key = inside.read_bytes()
    else:
        raise ReviewflowError("restore.no_key", "没有审计链密钥，不能核验备份。", f"请先把密钥文件放到 {own}。")
    if not is_sealed_by(key, manifest):
        raise ReviewflowError(
            "restore.wrong_key", f"密钥文件 {own.name} 与备份不符，或备份被改动。", f"请把备份所用的密钥放到 {own}。"
        )
    return key


@contextmanager
def _folder_aside(settings: Settings, moment: datetime) -> Iterator[Path]:
    """A new folder for what is replaced, which goes again when nothing is."""
    settings.storage_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = settings.storage_folder / f"before-restore-{moment:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    aside.mkdir(mode=0o700)
    try:
        yield aside
    except BaseException:
        if not any(aside.iterdir()):
            aside.rmdir()
        raise


def _fill(manifest: Manifest, staging: Path) -> None:
    """Fill the empty database that is connected: tables as they were, then brought up to this program."""
    migrations = sorted(manifest["migrations"])
    migrate(migrations[-1])
    models = tables_at(migrations)
    with transaction(), any_order(models.values()):
        for name, model in models.items():
            load_table(model, staging / "tables" / f"{name}.jsonl.gz")
    migrate()
    with transaction():
        rebuild_search_index()


def _verify_filled(key: bytes, manifest: Manifest, staging: Path, *, in_spite: bool) -> tuple[str, ...]:
    """What is wrong with the ledger that was filled in. Raises unless that is nothing, or accepted."""
    sequence, hash_ = manifest["head"]
    anchors = [*read_anchors(staging / ANCHORS), *([Anchor(sequence, hash_)] if sequence else [])]
    faults = verify_ledger(key, anchors).faults()
    if faults and not in_spite:
        raise ReviewflowError(
            "restore.faulty",
            f"备份中的台账没有通过核验：{faults[0]}",
            "请换用更早的备份；没有别的备份时可加 --in-spite 照样恢复。",
        )
    gone = set(manifest["missing"])
    originals = rows.Document.objects.values_list("original", flat=True).distinct()
    for digest in originals.iterator():
        if digest not in gone and not (staging / ORIGINALS / digest).exists():
            raise ReviewflowError("restore.damaged", f"备份中缺少原件 {digest[:12]}…。", "请换用另一个备份。")
    return tuple(faults)


def _event(manifest: Manifest, last: ChainHead) -> Event:
    return Event("restore", "ledger", {"created": manifest["created"], "entries": last.sequence, "head": last.hash})


def _put_key(settings: Settings, key: bytes) -> None:
    if not settings.key_file.exists():
        settings.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        save_key(settings.key_file, key)


def _put_originals(settings: Settings, staging: Path, manifest: Manifest) -> None:
    """Put the originals with those that are there; one that was damaged when backed up replaces none."""
    store = Originals(settings.storage_folder / "originals")
    damaged = set(manifest["damaged"])
    digests = []
    for source in (staging / ORIGINALS).glob("*"):
        target = store.path(source.name)
        if not (source.name in damaged and target.exists()):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            source.chmod(0o400)
            _move(source, target)
            digests.append(source.name)
    if digests:
        store.make_durable(digests)


def _put_folders(settings: Settings, staging: Path, aside: Path, *, own_settings: bool) -> None:
    """Put configs/ and models/ back file by file, after a copy of what was there was made."""
    for name in ("configs", "models"):
        folder = settings.home / name
        if folder.is_dir():
            shutil.copytree(folder, aside / name)
        found = [path for path in (staging / name).rglob("*") if path.is_file()]
        # The names that point to others last: ACTIVE never names a model that is not there.
        for source in sorted(found, key=lambda path: (-len(path.parts), path)):
            target = settings.home / source.relative_to(staging)
            if own_settings and source == staging / "configs" / SETTINGS_FILE:
                target = aside / f"{SETTINGS_FILE}.backup"
            target.parent.mkdir(parents=True, exist_ok=True)
            _move(source, target)


def _put_anchors(settings: Settings, staging: Path, aside: Path, last: Anchor) -> None:
    """The backup's own anchors and its head; later ones belong to what was set aside."""
    target = anchors_file(settings)
    if target.exists():
        shutil.copy2(target, aside / ANCHORS)
    inside = staging / ANCHORS
    if last.sequence:
        record_anchor(inside, last)
    if inside.exists():
        inside.chmod(0o600)
        _move(inside, target)


def _move(source: Path, target: Path) -> None:
    """Give a file its place in one step, also from another disk."""
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with whole_file(target) as beside:
            shutil.copy2(source, beside)


@contextmanager
def _failing_as_unfinished() -> Iterator[None]:
    try:
        yield
    except (OSError, ReviewflowError) as error:
        why = error.message if isinstance(error, ReviewflowError) else error.strerror
        raise ReviewflowError(
            "restore.unfinished", f"数据库已恢复，配置和模型没有全部放回（{why}）。", "处理后请再恢复一次。"
        ) from None
