"""What decisions become: entries with their numbers and histories, and how they are kept."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connections

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.clock import CHINA
from reviewflow.domain.review import Action, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Kind, Lane, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.projection import actor_of
from reviewflow.services.catalogue.entries import (
    EntryFilters,
    amend_entry,
    entry_history,
    retire_entry,
    visible_entries,
)
from reviewflow.services.catalogue.export import ExportSelection, public_entries
from reviewflow.services.catalogue.publication import record_publication, record_withdrawal
from tests.integration.conftest import Ledger
from tests.integration.deciding import (
    ON_REQUEST,
    PROACTIVE,
    WITHHELD,
    decide,
    decided,
    reopen,
    take_step,
)
from tests.integration.offices import with_settings
from tests.integration.signers import start, told

KEEPER = "周信息员"


def exported(**selected: object) -> list[str]:
    """The index numbers that a public export would hold."""
    return [entry.index_number for entry in public_entries(ExportSelection(**selected), bodies=False)]  # type: ignore[arg-type]


def last_audit() -> tuple[str, str, dict[str, object]]:
    entry = rows.AuditEntry.objects.order_by("-sequence")[0]
    return entry.action, entry.subject, json.loads(entry.details)


def refused(ledger: Ledger, action: object, *arguments: object, by: str = KEEPER) -> str:
    """The code with which a change is refused; nothing of it is kept."""
    before = (rows.EntryRevision.objects.count(), rows.Publication.objects.count(), rows.AuditEntry.objects.count())
    with pytest.raises(ReviewflowError) as error:
        action(ledger.office, ledger.people[by], *arguments)  # type: ignore[operator]
    after = (rows.EntryRevision.objects.count(), rows.Publication.objects.count(), rows.AuditEntry.objects.count())
    assert after == before
    return error.value.code


def record_of(**changes: object) -> str:
    fields = {
        "keywords": ["执法检查"],
        "summary": "通知如下。",
        "findings": [],
        "flags": [],
        "reasons": ["以公开为常态。"],
    }
    return json.dumps({**fields, **changes}, ensure_ascii=False)


def found(content: str, text: str, kind: Kind = Kind.PERSON_PRIVATE) -> dict[str, object]:
    at = content.index(text)
    return {"kind": kind.value, "start": at, "end": at + len(text), "where": "正文"}


def test_a_decided_public_case_becomes_an_entry_with_all_fields(ledger: Ledger) -> None:
    number = decided(
        ledger,
        doc_number="青环发〔2025〕7号",
        content="关于开展秋季执法检查的通知\n各科室：请认真执行。\n附件：检查表\n",
    )
    entry = rows.CatalogueEntry.objects.get()
    assert number == entry.index_number == "QL0000032/2025-00001"
    assert (entry.title, entry.doc_number) == ("关于开展秋季执法检查的通知", "青环发〔2025〕7号")
    assert (entry.category, entry.status, entry.subclass) == ("activities", "proactive", "")
    assert (entry.summary, entry.attachments) == ("通知如下。", "检查表")
    assert (entry.carrier, entry.record_form) == ("disk", "text")
    assert entry.duty_department == "平岳市生态环境局青岚分局"
    assert (entry.formed_on, entry.decided_on) == (date(2025, 10, 20), date(2025, 11, 3))
    assert (entry.valid, entry.in_force, entry.body_open) == (True, True, True)
    action, _, details = last_audit()
    assert (action, details["index_number"], details["revision"]) == ("agree", number, 1)


def test_nothing_is_listed_before_the_third_signature(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    for name in ("李科员", "赵主任"):
        take_step(ledger, name, case_id, Intent(Action.AGREE))
        assert not rows.CatalogueEntry.objects.exists()
    take_step(ledger, "钱局长", case_id, Intent(Action.REFER, "请核定", particulars=Particulars(whom="平岳市保密局")))
    assert not rows.CatalogueEntry.objects.exists()
    take_step(ledger, "赵主任", case_id, Intent(Action.ANSWER, "可以公开"))
    take_step(ledger, "钱局长", case_id, Intent(Action.RETURN, "再看"))
    take_step(ledger, "李科员", case_id, Intent(Action.WITHDRAW, "重复"))
    assert exported() == []


def test_a_document_without_a_date_is_formed_on_the_day_of_its_decision(ledger: Ledger) -> None:
    decided(ledger, formed_on=None)
    assert rows.CatalogueEntry.objects.get().formed_on == date(2025, 11, 3)


@pytest.mark.parametrize(
    ("source", "row", "carrier", "form"),
    [("扫描.jpg", "", "paper", "photo"), ("台账.xlsx", "", "disk", "chart"), ("a.csv#3", "3", "disk", "text")],
)
def test_carrier_and_form_follow_from_the_file(ledger: Ledger, source: str, row: str, carrier: str, form: str) -> None:
    decided(ledger, source=source, row=row)
    entry = rows.CatalogueEntry.objects.get()
    assert (entry.carrier, entry.record_form) == (carrier, form)


def test_numbers_count_up_and_begin_again_with_the_year_of_the_decision(ledger: Ledger) -> None:
    assert decided(ledger, "甲的通知") == "QL0000032/2025-00001"
    assert decided(ledger, "乙的通知", ON_REQUEST) == "QL0000032/2025-00002"
    assert decided(ledger, "丙的通知", WITHHELD) == "不予-2025-00001"
    ledger.clock.at = datetime(2026, 1, 1, 0, 30, tzinfo=CHINA)
    assert decided(ledger, "丁的通知") == "QL0000032/2026-00001"


def test_a_number_given_under_an_earlier_profile_is_passed_over(ledger: Ledger) -> None:
    decided(ledger, "甲的通知")
    rows.IndexCounter.objects.all().delete()
    assert decided(ledger, "乙的通知") == "QL0000032/2025-00002"


@pytest.mark.slow
def test_ten_cases_decided_at_once_get_ten_numbers(ledger: Ledger) -> None:
    case_ids = ledger.admit(*(ledger.arrival(f"第{n}期简报") for n in range(10)))
    for case_id in case_ids:
        for name in ("李科员", "赵主任"):
            take_step(ledger, name, case_id, Intent(Action.AGREE))
    directors = [start(ledger.office.settings.home, "钱局长", [case_id]) for case_id in case_ids]
    results = [result for director in directors for result in told(director).values()]
    assert results == ["ok"] * 10
    numbers = sorted(rows.CatalogueEntry.objects.values_list("index_number", flat=True))
    assert [number[-2:] for number in numbers] == [f"{n:02d}" for n in range(1, 11)]


def test_an_amendment_keeps_the_number_and_the_history(ledger: Ledger) -> None:
    number = decided(ledger)
    changes = {
        "summary": "秋季执法检查的安排。",
        "keywords": "执法；检查",
        "carrier": "纸质",
        "formed_on": "2025-10-21",
    }
    entry = amend_entry(ledger.office, ledger.people[KEEPER], number, changes, "概述不准")
    assert (entry.index_number, entry.summary, entry.carrier) == (number, "秋季执法检查的安排。", "paper")
    action, subject, details = last_audit()
    assert (action, subject) == ("amend", f"entry:{number}")
    assert details["changed"] == ["carrier", "formed_on", "keywords", "summary"]
    assert "秋季" not in json.dumps(details, ensure_ascii=False)
    states = entry_history(ledger.office, ledger.people[KEEPER], number)
    assert [(one.number, one.by, one.reason) for one in states] == [
        (1, "钱局长", "主管局长确定：同意"),
        (2, KEEPER, "概述不准"),
    ]
    assert states[0].fields["summary"] == "通知如下。"
    assert set(states[1].changed) == {"carrier", "formed_on", "keywords", "summary"}


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({"status": "on_request"}, "改", "catalogue.field"),
        ({"category": "plans"}, "改", "catalogue.field"),
        ({"index_number": "X"}, "改", "catalogue.field"),
        ({"title": " "}, "改", "catalogue.value"),
        ({"carrier": "竹简"}, "改", "catalogue.value"),
        ({"formed_on": "2030-01-01"}, "改", "catalogue.value"),
        ({"subclass": "长" * 61}, "改", "catalogue.value"),
        ({"summary": "通知如下。"}, "改", "catalogue.no_change"),
        ({}, "改", "catalogue.no_change"),
        ({"summary": "新"}, " ", "catalogue.no_reason"),
        ({"summary": "新"}, "长" * 501, "catalogue.value"),
        ({"remark": "联系人手机13900001234"}, "改", "catalogue.sensitive"),
    ],
)
def test_an_amendment_is_refused(ledger: Ledger, changes: dict[str, str], reason: str, code: str) -> None:
    number = decided(ledger)
    assert refused(ledger, amend_entry, number, changes, reason) == code


def test_of_two_keepers_who_press_at_once_the_second_is_refused(ledger: Ledger) -> None:
    number = decided(ledger)
    together = threading.Barrier(2)

    def press(name: str) -> str:
        try:
            together.wait()
            amend_entry(ledger.office, ledger.people[name], number, {"remark": name}, "补充", seen_revision=1)
        except ReviewflowError as error:
            return error.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = dict(zip((KEEPER, "赵主任"), pool.map(press, (KEEPER, "赵主任")), strict=True))
    assert sorted(outcomes.values()) == ["done", "review.stale"]
    entry = rows.CatalogueEntry.objects.get(index_number=number)
    assert outcomes[entry.remark] == "done"
    assert entry.revisions.count() == 2


def test_an_amendment_cannot_bring_back_what_was_found(ledger: Ledger) -> None:
    content = "关于信访事项的答复\n信访人王小明反映油烟问题。"
    number = decided(ledger, content=content, record=record_of(findings=[found(content, "王小明")]))
    with pytest.raises(ReviewflowError) as error:
        amend_entry(ledger.office, ledger.people[KEEPER], number, {"remark": "来信人是王 小明"}, "补充")
    assert error.value.code == "catalogue.sensitive"
    assert "个人姓名" in error.value.message
    assert "小明" not in str(error.value)
    amend_entry(ledger.office, ledger.people[KEEPER], number, {"remark": "来信人是王某某"}, "补充")


@pytest.mark.parametrize("name", ["李科员", "钱局长", "孙管理员"])
def test_only_the_keepers_change_the_catalogue(ledger: Ledger, name: str) -> None:
    number = decided(ledger)
    day = date(2025, 11, 3)
    assert refused(ledger, amend_entry, number, {"summary": "新"}, "改", by=name) == "permission.denied"
    assert refused(ledger, retire_entry, number, "过期", by=name) == "permission.denied"
    assert refused(ledger, record_publication, number, Channel.WEBSITE, day, by=name) == "permission.denied"
    assert refused(ledger, record_withdrawal, number, Channel.WEBSITE, day, by=name) == "permission.denied"


def test_a_closed_account_neither_keeps_nor_sees_the_catalogue(ledger: Ledger) -> None:
    number = decided(ledger)
    rows.User.objects.filter(name=KEEPER).update(is_active=False)
    ledger.people[KEEPER] = actor_of(rows.User.objects.get(name=KEEPER))
    assert refused(ledger, amend_entry, number, {"summary": "新"}, "改") == "permission.denied"
    assert list(visible_entries(ledger.office, ledger.people[KEEPER], EntryFilters())) == []


def test_a_section_sees_its_own_entries_and_an_administrator_none(ledger: Ledger) -> None:
    number = decided(ledger)
    for name, sees in (("李科员", 1), ("王科员", 0), ("孙管理员", 0), (KEEPER, 1), ("钱局长", 1)):
        assert visible_entries(ledger.office, ledger.people[name], EntryFilters()).count() == sees
    assert refused(ledger, entry_history, number, by="王科员") == "catalogue.no_entry"


def test_a_retired_entry_stays_and_says_so(ledger: Ledger) -> None:
    number = decided(ledger)
    retire_entry(ledger.office, ledger.people[KEEPER], number, "已有新规定")
    (entry,) = public_entries(ExportSelection(), bodies=False)
    assert not entry.valid
    assert exported(include_retired=False) == []
    assert last_audit()[:2] == ("retire", f"entry:{number}")
    assert refused(ledger, retire_entry, number, "再次") == "catalogue.retired"
    assert refused(ledger, record_publication, number, Channel.WEBSITE, date(2025, 11, 3)) == "publish.retired"


def test_one_entry_on_several_channels_is_one_entry(ledger: Ledger) -> None:
    number = decided(ledger)
    keeper = ledger.people[KEEPER]
    ledger.clock.at += timedelta(days=3)
    record_publication(ledger.office, keeper, number, Channel.WECHAT, date(2025, 11, 6))
    record_publication(
        ledger.office, keeper, number, Channel.WEBSITE, date(2025, 11, 5), "https://www.example.gov.cn/1"
    )
    (entry,) = public_entries(ExportSelection(), bodies=False)
    assert entry.channels == (Channel.WEBSITE, Channel.WECHAT)
    assert entry.published_on == date(2025, 11, 5)
    assert refused(ledger, record_publication, number, Channel.WEBSITE, date(2025, 11, 6)) == "publish.twice"
    record_withdrawal(ledger.office, keeper, number, Channel.WECHAT, date(2025, 11, 6))
    assert last_audit()[0] == "withdraw_publication"
    (entry,) = public_entries(ExportSelection(), bodies=False)
    assert entry.channels == (Channel.WEBSITE,)


def test_publications_have_their_bounds(ledger: Ledger) -> None:
    number = decided(ledger)
    day = date(2025, 11, 3)
    assert refused(ledger, record_publication, number, Channel.WEBSITE, date(2025, 11, 2)) == "publish.before_decision"
    assert refused(ledger, record_publication, number, Channel.WEBSITE, date(2025, 11, 4)) == "publish.future"
    assert refused(ledger, record_publication, number, Channel.WEBSITE, day, "x" * 501) == "publish.address"
    gone = refused(ledger, record_withdrawal, number, Channel.WEBSITE, day)
    assert gone == "publish.not_published"
    record_publication(ledger.office, ledger.people[KEEPER], number, Channel.WEBSITE, day)
    early = refused(ledger, record_withdrawal, number, Channel.WEBSITE, date(2025, 11, 2))
    assert early == "publish.before_publication"
    on_request = decided(ledger, "乙的通知", ON_REQUEST)
    assert refused(ledger, record_publication, on_request, Channel.WEBSITE, day) == "publish.not_proactive"


def test_a_retraction_takes_the_entry_out_at_once(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    record_publication(ledger.office, ledger.people[KEEPER], number, Channel.WEBSITE, date(2025, 11, 3))
    ledger.clock.at += timedelta(days=5)
    reopen(ledger, case_id, Reopening.RETRACTION)
    assert exported() == []
    assert rows.Publication.objects.get().withdrawn_on == date(2025, 11, 8)
    assert last_audit()[2]["taken_down"] == 1
    assert refused(ledger, amend_entry, number, {"summary": "新"}, "改") == "catalogue.not_in_force"
    assert refused(ledger, record_publication, number, Channel.WEBSITE, date(2025, 11, 8)) == "catalogue.not_in_force"
    assert decide(ledger, case_id) == number
    (entry,) = public_entries(ExportSelection(), bodies=False)
    assert (entry.index_number, entry.published_on, entry.channels) == (number, date(2025, 11, 8), ())


@pytest.mark.parametrize("kind", [Reopening.REASSESSMENT, Reopening.CORRECTION])
def test_an_approved_entry_stands_until_the_new_decision(ledger: Ledger, kind: Reopening) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    amend_entry(ledger.office, ledger.people[KEEPER], number, {"summary": "另一概述。"}, "改")
    ledger.clock.at += timedelta(days=40)
    reopen(ledger, case_id, kind)
    assert exported() == [number]
    assert decide(ledger, case_id) == number
    entry = rows.CatalogueEntry.objects.get()
    assert (entry.decided_on, entry.summary) == (date(2025, 11, 3), "另一概述。")
    assert entry.revisions.count() == 3


def test_a_new_decision_says_why_the_case_was_opened_again(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    reopen(ledger, case_id, Reopening.CORRECTION)
    decide(ledger, case_id)
    take_step(
        ledger,
        "周信息员",
        case_id,
        Intent(Action.REOPEN, "有人提出异议。", particulars=Particulars(reopening=Reopening.REASSESSMENT)),
    )
    decide(ledger, case_id, WITHHELD)
    assert [one.reason for one in entry_history(ledger.office, ledger.people[KEEPER], number)] == [
        "主管局长确定：同意",
        "重新审查（更正）：需再看；主管局长确定：同意",
        "重新审查（定期评估）：有人提出异议；主管局长确定：同意",
    ]


def test_an_entry_withheld_later_leaves_and_comes_back_under_its_number(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    reopen(ledger, case_id, Reopening.REASSESSMENT)
    register_number = decide(ledger, case_id, WITHHELD)
    assert register_number == "不予-2025-00001"
    entry = rows.CatalogueEntry.objects.get()
    assert (entry.in_force, entry.valid) == (False, False)
    assert exported() == []
    reopen(ledger, case_id, Reopening.REASSESSMENT)
    assert rows.WithheldItem.objects.get().in_force
    assert decide(ledger, case_id, PROACTIVE) == number
    assert exported() == [number]
    item = rows.WithheldItem.objects.get()
    assert not item.in_force
    reopen(ledger, case_id, Reopening.REASSESSMENT)
    assert decide(ledger, case_id, WITHHELD) == register_number
    assert rows.IndexCounter.objects.get(scope="withheld:2025").last == 1


def test_a_retracted_entry_that_is_then_withheld_is_invalid(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    decide(ledger, case_id)
    reopen(ledger, case_id, Reopening.RETRACTION)
    decide(ledger, case_id, WITHHELD)
    entry = rows.CatalogueEntry.objects.get()
    assert (entry.in_force, entry.valid) == (False, False)


def test_an_entry_that_becomes_on_request_leaves_its_channels(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    record_publication(ledger.office, ledger.people[KEEPER], number, Channel.WEBSITE, date(2025, 11, 3))
    reopen(ledger, case_id, Reopening.REASSESSMENT)
    assert decide(ledger, case_id, ON_REQUEST) == number
    assert exported() == []
    assert exported(status=Status.ON_REQUEST) == [number]
    assert rows.Publication.objects.get().withdrawn_on == date(2025, 11, 3)


def test_a_replaced_file_changes_the_entry_only_once_it_is_decided(ledger: Ledger) -> None:
    arrival = ledger.arrival(doc_number="青环发〔2025〕7号")
    (case_id,) = ledger.admit(arrival)
    number = decide(ledger, case_id)
    corrected = replace(
        ledger.arrival("关于开展秋冬季执法检查的通知", doc_number=arrival.doc_number), source=arrival.source
    )
    ledger.clock.at += timedelta(days=2)
    ledger.admit(corrected)
    (before,) = public_entries(ExportSelection(), bodies=True)
    assert (before.title, before.body) == (arrival.title, arrival.content)
    assert decide(ledger, case_id) == number
    (after,) = public_entries(ExportSelection(), bodies=True)
    assert (after.title, after.body, after.published_on) == (corrected.title, corrected.content, date(2025, 11, 5))


def test_a_marked_replacement_takes_the_entry_out_at_once(ledger: Ledger) -> None:
    arrival = ledger.arrival()
    (case_id,) = ledger.admit(arrival)
    decide(ledger, case_id)
    marked = replace(ledger.arrival(content="秘密★1年\n正文"), source=arrival.source, lane=Lane.HOLD.value)
    ledger.admit(marked)
    assert rows.Case.objects.get(pk=case_id).stage == "section"
    assert exported() == []


def test_a_case_withdrawn_after_reopening_leaves_the_catalogue(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    decide(ledger, case_id)
    reopen(ledger, case_id, Reopening.CORRECTION)
    take_step(ledger, "李科员", case_id, Intent(Action.WITHDRAW, "重复"))
    assert exported() == []


def test_another_category_clears_the_subclass(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    amend_entry(ledger.office, ledger.people[KEEPER], number, {"subclass": "工作动态"}, "归类")
    reopen(ledger, case_id, Reopening.CORRECTION)
    decide(ledger, case_id, replace(PROACTIVE, category=Category.PLANS))
    entry = rows.CatalogueEntry.objects.get()
    assert (entry.index_number, entry.category, entry.subclass) == (number, "plans", "")


def test_a_long_number_is_refused_before_anything_is_kept(ledger: Ledger) -> None:
    ledger.office = with_settings(ledger.office, 'code = "QL0000032"', f'code = "{"A" * 120}"')
    (case_id,) = ledger.admit(ledger.arrival())
    with pytest.raises(ReviewflowError, match=r"index_number\.too_long"):
        decide(ledger, case_id)
    assert rows.Case.objects.get().stage == "director"
    assert not rows.IndexCounter.objects.exists()
