"""Failures of the ledger that really happen, on both databases.

The server of the tests has no translations; what a Chinese one says is in tests/unit/records/test_ledger_errors.py.
"""

import sqlite3
import threading
from contextlib import closing

import pytest
from django.db import connection, connections

from reviewflow.errors import ErrorKind, ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.ledger import transaction
from tests.integration.conftest import Ledger


def test_the_same_twice_is_a_conflict(ledger: Ledger) -> None:
    with pytest.raises(ReviewflowError) as caught, transaction():
        rows.Section.objects.create(name=rows.Section.objects.all()[0].name)
    assert (caught.value.code, caught.value.kind) == ("ledger.conflict", ErrorKind.CONFLICT)


def test_who_cannot_have_his_turn_is_told_so(ledger: Ledger) -> None:
    if ledger.vendor == "postgresql":
        assert sorted(of_two_that_wait_for_each_other()) == ["ledger.busy", "ok"]
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ReviewflowError) as caught, transaction():
            rows.Section.objects.create(name="甲科")
    assert (caught.value.code, caught.value.kind) == ("ledger.busy", ErrorKind.BUSY)


def of_two_that_wait_for_each_other() -> list[str]:
    """What becomes of two transactions each of which holds what the other needs."""
    first, second = (rows.Section.objects.create(name=name).pk for name in ("甲科", "乙科"))
    both_hold, codes = threading.Barrier(2, timeout=20), []

    def rename(mine: int, other: int) -> None:
        try:
            with transaction():
                rows.Section.objects.filter(pk=mine).update(name=f"{mine}科")
                both_hold.wait()
                rows.Section.objects.filter(pk=other).update(name=f"{mine}和{other}科")
            codes.append("ok")
        except ReviewflowError as error:
            codes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=rename, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return codes
