"""``reviewflow queue agree``: one signature, or the clear lane in bulk after a look at what is signed."""

from typing import Any

import click

from reviewflow.cli.queue.acts import sign_and_report
from reviewflow.cli.queue.filters import filter_options, filters_of
from reviewflow.cli.queue.list import list_table
from reviewflow.cli.terminal.person import signed_in
from reviewflow.domain.people import Actor, Role
from reviewflow.domain.review import Action
from reviewflow.domain.signing import Intent
from reviewflow.domain.terms import Lane
from reviewflow.errors import ReviewflowError
from reviewflow.services.office import Office
from reviewflow.services.queue.bulk_signing import MOST, SigningBatch, agree_all, named_for_signing, waiting_for_signing

_SIDES = {"科室": Role.SECTION, "办公室": Role.OFFICE}


@click.command()
@click.argument("case_ids", nargs=-1, type=int, metavar="[编号]…")
@click.option("--side", type=click.Choice(list(_SIDES)), help="意见不一致时，主管局长采纳哪一方的意见。")
@click.option("--note", default="", metavar="文字", help="说明，随签字留存。")
@click.option("--version", type=int, metavar="版本", help="queue show 所示的版本；其后有人办理过的，这一步不做。")
@click.option("--yes", "confirmed", type=int, metavar="件数", help="成批签字不再询问；须与要签的件数相同。")
@filter_options
def agree(
    case_ids: tuple[int, ...], side: str | None, note: str, version: int | None, confirmed: int | None, **options: Any
) -> None:
    """同意，并签字。写一个编号签一件；写几个编号，或不写编号而用 --lane 常规 和其他筛选，则成批签。

    成批签字只限常规道，先列出要签的件，输入件数确认后才签；要么全部签上，要么一件也不签。
    """
    _check_options(case_ids, bool(side or note or version is not None), options["lane"])
    office, actor = signed_in()
    if len(case_ids) == 1:
        intent = Intent(Action.AGREE, note, side=_SIDES[side] if side else None)
        sign_and_report(office, actor, case_ids[0], intent, version)
    elif case_ids:
        _sign_all(office, actor, named_for_signing(office, actor, dict.fromkeys(case_ids)), confirmed)
    else:
        _sign_all(office, actor, waiting_for_signing(office, actor, filters_of(options)), confirmed)


def _check_options(case_ids: tuple[int, ...], for_one: bool, lane: Lane | None) -> None:
    if for_one and len(case_ids) != 1:
        raise ReviewflowError("queue.one_only", "--side、--note、--version 只能用于一件。", "请逐件办理。")
    if not case_ids and lane is not Lane.CLEAR:
        raise ReviewflowError(
            "queue.nothing_named", "没有写明签哪些件。", "请写编号；要成批签常规道的，请加 --lane 常规。"
        )


def _sign_all(office: Office, actor: Actor, batch: SigningBatch, confirmed: int | None) -> None:
    """Show what would be signed, ask, sign all with the versions that were shown."""
    if not batch.lines:
        click.echo("没有可以成批签的件。")
        return
    click.echo(list_table(batch.lines))
    click.echo(f"按类别和公开属性：{_in_words(batch.kinds)}。")
    click.echo(f"按科室：{_in_words(batch.sections)}。")
    if batch.more:
        click.echo(f"一次最多签 {MOST} 件，其余的请签完后再运行一次。")
    _confirm(len(batch.lines), confirmed)
    done = agree_all(office, actor, [(line.id, line.version) for line in batch.lines])
    click.echo(f"已签 {len(done)} 件。")


def _in_words(counts: tuple[tuple[str, int], ...]) -> str:
    return "；".join(f"{name} {number} 件" for name, number in counts)


def _confirm(number: int, confirmed: int | None) -> None:
    """Raise ReviewflowError ``queue.not_confirmed`` unless the number of cases was given, now or beforehand."""
    if confirmed is None:
        confirmed = click.prompt(f"将以您的名义签 {number} 件。确认请输入件数", type=int, default=0, show_default=False)
    if confirmed != number:
        raise ReviewflowError(
            "queue.not_confirmed", f"输入的件数与要签的 {number} 件不同，一件也没有签。", "请核对后再办。"
        )
