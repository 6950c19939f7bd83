"""``reviewflow login`` and ``logout``."""

import sys

import click

from reviewflow.cli.person import forget_token, keep_token, read_token, session_path
from reviewflow.services.office import open_office


@click.command()
@click.argument("username", required=False, metavar="[用户名]")
@click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为密码，供脚本使用。")
def login(username: str | None, password_stdin: bool) -> None:
    """用自己的用户名和密码登录；到期后须重新登录。"""
    office = open_office()
    from reviewflow.services.sessions import actor_for, sign_in

    username = username or click.prompt("用户名")
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else click.prompt("密码", hide_input=True)
    token = sign_in(office, username, password)
    keep_token(session_path(office), token)
    click.echo(f"已登录：{actor_for(office, token).name}，{office.settings.accounts.session_hours} 小时内有效。")


@click.command()
def logout() -> None:
    """退出登录。"""
    office = open_office()
    from reviewflow.services.sessions import sign_out

    path = session_path(office)
    sign_out(office, read_token(path))
    forget_token(path)
    click.echo("已退出登录。")
