"""审计: refused attempts in words, and whether the newest entries hang together."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviewflow.records import append_only
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.services.audit import log_page
from tests.web.conftest import ON_BOTH, Desk
from tests.web.looking import page

pytestmark = ON_BOTH


def sql(statement: str, *values: object) -> None:
    """Run a statement as somebody with the database's password would, who has dropped the triggers."""
    with connection.cursor() as cursor:
        for drop in append_only.drop_statements(connection.vendor):
            cursor.execute(drop)
        cursor.execute(statement, values or None)


def chain_of(desk: Desk, entries: int) -> None:
    """So many entries about a case."""
    with transaction():
        events = [Event("agree", "case:1", {"version": number}) for number in range(entries)]
        append(desk.ledger.office.key, "李科员", desk.ledger.clock.at, events)


def test_entries_that_hang_together_are_said_to(desk: Desk) -> None:
    chain_of(desk, 3)
    shown = page(desk, "/audit/", "赵主任")
    assert "所列 3 条首尾相接，核对无误；全部核验请运行 reviewflow audit verify。" in shown
    assert "核对不上" not in shown


def test_a_chain_without_entries_is_neither_good_nor_bad(desk: Desk) -> None:
    shown = page(desk, "/audit/", "赵主任")
    assert "首尾相接" not in shown
    assert "核对不上" not in shown


@pytest.mark.parametrize(
    ("statement", "misfit"),
    [
        ("UPDATE records_auditentry SET actor = '王科员' WHERE sequence = 5", 5),
        ("UPDATE records_auditentry SET at = 'x' WHERE sequence = 5", 5),
        ("UPDATE records_auditentry SET details = 'x' WHERE sequence = 5", 5),
        ("UPDATE records_auditentry SET hash = previous WHERE sequence = 5", 5),
        ("DELETE FROM records_auditentry WHERE sequence = 5", 5),
        ("DELETE FROM records_auditentry WHERE sequence = 1", 1),
        ("UPDATE records_auditentry SET sequence = 99 WHERE sequence = 5", 5),
    ],
)
def test_the_first_entry_that_does_not_fit_is_named(desk: Desk, statement: str, misfit: int) -> None:
    chain_of(desk, 8)
    sql(statement)
    shown = page(desk, "/audit/", "赵主任")
    assert f"条核对不上：从第 {misfit} 条起不相接" in shown
    assert 'class="failure" role="alert"' in shown
    assert "首尾相接" not in shown


def test_only_what_is_listed_is_checked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_page, "NEWEST", 5)
    chain_of(desk, 8)
    sql("UPDATE records_auditentry SET actor = '王科员' WHERE sequence = 2")
    assert "所列 5 条首尾相接" in page(desk, "/audit/", "赵主任")
    sql("UPDATE records_auditentry SET actor = '王科员' WHERE sequence = 4")
    assert "从第 4 条起不相接" in page(desk, "/audit/", "赵主任")


def test_the_check_reads_no_more_of_a_long_chain(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_page, "NEWEST", 5)
    page(desk, "/audit/", "赵主任")
    chain_of(desk, 600)
    with CaptureQueriesContext(connection) as asked:
        page(desk, "/audit/", "赵主任")
    of_the_chain = [one["sql"] for one in asked if '"records_auditentry"' in one["sql"]]
    assert len(of_the_chain) == 3
    assert all(re.search(r"LIMIT [1-6]$", statement) for statement in of_the_chain)


def test_for_an_administrator_the_end_of_the_chain_is_checked_unseen(desk: Desk) -> None:
    chain_of(desk, 60)
    shown = page(desk, "/audit/", "孙管理员")
    assert "最近 50 条首尾相接，核对无误" in shown
    assert "还没有记录" in shown
    sql("UPDATE records_auditentry SET actor = '王科员' WHERE sequence = 30")
    shown = page(desk, "/audit/", "孙管理员")
    assert "最近 50 条核对不上：从第 30 条起不相接" in shown
    assert "第 1 件" not in shown


def test_a_refused_attempt_is_told_with_its_reason_and_its_case(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    desk.as_("王科员").get(f"/cases/{case_id}/")
    desk.as_("李科员").get("/queue/?text=%00")
    shown = page(desk, "/audit/", "赵主任")
    assert "没有这一件，或不是您科室的 <code>review.no_case</code>" in shown
    assert f'<a href="/cases/{case_id}/">第 {case_id} 件</a> 审查页' in shown
    assert "<code>web.field</code></span></td><td>队列</td>" in shown


def test_an_attempt_at_a_case_that_there_is_not_leads_nowhere(desk: Desk) -> None:
    for number in (404, 2**63, 10**40):
        desk.as_("李科员").get(f"/cases/{number}/")
    shown = page(desk, "/audit/", "赵主任")
    assert rows.AuditEntry.objects.filter(action="refused").count() == 3
    assert 'href="/cases/' not in shown
    assert shown.count("<td>审查页</td>") == 3
