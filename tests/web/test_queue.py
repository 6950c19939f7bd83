"""队列 and 我的工作台 as people see them."""

import re
from datetime import timedelta

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.clock import local_day
from reviewflow.domain.review import Action
from reviewflow.domain.signing import Intent
from reviewflow.records import models as rows
from reviewflow.services.catalogue.entries import retire_entry
from reviewflow.services.catalogue.publication import record_publication
from reviewflow.services.review.acts import sign_case
from tests.integration.deciding import ON_REQUEST, WITHHELD, decided
from tests.web.conftest import Desk


def queue(desk: Desk, name: str, query: str = "") -> str:
    response = desk.as_(name).get(f"/queue/?{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_person_is_shown_what_waits_for_him(desk: Desk) -> None:
    desk.ledger.admit(desk.ledger.arrival("甲的通知"))
    assert "甲的通知" in queue(desk, "李科员")
    assert "甲的通知" not in queue(desk, "赵主任")
    assert "甲的通知" not in queue(desk, "王科员", "view=open")
    assert "没有这样的件" in queue(desk, "赵主任")


def test_a_chosen_stage_is_shown_to_whoever_may_see_it(desk: Desk) -> None:
    desk.ledger.admit(desk.ledger.arrival("甲的通知"))
    assert "甲的通知" in queue(desk, "赵主任", "view=waiting&stage=section")


def test_pages_follow_one_another_without_gap(desk: Desk) -> None:
    desk.ledger.admit(*(desk.ledger.arrival(f"第{n:03}号通知") for n in range(120)))
    first = queue(desk, "李科员")
    assert "下一页" in first
    after = first.split("after=")[1].split('"')[0]
    second = queue(desk, "李科员", f"after={after}")
    listed = [set(re.findall(r'href="/cases/(\d+)/', page)) for page in (first, second)]
    assert [len(one) for one in listed] == [50, 50]
    assert not listed[0] & listed[1]


def test_every_list_of_choices_offers_its_choices(desk: Desk) -> None:
    html = queue(desk, "赵主任")
    for choice in ("等我办理", "在办", "停止", "退回补正", "机构职能", "依申请公开", "大气科"):
        assert choice in html


def test_the_clear_lane_is_signed_after_a_look_at_what_is_signed(desk: Desk) -> None:
    ids = desk.ledger.admit(*(desk.ledger.arrival(f"第{n}期简报") for n in range(3)))
    chosen = [f"{case_id}:1" for case_id in ids]
    page = desk.as_("李科员").post("/queue/confirm", {"case": chosen}).content.decode()
    assert "确认签字：3 件" in page
    assert "第2期简报" in page
    assert not rows.Signature.objects.exists()
    assert desk.as_("李科员").post("/queue/sign", {"case": chosen}).status_code == 302
    assert rows.Signature.objects.count() == 3
    assert "已签 3 件" in queue(desk, "李科员")


def test_bulk_signing_takes_no_case_of_another_lane_and_none_at_all_then(desk: Desk) -> None:
    (clear,) = desk.ledger.admit(desk.ledger.arrival("甲"))
    (odd,) = desk.ledger.admit(desk.ledger.arrival("乙", lane="attention"))
    for address in ("/queue/confirm", "/queue/sign"):
        assert desk.as_("李科员").post(address, {"case": [f"{clear}:1", f"{odd}:1"]}).status_code == 422
    assert not rows.Signature.objects.exists()


def test_the_workbench_tells_what_came_back_and_why(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival("甲的通知"))
    ledger = desk.ledger
    sign_case(ledger.office, ledger.people["李科员"], case_id, Intent(Action.AGREE))
    ledger.clock.at += timedelta(minutes=1)
    sign_case(ledger.office, ledger.people["赵主任"], case_id, Intent(Action.RETURN, "附件里有身份证号"))
    page = desk.as_("李科员").get("/").content.decode()
    assert "附件里有身份证号" in page
    assert "本月我签字 1 件" in page


def test_an_administrator_is_led_to_the_accounts(desk: Desk) -> None:
    assert desk.as_("孙管理员").get("/").headers["Location"] == "/people/"


def test_an_officer_is_told_what_is_due_and_what_is_published_nowhere(desk: Desk) -> None:
    desk.ledger.clock.at -= timedelta(days=1)
    number = decided(desk.ledger, "登在网站上的通知")
    record_publication(
        desk.ledger.office, desk.ledger.people["周信息员"], number, Channel.WEBSITE, local_day(desk.ledger.clock.at)
    )
    retired = decided(desk.ledger, "失效的通知")
    retire_entry(desk.ledger.office, desk.ledger.people["周信息员"], retired, "已有新规定")
    decided(desk.ledger, "依申请的通知", ON_REQUEST)
    for title in ("还没登的一号通知", "还没登的二号通知"):
        decided(desk.ledger, title)
    for title, days in (("甲的请示", 29), ("乙的请示", 40)):
        decided(desk.ledger, title, WITHHELD)
        reassess_on = local_day(desk.ledger.clock.at) + timedelta(days=days)
        rows.WithheldItem.objects.filter(case__title=title).update(reassess_on=reassess_on)
    page = desk.as_("周信息员").get("/").content.decode()
    assert "到期评估 1 件" in page
    assert "/register/?tab=due" in page
    assert "待登记公开 2 条" in page
    assert page.index("还没登的一号通知") < page.index("还没登的二号通知")
    for title in ("登在网站上的通知", "失效的通知", "依申请的通知"):
        assert title not in page
    assert "待登记公开" not in desk.as_("赵主任").get("/").content.decode()


def test_an_officer_with_nothing_to_keep_is_told_so(desk: Desk) -> None:
    page = desk.as_("周信息员").get("/").content.decode()
    assert "30 天内没有到期的不予公开信息。" in page
    assert "主动公开的都已登记公开形式。" in page


def test_what_somebody_else_has_signed_meanwhile_is_set_aside_before_anything_is_confirmed(desk: Desk) -> None:
    gone, left = desk.ledger.admit(desk.ledger.arrival("甲通知"), desk.ledger.arrival("乙通知"))
    person = desk.as_("李科员")
    person.post(f"/cases/{gone}/act", {"action": "agree", "version": "1"})
    page = person.post("/queue/confirm", {"case": [f"{gone}:1", f"{left}:1"]}).content.decode()
    assert "确认签字：1 件" in page
    assert "另有 1 件不签" in page
    assert (f'value="{left}:1"' in page, f'value="{gone}:' in page) == (True, False)
    nothing = person.post("/queue/confirm", {"case": [f"{gone}:1"]})
    assert nothing.status_code == 422
    assert "queue.none_left" in nothing.content.decode()


def test_a_refused_signing_of_several_says_that_none_was_signed_and_leads_to_the_queue(desk: Desk) -> None:
    gone, left = desk.ledger.admit(desk.ledger.arrival("甲通知"), desk.ledger.arrival("乙通知"))
    person = desk.as_("李科员")
    person.post(f"/cases/{gone}/act", {"action": "agree", "version": "1"})
    page = person.post("/queue/sign", {"case": [f"{left}:1", f"{gone}:1"]})
    assert page.status_code == 409
    assert "一件也没有签" in page.content.decode()
    assert "回到队列" in page.content.decode()
    assert rows.Signature.objects.count() == 1
