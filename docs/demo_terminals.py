"""The people of the demo, each at a terminal of their own, and the numbers of the cases that they work on."""

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner, Result

from reviewflow.cli.main import cli
from reviewflow.errors import ReviewflowError

# user name: name, role, section
CAST = {
    "sun": ("孙管理员", "系统管理员", ""),
    "li": ("李科员", "科室审查员", "大气科"),
    "wang": ("王科员", "科室审查员", "水科"),
    "zhao": ("赵主任", "办公室审查员", ""),
    "qian": ("钱局长", "主管局长", ""),
    "zhou": ("周信息员", "信息公开员", ""),
}
_CHARACTERS = "bcdfkmprtvxy23456789"
"""of passwords: none that are mistaken for others, and no user name can come up"""
_SOME_UNREADABLE = 3


def _password() -> str:
    return "-".join("".join(secrets.choice(_CHARACTERS) for _ in range(5)) for _ in range(3))


@dataclass
class Terminals:
    """One terminal a person, each with a session file of its own."""

    sessions: Path
    passwords: dict[str, str] = field(default_factory=lambda: {username: _password() for username in CAST})

    def run(self, username: str, *words: object, given: str = "", quiet: bool = False) -> str:
        """Run a command as a person, print it and its answer, give its answer. Ends the demo when it is refused."""
        asked = [str(word) for word in words]
        environment = {"REVIEWFLOW_SESSION_FILE": str(self.sessions / username)}
        result = CliRunner().invoke(cli, asked, input=given, env=environment)
        if not quiet:
            print(f"\n{CAST[username][0]}$ reviewflow {' '.join(map(_quoted, asked))}")
            print(result.output.replace(f"{Path.cwd()}{os.sep}", ""), end="", flush=True)
        if result.exit_code not in (0, _SOME_UNREADABLE):
            raise SystemExit(f"演示中断：reviewflow {' '.join(asked)}\n{_reason(result)}")
        return result.output

    def sign_in(self, username: str) -> None:
        """Sign a person in with the own password."""
        self.run(username, "login", username, "--password-stdin", given=self.passwords[username] + "\n")


def _quoted(word: str) -> str:
    return f"“{word}”" if " " in word or not word else word


def _reason(result: Result) -> str:
    error = result.exception
    return f"[{error.code}] {error.message}{error.hint}" if isinstance(error, ReviewflowError) else result.output


@dataclass
class Cases:
    """The numbers of cases and of their entries, by words of the title."""

    terminals: Terminals
    by_title: dict[str, int]

    def __call__(self, words: str) -> int:
        """The number of the case whose title has these words."""
        return next(number for title, number in self.by_title.items() if words in title)

    def number(self, words: str) -> str:
        """The index number that the case was given when it was decided."""
        shown = self.terminals.run("zhou", "queue", "show", self(words), "--json", quiet=True)
        return str(json.loads(shown)["number"])
