"""目录: what the public will see, what its keepers may change, and what nobody sees."""

import json
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.http import FileResponse, HttpResponseBase

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.review import Action, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.records import models as rows
from reviewflow.services.browsing import SIZE
from tests.integration.deciding import ON_REQUEST, PROACTIVE, WITHHELD, decided, reopen, take_step
from tests.integration.test_cataloguing import found, record_of
from tests.web.conftest import Desk

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
TITLE = "关于开展秋季执法检查的通知"


@pytest.fixture(autouse=True)
def signed_earlier(desk: Desk) -> None:
    """Cases are signed a minute apart, all of them on an earlier day than the pages are looked at."""
    desk.ledger.clock.at -= timedelta(days=2)


def entry(desk: Desk, title: str = TITLE, **changes: object) -> rows.CatalogueEntry:
    """An entry of 大气科."""
    return rows.CatalogueEntry.objects.get(index_number=decided(desk.ledger, title, **changes))  # type: ignore[arg-type]


def page(desk: Desk, address: str, name: str = "周信息员") -> str:
    response = desk.as_(name).get(address)
    assert response.status_code == 200, response.content.decode()[-500:]
    return str(response.content.decode())


def post(desk: Desk, where: str, name: str = "周信息员", /, **fields: str) -> "Response":
    return desk.as_(name).post(where, fields)


def amend(desk: Desk, row: rows.CatalogueEntry, name: str = "周信息员", **fields: str) -> "Response":
    sent = {"reason": "补全", "revision": str(row.revisions.count()), **fields}
    return post(desk, f"/catalogue/{row.pk}/amend", name, **sent)


def content(response: HttpResponseBase) -> bytes:
    assert isinstance(response, FileResponse)
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def test_the_catalogue_counts_its_categories_and_lists_the_newest_first(desk: Desk) -> None:
    entry(desk, "甲的通知")
    entry(desk, "乙的规划", category="plans")
    html = page(desk, "/catalogue/")
    assert html.index("乙的规划") < html.index("甲的通知")
    for counted in ("全部 <b>2</b>", "规划计划 <b>1</b>", "业务动态 <b>1</b>", "机构职能 <b>0</b>"):
        assert counted in html
    assert "甲的通知" not in page(desk, "/catalogue/?category=plans")


def test_what_is_given_on_request_and_what_is_withheld_is_not_in_the_public_catalogue(desk: Desk) -> None:
    decided(desk.ledger, "依申请的通知", ON_REQUEST)
    decided(desk.ledger, "不公开的请示", WITHHELD)
    html, on_request = page(desk, "/catalogue/"), page(desk, "/catalogue/?status=on_request")
    assert "依申请的通知" not in html
    assert "依申请的通知" in on_request
    assert "不公开的请示" not in html + on_request
    assert desk.as_("周信息员").get("/catalogue/?status=non_public").status_code == 400


def test_pages_follow_one_another_without_gap_or_repeat(desk: Desk) -> None:
    cases = desk.ledger.admit(*(desk.ledger.arrival(f"第{number}号通知") for number in range(SIZE + 7)))
    for number, case_id in enumerate(cases):
        day = desk.ledger.clock.at.date() - timedelta(days=number // 4)
        rows.CatalogueEntry.objects.create(
            case_id=case_id,
            document_id=case_id,
            index_number=f"n{number}",
            title=f"第{number}号",
            category="activities",
            status="proactive",
            carrier="disk",
            record_form="text",
            duty_department="局",
            formed_on=day,
            decided_on=day,
            changed_at=desk.ledger.clock.at,
        )
    first = page(desk, "/catalogue/")
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = page(desk, f"/catalogue/{following}")
    listed = [f"第{number}号" for number in range(SIZE + 7)]
    assert all((f">{title}<" in first) != (f">{title}<" in second) for title in listed)
    assert 'rel="next"' not in second


@pytest.mark.parametrize("after", ["x", "2025-11-03", "2025-99-03:1", "2025-11-03:x", f"2025-11-03:{'9' * 40}"])
def test_a_page_that_cannot_be_is_refused(desk: Desk, after: str) -> None:
    assert desk.as_("周信息员").get("/catalogue/", {"after": after}).status_code == 400


@pytest.mark.parametrize("words", ["秋季执法", "7号", "2025-0", "专项行动", "逐家"])
def test_an_entry_is_found_by_title_number_keyword_and_summary(desk: Desk, words: str) -> None:
    record = record_of(keywords=["专项行动"], summary="逐家检查。")
    row = entry(desk, doc_number="青环发〔2025〕7号", record=record, content="各科室：专项行动开始了。")
    rows.CatalogueEntry.objects.update(index_number="局/2025-00001")
    entry(desk, "别的规划")
    html = page(desk, f"/catalogue/?text={words}")
    assert row.title in html
    assert "别的规划" not in html
    assert "全部 <b>1</b>" in html


def test_what_is_searched_for_is_text_and_never_a_pattern_or_markup(desk: Desk) -> None:
    entry(desk)
    for words in ("%", "_", EVIL):
        html = desk.as_("周信息员").get("/catalogue/", {"text": words}).content.decode()
        assert TITLE not in html
        assert "<script>alert" not in html


def test_an_empty_catalogue_says_where_entries_come_from(desk: Desk) -> None:
    assert "三道审查都签字之后" in page(desk, "/catalogue/")


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
    assert amend(desk, row, title="新").status_code == 400


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
    assert amend(desk, row, title="新名称", **{name: "on_request"}).status_code == 400
    row.refresh_from_db()
    assert (row.title, row.status, row.revisions.count()) == (TITLE, "proactive", 1)


def test_what_was_typed_stays_when_it_cannot_be_kept(desk: Desk) -> None:
    row = entry(desk)
    response = amend(desk, row, title="", remark="写了很久的备注", reason="写了理由")
    html = response.content.decode()
    assert response.status_code == 400
    for words in ("没有办成", "写了很久的备注", "写了理由"):
        assert words in html


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_a_change_needs_a_reason_of_a_sensible_length(desk: Desk, reason: str) -> None:
    row = entry(desk)
    assert amend(desk, row, title="新", reason=reason).status_code == 400
    assert post(desk, f"/catalogue/{row.pk}/retire", reason=reason).status_code == 400
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
    assert post(desk, f"/catalogue/{row.pk}/publish", **{"channel": "website", **fields}).status_code == 400
    assert not rows.Publication.objects.exists()


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "xml", "html"])
def test_the_catalogue_is_sent_as_a_file_and_stands_in_the_audit_chain(desk: Desk, form: str) -> None:
    row = entry(desk)
    response = post(desk, "/catalogue/export", "钱局长", form=form, status="proactive", retired="1")
    sent = content(response)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"
    if form == "html":
        with ZipFile(BytesIO(sent)) as archive:
            sent = b"".join(archive.read(name) for name in archive.namelist())
    if form != "xlsx":
        assert row.title in sent.decode("utf-8", "replace")
    kept = rows.AuditEntry.objects.get(action="export")
    assert (kept.actor, json.loads(kept.details)["count"]) == ("钱局长", 1)


def test_what_goes_out_is_chosen_from_lists(desk: Desk) -> None:
    html = page(desk, "/catalogue/export?status=on_request")
    for words in ("Excel 表格", "全部五类", "机构职能", "业务动态", 'value="on_request" selected'):
        assert words in html


def test_an_export_takes_what_was_chosen_and_no_more(desk: Desk) -> None:
    entry(desk, "甲的通知")
    entry(desk, "乙的规划", category="plans")
    retired = entry(desk, "丙的规划", category="plans")
    post(desk, f"/catalogue/{retired.pk}/retire", reason="已废止")
    text = content(post(desk, "/catalogue/export", form="csv", category="plans")).decode()
    assert "乙的规划" in text
    assert "甲的通知" not in text
    assert "丙的规划" not in text


@pytest.mark.parametrize(
    "fields",
    [
        {"form": "exe"},
        {"form": "../x"},
        {"status": "non_public"},
        {"category": "secrets"},
        {"since": "x"},
        {"since": "2025-11-03", "until": "2025-11-01"},
    ],
    ids=str,
)
def test_an_export_that_makes_no_sense_leaves_no_trace(desk: Desk, fields: dict[str, str]) -> None:
    assert post(desk, "/catalogue/export", **{"form": "csv", **fields}).status_code == 400
    assert not rows.AuditEntry.objects.filter(action="export").exists()


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_review_form_is_sent_as_a_file(desk: Desk, form: str, start: bytes) -> None:
    row = entry(desk)
    response = desk.as_("李科员").get(f"/cases/{row.case_id}/form.{form}")
    assert content(response).startswith(start)
    assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("form", ["exe", "both", "docx%00", "..%2fpdf"])
def test_there_is_no_review_form_of_another_kind(desk: Desk, form: str) -> None:
    row = entry(desk)
    assert desk.as_("李科员").get(f"/cases/{row.case_id}/form.{form}").status_code == 404


EVERYBODY = ("李科员", "王科员", "赵主任", "钱局长", "周信息员", "孙管理员")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/catalogue/", (200, 200, 200, 200, 200, 403)),
        ("/catalogue/{entry}/", (200, 404, 200, 200, 200, 403)),
        ("/catalogue/export", (403, 403, 200, 200, 200, 403)),
        ("/cases/{case}/form.docx", (200, 404, 200, 200, 200, 403)),
        ("/cases/{case}/form.pdf", (200, 404, 200, 200, 200, 403)),
        ("/catalogue/{entry}/amend", (405,) * 6),
        ("/catalogue/{entry}/retire", (405,) * 6),
        ("/catalogue/{entry}/publish", (405,) * 6),
        ("/catalogue/{entry}/withdraw", (405,) * 6),
        ("/catalogue/999999999/", (404, 404, 404, 404, 404, 403)),
        (f"/catalogue/{10**30}/", (404, 404, 404, 404, 404, 403)),
    ],
)
def test_who_sees_what(desk: Desk, address: str, expected: tuple[int, ...]) -> None:
    row = entry(desk)
    where = address.format(entry=row.pk, case=row.case_id)
    assert tuple(desk.as_(name).get(where).status_code for name in EVERYBODY) == expected
    nobody = desk.nobody().get(where)
    assert (nobody.status_code, nobody.headers["Location"].split("?")[0]) == (302, "/login")


@pytest.mark.parametrize(
    ("address", "fields", "expected"),
    [
        ("/catalogue/", {}, (405,) * 6),
        ("/catalogue/{entry}/", {}, (405,) * 6),
        ("/catalogue/export", {"form": "csv"}, (403, 403, 200, 200, 200, 403)),
        ("/cases/{case}/form.pdf", {}, (405,) * 6),
        ("/catalogue/{entry}/amend", {"revision": "1", "remark": "记", "reason": "补"}, (403, 403, 302, 403, 302, 403)),
        ("/catalogue/{entry}/retire", {"reason": "废止"}, (403, 403, 302, 403, 302, 403)),
        ("/catalogue/{entry}/publish", {"channel": "website"}, (403, 403, 302, 403, 302, 403)),
        ("/catalogue/{entry}/withdraw", {"channel": "board"}, (403, 403, 302, 403, 302, 403)),
        ("/catalogue/999999999/amend", {"remark": "记", "reason": "补"}, (403, 403, 404, 403, 404, 403)),
    ],
)
def test_who_may_do_what(desk: Desk, address: str, fields: dict[str, str], expected: tuple[int, ...]) -> None:
    answers = []
    for number, name in enumerate(EVERYBODY):
        row = entry(desk, f"第{number}号通知")
        row.publications.create(channel=Channel.BOARD.value, published_on=row.decided_on, by="周信息员")
        answers.append(post(desk, address.format(entry=row.pk, case=row.case_id), name, **fields).status_code)
    assert tuple(answers) == expected


def test_another_sections_entries_are_not_listed(desk: Desk) -> None:
    entry(desk)
    assert TITLE not in page(desk, "/catalogue/", "王科员")
    assert TITLE in page(desk, "/catalogue/", "李科员")


def test_who_keeps_nothing_is_offered_nothing(desk: Desk) -> None:
    row = entry(desk)
    for name in ("李科员", "钱局长"):
        html = page(desk, f"/catalogue/{row.pk}/", name)
        assert "更正说明性内容" not in html
        assert "登记公开渠道</summary>" not in html
