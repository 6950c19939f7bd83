"""The audit chain: every entry carries an HMAC-SHA256 over its canonical JSON and the hash of the entry before it.

The key lies in a file outside the database. Whoever can write to the database but has no key can neither change,
insert, reorder nor forge entries unseen; cutting the end off is seen against an anchor printed earlier.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reviewflow.records import models as rows
from reviewflow.records.bulk import insert

START = "0" * 64
"""the hash before the first entry"""

_COLUMNS = ("sequence", "at", "actor", "action", "subject", "details", "previous", "hash")
_LOCK = 7_305_901  # an arbitrary number that names the chain among PostgreSQL's advisory locks


@dataclass(frozen=True, slots=True)
class Event:
    """What an entry says. ``details`` holds ids, digests and changed fields, never text of a document."""

    action: str
    subject: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last entry: its number (0 when there is none) and hash."""

    sequence: int
    hash: str


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, no spaces, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 of a value's canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def link(key: bytes, entry: rows.AuditEntry) -> str:
    """The hash that an entry must carry."""
    content = canonical(
        [entry.sequence, entry.at, entry.actor, entry.action, entry.subject, entry.details, entry.previous]
    )
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def chain_head() -> ChainHead:
    """The last entry of the chain as committed, or seen by this transaction."""
    last = rows.AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return ChainHead(*last) if last else ChainHead(0, START)


def append(key: bytes, actor: str, at: datetime, events: Iterable[Event]) -> ChainHead:
    """Append entries within the running transaction, and keep others from appending until it ends.

    On SQLite the transaction is IMMEDIATE and alone; on PostgreSQL an advisory lock holds the end of the chain.
    """
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = chain_head()
    stamp = at.isoformat(timespec="microseconds")
    entries = []
    for event in events:
        entry = rows.AuditEntry(
            sequence=last.sequence + 1,
            at=stamp,
            actor=actor,
            action=event.action,
            subject=event.subject,
            details=canonical(event.details),
            previous=last.hash,
        )
        entry.hash = link(key, entry)
        last = ChainHead(entry.sequence, entry.hash)
        entries.append(entry)
    insert(rows.AuditEntry, [{name: getattr(entry, name) for name in _COLUMNS} for entry in entries])
    return last


def entries_after(after: int = 0) -> Iterator[rows.AuditEntry]:
    """All entries in order (or those after a number), in bounded memory."""
    query = rows.AuditEntry.objects.order_by("sequence")
    yield from (query.filter(sequence__gt=after) if after else query).iterator(chunk_size=2000)
