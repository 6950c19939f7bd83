"""Going on to the next case and back without the list: in the order of the queue, whatever the list was narrowed to."""

from datetime import date

import pytest

from reviewflow.domain.review import Action
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Lane
from reviewflow.records import models as rows
from reviewflow.services.queue.lists import QueueFilters, QueueView, list_cases
from reviewflow.services.queue.neighbours import list_order
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger

WAITING = QueueFilters()


@pytest.fixture
def listed(ledger: Ledger) -> list[int]:
    """Cases in the order in which 李科员 is listed them, of all three lanes, some due on the same day."""
    made = [
        ("甲名单", {"lane": "attention", "formed_on": date(2025, 10, 30)}),
        ("乙通知", {"formed_on": date(2025, 10, 9)}),
        ("丙通知", {"formed_on": date(2025, 10, 9)}),
        ("丁报告", {"lane": "hold", "status": "non_public"}),
        ("戊通知", {"formed_on": date(2025, 10, 8)}),
        ("己名单", {"lane": "attention", "formed_on": date(2025, 10, 28)}),
    ]
    for title, changes in made:
        ledger.admit(ledger.arrival(title, **changes))  # type: ignore[arg-type]
    return [line.id for line in list_cases(ledger.office, ledger.people["李科员"]).lines]


def beside(ledger: Ledger, case_id: int, filters: QueueFilters = WAITING) -> tuple[int | None, int | None]:
    order = list_order(ledger.office, ledger.people["李科员"], filters)
    return order.neighbours(rows.Case.objects.get(pk=case_id))


def test_walking_on_meets_every_case_of_the_list_and_walking_back_too(ledger: Ledger, listed: list[int]) -> None:
    assert [beside(ledger, one)[1] for one in listed] == [*listed[1:], None]
    assert [beside(ledger, one)[0] for one in listed] == [None, *listed[:-1]]


def test_a_case_that_was_just_signed_still_has_its_neighbours(ledger: Ledger, listed: list[int]) -> None:
    sign_case(ledger.office, ledger.people["李科员"], listed[3], Intent(Action.AGREE))
    assert beside(ledger, listed[3]) == (listed[2], listed[4])


def test_one_goes_on_within_the_lane_that_was_listed(ledger: Ledger, listed: list[int]) -> None:
    clear = QueueFilters(lane=Lane.CLEAR)
    assert beside(ledger, listed[3], clear) == (None, listed[4])
    assert beside(ledger, listed[0], clear) == (None, listed[3])
    assert beside(ledger, listed[-1], QueueFilters(lane=Lane.ATTENTION)) == (listed[2], None)


def test_one_goes_on_within_what_was_found(ledger: Ledger, listed: list[int]) -> None:
    lists = QueueFilters(QueueView.OPEN, text="名单")
    found = [line.id for line in list_cases(ledger.office, ledger.people["李科员"], lists).lines]
    assert len(found) == 2
    assert [beside(ledger, one, lists) for one in found] == [(None, found[1]), (found[0], None)]
