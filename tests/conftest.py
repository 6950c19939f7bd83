"""A small installation for tests: the shipped configuration and a model trained on a few documents in no time."""

import shutil
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings as django_settings

from reviewflow.learn import store
from reviewflow.learn.train import train_model
from reviewflow.settings import load_settings
from reviewflow.web.configuration import desk_settings
from tests.unit.learn.conftest import SMALL, small_dataset

ROOT = Path(__file__).resolve().parents[1]

# No timing is asserted in a test, and a deadline for each example is one: a busy machine would fail it.
hypothesis.settings.register_profile("reviewflow", deadline=None)
hypothesis.settings.load_profile("reviewflow")

# Pages and tables are tested in one process; the fixtures connect the ledger that each test is to have.
django_settings.configure(**desk_settings(load_settings(ROOT)))
django.setup()


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--long`` runs concurrency and power cuts at full length (``make faults``)."""
    parser.addoption("--long", action="store_true", help="thousands of actions and 50 kills instead of a few")


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether tests of concurrency and power cuts run at full length."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with configs/ as shipped and a small model."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "configs", folder / "configs")
    store.activate(folder / "models", train_model(small_dataset(), folder / "models", SMALL))
    return folder


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small installation as this process's own."""
    from reviewflow.pipeline import default_toolkit

    default_toolkit.cache_clear()
    monkeypatch.setenv("REVIEWFLOW_HOME", str(home))
    return home
