"""Bringing the connected database to a state of the ledger's tables."""


def migrate(last: str | None = None) -> None:
    """Run all migrations, or those of the ledger up to and with ``last``. Raises ReviewflowError ``ledger.*``."""
    from django.core.management import call_command
    from django.db import DatabaseError

    from reviewflow.records.ledger import ledger_error

    target = ("records", last) if last else ()
    try:
        call_command("migrate", *target, verbosity=0, interactive=False)
    except DatabaseError as error:
        raise ledger_error(error) from error
