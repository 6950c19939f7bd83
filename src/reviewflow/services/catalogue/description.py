"""What an entry says of its document: the fields of the proposal, with everything masked that must not be said."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from reviewflow.domain.catalogue import CarrierType, RecordForm
from reviewflow.domain.document import Finding, Part, PartKind
from reviewflow.domain.terms import Kind
from reviewflow.records import models as rows
from reviewflow.text.masking import Guard
from reviewflow.text.sensitive import Detectors

SEPARATOR = "；"
UNNAMED = "（信息名称含须遮盖的内容）"
_LONGEST_KEYWORDS, _LONGEST_SUMMARY, _LONGEST_TITLE, _LONGEST_DOC_NUMBER = 300, 500, 500, 120
_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp"))
_TABLES = frozenset((".xlsx", ".xls", ".et", ".ods", ".csv"))


@dataclass(frozen=True, slots=True)
class Description:
    """The descriptive fields of an entry, ready for its columns. ``clean`` tells that the body may go out."""

    title: str
    doc_number: str
    keywords: str
    summary: str
    attachments: str
    carrier: CarrierType
    record_form: RecordForm
    clean: bool


def description_of(document_id: int, detectors: Detectors) -> Description:
    """The description of a document (2019 regulations, Art. 12), made from its proposal and its text."""
    from reviewflow.text.tidy.closing import attachments
    from reviewflow.text.tidy.lines import lines_of

    document = rows.Document.objects.select_related("text", "proposal").defer("sketch").get(pk=document_id)
    record = json.loads(document.proposal.record)
    text: rows.DocumentText = document.text
    annexes = attachments(lines_of(text.content[: text.body_length]))
    said = (document.title, str(record.get("summary") or ""), document.doc_number, *annexes)
    guard = _guard(text, record, said, detectors)
    title, summary, number, *names = map(guard.masked, said)
    untouched = (title, summary, number, *names) == said
    return Description(
        title=(title or UNNAMED)[:_LONGEST_TITLE],
        doc_number=number[:_LONGEST_DOC_NUMBER],
        keywords=join_words(guard.words(record.get("keywords") or ()), _LONGEST_KEYWORDS),
        summary=summary[:_LONGEST_SUMMARY],
        attachments="\n".join(filter(None, names)),
        carrier=_carrier(document),
        record_form=_record_form(document),
        clean=untouched and not guard.must_be_masked and not guard.is_unfinished,
    )


def guard_of(document_id: int, detectors: Detectors) -> Guard:
    """The guard of a document as it is stored."""
    document = rows.Document.objects.select_related("text", "proposal").defer("sketch").get(pk=document_id)
    record = json.loads(document.proposal.record)
    return _guard(document.text, record, (document.title, str(record.get("summary") or "")), detectors)


def findings_of(record: Mapping[str, Any]) -> tuple[Finding, ...]:
    """The findings of a proposal's record."""
    found = record.get("findings") or ()
    return tuple(Finding(Kind(one["kind"]), one["start"], one["end"], one.get("where", "")) for one in found)


def join_words(words: tuple[str, ...], longest: int) -> str:
    """Words in one column, as many as it holds."""
    while len(text := SEPARATOR.join(words)) > longest:
        words = words[:-1]
    return text


def _guard(text: rows.DocumentText, record: Mapping[str, Any], said: tuple[str, ...], detectors: Detectors) -> Guard:
    parts = tuple(Part(PartKind(kind), start, end) for kind, start, end in json.loads(text.parts or "[]"))
    return Guard(text.content, text.body_length, findings_of(record), parts, said, detectors)


def _suffix(document: rows.Document) -> str:
    """The suffix of the file; of a table's row none, since the row is a text."""
    return "" if document.row else PurePath(document.source).suffix.lower()


def _carrier(document: rows.Document) -> CarrierType:
    """A picture of a document is a scan of paper; any other file is electronic, for which the list has 磁盘."""
    return CarrierType.PAPER if _suffix(document) in _PICTURES else CarrierType.DISK


def _record_form(document: rows.Document) -> RecordForm:
    suffix = _suffix(document)
    if suffix in _PICTURES:
        return RecordForm.PHOTO
    return RecordForm.CHART if suffix in _TABLES else RecordForm.TEXT
