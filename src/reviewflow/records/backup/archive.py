"""A backup's file: a plain tar whose last member, the manifest, names every other with size and SHA-256.

The manifest is sealed with the key of the audit chain, so that nobody without it can make or change a backup unseen.
An archive that was cut short has no manifest.
"""

import hashlib
import hmac
import io
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, TypedDict, cast

from reviewflow.errors import ReviewflowError
from reviewflow.records.chain.entries import canonical

FORMAT = 1
MANIFEST = "manifest.json"
KEY = "chain.key"
ANCHORS = "anchors.txt"
ORIGINALS = "originals/"

_NAME = r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]*"
_MEMBER = re.compile(
    rf"tables/[a-z_]+\.jsonl\.gz|{ORIGINALS}[0-9a-f]{{64}}|(?:configs|models)(?:/{_NAME})+|{re.escape(ANCHORS)}|{re.escape(KEY)}"
)
_MOST_MANIFEST = 1_000_000_000
_PIECE = 1 << 20
_HINT = "原有的台账没有改动；请换用另一个备份。"


class Contents(TypedDict):
    """What a backup holds: from which ``program`` and database (``vendor``), as of when (``created``, ISO, UTC), the
    ledger's migrations, number and hash of the chain's head, how many documents, and what was wrong already: ``broken``
    of the chain in words, ``missing`` and ``damaged`` digests of originals."""

    program: str
    vendor: str
    created: str
    migrations: list[str]
    head: tuple[int, str]
    documents: int
    broken: str
    missing: list[str]
    damaged: list[str]


class Manifest(Contents):
    """The last member of a backup: contents, size and SHA-256 of every other member by name, and the seal of it all."""

    format: int
    members: dict[str, list[int | str]]
    seal: str


@dataclass(slots=True)
class ArchiveWriter:
    """An archive being written. Members are streamed; their digests are gathered for the manifest."""

    tar: tarfile.TarFile
    members: dict[str, list[int | str]] = field(default_factory=dict)

    def add(self, name: str, path: Path) -> str:
        """Add a file under a name and return its digest. Raises OSError, also for a file that changes meanwhile."""
        info = tarfile.TarInfo(name)
        with path.open("rb") as file:
            info.size = path.stat().st_size
            info.mode = 0o600
            reading = _DigestingReader(file)
            self.tar.addfile(info, reading)
        self.members[name] = [info.size, reading.digest.hexdigest()]
        return reading.digest.hexdigest()

    def finish(self, key: bytes, about: Contents) -> None:
        """Add the manifest: what the backup is about, all members, and the seal."""
        content: dict[str, object] = {**about, "format": FORMAT, "members": self.members}
        text = json.dumps({**content, "seal": _seal(key, content)}, indent=1).encode()
        info = tarfile.TarInfo(MANIFEST)
        info.size, info.mode = len(text), 0o600
        self.tar.addfile(info, io.BytesIO(text))


class _DigestingReader(io.RawIOBase):
    """A file whose digest is made as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def _seal(key: bytes, content: Mapping[str, object]) -> str:
    # A file's name may hold bytes that are no text; they stand in it as lone surrogates.
    return hmac.new(key, canonical(content).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write all members below a new folder and return the manifest, after every name, size and digest was checked.

    Nothing that a member holds is read or unpacked further. Raises ReviewflowError ``restore.unreadable``,
    ``restore.damaged``, ``restore.unsafe``, ``restore.newer``; OSError where the folder cannot be written.
    """
    try:
        file = archive.open("rb")
    except OSError:
        raise ReviewflowError("restore.unreadable", f"读不到 {archive}。", "请核对文件名和权限。") from None
    try:
        with file, tarfile.open(fileobj=file, mode="r:") as tar:
            found = {name: _unpack_member(tar, info, folder / name) for name, info in _members(tar)}
            manifest = json.loads(found.pop(MANIFEST)[2]) if MANIFEST in found else None
    except tarfile.TarError:
        raise ReviewflowError("restore.unreadable", f"{archive.name} 不是备份文件，或已损坏。", _HINT) from None
    except (ValueError, RecursionError):
        raise damaged_archive_error("清单读不懂") from None
    if not isinstance(manifest, dict):
        raise damaged_archive_error("没有清单，文件不完整")
    _check(manifest, {name: [size, digest] for name, (size, digest, _) in found.items()})
    # Of what kind its values are is the word of whoever sealed it: see is_sealed_by.
    return cast("Manifest", manifest)


def damaged_archive_error(what: str) -> ReviewflowError:
    """The error of an archive that is not what was written."""
    return ReviewflowError("restore.damaged", f"备份已损坏：{what}。", _HINT)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, tarfile.TarInfo]]:
    seen: set[str] = set()
    for info in tar:
        name = info.name
        # A folded name guards file systems that do not tell cases apart.
        plain = info.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not info.issparse()
        if not plain or name.casefold() in seen or not (name == MANIFEST or _MEMBER.fullmatch(name)):
            raise ReviewflowError("restore.unsafe", f"备份中有不该有的内容（第 {len(seen) + 1} 项）。", _HINT)
        seen.add(name.casefold())
        yield name, info


def _unpack_member(tar: tarfile.TarFile, info: tarfile.TarInfo, target: Path) -> tuple[int, str, bytes]:
    """A member's size and digest; the manifest's content as well, which alone is kept in memory and not written."""
    source = tar.extractfile(info)
    if source is None or (target.name == MANIFEST and info.size > _MOST_MANIFEST):
        raise damaged_archive_error("有一项读不出来")
    digest = hashlib.sha256()
    if info.name == MANIFEST:
        return info.size, "", source.read()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        while piece := source.read(_PIECE):
            digest.update(piece)
            file.write(piece)
    return info.size, digest.hexdigest(), b""


def _check(manifest: Mapping[str, Any], found: Mapping[str, list[int | str]]) -> None:
    version = manifest.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise ReviewflowError("restore.newer", "备份由更新版本的程序写成。", "请安装较新版本的 reviewflow。")
    listed = manifest.get("members")
    if version != FORMAT or not isinstance(listed, dict) or not Manifest.__required_keys__ <= manifest.keys():
        raise damaged_archive_error("清单不完整")
    for name in sorted(listed.keys() | found.keys()):
        if name not in found:
            raise damaged_archive_error(f"缺少 {name}")
        if listed.get(name) != found[name]:
            raise damaged_archive_error(f"{name} 与清单不符")
        digest = name.removeprefix(ORIGINALS)
        if name.startswith(ORIGINALS) and found[name][1] != digest and digest not in manifest["damaged"]:
            raise damaged_archive_error(f"{name} 与其摘要不符")


def is_sealed_by(key: bytes, manifest: Manifest) -> bool:
    """Whether the manifest was sealed with this key."""
    content = {name: value for name, value in manifest.items() if name != "seal"}
    return hmac.compare_digest(_seal(key, content).encode(), repr(manifest["seal"])[1:-1].encode())
