"""The desk of a small office: the cast signed in, each with a browser of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.test import Client

from reviewflow.domain.clock import now
from reviewflow.records import models as rows
from reviewflow.web.api import limits
from reviewflow.web.http.requests import TOKEN
from reviewflow.web.office import close
from tests.integration.conftest import (
    Ledger,
    open_ledger,
    postgres,  # noqa: F401 - a fixture
    postgres_template,  # noqa: F401 - a fixture
    sqlite_template,  # noqa: F401 - a fixture
)

ON_BOTH = pytest.mark.parametrize("desk", ["sqlite", "postgresql"], indirect=True)
"""for every test that asks for ``desk``, which nothing but SQLite is otherwise"""


@dataclass
class Desk:
    """A ledger with its desk."""

    ledger: Ledger
    _clients: dict[str, Client] = field(default_factory=dict)

    def as_(self, name: str) -> Client:
        """The browser of a person, signed in."""
        if name not in self._clients:
            from datetime import timedelta

            from reviewflow.services.accounts.tokens import token_digest

            client = Client(SERVER_NAME="localhost")
            token = f"token of {name}"
            rows.SignIn.objects.create(
                user=rows.User.objects.get(name=name),
                token_digest=token_digest(token),
                started_at=now() - timedelta(minutes=1),
                expires_at=now() + timedelta(hours=8),
            )
            session = client.session
            session[TOKEN] = token
            session.save()
            client.cookies["reviewflow"] = session.session_key
            self._clients[name] = client
        return self._clients[name]

    def nobody(self) -> Client:
        """A browser without anybody signed in."""
        return Client(SERVER_NAME="localhost")


@pytest.fixture(params=["sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The desk of an office on SQLite; the modules that say so with ``ON_BOTH`` have it on PostgreSQL too."""
    opened = open_ledger(request, tmp_path / "office", home / "models")
    ledger = next(opened)
    monkeypatch.setenv("REVIEWFLOW_HOME", str(ledger.office.settings.home))
    close()
    ledger.clock.at = now()
    yield Desk(ledger)
    for one in (limits.of_token, limits.of_address, limits.of_wrong_tokens):
        one.forget("127.0.0.1")
    close()
    next(opened, None)
