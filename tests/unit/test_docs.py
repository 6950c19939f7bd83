"""The documentation says what the program does: every command, every setting, every error code, every file."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from reviewflow.cli.main import cli
from reviewflow.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CLERK = ROOT / "src/reviewflow/web/manual/clerk.md"
ADMINISTRATION = ROOT / "docs/administration.zh.md"
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


def test_every_action_and_role_is_in_the_manual_and_the_glossary() -> None:
    from reviewflow.domain.people import Role
    from reviewflow.domain.review import Action, Stage

    manual, glossary = CLERK.read_text("utf-8"), (ROOT / "docs/glossary.md").read_text("utf-8")
    for term in (*Action, *Role, *Stage):
        assert term.label in glossary, term.label
    for action in Action:
        assert action.label in manual, action.label
