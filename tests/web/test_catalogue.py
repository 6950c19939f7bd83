"""目录: what the public will see, the files of it, and who is let in."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from reviewflow.domain.catalogue import Channel
from reviewflow.records import models as rows
from reviewflow.services.catalogue.browse import SIZE
from tests.integration.deciding import ON_REQUEST, WITHHELD, decided
from tests.integration.test_cataloguing import record_of
from tests.web.conftest import Desk
from tests.web.looking import EVERYBODY, EVIL, TITLE, content, entry, page, post


@pytest.fixture(autouse=True)
def signed_earlier(desk: Desk) -> None:
    """Cases are signed a minute apart, all of them on an earlier day than the pages are looked at."""
    desk.ledger.clock.at -= timedelta(days=2)


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
    assert desk.as_("周信息员").get("/catalogue/?status=non_public").status_code == 422


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
    assert desk.as_("周信息员").get("/catalogue/", {"after": after}).status_code == 422


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
    assert post(desk, "/catalogue/export", **{"form": "csv", **fields}).status_code == 422
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
