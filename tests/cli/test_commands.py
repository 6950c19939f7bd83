"""Start-up, help, and the rules and model commands."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from reviewflow.cli.main import cli
from reviewflow.domain.document import Reading
from reviewflow.explained.record import record_of
from reviewflow.pipeline import load_toolkit, propose_document
from reviewflow.rules.wordbook import load_words
from reviewflow.text.sensitive.wordlists import shipped_words
from reviewflow.text.tidy import tidy
from tests.crashing import crashing_workbook

ROOT = Path(__file__).resolve().parents[2]


def reviewflow(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "reviewflow", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["rules", "check"], ["rules", "explain"], ["rules", "--help"], ["model", "--help"]]
)
def test_light_commands_import_nothing_heavy(home: Path, arguments: list[str]) -> None:
    script = (
        "import sys, io\n"
        f"sys.argv = ['reviewflow', *{arguments!r}]\n"
        "from reviewflow.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'sklearn', 'pandas', 'jieba', 'rjieba', 'django', 'pyarrow', 'scipy'} & set(sys.modules)\n"
        "print('HEAVY', sorted(heavy), file=sys.stderr)\n"
    )
    environment = {**os.environ, "REVIEWFLOW_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert "HEAVY []" in done.stderr


def test_help_is_chinese_and_names_every_command(home: Path) -> None:
    told = reviewflow(home, "--help").stdout
    for word in ("classify", "rules", "model", "政府信息公开"):
        assert word in told


@pytest.mark.parametrize("command", ["classify", "rules", "model"])
def test_every_command_has_help(home: Path, command: str) -> None:
    assert reviewflow(home, command, "--help").returncode == 0


def test_rules_check_counts_what_it_read(home: Path) -> None:
    done = reviewflow(home, "rules", "check")
    assert done.returncode == 0
    assert "条规则" in done.stdout


def test_rules_check_lists_every_fault_of_every_file(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    rules = copy / "configs" / "rules.yaml"
    rules.write_text(
        rules.read_text("utf-8").replace("类别: 机构职能", "类别: 机构职责", 1).replace("名称:", "名字:", 1), "utf-8"
    )
    (copy / "configs" / "reviewflow.toml").write_text("[reading]\nmax_pagez = 3\n[proposal]\nwithhold = 7\n", "utf-8")
    done = reviewflow(copy, "rules", "check")
    assert done.returncode == 1
    for part in ("机构职责", "名字", "是不是", "max_pagez", "withhold", "rules.yaml:"):
        assert part in done.stdout + done.stderr


def test_rules_words_lists_the_lists_and_the_words_of_one(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    (copy / "configs" / "words.yaml").write_text("词表:\n- 名称: 队员\n  增加: [网格长]\n", "utf-8")
    assert "队员（3）" in reviewflow(copy, "rules", "words").stdout.splitlines()
    assert reviewflow(copy, "rules", "words", "队员").stdout == "网格长 队员 组员\n"
    assert "没有名叫“队友”的词表" in reviewflow(copy, "rules", "words", "队友").stderr


def test_rules_check_names_the_line_of_a_faulty_word(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    (copy / "configs" / "words.yaml").write_text("词表:\n- 名称: 队员\n  增加: [队员]\n", "utf-8")
    done = reviewflow(copy, "rules", "check")
    assert (done.returncode, "words.yaml:3 “队员”已经在这个词表里。" in done.stdout) == (1, True)


def test_a_word_of_the_office_changes_findings_and_provenance(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    (copy / "configs" / "words.yaml").write_text("词表:\n- 名称: 私人角色\n  增加: [网格员]\n", "utf-8")
    document = tidy(Reading("网格员王小明反映路灯不亮。"), "一件")
    shipped, own = (record_of(propose_document(document, load_toolkit(each))) for each in (home, copy))
    assert shipped["findings"] == []
    assert own["findings"] == [{"kind": "person_private", "start": 3, "end": 6, "where": "正文"}]
    assert shipped["words_digest"] == shipped_words().digest[:12]
    assert own["words_digest"] == load_words(copy / "configs" / "words.yaml").digest[:12] != shipped["words_digest"]


def test_rules_explain_speaks_in_sentences(home: Path) -> None:
    told = reviewflow(home, "rules", "explain", "P01").stdout
    assert "标题结尾是" in told
    assert "不予公开" in told
    assert "依据" in told


def test_rules_try_shows_the_words(home: Path) -> None:
    told = reviewflow(home, "rules", "try", "--text", "关于追加经费的请示\n区政府：妥否，请批示。").stdout
    assert "P01" in told
    assert "妥否" in told


def test_rules_try_reads_a_file(home: Path) -> None:
    assert "命中" in reviewflow(home, "rules", "try", str(ROOT / "tests/data/formats/notice.docx")).stdout


def test_a_file_that_ends_its_reader_costs_rules_try_and_compare_that_file_alone(home: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.xls").write_bytes(crashing_workbook())
    (tmp_path / "好.txt").write_text("关于追加经费的请示\n区政府：妥否，请批示。", "utf-8")
    done = reviewflow(home, "rules", "try", str(tmp_path / "坏.xls"))
    assert (done.returncode, "read.crashed" in done.stderr) == (1, True)
    rules = str(home / "configs" / "rules.yaml")
    told = reviewflow(home, "rules", "compare", rules, rules, str(tmp_path)).stdout
    assert "比较了 1 件，0 件会变化" in told
    assert f"读不了：{tmp_path / '坏.xls'}：处理这个文件时程序崩溃。" in told


def test_rules_try_needs_no_model(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home / "configs", tmp_path / "configs")
    assert "命中" in reviewflow(tmp_path, "rules", "try", str(ROOT / "tests/data/formats/notice.docx")).stdout


def test_rules_compare_lists_what_would_change(home: Path, tmp_path: Path) -> None:
    old = home / "configs" / "rules.yaml"
    new = tmp_path / "new.yaml"
    new.write_text(
        old.read_text("utf-8")
        .replace("  标题结尾: [的请示, 请示]", "  标题结尾: [的密函]", 1)
        .replace('"关于申请追加排污口整治经费的请示"', '"某密函的密函"', 1)
        .replace('"关于核定编制的请示"', '"另一的密函"', 1),
        "utf-8",
    )
    table = tmp_path / "t.csv"
    table.write_text("id,title,text\n1,关于购车的请示,区政府：请予支持。\n2,关于放假的通知,现通知如下。\n", "utf-8")
    told = reviewflow(home, "rules", "compare", str(old), str(new), str(table)).stdout
    assert "比较了 2 件，1 件会变化" in told
    assert "不予公开→主动公开" in told
    assert "P01" in told


def test_model_commands_train_list_show_and_roll_back(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    shutil.copytree(ROOT / "data" / "training", tmp_path / "training")
    trained = reviewflow(copy, "model", "train", "--data", str(tmp_path / "training"), "--activate")
    assert trained.returncode == 0, trained.stderr
    assert reviewflow(copy, "model", "list").stdout.count("\n") == 2
    assert "data_digest" in reviewflow(copy, "model", "show").stdout
    assert reviewflow(copy, "model", "rollback").returncode == 0
    assert reviewflow(copy, "model", "activate", "nothing").returncode == 1


def test_a_missing_installation_is_said(tmp_path: Path) -> None:
    done = reviewflow(tmp_path, "rules", "check")
    assert done.returncode == 1
    assert "REVIEWFLOW_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_command_explains_its_help_in_chinese(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWFLOW_HOME", str(home))
    for path in commands(cli, ()):
        for asked in ("-h", "--help"):
            told = CliRunner().invoke(cli, [*path, asked]).output
            assert "显示这段说明。" in told, path
            assert "Show this message" not in told, path


def commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The command and all below it, by the words typed for them."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))
