"""An entry: what the public will see of it, what its keepers may change, and what nobody sees."""

from datetime import timedelta

import pytest

from reviewflow.domain.review import Action, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.records import models as rows
from tests.integration.deciding import ON_REQUEST, PROACTIVE, decided, reopen, take_step
from tests.integration.test_cataloguing import found, record_of
from tests.web.conftest import Desk
from tests.web.looking import EVIL, TITLE, amend, entry, page, post


@pytest.fixture(autouse=True)
def signed_earlier(desk: Desk) -> None:
    """Cases are signed a minute apart, all of them on an earlier day than the pages are looked at."""
    desk.ledger.clock.at -= timedelta(days=2)


def test_the_page_of_an_entry_shows_all_public_fields_and_the_body(desk: Desk) -> None:
    text = f"{TITLE}\n各科室：请认真执行。\n附件：检查表\n"
    row = entry(desk, doc_number="青环发〔2025〕7号", content=text)
    html = page(desk, f"/catalogue/{row.pk}/")
    for words in (
        row.index_number,
        "青环发〔2025〕7号",
        "有效",
        "主动公开",
        "磁盘",
        "文本",
        "执法检查",
        "请认真执行",
        "检查表",
    ):
        assert words in html
    assert f"/cases/{row.case_id}/" in html


def test_what_stands_outside_the_body_is_not_shown(desk: Desk) -> None:
    text = f"{TITLE}\n各科室：请认真执行。"
    row = entry(desk, content=f"{text}\n批注：先别发", body_length=len(text))
    html = page(desk, f"/catalogue/{row.pk}/")
    assert "请认真执行" in html
    assert "先别发" not in html


def test_titles_summaries_and_texts_are_never_markup(desk: Desk) -> None:
    record = record_of(summary=f"概述{EVIL}", keywords=[f"词{EVIL}"])
    row = entry(desk, f"甲{EVIL}", content=f"{EVIL}\n正文{EVIL}", record=record)
    published = post(desk, f"/catalogue/{row.pk}/publish", channel="website", address=f"javascript:1{EVIL}")
    assert published.status_code == 302
    amend(desk, row, remark=f"备注{EVIL}", attachments=f"附件{EVIL}")
    for address in (f"/catalogue/{row.pk}/", "/catalogue/"):
        html = page(desk, address)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html
    assert "正文&lt;script&gt;" in page(desk, f"/catalogue/{row.pk}/")


def test_a_text_with_something_to_mask_is_not_shown(desk: Desk) -> None:
    text = f"{TITLE}\n联系人：王小明，手机 13900001111。"
    row = entry(desk, content=text, record=record_of(findings=[found(text, "王小明")]))
    html = page(desk, f"/catalogue/{row.pk}/")
    assert "王小明" not in html
    assert "13900001111" not in html
    assert "遮盖后另行公开" in html


def test_a_text_on_request_is_not_shown(desk: Desk) -> None:
    row = rows.CatalogueEntry.objects.get(index_number=decided(desk.ledger, TITLE, ON_REQUEST, content="正文一段"))
    html = page(desk, f"/catalogue/{row.pk}/")
    assert "正文一段" not in html
    assert "正文不公开：依申请公开" in html


def test_the_text_of_a_declassified_document_is_never_shown(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(
        desk.ledger.arrival(content="机密★1年\n原密件正文", lane="hold", status="non_public")
    )
    record = Particulars(record="保密局〔2025〕1号")
    take_step(desk.ledger, "赵主任", case_id, Intent(Action.DECLASSIFY, "已解密", particulars=record))
    take_step(desk.ledger, "李科员", case_id, Intent(Action.CHANGE, "可公开", PROACTIVE))
    take_step(desk.ledger, "赵主任", case_id, Intent(Action.AGREE))
    take_step(desk.ledger, "钱局长", case_id, Intent(Action.AGREE))
    row = rows.CatalogueEntry.objects.get()
    for name in ("李科员", "赵主任", "钱局长", "周信息员"):
        assert "原密件正文" not in page(desk, f"/catalogue/{row.pk}/", name)


def test_an_entry_out_of_force_shows_no_text_and_is_not_listed(desk: Desk) -> None:
    row = entry(desk, content="先前的正文")
    rows.CatalogueEntry.objects.update(in_force=False)
    html = page(desk, f"/catalogue/{row.pk}/")
    assert "先前的正文" not in html
    assert "这一条已撤下" in html
    assert row.title not in page(desk, "/catalogue/")


def test_a_retracted_entry_is_no_longer_listed_nor_changed(desk: Desk) -> None:
    row = entry(desk)
    reopen(desk.ledger, row.case_id, Reopening.RETRACTION)
    assert row.title not in page(desk, "/catalogue/")
    html = page(desk, f"/catalogue/{row.pk}/")
    assert "更正说明性内容" not in html
    assert amend(desk, row, title="新").status_code == 422


def test_an_entry_is_amended_and_its_history_says_what_changed(desk: Desk) -> None:
    row = entry(desk)
    assert amend(desk, row, remark="补记", carrier="paper").status_code == 302
    html = page(desk, f"/catalogue/{row.pk}/")
    for words in ("已更正", "补记", "载体类型：", "磁盘", "纸质", "补全", "周信息员"):
        assert words in html


@pytest.mark.parametrize(
    "name", ["status", "category", "index_number", "case_id", "document_id", "body_open", "valid", "id"]
)
def test_a_field_that_may_not_be_amended_is_refused_and_nothing_is_kept(desk: Desk, name: str) -> None:
    row = entry(desk)
    assert amend(desk, row, title="新名称", **{name: "on_request"}).status_code == 422
    row.refresh_from_db()
    assert (row.title, row.status, row.revisions.count()) == (TITLE, "proactive", 1)


def test_what_was_typed_stays_when_it_cannot_be_kept(desk: Desk) -> None:
    row = entry(desk)
    response = amend(desk, row, title="", remark="写了很久的备注", reason="写了理由")
    html = response.content.decode()
    assert response.status_code == 422
    for words in ("没有办成", "写了很久的备注", "写了理由"):
        assert words in html


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_a_change_needs_a_reason_of_a_sensible_length(desk: Desk, reason: str) -> None:
    row = entry(desk)
    assert amend(desk, row, title="新", reason=reason).status_code == 422
    assert post(desk, f"/catalogue/{row.pk}/retire", reason=reason).status_code == 422
    assert row.revisions.count() == 1


def test_who_amends_what_another_has_amended_meanwhile_is_told(desk: Desk) -> None:
    row = entry(desk)
    amend(desk, row, remark="先改的")
    assert amend(desk, row, "赵主任", revision="1", remark="后改的").status_code == 409
    row.refresh_from_db()
    assert row.remark == "先改的"


def test_a_retired_entry_stays_and_says_so(desk: Desk) -> None:
    row = entry(desk)
    assert post(desk, f"/catalogue/{row.pk}/retire", reason="已有新规定").status_code == 302
    assert "失效" in page(desk, "/catalogue/")
    assert "已有新规定" in page(desk, f"/catalogue/{row.pk}/")


def test_an_entry_is_published_on_two_channels_and_withdrawn_from_one(desk: Desk) -> None:
    row = entry(desk)
    for channel in ("website", "wechat"):
        response = post(desk, f"/catalogue/{row.pk}/publish", channel=channel, address="https://a.example/1")
        assert response.status_code == 302
    assert post(desk, f"/catalogue/{row.pk}/withdraw", channel="wechat").status_code == 302
    html = page(desk, f"/catalogue/{row.pk}/")
    assert "网站公开" in html
    assert "撤下" in html
    assert [one.withdrawn_on is None for one in rows.Publication.objects.order_by("id")] == [True, False]
    assert "全部 <b>1</b>" in page(desk, "/catalogue/")


@pytest.mark.parametrize(
    "fields",
    [
        {"channel": ""},
        {"channel": "pigeon"},
        {"day": "2020-01-01"},
        {"day": "2999-01-01"},
        {"day": "昨天"},
        {"address": "a" * 501},
    ],
    ids=str,
)
def test_a_publication_that_makes_no_sense_is_not_recorded(desk: Desk, fields: dict[str, str]) -> None:
    row = entry(desk)
    assert post(desk, f"/catalogue/{row.pk}/publish", **{"channel": "website", **fields}).status_code == 422
    assert not rows.Publication.objects.exists()


def test_who_keeps_nothing_is_offered_nothing(desk: Desk) -> None:
    row = entry(desk)
    for name in ("李科员", "钱局长"):
        html = page(desk, f"/catalogue/{row.pk}/", name)
        assert "更正说明性内容" not in html
        assert "登记公开渠道</summary>" not in html
