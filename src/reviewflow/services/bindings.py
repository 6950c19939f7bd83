"""What the audit chain binds: documents, proposals and signatures by their digests, case rows by their signatures."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any

from reviewflow.domain.review import Action, Stage, apply
from reviewflow.domain.terms import Lane
from reviewflow.records import models as rows
from reviewflow.records.restoring import LANE_RANK, opened_by, project, signature_of
from reviewflow.services.reviewing import signature_digest

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that is not as the chain says. ``sequence`` is the entry concerned, 0 where none is left."""

    sequence: int
    case_id: int
    message: str


@dataclass(slots=True)
class CaseFile:
    """All there is of one case: its row, versions of its file, signatures, and audit entries with their details."""

    row: rows.Case
    documents: list[rows.Document] = field(default_factory=list)
    signatures: list[rows.Signature] = field(default_factory=list)
    entries: list[tuple[rows.AuditEntry, dict[str, Any]]] = field(default_factory=list)


def case_files(newest: int = 0) -> Iterator[CaseFile]:
    """The files of all cases (or of the newest so many) by id, in bounded memory."""
    first = rows.Case.objects.order_by("-pk").values_list("pk", flat=True)[newest - 1 : newest] if newest else []
    last = (next(iter(first), 0) - 1) if newest else 0
    while chunk := list(rows.Case.objects.select_related("section").filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        yield from _filled(chunk)
        last = chunk[-1].pk


def _filled(chunk: Sequence[rows.Case]) -> Iterator[CaseFile]:
    files = {row.pk: CaseFile(row) for row in chunk}
    documents = rows.Document.objects.select_related("proposal").defer("sketch", "proposal__record")
    for document in documents.filter(case_id__in=files).order_by("version"):
        files[document.case_id].documents.append(document)
    for signature in rows.Signature.objects.filter(case_id__in=files).order_by("position"):
        files[signature.case_id].signatures.append(signature)
    subjects = {f"case:{case_id}": file for case_id, file in files.items()}
    for entry in rows.AuditEntry.objects.filter(subject__in=subjects).order_by("sequence"):
        subjects[entry.subject].entries.append((entry, json.loads(entry.details)))
    yield from files.values()


def discrepancies(file: CaseFile) -> list[Discrepancy]:
    """Everything in which a case differs from what the chain says of it, the entries' order first."""
    found = [*_documents(file), *_signatures(file)]
    # What the signatures make of a case is worth asking only when they are the ones that were given.
    return found or list(_projection(file))


def _documents(file: CaseFile) -> Iterator[Discrepancy]:
    noted = [(entry, details) for entry, details in file.entries if "original" in details]
    for number, (pair, document) in enumerate(zip_longest(noted, file.documents), 1):
        if pair is None:
            yield Discrepancy(0, file.row.pk, f"文件的第 {number} 版在审计链中没有记录")
        elif document is None:
            yield _at(pair[0], file, f"文件的第 {number} 版不见了")
        elif changed := [label for label, same in _document_points(file, document, pair[1], number) if not same]:
            yield _at(pair[0], file, f"文件的第 {number} 版被改动：{'、'.join(changed)}")


def _document_points(
    file: CaseFile, document: rows.Document, details: dict[str, Any], number: int
) -> Iterator[tuple[str, bool]]:
    yield "版次", document.version == number
    yield "文件摘要", document.digest == details["file"]
    yield "原件摘要", document.original == details["original"]
    yield "科室", document.section_id == file.row.section_id
    proposal = getattr(document, "proposal", None)
    yield "建议", proposal is not None
    for label, column, name in _PROPOSAL_POINTS:
        yield label, proposal is None or getattr(proposal, column) == details[name]


_PROPOSAL_POINTS = (
    ("建议的类别", "category", "category"),
    ("建议的公开属性", "status", "status"),
    ("通道", "lane", "lane"),
    ("模型版本", "model", "model"),
    ("规则摘要", "rules_digest", "rules"),
    ("程序版本", "program", "program"),
)


def _signatures(file: CaseFile) -> Iterator[Discrepancy]:
    noted = {details["position"]: (entry, details) for entry, details in file.entries if "signature" in details}
    kept = {signature.position: signature for signature in file.signatures}
    digests = {document.pk: document.digest for document in file.documents}
    for position in sorted(noted.keys() | kept.keys()):
        entry, details = noted.get(position, (None, {}))
        signature = kept.get(position)
        if entry is None:
            yield Discrepancy(0, file.row.pk, f"第 {position} 个签字在审计链中没有记录")
        elif signature is None:
            yield _at(entry, file, f"第 {position} 个签字不见了")
        elif signature_digest(signature) != details["signature"]:
            yield _at(entry, file, f"第 {position} 个签字被改动")
        elif signature.file_digest != digests.get(signature.document_id):
            yield _at(entry, file, f"第 {position} 个签字所签的文件被换掉")
    if noted.keys() != set(range(1, len(noted) + 1)):
        yield Discrepancy(0, file.row.pk, "签字的次序有缺口")


def _projection(file: CaseFile) -> Iterator[Discrepancy]:
    """Where the row is not what its signatures have made of it."""
    row, expected = file.row, _expected(file)
    changed = [label for name, label in _COLUMNS.items() if getattr(row, name) != getattr(expected, name)]
    if changed:
        last = file.entries[-1][0]
        yield _at(last, file, f"台账中的{'、'.join(changed)}与签字不符")


def _expected(file: CaseFile) -> rows.Case:
    """The row as its documents and signatures make it."""
    first = file.documents[0]
    case = opened_by(file.row.section.name, first)
    row = rows.Case(opened_at=first.imported_at, changed_at=first.imported_at, version=len(file.signatures) + 1)
    versions = iter(file.documents)
    _take(row, next(versions))
    project(row, case)
    for signature in map(signature_of, file.signatures):
        if signature.action is Action.SUPERSEDE:
            _take(row, next(versions))
        case = apply(case, signature)
        project(row, case)
        row.changed_at = signature.at
        row.answer_due_on = signature.particulars.due_on
        row.decided_at = signature.at if case.stage is Stage.DECIDED else None
    return row


def _take(row: rows.Case, document: rows.Document) -> None:
    """Set the columns that follow from the file."""
    lane = Lane(document.proposal.lane)
    row.document_id, row.lane, row.lane_rank = document.pk, lane.value, LANE_RANK[lane]
    row.title, row.doc_number, row.formed_on = document.title, document.doc_number, document.formed_on


_COLUMNS = {
    "document_id": "当前文件",
    "title": "标题",
    "doc_number": "文号",
    "formed_on": "生成日期",
    "stage": "阶段",
    "is_open": "是否在办",
    "asked_from": "征询阶段",
    "lane": "通道",
    "lane_rank": "通道次序",
    "hold": "保密标志",
    "declassified": "解密状态",
    "split": "分歧标记",
    "category": "类别",
    "status": "公开属性",
    "bases": "依据",
    "answer_due_on": "答复期限",
    "version": "版本号",
    "opened_at": "提交时间",
    "changed_at": "办理时间",
    "decided_at": "确定时间",
}


def _at(entry: rows.AuditEntry, file: CaseFile, what: str) -> Discrepancy:
    return Discrepancy(entry.sequence, file.row.pk, what)
