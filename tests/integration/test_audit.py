"""Verifying an untouched ledger, anchors, and who may read the record."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from reviewflow.domain.review import Action, Asked, Decision, Particulars
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.errors import FaultyFileError, ReviewflowError
from reviewflow.keys import make_key, read_key
from reviewflow.records import models as rows
from reviewflow.records.backup.snapshot import snapshot
from reviewflow.records.chain.anchors import Anchor, anchors_file, parse_anchor, read_anchors
from reviewflow.records.chain.entries import START, ChainHead, append, chain_head
from reviewflow.services.audit.verify import anchor_chain, case_log, newest_log, verify_ledger
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger

AGREE = Intent(Action.AGREE)


def worked(ledger: Ledger) -> list[int]:
    """Cases that went every way there is."""
    office, people = ledger.office, ledger.people
    ids = ledger.admit(
        *(ledger.arrival(f"第{number}件工作通知", source=f"{number}.txt") for number in range(5)),
        ledger.arrival("带密级的文件", lane=Lane.HOLD.value, status=Status.NON_PUBLIC.value, bases=("GK14-MM",)),
    )
    steps = [
        (ids[0], "李科员", AGREE),
        (ids[0], "赵主任", AGREE),
        (ids[0], "钱局长", AGREE),
        (ids[0], "赵主任", Intent(Action.REOPEN, "更正", particulars=Particulars(reopening=_correction()))),
        (ids[1], "李科员", Intent(Action.CHANGE, "属规划", Decision(Category.PLANS, Status.PROACTIVE))),
        (ids[1], "赵主任", Intent(Action.RETURN, "附件不全")),
        (
            ids[2],
            "李科员",
            Intent(Action.CONSULT, "涉及企业", particulars=Particulars(Asked.THIRD_PARTY, "青岚化工厂")),
        ),
        (ids[3], "李科员", AGREE),
        (ids[3], "李科员", Intent(Action.UNDO)),
        (ids[4], "李科员", Intent(Action.WITHDRAW, "重复提交")),
        (ids[5], "赵主任", Intent(Action.DECLASSIFY, "已解密", particulars=Particulars(record="某保密局 2025年1号"))),
    ]
    for case_id, name, intent in steps:
        ledger.clock.at += timedelta(minutes=7)
        sign_case(office, people[name], case_id, intent)
    ledger.admit(ledger.arrival("第1件工作通知", content="第1件工作通知\n更正后的正文。", source="1.txt"))
    ledger.admit(ledger.arrival("带密级的文件", content="新的正文。", source="带密级的文件.txt"))
    return ids


def _correction() -> object:
    from reviewflow.domain.review import Reopening

    return Reopening.CORRECTION


def test_an_untouched_ledger_verifies(ledger: Ledger) -> None:
    worked(ledger)
    told: list[tuple[int, int]] = []
    verdict = verify_ledger(ledger.office.key, progress=lambda done, total: told.append((done, total)))
    assert verdict.faults() == []
    assert verdict.good
    assert (verdict.entries, verdict.cases, verdict.head) == (19, 6, chain_head())


def test_an_empty_ledger_verifies_and_has_no_anchor(ledger: Ledger) -> None:
    assert verify_ledger(ledger.office.key).head == ChainHead(0, START)
    with pytest.raises(ReviewflowError, match=r"audit\.empty"):
        anchor_chain(ledger.office)


def test_an_anchor_is_printed_and_written_beside_the_key(ledger: Ledger) -> None:
    ledger.admit(ledger.arrival())
    made = anchor_chain(ledger.office)
    ledger.admit(ledger.arrival("另一件通知事项"))
    again = anchor_chain(ledger.office)
    file = anchors_file(ledger.office.settings)
    assert file.parent == ledger.office.settings.key_file.parent
    assert file.stat().st_mode & 0o077 == 0
    assert read_anchors(file) == [made, again]
    assert verify_ledger(ledger.office.key, read_anchors(file)).good


def test_an_anchor_on_paper_needs_only_its_first_characters(ledger: Ledger) -> None:
    ledger.admit(ledger.arrival())
    made = anchor_chain(ledger.office)
    assert verify_ledger(ledger.office.key, [parse_anchor(f"{made.sequence}：{made.hash[:12].upper()}")]).good
    wrong = verify_ledger(ledger.office.key, [Anchor(1, "0" * 12)])
    assert wrong.broken is not None
    assert (wrong.broken.sequence, wrong.broken.damage.value) == (1, "rewritten")


@pytest.mark.parametrize("text", ["", "12", "0:" + "a" * 64, "12:abc", "12:" + "g" * 64, "-3:" + "a" * 64])
def test_an_anchor_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ReviewflowError, match=r"audit\.anchor"):
        parse_anchor(text)


def test_a_damaged_anchor_file_is_never_passed_over(ledger: Ledger) -> None:
    ledger.admit(ledger.arrival())
    anchor_chain(ledger.office)
    file = anchors_file(ledger.office.settings)
    file.write_text(file.read_text("utf-8") + "2025-11-03T09:00:00+08:00 2 abc\n", "utf-8")
    with pytest.raises(FaultyFileError, match=r"anchors\.txt:2"):
        read_anchors(file)


def test_verifying_looks_at_one_moment_while_others_write(ledger: Ledger) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    def elsewhere() -> None:
        ledger.admit(ledger.arrival("同时提交的通知事项"))
        connections.close_all()

    ledger.admit(ledger.arrival())
    with snapshot():
        assert rows.AuditEntry.objects.count() == 1
        with ThreadPoolExecutor(1) as pool:
            pool.submit(elsewhere).result()
        assert rows.AuditEntry.objects.count() == 1
        assert rows.Document.objects.count() == 1
    assert rows.AuditEntry.objects.count() == 2


def test_another_key_fits_no_entry(ledger: Ledger) -> None:
    worked(ledger)
    other = ledger.office.settings.key_file.with_name("other.key")
    make_key(other)
    broken = verify_ledger(read_key(other)).broken
    assert broken is not None
    assert (broken.sequence, broken.damage.value) == (1, "wrong_key")


def test_a_key_is_never_replaced_and_never_half_written(ledger: Ledger) -> None:
    file = ledger.office.settings.key_file
    before = file.read_bytes()
    make_key(file)
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir() if one.name.endswith(".writing")] == []


def test_history_is_for_those_who_may_see_the_case(ledger: Ledger) -> None:
    ids = worked(ledger)
    told = case_log(ledger.office, ledger.people["李科员"], ids[0])
    assert [(one.action, one.actor) for one in told] == [
        ("import", "李科员"),
        ("agree", "李科员"),
        ("agree", "赵主任"),
        ("agree", "钱局长"),
        ("reopen", "赵主任"),
    ]
    assert case_log(ledger.office, ledger.people["周信息员"], ids[0]) == told
    for name in ("王科员", "孙管理员"):
        with pytest.raises(ReviewflowError, match=r"review\.no_case"):
            case_log(ledger.office, ledger.people[name], ids[0])


def test_the_log_shows_an_administrator_no_review(ledger: Ledger) -> None:
    worked(ledger)
    from reviewflow.records.chain.entries import Event
    from reviewflow.records.ledger import transaction

    with transaction():
        append(ledger.office.key, "孙管理员", ledger.clock.at, [Event("deactivate", "user:3", {"active": False})])
    assert [one.subject for one in newest_log(ledger.office, ledger.people["孙管理员"])] == ["user:3"]
    assert len(newest_log(ledger.office, ledger.people["赵主任"])) == 20
    assert [one.sequence for one in newest_log(ledger.office, ledger.people["钱局长"], newest=3)] == [18, 19, 20]
    with pytest.raises(ReviewflowError, match=r"audit\.not_allowed"):
        newest_log(ledger.office, ledger.people["李科员"])


def test_the_record_holds_no_words_of_a_document_or_note(ledger: Ledger) -> None:
    worked(ledger)
    everything = json.dumps(
        [one.details for one in newest_log(ledger.office, ledger.people["赵主任"])], ensure_ascii=False
    )
    for words in ("工作通知", "附件不全", "青岚化工厂", "正文"):
        assert words not in everything


def test_a_stand_in_who_left_sees_no_log(ledger: Ledger) -> None:
    actor = ledger.people["周信息员"]
    gone = replace(actor, held=tuple(replace(one, until=ledger.clock.at.date() - timedelta(1)) for one in actor.held))
    with pytest.raises(ReviewflowError, match=r"audit\.not_allowed"):
        newest_log(ledger.office, gone)
