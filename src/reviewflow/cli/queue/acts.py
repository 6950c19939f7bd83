"""Acts on one case: ``reviewflow queue change``, ``return``, ``refer``, ``consult`` and the others."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from reviewflow.cli.queue.signed import signed_in_words
from reviewflow.cli.terminal.person import signed_in
from reviewflow.cli.terminal.terms import term_option
from reviewflow.domain.change import Change
from reviewflow.domain.people import Actor
from reviewflow.domain.review import NO_PARTICULARS, Action, Asked, Particulars, Reopening, ReturnReason
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import IncompleteError
from reviewflow.services.office import Office
from reviewflow.services.review.acts import sign_case

_Command = TypeVar("_Command", bound=Callable[..., Any])

_REASONS = [reason.label for reason in ReturnReason]


def case_options(*, note: bool = True) -> Callable[[_Command], _Command]:
    """What every act takes: the case, the reason (required or not) and the version that was looked at."""

    def give(command: _Command) -> _Command:
        command = click.option(
            "--version", type=int, metavar="版本", help="queue show 所示的版本；其后有人办理过的，这一步不做。"
        )(command)
        command = click.option("--note", default="", required=note, metavar="文字", help="理由或说明，随签字留存。")(
            command
        )
        return click.argument("case_id", type=int, metavar="编号")(command)

    return give


def sign_and_report(office: Office, actor: Actor, case_id: int, intent: Intent, version: int | None) -> None:
    """Do it and say what came of it."""
    click.echo(signed_in_words(intent.action, sign_case(office, actor, case_id, intent, version)))


def _simply(
    action: Action, case_id: int, note: str, version: int | None, particulars: Particulars = NO_PARTICULARS
) -> None:
    sign_and_report(*signed_in(), case_id, Intent(action, note, particulars=particulars), version)


@click.command()
@case_options()
@term_option("--category", Category, "类别；不写则不变。")
@term_option("--status", Status, "公开属性；不写则不变。")
@click.option("--basis", "codes", multiple=True, metavar="代码", help="法律依据的代码，可写多次；不写会列出可用的。")
def change(
    case_id: int,
    category: Category | None,
    status: Status | None,
    codes: tuple[str, ...],
    note: str,
    version: int | None,
) -> None:
    """变更类别、公开属性或依据，并签字。须写明理由。"""
    intent = Intent(Action.CHANGE, note, Change(category, status, codes))
    sign_and_report(*signed_in(), case_id, intent, version)


@click.command("return")
@case_options(note=False)
@click.option(
    "--reason",
    type=click.Choice([str(number) for number in range(1, len(_REASONS) + 1)] + _REASONS),
    metavar="缘由",
    help="退回的缘由，写序号或名称："
    + "、".join(f"{n} {name}" for n, name in enumerate(_REASONS, 1))
    + "；与 --note 连成一句。",
)
def return_case(case_id: int, reason: str | None, note: str, version: int | None) -> None:
    """退回科室补正：其后的签字作废。须用 --note 写明是什么地方、要怎样改，用 --reason 写明是哪一类。"""
    name = _REASONS[int(reason) - 1] if reason and reason.isdigit() else reason
    _simply(Action.RETURN, case_id, f"{name}：{note.strip()}" if name else note, version)


@click.command()
@case_options()
@click.option("--to", "whom", required=True, metavar="机关", help="报请哪个上级主管部门或保密行政管理部门。")
def refer(case_id: int, whom: str, note: str, version: int | None) -> None:
    """报请上级主管部门或保密行政管理部门确定。"""
    _simply(Action.REFER, case_id, note, version, Particulars(whom=whom))


@click.command()
@case_options()
@click.option("--third-party", metavar="名称", help="征求第三方意见：谁。")
@click.option("--agency", metavar="名称", help="征求其他机关意见：哪个机关。")
def consult(case_id: int, third_party: str | None, agency: str | None, note: str, version: int | None) -> None:
    """征求第三方或其他机关的意见，答复期限为 15 个工作日。"""
    if bool(third_party) == bool(agency):
        raise IncompleteError(
            "review.no_party", "没有写明征求谁的意见，或写了两处。", "请用 --third-party 或 --agency 写明一个。"
        )
    asked = Asked.THIRD_PARTY if third_party else Asked.OTHER_AGENCY
    _simply(Action.CONSULT, case_id, note, version, Particulars(asked=asked, whom=third_party or agency or ""))


@click.command()
@case_options()
def answer(case_id: int, note: str, version: int | None) -> None:
    """记录报请或征求意见得到的答复；回到原来的阶段继续办理。"""
    _simply(Action.ANSWER, case_id, note, version)


@click.command()
@case_options()
def withdraw(case_id: int, note: str, version: int | None) -> None:
    """撤回提交的文件，不再办理。撤回后不能恢复，需要时重新提交。"""
    _simply(Action.WITHDRAW, case_id, note, version)


@click.command()
@case_options()
@term_option("--kind", Reopening, "重新审查的缘由。", required=True)
def reopen(case_id: int, kind: Reopening, note: str, version: int | None) -> None:
    """重新审查已确定的件：回到科室，重新走三道审查。"""
    _simply(Action.REOPEN, case_id, note, version, Particulars(reopening=kind))


@click.command()
@case_options()
@click.option("--record", required=True, metavar="“机关 文号 日期”", help="解密的机关、文号和日期。")
def declassify(case_id: int, record: str, note: str, version: int | None) -> None:
    """附上正式解密记录：停止办理的件回到科室重新审查。"""
    _simply(Action.DECLASSIFY, case_id, note, version, Particulars(record=record))


@click.command()
@case_options(note=False)
def undo(case_id: int, note: str, version: int | None) -> None:
    """收回自己刚签的、其后还没有人办理的签字。"""
    _simply(Action.UNDO, case_id, note, version)
