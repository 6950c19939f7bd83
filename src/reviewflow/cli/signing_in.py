"""``reviewflow login`` and ``logout``."""

import sys
from contextlib import suppress

import click

from reviewflow.cli.terminal.person import read_token, remove_token, save_token, session_path
from reviewflow.errors import ReviewflowError
from reviewflow.services.office import open_office


@click.command()
@click.argument("username", required=False, metavar="[用户名]")
@click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为密码，供脚本使用。")
def login(username: str | None, password_stdin: bool) -> None:
    """用自己的用户名和密码登录；到期后须重新登录。"""
    office = open_office()
    from reviewflow.services.accounts.sessions import actor_for, sign_in, sign_out

    username = username or click.prompt("用户名")
    password = password_line() if password_stdin else click.prompt("密码", hide_input=True)
    path, token = session_path(office), sign_in(office, username, password)
    with suppress(ReviewflowError):  # an old file that others could read is replaced all the same
        sign_out(office, read_token(path))
    save_token(path, token)
    click.echo(f"已登录：{actor_for(office, token).name}，{office.settings.accounts.session_hours} 小时内有效。")


def password_line() -> str:
    """The line on standard input, for scripts. Raises ReviewflowError ``login.no_password`` where there is none."""
    line = sys.stdin.buffer.readline().decode("utf-8", "replace").rstrip("\r\n")
    if not line:
        raise ReviewflowError("login.no_password", "标准输入中没有密码。", "请把密码作为一行写入标准输入。")
    return line


@click.command()
def logout() -> None:
    """退出登录。"""
    office = open_office()
    from reviewflow.services.accounts.sessions import sign_out

    path = session_path(office)
    sign_out(office, read_token(path))
    remove_token(path)
    click.echo("已退出登录。")
