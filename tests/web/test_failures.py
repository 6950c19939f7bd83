"""Pages that tell of failures: whom they still know, and that they stand when nothing else does."""

import pytest
from django.test import override_settings

from tests.web.conftest import Desk


def test_an_unknown_address_keeps_the_menu_of_whoever_is_signed_in(desk: Desk) -> None:
    page = desk.as_("李科员").get("/nothing/of/the/kind")
    assert page.status_code == 404
    assert "主菜单" in page.content.decode()
    assert "请从上方的菜单进入" in page.content.decode()


def test_an_unknown_address_tells_a_stranger_nothing(desk: Desk) -> None:
    page = desk.nobody().get("/nothing/of/the/kind")
    assert page.status_code == 404
    assert "主菜单" not in page.content.decode()
    assert "请核对网址，或回到首页" in page.content.decode()


@override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False)
def test_the_page_of_what_is_unforeseen_stands_when_the_office_does_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("no office")

    person = desk.as_("李科员")
    person.raise_request_exception = False
    for place in ("web.pages.queue", "web.http.requests", "web.context"):
        monkeypatch.setattr(f"reviewflow.{place}.office", broken)
    page = person.get("/queue/")
    assert page.status_code == 500
    assert "程序出错，这一步没有做" in page.content.decode()
    assert "no office" not in page.content.decode()


def test_the_manual_lists_its_chapters_and_every_entry_leads_to_one(desk: Desk) -> None:
    page = desk.as_("李科员").get("/help/").content.decode()
    chapters = page.count('<li><a href="#chapter-')
    assert chapters == page.count('<h2 id="chapter-') > 5
    assert all(f'href="#chapter-{number + 1}"' in page for number in range(chapters))
