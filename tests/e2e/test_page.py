"""The page of proposals in a real browser, opened from disk."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from tests.e2e.browsers import SIZE, chromium

SCRIPT = "<img src=x onerror=alert(1)><script>document.title='taken'</script>"


@pytest.fixture(scope="module")
def page(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of many proposals, one of them with a very long title and one with markup in it."""
    folder = tmp_path_factory.mktemp("page")
    titles = ["水务局管理办法", "长" * 200, SCRIPT, "机密文件"]
    with (folder / "t.jsonl").open("w", encoding="utf-8") as out:
        for number, title in enumerate(titles):
            text = ("机密★5年\n" if number == 3 else "") + "为加强管理，制定本办法。联系人手机13900012345。" * 4
            out.write(json.dumps({"id": str(number), "title": title, "text": text}, ensure_ascii=False) + "\n")
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home)}
    command = [
        sys.executable,
        "-m",
        "reviewflow",
        "classify",
        str(folder / "t.jsonl"),
        "-o",
        str(folder / "o.html"),
        "--quiet",
    ]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)
    with chromium() as browser:
        opened = browser.new_page(viewport=SIZE)
        opened.asked = []  # type: ignore[attr-defined]

        def refuse(route: Route) -> None:
            opened.asked.append(route.request.url)  # type: ignore[attr-defined]
            route.abort()

        opened.route("http*://**", refuse)
        opened.goto((folder / "o.html").as_uri())
        yield opened


def test_what_must_stop_comes_first(page: Page) -> None:
    assert page.locator("article").first.get_attribute("class") == "hold"
    assert "停止" in page.locator("article").first.inner_text()


def test_no_request_leaves_the_machine(page: Page) -> None:
    assert page.asked == []  # type: ignore[attr-defined]


def test_markup_in_a_title_is_shown_and_not_run(page: Page) -> None:
    assert page.title() == "公开建议"
    assert page.get_by_text("<script>").count() >= 1
    assert page.locator("article img").count() == 0


@pytest.mark.parametrize("width", [1280, 1024, 390])
def test_nothing_runs_over_the_edge(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_language_is_declared_and_headings_are_in_order(page: Page) -> None:
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.locator("h1").count() == 1
    assert page.locator("h2").count() == page.locator("article").count()
