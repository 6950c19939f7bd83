"""Setting an office up, and bringing its ledger to a newer program.

Every step looks whether it has been done: setting up again completes what a break left half done, and changes nothing
where all is in place.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import reviewflow
from reviewflow.configuration.configuration import load_configuration
from reviewflow.domain import clock
from reviewflow.errors import ErrorKind, ReviewflowError
from reviewflow.finished_files import unwritable_error, whole_file
from reviewflow.keys import make_key, read_key
from reviewflow.records import models as rows
from reviewflow.records.chain.anchors import Anchor, anchors_file, read_anchors, record_anchor
from reviewflow.records.chain.entries import Event, append, chain_head
from reviewflow.records.configuration import connect, sqlite_path
from reviewflow.records.ledger import transaction
from reviewflow.records.migrating import migrate
from reviewflow.services.accounts.accounts import add_first_administrator
from reviewflow.services.audit.verify import verify_ledger
from reviewflow.services.office import (
    Office,
    applied_migrations,
    check_not_newer,
    not_initialised_error,
    shipped_migrations,
)
from reviewflow.services.operations.backup import Announce, announce_nothing, backup_name, operator_name, write_archive
from reviewflow.services.operations.connection import connect_ledger, open_connection
from reviewflow.settings import SETTINGS_FILE, Settings, find_home


@dataclass(frozen=True, slots=True)
class Credentials:
    """The first administrator: name to sign in with, name on the record, password."""

    username: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class SetupSteps:
    """What setting up did, a phrase a step; nothing where all was in place."""

    settings: Settings
    done: tuple[str, ...]


def set_up_office(
    folder: Path | None, administrator: Callable[[], Credentials], now: Callable[[], datetime] = clock.now
) -> SetupSteps:
    """Set up the present installation, or a new one in a folder, which gets copies of configs/ and models/.

    ``administrator`` is asked only when there is none yet. Raises ReviewflowError ``setting_up.needs_folder``,
    ``office.upgrade_needed``, ``office.newer_database``, ``chain.no_key``, ``database.*``, ``write.failed``, and those
    of settings and accounts.
    """
    home = folder or find_home()
    if home.resolve() == Path(reviewflow.__file__).resolve().parent / "shipped":
        raise ReviewflowError(
            "setting_up.needs_folder",
            "程序自带的文件夹不能存放台账。",
            "请写明本单位的文件夹：reviewflow init 文件夹。",
        )
    done: list[str] = []
    try:
        if folder:
            done += _copy_missing(find_home(), folder)
        configuration = load_configuration(home)
        settings = configuration.settings
        done += _make_folders(settings)
    except OSError as error:
        raise unwritable_error(home, error, "处理后再运行一次即可继续。") from None
    done += _make_ledger(settings)
    office = Office(configuration, read_key(settings.key_file), now)
    if not rows.User.objects.exists():
        chosen = administrator()
        add_first_administrator(office, chosen.username, chosen.name, chosen.password)
        done.append(f"建立系统管理员 {chosen.username}")
    return SetupSteps(settings, tuple(done))


def _copy_missing(source: Path, folder: Path) -> Iterator[str]:
    """Copy configs/ and models/ of an installation; files that are there already stay as they are."""
    if source.resolve() == folder.resolve():
        return
    # The settings last: with them the folder counts as an installation.
    files = [path for name in ("configs", "models") for path in (source / name).rglob("*") if path.is_file()]
    copied = 0
    for path in sorted(files, key=lambda path: (path.name == SETTINGS_FILE, path)):
        target = folder / path.relative_to(source)
        hidden = any(part.startswith(".") for part in path.relative_to(source).parts)
        if not hidden and not target.exists():
            _copy(path, target)
            copied += 1
    if copied:
        yield f"复制配置和模型 {copied} 个文件"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(target) as temporary:
        shutil.copyfile(source, temporary)


def _make_folders(settings: Settings) -> Iterator[str]:
    """Make the folders that the office's account alone may enter."""
    storage = settings.storage_folder
    storage.parent.mkdir(parents=True, exist_ok=True)
    for folder in (storage, storage / "originals", storage / "backups"):
        if not folder.exists():
            folder.mkdir(mode=0o700)
            yield f"建立文件夹 {folder.name}"


def _make_ledger(settings: Settings) -> Iterator[str]:
    """Make database and key. A key is made only for a chain without entries: no other would fit an old one."""
    if settings.database.engine == "sqlite" and not sqlite_path(settings).exists():
        os.close(os.open(sqlite_path(settings), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connect(settings)
    open_connection(settings)
    applied, shipped = _applied_or_none(), shipped_migrations()
    check_not_newer(applied)
    if shipped - applied:
        if applied and rows.AuditEntry.objects.exists():
            raise ReviewflowError("office.upgrade_needed", "台账需要升级后才能使用。", "请运行 reviewflow upgrade。")
        migrate()
        yield "建立数据库"
    if not settings.key_file.exists() and not rows.AuditEntry.objects.exists():
        make_key(settings.key_file)
        yield "生成审计链密钥"


def _applied_or_none() -> frozenset[str]:
    try:
        return applied_migrations()
    except ReviewflowError as error:
        if error.kind is not ErrorKind.MISSING:
            raise
        return frozenset()


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did: migrations run (none: the ledger was up to date), the backup before it, what is wrong since."""

    migrations: tuple[str, ...] = ()
    backup: Path | None = None
    faults: tuple[str, ...] = ()


def upgrade_ledger(
    home: Path | None = None, now: Callable[[], datetime] = clock.now, announce: Announce = announce_nothing
) -> Upgrade:
    """Bring the ledger to this program: back it up, migrate, verify.

    Raises ReviewflowError ``office.not_initialised``, ``office.newer_database``, ``upgrade.failed``, and those of
    key, backup and ledger.
    """
    configuration = load_configuration(home)
    settings = configuration.settings
    connect_ledger(settings)
    applied = applied_migrations()
    if not applied:
        raise not_initialised_error()
    check_not_newer(applied)
    waiting = tuple(sorted(shipped_migrations() - applied))
    if not waiting:
        return Upgrade()
    office = Office(configuration, read_key(settings.key_file), now)
    saved = _back_up_first(office, announce)
    announce("升级数据库")
    try:
        migrate()
    except ReviewflowError as error:
        raise ReviewflowError(
            "upgrade.failed", f"升级没有完成：{error.message}", f"可用升级前的备份恢复：reviewflow restore {saved}。"
        ) from error
    announce("核验")
    faults = verify_ledger(office.key, read_anchors(anchors_file(settings))).faults()
    with transaction():
        append(office.key, operator_name(), now(), [Event("upgrade", "ledger", {"migrations": list(waiting)})])
    return Upgrade(waiting, saved, tuple(faults))


def _back_up_first(office: Office, announce: Announce) -> Path:
    """The backup before an upgrade, and an anchor of what the chain was then."""
    folder = office.settings.storage_folder / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / backup_name(office.now(), "before-upgrade")
    write_archive(office, target, with_key=False, announce=announce)
    last = chain_head()
    if last.sequence:
        at = office.now().isoformat(timespec="seconds")
        record_anchor(anchors_file(office.settings), Anchor(last.sequence, last.hash, at))
    return target
