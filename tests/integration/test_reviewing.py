"""The month of an office on both databases: three people sign, some return, one refers, one consults, one reopens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from reviewflow.domain.review import Action, Asked, Decision, Particulars, Reopening, Stage
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.projection import replay_case
from reviewflow.services.queue.bulk_signing import agree_all
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger

AGREE = Intent(Action.AGREE)


def do(ledger: Ledger, name: str, case_id: int, intent: Intent = AGREE) -> rows.Case:
    """Let one of the cast act."""
    ledger.clock.at += timedelta(minutes=1)
    return sign_case(ledger.office, ledger.people[name], case_id, intent).row


def refused(ledger: Ledger, name: str, case_id: int, intent: Intent = AGREE, version: int | None = None) -> str:
    """The code with which an action is refused; nothing of it is kept."""
    before = (rows.Signature.objects.count(), rows.AuditEntry.objects.count())
    with pytest.raises(ReviewflowError) as told:
        sign_case(ledger.office, ledger.people[name], case_id, intent, version)
    assert (rows.Signature.objects.count(), rows.AuditEntry.objects.count()) == before
    return told.value.code


def test_three_signatures_decide_and_each_is_one_entry_of_the_chain(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    for name in ("李科员", "赵主任", "钱局长"):
        row = do(ledger, name, case_id)
    assert (row.stage, row.is_open) == ("decided", False)
    assert row.decided_at == ledger.clock.at
    actions = rows.AuditEntry.objects.order_by("sequence").values_list("action", flat=True)
    assert list(actions) == ["import", "agree", "agree", "agree"]


def test_the_row_is_what_the_signatures_say(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    do(ledger, "李科员", case_id)
    do(ledger, "赵主任", case_id, Intent(Action.RETURN, "内容需删减"))
    row = rows.Case.objects.get(pk=case_id)
    case = replay_case(row)
    assert (row.stage, case.stage) == ("returned", Stage.RETURNED)
    assert case.standing == ()
    assert row.version == 3


def test_every_signature_names_the_file_that_was_before_the_signer(ledger: Ledger) -> None:
    arrival = ledger.arrival()
    (case_id,) = ledger.admit(arrival)
    do(ledger, "李科员", case_id)
    assert rows.Signature.objects.get(case_id=case_id).file_digest == arrival.digest


def test_signing_twice_and_out_of_order_is_refused(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    assert refused(ledger, "赵主任", case_id) == "review.no_role"
    do(ledger, "李科员", case_id)
    assert refused(ledger, "李科员", case_id) == "review.same_person"
    assert refused(ledger, "钱局长", case_id) == "review.no_role"


def test_a_stale_page_is_refused(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    do(ledger, "李科员", case_id)
    assert refused(ledger, "赵主任", case_id, version=1) == "review.stale"
    assert sign_case(ledger.office, ledger.people["赵主任"], case_id, AGREE, 2).row.stage == "director"


def test_another_section_does_not_learn_that_a_case_exists(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    assert refused(ledger, "王科员", case_id) == refused(ledger, "王科员", case_id + 999) == "review.no_case"


def test_an_administrator_sees_and_signs_nothing(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    assert refused(ledger, "孙管理员", case_id) == "review.no_case"


def test_a_basis_no_longer_in_force_is_refused(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    old = Decision(Category.DUTIES, Status.NON_PUBLIC, ("OGI07-14-SECRET",))
    assert refused(ledger, "李科员", case_id, Intent(Action.CHANGE, "旧依据", old)) == "review.basis_not_in_force"


def test_a_withdrawn_case_is_not_reopened(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    do(ledger, "李科员", case_id, Intent(Action.WITHDRAW, "重复提交"))
    reopening = Intent(Action.REOPEN, "再看", particulars=Particulars(reopening=Reopening.CORRECTION))
    assert refused(ledger, "赵主任", case_id, reopening) == "review.withdrawn"


def test_a_third_party_has_fifteen_working_days(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    asked = Particulars(asked=Asked.THIRD_PARTY, whom="平岳云杉食品有限公司")
    row = do(ledger, "李科员", case_id, Intent(Action.CONSULT, "涉及其工艺", particulars=asked))
    assert row.answer_due_on is not None
    assert row.answer_due_on.isoformat() == "2025-11-24"
    row = do(ledger, "赵主任", case_id, Intent(Action.ANSWER, "同意公开"))
    assert (row.stage, row.answer_due_on) == ("section", None)


def test_a_marked_document_goes_to_the_secrecy_authority_or_is_withheld(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(
        ledger.arrival("关于应急准备的报告", lane=Lane.HOLD.value, status="non_public", bases=("OGI19-14-SECRET",))
    )
    opening = Decision(Category.ACTIVITIES, Status.PROACTIVE)
    assert refused(ledger, "李科员", case_id, Intent(Action.CHANGE, "想公开", opening)) == "review.hold"
    row = do(ledger, "李科员", case_id, Intent(Action.REFER, "请核定", particulars=Particulars(whom="平岳市保密局")))
    assert row.stage == "referred"
    record = Particulars(record="平岳市保密局 平密解〔2025〕3号 2025-10-30")
    row = do(ledger, "赵主任", case_id, Intent(Action.DECLASSIFY, "已解密", particulars=record))
    assert (row.stage, row.lane) == ("section", "attention")
    assert do(ledger, "李科员", case_id, Intent(Action.CHANGE, "已解密", opening)).status == "proactive"


def test_split_opinions_wait_for_the_director(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    do(ledger, "李科员", case_id)
    other = Decision(Category.ACTIVITIES, Status.NON_PUBLIC, ("OGI19-15-PRIVACY",))
    row = do(ledger, "赵主任", case_id, Intent(Action.CHANGE, "名单涉及个人", other))
    assert (row.stage, row.split, row.status) == ("director", True, "non_public")
    assert refused(ledger, "钱局长", case_id) == "review.split"


def test_the_clear_lane_is_signed_in_bulk_all_or_none(ledger: Ledger) -> None:
    clear = ledger.admit(*(ledger.arrival(f"第{n}期简报") for n in range(5)))
    (odd,) = ledger.admit(ledger.arrival("名单公示", lane=Lane.ATTENTION.value))
    person = ledger.people["李科员"]
    with pytest.raises(ReviewflowError, match=r"review\.not_clear"):
        agree_all(ledger.office, person, [(case_id, 1) for case_id in [*clear, odd]])
    assert not rows.Signature.objects.exists()
    done = agree_all(ledger.office, person, [(case_id, 1) for case_id in clear])
    assert {one.row.stage for one in done} == {"office"}
    assert rows.AuditEntry.objects.filter(action="agree").count() == 5
    with pytest.raises(ReviewflowError, match=r"review\.stale"):
        agree_all(ledger.office, ledger.people["赵主任"], [(case_id, 1) for case_id in clear])


def test_a_replaced_file_starts_again_with_both_versions_on_record(ledger: Ledger) -> None:
    arrival = ledger.arrival()
    (case_id,) = ledger.admit(arrival)
    do(ledger, "李科员", case_id)
    corrected = replace(ledger.arrival(content="更正后的正文，改了日期。"), source=arrival.source)
    assert ledger.admit(corrected) == []
    row = rows.Case.objects.get(pk=case_id)
    assert (row.stage, row.documents.count()) == ("section", 2)
    assert replay_case(row).standing == ()
    assert do(ledger, "李科员", case_id).stage == "office"
