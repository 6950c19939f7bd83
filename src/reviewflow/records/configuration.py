"""Connecting Django to the ledger of an installation, once per process or again for another ledger."""

from reviewflow.database import APPLICATION, database, sqlite_path
from reviewflow.settings import Settings

__all__ = ["connect", "database", "prepare_django", "sqlite_path"]


def prepare_django() -> None:
    """Set Django up without a database, unless somebody (the review desk, a tool) has told it its settings already."""
    import os

    import django
    from django.conf import settings

    if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
        settings.configure(**APPLICATION)
        django.setup()


def connect(settings: Settings) -> None:
    """Make the ledger of an installation the one that this process works on. Opens no connection yet."""
    from django.db import connections

    connections.close_all()
    connections.settings = connections.configure_settings({"default": database(settings)})
    if hasattr(connections._connections, "default"):  # type: ignore[attr-defined]
        delattr(connections._connections, "default")  # type: ignore[attr-defined]
