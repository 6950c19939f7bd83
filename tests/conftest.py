"""A small installation for tests: the shipped configuration and a model trained on a few documents in no time."""

import shutil
from pathlib import Path

import pytest

from reviewflow.learn import store
from reviewflow.learn.train import train
from tests.unit.learn.conftest import SMALL, small_dataset

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with configs/ as shipped and a small model."""
    folder = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "configs", folder / "configs")
    store.activate(folder / "models", train(small_dataset(), folder / "models", SMALL))
    return folder


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small installation as this process's own."""
    from reviewflow.pipeline import default_toolkit

    default_toolkit.cache_clear()
    monkeypatch.setenv("REVIEWFLOW_HOME", str(home))
    return home
