"""What the browser says when files do not get through, and that none of the list is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browsers import Browsers, sign_in
from tests.e2e.desks import PASSWORD

NAMES = ("甲", "乙", "丙")


@pytest.fixture
def page(people: Browsers) -> Page:
    """李科员 about to upload."""
    opened = people.nobody()
    sign_in(opened, "li")
    opened.goto("/upload/")
    return opened


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three documents that nobody has seen yet."""
    made = [tmp_path / f"{name}{tmp_path.name}.txt" for name in NAMES]
    for file in made:
        file.write_text(
            f"关于开展{file.stem}检查的通知\n各科室：现将有关事项通知如下，请认真执行。\n2025年10月20日\n", "utf-8"
        )
    return made


def choose(page: Page, files: list[Path]) -> None:
    page.get_by_label("文件").set_input_files(files)


def good(page: Page, number: int) -> None:
    expect(page.locator("#sent .good")).to_have_count(number, timeout=30_000)


def test_after_an_expired_sign_in_the_list_goes_on_where_it_stopped(page: Page, files: list[Path]) -> None:
    page.context.clear_cookies(name="reviewflow")  # what the browser does when the session's hours are over
    choose(page, files)
    expect(page.get_by_role("alert")).to_contain_text("登录已到期")
    expect(page.get_by_role("alert")).to_contain_text("还有 3 个文件没有传")
    expect(page.locator("#sent li")).to_have_count(3)
    with page.context.expect_page() as there:
        page.get_by_role("link", name="在新页面登录").click()
    there.value.get_by_label("用户名").fill("li")
    there.value.get_by_label("密码").fill(PASSWORD)
    there.value.get_by_role("button", name="登录").click()
    expect(there.value.get_by_role("heading", level=1)).to_have_text("李科员的工作台")
    page.get_by_role("button", name="继续上传").click()
    good(page, 3)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("#sent li")).to_have_count(3)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (0, "请检查网络"),
        (429, "请过一分钟再点"),
        (502, "服务器没有在运行"),
        (503, "服务器正忙"),
    ],
)
def test_what_stops_the_server_or_the_way_to_it_stops_the_list(
    page: Page, files: list[Path], status: int, sentence: str
) -> None:
    page.route(
        "**/upload/", lambda route: route.abort() if status == 0 else route.fulfill(status=status, body="<html>")
    )
    choose(page, files[:2])
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_role("alert")).to_contain_text("还有 2 个文件没有传")
    choose(page, files[2:])
    expect(page.locator("#sent li")).to_have_count(3)
    page.unroute("**/upload/")
    page.get_by_role("button", name="继续上传").click()
    good(page, 3)


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (413, "<html>", "文件太大，没有收下。请拆分后再上传"),
        (500, "<html>", "请把时间和代码 500 告诉管理员"),
        (403, '{"code": "x", "message": "不能提交。", "hint": "请找管理员。"}', "不能提交。请找管理员。"),
        (200, "<html>", "没有收到结果。请到队列里看看"),
    ],
)
def test_what_one_file_meets_is_told_of_that_file_and_the_others_go_on(
    page: Page, files: list[Path], status: int, body: str, sentence: str
) -> None:
    page.route("**/upload/", lambda route: route.fulfill(status=status, body=body), times=1)
    choose(page, files)
    good(page, 2)
    expect(page.locator("#sent .bad")).to_contain_text(sentence)
    expect(page.locator("#sent .bad")).to_contain_text(files[0].name)
