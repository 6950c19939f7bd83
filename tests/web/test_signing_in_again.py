"""A sign-in that has expired: what is said, where one goes on, and what of it reaches the audit chain."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve

from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.web.http.refusals import record_refused_request
from tests.web.conftest import Desk

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

UNSENT = "登录已到期，刚才的没有提交。请重新登录。"
EXPIRED = "登录已到期。请重新登录。"


def expired(desk: Desk, name: str = "李科员") -> Client:
    """The browser of somebody whose sign-in has ended."""
    client = desk.as_(name)
    rows.SignIn.objects.filter(user__name=name).update(ended_at=desk.ledger.clock.at)
    return client


def asked(response: "Response") -> dict[str, list[str]]:
    """What the address of the sign-in carries."""
    there = urlsplit(response.headers["Location"])
    assert (response.status_code, there.netloc, there.path) == (302, "", "/login")
    return parse_qs(there.query)


@pytest.mark.parametrize(
    ("sent_to", "goes_on_at"),
    [
        ("/cases/17/act", ["/cases/17/"]),
        ("/queue/confirm", ["/queue/"]),
        ("/queue/sign", ["/queue/"]),
        ("/upload/", None),
        ("/me/password", None),
    ],
)
def test_a_form_sent_too_late_is_told_to_be_unsent_and_leads_back_to_its_page(
    desk: Desk, sent_to: str, goes_on_at: list[str] | None
) -> None:
    client = expired(desk)
    response = client.post(sent_to, {"action": "agree", "version": "1"})
    assert asked(response).get("next") == goes_on_at
    page = client.get(response.headers["Location"]).content.decode()
    assert UNSENT in page
    assert f'name="next" value="{goes_on_at[0] if goes_on_at else ""}"' in page


def test_whoever_signs_out_too_late_has_lost_nothing(desk: Desk) -> None:
    assert asked(expired(desk).post("/logout")) == {}


def test_a_page_asked_for_too_late_says_that_the_sign_in_has_expired(desk: Desk) -> None:
    client = expired(desk)
    response = client.get("/queue/?lane=hold")
    assert asked(response) == {"next": ["/queue/?lane=hold"], "expired": ["1"]}
    page = client.get(response.headers["Location"]).content.decode()
    assert EXPIRED in page
    assert UNSENT not in page


def test_a_stranger_is_told_of_no_sign_in_that_expired(desk: Desk) -> None:
    assert asked(desk.nobody().get("/queue/")) == {"next": ["/queue/"]}
    assert "登录已到期" not in desk.nobody().get("/login").content.decode()


def test_the_address_of_the_sign_in_brings_no_words_of_its_own(desk: Desk) -> None:
    page = desk.nobody().get("/login?expired=<b>很特别").content.decode()
    assert "很特别" not in page
    assert "登录已到期" not in page


def test_what_is_refused_before_anybody_looked_who_is_signed_in_is_noted_of_them(desk: Desk) -> None:
    client = desk.as_("李科员")
    request = RequestFactory().post("/cases/17/act")
    request.session = client.session
    request.resolver_match = resolve("/cases/17/act")
    record_refused_request(request, ReviewflowError("web.form_expired", "这张表单已失效，没有提交。"))
    noted = rows.AuditEntry.objects.get(action="refused")
    assert (noted.actor, noted.subject) == ("李科员", "page:act")
    assert noted.details == '{"case_id":17,"code":"web.form_expired"}'


def test_a_form_without_its_token_from_a_stranger_is_noted_of_nobody(desk: Desk) -> None:
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    assert strict.post("/login", {"username": "li", "password": "x"}).status_code == 403
    assert not rows.AuditEntry.objects.exists()


def test_fields_that_no_ledger_can_hold_are_in_the_audit_chain(desk: Desk) -> None:
    assert desk.as_("李科员").get("/queue/?text=%00").status_code == 400
    assert desk.nobody().get("/login?next=%00").status_code == 400
    (noted,) = rows.AuditEntry.objects.filter(action="refused")
    assert (noted.actor, noted.subject, noted.details) == ("李科员", "page:queue", '{"code":"web.field"}')


def test_a_form_without_its_token_is_in_the_audit_chain_as_well(desk: Desk) -> None:
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.cookies = desk.as_("李科员").cookies
    assert strict.post("/cases/17/act", {"action": "agree", "version": "1"}).status_code == 403
    noted = rows.AuditEntry.objects.get(action="refused")
    assert (noted.actor, noted.subject) == ("李科员", "page:act")
    assert noted.details == '{"case_id":17,"code":"web.form_expired"}'
