"""A terminal at which one after the other of the cast is signed in and types ``reviewflow queue``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from click.testing import CliRunner

from reviewflow.cli.queue import acts, agree, show
from reviewflow.cli.queue import list as listing
from reviewflow.cli.queue.queue_group import queue
from reviewflow.errors import ReviewflowError
from tests.integration.conftest import Ledger


@dataclass
class Terminal:
    """Where the cast types: a refused command gives its code and hint instead of what it would have printed."""

    ledger: Ledger
    sit_down: Callable[[str], None]

    def __call__(self, name: str, *typed: object, answers: str = "") -> str:
        self.ledger.clock.at += timedelta(minutes=1)
        self.sit_down(name)
        done = CliRunner().invoke(queue, [str(word) for word in typed], input=answers)
        if isinstance(done.exception, ReviewflowError):
            return f"[{done.exception.code}] {done.exception.message} {done.exception.hint}"
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.output


def terminal_of(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal at which one after the other is signed in."""

    def sit_down(name: str) -> None:
        for commands in (acts, agree, listing, show):
            monkeypatch.setattr(commands, "signed_in", lambda: (ledger.office, ledger.people[name]))

    return Terminal(ledger, sit_down)


def admitted(
    terminal: Terminal, title: str = "关于开展秋季执法检查的通知", by: str = "李科员", **changes: object
) -> int:
    (case_id,) = terminal.ledger.admit(terminal.ledger.arrival(title, **changes), by=by)
    return case_id
