"""``reviewflow users``: accounts, roles, sections and stand-ins."""

from datetime import date

import click

from reviewflow.cli.signing_in import password_line
from reviewflow.cli.terminal.person import signed_in
from reviewflow.cli.terminal.table import draw
from reviewflow.cli.terminal.values import DAY, Named
from reviewflow.domain.people import Role

_ROLE = Named(Role)


def _new_password(from_stdin: bool) -> str:
    if from_stdin:
        return password_line()
    return str(click.prompt("新密码", hide_input=True, confirmation_prompt="再输一次"))


@click.group()
def users() -> None:
    """账号、角色、科室、代理。除 password 外，只有系统管理员可用。"""


@users.command()
@click.argument("username", metavar="用户名")
@click.option("--name", required=True, help="签字上的姓名。")
@click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为密码。")
def add(username: str, name: str, password_stdin: bool) -> None:
    """添加账号；随后用 roles 授予角色。"""
    from reviewflow.services.accounts.accounts import add_user

    office, actor = signed_in()
    add_user(office, actor, username, name, _new_password(password_stdin))
    click.echo(f"已添加 {name}（{username}）。用 reviewflow users roles {username} --add 角色 授予角色。")


@users.command()
@click.argument("username", metavar="用户名")
@click.option("--add", "added", type=_ROLE, metavar="角色", help="授予的角色，如 科室审查员。")
@click.option("--remove", "removed", type=_ROLE, metavar="角色", help="收回的角色。")
@click.option("--section", default="", help="科室审查员所在的科室。")
def roles(username: str, added: Role | None, removed: Role | None, section: str) -> None:
    """授予或收回角色。"""
    from reviewflow.services.accounts.accounts import grant_role, revoke_role

    if (added is None) == (removed is None):
        raise click.UsageError("请写 --add 或 --remove 其中一项。")
    office, actor = signed_in()
    if added:
        grant_role(office, actor, username, added, section)
    if removed:
        revoke_role(office, actor, username, removed, section)
    click.echo(f"{username}：已{'授予' if added else '收回'}{(added or removed or Role.SECTION).label}{section}。")


@users.command("stand-in")
@click.argument("username", metavar="代理人")
@click.option("--for", "absent", required=True, help="被代理人的用户名。")
@click.option("--from", "since", type=DAY, required=True, help="起日，如 2025-11-03。")
@click.option("--to", "until", type=DAY, required=True, help="止日。")
def stand_in_command(username: str, absent: str, since: date, until: date) -> None:
    """在一段日子里由一人代理另一人审查；签字上会写明代理。"""
    from reviewflow.services.accounts.accounts import add_stand_in

    office, actor = signed_in()
    add_stand_in(office, actor, username, absent, since, until)
    click.echo(f"{username} 自 {since:%Y-%m-%d} 至 {until:%Y-%m-%d} 代理 {absent}。")


@users.command()
@click.argument("username", metavar="用户名")
def deactivate(username: str) -> None:
    """停用账号；已签的字不受影响。"""
    from reviewflow.services.accounts import accounts

    office, actor = signed_in()
    accounts.deactivate_account(office, actor, username)
    click.echo(f"{username} 已停用。")


@users.command()
@click.argument("username", metavar="用户名")
def activate(username: str) -> None:
    """重新启用账号。"""
    from reviewflow.services.accounts import accounts

    office, actor = signed_in()
    accounts.activate_account(office, actor, username)
    click.echo(f"{username} 已启用。")


@users.command("reset-password")
@click.argument("username", metavar="用户名")
@click.option("--password-stdin", is_flag=True, help="从标准输入读一行作为密码。")
def reset_password_command(username: str, password_stdin: bool) -> None:
    """给别人换一个密码，并解除锁定。"""
    from reviewflow.services.accounts.accounts import reset_password

    office, actor = signed_in()
    reset_password(office, actor, username, _new_password(password_stdin))
    click.echo(f"{username} 的密码已更换，原有登录都已失效。")


@users.command()
def password() -> None:
    """更换自己的密码。"""
    from reviewflow.services.accounts.accounts import change_own_password

    office, actor = signed_in()
    change_own_password(office, actor, click.prompt("现在的密码", hide_input=True), _new_password(from_stdin=False))
    click.echo("密码已更换，请重新登录。")


@users.command()
@click.option("--add", "added", help="要添加的科室。")
def sections(added: str | None) -> None:
    """列出科室，或添加一个。"""
    from reviewflow.services.accounts.accounts import add_section
    from reviewflow.services.accounts.directory import section_names

    office, actor = signed_in()
    if added:
        add_section(office, actor, added)
    click.echo("、".join(section_names()) or "还没有科室。")


@users.command("list")
def list_command() -> None:
    """列出全部账号。"""
    from reviewflow.services.accounts.directory import list_accounts

    office, actor = signed_in()
    lines = [
        (user.username, user.name, grant.role, grant.section, grant.stand_in_for, grant.period, user.state)
        for user in list_accounts(office, actor)
        for grant in user.grants
    ]
    click.echo(draw(("账号", "姓名", "角色", "科室", "代理", "期限", "状态"), lines, (0,) * 7))
