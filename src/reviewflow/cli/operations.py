"""``reviewflow init``, ``upgrade``, ``backup``, ``restore`` and ``doctor``: what keeps an office running."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewflow.cli.terminal.interruption import interruptible

if TYPE_CHECKING:
    from reviewflow.services.operations.setup import Credentials


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False, metavar="[文件夹]")
@click.option("--admin-stdin", is_flag=True, help="从标准输入读一行“用户名 姓名 密码”，供脚本使用。")
def init(folder: Path | None, admin_stdin: bool) -> None:
    """建立台账：文件夹、数据库、密钥、第一个系统管理员。

    写明文件夹时，把配置和模型复制过去，成为一处独立的安装；不写时用当前的安装。中断后再运行一次即可补全。
    """
    from reviewflow.services.operations.setup import set_up_office

    with interruptible("已中断，做完的都已保存。用同样的命令再运行一次即可补全。"):
        made = set_up_office(folder, _read_credentials if admin_stdin else _ask_credentials)
    if not made.done:
        click.echo("台账早已建好，没有改动任何内容。")
        return
    click.echo("\n".join(f"✓ {step}" for step in made.done))
    click.echo(_next_steps(made.settings.home, made.settings.key_file))


def _read_credentials() -> "Credentials":
    from reviewflow.services.operations.setup import Credentials

    words = sys.stdin.readline().split()
    if len(words) != 3:  # user name, name, password
        raise click.UsageError("标准输入应是一行：用户名 姓名 密码。")
    return Credentials(*words)


def _ask_credentials() -> "Credentials":
    from reviewflow.services.operations.setup import Credentials

    click.echo("建立第一个系统管理员（只管账号，不参加审查）。")
    return Credentials(
        click.prompt("用户名"),
        click.prompt("姓名"),
        click.prompt("密码", hide_input=True, confirmation_prompt="再输一次密码"),
    )


def _next_steps(home: Path, key_file: Path) -> str:
    return (
        f"台账已建好：{home}\n"
        "接下来：\n"
        "  1. 填写 configs/reviewflow.toml 的 [office]：机关全称和代码\n"
        f"  2. 把密钥 {key_file} 另存一份，与备份分开放\n"
        "  3. reviewflow login，再用 reviewflow users add 建立审查人员的账号\n"
        "  4. reviewflow doctor 检查，reviewflow backup 备份（最好每天自动运行）\n"
        f"在别的文件夹中运行时，先设置环境变量 REVIEWFLOW_HOME={home}"
    )


@click.command()
def upgrade() -> None:
    """升级台账：先自动备份，再升级数据库，然后核验。"""
    from reviewflow.services.operations.setup import upgrade_ledger

    done = upgrade_ledger(announce=_announce)
    if not done.migrations:
        click.echo("台账已是最新，不需要升级。")
        return
    click.echo(f"已升级：{'、'.join(done.migrations)}。\n升级前的备份：{done.backup}")
    _exit_for_faults(done.faults)


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="备份文件；不写时放在台账文件夹的 backups 中。")
@click.option("--with-key", is_flag=True, help="把审计链密钥和数据库密码也放进去；这样的备份要像密钥一样保管。")
def backup(output: Path | None, with_key: bool) -> None:
    """备份为一个文件：数据库、原件、配置、模型、链首。办理可以照常进行。

    密钥默认不在备份中：拿到两者的人可以改写全部记录，请分开保管。有原件缺失或台账有问题时退出码为 1。
    """
    from reviewflow.cli.backups import backup_in_words, faults_of_backup
    from reviewflow.services.office import open_office
    from reviewflow.services.operations.backup import write_backup

    made = write_backup(open_office(), output, with_key=with_key, announce=_announce)
    click.echo(backup_in_words(made))
    _exit_for_faults(faults_of_backup(made))


@click.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="备份文件")
@click.option("--into", type=click.Path(path_type=Path), help="恢复到这个文件夹；不写时恢复当前的安装。")
@click.option("--in-spite", is_flag=True, help="台账在备份时已有问题，仍然恢复（没有别的备份时）。")
@click.option("--yes", is_flag=True, help="不再询问。")
def restore(file: Path, into: Path | None, in_spite: bool, yes: bool) -> None:
    """从备份恢复：先核验文件、密钥、审计链和每个原件，再替换；原有的台账另存一旁。"""
    from reviewflow.cli.backups import restoration_in_words
    from reviewflow.services.operations.restore import restore_backup
    from reviewflow.settings import find_home

    if not yes:
        click.confirm(f"将用 {file.name} 替换 {into or find_home()} 的台账（原有的另存一旁）。继续吗？", abort=True)
    done = restore_backup(file, into, in_spite=in_spite, announce=_announce)
    click.echo(restoration_in_words(done))
    _exit_for_faults(done.faults)


@click.command()
@click.option("--full", is_flag=True, help="全部核验：整条审计链、每个原件、整个数据库文件。")
def doctor(full: bool) -> None:
    """检查权限、密钥、时钟、磁盘、模型、规则、数据库、审计链。不需要登录；有“坏”的一项时退出码为 1。"""
    from reviewflow.services.operations.checks import State
    from reviewflow.services.operations.doctor import examine_installation

    worst = State.GOOD
    for result in examine_installation(full=full):
        click.echo(f"[{result.state.label}] {result.check}：{result.message}")
        if result.remedy:
            click.echo(f"      办法：{result.remedy}")
        worst = State.BAD if result.state is State.BAD else worst
    if worst is State.BAD:
        sys.exit(1)


def _announce(step: str) -> None:
    click.echo(f"{step}……", err=True)


def _exit_for_faults(faults: tuple[str, ...]) -> None:
    if faults:
        click.echo("\n".join(["有问题：", *(f"  {fault}" for fault in faults)]), err=True)
        sys.exit(1)
