"""What holds of every page: no serious barrier, nothing over the edge, and little to transfer."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from reviewflow.domain.clock import now
from tests.e2e.browsers import Browsers
from tests.e2e.desks import Served
from tests.e2e.filling import fill, pile_up
from tests.e2e.pages import PENALTY, PLAN, sights

NAMES = [sight.name for sight in sights(defaultdict(int))]
SIZES = ((1280, 720), (1024, 576), (390, 844))  # the second is 1280 × 720 at 125 %
MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def cases(empty: Path) -> dict[str, int]:
    """A case of every kind by its number, among lists that go on."""
    from django.db import connections

    found = fill(empty, now(), (PENALTY, PLAN))
    pile_up(empty, now(), 60)
    connections.close_all()
    return found


@pytest.fixture(scope="module")
def office_home(empty: Path, cases: dict[str, int]) -> Path:
    """The office with all of them."""
    return empty


@pytest.fixture(scope="module")
def people(browser: Browser, served: Served) -> Iterator[Browsers]:
    """Everybody signs in once."""
    browsers = Browsers(browser, served.address)
    yield browsers
    browsers.close()


def barriers(page: Page) -> list[str]:
    """What axe calls serious or critical, with the place."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['id']}: {node['html'][:150]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def over_the_edge(page: Page) -> list[str]:
    """The sizes of the window in which the page as a whole would have to be scrolled sideways."""
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        reached = page.evaluate("document.documentElement.scrollWidth")
        if reached > width:
            found.append(f"{width}: {reached}")
    page.set_viewport_size({"width": 1280, "height": 720})
    return found


def weight(page: Page) -> int:
    """Bytes of the page with its style, scripts and signs; pictures of a document's pages are the document."""
    return int(
        page.evaluate(
            """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
               .filter((one) => !one.name.includes("/pages/")).reduce((sum, one) => sum + one.decodedBodySize, 0)"""
        )
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_accessible_fits_and_is_light(people: Browsers, cases: dict[str, int], name: str) -> None:
    page = next(sight for sight in sights(cases) if sight.name == name).open(people)
    assert 1000 < weight(page) <= MOST_BYTES
    assert barriers(page) == []
    assert over_the_edge(page) == []
    assert page.locator("h1").count() == 1
    assert people.watch.elsewhere == []


def test_only_what_was_asked_for_in_vain_was_complained_of(people: Browsers) -> None:
    assert [one for one in people.watch.complaints if "404" not in one] == []
