"""Offices for browsers: a ledger on disk, the cast with passwords, documents in it, and the real server before it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewflow.domain.clock import CHINA, now
from reviewflow.domain.people import Actor, Role
from reviewflow.services.audit.verify import LedgerVerdict
from reviewflow.services.office import Office
from tests.integration.offices import CAST, Clock, make_home

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "data" / "samples"
PASSWORD = "七只白鹭飞过湖面去看山"
USERNAMES = {
    "李科员": "li",
    "王科员": "wang",
    "赵主任": "zhao",
    "钱局长": "qian",
    "周信息员": "zhou",
    "孙管理员": "sun",
}
_PATIENCE = 60


def make_office(folder: Path, at: datetime | None = None) -> Path:
    """An installation with the shipped model and the cast, nothing in its queue yet. Gives its home."""
    from reviewflow.services.accounts.accounts import add_section, add_user, grant_role
    from reviewflow.services.operations.setup import Credentials, set_up_office

    home = make_home(folder, ROOT / "models", {"engine": "sqlite"})
    settings = home / "configs" / "reviewflow.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("reassess_months = 12", "reassess_months = 6"), "utf-8")
    set_up_office(home, lambda: Credentials("sun", "孙管理员", PASSWORD), _clock(at))
    office, people = opened(home, at)
    sun = people["孙管理员"]
    for section in ("大气科", "水科"):
        add_section(office, sun, section)
    for name, (role, section) in CAST.items():
        if role is not Role.ADMINISTRATOR:
            add_user(office, sun, USERNAMES[name], name, PASSWORD)
            grant_role(office, sun, USERNAMES[name], role, section)
    return home


def opened(home: Path, at: datetime | None = None) -> tuple[Office, dict[str, Actor]]:
    """The office in this process, at a moment that stands or by the machine's clock, and its people by name."""
    from reviewflow.records import models as rows
    from reviewflow.records.projection import actor_of
    from reviewflow.services.office import open_office

    office = open_office(home, _clock(at))
    return office, {user.name: actor_of(user) for user in rows.User.objects.all()}


def verified(home: Path) -> LedgerVerdict:
    """What the audit finds. In a thread of its own: Django refuses to work where Playwright's loop is running."""

    def find() -> LedgerVerdict:
        from django.db import connections

        from reviewflow.services.audit.verify import verify_ledger

        office, _ = opened(home)
        try:
            return verify_ledger(office.key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(find).result()


def _clock(at: datetime | None) -> Callable[[], datetime]:
    return Clock(at) if at else now


@dataclass(frozen=True)
class Served:
    """A desk that answers."""

    home: Path
    address: str


@contextmanager
def serving(home: Path, at: datetime | None = None) -> Iterator[Served]:
    """Serve an office until the block ends: as ``reviewflow serve`` does, or with the clock set to a moment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    clock = ["-m", "tests.e2e.serve_at", at.astimezone(CHINA).isoformat(), port] if at else []
    command = [sys.executable, *(clock or ["-m", "reviewflow", "serve", "--port", port])]
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home)}
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, server)
            yield Served(home, address)
        finally:
            server.terminate()
            server.wait(_PATIENCE)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(_PATIENCE * 10):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{address}/healthy", timeout=5) as answer:
                assert answer.read() == b"ok"
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")
