"""Every page, every person, looking and acting: who is let in, and what an empty form gets.

A form that makes no sense is refused before anything is looked up: whether there is such a case, it does not tell.
"""

import pytest
from django.urls import get_resolver

from reviewflow.records import models as rows
from reviewflow.services.accounts.tokens import Scope, issue_token
from tests.integration.deciding import decide
from tests.web.conftest import Desk

# nobody is sent to sign in; a section sees its own; an administrator sees accounts and no review.
LOOKING = {
    "workbench": (302, 200, 200, 200, 200, 200, 302),
    "queue": (302, 200, 200, 200, 200, 200, 403),
    "confirm": (302, 302, 302, 302, 302, 302, 302),
    "sign": (302, 302, 302, 302, 302, 302, 302),
    "case": (302, 200, 404, 200, 200, 200, 404),
    "act": (302, 302, 302, 302, 302, 302, 302),
    "original": (302, 404, 404, 404, 404, 404, 404),
    "page-picture": (302, 404, 404, 404, 404, 404, 404),
    "review-form": (302, 200, 404, 200, 200, 200, 403),
    "upload": (302, 200, 200, 200, 200, 200, 200),
    "catalogue": (302, 200, 200, 200, 200, 200, 403),
    "catalogue-export": (302, 403, 403, 200, 200, 200, 403),
    "entry": (302, 200, 404, 200, 200, 200, 403),
    "amend-entry": (302, 405, 405, 405, 405, 405, 405),
    "retire-entry": (302, 405, 405, 405, 405, 405, 405),
    "publish-entry": (302, 405, 405, 405, 405, 405, 405),
    "withdraw-publication": (302, 405, 405, 405, 405, 405, 405),
    "register": (302, 200, 200, 200, 200, 200, 403),
    "register-export": (302, 403, 403, 200, 200, 200, 403),
    "rules": (302, 200, 200, 200, 200, 200, 200),
    "try-rules": (302, 200, 200, 200, 200, 200, 200),
    "rule": (302, 200, 200, 200, 200, 200, 200),
    "model": (302, 200, 200, 200, 200, 200, 200),
    "model-report": (302, 404, 404, 404, 404, 404, 404),
    "audit": (302, 403, 403, 200, 200, 200, 200),
    "help": (302, 200, 200, 200, 200, 200, 200),
    "me": (302, 200, 200, 200, 200, 200, 200),
    "password": (302, 405, 405, 405, 405, 405, 405),
    "token": (302, 405, 405, 405, 405, 405, 405),
    "end-token": (302, 405, 405, 405, 405, 405, 405),
    "people": (302, 403, 403, 403, 403, 403, 200),
    "people-change": (302, 405, 405, 405, 405, 405, 405),
    "healthy": (200, 200, 200, 200, 200, 200, 200),
    "login": (200, 200, 200, 200, 200, 200, 200),
    "logout": (302, 405, 405, 405, 405, 405, 405),
}
ACTING = {
    "workbench": (302, 405, 405, 405, 405, 405, 405),
    "queue": (302, 405, 405, 405, 405, 405, 405),
    "confirm": (302, 422, 422, 422, 422, 422, 422),
    "sign": (302, 422, 422, 422, 422, 422, 422),
    "case": (302, 405, 405, 405, 405, 405, 405),
    "act": (302, 422, 422, 422, 422, 422, 422),
    "original": (302, 405, 405, 405, 405, 405, 405),
    "page-picture": (302, 405, 405, 405, 405, 405, 405),
    "review-form": (302, 405, 405, 405, 405, 405, 405),
    "upload": (302, 422, 422, 422, 422, 422, 403),
    "catalogue": (302, 405, 405, 405, 405, 405, 405),
    "catalogue-export": (302, 403, 403, 422, 422, 422, 403),
    "entry": (302, 405, 405, 405, 405, 405, 405),
    "amend-entry": (302, 403, 403, 422, 403, 422, 403),
    "retire-entry": (302, 403, 403, 422, 403, 422, 403),
    "publish-entry": (302, 403, 403, 422, 403, 422, 403),
    "withdraw-publication": (302, 403, 403, 422, 403, 422, 403),
    "register": (302, 405, 405, 405, 405, 405, 405),
    "register-export": (302, 403, 403, 422, 422, 422, 403),
    "rules": (302, 405, 405, 405, 405, 405, 405),
    "try-rules": (302, 200, 200, 200, 200, 200, 200),
    "rule": (302, 405, 405, 405, 405, 405, 405),
    "model": (302, 405, 405, 405, 405, 405, 405),
    "model-report": (302, 405, 405, 405, 405, 405, 405),
    "audit": (302, 405, 405, 405, 405, 405, 405),
    "help": (302, 405, 405, 405, 405, 405, 405),
    "me": (302, 405, 405, 405, 405, 405, 405),
    "password": (302, 422, 422, 422, 422, 422, 422),
    "token": (302, 422, 422, 422, 422, 422, 422),
    "end-token": (302, 302, 404, 404, 404, 404, 404),
    "people": (302, 405, 405, 405, 405, 405, 405),
    "people-change": (302, 403, 403, 403, 403, 403, 422),
    "healthy": (405, 405, 405, 405, 405, 405, 405),
    "login": (403, 403, 403, 403, 403, 403, 403),
    "logout": (302, 302, 302, 302, 302, 302, 302),
}

PEOPLE = ("nobody", "李科员", "王科员", "赵主任", "钱局长", "周信息员", "孙管理员")


def addresses(desk: Desk) -> dict[str, str]:
    """Every page's address, for a document of 大气科: case 1 is decided, case 2 waits in the section."""
    decided, waiting = desk.ledger.admit(desk.ledger.arrival("甲的通知"), desk.ledger.arrival("乙的通知"))
    decide(desk.ledger, decided)
    issue_token(desk.ledger.office, desk.ledger.people["李科员"], "接口", {Scope.READ}, 30)
    entry = rows.CatalogueEntry.objects.get().pk
    token = rows.ApiToken.objects.get().pk
    return {
        "case": f"/cases/{waiting}/",
        "act": f"/cases/{waiting}/act",
        "original": f"/cases/{waiting}/original",
        "page-picture": f"/cases/{waiting}/pages/1.png",
        "review-form": f"/cases/{decided}/form.docx",
        "entry": f"/catalogue/{entry}/",
        "amend-entry": f"/catalogue/{entry}/amend",
        "retire-entry": f"/catalogue/{entry}/retire",
        "publish-entry": f"/catalogue/{entry}/publish",
        "withdraw-publication": f"/catalogue/{entry}/withdraw",
        "rule": "/rules/P01/",
        "end-token": f"/me/tokens/{token}/end",
    }


def names() -> dict[str, str]:
    """All pages by name with the plain addresses; those of the JSON interface have tests of their own."""
    return {
        str(pattern.name): f"/{pattern.pattern}"
        for pattern in get_resolver().url_patterns
        if getattr(pattern, "name", None)
    }


@pytest.mark.parametrize(("method", "table"), [("get", LOOKING), ("post", ACTING)], ids=["looking", "acting"])
def test_every_page_answers_every_person_as_the_table_says(
    desk: Desk, method: str, table: dict[str, tuple[int, ...]]
) -> None:
    known = addresses(desk)
    found = {}
    # Signing out comes last: it ends the sign-in of its browser.
    for name, plain in sorted(names().items(), key=lambda one: one[0] == "logout"):
        clients = [desk.nobody() if person == "nobody" else desk.as_(person) for person in PEOPLE]
        found[name] = tuple(getattr(client, method)(known.get(name, plain)).status_code for client in clients)
    assert found == table
    assert set(found) == set(names())
