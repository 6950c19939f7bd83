"""One press is one signature: keys held down, double presses, and letters that are typed sign nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from reviewflow.domain.clock import local_day, now
from reviewflow.domain.terms import Lane
from tests.e2e.browsers import Browsers
from tests.e2e.desks import opened
from tests.e2e.filling import bring_in
from tests.integration.offices import arrival

PATROLS = tuple(f"第{number}次河湖巡查情况" for number in "一二三四五")


@pytest.fixture(scope="module")
def office_home(empty: Path) -> Path:
    """Five documents before a section, due one after the other."""
    from django.db import connections

    office, people = opened(empty)
    today = local_day(now())
    for number, title in enumerate(PATROLS):
        document = arrival(title, lane=Lane.ATTENTION.value, formed_on=today - timedelta(days=9 - number))
        bring_in(office, people["王科员"], [document])
    connections.close_all()
    return empty


def heading(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.fixture
def wang(people: Browsers) -> Iterator[Page]:
    """王科员's page with the first document that waits."""
    page = people.of("王科员")
    page.goto("/")
    page.get_by_role("link", name=re.compile("河湖巡查")).first.click()
    yield page
    assert people.watch.complaints == []


def signatures(people: Browsers) -> int:
    """How many times something was sent to be signed."""
    return sum(request.endswith("/act") for request in people.watch.asked)


def settle(page: Page) -> None:
    """Wait until a page that opened after a signature listens again, and for anything that it might have begun."""
    page.wait_for_timeout(900)


def test_a_key_held_down_signs_one_case(people: Browsers, wang: Page) -> None:
    heading(wang, PATROLS[0])
    wang.keyboard.down("a")
    heading(wang, PATROLS[1])
    settle(wang)
    for _ in range(5):
        wang.keyboard.down("a")
    settle(wang)
    wang.keyboard.up("a")
    heading(wang, PATROLS[1])
    assert signatures(people) == 1


def test_two_quick_presses_or_clicks_sign_one_case(people: Browsers, wang: Page) -> None:
    held: list[Route] = []
    button = wang.get_by_role("button", name="同意")
    for number, twice in ((1, lambda: [wang.keyboard.press("a") for _ in "aa"]), (2, lambda: button.dblclick())):
        heading(wang, PATROLS[number])
        wang.route("**/act", lambda route: held.append(route))  # the answer takes longer than the second press
        twice()
        settle(wang)
        (waiting,) = held
        held.clear()
        waiting.continue_()
        heading(wang, PATROLS[number + 1])
        wang.unroute("**/act")
        wang.keyboard.press("a")  # and this one comes just after it
        button.click()
        settle(wang)
        heading(wang, PATROLS[number + 1])
        expect(wang.get_by_role("status")).to_contain_text("已同意")
    assert signatures(people) == 2


def test_letters_sign_nothing_while_they_are_typed_or_mean_something_else(people: Browsers, wang: Page) -> None:
    heading(wang, PATROLS[3])
    wang.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<div id=free contenteditable>甲</div>')"
    )
    for key in "cv":
        wang.keyboard.press(key)
        wang.keyboard.press("Escape")
    fields = ("#agree-note", "#change-note", "#change-status", "#bases input:visible", "[name=asked]", "#free")
    for field in (*fields, "button:has-text('签字：变更')"):
        wang.locator(field).first.focus()
        wang.keyboard.press("a")
        wang.keyboard.press("Escape")
    wang.evaluate("document.activeElement.blur()")
    for keys in ("Control+a", "Alt+a", "Meta+a"):
        wang.keyboard.press(keys)
    for composing in ("isComposing: true", "keyCode: 229"):
        wang.evaluate(
            f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: 'a', bubbles: true, {composing}}}))"
        )
    settle(wang)
    heading(wang, PATROLS[3])
    assert signatures(people) == 0
    wang.locator("#change-note").fill("")
    wang.get_by_role("link", name="下载原件").focus()
    wang.keyboard.press("a")
    heading(wang, PATROLS[4])
    assert signatures(people) == 1


def test_what_is_filled_in_elsewhere_is_not_lost_by_agreeing_unasked(people: Browsers, wang: Page) -> None:
    heading(wang, PATROLS[4])
    asked: list[str] = []
    wang.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    wang.keyboard.press("c")
    wang.locator("#change-status").select_option("non_public")
    wang.get_by_role("heading", level=1).click()
    wang.keyboard.press("a")
    wang.get_by_role("button", name="同意").click()
    settle(wang)
    assert len(asked) == 2
    assert "“变更”里填写的内容还没有签" in asked[0]
    assert signatures(people) == 0

    wang.locator("#change-note").fill("内部，不能公开")
    wang.get_by_role("button", name="签字：变更").click()  # without a basis: the page comes back, filled in
    expect(wang.get_by_role("alert")).to_contain_text("没有办成")
    expect(wang.locator("#change-category")).to_be_focused()
    wang.get_by_role("heading", level=1).click()
    wang.keyboard.press("a")
    settle(wang)
    assert len(asked) == 3
    assert signatures(people) == 1  # the one that was refused
    assert all("422" in one for one in people.watch.complaints)
    people.watch.complaints.clear()
