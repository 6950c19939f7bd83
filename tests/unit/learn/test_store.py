"""The model store: immutable, checked, data and never code."""

import json
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.learn import store
from reviewflow.learn.dataset import Dataset
from reviewflow.learn.train import train_model

from .conftest import SMALL, small_dataset


@pytest.fixture
def copy(models: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(models, tmp_path / "models"))


def folder_of(models: Path) -> Path:
    return models / store.active_version(models)


def code_of(call) -> str:
    with pytest.raises(ReviewflowError) as caught:
        call()
    return caught.value.code


def test_the_same_data_gives_the_same_version(copy: Path) -> None:
    assert train_model(small_dataset(), copy, SMALL) == store.active_version(copy)


def test_other_data_gives_another_version_and_leaves_the_first(copy: Path) -> None:
    first = store.active_version(copy)
    fewer = Dataset(small_dataset().examples[:-1], "1" * 64)
    second = train_model(fewer, copy, SMALL)
    assert second != first
    assert store.active_version(copy) == first
    assert set(store.versions(copy)) == {first, second}


def test_activation_can_be_rolled_back(copy: Path) -> None:
    first = store.active_version(copy)
    second = train_model(Dataset(small_dataset().examples[:-1], "1" * 64), copy, SMALL)
    store.activate(copy, second)
    assert store.active_version(copy) == second
    assert store.previous_version(copy) == first


def test_without_an_earlier_version_there_is_nothing_to_roll_back_to(copy: Path) -> None:
    assert code_of(lambda: store.previous_version(copy)) == "model.no_previous"


@pytest.mark.parametrize("name", ["weights.npz", "vocabulary.txt"])
def test_a_changed_byte_is_noticed(copy: Path, name: str) -> None:
    path = folder_of(copy) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert code_of(lambda: store.load(copy)) == "model.changed"


def test_a_missing_file_is_noticed(copy: Path) -> None:
    (folder_of(copy) / "vocabulary.txt").unlink()
    assert code_of(lambda: store.load(copy)) == "model.changed"


def test_a_missing_manifest_is_noticed(copy: Path) -> None:
    version = store.active_version(copy)
    (copy / version / "manifest.json").unlink()
    assert code_of(lambda: store.load(copy, version)) == "model.manifest"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": 99}'])
def test_a_faulty_manifest_is_noticed(copy: Path, content: str) -> None:
    (folder_of(copy) / "manifest.json").write_text(content, "utf-8")
    assert code_of(lambda: store.load(copy)) == "model.manifest"


def planted(copy: Path, content: bytes) -> None:
    """Put other weights into a version together with their right digest, as an attacker would."""
    import hashlib

    folder = folder_of(copy)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"]["weights.npz"] = hashlib.sha256(content).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (folder / "weights.npz").write_bytes(content)


def test_a_pickle_instead_of_arrays_is_refused_and_never_run(copy: Path, tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "sprung",))

    planted(copy, pickle.dumps(Trap()))
    assert code_of(lambda: store.load(copy)) == "model.arrays"
    assert not (tmp_path / "sprung").exists()


def test_arrays_of_objects_are_refused(copy: Path, tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", idf=np.array([{}], dtype=object), weights=np.zeros(1), bias=np.zeros(1))
    planted(copy, (tmp_path / "w.npz").read_bytes())
    assert code_of(lambda: store.load(copy)) == "model.arrays"


def test_a_store_without_an_active_version_says_so(tmp_path: Path) -> None:
    assert code_of(lambda: store.load(tmp_path)) == "model.none_active"


def test_a_version_that_does_not_load_cannot_be_activated(copy: Path) -> None:
    assert code_of(lambda: store.activate(copy, "nothing")) == "model.manifest"
    assert store.load(copy)
