"""What the tests of backups share: offices with originals, archives made by hand, and what an office holds."""

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from reviewflow.domain.review import Action
from reviewflow.domain.signing import Intent
from reviewflow.records import models as rows
from reviewflow.records.backup.archive import MANIFEST, ArchiveWriter
from reviewflow.records.configuration import connect
from reviewflow.records.originals import Originals
from reviewflow.services.intake.arrival import Arrival
from reviewflow.services.review.acts import sign_case
from reviewflow.settings import load_settings
from tests.integration.conftest import Ledger, _execute
from tests.integration.offices import make_home

CUT_OFF = ("-wal", "-shm")


def stored(ledger: Ledger, *arrivals: Arrival) -> list[int]:
    """Bring documents in with their originals."""
    store = Originals(ledger.office.originals)
    for one in arrivals:
        file = ledger.office.settings.home / "incoming"
        file.write_bytes(f"{one.title}{one.content}".encode())
        store.save(file, one.digest)
        file.unlink()
    return ledger.admit(*arrivals)


def busy(ledger: Ledger) -> list[int]:
    """An office with three documents, one of them decided."""
    ids = stored(ledger, *(ledger.arrival(f"第{number}件工作通知") for number in range(3)))
    for name in ("李科员", "赵主任", "钱局长"):
        sign_case(ledger.office, ledger.people[name], ids[0], Intent(Action.AGREE))
    return ids


def held() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the connected ledger that a backup holds."""
    from django.apps import apps

    models = [one for one in apps.get_app_config("records").get_models() if one is not rows.SignIn]
    return {one._meta.db_table: list(one.objects.order_by("pk").values_list()) for one in models}


def files(home: Path) -> dict[str, str]:
    """The digests of all files of an installation, but for what SQLite keeps beside its file while it is open."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(CUT_OFF)
    }


def members(archive: Path) -> dict[str, bytes]:
    """What an archive holds, by name."""
    with tarfile.open(archive) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}  # type: ignore[union-attr]


def remade(archive: Path, content: dict[str, bytes], key: bytes, **about: Any) -> Path:
    """An archive of other members, sealed as whoever has the key could seal it."""
    made = archive.with_name("remade.tar")
    work = archive.with_name("member")
    manifest = json.loads(content[MANIFEST])
    with tarfile.open(made, "w") as tar:
        writing = ArchiveWriter(tar)
        for name, data in content.items():
            if name != MANIFEST:
                work.write_bytes(data)
                writing.add(name, work)
        kept = {name: value for name, value in manifest.items() if name not in ("seal", "format", "members")}
        writing.finish(key, {**kept, **about})
    work.unlink()
    return made


def with_extra(archive: Path, info: tarfile.TarInfo, data: bytes = b"") -> Path:
    """An archive with one more member in front of the manifest."""
    made = archive.with_name("extra.tar")
    content = members(archive)
    manifest = content.pop(MANIFEST)
    with tarfile.open(made, "w", format=tarfile.PAX_FORMAT) as tar:
        for name, value in content.items():
            plain = tarfile.TarInfo(name)
            plain.size = len(value)
            tar.addfile(plain, io.BytesIO(value))
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
        last = tarfile.TarInfo(MANIFEST)
        last.size = len(manifest)
        tar.addfile(last, io.BytesIO(manifest))
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """An installation on another machine, with the configuration and nothing else, on either database."""
    from django.db import connections

    database: dict[str, object] = {"engine": "sqlite"}
    if request.param == "postgresql":
        postgres = request.getfixturevalue("postgres")
        database = {**postgres, "name": f"rf_{uuid4().hex[:12]}"}
        _execute(postgres, f"CREATE DATABASE {database['name']}")
    yield make_home(tmp_path / "elsewhere", Path("none"), database)
    connections.close_all()
    if request.param == "postgresql":
        _execute(postgres, f"DROP DATABASE {database['name']} WITH (FORCE)")


def take_key(ledger: Ledger, home: Path) -> None:
    """Carry the key to another installation."""
    target = load_settings(home).key_file
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(ledger.office.settings.key_file, target)


def at_home(ledger: Ledger) -> None:
    """Connect the ledger of the test again."""
    connect(ledger.office.settings)
