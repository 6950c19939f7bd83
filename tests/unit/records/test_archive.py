"""The file of a backup: whatever is done to it is found before anything of it is used."""

import io
import tarfile
from pathlib import Path

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.records.backup.archive import MANIFEST, ArchiveWriter, Contents, is_sealed_by, unpack

KEY = b"k" * 32
CONTENT = {
    "tables/records_case.jsonl.gz": b"\x1f\x8b" + bytes(700),
    "originals/" + "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae": b"foo",
    "configs/rules.yaml": "规则: 无\n".encode(),
    "models/ACTIVE": b"0123456789ab\n",
    "anchors.txt": b"",
}


ABOUT: Contents = {
    "program": "0.1.0",
    "vendor": "sqlite",
    "created": "2025-11-03T01:00:00+00:00",
    "migrations": ["0001_initial"],
    "head": (3, "f" * 64),
    "documents": 1,
    "broken": "",
    "missing": [],
    "damaged": [],
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A whole archive."""
    path, work = tmp_path / "saved.tar", tmp_path / "member"
    with tarfile.open(path, "w") as tar:
        writing = ArchiveWriter(tar)
        for name, data in CONTENT.items():
            work.write_bytes(data)
            writing.add(name, work)
        writing.finish(KEY, ABOUT)
    return path


def told(path: Path, folder: Path) -> str:
    """The code with which an archive is refused, or ``unsealed`` where its seal does not fit; else empty."""
    try:
        manifest = unpack(path, folder)
    except ReviewflowError as error:
        return error.code
    return "" if is_sealed_by(KEY, manifest) else "unsealed"


def test_a_whole_archive_is_unpacked(archive: Path, tmp_path: Path) -> None:
    manifest = unpack(archive, tmp_path / "out")
    assert manifest["head"] == [3, "f" * 64]
    assert is_sealed_by(KEY, manifest)
    assert not is_sealed_by(b"x" * 32, manifest)
    assert {name: (tmp_path / "out" / name).read_bytes() for name in CONTENT} == CONTENT


def test_a_byte_changed_in_any_member_or_header_is_found(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        found = list(tar)
    places = [info.offset_data + step for info in found if info.size for step in (0, info.size // 2, info.size - 1)]
    headers = [info.offset + step for info in found for step in (0, 100, 124, 136, 148, 156, 257)]
    for number, place in enumerate([*places, *headers]):
        archive.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert told(archive, tmp_path / f"out{number}"), place


def test_an_archive_cut_short_anywhere_is_found(archive: Path, tmp_path: Path) -> None:
    whole = archive.read_bytes()
    with tarfile.open(archive) as tar:
        last = list(tar)[-1]
    for place in (*range(0, last.offset_data + last.size, 97), last.offset_data + last.size - 1):
        archive.write_bytes(whole[:place])
        assert told(archive, tmp_path / f"out{place}") in ("restore.damaged", "restore.unreadable"), place


@pytest.mark.parametrize("content", [b"", b"\0" * 10_000, b"PK\x03\x04 no tar", b"x" * 100_000])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "no.tar").write_bytes(content)
    assert told(tmp_path / "no.tar", tmp_path / "out") in ("restore.damaged", "restore.unreadable")


def test_what_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    assert told(tmp_path / "none.tar", tmp_path / "out") == "restore.unreadable"
    assert told(tmp_path, tmp_path / "out") == "restore.unreadable"


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{", b"{}", b'{"format": 1}', b'{"format": 1, "members": []}', b"[" * 99_999]
)
def test_a_manifest_that_says_nothing_is_refused(tmp_path: Path, manifest: bytes) -> None:
    path = tmp_path / "odd.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(manifest)
        tar.addfile(info, io.BytesIO(manifest))
    assert told(path, tmp_path / "out") == "restore.damaged"


@pytest.mark.parametrize("name", [*ABOUT, "members", "seal"])
def test_a_manifest_without_one_of_its_fields_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    whole = archive.read_bytes()
    assert whole.count(f'"{name}": '.encode()) == 1
    archive.write_bytes(whole.replace(f'"{name}": '.encode(), f'"{"x" * len(name)}": '.encode()))
    assert told(archive, tmp_path / "out") == "restore.damaged"


def test_a_newer_format_is_refused(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(archive.read_bytes().replace(b'"format": 1', b'"format": 2'))
    assert told(archive, tmp_path / "out") == "restore.newer"


NAMES = [
    "../outside", "/tmp/outside", "configs/../../outside", "configs/..", "originals/../x", "configs\\..\\x", "x",
    "tables/../configs/a", "originals/" + "g" * 64, "configs/.hidden", "configs//a", "configs/a\nb", "chain.key/x",
    "CHAIN.KEY", "manifest.json/x", "models/", "configs/rules.yaml", "configs/RULES.yaml", "",
]  # fmt: skip
KINDS = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE, tarfile.GNUTYPE_SPARSE]


def with_extra(archive: Path, info: tarfile.TarInfo) -> Path:
    """The archive with one more member at its end."""
    with tarfile.open(archive, "a") as tar:
        tar.addfile(info)
    return archive


@pytest.mark.parametrize("name", NAMES)
def test_a_member_that_leads_elsewhere_is_refused(archive: Path, tmp_path: Path, name: str) -> None:
    assert told(with_extra(archive, tarfile.TarInfo(name)), tmp_path / "out") in ("restore.unsafe", "restore.damaged")
    assert not (tmp_path / "outside").exists()
    assert not Path("/tmp/outside").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_that_is_no_plain_file_is_refused(archive: Path, tmp_path: Path, kind: bytes) -> None:
    info = tarfile.TarInfo("configs/linked.yaml")
    info.type, info.linkname = kind, "/etc/passwd"
    assert told(with_extra(archive, info), tmp_path / "out") in (
        "restore.unsafe",
        "restore.unreadable",
        "restore.damaged",
    )
    assert not (tmp_path / "out" / "configs" / "linked.yaml").exists()


def test_a_member_that_the_manifest_does_not_name_is_refused(archive: Path, tmp_path: Path) -> None:
    assert told(with_extra(archive, tarfile.TarInfo("configs/more.yaml")), tmp_path / "out") == "restore.damaged"
