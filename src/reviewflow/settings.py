"""Settings: one TOML file, read once at the edge into frozen dataclasses. Unknown keys are refused."""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Protocol

from reviewflow.errors import Fault, FaultyFileError, ReviewflowError

SETTINGS_FILE = "reviewflow.toml"


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What a reader may take on. Sizes in megabytes of 1,000,000 bytes.

    ``max_memory_mb`` and ``max_seconds`` hold for reading and proposing together, for each file.
    """

    max_file_mb: int = 200
    max_characters: int = 5_000_000
    max_pages: int = 3000
    max_unpacked_mb: int = 500
    max_memory_mb: int = 1000
    max_seconds: int = 60


@dataclass(frozen=True, slots=True)
class ProposalBounds:
    """Probabilities between 0 and 1; see reviewflow.domain.proposal.Bounds."""

    category_confidence: float = 0.60
    public_probability: float = 0.90
    withhold: float = 0.50


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How work is cut into batches."""

    size: int = 200


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """Who publishes: the organ's full name (公开责任部门) and its code in index numbers."""

    name: str = "（请在 configs/reviewflow.toml 中填写机关全称）"
    code: str = "000000000"


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """Where the ledger lives: a folder (relative to the installation) and the key file of the audit chain.

    Without ``key_file`` it is ``chain.key`` in that folder; an office that can keeps it on another disk.
    """

    folder: str = "data/office"
    key_file: str = ""


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """SQLite in the storage folder, or a PostgreSQL server. ``password_file`` holds the password alone."""

    engine: str = "sqlite"
    name: str = "reviewflow"
    host: str = ""
    port: int = 5432
    user: str = ""
    password_file: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """Periods: working days to publish (20 by Art. 26 of the 2019 regulations) and for a third party's answer (15 by
    Art. 32), months until a withheld item is assessed again (Art. 18)."""

    publish_workdays: int = 20
    third_party_workdays: int = 15
    reassess_months: int = 12


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """Sign-in: least length of a password, failures until an account is locked and for how many minutes, hours that a
    session lasts."""

    password_length: int = 10
    failures: int = 5
    lock_minutes: int = 15
    session_hours: int = 8


@dataclass(frozen=True, slots=True)
class IndexNumberSettings:
    """The profile of index numbers; see reviewflow.domain.index_number. The shipped one is an assumption."""

    pattern: str = "{agency}/{year}-{sequence:5}"
    reset: str = "year"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The review desk in the browser. Behind a reverse proxy with TLS set ``behind_tls`` and name the hosts.

    ``hosts`` are host names separated by commas; uploads are bounded in megabytes a file and files a submission.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    hosts: str = "127.0.0.1,localhost"
    behind_tls: bool = False
    threads: int = 8
    upload_mb: int = 50
    upload_files: int = 20


@dataclass(frozen=True, slots=True)
class FormSettings:
    """Forms: a TrueType font file to embed in PDF; without one the reader's own Chinese font is used."""

    pdf_font: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, and the folders that belong to this installation."""

    home: Path
    reading: ReadingLimits = field(default_factory=ReadingLimits)
    proposal: ProposalBounds = field(default_factory=ProposalBounds)
    batch: BatchSettings = field(default_factory=BatchSettings)
    office: OfficeSettings = field(default_factory=OfficeSettings)
    storage: StorageSettings = field(default_factory=StorageSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
    accounts: AccountSettings = field(default_factory=AccountSettings)
    index_number: IndexNumberSettings = field(default_factory=IndexNumberSettings)
    forms: FormSettings = field(default_factory=FormSettings)
    server: ServerSettings = field(default_factory=ServerSettings)

    @property
    def configs(self) -> Path:
        """The folder of rules, catalogue and legal bases."""
        return self.home / "configs"

    @property
    def models(self) -> Path:
        """The model store."""
        return self.home / "models"

    @property
    def storage_folder(self) -> Path:
        """The folder of the ledger: database, originals, keys, backups."""
        return self.home / self.storage.folder

    @property
    def key_file(self) -> Path:
        """The key of the audit chain."""
        return self.home / self.storage.key_file if self.storage.key_file else self.storage_folder / "chain.key"


def find_home() -> Path:
    """The folder that holds configs/ and models/.

    ``REVIEWFLOW_HOME`` if set, else the nearest folder from here upwards with configs/reviewflow.toml, else the
    checkout or the files that came with the package. Raises ReviewflowError ``settings.home``.
    """
    named = os.environ.get("REVIEWFLOW_HOME")
    if named:
        if not (Path(named) / "configs").is_dir():
            raise ReviewflowError(
                "settings.home", f"REVIEWFLOW_HOME 指向的 {named} 中没有 configs 文件夹。", "请改正该环境变量。"
            )
        return Path(named)
    here = Path.cwd()
    package = Path(__file__).resolve().parent
    for folder in (here, *here.parents, package.parents[1], package / "shipped"):
        if (folder / "configs" / SETTINGS_FILE).is_file():
            return folder
    raise ReviewflowError(
        "settings.home", "找不到 configs/reviewflow.toml。", "请在项目文件夹中运行，或设置 REVIEWFLOW_HOME。"
    )


class Source(Protocol):
    """A file that people edit: its path, or what was read from it a moment ago."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    def exists(self) -> bool:
        """Whether there is such a file."""

    def read_bytes(self) -> bytes:
        """Its content. Raises OSError."""


def load_settings(home: Path | None = None) -> Settings:
    """The settings of an installation, as ``parse_settings``."""
    home = home or find_home()
    return parse_settings(home, home / "configs" / SETTINGS_FILE)


def parse_settings(home: Path, path: Source) -> Settings:
    """The settings that a file gives for an installation.

    Raises FaultyFileError ``settings.faulty`` with every fault at once, ReviewflowError ``settings.missing``.
    """
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FaultyFileError("settings.faulty", [Fault(path.name, 0, f"不是有效的 TOML（{error}）。")]) from None
    except OSError:
        raise ReviewflowError("settings.missing", f"读不到 {path.name}。", "请从安装包中恢复该文件。") from None
    faults = list(_faults(path.name, content, _KINDS))
    if faults:
        raise FaultyFileError("settings.faulty", faults)
    return Settings(home=home, **{name: kind(**content.get(name, {})) for name, kind in _KINDS.items()})


_KINDS: dict[str, type] = {
    "reading": ReadingLimits,
    "proposal": ProposalBounds,
    "batch": BatchSettings,
    "office": OfficeSettings,
    "storage": StorageSettings,
    "database": DatabaseSettings,
    "review": ReviewSettings,
    "accounts": AccountSettings,
    "index_number": IndexNumberSettings,
    "forms": FormSettings,
    "server": ServerSettings,
}

_CHOICES = {
    ("database", "engine"): ("sqlite", "postgresql"),
}


def _faults(file: str, content: dict[str, Any], kinds: dict[str, type]) -> Iterator[Fault]:
    for section, values in content.items():
        if section not in kinds or not isinstance(values, dict):
            yield Fault(file, 0, f"不认识的部分 [{section}]。", f"可用：{'、'.join(kinds)}。")
            continue
        known = {one.name: one.type for one in fields(kinds[section])}
        for key, value in values.items():
            if key not in known:
                yield Fault(file, 0, f"[{section}] 中不认识的项 {key}。", f"可用：{'、'.join(known)}。")
            elif not _fits(known[key], value):
                yield Fault(file, 0, f"[{section}] {key} 的值 {value!r} 不合适。", _wanted(known[key]))
            elif value not in _CHOICES.get((section, key), (value,)):
                yield Fault(
                    file,
                    0,
                    f"[{section}] {key} 的值 {value!r} 不合适。",
                    f"可用：{'、'.join(_CHOICES[section, key])}。",
                )


def _fits(kind: Any, value: Any) -> bool:
    if kind is str or kind is bool:
        return isinstance(value, kind)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    if kind is int:
        return isinstance(value, int) and value > 0
    return 0 <= value <= 1


def _wanted(kind: Any) -> str:
    wanted = {
        int: "应是大于 0 的整数。",
        float: "应是 0 到 1 之间的数。",
        str: "应是加引号的文字。",
        bool: "应是 true 或 false。",
    }
    return wanted[kind]
