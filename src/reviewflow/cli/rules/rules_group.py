"""``reviewflow rules``: check, explain, try and compare rules."""

import sys
from pathlib import Path

import click

from reviewflow.configuration.configuration import load_configuration
from reviewflow.domain.terms import Category, Flag, Status
from reviewflow.settings import load_settings


@click.group()
def rules() -> None:
    """检查、解释、试用、比较规则。规则写在 configs/rules.yaml，用普通编辑器修改。"""


@rules.command()
def check() -> None:
    """检查全部配置文件：设置、目录类别、法律依据、规则。所有错误一次列出。"""
    from reviewflow.cli.rules.report_of_check import check_report

    report, faulty = check_report()
    click.echo(report)
    if faulty:
        sys.exit(1)


@rules.command()
@click.argument("ids", nargs=-1, metavar="[编号…]")
@click.option("--category", type=click.Choice([c.label for c in Category]), help="只看这一类别的规则。")
@click.option("--status", type=click.Choice([s.label for s in Status]), help="只看建议这一公开属性的规则。")
@click.option("--flag", type=click.Choice([f.label for f in Flag]), help="只看提示这一标记的规则。")
def explain(ids: tuple[str, ...], category: str | None, status: str | None, flag: str | None) -> None:
    """把每条规则说成一句话。"""
    from reviewflow.rules.explain import sentence

    configuration = load_configuration()
    for rule in configuration.rules.rules:
        if (
            (not ids or rule.id in ids)
            and (not category or (rule.category and rule.category.label == category))
            and (not status or (rule.status and rule.status.label == status))
            and (not flag or flag in [one.label for one in rule.flags])
        ):
            click.echo(sentence(rule, configuration.bases))


@rules.command()
@click.argument("name", required=False, metavar="[词表]")
def words(name: str | None) -> None:
    """列出识别姓名、住址、病情、号码用的词表；写明词表时列出其中的词。增减写在 configs/words.yaml。"""
    from reviewflow.rules.wordbook import load_words
    from reviewflow.text.sensitive.wordlists import WordList

    own = load_words(load_settings().configs / "words.yaml")
    if name is None:
        click.echo("\n".join(f"{one.value}（{len(own[one])}）" for one in WordList))
    elif name in list(WordList):
        click.echo(" ".join(own[WordList(name)]))
    else:
        raise click.UsageError(f"没有名叫“{name}”的词表。不带词表名运行，可以看到全部词表。")


@rules.command("try")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[文件]")
@click.option("--text", help="直接给出文字；第一行当作标题。")
def try_rules(file: Path | None, text: str | None) -> None:
    """看一个文件（或一段文字）命中哪些规则、是哪些词。"""
    from reviewflow.cli.rules.report_of_try import trial_report

    if (file is None) == (text is None):
        raise click.UsageError("请给出一个文件，或用 --text 给出文字。")
    click.echo(trial_report(file, text, load_configuration()))


@rules.command()
@click.argument("old", type=click.Path(path_type=Path), metavar="旧规则")
@click.argument("new", type=click.Path(path_type=Path), metavar="新规则")
@click.argument("paths", nargs=-1, required=True, metavar="路径…")
def compare(old: Path, new: Path, paths: tuple[str, ...]) -> None:
    """在文件夹或表格上重放新旧两份规则，列出会变化的文件。"""
    from reviewflow.cli.rules.report_of_compare import comparison_report

    click.echo(comparison_report(old, new, paths, load_configuration()))
