"""What the audit chain binds: documents, proposals and signatures by their digests, case rows by their signatures."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from reviewflow.records import models as rows
from reviewflow.records.projection import project
from reviewflow.records.seals import entry_fields, seal_entry, seal_proposal, seal_signature, seal_withheld
from reviewflow.services.audit.evidence import CaseFile


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that is not as the chain says. ``sequence`` is the entry concerned, 0 where none is left."""

    sequence: int
    case_id: int
    message: str


def discrepancies(file: CaseFile) -> list[Discrepancy]:
    """Everything in which a case differs from what the chain says of it, the entries' order first."""
    found = [*_documents(file), *_signatures(file)]
    # What the signatures make of a case is worth asking only when they are the ones that were given.
    return [*(found or _projection(file)), *_listing(file), *_register(file)]


def _documents(file: CaseFile) -> Iterator[Discrepancy]:
    noted = [(sequence, details) for sequence, details in file.entries if "original" in details]
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
    yield "正文", file.text_seals.get(document.pk) == details["text"]
    yield "标题或建议", proposal is not None and _proposal_seal(document, proposal) == details["proposed"]
    for label, column, name in _PROPOSAL_POINTS:
        yield label, proposal is None or getattr(proposal, column) == details[name]


def _proposal_seal(document: rows.Document, proposal: rows.Proposal) -> str:
    words = (document.title, document.doc_number, document.agency, document.source)
    return seal_proposal(words, document.formed_on, proposal.bases, proposal.record)


_PROPOSAL_POINTS = (
    ("建议的类别", "category", "category"),
    ("建议的公开属性", "status", "status"),
    ("通道", "lane", "lane"),
    ("模型版本", "model", "model"),
    ("规则摘要", "rules_digest", "rules"),
    ("程序版本", "program", "program"),
)


def _signatures(file: CaseFile) -> Iterator[Discrepancy]:
    noted = {details["position"]: (sequence, details) for sequence, details in file.entries if "signature" in details}
    kept = {signature.position: signature for signature in file.signatures}
    digests = {document.pk: document.digest for document in file.documents}
    for position in sorted(noted.keys() | kept.keys()):
        sequence, details = noted.get(position, (0, {}))
        signature = kept.get(position)
        if not sequence:
            yield Discrepancy(0, file.row.pk, f"第 {position} 个签字在审计链中没有记录")
        elif signature is None:
            yield _at(sequence, file, f"第 {position} 个签字不见了")
        elif seal_signature(signature) != details["signature"]:
            yield _at(sequence, file, f"第 {position} 个签字被改动")
        elif signature.file_digest != digests.get(signature.document_id):
            yield _at(sequence, file, f"第 {position} 个签字所签的文件被换掉")
    if noted.keys() != set(range(1, len(noted) + 1)):
        yield Discrepancy(0, file.row.pk, "签字的次序有缺口")


def _projection(file: CaseFile) -> Iterator[Discrepancy]:
    """Where the row is not what its files and signatures have made of it."""
    expected = project(file.row.section.name, file.documents, file.signatures)
    changed = [label for name, label in _COLUMNS.items() if getattr(file.row, name) != expected[name]]
    if changed:
        last = file.entries[-1][0]
        yield _at(last, file, f"台账中的{'、'.join(changed)}与签字不符")


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
    "signers": "签字人",
    "category": "类别",
    "status": "公开属性",
    "bases": "依据",
    "answer_due_on": "答复期限",
    "version": "版本号",
    "opened_at": "提交时间",
    "changed_at": "办理时间",
    "decided_at": "确定时间",
}


def _listing(file: CaseFile) -> Iterator[Discrepancy]:
    """Where the case's entry of the catalogue, or its history, is not as the chain says."""
    both = [*file.entries, *file.amendments]
    noted = {details["revision"]: (sequence, details) for sequence, details in both if "revision" in details}
    kept = {revision.number: revision for revision in file.revisions}
    for number in sorted(noted.keys() | kept.keys()):
        sequence, details = noted.get(number, (0, {}))
        revision = kept.get(number)
        if not sequence:
            yield Discrepancy(0, file.row.pk, f"目录条目的第 {number} 次修订在审计链中没有记录")
        elif revision is None or file.listed is None:
            yield _at(sequence, file, f"目录条目的第 {number} 次修订不见了")
        elif seal_entry(json.loads(revision.fields)) != details["fields"]:
            yield _at(sequence, file, f"目录条目的第 {number} 次修订被改动")
        elif number == max(noted) and not _stands(file, file.listed, json.loads(revision.fields)):
            yield _at(sequence, file, "目录条目与其最后一次修订不符")


def _stands(file: CaseFile, listed: rows.CatalogueEntry, fields: dict[str, Any]) -> bool:
    """Whether an entry's columns are those of a revision."""
    decided_for = next((one.digest for one in file.documents if one.pk == listed.document_id), "")
    return entry_fields(listed, decided_for) == fields


def _register(file: CaseFile) -> Iterator[Discrepancy]:
    """Where the case's line of the register of withheld items is not as the chain says."""
    noted = [
        (sequence, details) for sequence, details in file.entries if "register" in details or "off_register" in details
    ]
    item = file.withheld
    if not noted:
        if item is not None:
            yield Discrepancy(0, file.row.pk, "不予公开登记在审计链中没有记录")
        return
    entered = [(sequence, details) for sequence, details in noted if "register" in details]
    if item is None:
        yield _at(entered[-1][0], file, "不予公开登记不见了")
        return
    if seal_withheld(item) != entered[-1][1]["register"] or item.in_force != ("register" in noted[-1][1]):
        yield _at(noted[-1][0], file, "不予公开登记被改动")


def _at(sequence: int, file: CaseFile, what: str) -> Discrepancy:
    return Discrepancy(sequence, file.row.pk, what)
