"""The model store: immutable versions of plain data, one of which is active.

A version is a folder with ``manifest.json`` (what it is, how it was made, the SHA-256 of its other files),
``vocabulary.txt`` (words of the training texts with their document frequency) and ``weights.npz`` (arrays,
never pickles, so that loading a model cannot run code).
"""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewflow.errors import ReviewflowError
from reviewflow.finished_files import whole_file
from reviewflow.learn.features import Shape
from reviewflow.learn.predict import ClassifierHead, Model
from reviewflow.settings import Source

FORMAT = 1
_ACTIVE = "ACTIVE"
_FILES = ("vocabulary.txt", "weights.npz")
_ARRAYS = ("idf", "weights", "bias")


def active_version(models: Path, active: Source | None = None) -> str:
    """The name of the active version, as the file ACTIVE of the store gives it, or another reading of that file.

    Raises ReviewflowError ``model.none_active``.
    """
    try:
        name = (active or models / _ACTIVE).read_bytes().decode("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        name = ""
    if not name or not (models / name).is_dir():
        raise ReviewflowError(
            "model.none_active", "没有启用的模型。", "用 reviewflow model list 查看，model activate 启用。"
        )
    return name


def versions(models: Path) -> list[str]:
    """Names of the versions in the store, oldest first."""
    return sorted(path.parent.name for path in models.glob("*/manifest.json"))


def activate(models: Path, version: str) -> None:
    """Make a version the active one, in one atomic step, after checking that it loads."""
    load(models, version)
    history = models / "HISTORY"
    previous = history.read_text("utf-8") if history.exists() else ""
    _replace(history, f"{previous}{version}\n".encode())
    _replace(models / _ACTIVE, f"{version}\n".encode())


def previous_version(models: Path) -> str:
    """The version that was active before the present one. Raises ReviewflowError ``model.no_previous``."""
    now = active_version(models)
    history = models / "HISTORY"
    past = history.read_text("utf-8").split() if history.exists() else []
    for version in reversed(past):
        if version != now and (models / version).is_dir():
            return version
    raise ReviewflowError(
        "model.no_previous", "没有更早启用过的模型。", "用 reviewflow model activate 版本名 指定一个。"
    )


def save(models: Path, manifest: Mapping[str, Any], vocabulary: str, arrays: Mapping[str, NDArray[Any]]) -> str:
    """Write a new version and return its name: twelve characters of the digest of its files and heads.

    A version that exists already is left as it is: the same data and recipe give the same name.
    """
    files = {"vocabulary.txt": vocabulary.encode(), "weights.npz": pack(arrays)}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    whole = json.dumps([digests, manifest["heads"], manifest["shape"]], sort_keys=True)
    version = hashlib.sha256(whole.encode()).hexdigest()[:12]
    folder = models / version
    if (folder / "manifest.json").exists():
        return version
    staging = models / f".{version}.{os.getpid()}"
    staging.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (staging / name).write_bytes(content)
    described = {"format": FORMAT, "version": version, **manifest, "files": digests}
    (staging / "manifest.json").write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")
    staging.rename(folder)
    return version


def pack(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Arrays as an npz file whose bytes depend on nothing but the arrays (fixed dates and order)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), member.getvalue())
    return buffer.getvalue()


def manifest_of(models: Path, version: str) -> dict[str, Any]:
    """The manifest of a version. Raises ReviewflowError ``model.manifest``."""
    path = models / version / "manifest.json"
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except OSError:
        raise _damaged_error("model.manifest", f"模型 {version} 缺少 manifest.json。") from None
    except ValueError:
        raise _damaged_error("model.manifest", f"模型 {version} 的 manifest.json 不是有效的 JSON。") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _damaged_error("model.manifest", f"模型 {version} 的格式不是本程序能读的第 {FORMAT} 版。")
    return manifest


def load(models: Path, version: str | None = None) -> Model:
    """A version (the active one by default), after every file's digest was checked.

    Raises ReviewflowError ``model.manifest``, ``model.changed`` or ``model.arrays``.
    """
    version = version or active_version(models)
    manifest = manifest_of(models, version)
    contents = {name: _checked(models / version / name, manifest) for name in _FILES}
    arrays = _arrays(version, contents["weights.npz"])
    frequencies = (line.split("\t") for line in contents["vocabulary.txt"].decode().splitlines())
    return Model(
        version=version,
        shape=Shape(**manifest["shape"]),
        title_weight=float(manifest["title_weight"]),
        engine=str(manifest["engine"]),
        frequencies={word: float(count) for word, count in frequencies},
        category=_head(manifest["heads"]["category"]),
        status=_head(manifest["heads"]["status"]),
        flags=_head(manifest["heads"]["flags"]),
        idf=arrays["idf"],
        weights=arrays["weights"],
        bias=arrays["bias"],
    )


def _head(described: Mapping[str, Any]) -> ClassifierHead:
    return ClassifierHead(
        labels=tuple(described["labels"]),
        columns=(int(described["columns"][0]), int(described["columns"][1])),
        temperature=float(described["temperature"]),
        thresholds=tuple(float(value) for value in described["thresholds"]),
    )


def _checked(path: Path, manifest: Mapping[str, Any]) -> bytes:
    try:
        content = path.read_bytes()
    except OSError:
        raise _damaged_error("model.changed", f"模型 {path.parent.name} 缺少文件 {path.name}。") from None
    if hashlib.sha256(content).hexdigest() != manifest.get("files", {}).get(path.name):
        raise _damaged_error(
            "model.changed", f"模型 {path.parent.name} 的 {path.name} 与清单中的摘要不符，文件已被改动。"
        )
    return content


def _arrays(version: str, content: bytes) -> dict[str, NDArray[np.float32]]:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return {name: archive[name] for name in _ARRAYS}
    except (ValueError, KeyError, OSError, zipfile.BadZipFile):
        raise _damaged_error("model.arrays", f"模型 {version} 的 weights.npz 不是数值数组（可能是 pickle）。") from None


def _damaged_error(code: str, message: str) -> ReviewflowError:
    return ReviewflowError(code, message, "请从备份恢复该版本，或用 reviewflow model activate 换用另一个版本。")


def _replace(path: Path, content: bytes) -> None:
    with whole_file(path) as temporary:
        temporary.write_bytes(content)
