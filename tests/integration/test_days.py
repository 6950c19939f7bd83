"""An office whose clock runs in UTC: from four in the afternoon there it is the next day in China, and that day counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from reviewflow.domain.people import HeldRole, Role
from reviewflow.domain.review import Action, Asked, Particulars
from reviewflow.domain.signing import Intent
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.access import only_section, sections_seen
from reviewflow.services.accounts import accounts
from reviewflow.services.queue.lists import QueueFilters, list_cases
from reviewflow.services.queue.start_page import month_of
from tests.integration.conftest import Ledger
from tests.integration.deciding import WITHHELD, decided, take_step

NEW_YEAR = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
"""half past midnight on 1 January in China"""


@pytest.fixture
def utc(ledger: Ledger) -> Ledger:
    """The office with its clock in UTC, a few minutes into the new year of China."""
    ledger.clock.at = NEW_YEAR
    return ledger


def test_today_is_the_day_in_china(utc: Ledger) -> None:
    assert utc.office.today() == date(2026, 1, 1)
    utc.clock.at -= timedelta(minutes=31)
    assert utc.office.today() == date(2025, 12, 31)


def test_numbers_and_dates_of_a_decision_are_those_of_the_day_in_china(utc: Ledger) -> None:
    assert decided(utc, "甲的通知", formed_on=None) == "QL0000032/2026-00001"
    assert decided(utc, "乙的通知", WITHHELD) == "不予-2026-00001"
    entry, item = rows.CatalogueEntry.objects.get(), rows.WithheldItem.objects.get()
    assert (entry.formed_on, entry.decided_on, item.decided_on) == (date(2026, 1, 1),) * 3


def test_deadlines_are_counted_from_the_day_in_china(utc: Ledger) -> None:
    (case_id,) = utc.admit(utc.arrival(formed_on=None))
    assert rows.Case.objects.get().due_on == utc.office.due(date(2026, 1, 1)).day
    asked = Particulars(asked=Asked.THIRD_PARTY, whom="平岳云杉食品有限公司")
    consulted = take_step(utc, "李科员", case_id, Intent(Action.CONSULT, "涉及商业秘密", particulars=asked))
    days = utc.office.settings.review.third_party_workdays
    due = consulted.case.last
    assert due is not None
    assert due.particulars.due_on == utc.office.calendar.add_workdays(date(2026, 1, 1), days).day


def test_what_was_due_yesterday_in_china_is_overdue(utc: Ledger) -> None:
    (case_id,) = utc.admit(utc.arrival())
    rows.Case.objects.update(due_on=date(2025, 12, 31))
    listed = list_cases(utc.office, utc.people["李科员"], QueueFilters(overdue=True)).lines
    assert [(line.id, line.days_left) for line in listed] == [(case_id, -1)]
    utc.clock.at -= timedelta(minutes=31)
    assert not list_cases(utc.office, utc.people["李科员"], QueueFilters(overdue=True)).lines


def test_a_role_is_held_on_days_of_china(utc: Ledger) -> None:
    stand_in = replace(
        utc.people["王科员"], held=(HeldRole(Role.SECTION, "大气科", date(2026, 1, 1), date(2026, 1, 1)),)
    )
    assert sections_seen(stand_in, NEW_YEAR) == {"大气科"}
    assert only_section(stand_in, NEW_YEAR) == "大气科"
    for moment in (NEW_YEAR - timedelta(minutes=31), NEW_YEAR + timedelta(days=1)):
        assert sections_seen(stand_in, moment) == frozenset()


def test_a_stand_in_ends_with_the_last_day_in_china(utc: Ledger) -> None:
    with pytest.raises(ReviewflowError) as refused:
        accounts.add_stand_in(utc.office, utc.people["孙管理员"], "u1", "u0", date(2025, 12, 30), date(2025, 12, 31))
    assert refused.value.code == "accounts.stand_in"


def test_the_month_on_the_start_page_is_that_of_china(utc: Ledger) -> None:
    decided(utc)
    assert month_of(utc.office, utc.people["李科员"]) == [(date(2026, 1, 1), 1)]
