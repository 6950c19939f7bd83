"""审查页: everything needed to decide, and nothing that can be misused."""

import pytest

from reviewflow.records import models as rows
from tests.web.conftest import Desk


def page(desk: Desk, name: str, address: str) -> str:
    response = desk.as_(name).get(address)
    assert response.status_code == 200, response.content.decode()[-500:]
    return str(response.content.decode())


def sign(desk: Desk, name: str, case_id: int, **fields: str) -> int:
    version = rows.Case.objects.get(pk=case_id).version
    return desk.as_(name).post(f"/cases/{case_id}/act", {"action": "agree", "version": version, **fields}).status_code


def test_the_page_shows_text_proposal_and_days_left(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    html = page(desk, "李科员", f"/cases/{case_id}/")
    for words in ("关于开展秋季执法检查的通知", "机器建议", "业务动态", "主动公开", "工作日", "判断标准", "经过"):
        assert words in html


def test_three_people_decide_from_their_pages(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    for name in ("李科员", "赵主任", "钱局长"):
        assert sign(desk, name, case_id) == 302
    assert rows.Case.objects.get().stage == "decided"
    assert rows.CatalogueEntry.objects.get().index_number in page(desk, "周信息员", f"/cases/{case_id}/")


def test_after_signing_the_next_case_is_shown_with_what_was_done(desk: Desk) -> None:
    first, second = desk.ledger.admit(desk.ledger.arrival("甲"), desk.ledger.arrival("乙"))
    response = desk.as_("李科员").post(f"/cases/{first}/act", {"action": "agree", "version": "1"}, follow=True)
    assert response.redirect_chain[-1][0] == f"/cases/{second}/"
    assert f"第 {first} 件已同意" in response.content.decode()


def test_the_list_that_one_came_from_is_kept(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival(lane="attention"))
    html = page(desk, "李科员", f"/cases/{case_id}/?lane=attention")
    assert 'name="in_lane" value="attention"' in html


@pytest.mark.parametrize("filters", [{"in_section": "没有的科"}, {"in_text": "\u200b"}, {"in_lane": "没有的道"}])
def test_a_list_that_cannot_be_gone_on_with_is_refused_before_the_signature(
    desk: Desk, filters: dict[str, str]
) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    assert sign(desk, "李科员", case_id, **filters) == 422
    assert not rows.Signature.objects.exists()


def test_marks_and_text_are_never_markup(desk: Desk) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    (case_id,) = desk.ledger.admit(desk.ledger.arrival(f"甲{evil}", content=f"{evil}\n正文", source=f"{evil}.txt"))
    html = page(desk, "李科员", f"/cases/{case_id}/")
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;" in html


def test_a_stale_page_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    sign(desk, "李科员", case_id)
    response = desk.as_("赵主任").post(f"/cases/{case_id}/act", {"action": "agree", "version": "1"})
    assert response.status_code == 409
    assert "review.stale" in response.content.decode()
    assert f'href="/cases/{case_id}/"' in response.content.decode()
    assert rows.Signature.objects.count() == 1


def test_another_sections_case_is_not_found_by_its_number(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    for address in (f"/cases/{case_id}/", f"/cases/{case_id}/original", f"/cases/{case_id}/pages/1.png"):
        assert desk.as_("王科员").get(address).status_code == 404
    assert desk.as_("王科员").post(f"/cases/{case_id}/act", {"action": "agree", "version": "1"}).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"action": ""},
        {"action": "supersede"},
        {"action": "publish"},
        {"version": ""},
        {"version": "x"},
        {"version": "1" * 30},
        {"action": "change", "category": "nothing", "note": "x"},
        {"action": "change", "status": "secret", "note": "x"},
        {"note": "长" * 2001},
    ],
    ids=str,
)
def test_fields_that_make_no_sense_change_nothing(desk: Desk, fields: dict[str, str]) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    sent = {"action": "agree", "version": "1", **fields}
    assert desk.as_("李科员").post(f"/cases/{case_id}/act", sent).status_code == 422
    assert not rows.Signature.objects.exists()


def test_fields_that_are_not_the_forms_are_ignored(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    sent = {"action": "agree", "version": "1", "stage": "decided", "user": "3", "role": "director", "lane": "clear"}
    desk.as_("李科员").post(f"/cases/{case_id}/act", sent)
    signature = rows.Signature.objects.get()
    assert (signature.role, signature.stage, rows.Case.objects.get().stage) == ("section", "section", "office")


def test_a_get_signs_nothing(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    assert desk.as_("李科员").get(f"/cases/{case_id}/act?action=agree&version=1").status_code == 302
    assert not rows.Signature.objects.exists()


def test_split_opinions_stand_side_by_side_and_the_director_takes_a_side(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    sign(desk, "李科员", case_id)
    change = {"action": "change", "status": "non_public", "basis": "OGI19-15-PRIVACY", "note": "名单涉及个人"}
    assert sign(desk, "赵主任", case_id, **change) == 302
    html = page(desk, "钱局长", f"/cases/{case_id}/")
    assert "科室与办公室意见不一致" in html
    assert "名单涉及个人" in html
    assert sign(desk, "钱局长", case_id) == 422
    assert sign(desk, "钱局长", case_id, side="section") == 302
    assert rows.Case.objects.get().status == "proactive"


def test_the_beginning_of_a_reason_is_no_reason(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    desk.as_("李科员").post(f"/cases/{case_id}/act", {"action": "agree", "version": "1"})
    form = {"action": "return", "version": "2", "note": "法律依据不准："}
    page = desk.as_("赵主任").post(f"/cases/{case_id}/act", form)
    assert page.status_code == 422
    assert "理由只有开头" in page.content.decode()
    assert rows.Signature.objects.count() == 1
    desk.as_("赵主任").post(f"/cases/{case_id}/act", {**form, "note": "法律依据不准：应为第十五条"})
    assert rows.Signature.objects.count() == 2


def test_the_page_told_after_a_fault_leads_on_as_the_page_of_the_case_does(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    page = desk.as_("李科员").post(
        f"/cases/{case_id}/act", {"action": "change", "version": "1", "status": "non_public"}
    )
    assert page.status_code == 422
    assert 'href="?' not in page.content.decode()
    again = desk.as_("李科员").get(f"/cases/{case_id}/act")
    assert (again.status_code, again.headers["Location"]) == (302, f"/cases/{case_id}/")


def test_a_page_that_was_made_for_somebody_else_signs_nothing(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    form = {"action": "agree", "version": "1", "made_for": desk.ledger.people["赵主任"].id}
    for address in (f"/cases/{case_id}/act", "/queue/sign"):
        page = desk.as_("李科员").post(address, {**form, "case": f"{case_id}:1"})
        assert page.status_code == 409
        assert "这一页是别人登录时打开的，现在登录的是李科员" in page.content.decode()
    assert rows.Signature.objects.count() == 0
    shown = desk.as_("李科员").get(f"/cases/{case_id}/").content.decode()
    assert f'name="made_for" value="{desk.ledger.people["李科员"].id}"' in shown


def test_a_held_case_is_not_told_to_be_public_by_a_day(desk: Desk) -> None:
    (held,) = desk.ledger.admit(desk.ledger.arrival(lane="hold", status="non_public"))
    (clear,) = desk.ledger.admit(desk.ledger.arrival("乙的通知"))
    assert "前公开" not in desk.as_("李科员").get(f"/cases/{held}/").content.decode()
    assert "前公开" in desk.as_("李科员").get(f"/cases/{clear}/").content.decode()
