"""The command ``reviewflow``. Start-up imports nothing heavy: each group is loaded when it is called."""

import os
import sys
from functools import cache
from importlib import import_module
from textwrap import indent

import click

from reviewflow import __version__
from reviewflow.cli.terminal.interruption import INTERRUPTED
from reviewflow.errors import DamageError, ReviewflowError
from reviewflow.traces import DEBUG, debugging, trace_of

_COMMANDS = {
    "classify": ("reviewflow.cli.classify", "classify", "对文件、文件夹或表格逐件提出公开建议"),
    "import": ("reviewflow.cli.importing", "import_documents", "提交文件：提出建议并排入审查队列"),
    "queue": ("reviewflow.cli.queue.queue_group", "queue", "查看和办理审查队列"),
    "search": ("reviewflow.cli.search", "search", "按标题和正文查找"),
    "catalogue": (
        "reviewflow.cli.catalogue.catalogue_group",
        "catalogue",
        "信息公开目录：查看、更正、失效、公开渠道、导出",
    ),
    "register": ("reviewflow.cli.register", "register", "不予公开登记簿和到期评估清单"),
    "review-form": ("reviewflow.cli.review_form", "review_form", "写出一件的保密审查表（docx 和 pdf）"),
    "serve": ("reviewflow.cli.serving", "serve", "在浏览器里办理审查"),
    "login": ("reviewflow.cli.signing_in", "login", "登录"),
    "logout": ("reviewflow.cli.signing_in", "logout", "退出登录"),
    "users": ("reviewflow.cli.users", "users", "账号、角色、代理（系统管理员）"),
    "audit": ("reviewflow.cli.audit.audit_group", "audit", "核验审计链、打印链首、查看记录"),
    "init": ("reviewflow.cli.operations", "init", "建立台账：数据库、密钥、第一个管理员"),
    "upgrade": ("reviewflow.cli.operations", "upgrade", "升级台账（先自动备份）"),
    "backup": ("reviewflow.cli.operations", "backup", "备份为一个文件"),
    "restore": ("reviewflow.cli.operations", "restore", "从备份恢复（先核验，再替换）"),
    "doctor": ("reviewflow.cli.operations", "doctor", "检查权限、密钥、时钟、磁盘、模型、规则、审计链"),
    "rules": ("reviewflow.cli.rules.rules_group", "rules", "检查、解释、试用、比较规则"),
    "model": ("reviewflow.cli.model", "model", "训练、评估、查看、启用模型"),
}


_explained = click.help_option("-h", "--help", help="显示这段说明。")


@cache
def _command(name: str) -> click.Command:
    """A command, imported, with its help in Chinese."""
    module, function, _ = _COMMANDS[name]
    command: click.Command = getattr(import_module(module), function)
    _explain(command)
    return command


def _explain(command: click.Command) -> None:
    """Put a help option with a line in Chinese in place of click's own, on a command and all below it."""
    _explained(command)
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _explain(below)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used; their help lines are known without that."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        return _command(cmd_name) if cmd_name in _COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their lines, importing none."""
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, _, line) in _COMMANDS.items()])


@click.group(cls=LazyGroup)
@click.version_option(__version__, "--version", prog_name="reviewflow", help="显示版本。")
@click.option("--debug", is_flag=True, help="出错时列出程序中的位置（不含文件内容），供维护者查找原因。")
@_explained
def cli(debug: bool) -> None:
    """政府信息公开审查助手：机器提出建议，由人决定。"""
    if debug:
        os.environ[DEBUG] = "1"


def main() -> None:
    """Run the command; an error is printed as three short parts, and where it happened only when that is asked for.

    Never as Python prints one: the words of an exception may be words of a document.
    """
    try:
        cli.main(standalone_mode=False)
    except ReviewflowError as error:
        _print_error(error, error)
        sys.exit(1)
    except click.exceptions.Exit as finished:
        sys.exit(finished.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        # Commands that can go on say so themselves: see ``interruptible``.
        click.echo("已中断。", err=True)
        sys.exit(INTERRUPTED)
    except Exception as error:
        _print_error(_unexpected_error(error), error)
        sys.exit(1)


def _print_error(error: ReviewflowError, cause: Exception) -> None:
    click.echo(f"错误 [{error.code}] {error.message}", err=True)
    if debugging():
        click.echo(indent(trace_of(cause), "  "), err=True)
    if error.hint:
        click.echo(f"办法：{error.hint}", err=True)


def _unexpected_error(error: Exception) -> ReviewflowError:
    hint = (
        "请把以上内容告诉维护者。"
        if debugging()
        else "请用 reviewflow --debug 加同样的命令再运行一次，把显示的内容告诉维护者。"
    )
    return DamageError("program.unexpected", f"程序出错（{type(error).__name__}），没有做完。", hint)
