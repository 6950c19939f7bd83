"""The pages in a real browser, opened from disk and from a web server."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.e2e.browsers import chromium
from tests.unit.writing.samples import ENTRIES, HEADING, LONG_TITLE, entry, write_whole


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "目录"
    many = [entry(index_number=f"N{n}", title=f"青岚区空气质量通报第{n}期", doc_number="") for n in range(120)]
    write_whole([*ENTRIES, *many], folder, "html", HEADING)
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(params=["disk", "server"])
def page(browser: Browser, site: Path, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The first page; whatever it asks of another place, or complains of, ends up in ``page.wrong``."""
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    wrong: list[str] = []
    opened.wrong = wrong  # type: ignore[attr-defined]
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console", lambda message: wrong.append(message.text) if "favicon" not in message.location["url"] else None
    )

    def only_here(route: Route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            wrong.append(route.request.url)
            route.abort()

    opened.route("http*://**", only_here)
    opened.goto((site / "index.html").as_uri() if request.param == "disk" else f"{address}/index.html")
    yield opened
    assert wrong == []
    opened.close()


def found(page: Page, words: str) -> str:
    page.fill("#words", words)
    page.press("#words", "Enter")
    page.wait_for_selector("#results li, #found:has-text('没有找到')")
    return page.inner_text("#found")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("期", "找到 120 条"),
        ("12号 批复 印刷", "找到 3 条"),
        ("平岳〔2018〕7", "找到 1 条"),
        ("双随机", "找到 1 条"),
        ("Ｎ１１９", "找到 1 条"),
        ("没有这个词", "没有找到"),
    ],
)
def test_search_finds_from_one_character_on(page: Page, words: str, expected: str) -> None:
    assert expected in found(page, words)


def test_results_come_in_portions_and_lead_to_the_entry(page: Page) -> None:
    found(page, "期")
    assert page.locator("#results li").count() == 50
    page.click("#more button")
    page.click("#more button")
    assert page.locator("#results li").count() == 120
    assert page.locator("#more").is_hidden()
    page.locator("#results a").first.click()
    assert "青岚区空气质量通报" in page.inner_text("h1")
    page.go_back()
    page.wait_for_selector("#words")


def test_an_emptied_box_brings_the_categories_back(page: Page) -> None:
    found(page, "期")
    assert page.locator("#browse").is_hidden()
    page.fill("#words", "")
    page.press("#words", "Enter")
    assert page.locator("#browse").is_visible()


def test_markup_in_a_title_is_shown_and_never_run(page: Page) -> None:
    found(page, "onerror")
    assert "<img src=x onerror=alert(1)>" in page.inner_text("#results li a")
    page.click("#results li a")
    assert "<img src=x onerror=alert(1)>" in page.inner_text("h1")
    assert page.locator("img").count() == 0


def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    found(page, LONG_TITLE[:20])
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    page.click("#results li a")
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390


def test_without_scripts_the_catalogue_can_be_browsed(browser: Browser, site: Path) -> None:
    plain = browser.new_page(java_script_enabled=False)
    plain.goto((site / "index.html").as_uri())
    assert plain.locator("#search").is_hidden()
    assert "不能查找" in plain.inner_text("main")
    plain.click("text=全部 121 条")
    plain.click("tbody a >> nth=0")
    assert plain.locator("dl.facts").is_visible()
    plain.close()
