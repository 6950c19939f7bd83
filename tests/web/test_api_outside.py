"""What is refused before the interface is reached is told in its shape too."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client

from reviewflow.web.http.server_errors import answer_errors_in_json
from tests.web.conftest import Desk
from tests.web.waiting import asked, waitress_with

BOUND = 5_000


def said(response: Any) -> dict[str, str]:
    assert response.headers["Content-Type"] == "application/json"
    found: dict[str, str] = json.loads(response.content)
    return found


@pytest.mark.parametrize("address", ["/api/me", "/api/nothing", "/api/"])
def test_a_wrong_host_name_is_refused_in_json(desk: Desk, address: str) -> None:
    response = Client(SERVER_NAME="evil.example").get(address)
    told = said(response)
    assert (response.status_code, set(told)) == (400, {"code", "message", "hint"})
    assert told["code"] == "web.bad_request"
    assert "evil" not in json.dumps(told)


def test_a_wrong_host_name_is_refused_as_a_page_elsewhere_and_guarded_as_every_page(desk: Desk) -> None:
    for address in ("/login", "/apiary"):
        response = Client(SERVER_NAME="evil.example").get(address)
        assert (response.status_code, response.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]


def test_an_error_outside_of_the_views_is_told_in_json(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("很特别")

    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", broken)
    response = client.get("/api/me")
    assert (response.status_code, said(response)["code"]) == (500, "web.unexpected")
    assert "很特别" not in response.content.decode()


def test_a_script_of_a_page_is_told_that_the_sign_in_has_expired_and_where_to_sign_in(desk: Desk) -> None:
    response = desk.nobody().post("/upload/", {"section": "大气科"}, headers={"Accept": "application/json"})
    told = said(response)
    assert (response.status_code, told["code"], told["address"]) == (401, "login.required", "/login")
    assert desk.nobody().post("/upload/", {"section": "大气科"}).status_code == 302


def test_a_script_of_a_page_is_told_of_refusals_in_json_as_well(desk: Desk) -> None:
    asked = {"headers": {"Accept": "application/json"}}
    none_chosen = desk.as_("李科员").post("/upload/", {"section": "大气科"}, **asked)  # type: ignore[arg-type]
    assert (none_chosen.status_code, said(none_chosen)["code"]) == (422, "upload.none")
    elsewhere = desk.as_("李科员").post("/upload/", {"section": "水科"}, **asked)  # type: ignore[arg-type]
    assert (elsewhere.status_code, said(elsewhere)["code"]) == (403, "intake.not_yours")


@pytest.fixture
def port() -> Iterator[int]:
    """The real server with small bounds; nothing of the ledger is asked."""
    answer_errors_in_json()
    bounds = {"max_request_body_size": BOUND, "max_request_header_size": BOUND}
    with waitress_with(get_wsgi_application(), **bounds) as found:
        yield found


def test_a_body_beyond_the_servers_bound_is_refused_in_json(port: int) -> None:
    status, kind, content = asked(port, "/api/documents", bytes(BOUND + 1))
    assert (status, kind, json.loads(content)["code"]) == (413, "application/json", "api.too_large")
    status, kind, _ = asked(port, "/upload/", bytes(BOUND + 1))
    assert (status, kind) == (413, "text/plain; charset=utf-8")


def test_what_the_server_cannot_read_is_refused_in_json(port: int) -> None:
    status, kind, content = asked(port, "/api/me", **{"Transfer-Encoding": "strange"})
    assert (status >= 400, kind, set(json.loads(content))) == (True, "application/json", {"code", "message", "hint"})
