"""The desk by keyboard alone, and the essential path without JavaScript."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reviewflow.domain.clock import local_day, now
from reviewflow.domain.terms import Lane
from tests.e2e.browsers import Browsers, sign_in
from tests.e2e.desks import PASSWORD, SAMPLES, Served, opened
from tests.e2e.filling import bring_in
from tests.e2e.pages import PENALTY
from tests.integration.offices import arrival

TITLES = tuple(f"第{number}期水环境质量状况" for number in "一二三四五六")
_MOST_TABS = 60


@pytest.fixture(scope="module")
def office_home(empty: Path) -> Path:
    """Six documents before the section, due one after the other; two of another section before the office."""
    from django.db import connections

    from reviewflow.domain.review import Action
    from reviewflow.domain.signing import Intent
    from reviewflow.services.review.acts import sign_case

    office, people = opened(empty)
    today = local_day(now())
    for number, title in enumerate(TITLES):
        document = arrival(title, lane=Lane.ATTENTION.value, formed_on=today - timedelta(days=9 - number))
        bring_in(office, people["李科员"], [document])
    for title in ("饮用水水源水质报告", "入河排污口名单"):
        (case_id,) = bring_in(office, people["王科员"], [arrival(title)])
        sign_case(office, people["王科员"], case_id, Intent(Action.AGREE))
    connections.close_all()
    return empty


def focused(page: Page) -> str:
    """The words on what has the focus. Whatever has it shows it."""
    told = page.evaluate(
        """() => {
            const node = document.activeElement;
            const style = getComputedStyle(node), box = node.getBoundingClientRect();
            const label = node.labels && node.labels.length ? node.labels[0].innerText : "";
            return {
                words: (node.getAttribute("aria-label") || label || node.innerText || node.value || node.tagName).trim(),
                shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
                inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
                plain: node === document.body || node.id === "main",
            };
        }"""
    )
    assert told["plain"] or (told["shown"] and told["inside"]), told
    return str(told["words"])


def tab_to(page: Page, words: str, backwards: bool = False) -> list[str]:
    """Press Tab until what says these words has the focus; gives what was passed on the way."""
    passed = []
    for _ in range(_MOST_TABS):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        passed.append(focused(page))
        if re.search(words, passed[-1]):
            return passed
    raise AssertionError(f"no way by Tab to {words}: {passed}")


def heading(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.fixture(scope="module")
def li(browser: Browser, served: Served) -> Iterator[Page]:
    """李科员's page; nothing of these tests touches the mouse."""
    browsers = Browsers(browser, served.address)
    yield browsers.nobody()
    assert browsers.watch.complaints == []
    assert browsers.watch.elsewhere == []
    browsers.close()


def test_signing_in_needs_no_mouse(li: Page) -> None:
    li.goto("/")
    assert focused(li) == "用户名"
    li.keyboard.type("li")
    li.keyboard.press("Tab")
    assert focused(li) == "密码"
    li.keyboard.type(PASSWORD)
    li.keyboard.press("Enter")
    heading(li, "李科员的工作台")


def test_tabs_go_through_a_page_from_the_top_to_the_list(li: Page) -> None:
    assert tab_to(li, TITLES[0])[:4] == ["跳到正文", "我的工作台", "队列", "上传"]
    li.goto("/queue/")
    tab_to(li, "跳到正文")
    li.keyboard.press("Enter")
    assert tab_to(li, "筛选")[0].startswith("查找")


def test_slash_searches_and_enter_opens(li: Page) -> None:
    li.goto("/queue/")
    li.keyboard.press("/")
    assert focused(li).startswith("查找")
    li.keyboard.type("水环境")
    li.keyboard.press("Enter")
    li.wait_for_url(re.compile("text="))
    tab_to(li, TITLES[0])
    li.keyboard.press("Enter")
    heading(li, TITLES[0])


def test_j_and_k_go_on_and_back_and_keep_the_list(li: Page) -> None:
    li.keyboard.press("j")
    heading(li, TITLES[1])
    li.keyboard.press("j")
    heading(li, TITLES[2])
    li.keyboard.press("k")
    heading(li, TITLES[1])
    assert "text=" in li.url


def test_a_agrees_u_takes_it_back(li: Page) -> None:
    li.keyboard.press("a")
    expect(li.get_by_role("status")).to_contain_text("已同意")
    heading(li, TITLES[2])
    li.keyboard.press("k")
    heading(li, TITLES[0])
    li.goto("/queue/?view=open&stage=office")
    tab_to(li, TITLES[1])
    li.keyboard.press("Enter")
    heading(li, TITLES[1])
    li.keyboard.press("u")
    expect(li.get_by_role("status")).to_contain_text("收回签字")
    expect(li.locator(".case-head .line")).to_contain_text("科室初审")


def test_c_changes_with_a_basis_and_escape_leaves_a_field(li: Page) -> None:
    li.goto("/queue/")
    tab_to(li, TITLES[3])
    li.keyboard.press("Enter")
    heading(li, TITLES[3])
    li.keyboard.press("c")
    assert focused(li) == "类别"
    tab_to(li, "公开属性")
    li.keyboard.press("ArrowDown")
    tab_to(li, "涉及个人隐私")
    li.keyboard.press("Space")
    tab_to(li, "^理由$")
    li.keyboard.type("jak 写有个人信息。")
    heading(li, TITLES[3])
    li.keyboard.press("Escape")
    li.keyboard.press("h")
    expect(li.locator("body")).to_have_class(re.compile("no-finding"))
    li.keyboard.press("h")
    expect(li.locator("body")).not_to_have_class(re.compile("no-finding"))
    expect(li.locator("#change-note")).to_have_value("jak 写有个人信息。")
    tab_to(li, "签字：变更")
    li.keyboard.press("Enter")
    expect(li.get_by_role("status")).to_contain_text("已变更")
    heading(li, TITLES[4])


def test_the_keys_are_told_by_a_question_mark(li: Page) -> None:
    li.keyboard.press("?")
    expect(li.get_by_role("dialog")).to_be_visible()
    assert focused(li) == "关闭"
    li.keyboard.press("a")
    heading(li, TITLES[4])
    li.keyboard.press("?")
    expect(li.get_by_role("dialog")).to_be_hidden()
    li.keyboard.press("?")
    li.keyboard.press("Escape")
    expect(li.get_by_role("dialog")).to_be_hidden()
    li.keyboard.press("s")
    expect(li.locator(".criteria")).to_have_attribute("open", "")


def test_signing_out_needs_no_mouse(li: Page) -> None:
    li.goto("/")
    tab_to(li, "退出")
    li.keyboard.press("Enter")
    heading(li, "登录")


def test_r_returns_with_a_reason(people: Browsers) -> None:
    page = people.nobody()
    sign_in(page, "zhao")
    tab_to(page, "饮用水水源水质报告")
    page.keyboard.press("Enter")
    heading(page, "饮用水水源水质报告")
    page.keyboard.press("r")
    assert focused(page) == "常用理由"
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#return-note")).to_have_value("材料不全：")
    page.keyboard.press("Tab")
    assert focused(page) == "理由"
    page.keyboard.press("End")
    page.keyboard.type("缺监测点位图。")
    tab_to(page, "退回科室")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已退回")
    assert people.watch.complaints == []


def test_the_essential_path_works_without_javascript(browser: Browser, served: Served) -> None:
    browsers = Browsers(browser, served.address, {"java_script_enabled": False})
    page = browsers.of("王科员")
    page.get_by_role("link", name="上传", exact=True).click()
    page.get_by_label("文件").set_input_files([SAMPLES / PENALTY, SAMPLES / "01-露天焚烧管控通告.txt"])
    page.get_by_role("button", name="上传").click()
    expect(page.locator(".sent .good")).to_have_count(2)
    page.get_by_role("link", name="去队列").click()
    page.get_by_role("link", name="关于加强秋冬季露天焚烧管控的通告").click()
    page.get_by_role("button", name="同意").click()
    expect(page.get_by_role("status")).to_contain_text("已同意")
    page.goto("/queue/")
    page.get_by_role("link", name="行政处罚决定书").click()
    page.get_by_text("变更", exact=False).first.click()
    page.get_by_label("公开属性", exact=True).select_option(label="依申请公开")
    page.locator("#change-note").fill("写有个人信息。")
    page.get_by_role("button", name="签字：变更").click()
    expect(page.get_by_role("alert")).to_contain_text("须有法律依据")
    expect(page.locator("#change-note")).to_have_value("写有个人信息。")
    expect(page.get_by_label("公开属性", exact=True)).to_have_value("on_request")
    page.get_by_label(re.compile("涉及个人隐私.*依申请公开")).check()
    page.get_by_role("button", name="签字：变更").click()
    expect(page.get_by_role("status")).to_contain_text("已变更")
    assert [one for one in browsers.watch.complaints if "422" not in one] == []
    browsers.close()
