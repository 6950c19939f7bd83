"""What follows from a signature for catalogue and register, and what does not."""

import json
from datetime import date

import pytest

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.review import NO_PARTICULARS, Action, Asked, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Lane
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.projection import signature_of
from reviewflow.services.catalogue.entries import retire_entry
from reviewflow.services.catalogue.publication import record_publication
from tests.integration.conftest import Ledger
from tests.integration.deciding import ON_REQUEST, PROACTIVE, WITHHELD, decide, decided, reopen, take_step
from tests.integration.offices import with_settings

KEEPER = "周信息员"


def details() -> dict[str, object]:
    """What the last entry of the audit chain says."""
    return dict(json.loads(rows.AuditEntry.objects.order_by("-sequence")[0].details))


def entry() -> rows.CatalogueEntry:
    """The only entry of the catalogue."""
    return rows.CatalogueEntry.objects.get()


def test_signatures_are_counted_from_one_for_each_case(ledger: Ledger) -> None:
    decided(ledger)
    positions = rows.Signature.objects.order_by("pk").values_list("position", flat=True)
    assert list(positions) == [1, 2, 3]


def test_a_day_by_which_an_answer_is_wanted_stays_and_belongs_to_a_question_alone(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    asked = Particulars(asked=Asked.OTHER_AGENCY, whom="平岳市水务局", due_on=date(2025, 12, 1))
    row = take_step(ledger, "李科员", case_id, Intent(Action.CONSULT, "涉及其职责", particulars=asked)).row
    assert row.answer_due_on == date(2025, 12, 1)
    take_step(ledger, "赵主任", case_id, Intent(Action.ANSWER, "同意公开"))
    take_step(ledger, "李科员", case_id, Intent(Action.AGREE))
    assert signature_of(rows.Signature.objects.order_by("-pk")[0]).particulars == NO_PARTICULARS


@pytest.mark.parametrize("length", [75, 76])
def test_a_number_is_ninety_characters_long_at_most_whatever_its_sequence_grows_to(ledger: Ledger, length: int) -> None:
    ledger.office = with_settings(ledger.office, 'code = "QL0000032"', f'code = "{"A" * length}"')
    if length == 75:
        assert decided(ledger) == f"{'A' * 75}/2025-00001"
    else:
        with pytest.raises(ReviewflowError, match=r"index_number\.too_long"):
            decided(ledger)


def test_what_belongs_to_another_action_takes_no_entry_out(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    decide(ledger, case_id)
    reopen(ledger, case_id, Reopening.CORRECTION)
    stray = Particulars(reopening=Reopening.RETRACTION, hold=True)
    take_step(ledger, "李科员", case_id, Intent(Action.AGREE, particulars=stray))
    assert entry().in_force
    assert entry().revisions.count() == 1


def test_an_entry_that_is_out_is_not_taken_out_again(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    decide(ledger, case_id)
    reopen(ledger, case_id, Reopening.RETRACTION)
    assert entry().revisions.order_by("-pk")[0].reason == "需再看"
    take_step(ledger, "李科员", case_id, Intent(Action.WITHDRAW, "重复"))
    assert (entry().valid, entry().revisions.count()) == (True, 2)
    assert "taken_down" not in details()


def test_an_entry_withheld_twice_is_retired_once_and_keeps_its_number_in_the_register(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    decide(ledger, case_id)
    numbers = []
    for _ in range(2):
        reopen(ledger, case_id, Reopening.REASSESSMENT)
        numbers.append(decide(ledger, case_id, WITHHELD))
    assert numbers == ["不予-2025-00001", "不予-2025-00001"]
    assert (entry().valid, entry().revisions.count()) == (False, 2)


def test_a_retired_entry_that_is_retracted_stays_retired(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    retire_entry(ledger.office, ledger.people[KEEPER], decide(ledger, case_id), "已有新规定")
    reopen(ledger, case_id, Reopening.RETRACTION)
    assert (entry().in_force, entry().valid) == (False, False)


def test_an_entry_decided_for_publishing_again_stays_on_its_channels(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    record_publication(ledger.office, ledger.people[KEEPER], number, Channel.WEBSITE, date(2025, 11, 3))
    reopen(ledger, case_id, Reopening.CORRECTION)
    decide(ledger, case_id)
    assert rows.Publication.objects.get().withdrawn_on is None
    assert "taken_down" not in details()


def test_a_text_that_holds_something_or_goes_out_on_request_stays_in(ledger: Ledger) -> None:
    content = "关于信访事项的答复\n信访人王小明反映油烟问题。"
    at = content.index("王小明")
    finding = {"kind": "person_private", "start": at, "end": at + 3, "where": "正文"}
    decided(ledger, content=content, record=json.dumps({"keywords": [], "summary": "", "findings": [finding]}))
    assert not entry().body_open
    number = decided(ledger, "乙的通知", ON_REQUEST)
    assert not rows.CatalogueEntry.objects.get(index_number=number).body_open


def test_the_text_of_a_document_that_carried_a_mark_stays_in_after_declassification(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival(lane=Lane.HOLD.value, status="non_public", bases=("OGI19-14-SECRET",)))
    record = Particulars(record="平岳市保密局 平密解〔2025〕3号 2025-10-30")
    take_step(ledger, "赵主任", case_id, Intent(Action.DECLASSIFY, "已解密", particulars=record))
    decide(ledger, case_id, PROACTIVE)
    assert (entry().in_force, entry().body_open) == (True, False)


def test_what_is_off_the_register_is_not_taken_off_again(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id, WITHHELD)
    reopen(ledger, case_id, Reopening.REASSESSMENT)
    decide(ledger, case_id, PROACTIVE)
    assert details()["off_register"] == number
    reopen(ledger, case_id, Reopening.CORRECTION)
    decide(ledger, case_id)
    assert "off_register" not in details()


def test_where_neither_people_nor_the_machine_gave_a_reason_there_is_none(ledger: Ledger) -> None:
    decided(ledger, "关于补助资金的请示", status="non_public", bases=WITHHELD.bases, record="{}")
    assert rows.WithheldItem.objects.get().reason == ""
