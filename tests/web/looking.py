"""Entries of the catalogue and the pages that show them, for tests."""

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponseBase

from reviewflow.records import models as rows
from tests.integration.deciding import decided
from tests.web.conftest import Desk

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"
TITLE = "关于开展秋季执法检查的通知"
EVERYBODY = ("李科员", "王科员", "赵主任", "钱局长", "周信息员", "孙管理员")


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
