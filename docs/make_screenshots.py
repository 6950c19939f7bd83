"""Takes the pictures of the README from what `make demo` wrote: the top of the page of proposals."""

from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def main() -> None:
    """Write docs/proposals.png."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": 1000, "height": 1180})
        page.goto((ROOT / "out" / "proposals.html").as_uri())
        page.screenshot(path=ROOT / "docs" / "proposals.png")
        browser.close()


if __name__ == "__main__":
    main()
