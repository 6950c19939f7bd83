"""The review form of a case, at every stage of its way."""

import json
from datetime import date
from pathlib import Path

import pytest

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Asked, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Kind, Lane
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.projection import actor_of
from reviewflow.services.case.review_form import review_form_of, write_review_form
from reviewflow.services.catalogue.publication import record_publication
from tests.integration.conftest import Ledger
from tests.integration.deciding import PROACTIVE, WITHHELD, decide, reopen, take_step
from tests.integration.test_cataloguing import found, record_of
from tests.integration.test_reviewing import AGREE


def test_an_open_case_has_blanks_to_fill(ledger: Ledger) -> None:
    arrival = ledger.arrival(doc_number="青环发〔2025〕7号")
    (case_id,) = ledger.admit(arrival)
    form = review_form_of(ledger.office, ledger.people["李科员"], case_id)
    assert (form.number, form.section, form.handler) == (f"2025-{case_id:05d}", "大气科", "李科员")
    assert (form.title, form.doc_number, form.filled_on) == (arrival.title, "青环发〔2025〕7号", date(2025, 11, 3))
    assert (form.category, form.proposed_status, form.decided_status) == ("业务动态", "主动公开", "")
    assert [one.stage for one in form.opinions] == ["科室初审意见", "办公室汇总审查意见", "主管局长确定意见"]
    assert {(one.text, one.name, one.signed_at) for one in form.opinions} == {("", "", None)}
    assert (form.index_number, form.file_digest) == ("", arrival.digest)


def test_a_decided_case_has_three_opinions_and_its_number(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    record_publication(ledger.office, ledger.people["周信息员"], number, Channel.WEBSITE, date(2025, 11, 3))
    form = review_form_of(ledger.office, ledger.people["钱局长"], case_id)
    assert [one.name for one in form.opinions] == ["李科员", "赵主任", "钱局长"]
    assert form.opinions[2].text == "同意：业务动态类，主动公开。"
    assert form.opinions[2].signed_at == ledger.clock.at
    assert (form.decided_status, form.index_number) == ("主动公开", number)
    assert (form.channels, form.published_on) == (("网站公开",), date(2025, 11, 3))
    assert [yes for _, yes, _ in form.concerns] == [False] * 5


def test_split_opinions_stand_side_by_side(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    take_step(ledger, "李科员", case_id, Intent(Action.CHANGE, "群众关心", PROACTIVE))
    take_step(ledger, "赵主任", case_id, Intent(Action.CHANGE, "名单涉及个人", WITHHELD))
    take_step(ledger, "钱局长", case_id, Intent(Action.AGREE, "采纳办公室意见", side=Role.OFFICE))
    form = review_form_of(ledger.office, ledger.people["赵主任"], case_id)
    assert "群众关心" in form.opinions[0].text
    assert form.opinions[1].text == "变更为：业务动态类，不予公开。\n名单涉及个人"
    assert form.opinions[2].text == "同意：业务动态类，不予公开。\n采纳办公室意见"
    assert (form.proposed_status, form.decided_status) == ("主动公开", "不予公开")
    assert form.citations[0].startswith("《政府信息公开条例》")
    assert "意见不一致" in form.remark
    assert "不予-2025-00001" in form.remark


def test_a_stand_in_is_named(ledger: Ledger) -> None:
    director = rows.User.objects.get(name="钱局长")
    other = rows.User.objects.create(username="d2", name="吴副局长", password="!", created_at=ledger.clock.at)
    rows.RoleGrant.objects.create(
        user=other, role="director", since=date(2025, 11, 1), until=date(2025, 11, 30), stand_in_for=director,
        granted_by="孙管理员", granted_at=ledger.clock.at,
    )  # fmt: skip
    ledger.people["吴副局长"] = actor_of(other)
    (case_id,) = ledger.admit(ledger.arrival())
    for name in ("李科员", "赵主任", "吴副局长"):
        take_step(ledger, name, case_id, AGREE)
    form = review_form_of(ledger.office, ledger.people["赵主任"], case_id)
    assert (form.opinions[2].name, form.opinions[2].stand_in_for) == ("吴副局长", "钱局长")


def test_findings_are_told_by_kind_and_number_never_by_text(ledger: Ledger) -> None:
    content = "信访人王小明反映油烟问题，手机13900001234。"
    findings = [found(content, "王小明"), found(content, "13900001234", Kind.MOBILE)]
    record = record_of(findings=findings, flags=["privacy", "work_secret"], summary=content)
    (case_id,) = ledger.admit(ledger.arrival("关于信访事项的答复", content=content, record=record))
    form = review_form_of(ledger.office, ledger.people["赵主任"], case_id)
    concerns = {question: (yes, text) for question, yes, text in form.concerns}
    assert concerns["个人隐私"] == (True, "手机号 1 处、个人姓名 1 处")
    assert concerns["工作秘密"] == (True, "见审查意见")
    assert concerns["国家秘密"] == (False, "")
    assert form.to_remove == "手机号 1 处、个人姓名 1 处"
    assert "王小明" not in str(form)
    assert "13900001234" not in str(form)


def test_who_was_asked_and_what_came_back_is_told_in_order(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    asked = Particulars(asked=Asked.THIRD_PARTY, whom="平岳云杉食品有限公司")
    take_step(ledger, "李科员", case_id, Intent(Action.CONSULT, "涉及其工艺", particulars=asked))
    take_step(ledger, "赵主任", case_id, Intent(Action.ANSWER, "同意公开"))
    take_step(ledger, "李科员", case_id, Intent(Action.REFER, "请核定", particulars=Particulars(whom="平岳市保密局")))
    form = review_form_of(ledger.office, ledger.people["赵主任"], case_id)
    assert form.consultations == (
        "2025年11月3日征求第三方（平岳云杉食品有限公司）意见，请于2025年11月24日前答复：涉及其工艺",
        "2025年11月3日答复：同意公开",
        "2025年11月3日报请平岳市保密局确定：请核定",
    )


def test_a_mark_and_its_declassification_are_told(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival(lane=Lane.HOLD.value, status="non_public"))
    record = Particulars(record="平岳市保密局 平密解〔2025〕3号")
    take_step(ledger, "赵主任", case_id, Intent(Action.DECLASSIFY, "已解密", particulars=record))
    form = review_form_of(ledger.office, ledger.people["赵主任"], case_id)
    assert form.concerns[0] == ("国家秘密", True, "见审查意见；解密记录：平岳市保密局 平密解〔2025〕3号")


def test_a_reopened_case_says_why_and_is_blank_again(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    number = decide(ledger, case_id)
    reopen(ledger, case_id, Reopening.REASSESSMENT)
    form = review_form_of(ledger.office, ledger.people["赵主任"], case_id)
    assert form.remark == "2025年11月3日重新审查（定期评估）：需再看"
    assert (form.opinions[0].name, form.decided_status, form.index_number) == ("", "", number)


def test_another_section_has_no_form(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    with pytest.raises(ReviewflowError, match=r"review\.no_case"):
        review_form_of(ledger.office, ledger.people["王科员"], case_id)


def test_both_files_are_written(ledger: Ledger, tmp_path: Path) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    decide(ledger, case_id)
    written = write_review_form(ledger.office, ledger.people["赵主任"], case_id, tmp_path / "新建" / "审查表", "both")
    assert [one.suffix for one in written] == [".docx", ".pdf"]
    assert all(one.stat().st_size > 2000 for one in written)
    for folder in (written[0], written[0] / "其下"):
        with pytest.raises(ReviewflowError, match=r"write\.failed"):
            write_review_form(ledger.office, ledger.people["赵主任"], case_id, folder, "pdf")
    assert json.loads(rows.AuditEntry.objects.order_by("-sequence")[0].details)["status"] == "proactive"
