"""The history of an entry: each state that it was in, whole."""

from datetime import datetime
from typing import Any

from reviewflow.records import models as rows
from reviewflow.records.chain.entries import canonical
from reviewflow.records.seals import entry_fields, seal_entry

LONGEST_REASON = 500


def save_revision(entry: rows.CatalogueEntry, reason: str, by: str, at: datetime) -> dict[str, Any]:
    """Save an entry with a new revision; gives what the audit chain says of it. The entry's row must be held."""
    entry.changed_at = at
    entry.save()
    number = entry.revisions.count() + 1
    fields = entry_fields(entry, rows.Document.objects.values_list("digest", flat=True).get(pk=entry.document_id))
    rows.EntryRevision.objects.create(
        entry=entry, number=number, fields=canonical(fields), reason=reason[:LONGEST_REASON], by=by, at=at
    )
    return {"index_number": entry.index_number, "revision": number, "fields": seal_entry(fields)}
