"""The shape of the code: short files, short functions, nothing left for later, nothing of this machine."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Migrations are written by Django and kept as it writes them.
SOURCES = sorted(path for path in (ROOT / "src").rglob("*.py") if path.parent.name != "migrations")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_file_is_over_300_lines_and_no_function_over_60(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, node.name


def _is_compile(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "re.compile"
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_regular_expression_is_over_200_characters(path: Path) -> None:
    for node in filter(_is_compile, ast.walk(ast.parse(path.read_text("utf-8")))):
        strings = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        assert sum(map(len, strings)) <= 200, node.lineno


def test_nothing_is_left_for_later() -> None:
    marked = [path.name for path in SOURCES if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text("utf-8"))]
    assert marked == []


def test_chinese_messages_use_full_width_punctuation() -> None:
    halves = []
    for path in (ROOT / "src/reviewflow/cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.search(r"[\u4e00-\u9fff][,:;!?](?=[\u4e00-\u9fff\s]|$)", node.value)
            ):
                halves.append((path.name, node.value[:40]))
    assert halves == []


def test_the_lock_files_name_no_registry() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        assert "http" not in (ROOT / name).read_text("utf-8")


SRC = ROOT / "src" / "reviewflow"
NO_VERBS_OF_THE_HOUSE = {"keep", "keeps", "kept", "settle", "told", "walk", "sent"}
"""words that have meant too many things: docs/glossary.md and the verbs of the house say what a function does"""


def _twice(names: list[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def test_no_two_files_of_one_layer_share_a_name() -> None:
    inside = [path.relative_to(SRC) for path in SOURCES if path.name != "__init__.py"]
    assert _twice([f"{path.parts[0]}: {path.name}" for path in inside if len(path.parts) > 1]) == []


def test_no_two_classes_share_a_name() -> None:
    """But for the ledger's rows, which are written ``rows.Case`` wherever the domain's ``Case`` is meant as well."""
    own = [path for path in SOURCES if SRC / "records" / "models" not in path.parents]
    nodes = [node for path in own for node in ast.parse(path.read_text("utf-8")).body]
    classes = [node.name for node in nodes if isinstance(node, ast.ClassDef)]
    assert "Case" in classes
    assert _twice(classes) == []


def test_functions_are_named_by_what_they_do() -> None:
    poetry = [
        f"{path.relative_to(SRC)}: {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and NO_VERBS_OF_THE_HOUSE & set(node.name.split("_"))
    ]
    assert poetry == []
