"""How Django is told of the ledger's database. Imports no Django, so that it can be read before Django is set up."""

from pathlib import Path
from typing import Any

from reviewflow.errors import ReviewflowError
from reviewflow.settings import DatabaseSettings, Settings

_SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
_BUSY_SECONDS = 30


def sqlite_path(settings: Settings) -> Path:
    """Where the SQLite database stands."""
    return settings.storage_folder / "reviewflow.sqlite3"


def database(settings: Settings) -> dict[str, Any]:
    """Django's description of the database.

    SQLite begins every transaction IMMEDIATE: with the default mode writers that read first fail half of the time.
    """
    if settings.database.engine == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_path(settings)),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": _BUSY_SECONDS,
                "init_command": _SQLITE_PRAGMAS,
            },
        }
    own = settings.database
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": own.name,
        "HOST": own.host,
        "PORT": own.port,
        "USER": own.user,
        "PASSWORD": _password(settings.home, own),
        "CONN_MAX_AGE": None,
    }


def _password(home: Path, own: DatabaseSettings) -> str:
    if not own.password_file:
        return ""
    try:
        return (home / own.password_file).read_text("utf-8").strip()
    except OSError:
        raise ReviewflowError(
            "database.password", f"读不到数据库密码文件 {own.password_file}。", "请检查 [database] password_file。"
        ) from None


APPLICATION: dict[str, Any] = {
    "INSTALLED_APPS": ["django.contrib.contenttypes", "django.contrib.auth", "reviewflow.records"],
    "AUTH_USER_MODEL": "records.User",
    "USE_TZ": True,
    "TIME_ZONE": "Asia/Shanghai",
    "LANGUAGE_CODE": "zh-hans",
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
}
"""Django's settings but for the database, which is that of an installation"""
