"""An office made once, copied for every module; one server and one browser for the tests of a module."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.browsers import Browsers, chromium
from tests.e2e.desks import Served, make_office, serving


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with its cast and an empty queue, to be copied."""
    from django.db import connections

    home = make_office(tmp_path_factory.mktemp("furnished") / "office")
    connections.close_all()
    return home


@pytest.fixture(scope="module")
def empty(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of the module's own."""
    return Path(shutil.copytree(furnished, tmp_path_factory.mktemp("desk") / "office", symlinks=True))


@pytest.fixture(scope="module")
def office_home(empty: Path) -> Path:
    """The office that is served; a module that needs documents in it puts them there."""
    return empty


@pytest.fixture(scope="module")
def served(office_home: Path) -> Iterator[Served]:
    """The desk."""
    with serving(office_home) as desk:
        yield desk


@pytest.fixture(scope="module")
def browser(served: Served) -> Iterator[Browser]:
    """Chromium, started when the office is ready: nothing of Django works beside it in this thread."""
    with chromium() as started:
        yield started


@pytest.fixture
def people(browser: Browser, served: Served) -> Iterator[Browsers]:
    """Browsers for the cast."""
    browsers = Browsers(browser, served.address)
    yield browsers
    browsers.close()
