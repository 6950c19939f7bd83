"""The documentation says what the program does: every command, every setting, every error code, every file."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from reviewflow.cli.main import cli
from reviewflow.domain.terms import Term
from reviewflow.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CLERK = ROOT / "src/reviewflow/web/manual/clerk.md"
ADMINISTRATION = ROOT / "docs/administration.zh.md"
ARCHITECTURE = ROOT / "docs/architecture.md"
GLOSSARY = ROOT / "docs/glossary.md"
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh.md"
DOCUMENTS = sorted(
    [ENGLISH, CHINESE, CLERK, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")]
)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


def settings() -> list[tuple[str, str]]:
    sections = {one.name: one.default_factory for one in fields(Settings) if one.name != "home"}
    return [(section, key.name) for section, kind in sections.items() for key in fields(kind)]  # type: ignore[arg-type]


def named(text: str, command: tuple[str, ...]) -> bool:
    """Whether a command stands in full somewhere, or in a table's row after the first of its group."""
    *group, name = command
    full = rf"reviewflow {' '.join(command)}(?![\w-])"
    row = rf"reviewflow {' '.join(group)} .*`{name}(?![\w-])" if group else rf"reviewflow \w.*`{name}(?![\w-])"
    return re.search(full, text) is not None or re.search(row, text) is not None


@pytest.mark.parametrize("command", list(commands(cli)), ids=" ".join)
def test_every_command_is_named_in_the_readme_or_a_manual(command: tuple[str, ...]) -> None:
    assert any(named(path.read_text("utf-8"), command) for path in (ENGLISH, CLERK, ADMINISTRATION))


def test_both_readmes_name_the_same_commands() -> None:
    found = [set(re.findall(r"`reviewflow ([\w-]+)", path.read_text("utf-8"))) for path in (ENGLISH, CHINESE)]
    assert found[0] == found[1]


def test_no_text_names_a_command_that_does_not_exist() -> None:
    known = {command[:2] for command in commands(cli)} | {command[:1] for command in commands(cli)}
    for path in DOCUMENTS:
        for first, second in re.findall(r"reviewflow ([a-z][a-z-]+)(?: ([a-z][a-z-]+))?", path.read_text("utf-8")):
            if (first,) in known:
                group = next((name for name in known if len(name) > 1 and name[0] == first), None)
                assert not group or not second or (first, second) in known, (path.name, first, second)


@pytest.mark.parametrize(("section", "key"), settings())
def test_every_setting_is_explained_to_administrators(section: str, key: str) -> None:
    assert f"| {section} | {key} |" in ADMINISTRATION.read_text("utf-8")


def test_the_manual_explains_no_setting_that_does_not_exist() -> None:
    explained = re.findall(r"^\| ([a-z_]+) \| ([a-z_]+) \|", ADMINISTRATION.read_text("utf-8"), re.MULTILINE)
    assert set(explained) == set(settings())


def test_the_defaults_in_the_manual_are_those_of_the_program() -> None:
    sections = {one.name: one.default_factory for one in fields(Settings) if one.name != "home"}
    for section, key, default in re.findall(
        r"^\| ([a-z_]+) \| ([a-z_]+) \| ?([^|]*?) ?\|", ADMINISTRATION.read_text("utf-8"), re.MULTILINE
    ):
        value = getattr(sections[section](), key)  # type: ignore[operator]
        if default:
            assert default in (str(value), str(value).lower(), f"{value:.2f}" if isinstance(value, float) else default)
            assert not isinstance(value, float) or float(default) == value


def test_every_error_code_in_the_manual_is_one_of_the_program() -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    codes = re.findall(r"^\| ([a-z]+\.[a-z_]+) \|", CLERK.read_text("utf-8"), re.MULTILINE)
    assert len(codes) > 20
    assert [code for code in codes if f'"{code}"' not in source] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_text_points_to_exists(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
        if re.match(r"https?:", target):
            continue
        file = ROOT / "src/reviewflow/web" / target[1:] if target.startswith("/static/") else path.parent / target
        assert file.exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_text_knows_the_machine_it_was_written_on(path: Path) -> None:
    assert re.findall(r"(?<![\w.~/])/(?:home|root|work|tmp|srv|usr|opt|Users)/", path.read_text("utf-8")) == []


def test_every_key_of_the_desk_is_in_the_manual() -> None:
    shown = re.findall(r"<kbd>([^<]+)</kbd>", (ROOT / "src/reviewflow/web/templates/web/keys.html").read_text("utf-8"))
    table = CLERK.read_text("utf-8").split("## 键盘")[1].split("## ")[0]
    assert [key for key in shown if key not in table] == []


def test_every_action_is_in_the_manual() -> None:
    from reviewflow.domain.review import Action

    assert [action.label for action in Action if action.label not in CLERK.read_text("utf-8")] == []


def named_in_code(name: str) -> Any:
    """What a text calls ``domain/review.Case.split``: a folder, a module, or something in one, by its path."""
    path, _, inside = name.partition(".")
    thing: Any = import_module(f"reviewflow.{path.replace('/', '.')}")
    for attribute in filter(None, inside.split(".")):
        # What a dataclass with slots declares without a default is no attribute of the class.
        declared = attribute in getattr(thing, "__annotations__", {})
        thing = getattr(thing, attribute, None) if declared else getattr(thing, attribute)
    return thing


def glossary_rows(heading: str, columns: int) -> list[list[str]]:
    """The cells of the table under a heading, without code quotes; the line of column names is left out."""
    section = GLOSSARY.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in section.splitlines() if line.startswith("| ")]
    assert {len(row) for row in rows} == {columns}
    return rows[1:]


def test_every_word_of_the_glossary_that_names_code_names_what_is_there() -> None:
    trade, house = glossary_rows("The trade", 4), glossary_rows("The house", 3)
    names = [row[2].strip("`") for row in trade if row[2]] + [row[1].strip("`") for row in house]
    assert len(names) > 60
    for name in names:
        named_in_code(name)


def test_no_word_stands_in_the_glossary_twice() -> None:
    words = [row[0] for row in (*glossary_rows("The trade", 4), *glossary_rows("The house", 3))]
    assert sorted(set(words)) == sorted(words)


def vocabularies() -> list[type[Term]]:
    for file in (ROOT / "src/reviewflow/domain").glob("*.py"):
        import_module(f"reviewflow.domain.{file.stem}")
    return [one for one in Term.__subclasses__() if one.__module__.startswith("reviewflow.domain.")]


def test_the_glossary_holds_every_vocabulary_of_the_domain_with_codes_and_names() -> None:
    listed = {
        named_in_code(name.strip("`")): re.findall(r"`(\w+)` ([^·]+?)(?= ·|$)", codes)
        for name, codes in glossary_rows("Codes", 2)
    }
    assert listed == {one: [(member.value, member.label) for member in one] for one in vocabularies()}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function below commands and pages, whose names are those that people type and addresses have."""
    for path in sorted((ROOT / "src/reviewflow").rglob("*.py")):
        room = path.relative_to(ROOT / "src/reviewflow")
        if room.parts[0] not in ("cli", "web") and "migrations" not in room.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    yield f"{room}:{node.name}", node


@pytest.mark.parametrize("row", glossary_rows("Verbs", 4), ids=lambda row: row[0])
def test_a_verb_of_the_house_is_in_use_and_gives_what_the_glossary_says(row: list[str]) -> None:
    verb, _, gives, example = (cell.strip("`") for cell in row)
    assert callable(named_in_code(example))
    assert re.match(rf"{verb}(_|$)", example.rpartition(".")[2])
    given = {
        name: ast.unparse(node.returns)
        for name, node in functions()
        if node.returns and re.match(rf"_?{verb}(_|$)", node.name) and node.name not in NOUNS
    }
    assert given
    assert not gives or {name: kind for name, kind in given.items() if kind != gives} == {}


NOUNS = frozenset({"check_digit"})
"""names of functions that begin like a verb of the house and are none: 校验码"""


def test_what_ends_in_error_makes_one() -> None:
    makers = {name: node for name, node in functions() if node.name.endswith("_error") and "learn/" not in name}
    assert len(makers) > 5
    assert {
        name for name, node in makers.items() if not re.search(r"Error\b", ast.unparse(node.returns or node))
    } == set()


MODULES = frozenset(path.stem for path in (ROOT / "src/reviewflow").glob("*.py"))


def places_named(text: str) -> list[str]:
    """What stands in code quotes and is a path below src/reviewflow or in the project, or begins with a module there."""
    quoted = re.findall(r"`([a-z_]+(?:/\w+)*(?:\.\w+)*)`", text)
    return [name for name in quoted if "/" in name or re.split(r"[./]", name)[0] in MODULES]


def stands(name: str) -> bool:
    """Whether there is such a file, module, or thing in a module."""
    if (ROOT / name).exists() or (ROOT / "src/reviewflow" / name).exists():
        return True
    try:
        named_in_code(name)
    except (ImportError, AttributeError):
        return False
    return True


def test_every_place_that_the_architecture_names_is_there() -> None:
    named = places_named(ARCHITECTURE.read_text("utf-8"))
    assert len(named) > 100
    assert [name for name in named if name not in INVENTED and not stands(name)] == []


INVENTED = frozenset({"text/reading/abc.py"})
"""the reader that the page adds for an example"""


def test_every_figure_of_the_architecture_is_that_of_the_code() -> None:
    table = ARCHITECTURE.read_text("utf-8").split("\n## Figures\n")[1].split("\n## ")[0]
    figures = re.findall(r"^\| [^|]+ \| ([\d.]+) \| `([^`]+)` \|$", table, re.MULTILINE)
    assert len(figures) == table.count("\n|") - 2
    for value, name in figures:
        owner, _, constant = name.rpartition(".")
        holder = named_in_code(owner)
        assert str(getattr(holder() if is_dataclass(holder) else holder, constant)) == value, name


def test_the_layers_of_the_architecture_and_of_contributing_are_those_of_the_contract() -> None:
    contract = (
        (ROOT / "pyproject.toml").read_text("utf-8").split('containers = ["reviewflow"]\nlayers = [')[1].split("]")[0]
    )
    layers = " → ".join(re.findall('"([^"]+)"', contract))
    for page in (ARCHITECTURE, ROOT / "CONTRIBUTING.md"):
        assert f"`{layers}`" in page.read_text("utf-8"), page.name
