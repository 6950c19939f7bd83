"""The JSON interface: who is let in, what each token may do, and what is refused in words."""

import json
from datetime import timedelta

import pytest

from reviewflow.domain.clock import now
from reviewflow.pipeline import default_toolkit
from reviewflow.records import models as rows
from reviewflow.services.accounts.tokens import Scope, end_token
from reviewflow.web.api import limits
from tests.crashing import crashing_workbook
from tests.integration.deciding import ON_REQUEST, decided
from tests.web.conftest import ON_BOTH, Desk
from tests.web.programs import TITLE, Program, Told, a_case

pytestmark = ON_BOTH


def test_three_programs_decide_and_the_entry_is_in_the_catalogue(desk: Desk) -> None:
    case_id = a_case(desk)
    for version, name in enumerate(("李科员", "赵主任", "钱局长"), 1):
        told = Program(desk, name).act(case_id, version=version)
        assert (told.status, told.said["version"]) == (200, version + 1)
    assert told.said["stage"] == "decided"
    (entry,) = Program(desk, "周信息员").get("catalogue").said["entries"]
    assert (entry["index_number"], entry["title"]) == (told.said["number"], TITLE)


def test_the_queue_goes_on_after_its_last_case(desk: Desk) -> None:
    desk.ledger.admit(*(desk.ledger.arrival(f"第{number}号通知") for number in range(53)))
    program = Program(desk, "李科员", Scope.READ)
    first = program.get("queue").said
    second = program.get("queue", after=str(first["next_after"])).said
    ids = [one["id"] for one in first["cases"] + second["cases"]]
    assert len(set(ids)) == len(ids) == 53
    assert (first["counts"]["clear"], second["next_after"]) == (53, None)


def test_the_queue_takes_the_filters_of_the_page(desk: Desk) -> None:
    clear, attention = a_case(desk, title="甲"), a_case(desk, title="乙", lane="attention")
    program = Program(desk, "李科员", Scope.READ)
    for query, expected in (({"lane": "attention"}, [attention]), ({"text": "甲"}, [clear]), ({"split": "1"}, [])):
        assert [one["id"] for one in program.get("queue", **query).said["cases"]] == expected


def test_the_text_of_a_case_is_given_only_when_asked_for(desk: Desk) -> None:
    case_id = a_case(desk, content="正文一段，很特别。")
    program = Program(desk, "李科员", Scope.READ)
    plain, full = program.get(f"cases/{case_id}").said, program.get(f"cases/{case_id}", text="1").said
    assert "很特别" not in json.dumps(plain, ensure_ascii=False)
    assert (plain["text"], full["text"]["body"]) == (None, "正文一段，很特别。")
    assert (plain["version"], plain["proposal"]["status"]) == (1, "proactive")
    assert set(plain["actions"]) == {"agree", "change", "refer", "consult", "withdraw"}
    assert [step["name"] for step in plain["steps"]] == ["李科员"]


def test_a_submitted_file_is_queued_once(desk: Desk) -> None:
    default_toolkit.cache_clear()
    program = Program(desk, "李科员", Scope.SUBMIT)
    first, again = program.submit(), program.submit(name="另一个名字.txt")
    assert (first.status, first.said["known"]) == (201, False)
    assert (again.status, again.said["known"]) == (200, True)
    assert first.said["case"] == again.said["case"] == rows.Case.objects.get().pk


def test_search_finds_by_text(desk: Desk) -> None:
    case_id = a_case(desk, content="关于秸秆禁烧的事项。")
    found = Program(desk, "李科员", Scope.READ).get("search", text="秸秆禁烧").said
    assert [one["id"] for one in found["cases"]] == [case_id]
    assert not Program(desk, "王科员", Scope.READ).get("search", text="秸秆禁烧").said["cases"]


def test_who_one_is(desk: Desk) -> None:
    said = Program(desk, "李科员", Scope.READ).get("me").said
    assert (said["name"], said["scopes"]) == ("李科员", ["read"])
    assert [(one["role"], one["section"]) for one in said["roles"]] == [("section", "大气科")]


def test_the_description_is_open_to_all(desk: Desk) -> None:
    assert Told(desk.nobody().get("/api/openapi.json")).said["openapi"].startswith("3.")


ADDRESSES = (
    ("get", "queue", Scope.READ),
    ("get", "cases/1", Scope.READ),
    ("get", "search?text=x", Scope.READ),
    ("get", "catalogue", Scope.READ),
    ("get", "catalogue?format=csv", Scope.EXPORT),
    ("post", "documents", Scope.SUBMIT),
    ("post", "cases/1/actions", Scope.SIGN),
)


@pytest.mark.parametrize(("method", "address", "scope"), ADDRESSES)
def test_a_token_does_only_what_its_scopes_say(desk: Desk, method: str, address: str, scope: Scope) -> None:
    a_case(desk)
    others = Program(desk, "赵主任", *(one for one in Scope if one is not scope))
    response = getattr(others.client, method)(f"/api/{address}", headers=others.headers)
    assert Told(response).code == (403, "api.scope")
    own = Program(desk, "赵主任", scope)
    assert getattr(own.client, method)(f"/api/{address}", headers=own.headers).status_code != 403


@pytest.mark.parametrize(("method", "address", "scope"), [*ADDRESSES, ("get", "me", None)])
def test_without_a_token_nobody_is_let_in_not_even_signed_in(
    desk: Desk, method: str, address: str, scope: Scope | None
) -> None:
    for client in (desk.nobody(), desk.as_("赵主任")):
        told = Told(getattr(client, method)(f"/api/{address}"))
        assert told.code == (401, "api.no_token")
        assert told.response.headers["WWW-Authenticate"] == "Bearer"


def test_an_ended_and_an_expired_token_and_a_closed_account_are_refused(desk: Desk) -> None:
    ended, expired, closed = (Program(desk, name) for name in ("李科员", "赵主任", "钱局长"))
    end_token(desk.ledger.office, desk.ledger.people["李科员"], rows.ApiToken.objects.get(user__name="李科员").pk)
    rows.ApiToken.objects.filter(user__name="赵主任").update(expires_at=now() - timedelta(seconds=1))
    rows.User.objects.filter(name="钱局长").update(is_active=False)
    for program in (ended, expired, closed):
        assert program.get("me").code == (401, "token.invalid")


def test_a_token_is_no_cookie_and_opens_no_page(desk: Desk) -> None:
    program = Program(desk, "李科员")
    assert program.client.get("/queue/", headers=program.headers).status_code == 302
    assert not program.get("me").response.cookies


def test_another_sections_case_is_as_good_as_none(desk: Desk) -> None:
    case_id = a_case(desk)
    program = Program(desk, "王科员")
    for told in (program.get(f"cases/{case_id}"), program.act(case_id), program.get("queue", after=str(case_id))):
        assert told.code == (404, "review.no_case")
    assert program.get(f"cases/{case_id}").said["message"].replace(str(case_id), "99") == program.get("cases/99").said["message"]  # fmt: skip
    assert not rows.Signature.objects.exists()


def test_nobody_submits_for_another_section(desk: Desk) -> None:
    assert Program(desk, "王科员").submit(section="大气科").code == (403, "intake.not_yours")
    assert Program(desk, "赵主任").submit().code == (422, "intake.which_section")
    assert not rows.Document.objects.exists()


def test_a_file_that_ends_its_process_is_refused_and_the_next_one_taken(desk: Desk) -> None:
    program = Program(desk, "李科员")
    assert program.submit(crashing_workbook(), "表.xls").code == (422, "documents.refused")
    assert not rows.Document.objects.exists()
    assert program.submit().status == 201


def test_an_administrator_sees_and_signs_nothing(desk: Desk) -> None:
    case_id = a_case(desk)
    program = Program(desk, "孙管理员")
    assert program.get("me").status == 200
    for told in (program.get("queue"), program.get("catalogue"), program.get("search", text="通知"), program.submit(section="大气科")):  # fmt: skip
        assert told.code == (403, "review.administrator")
    assert program.get("catalogue", format="csv").code == (403, "permission.denied")
    assert program.get(f"cases/{case_id}").status == program.act(case_id).status == 404
    assert not rows.Signature.objects.exists()


def test_a_stale_version_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    case_id = a_case(desk)
    assert Program(desk, "李科员").act(case_id).status == 200
    assert Program(desk, "赵主任").act(case_id).code == (409, "review.stale")
    assert rows.Signature.objects.count() == 1


def test_what_the_review_forbids_is_said_in_its_words(desk: Desk) -> None:
    held = a_case(desk, lane="hold")
    program = Program(desk, "李科员")
    assert program.act(held).code == (422, "review.hold")
    assert program.act(held, "return", note="x").code == (422, "review.not_now")
    assert program.act(held, "change", status="non_public", note="x").code == (422, "review.no_basis")


def test_a_file_of_the_catalogue_is_kept_on_record_and_holds_the_public_entries_alone(desk: Desk) -> None:
    desk.ledger.clock.at -= timedelta(days=2)
    decided(desk.ledger, "公开的通知")
    decided(desk.ledger, "依申请的通知", ON_REQUEST)
    program = Program(desk, "周信息员", Scope.EXPORT)
    for form in ("csv", "json", "xml", "xlsx"):
        response = program.client.get("/api/catalogue", {"format": form}, headers=program.headers)
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert form == "xlsx" or ("公开的通知".encode() in content and "依申请的通知".encode() not in content)
    assert rows.AuditEntry.objects.filter(action="export", actor="周信息员").count() == 4


def test_other_methods_and_addresses_are_refused_in_json(desk: Desk) -> None:
    program = Program(desk, "李科员")
    for method in ("put", "patch", "delete", "options", "trace"):
        told = Told(getattr(program.client, method)("/api/queue", headers=program.headers))
        assert told.code == (405, "api.method")
        assert told.response.headers["Allow"] == "GET"
    assert program.get("cases/1/actions").code == (405, "api.method")
    for address in ("", "nothing", "cases/1/", "cases/1/x", "queue/", "../queue/"):
        assert program.get(address).code == (404, "api.not_found")
    assert Told(desk.nobody().post("/api/nothing")).code == (404, "api.not_found")


def test_one_token_and_one_address_are_slowed_down_and_told_for_how_long(desk: Desk) -> None:
    program = Program(desk, "李科员")
    answers = [program.get("me") for _ in range(limits.of_token.most + 1)]
    assert {one.status for one in answers[:-1]} == {200}
    assert answers[-1].code == (429, "api.too_often")
    assert 1 <= int(answers[-1].response.headers["Retry-After"]) <= 61
    assert Program(desk, "李科员").get("me").status == 200
    for _ in range(limits.of_address.most):
        last = Told(desk.nobody().get("/api/openapi.json"))
    assert last.code == (429, "api.too_often")
    assert Told(desk.nobody().get("/api/nothing")).code == (429, "api.too_often")


def test_guessing_tokens_is_on_record_and_ends_soon(desk: Desk) -> None:
    program = Program(desk, "李科员")
    program.token = "guessed"
    told = [program.get("me").code for _ in range(limits.of_wrong_tokens.most + 1)]
    assert set(told[:-1]) == {(401, "token.invalid")}
    assert told[-1] == (429, "api.too_often")
    assert Program(desk, "李科员").get("me").status == 200
    assert rows.AuditEntry.objects.filter(action="refused", actor="未知账号").count() == limits.of_wrong_tokens.most
    assert "guessed" not in str(list(rows.AuditEntry.objects.values()))


def test_refused_attempts_are_on_record(desk: Desk) -> None:
    case_id = a_case(desk)
    Program(desk, "王科员").get(f"cases/{case_id}")
    Program(desk, "李科员", Scope.READ).act(case_id)
    written = rows.AuditEntry.objects.filter(action="refused").order_by("sequence")
    assert [(one.actor, one.subject) for one in written] == [
        ("王科员", "page:api-case"),
        ("李科员", "page:api-actions"),
    ]
    assert [json.loads(one.details)["code"] for one in written] == ["review.no_case", "api.scope"]


def test_errors_hold_no_text_of_the_document(desk: Desk) -> None:
    case_id = a_case(desk, title="很特别的标题", content="很特别的正文", lane="hold")
    said = Program(desk, "李科员").act(case_id).said
    assert "很特别" not in json.dumps(said, ensure_ascii=False)


def test_what_is_unforeseen_is_told_as_json_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("很特别")

    monkeypatch.setattr("reviewflow.web.api.case_endpoints.view_of", broken)
    told = Program(desk, "李科员").get(f"cases/{a_case(desk)}")
    assert told.code == (500, "api.unexpected")
    assert "很特别" not in json.dumps(told.said, ensure_ascii=False)
