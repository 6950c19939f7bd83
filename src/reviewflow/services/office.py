"""An opened office: settings, law, calendar, index profile, the chain's key, and the ledger connected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from pkgutil import iter_modules

from reviewflow.configuration.configuration import Configuration, load_configuration
from reviewflow.domain import clock
from reviewflow.domain.index_number import IndexProfile
from reviewflow.domain.legal import LegalBases
from reviewflow.domain.workdays import Deadline, WorkCalendar
from reviewflow.errors import MissingError, ReviewflowError
from reviewflow.records.configuration import connect, sqlite_path
from reviewflow.settings import Settings
from reviewflow.text.sensitive import Detectors


@dataclass(frozen=True)
class Office:
    """Everything that services need: one configuration for as long as it is held, and the office's clock ``now``."""

    configuration: Configuration
    key: bytes
    now: Callable[[], datetime] = clock.now

    def today(self) -> date:
        """The day in China on which it is now, whatever zone the office's clock is in."""
        return clock.local_day(self.now())

    @property
    def settings(self) -> Settings:
        """The settings of the configuration."""
        return self.configuration.settings

    @property
    def bases(self) -> LegalBases:
        """The legal bases of the configuration."""
        return self.configuration.bases

    @property
    def calendar(self) -> WorkCalendar:
        """Workdays by the State Council's notices and configs/workdays.yaml."""
        return self.configuration.calendar

    @property
    def detectors(self) -> Detectors:
        """The detectors of what must be masked, by the words of the configuration."""
        return self.configuration.detectors

    @property
    def profile(self) -> IndexProfile:
        """How index numbers are made."""
        return self.configuration.profile

    def due(self, formed_on: date) -> Deadline:
        """The last day to publish what was formed on this day (2019 regulations, Art. 26)."""
        return self.calendar.add_workdays(formed_on, self.settings.review.publish_workdays)

    @property
    def originals(self) -> Path:
        """The folder of original files, by SHA-256."""
        return self.settings.storage_folder / "originals"


def open_office(home: Path | None = None, now: Callable[[], datetime] = clock.now) -> Office:
    """Open an office that was set up by ``reviewflow init``.

    Raises ReviewflowError ``office.not_initialised``, ``office.upgrade_needed``, ``office.newer_database``,
    ``chain.no_key``, ``chain.open_key``, and those of settings and ledger.
    """
    from reviewflow.keys import read_key

    configuration = load_configuration(home)
    settings = configuration.settings
    if settings.database.engine == "sqlite" and not sqlite_path(settings).is_file():
        raise not_initialised_error()
    connect(settings)
    check_version()
    return Office(configuration, read_key(settings.key_file), now)


def not_initialised_error() -> ReviewflowError:
    """The error of an installation that has no ledger yet."""
    return MissingError("office.not_initialised", "这里还没有建立台账。", "请先运行 reviewflow init。")


def shipped_migrations() -> frozenset[str]:
    """The names of the migrations that this program knows."""
    from reviewflow.records import migrations

    return frozenset(module.name for module in iter_modules(migrations.__path__))


def applied_migrations() -> frozenset[str]:
    """The names of the migrations that the ledger has been through. Raises ReviewflowError as ``check_version``."""
    from django.db import DatabaseError, connection

    from reviewflow.records.ledger import ledger_error, no_such_table

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM django_migrations WHERE app = 'records'")
            return frozenset(name for (name,) in cursor.fetchall())
    except DatabaseError as error:
        raise (not_initialised_error() if no_such_table(error) else ledger_error(error)) from None


def check_not_newer(migrations: Iterable[str]) -> None:
    """Raise ReviewflowError ``office.newer_database`` for a ledger, connected or in a backup, that has been through
    migrations which this program does not know."""
    if not shipped_migrations().issuperset(migrations):
        raise ReviewflowError(
            "office.newer_database", "台账由更新版本的程序写成，这个版本不能用。", "请安装较新版本的 reviewflow。"
        )


def check_version() -> None:
    """Raise unless ledger and program fit each other."""
    applied, shipped = applied_migrations(), shipped_migrations()
    if not applied:
        raise not_initialised_error()
    check_not_newer(applied)
    if shipped - applied:
        raise ReviewflowError("office.upgrade_needed", "台账需要升级后才能使用。", "请运行 reviewflow upgrade。")
