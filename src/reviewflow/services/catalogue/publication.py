"""Recording where an entry was published: several channels are several publications of one entry."""

from datetime import date

from reviewflow.domain.catalogue import Channel
from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor
from reviewflow.domain.terms import Status
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import append
from reviewflow.records.ledger import transaction
from reviewflow.services.catalogue.entries import entry_event, lock_standing_entry
from reviewflow.services.office import Office

_LONGEST_ADDRESS = 500


def record_publication(
    office: Office, actor: Actor, index_number: str, channel: Channel, day: date, address: str = ""
) -> rows.Publication:
    """Record that an entry was published on a channel on this day.

    Raises ReviewflowError ``permission.denied``, ``catalogue.no_entry``, ``catalogue.not_in_force``, and ``publish.*``:
    not_proactive, retired, before_decision, future, twice, address.
    """
    at = office.now()
    address = address.strip()
    with transaction():
        entry = lock_standing_entry(actor, index_number, at)
        _check(entry, channel, day, local_day(at))
        if len(address) > _LONGEST_ADDRESS:
            raise ReviewflowError("publish.address", f"网址超过 {_LONGEST_ADDRESS} 个字符。", "请缩短后再试。")
        publication = rows.Publication.objects.create(
            entry=entry, channel=channel.value, published_on=day, address=address, by=actor.name
        )
        details = {"channel": channel.value, "published_on": day.isoformat()}
        append(office.key, actor.name, at, [entry_event("publish", entry, details)])
    return publication


def record_withdrawal(office: Office, actor: Actor, index_number: str, channel: Channel, day: date) -> rows.Publication:
    """Record that an entry was taken off a channel on this day.

    Raises ReviewflowError ``permission.denied``, ``catalogue.no_entry``, ``catalogue.not_in_force``,
    ``publish.not_published``, ``publish.future``, ``publish.before_publication``.
    """
    at = office.now()
    with transaction():
        entry = lock_standing_entry(actor, index_number, at)
        publication = entry.publications.filter(channel=channel.value, withdrawn_on=None).first()
        if publication is None:
            raise ReviewflowError("publish.not_published", f"这一条没有在“{channel.label}”上公开。", "请核对公开形式。")
        _check_not_future(day, local_day(at))
        if day < publication.published_on:
            raise ReviewflowError("publish.before_publication", "撤下日期早于公开日期。", "请核对日期。")
        publication.withdrawn_on = day
        publication.save()
        details = {"channel": channel.value, "withdrawn_on": day.isoformat()}
        append(office.key, actor.name, at, [entry_event("withdraw_publication", entry, details)])
    return publication


def _check(entry: rows.CatalogueEntry, channel: Channel, day: date, today: date) -> None:
    if entry.status != Status.PROACTIVE.value:
        raise ReviewflowError(
            "publish.not_proactive", "这一条是依申请公开的，不能主动公开。", "要主动公开，请先重新审查。"
        )
    if not entry.valid:
        raise ReviewflowError("publish.retired", "这一条已失效。", "失效的信息不再公开。")
    if day < entry.decided_on:
        raise ReviewflowError(
            "publish.before_decision", f"公开日期早于确定日期 {entry.decided_on}。", "先审查、后公开；请核对日期。"
        )
    _check_not_future(day, today)
    if entry.publications.filter(channel=channel.value, withdrawn_on=None).exists():
        raise ReviewflowError("publish.twice", f"这一条已在“{channel.label}”上公开。", "同一公开形式只登记一次。")


def _check_not_future(day: date, today: date) -> None:
    if day > today:
        raise ReviewflowError("publish.future", "日期还没有到。", "请在公开或撤下之后再登记。")
