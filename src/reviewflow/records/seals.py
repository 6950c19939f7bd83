"""Seals: the digests by which the audit chain binds what the ledger holds, never the words themselves.

What is written and what is verified is sealed by the same function. A seal never changes its recipe: the chains of all
ledgers that there are carry it.
"""

from collections.abc import Mapping
from datetime import UTC, date
from typing import Any

from reviewflow.records import models as rows
from reviewflow.records.chain.entries import digest

_SIGNATURE_COLUMNS = (
    "case_id", "position", "file_digest", "stage", "action", "user_id", "name", "role", "stand_in_for", "category",
    "status", "bases", "note", "particulars",
)  # fmt: skip
_ENTRY_WORDS = (
    "index_number", "title", "doc_number", "category", "subclass", "status", "keywords", "summary", "carrier",
    "record_form", "duty_department", "valid", "in_force", "body_open", "attachments", "remark",
)  # fmt: skip
_ENTRY_DAYS = ("formed_on", "decided_on")


def seal_text(content: str, body_length: int, parts: str) -> str:
    """The seal of a document's text: its characters, how many are its body, and its parts as JSON."""
    return digest([content, body_length, parts])


def seal_proposal(words: tuple[str, str, str, str], formed_on: date | None, bases: str, record: str) -> str:
    """The seal of what a document says of itself and of its proposal.

    ``words`` are title, document number, agency and source; ``bases`` codes with spaces between; ``record`` the
    proposal's record as canonical JSON.
    """
    return digest([*words, _iso(formed_on), bases, record])


def seal_signature(signature: rows.Signature) -> str:
    """The seal of a signature's row; its moment counts, in whatever zone it is told."""
    values = [getattr(signature, name) for name in _SIGNATURE_COLUMNS]
    return digest([*values, signature.at.astimezone(UTC).isoformat()])


def entry_fields(entry: rows.CatalogueEntry, file: str) -> dict[str, Any]:
    """All fields of a catalogue entry as JSON values; ``file`` is the SHA-256 of the file that it was decided for."""
    words = {name: getattr(entry, name) for name in _ENTRY_WORDS}
    return {**words, **{name: _iso(getattr(entry, name)) for name in _ENTRY_DAYS}, "file": file}


def seal_entry(fields: Mapping[str, Any]) -> str:
    """The seal of one state of a catalogue entry, by its ``entry_fields``."""
    return digest(fields)


def seal_withheld(item: rows.WithheldItem) -> str:
    """The seal of a line of the register, whether it is in force or not."""
    return digest([item.number, item.bases, item.reason, _iso(item.decided_on), _iso(item.reassess_on)])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
