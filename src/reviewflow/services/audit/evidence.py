"""The files of cases: all that the ledger holds of each, gathered chunk by chunk for verifying."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewflow.records import models as rows
from reviewflow.records.seals import seal_text

_CHUNK = 500
_TEXTS = 50


Entry = tuple[int, dict[str, Any]]
"""an audit entry's number and details"""


@dataclass(slots=True)
class CaseFile:
    """All there is of one case: its row, versions of its file with seals of their texts by document, signatures, its
    line of the register, its entry of the catalogue with revisions, and the audit entries about case and entry."""

    row: rows.Case
    documents: list[rows.Document] = field(default_factory=list)
    text_seals: dict[int, str] = field(default_factory=dict)
    signatures: list[rows.Signature] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    amendments: list[Entry] = field(default_factory=list)
    listed: rows.CatalogueEntry | None = None
    revisions: list[rows.EntryRevision] = field(default_factory=list)
    withheld: rows.WithheldItem | None = None


def case_files(newest: int = 0) -> Iterator[CaseFile]:
    """The files of all cases (or of the newest so many) by id, in bounded memory."""
    first = rows.Case.objects.order_by("-pk").values_list("pk", flat=True)[newest - 1 : newest] if newest else []
    last = (next(iter(first), 0) - 1) if newest else 0
    while chunk := list(rows.Case.objects.select_related("section").filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        yield from _with_evidence(chunk)
        last = chunk[-1].pk


def _with_evidence(chunk: Sequence[rows.Case]) -> Iterator[CaseFile]:
    files = {row.pk: CaseFile(row) for row in chunk}
    documents = rows.Document.objects.select_related("proposal").defer("sketch")
    for document in documents.filter(case_id__in=files).order_by("version"):
        files[document.case_id].documents.append(document)
    texts = rows.DocumentText.objects.filter(document__case_id__in=files).select_related("document")
    for text in texts.only("content", "body_length", "parts", "document__case_id").iterator(chunk_size=_TEXTS):
        files[text.document.case_id].text_seals[text.document_id] = seal_text(
            text.content, text.body_length, text.parts
        )
    for signature in rows.Signature.objects.filter(case_id__in=files).order_by("position"):
        files[signature.case_id].signatures.append(signature)
    subjects = {f"case:{case_id}": file for case_id, file in files.items()}
    for subject, entry in _entries(subjects):
        subjects[subject].entries.append(entry)
    _fill_outcomes(files)
    yield from files.values()


def _fill_outcomes(files: dict[int, CaseFile]) -> None:
    by_entry: dict[int, CaseFile] = {}
    subjects: dict[str, CaseFile] = {}
    for listed in rows.CatalogueEntry.objects.filter(case_id__in=files):
        file = files[listed.case_id]
        file.listed = listed
        by_entry[listed.pk] = subjects[f"entry:{listed.index_number}"] = file
    for revision in rows.EntryRevision.objects.filter(entry_id__in=by_entry).order_by("number"):
        by_entry[revision.entry_id].revisions.append(revision)
    for subject, entry in _entries(subjects):
        subjects[subject].amendments.append(entry)
    for item in rows.WithheldItem.objects.filter(case_id__in=files):
        files[item.case_id].withheld = item


def _entries(subjects: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    """The audit entries on these subjects, in order."""
    found = rows.AuditEntry.objects.filter(subject__in=subjects).order_by("sequence")
    for sequence, subject, details in found.values_list("sequence", "subject", "details"):
        yield subject, (sequence, json.loads(details))
