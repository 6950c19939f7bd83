"""The history of an entry: each state that it was in, whole."""

from datetime import datetime
from typing import Any

from reviewflow.records import models as rows
from reviewflow.records.chain.entries import canonical, digest

_WORDS = (
    "index_number", "title", "doc_number", "category", "subclass", "status", "keywords", "summary", "carrier",
    "record_form", "duty_department", "valid", "in_force", "body_open", "attachments", "remark",
)  # fmt: skip
_DAYS = ("formed_on", "decided_on")
LONGEST_REASON = 500


def fields_of(entry: rows.CatalogueEntry) -> dict[str, Any]:
    """All fields of an entry as JSON values; ``file`` is the SHA-256 of the file that it was decided for."""
    file = rows.Document.objects.values_list("digest", flat=True).get(pk=entry.document_id)
    words = {name: getattr(entry, name) for name in _WORDS}
    return {**words, **{name: getattr(entry, name).isoformat() for name in _DAYS}, "file": file}


def revise(entry: rows.CatalogueEntry, reason: str, by: str, at: datetime) -> dict[str, Any]:
    """Save an entry with a new revision; gives what the audit chain says of it. The entry's row must be held."""
    entry.changed_at = at
    entry.save()
    number = entry.revisions.count() + 1
    fields = fields_of(entry)
    rows.EntryRevision.objects.create(
        entry=entry, number=number, fields=canonical(fields), reason=reason[:LONGEST_REASON], by=by, at=at
    )
    return {"index_number": entry.index_number, "revision": number, "fields": digest(fields)}
