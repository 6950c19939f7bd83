"""How much the tests would notice: small faults put into the code one at a time, and the tests concerned run over each.

A fault (mutant) is a comparison turned, an operand of ``and``/``or`` dropped, a ``not`` dropped, or a number off by one.
It lives in the memory of one child process: an import hook serves the faulty module there, no file is touched. A mutant
is killed when a test fails, when nothing can be imported any more, or when the tests do not come to an end.

    python tests/mutants.py [ROOM ...] [--most N] [--seed N] [--all]

prints the kill rate and the survivors of each room, and ends with 1 when a room stays below its target.
"""

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.util
import os
import random
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "reviewflow"
TARGET = 0.9
PATIENCE = 5
"""times the duration of the tests on sound code, after which a mutant counts as one that never ends"""


@dataclass(frozen=True)
class Room:
    """Files in which faults are put, and the tests that ought to notice."""

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = (
    Room(
        "domain",
        ("domain/*.py",),
        ("tests/unit/domain", "tests/property/test_review.py", "tests/property/test_proposals.py"),
    ),
    Room("rules", ("rules/*.py",), ("tests/unit/rules",)),
    Room("tidy", ("text/tidy/*.py",), ("tests/unit/tidy", "tests/unit/sensitive", "tests/unit/test_pitfalls.py")),
    Room(
        "numbers",
        ("text/sensitive/numbers/*.py", "text/sensitive/scan.py"),
        ("tests/unit/sensitive", "tests/property/test_sensitive.py"),
    ),
    Room(
        "review",
        ("services/review/*.py",),
        (
            "tests/integration/test_outcomes.py",
            "tests/integration/test_reviewing.py",
            "tests/integration/test_registers.py",
            "tests/integration/test_cataloguing.py",
            "tests/integration/test_intake.py",
        ),
    ),
)

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One fault: the module it stands in, the line, what is there and what is put there, and the whole faulty tree."""

    file: Path
    line: int
    was: str
    becomes: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """The dotted name under which the tests import it."""
        parts = self.file.relative_to(SOURCES.parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def __str__(self) -> str:
        return f"{self.file.relative_to(SOURCES)}:{self.line}  {self.was}  →  {self.becomes}"


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Every fault that can be put into a file, in the order of its lines."""
    sound = ast.parse(file.read_text("utf-8"))
    for place, node in enumerate(ast.walk(sound)):
        for choice in range(_choices(node)):
            tree = copy.deepcopy(sound)
            target = next(each for number, each in enumerate(ast.walk(tree)) if number == place)
            faulty = _faulty(target, choice)
            whole = ast.fix_missing_locations(_Replaced(target, faulty).visit(tree))
            if isinstance(node, ast.expr) and not _is_annotation(sound, node):
                yield Mutant(file, node.lineno, _shown(node), _shown(faulty), whole)


def _choices(node: ast.AST) -> int:
    """In how many ways this node can be made faulty."""
    if isinstance(node, ast.Compare):
        return sum(type(operator) in _TURNED for operator in node.ops)
    if isinstance(node, ast.BoolOp):
        return len(node.values)
    is_not = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    is_number = isinstance(node, ast.Constant) and type(node.value) is int
    return int(is_not or is_number)


def _faulty(node: ast.AST, choice: int) -> ast.expr:
    if isinstance(node, ast.Compare):
        operators = [_TURNED[type(one)]() if number == choice else one for number, one in enumerate(node.ops)]
        return ast.copy_location(ast.Compare(node.left, operators, node.comparators), node)
    if isinstance(node, ast.BoolOp):
        values = [value for number, value in enumerate(node.values) if number != choice]
        return values[0] if len(values) == 1 else ast.copy_location(ast.BoolOp(node.op, values), node)
    if isinstance(node, ast.UnaryOp):
        return node.operand
    assert isinstance(node, ast.Constant)
    return ast.copy_location(ast.Constant(node.value + 1), node)


class _Replaced(ast.NodeTransformer):
    def __init__(self, target: ast.AST, faulty: ast.expr) -> None:
        self._target, self._faulty = target, faulty

    def visit(self, node: ast.AST) -> ast.AST:
        """The faulty node in the place of its target, everything else as it is."""
        return self._faulty if node is self._target else super().generic_visit(node)


def _is_annotation(tree: ast.Module, wanted: ast.AST) -> bool:
    """Whether a node only speaks to the type checker."""
    notes = [
        node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation
    ]
    notes += [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns]
    return any(wanted is each for note in notes for each in ast.walk(note))


def _shown(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 70 else f"{text[:67]}..."


class _Serves(importlib.abc.MetaPathFinder):
    """Serves the faulty module to whoever imports it."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of the faulty module; None for every other."""
        if name != self._mutant.module:
            return None
        loader = _Loader(name, str(self._mutant.file))
        loader.tree = self._mutant.tree
        is_package = [str(self._mutant.file.parent)] if self._mutant.file.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, self._mutant.file, loader=loader, submodule_search_locations=is_package
        )


class _Loader(SourceFileLoader):
    tree: ast.Module

    def get_code(self, _name: str) -> CodeType:
        """The code of the faulty tree."""
        return compile(self.tree, self.path, "exec")


def _start(room: Room, mutant: Mutant | None) -> int:
    """Fork a process that runs the room's tests over a mutant (None: over sound code); its process id."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    if mutant is not None:
        sys.meta_path.insert(0, _Serves(mutant))
    import pytest

    options = ["-x", "-q", "-p", "no:cacheprovider", "-k", "not postgresql", "-m", "not slow", "--hypothesis-seed=0"]
    os._exit(int(pytest.main([*options, *room.tests])))


def _sound_seconds(room: Room) -> float:
    """How long the tests take on sound code. Ends the program when they do not pass there."""
    began = time.monotonic()
    _, status = os.waitpid(_start(room, None), 0)
    if status:
        sys.exit(f"{room.name}: the tests fail on sound code: run pytest {' '.join(room.tests)}")
    return time.monotonic() - began


def survivors(room: Room, mutants: Sequence[Mutant], jobs: int) -> list[Mutant]:
    """The mutants that no test notices."""
    patience = max(30.0, PATIENCE * jobs * _sound_seconds(room))
    waiting, running, alive = list(reversed(mutants)), dict[int, tuple[Mutant, float]](), list[Mutant]()
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            running[_start(room, mutant)] = mutant, time.monotonic() + patience
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            mutant, _ = running.pop(pid)
            alive += [mutant] if status == 0 else []
        for child, (_, until) in running.items():
            if time.monotonic() > until:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child, signal.SIGKILL)
        if not pid:
            time.sleep(0.05)
    return sorted(alive, key=lambda mutant: (str(mutant.file), mutant.line))


def chosen(room: Room, most: int, seed: int) -> list[Mutant]:
    """At most so many mutants of a room, drawn by the seed; all of them for ``most`` 0."""
    every = [
        mutant for pattern in room.sources for file in sorted(SOURCES.glob(pattern)) for mutant in mutants_of(file)
    ]
    return every if not most or len(every) <= most else random.Random(seed).sample(every, most)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", help=f"{', '.join(room.name for room in ROOMS)} (default: each)")
    parser.add_argument("--most", type=int, default=60, help="mutants a room, drawn at random (0: every one)")
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    for heavy in ("pytest", "hypothesis", "numpy", "django.db", "yaml", "lxml.etree"):
        importlib.import_module(heavy)
    below = 0
    for room in ROOMS:
        if asked.rooms and room.name not in asked.rooms:
            continue
        mutants = chosen(room, asked.most, asked.seed)
        alive = survivors(room, mutants, asked.jobs)
        rate = 1 - len(alive) / len(mutants)
        below += rate < TARGET
        print(f"{room.name:8} {len(mutants) - len(alive)} of {len(mutants)} killed ({rate:.0%})", flush=True)
        for mutant in alive:
            print(f"    {mutant}", flush=True)
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
