"""Backups taken while others work, and restored whole or not at all, also into the other kind of database."""

from pathlib import Path

from reviewflow.services.backing_up import backup
from reviewflow.services.bringing_back import restore
from tests.integration.conftest import Ledger


def test_round(ledger: Ledger, tmp_path) -> None:
    from reviewflow.services.originals import Originals
    from reviewflow.services.auditing import verify

    ledger.admit(ledger.arrival(), ledger.arrival("另一件通知事项"))
    made = backup(ledger.office, told=print)
    print(made)
    r = restore(made.path, ledger.office.settings.home, now=ledger.clock, told=print)
    print(r)
    print(verify(ledger.office.key))
