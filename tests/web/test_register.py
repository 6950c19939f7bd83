"""登记簿: what is withheld, until when, and who may see it."""

import json
from datetime import timedelta

import pytest

from reviewflow.domain.clock import local_day, now
from reviewflow.domain.review import Action, Decision, Particulars, Reopening
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Status
from reviewflow.records import models as rows
from tests.integration.deciding import ON_REQUEST, WITHHELD, decided, take_step
from tests.web.conftest import Desk
from tests.web.looking import EVERYBODY, EVIL, content, page, post

SAFETY = Decision(Category.ACTIVITIES, Status.NON_PUBLIC, ("OGI19-14-3SAFE1STABLE",))


@pytest.fixture(autouse=True)
def signed_earlier(desk: Desk) -> None:
    """Cases are signed a minute apart, all of them on an earlier day than the pages are looked at."""
    desk.ledger.clock.at -= timedelta(days=2)


def test_the_register_shows_number_basis_reason_and_the_day_to_look_again(desk: Desk) -> None:
    number = decided(desk.ledger, "不公开的请示", WITHHELD, doc_number="青环文〔2025〕9号")
    html = page(desk, "/register/", "李科员")
    for words in (number, "不公开的请示", "青环文〔2025〕9号", "第十五条", "涉及个人", "还有", "内部登记簿，不得公开"):
        assert words in html
    assert f"/cases/{rows.WithheldItem.objects.get().case_id}/" in html


def test_each_part_leads_to_the_others(desk: Desk) -> None:
    for tab in ("withheld", "due", "on_request"):
        html = page(desk, f"/register/?tab={tab}")
        for words in ("不予公开登记簿</a>", "到期评估</a>", "依申请公开目录</a>", "导出…"):
            assert words in html
    assert "导出…" not in page(desk, "/register/", "李科员")


def test_what_is_given_on_request_has_a_list_of_its_own(desk: Desk) -> None:
    decided(desk.ledger, "依申请的通知", ON_REQUEST)
    decided(desk.ledger, "主动公开的通知")
    html = page(desk, "/register/?tab=on_request")
    assert "依申请的通知" in html
    assert "主动公开的通知" not in html
    assert "依申请的通知" not in page(desk, "/register/?tab=on_request&text=没有的词")


def test_what_is_due_stands_first_and_says_how_late_it_is(desk: Desk) -> None:
    decided(desk.ledger, "过期的请示", WITHHELD)
    decided(desk.ledger, "快到期的请示", WITHHELD)
    decided(desk.ledger, "还早的请示", WITHHELD)
    today = local_day(now())
    for title, days in (("过期的请示", -3), ("快到期的请示", 20), ("还早的请示", 200)):
        rows.WithheldItem.objects.filter(case__title=title).update(reassess_on=today + timedelta(days=days))
    html = page(desk, "/register/?tab=due")
    assert html.index("过期的请示") < html.index("快到期的请示")
    for words in ("已过期 3 天", "还有 20 天", "去重新评估", "第十八条"):
        assert words in html
    assert "还早的请示" not in html
    assert "还早的请示" in page(desk, "/register/?tab=due&days=365")
    assert "快到期的请示" not in page(desk, "/register/?tab=due&days=0")
    assert "去重新评估" not in page(desk, "/register/?tab=due", "李科员")


def test_an_item_that_is_opened_again_and_published_leaves_the_register(desk: Desk) -> None:
    decided(desk.ledger, "不公开的请示", WITHHELD)
    case_id = rows.Case.objects.get().pk
    again = Particulars(reopening=Reopening.REASSESSMENT)
    take_step(desk.ledger, "赵主任", case_id, Intent(Action.REOPEN, "情势变化", particulars=again))
    public = Decision(Category.ACTIVITIES, Status.PROACTIVE)
    take_step(desk.ledger, "李科员", case_id, Intent(Action.CHANGE, "可公开", public))
    for name in ("赵主任", "钱局长"):
        take_step(desk.ledger, name, case_id, Intent(Action.AGREE))
    assert "不公开的请示" not in page(desk, "/register/")


def test_days_and_basis_narrow_the_register(desk: Desk) -> None:
    decided(desk.ledger, "涉及个人的请示", WITHHELD)
    decided(desk.ledger, "涉及安全的请示", SAFETY)
    html = page(desk, "/register/?basis=OGI19-14-3SAFE1STABLE")
    assert "涉及安全的请示" in html
    assert "涉及个人的请示" not in html
    assert "没有这样的信息" in page(desk, "/register/?until=2001-01-01")


@pytest.mark.parametrize(
    "query", ["basis=none", "after=x", "since=x", "since=2025-02-30", "tab=secrets", "tab=on_request&after=x"]
)
def test_conditions_that_make_no_sense_are_refused(desk: Desk, query: str) -> None:
    assert desk.as_("周信息员").get(f"/register/?{query}").status_code == 422


def test_pages_follow_one_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviewflow.services.catalogue.register.SIZE", 2)
    numbers = [decided(desk.ledger, f"第{number}号请示", WITHHELD) for number in range(3)]
    first = page(desk, "/register/")
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = page(desk, f"/register/{following}")
    assert [(number in first, number in second) for number in numbers] == [(True, False), (True, False), (False, True)]


def test_titles_and_reasons_are_never_markup(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival(f"甲{EVIL}"))
    take_step(desk.ledger, "李科员", case_id, Intent(Action.CHANGE, f"理由{EVIL}", WITHHELD))
    for name in ("赵主任", "钱局长"):
        take_step(desk.ledger, name, case_id, Intent(Action.AGREE))
    rows.WithheldItem.objects.update(reassess_on=desk.ledger.clock.at.date())
    for address in ("/register/", "/register/?tab=due"):
        html = page(desk, address)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "理由&lt;script&gt;" in html


def test_the_text_of_what_is_withheld_is_on_no_page(desk: Desk) -> None:
    decided(desk.ledger, "不公开的请示", WITHHELD, content="机密★1年\n不能说的正文", lane="hold")
    for tab in ("withheld", "due", "on_request"):
        assert "不能说的正文" not in page(desk, f"/register/?tab={tab}")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_register_is_sent_as_a_file_that_says_that_it_is_internal(desk: Desk, form: str) -> None:
    decided(desk.ledger, "不公开的请示", WITHHELD)
    response = post(desk, "/register/export", "赵主任", form=form)
    sent = content(response)
    assert response.headers["Content-Disposition"].startswith("attachment")
    if form == "csv":
        assert "内部登记簿，不得公开" in sent.decode()
        assert "不公开的请示" in sent.decode()
    kept = rows.AuditEntry.objects.get(action="register_export")
    assert (kept.actor, json.loads(kept.details)["count"]) == ("赵主任", 1)


@pytest.mark.parametrize("fields", [{"form": "html"}, {"form": ""}, {"basis": "none"}, {"since": "x"}], ids=str)
def test_an_export_that_makes_no_sense_leaves_no_trace(desk: Desk, fields: dict[str, str]) -> None:
    assert post(desk, "/register/export", **{"form": "csv", **fields}).status_code == 422
    assert not rows.AuditEntry.objects.filter(action="register_export").exists()


@pytest.mark.parametrize(
    ("method", "address", "expected"),
    [
        ("get", "/register/", (200, 200, 200, 200, 200, 403)),
        ("get", "/register/?tab=due", (200, 200, 200, 200, 200, 403)),
        ("get", "/register/?tab=on_request", (200, 200, 200, 200, 200, 403)),
        ("get", "/register/export", (403, 403, 200, 200, 200, 403)),
        ("post", "/register/", (405,) * 6),
        ("post", "/register/export", (403, 403, 200, 200, 200, 403)),
    ],
)
def test_who_may_see_the_register(desk: Desk, method: str, address: str, expected: tuple[int, ...]) -> None:
    decided(desk.ledger, "不公开的请示", WITHHELD)
    fields = {"form": "csv"} if method == "post" else {}
    answers = [getattr(desk.as_(name), method)(address, fields) for name in EVERYBODY]
    assert tuple(answer.status_code for answer in answers) == expected
    assert getattr(desk.nobody(), method)(address, fields).status_code == 302


def test_another_sections_items_are_not_listed(desk: Desk) -> None:
    decided(desk.ledger, "不公开的请示", WITHHELD)
    decided(desk.ledger, "依申请的通知", ON_REQUEST)
    for tab in ("withheld", "due&days=365", "on_request"):
        html = page(desk, f"/register/?tab={tab}", "王科员")
        assert "不公开的请示" not in html
        assert "依申请的通知" not in html
