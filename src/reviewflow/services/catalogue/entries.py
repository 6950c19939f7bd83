"""Keeping the catalogue: its entries are looked at, put right in what describes them, and marked 失效.

Status, category, number and text of an entry are a decision's: they change by reopening its case and no other way.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reviewflow.domain.people import Actor
from reviewflow.domain.terms import Category, Status
from reviewflow.errors import ConflictError, MissingError, ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.records.querysets import OutcomeQuerySet
from reviewflow.services.access import KEEPERS, require, sections_seen
from reviewflow.services.catalogue.amendment import apply_changes
from reviewflow.services.catalogue.revisions import LONGEST_REASON, save_revision
from reviewflow.services.office import Office


@dataclass(frozen=True, slots=True)
class EntryFilters:
    """Which entries are wanted; None asks for all. Those out of force are left out unless asked for."""

    status: Status | None = None
    category: Category | None = None
    out_of_force: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an entry: its number from 1, all fields, what differs from the state before, who, when and why."""

    number: int
    fields: Mapping[str, Any]
    changed: tuple[str, ...]
    by: str
    at: datetime
    reason: str


def visible_entries(office: Office, actor: Actor, filters: EntryFilters) -> OutcomeQuerySet[rows.CatalogueEntry]:
    """The entries that this person may see, newest first."""
    query = _visible_to(actor, office.now()).order_by("-decided_on", "-id")
    if filters.status is not None:
        query = query.filter(status=filters.status.value)
    if filters.category is not None:
        query = query.filter(category=filters.category.value)
    return query if filters.out_of_force else query.in_force()


def find_entry(actor: Actor, index_number: str, at: datetime, *, lock: bool = False) -> rows.CatalogueEntry:
    """An entry that this person may see. Raises ReviewflowError ``catalogue.no_entry``."""
    query = _visible_to(actor, at).select_related("case__section")
    entry = (query.select_for_update(of=("self",)) if lock else query).filter(index_number=index_number).first()
    if entry is None:
        raise MissingError("catalogue.no_entry", "没有这个索引号的条目，或它不属于您的科室。", "请从目录中查看。")
    return entry


def lock_standing_entry(actor: Actor, index_number: str, at: datetime) -> rows.CatalogueEntry:
    """An entry held for a change by one of its keepers.

    Raises ReviewflowError ``permission.denied``, ``catalogue.no_entry``, ``catalogue.not_in_force``.
    """
    require(actor, at, KEEPERS)
    entry = find_entry(actor, index_number, at, lock=True)
    if not entry.in_force:
        raise ReviewflowError(
            "catalogue.not_in_force", "这一条已撤下，正在重新审查或已不予公开。", "重新确定之后才能办理。"
        )
    return entry


def amend_entry(
    office: Office,
    actor: Actor,
    index_number: str,
    changes: Mapping[str, str],
    reason: str,
    seen_revision: int | None = None,
) -> rows.CatalogueEntry:
    """Put descriptive fields right; the number stays and the earlier state is kept.

    ``changes`` has the new text by field of reviewflow.services.catalogue.amendment.FIELDS. ``seen_revision`` is the
    entry's revision that the person looked at, where all fields are sent back as they were shown; who names single
    fields overwrites nobody's and may leave it out. Raises ReviewflowError as ``lock_standing_entry``, and ``review.stale``
    for an entry that has changed since, ``catalogue.no_reason``, ``catalogue.no_change``, ``catalogue.field``, ``catalogue.value``,
    ``catalogue.sensitive``.
    """
    _check_reason(reason)
    at = office.now()
    with transaction():
        entry = lock_standing_entry(actor, index_number, at)
        if seen_revision is not None and seen_revision != entry.revisions.count():
            raise ConflictError("review.stale", "这一条在您打开之后已有变动。", "请重新打开再更正，您的更正没有提交。")
        changed = apply_changes(entry, changes, at, office.detectors)
        revision = save_revision(entry, reason.strip(), actor.name, at)
        append(office.key, actor.name, at, [entry_event("amend", entry, {**revision, "changed": changed})])
    return entry


def retire_entry(office: Office, actor: Actor, index_number: str, reason: str) -> rows.CatalogueEntry:
    """Mark an entry 失效: it stays in the catalogue and says so.

    Raises ReviewflowError as ``lock_standing_entry``, and ``catalogue.no_reason``, ``catalogue.retired``.
    """
    _check_reason(reason)
    at = office.now()
    with transaction():
        entry = lock_standing_entry(actor, index_number, at)
        if not entry.valid:
            raise ReviewflowError("catalogue.retired", "这一条已标为失效。", "不需要再办。")
        entry.valid = False
        append(
            office.key,
            actor.name,
            at,
            [entry_event("retire", entry, save_revision(entry, reason.strip(), actor.name, at))],
        )
    return entry


def entry_history(office: Office, actor: Actor, index_number: str) -> list[Revision]:
    """All states of an entry, first to last. Raises ReviewflowError ``catalogue.no_entry``."""
    entry = find_entry(actor, index_number, office.now())
    states: list[Revision] = []
    before: dict[str, Any] = {}
    for row in entry.revisions.order_by("number"):
        fields: dict[str, Any] = json.loads(row.fields)
        changed = tuple(name for name in fields if before and fields[name] != before.get(name))
        states.append(Revision(row.number, fields, changed, row.by, row.at, row.reason))
        before = fields
    return states


def entry_event(action: str, entry: rows.CatalogueEntry, details: Mapping[str, Any]) -> Event:
    """An audit entry on a catalogue entry."""
    return Event(action, f"entry:{entry.index_number}", details)


def _visible_to(actor: Actor, at: datetime) -> OutcomeQuerySet[rows.CatalogueEntry]:
    return rows.CatalogueEntry.objects.of_sections(sections_seen(actor, at))


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReviewflowError("catalogue.no_reason", "没有写明理由。", "请写明为什么要改。")
    if len(reason.strip()) > LONGEST_REASON:
        raise ReviewflowError("catalogue.value", f"理由超过 {LONGEST_REASON} 个字符。", "请缩短后再试。")
