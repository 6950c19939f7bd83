"""What protects the desk, each protection tried from outside."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver

from reviewflow.domain.people import Role
from reviewflow.records import models as rows
from reviewflow.services.accounts.accounts import add_user, deactivate_account, grant_role
from reviewflow.web.forms.uploads import safe_name
from reviewflow.web.pages.sign_in import failed
from tests.web.conftest import Desk

PASSWORD = "kaifeng lvye huishui"


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    failed.forget("127.0.0.1")


def account(desk: Desk, username: str = "meng") -> None:
    """An account with a password, of 大气科."""
    sun = desk.ledger.people["孙管理员"]
    add_user(desk.ledger.office, sun, username, "孟科员", PASSWORD)
    grant_role(desk.ledger.office, sun, username, Role.SECTION, "大气科")


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    return client.post("/login", {"username": "meng", "password": password, **more}).status_code


def test_every_post_needs_the_token_of_its_form(desk: Desk) -> None:
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    strict.cookies = desk.as_("李科员").cookies
    for pattern in get_resolver().url_patterns:
        if getattr(pattern, "name", None) in ("act", "sign", "upload", "people-change", "logout", "token", "login"):
            address = re.sub(r"<int:\w+>", "1", f"/{pattern.pattern}")
            assert strict.post(address, {"action": "agree", "version": "1"}).status_code == 403
    assert not rows.Signature.objects.exists()


def test_a_sign_in_gets_a_cookie_that_nobody_knew_before(desk: Desk) -> None:
    account(desk)
    client = desk.nobody()
    client.get("/login")
    client.cookies["reviewflow"] = "planted"
    assert sign_in(client) == 302
    first = client.cookies["reviewflow"].value
    assert first != "planted"
    sign_in(client)
    assert client.cookies["reviewflow"].value != first


def test_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(desk: Desk) -> None:
    account(desk)
    client = desk.nobody()
    client.get("/login")
    sign_in(client)
    for name in ("reviewflow", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Strict"


def test_pages_run_no_script_but_the_desks_own_and_fit_in_no_frame(desk: Desk) -> None:
    for client in (desk.nobody(), desk.as_("李科员")):
        headers = client.get("/login").headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_templates_hold_no_inline_script_style_or_handler() -> None:
    folder = Path(__file__).resolve().parents[2] / "src/reviewflow/web/templates"
    for template in folder.rglob("*.html"):
        text = template.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|\|safe\b|javascript:", text), (
            template.name
        )


def test_an_unknown_host_name_is_refused(desk: Desk) -> None:
    assert Client(SERVER_NAME="evil.example").get("/login").status_code == 400


def test_one_is_led_back_within_the_desk_alone(desk: Desk) -> None:
    account(desk)
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        response = desk.nobody().post("/login", {"username": "meng", "password": PASSWORD, "next": elsewhere})
        assert response.headers["Location"] == "/"
    response = desk.nobody().post("/login", {"username": "meng", "password": PASSWORD, "next": "/queue/?lane=hold"})
    assert response.headers["Location"] == "/queue/?lane=hold"


def test_an_account_locks_after_some_failures(desk: Desk) -> None:
    account(desk)
    for _ in range(desk.ledger.office.settings.accounts.failures):
        assert sign_in(desk.nobody(), "wrong") == 403
    assert sign_in(desk.nobody()) == 403


def test_an_address_waits_after_many_failures(desk: Desk) -> None:
    statuses = [desk.nobody().post("/login", {"username": f"u{n}x", "password": "x"}).status_code for n in range(21)]
    assert statuses == [403] * 20 + [429]


def test_a_changed_role_or_a_closed_account_ends_the_sign_in(desk: Desk) -> None:
    account(desk)
    sun = desk.ledger.people["孙管理员"]
    client = desk.nobody()
    sign_in(client)
    assert client.get("/queue/").status_code == 200
    grant_role(desk.ledger.office, sun, "meng", Role.SECTION, "水科")
    assert client.get("/queue/").status_code == 302
    sign_in(client)
    assert client.get("/queue/").status_code == 200
    deactivate_account(desk.ledger.office, sun, "meng")
    assert client.get("/queue/").status_code == 302


def test_signing_out_ends_the_sign_in_for_a_copy_of_the_cookie_too(desk: Desk) -> None:
    account(desk)
    client = desk.nobody()
    sign_in(client)
    copy = desk.nobody()
    copy.cookies["reviewflow"] = client.cookies["reviewflow"].value
    assert copy.get("/queue/").status_code == 200
    client.post("/logout")
    assert copy.get("/queue/").status_code == 302


def test_a_forged_cookie_is_nobody(desk: Desk) -> None:
    client = desk.nobody()
    for value in ("", "x", "eyJ0b2tlbiI6ICJ4In0:1abc:def"):
        client.cookies["reviewflow"] = value
        assert client.get("/queue/").status_code == 302


def test_refused_attempts_are_in_the_audit_chain(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    desk.as_("王科员").get(f"/cases/{case_id}/")
    desk.as_("孙管理员").post(f"/cases/{case_id}/act", {"action": "agree", "version": "1"})
    desk.as_("李科员").post(f"/cases/{case_id}/act", {"action": "change", "status": "non_public", "version": "1"})
    noted = list(rows.AuditEntry.objects.filter(action="refused").values_list("actor", "subject", "details"))
    assert [one[:2] for one in noted] == [("王科员", "page:case"), ("孙管理员", "page:act"), ("李科员", "page:act")]
    assert f'"case_id":{case_id}' in noted[0][2]


def upload(desk: Desk, name: str, content: bytes) -> dict[str, object]:
    response = desk.as_("李科员").post(
        "/upload/", {"files": SimpleUploadedFile(name, content)}, headers={"Accept": "application/json"}
    )
    assert response.status_code == 200
    return dict(response.json()["files"][0])


def test_an_uploaded_page_is_text_here_and_a_download(desk: Desk) -> None:
    page = "<html><title>关于检查的通知</title><body><script>alert(1)</script><p>各科室：请按时开展秋季检查工作。</p></body></html>"
    sent = upload(desk, "通知.html", page.encode())
    assert sent["ok"]
    case_id = rows.Case.objects.get().pk
    assert b"<script>alert" not in desk.as_("李科员").get(f"/cases/{case_id}/").content
    original = desk.as_("李科员").get(f"/cases/{case_id}/original")
    assert original.content == page.encode()
    assert original.headers["Content-Type"] == "application/octet-stream"
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in original.headers["Content-Security-Policy"]


def test_a_file_is_what_its_content_says_and_not_its_suffix(desk: Desk) -> None:
    sent = upload(desk, "通知.docx", b"\x7fELF\x02\x01\x01" + bytes(200))
    assert not sent["ok"]
    assert not rows.Case.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/etc/shadow", "shadow"),
        ("a\x00b\x1b[31m.txt", "ab[31m.txt"),
        ("..", "文件"),
        ("", "文件"),
        ("通知.docx", "通知.docx"),
    ],
)
def test_a_files_name_is_a_name_and_no_path(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_suffix() -> None:
    assert safe_name("长" * 300 + ".docx").endswith("长.docx")
    assert len(safe_name("长" * 300 + ".docx")) == 120


def test_too_many_or_too_large_files_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(21)]
    assert desk.as_("李科员").post("/upload/", {"files": files}).status_code == 400
    monkeypatch.setattr("reviewflow.web.forms.uploads.MEGABYTE", 1)
    assert not upload(desk, "大.txt", b"x" * 100)["ok"]
    assert not rows.Case.objects.exists()


def test_nothing_is_uploaded_into_another_section(desk: Desk) -> None:
    file = SimpleUploadedFile("通知.txt", "关于检查的通知".encode())
    assert desk.as_("李科员").post("/upload/", {"files": file, "section": "水科"}).status_code == 403


def test_numbers_out_of_all_bounds_are_no_cases(desk: Desk) -> None:
    client = desk.as_("李科员")
    for number in (0, 2**63, 10**40):
        assert client.get(f"/cases/{number}/").status_code == 404
    for query in ("after=99999999999", "due_within=-1", "lane=x", "from=x"):
        assert client.get(f"/queue/?{query}").status_code in (200, 404, 422)


def test_production_settings_pass_djangos_own_check(tmp_path: Path, home: Path) -> None:
    from tests.integration.offices import make_home

    made = make_home(tmp_path / "home", home / "models", {"engine": "sqlite"})
    file = made / "configs" / "reviewflow.toml"
    file.write_text(file.read_text("utf-8").replace("behind_tls = false", "behind_tls = true"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={"DJANGO_SETTINGS_MODULE": "reviewflow.web.django_settings", "REVIEWFLOW_HOME": str(made), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


def test_fields_that_no_ledger_can_hold_are_refused_everywhere(desk: Desk) -> None:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival())
    client = desk.as_("李科员")
    assert client.get("/queue/?text=%00").status_code == 400
    assert client.post(f"/cases/{case_id}/act", {"action": "agree", "version": "1", "note": "a\0"}).status_code == 400
    assert desk.nobody().post("/login", {"username": "a\0", "password": "b"}).status_code == 400
    assert not rows.Signature.objects.exists()
