"""With the triggers in place nothing that proves something can be changed; with them dropped, every change is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewflow.domain.review import Action, Decision
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import append_only
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import START, link
from reviewflow.records.ledger import transaction
from reviewflow.services.audit.verify import LedgerVerdict, anchor_chain, verify_ledger
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger

AGREE = Intent(Action.AGREE)
OTHER_KEY = b"k" * 32


def sql(statement: str, *values: object) -> None:
    """Run a statement as somebody with the database's password would."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


@pytest.fixture
def signed(ledger: Ledger) -> Ledger:
    """Ten entries: four cases, three of them signed twice."""
    ids = ledger.admit(*(ledger.arrival(f"第{number}件工作通知") for number in range(4)))
    for case_id in ids[:3]:
        sign_case(ledger.office, ledger.people["李科员"], case_id, AGREE)
        sign_case(ledger.office, ledger.people["赵主任"], case_id, AGREE)
    return ledger


@pytest.fixture
def unlocked(signed: Ledger) -> Ledger:
    """The same without triggers."""
    for statement in append_only.drop_statements(signed.vendor):
        sql(statement)
    return signed


@contextmanager
def undone() -> Iterator[None]:
    """A change that is taken back at the end of the block."""
    from django.db import transaction as database

    with database.atomic():
        yield
        database.set_rollback(True)


def first_bad(verdict: LedgerVerdict) -> tuple[int, str]:
    """The entry that is named, and what is said to have happened."""
    assert verdict.broken is not None
    assert not verdict.good
    return verdict.broken.sequence, verdict.broken.damage.value


def test_rows_that_prove_something_are_written_once(signed: Ledger) -> None:
    sign_case(signed.office, signed.people["钱局长"], rows.Case.objects.order_by("pk")[0].pk, AGREE)
    keys = {"records_auditentry": "sequence", "records_documenttext": "document_id"}
    for table in append_only.APPEND_ONLY:
        key = keys.get(table, "id")
        for statement in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
            with pytest.raises(ReviewflowError, match=r"ledger\."), transaction():
                sql(statement)


def test_no_table_is_emptied_at_once(signed: Ledger) -> None:
    if signed.vendor == "sqlite":
        return  # it has no TRUNCATE
    for table in append_only.APPEND_ONLY:
        with pytest.raises(ReviewflowError, match=r"ledger\."), transaction():
            sql(f"TRUNCATE {table} CASCADE")


def test_missing_triggers_are_told(unlocked: Ledger) -> None:
    assert set(append_only.tables_without_triggers(unlocked.vendor)) == set(append_only.APPEND_ONLY)


CHANGES = {
    "at": "2020-01-01T00:00:00.000000+08:00",
    "actor": "王科员",
    "action": "return",
    "subject": "case:999",
    "details": "{}",
    "previous": "f" * 64,
    "hash": "f" * 64,
}


def test_a_changed_column_is_found_and_named(unlocked: Ledger) -> None:
    for column, value in CHANGES.items():
        for sequence in (1, 5, 10):
            with undone():
                sql(f"UPDATE records_auditentry SET {column} = %s WHERE sequence = %s", value, sequence)
                assert first_bad(verify_ledger(unlocked.office.key)) == (sequence, "edited")


def test_deleted_entries_are_named(unlocked: Ledger) -> None:
    for gone, message in (((1,), "第 1 条"), ((4,), "第 4 条"), ((4, 5, 6), "第 4 至 6 条")):
        with undone():
            rows.AuditEntry.objects.filter(sequence__in=gone).delete()
            verdict = verify_ledger(unlocked.office.key)
            assert first_bad(verdict) == (gone[0], "deleted")
            assert verdict.faults() == [f"{message}被删除。"]


def test_a_deletion_hidden_by_new_numbers_is_named(unlocked: Ledger) -> None:
    rows.AuditEntry.objects.filter(sequence=4).delete()
    for number in range(5, 11):
        sql("UPDATE records_auditentry SET sequence = %s WHERE sequence = %s", number - 1, number)
    assert first_bad(verify_ledger(unlocked.office.key)) == (4, "deleted")


def test_an_inserted_entry_is_named(unlocked: Ledger) -> None:
    for number in range(10, 4, -1):
        sql("UPDATE records_auditentry SET sequence = %s WHERE sequence = %s", number + 1, number)
    before = rows.AuditEntry.objects.get(sequence=4)
    forged = rows.AuditEntry(
        sequence=5, at=before.at, actor="王科员", action="agree", subject="case:1", details="{}", previous=before.hash
    )
    forged.hash = link(OTHER_KEY, forged)
    forged.save(force_insert=True)
    assert first_bad(verify_ledger(unlocked.office.key)) == (5, "inserted")


def test_an_entry_put_before_the_first_is_named(unlocked: Ledger) -> None:
    forged = rows.AuditEntry(sequence=0, at="", actor="", action="", subject="", details="{}", previous=START)
    forged.hash = link(OTHER_KEY, forged)
    forged.save(force_insert=True)
    assert first_bad(verify_ledger(unlocked.office.key)) == (0, "inserted")


def test_an_entry_forged_at_the_end_is_named(unlocked: Ledger) -> None:
    last = rows.AuditEntry.objects.get(sequence=10)
    forged = rows.AuditEntry(
        sequence=11, at=last.at, actor="钱局长", action="agree", subject="case:1", details="{}", previous=last.hash
    )
    forged.hash = link(OTHER_KEY, forged)
    forged.save(force_insert=True)
    assert first_bad(verify_ledger(unlocked.office.key)) == (11, "edited")


def test_two_entries_in_each_others_place_are_named(unlocked: Ledger) -> None:
    for one, other in ((1, 2), (3, 9), (9, 10), (1, 10)):
        with undone():
            for old, new in ((one, 999), (other, one), (999, other)):
                sql("UPDATE records_auditentry SET sequence = %s WHERE sequence = %s", new, old)
            verdict = verify_ledger(unlocked.office.key)
            assert first_bad(verdict) == (one, "reordered")
            assert str(other) in verdict.faults()[0]


def test_a_renumbered_entry_is_named(unlocked: Ledger) -> None:
    for old, new in ((1, 0), (2, 0), (4, 99), (4, 9_000_000_000_000), (10, 11)):
        with undone():
            sql("UPDATE records_auditentry SET sequence = %s WHERE sequence = %s", new, old)
            assert first_bad(verify_ledger(unlocked.office.key)) == (old, "reordered")


def test_an_entry_replaced_by_another_is_named(unlocked: Ledger) -> None:
    for place, copied in ((4, 7), (7, 4)):
        with undone():
            content = rows.AuditEntry.objects.filter(sequence=copied).values(*CHANGES).get()
            rows.AuditEntry.objects.filter(sequence=place).update(**content)
            assert first_bad(verify_ledger(unlocked.office.key)) == (place, "replaced")


def test_an_entry_of_another_history_is_named(unlocked: Ledger) -> None:
    fifth = rows.AuditEntry.objects.get(sequence=5)
    fifth.previous = "e" * 64
    fifth.hash = link(unlocked.office.key, fifth)
    fifth.save()
    assert first_bad(verify_ledger(unlocked.office.key)) == (5, "detached")


def test_a_chain_cut_short_is_found_against_an_anchor(unlocked: Ledger) -> None:
    made = anchor_chain(unlocked.office)
    rows.AuditEntry.objects.filter(sequence__gt=7).delete()
    verdict = verify_ledger(unlocked.office.key, [made])
    assert first_bad(verdict) == (8, "truncated")
    assert "第 10 条" in verdict.faults()[0]


def test_a_chain_cut_short_leaves_signatures_behind(unlocked: Ledger) -> None:
    rows.AuditEntry.objects.filter(sequence__gt=8).delete()
    faults = verify_ledger(unlocked.office.key).faults()
    assert [fault.split("，")[1] for fault in faults] == [
        "第 1 个签字在审计链中没有记录。",
        "第 2 个签字在审计链中没有记录。",
    ]


def test_an_emptied_chain_leaves_documents_behind(unlocked: Ledger) -> None:
    rows.AuditEntry.objects.all().delete()
    assert "文件的第 1 版在审计链中没有记录" in verify_ledger(unlocked.office.key).faults()[0]


@pytest.mark.parametrize("start", [1, 6])
def test_a_chain_written_anew_with_another_key_is_found(unlocked: Ledger, start: int) -> None:
    entries = list(rows.AuditEntry.objects.order_by("sequence"))
    entries[start - 1].actor = "王科员"
    for before, entry in pairwise([None, *entries]):
        if entry is not None and entry.sequence >= start:
            entry.previous = before.hash if before else START
            entry.hash = link(OTHER_KEY, entry)
            entry.save()
    assert first_bad(verify_ledger(unlocked.office.key)) == (start, "wrong_key" if start == 1 else "edited")


def test_a_chain_written_anew_with_the_key_is_found_against_an_anchor(unlocked: Ledger) -> None:
    made = anchor_chain(unlocked.office)
    previous = START
    for entry in rows.AuditEntry.objects.order_by("sequence"):
        entry.previous, entry.at = previous, "2020-01-01T00:00:00.000000+08:00"
        entry.hash = previous = link(unlocked.office.key, entry)
        entry.save()
    assert first_bad(verify_ledger(unlocked.office.key, [made])) == (10, "rewritten")


SIGNATURE_CHANGES = {
    "name": "钱局长", "role": "director", "stage": "office", "action": "return", "note": "补写的理由",
    "category": "plans", "status": "on_request", "bases": "GK20", "file_digest": "0" * 64,
    "stand_in_for": "赵主任", "particulars": '{"hold":true}', "at": "2020-01-01 00:00:00+00:00",
}  # fmt: skip


def test_a_changed_signature_is_named(unlocked: Ledger) -> None:
    row = rows.Signature.objects.order_by("id")[2]
    for column, value in SIGNATURE_CHANGES.items():
        with undone():
            sql(f"UPDATE records_signature SET {column} = %s WHERE id = %s", value, row.pk)
            assert verify_ledger(unlocked.office.key).faults() == [
                f"审计第 7 条：第 {row.case_id} 件，第 1 个签字被改动。"
            ]


def test_a_deleted_signature_is_named(unlocked: Ledger) -> None:
    row = rows.Signature.objects.order_by("id")[3]
    sql("DELETE FROM records_signature WHERE id = %s", row.pk)
    assert verify_ledger(unlocked.office.key).faults() == [f"审计第 8 条：第 {row.case_id} 件，第 2 个签字不见了。"]


def test_an_added_signature_is_named(unlocked: Ledger) -> None:
    row = rows.Signature.objects.order_by("id")[1]
    row.pk, row.position = None, 3
    row.save(force_insert=True)
    assert verify_ledger(unlocked.office.key).faults() == [f"第 {row.case_id} 件，第 3 个签字在审计链中没有记录。"]


PROPOSAL_CHANGES = [
    ("document", "digest", "0" * 64, "文件摘要"),
    ("document", "original", "0" * 64, "原件摘要"),
    ("proposal", "rules_digest", "0", "规则摘要"),
    ("proposal", "lane", "hold", "通道"),
    ("proposal", "status", "non_public", "建议的公开属性"),
    ("proposal", "bases", "GK20", "标题或建议"),
    ("proposal", "record", "{}", "标题或建议"),
    ("document", "title", "另一个标题", "标题或建议"),
    ("document", "formed_on", "2019-01-01", "标题或建议"),
    ("documenttext", "content", "另一段正文", "正文"),
    ("documenttext", "body_length", 3, "正文"),
]


def test_a_changed_document_or_proposal_is_named(unlocked: Ledger) -> None:
    document = rows.Document.objects.order_by("case_id")[3]
    for table, column, value, named in PROPOSAL_CHANGES:
        key = "id" if table == "document" else "document_id"
        with undone():
            sql(f"UPDATE records_{table} SET {column} = %s WHERE {key} = %s", value, document.pk)
            (fault,) = verify_ledger(unlocked.office.key).faults()
            assert fault.startswith(f"审计第 4 条：第 {document.case_id} 件，")
            assert named in fault


CASE_CHANGES: dict[str, tuple[object, str]] = {
    "stage": ("decided", "阶段"),
    "is_open": (False, "是否在办"),
    "lane": ("attention", "通道"),
    "category": ("plans", "类别"),
    "status": ("non_public", "公开属性"),
    "version": (9, "版本号"),
    "title": ("另一个标题", "标题"),
    "hold": (True, "保密标志"),
    "signers": (" 1 ", "签字人"),
    "decided_at": ("2025-01-01 00:00:00+00:00", "确定时间"),
}


def test_a_changed_case_is_named(signed: Ledger) -> None:
    row = rows.Case.objects.order_by("id")[1]
    for column, (value, label) in CASE_CHANGES.items():
        with undone():
            sql(f"UPDATE records_case SET {column} = %s WHERE id = %s", value, row.pk)
            (fault,) = verify_ledger(signed.office.key).faults()
            assert fault == f"审计第 8 条：第 {row.pk} 件，台账中的{label}与签字不符。"


OUTCOME_CHANGES: list[tuple[str, str, object, str]] = [
    ("catalogueentry", "title", "另一个标题", "目录条目与其最后一次修订不符"),
    ("catalogueentry", "status", "on_request", "目录条目与其最后一次修订不符"),
    ("entryrevision", "fields", '{"title":"另一个标题"}', "目录条目的第 1 次修订被改动"),
    ("withhelditem", "reason", "另一个理由", "不予公开登记被改动"),
    ("withhelditem", "in_force", False, "不予公开登记被改动"),
]


def test_a_changed_catalogue_or_register_is_named(unlocked: Ledger) -> None:
    office, people = unlocked.office, unlocked.people
    public, withheld = rows.Case.objects.order_by("pk")[:2]
    sign_case(office, people["钱局长"], public.pk, AGREE)
    basis = next(
        code for code, one in office.bases.by_code.items() if Status.NON_PUBLIC in one.statuses and not one.until
    )
    sign_case(
        office,
        people["钱局长"],
        withheld.pk,
        Intent(Action.CHANGE, "涉及秘密", Decision(Category.ACTIVITIES, Status.NON_PUBLIC, (basis,))),
    )
    assert verify_ledger(office.key).good
    for table, column, value, named in OUTCOME_CHANGES:
        with undone():
            sql(f"UPDATE records_{table} SET {column} = %s", value)
            (fault,) = verify_ledger(office.key).faults()
            assert fault.endswith(f"{named}。")


def test_a_case_that_vanished_is_named(unlocked: Ledger) -> None:
    row = rows.Case.objects.order_by("id")[3]
    document = rows.Document.objects.get(case=row)
    for table in ("documenttext", "proposal"):
        sql(f"DELETE FROM records_{table} WHERE document_id = %s", document.pk)
    with transaction():
        sql("DELETE FROM records_document WHERE id = %s", document.pk)
        sql("DELETE FROM records_case WHERE id = %s", row.pk)
    assert verify_ledger(unlocked.office.key).faults() == [f"审计第 4 条：第 {row.pk} 件，整件从台账中消失。"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edit_of_any_entry_is_named_exactly(unlocked: Ledger, data: st.DataObject) -> None:
    sequence = data.draw(st.integers(1, 10))
    column = data.draw(st.sampled_from([*CHANGES, "sequence"]))
    before = rows.AuditEntry.objects.filter(sequence=sequence).values_list(column, flat=True).get()
    if column == "sequence":
        value: object = data.draw(st.integers(-100, 200).filter(lambda number: not 1 <= number <= 10))
    else:
        text = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=40)
        value = data.draw(text.filter(lambda drawn: drawn != before))
    change = f"UPDATE records_auditentry SET {column} = %s WHERE sequence = %s"
    with undone():
        sql(change, value, sequence)
        assert first_bad(verify_ledger(unlocked.office.key))[0] == sequence
