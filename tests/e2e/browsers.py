"""Browsers for the cast: Debian's Chromium, one context a person, and a note of everything that should not happen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.e2e.desks import PASSWORD, USERNAMES

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SIZE = {"width": 1280, "height": 720}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What browsers asked for and complained about."""

    host: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    @property
    def elsewhere(self) -> list[str]:
        """Requests to any other host."""
        return [
            url
            for url in self.asked
            if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != self.host
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # The browser itself breaks off what it no longer wants: a navigation that turns out to be a download, and what a
        # page was still loading when its person went on.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")


@dataclass
class Browsers:
    """A page for each person, signed in when first asked for."""

    browser: Browser
    address: str
    options: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = Watch(urlsplit(self.address).netloc)

    def of(self, name: str) -> Page:
        """The page of one of the cast."""
        if name not in self.pages:
            self.pages[name] = page = self.nobody()
            sign_in(page, USERNAMES[name])
        return self.pages[name]

    def nobody(self) -> Page:
        """A page of a browser of its own, without anybody signed in."""
        context = self.browser.new_context(base_url=self.address, locale="zh-CN", **{"viewport": SIZE, **self.options})
        page = context.new_page()
        page.set_default_timeout(30_000)
        self.watch.over(page)
        return page

    def close(self) -> None:
        """Close them all."""
        for context in list(self.browser.contexts):
            context.close()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in by the form."""
    page.goto("/login")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login" not in url)
