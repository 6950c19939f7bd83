"""The internal register of what is withheld."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Decision, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.catalogue.register import (
    RegisterFilters,
    due_items,
    export_register,
    list_due,
    list_register,
    withheld_items,
)
from tests.integration.conftest import Ledger
from tests.integration.deciding import PROACTIVE, WITHHELD, decide, decided, reopen, take_step
from tests.integration.offices import with_settings

SAFETY = Decision(Category.ACTIVITIES, Status.NON_PUBLIC, ("OGI19-14-3SAFE1STABLE",))
BOTH = Decision(Category.ACTIVITIES, Status.NON_PUBLIC, (*WITHHELD.bases, *SAFETY.bases))


def numbers(ledger: Ledger, by: str = "赵主任", **filters: object) -> list[str]:
    found = withheld_items(ledger.office, ledger.people[by], RegisterFilters(**filters))  # type: ignore[arg-type]
    return [item.number for item in found]


def test_a_withheld_case_is_registered_with_basis_reason_and_the_day_to_look_again(ledger: Ledger) -> None:
    number = decided(ledger, "关于补助资金的请示", WITHHELD, doc_number="青环文〔2025〕9号")
    (item,) = withheld_items(ledger.office, ledger.people["赵主任"], RegisterFilters())
    assert (item.number, item.title, item.doc_number) == (number, "关于补助资金的请示", "青环文〔2025〕9号")
    assert (item.section, item.category, item.reason) == ("大气科", Category.ACTIVITIES, "科室初审（李科员）：涉及个人")
    assert item.citations[0].startswith("《政府信息公开条例》（2019年修订）第十五条")
    assert (item.decided_on, item.reassess_on) == (date(2025, 11, 3), date(2026, 11, 3))
    details = json.loads(rows.AuditEntry.objects.order_by("-sequence")[0].details)
    assert details["register_number"] == number
    assert "涉及个人" not in json.dumps(details, ensure_ascii=False)
    assert not rows.CatalogueEntry.objects.exists()


def test_where_nobody_wrote_a_reason_the_machine_gave_the_reasons(ledger: Ledger) -> None:
    decided(ledger, "关于补助资金的请示", status="non_public", bases=WITHHELD.bases)
    assert rows.WithheldItem.objects.get().reason == "未发现不予公开的理由，以公开为常态。"


def test_an_opinion_that_was_not_taken_up_is_no_reason(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival("甲的请示"))
    take_step(ledger, "李科员", case_id, Intent(Action.CHANGE, "群众关心，应当公开", PROACTIVE))
    take_step(ledger, "赵主任", case_id, Intent(Action.CHANGE, "名单涉及个人", WITHHELD))
    take_step(ledger, "钱局长", case_id, Intent(Action.AGREE, "采纳办公室意见", side=Role.OFFICE))
    assert rows.WithheldItem.objects.get().reason == (
        "办公室汇总审查（赵主任）：名单涉及个人\n主管局长确定（钱局长）：采纳办公室意见"
    )


def test_months_end_where_the_month_ends(ledger: Ledger) -> None:
    ledger.office = with_settings(ledger.office, "reassess_months = 12", "reassess_months = 4")
    ledger.clock.at = ledger.clock.at.replace(month=10, day=31)
    decided(ledger, "关于补助资金的请示", WITHHELD)
    assert rows.WithheldItem.objects.get().reassess_on == date(2026, 2, 28)


def test_days_and_basis_select(ledger: Ledger) -> None:
    first = decided(ledger, "甲的请示", WITHHELD)
    ledger.clock.at += timedelta(days=10)
    second = decided(ledger, "乙的请示", SAFETY)
    third = decided(ledger, "丙的请示", BOTH)
    assert numbers(ledger) == [first, second, third]
    assert numbers(ledger, since=date(2025, 11, 4)) == [second, third]
    assert numbers(ledger, until=date(2025, 11, 3)) == [first]
    assert numbers(ledger, basis=WITHHELD.bases[0]) == [first, third]
    with pytest.raises(ReviewflowError, match=r"register\.no_basis"):
        numbers(ledger, basis="OGI19-14")


def test_what_is_due_is_listed_first_due_first_until_it_is_decided_again(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival("甲的请示"))
    first = decide(ledger, case_id, WITHHELD)
    ledger.clock.at += timedelta(days=10)
    second = decided(ledger, "乙的请示", WITHHELD)
    office, person = ledger.office, ledger.people["赵主任"]
    ledger.clock.at = ledger.clock.at.replace(year=2026, month=11, day=1)
    assert [item.number for item in due_items(office, person, 1)] == []
    assert [item.number for item in due_items(office, person, 2)] == [first]
    ledger.clock.at += timedelta(days=60)
    assert [item.number for item in due_items(office, person, 0)] == [first, second]
    reopen(ledger, case_id, Reopening.REASSESSMENT)
    assert [item.number for item in due_items(office, person, 0)] == [first, second]
    decide(ledger, case_id)
    assert [item.number for item in due_items(office, person, 0)] == [second]


def test_pages_follow_the_numbers_as_they_were_given_whatever_their_length(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reviewflow.services.catalogue.register.SIZE", 2)
    expected = []
    for last, number in ((99_997, 99_998), (99_998, 99_999), (99_999, 100_000), (100_000, 100_001)):
        rows.IndexCounter.objects.update_or_create(scope="withheld:2025", defaults={"last": last})
        expected.append((decided(ledger, f"第{number}号请示", WITHHELD), f"第{number}号请示"))
    ledger.clock.at = ledger.clock.at.replace(year=2026)
    expected.append((decided(ledger, "来年的请示", WITHHELD), "来年的请示"))
    assert [number for number, _ in expected] == [
        "不予-2025-99998", "不予-2025-99999", "不予-2025-100000", "不予-2025-100001", "不予-2026-00001",
    ]  # fmt: skip
    pages, after = [], 0
    while True:
        page = list_register(ledger.office, ledger.people["李科员"], RegisterFilters(), after)
        pages.append([(line.item.number, line.item.title) for line in page.lines])
        titles = dict(rows.Case.objects.values_list("pk", "title"))
        assert [titles[line.case_id] for line in page.lines] == [line.item.title for line in page.lines]
        if page.next_after is None:
            break
        after = page.next_after
    assert pages == [expected[:2], expected[2:4], expected[4:]]
    assert numbers(ledger) == [number for number, _ in expected]


def test_what_left_the_register_takes_no_place_on_a_page(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewflow.services.catalogue.register.SIZE", 1)
    cases = ledger.admit(*(ledger.arrival(f"{name}的请示") for name in "甲乙丙"))
    given = [decide(ledger, case_id, WITHHELD) for case_id in cases]
    reopen(ledger, cases[1], Reopening.CORRECTION)
    decide(ledger, cases[1], PROACTIVE)
    office, person = ledger.office, ledger.people["赵主任"]
    first = list_register(office, person, RegisterFilters())
    assert first.next_after is not None
    second = list_register(office, person, RegisterFilters(), first.next_after)
    assert [line.item.number for line in (*first.lines, *second.lines)] == [given[0], given[2]]
    assert second.next_after is None


def test_the_days_of_a_line_are_counted_from_today(ledger: Ledger) -> None:
    decided(ledger, "甲的请示", WITHHELD)
    office, person = ledger.office, ledger.people["赵主任"]
    ledger.clock.at = ledger.clock.at.replace(year=2026, month=11, day=1)
    (line,) = list_due(office, person, 2).lines
    assert (line.days_left, line.days_late) == (2, -2)
    assert list_due(office, person, 1).lines == ()
    ledger.clock.at += timedelta(days=5)
    (line,) = list_due(office, person, 0).lines
    assert (line.days_left, line.days_late) == (-3, 3)


def test_a_code_that_another_begins_with_is_another(ledger: Ledger) -> None:
    ledger.admit(ledger.arrival("甲的请示"))
    decide(ledger, rows.Case.objects.get().pk, SAFETY)
    assert [rows.WithheldItem.objects.citing(code).count() for code in (SAFETY.bases[0], SAFETY.bases[0][:-1])] == [
        1,
        0,
    ]


def test_a_section_sees_its_own_items_and_an_administrator_none(ledger: Ledger) -> None:
    number = decided(ledger, "甲的请示", WITHHELD)
    assert numbers(ledger, by="李科员") == [number]
    assert numbers(ledger, by="王科员") == []
    assert numbers(ledger, by="孙管理员") == []


def test_an_item_whose_file_was_replaced_keeps_its_category(ledger: Ledger) -> None:
    arrival = ledger.arrival("甲的请示")
    (case_id,) = ledger.admit(arrival)
    number = decide(ledger, case_id, WITHHELD)
    ledger.admit(replace(ledger.arrival("甲的请示", content="改过的正文。", category=""), source=arrival.source))
    assert rows.Case.objects.get().category == ""
    assert numbers(ledger) == [number]


def test_an_item_withdrawn_after_reopening_is_no_longer_due(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival("甲的请示"))
    decide(ledger, case_id, WITHHELD)
    reopen(ledger, case_id, Reopening.CORRECTION)
    take_step(ledger, "李科员", case_id, Intent(Action.WITHDRAW, "重复"))
    assert numbers(ledger) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_register_is_exported_for_internal_use_and_recorded(ledger: Ledger, tmp_path: Path, form: str) -> None:
    decided(ledger, "甲的请示", WITHHELD)
    done = export_register(
        ledger.office, ledger.people["钱局长"], tmp_path / f"r.{form}", form, RegisterFilters(basis=WITHHELD.bases[0])
    )
    entry = rows.AuditEntry.objects.order_by("-sequence")[0]
    details = json.loads(entry.details)
    assert (entry.action, details["count"], details["digest"]) == ("register_export", 1, done.digest)
    assert details["basis"] == WITHHELD.bases[0]
    if form == "csv":
        assert "不得公开" in done.path.read_text("utf-8-sig").splitlines()[0]


@pytest.mark.parametrize("name", ["李科员", "孙管理员"])
def test_a_section_and_an_administrator_do_not_export_the_register(ledger: Ledger, tmp_path: Path, name: str) -> None:
    with pytest.raises(ReviewflowError, match=r"permission\.denied"):
        export_register(ledger.office, ledger.people[name], tmp_path / "r.csv", "csv", RegisterFilters())
    assert not (tmp_path / "r.csv").exists()
