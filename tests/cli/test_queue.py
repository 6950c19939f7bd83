"""``reviewflow queue`` starts quickly, explains itself, and asks for a sign-in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (
    "list", "show", "agree", "change", "return", "refer", "consult", "answer", "withdraw", "reopen", "declassify",
    "undo", "history",
)  # fmt: skip


def python(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(home: Path, command: str) -> None:
    told = python(home, "-m", "reviewflow", "queue", command, "--help")
    assert told.returncode == 0
    assert "。" in told.stdout


def test_without_a_ledger_one_is_told_how_to_begin(home: Path) -> None:
    told = python(home, "-m", "reviewflow", "queue", "list")
    assert told.returncode == 1
    assert "[office.not_initialised]" in told.stderr
    assert "reviewflow init" in told.stderr
