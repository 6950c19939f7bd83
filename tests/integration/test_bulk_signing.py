"""Signing many at once, all or none, and changing with bases, on both databases."""

import pytest

from reviewflow.domain.change import Change
from reviewflow.domain.review import Action, Asked, Decision, Particulars
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.queue.bulk_signing import agree_all, named_for_signing, waiting_for_signing
from reviewflow.services.queue.lists import QueueFilters
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger
from tests.integration.test_queue import AGREE, admitted


def test_bulk_signing_takes_the_clear_lane_alone_and_all_or_none(ledger: Ledger) -> None:
    clear = [admitted(ledger, f"第{number}期简报") for number in range(3)]
    odd = admitted(ledger, "名单公示", lane="attention")
    li = ledger.people["李科员"]
    with pytest.raises(ReviewflowError, match=str(odd)):
        named_for_signing(ledger.office, li, dict.fromkeys([*clear, odd]))
    batch = waiting_for_signing(ledger.office, li, QueueFilters())
    assert [line.id for line in batch.lines] == clear
    assert (batch.kinds, batch.sections) == ((("业务动态、主动公开", 3),), (("大气科", 3),))
    sign_case(ledger.office, li, clear[1], AGREE)
    with pytest.raises(ReviewflowError, match=r"review\.stale"):
        agree_all(ledger.office, li, [(line.id, line.version) for line in batch.lines])
    assert rows.Signature.objects.count() == 1


def test_bulk_signing_says_which_case_cannot_be_signed(ledger: Ledger) -> None:
    first = admitted(ledger, "甲简报")
    without_basis = admitted(ledger, "乙简报", status="on_request")
    batch = named_for_signing(ledger.office, ledger.people["李科员"], dict.fromkeys([first, without_basis]))
    with pytest.raises(ReviewflowError, match=f"第 {without_basis} 件") as told:
        agree_all(ledger.office, ledger.people["李科员"], [(line.id, line.version) for line in batch.lines])
    assert told.value.code == "review.no_basis"
    assert not rows.Signature.objects.exists()


def test_bulk_signing_does_not_reach_into_another_section(ledger: Ledger) -> None:
    other = admitted(ledger, "乙简报", by="王科员")
    with pytest.raises(ReviewflowError, match=r"review\.no_case"):
        named_for_signing(ledger.office, ledger.people["李科员"], {other: None})
    with pytest.raises(ReviewflowError, match=r"queue\.too_many"):
        named_for_signing(ledger.office, ledger.people["李科员"], dict.fromkeys(range(1, 502)))


def test_no_more_are_signed_at_once_than_may_be_named(ledger: Ledger) -> None:
    with pytest.raises(ReviewflowError, match=r"queue\.too_many"):
        agree_all(ledger.office, ledger.people["李科员"], [(number, 1) for number in range(1, 502)])


def test_bases_of_another_place_are_cited_only_by_whoever_names_them(ledger: Ledger) -> None:
    case_id, li = admitted(ledger, "甲通知"), ledger.people["李科员"]
    with pytest.raises(ReviewflowError, match=r"review\.no_basis") as told:
        sign_case(ledger.office, li, case_id, Intent(Action.CHANGE, "不宜公开", Change(status=Status.NON_PUBLIC)))
    assert "OGI19-15-TRADE  《政府信息公开条例》" in told.value.hint
    assert "北京" not in told.value.hint
    named = Change(status=Status.NON_PUBLIC, bases=("bjsecr21-27",))
    sign_case(ledger.office, li, case_id, Intent(Action.CHANGE, "依该条例办理", named))
    assert rows.Signature.objects.get().bases == "BJSECR21-27"


def test_a_case_that_waits_for_an_answer_stops_nobody_from_signing_the_rest(ledger: Ledger) -> None:
    asked, split, plain = ledger.admit(*(ledger.arrival(f"第{n}期简报") for n in range(3)))
    particulars = Particulars(asked=Asked.THIRD_PARTY, whom="平岳云杉食品有限公司")
    sign_case(
        ledger.office, ledger.people["李科员"], asked, Intent(Action.CONSULT, "涉及其工艺", particulars=particulars)
    )
    for case_id in (split, plain):
        sign_case(ledger.office, ledger.people["李科员"], case_id, Intent(Action.AGREE))
    assert [line.id for line in waiting_for_signing(ledger.office, ledger.people["赵主任"], QueueFilters()).lines] == [
        split,
        plain,
    ]
    other = Decision(Category.ACTIVITIES, Status.NON_PUBLIC, ("OGI19-15-PRIVACY",))
    sign_case(ledger.office, ledger.people["赵主任"], split, Intent(Action.CHANGE, "名单涉及个人", other))
    sign_case(ledger.office, ledger.people["赵主任"], plain, Intent(Action.AGREE))
    assert [line.id for line in waiting_for_signing(ledger.office, ledger.people["钱局长"], QueueFilters()).lines] == [
        plain
    ]
