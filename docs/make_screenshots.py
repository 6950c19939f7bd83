"""Takes the pictures: the page of proposals that `make demo` wrote, and every page of the desk.

All pages – as they usually are, with nothing in their lists, with 500 items – go into out/screenshots; those that
README and manual show go to their places. The desk's clock stands, so that the same program gives the same pictures.
"""

import io
import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page  # noqa: E402
from tests.e2e.browsers import SIZE, Browsers, chromium  # noqa: E402
from tests.e2e.desks import make_office, serving  # noqa: E402
from tests.e2e.filling import STORIES, fill, pile_up  # noqa: E402
from tests.e2e.pages import PENALTY, PLAIN, PLAN, Sight, sights  # noqa: E402

from reviewflow.domain.clock import CHINA  # noqa: E402

AT = datetime(2025, 11, 12, 9, 30, tzinfo=CHINA)
SAMPLES = (
    PENALTY,
    PLAN,
    "02-环保宣传活动新闻.txt",
    "04-空气质量月报.html",
    "07-应急准备情况报告.wps",
    "10-排污许可证办事指南.docx",
)
OUT = ROOT / "out" / "screenshots"
DOCS = ROOT / "docs"
MANUAL = ROOT / "src" / "reviewflow" / "web" / "static" / "web" / "manual"
PHONE = {"viewport": {"width": 390, "height": 844}}
MOST_BYTES = 120_000
MOST_BYTES_MANUAL = 24_000  # the page of the manual carries all of its pictures
ITEMS = 500
_LISTS = (
    "workbench", "queue", "queue of all", "confirm", "catalogue", "register", "register due", "register on request",
    "audit",
)  # fmt: skip


def main() -> None:
    """Write all pictures."""
    configure()
    with TemporaryDirectory(prefix="reviewflow-pictures-") as folder:
        names = ("usual", "empty", "full", "shown")
        usual, empty, full, shown = (make_office(Path(folder) / name, AT - timedelta(days=30)) for name in names)
        cases, cases_shown = fill(usual, AT, SAMPLES), fill(shown, AT, SAMPLES, STORIES[:-2])
        pile_up(full, AT, ITEMS)
        lists = [sight for sight in PLAIN if sight.name in _LISTS]
        for home, wanted in ((usual, list(sights(cases))), (empty, lists), (full, lists)):
            with serving(home, AT) as served, chromium() as browser:
                photograph(browser, served.address, home.name, wanted)
        with serving(shown, AT) as served, chromium() as browser:
            documentation(browser, served.address, cases_shown)
            proposals(browser)


def configure() -> None:
    """Set Django up as the desk does."""
    from reviewflow.settings import load_settings
    from reviewflow.web.server import set_up

    set_up(load_settings(ROOT))


def photograph(browser: Browser, address: str, office: str, wanted: list[Sight]) -> None:
    """Take whole pages, wide and as on a telephone."""
    for size, options in (("wide", {}), ("phone", PHONE)):
        folder = OUT / office / size
        folder.mkdir(parents=True, exist_ok=True)
        browsers = Browsers(browser, address, options)
        for sight in wanted:
            if sight.name == "confirm" and office == "empty":
                continue  # there is nothing to tick
            page = sight.open(browsers)
            page.screenshot(path=folder / f"{sight.name}.png", full_page=True)
        browsers.close()


def documentation(browser: Browser, address: str, cases: dict[str, int]) -> None:
    """Take what README and manual show, as a screen shows it."""
    browsers = Browsers(browser, address)
    li, zhao = (browsers.of(name) for name in ("李科员", "赵主任"))
    li.goto(f"/cases/{cases[PENALTY]}/")
    _save(li, DOCS / "desk-review.png")
    _save_small(li, "review", 530)
    li.goto("/")
    _save(li, DOCS / "desk-workbench.png")
    _save_small(li, "workbench", 380)
    zhao.goto("/queue/?view=open")
    _save_small(zhao, "queue", 460)
    browsers.close()
    phone = Browsers(browser, address, PHONE)
    page = phone.of("钱局长")
    page.goto(f"/cases/{cases['split']}/")
    _save(page, DOCS / "desk-phone.png")
    phone.close()


def _save_small(page: Page, name: str, height: int) -> None:
    """The upper part of a page on a small screen, for the manual."""
    page.set_viewport_size({"width": 1024, "height": height})
    MANUAL.mkdir(parents=True, exist_ok=True)
    _save(page, MANUAL / f"{name}.png", MOST_BYTES_MANUAL)
    page.set_viewport_size(SIZE)


def _save(page: Page, path: Path, most: int = MOST_BYTES) -> None:
    """A picture in as many of its commonest colours as fit the space."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    counted = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)
    for number in (256, 128, 64, 32, 16):
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for _, colour in counted[:number] for part in colour])
        packed = io.BytesIO()
        picture.quantize(palette=palette, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() <= most:
            break
    path.write_bytes(packed.getvalue())


def proposals(browser: Browser) -> None:
    """Write docs/proposals.png from what `make demo` wrote."""
    page = browser.new_page(viewport={"width": 1000, "height": 1180})
    page.goto((ROOT / "out" / "proposals.html").as_uri())
    page.screenshot(path=DOCS / "proposals.png")
    page.close()


if __name__ == "__main__":
    main()
