"""政府信息公开保密审查表 of a case: what was proposed, what was found, what each of the three wrote."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from reviewflow.domain.catalogue import CarrierType, ReviewForm, WrittenOpinion
from reviewflow.domain.clock import local_day
from reviewflow.domain.document import Finding
from reviewflow.domain.people import Actor, Role
from reviewflow.domain.review import Action, Asked, Case, Decision, Signature, Stage
from reviewflow.domain.terms import PERSONAL_KINDS, Flag, Kind, Term
from reviewflow.finished_files import unwritable_error
from reviewflow.records import models as rows
from reviewflow.records.projection import replay_case, signature_of
from reviewflow.services.access import find_case
from reviewflow.services.catalogue.description import description_of, findings_of
from reviewflow.services.catalogue.export import channels_of, published_on
from reviewflow.services.office import Office
from reviewflow.writing.dates import chinese_date
from reviewflow.writing.review_form_docx import write_docx
from reviewflow.writing.review_form_pdf import write_pdf

_OPINIONS = ((Stage.SECTION, Role.SECTION), (Stage.OFFICE, Role.OFFICE), (Stage.DIRECTOR, Role.DIRECTOR))
_CONCERNS = (
    ("国家秘密", Flag.STATE_SECRET_MARK, frozenset((Kind.SECRET_MARK,))),
    ("工作秘密", Flag.WORK_SECRET, frozenset[Kind]()),
    ("商业秘密", Flag.TRADE_SECRET, frozenset((Kind.TRADE_SECRET,))),
    ("个人隐私", Flag.PRIVACY, PERSONAL_KINDS),
    ("三安全一稳定", Flag.SAFETY, frozenset[Kind]()),
)


def review_form_of(office: Office, actor: Actor, case_id: int) -> ReviewForm:
    """The form of a case as it stands; what nobody has signed yet is empty.

    Raises ReviewflowError ``review.no_case``.
    """
    row = find_case(actor, case_id, office.now())
    case, signatures = replay_case(row), [signature_of(one) for one in row.signatures.order_by("position")]
    document = rows.Document.objects.select_related("proposal", "imported_by").defer("sketch").get(pk=row.document_id)
    record: dict[str, Any] = json.loads(document.proposal.record)
    described = description_of(row.document_id, office.detectors)
    decided = case.current if case.stage is Stage.DECIDED else None
    opened_on = local_day(row.opened_at)
    form = ReviewForm(
        number=f"{opened_on.year}-{row.pk:05d}",
        agency=office.settings.office.name,
        section=row.section.name,
        handler=document.imported_by.name,
        filled_on=opened_on,
        title=row.title,
        doc_number=row.doc_number,
        carrier=described.carrier.label,
        formed_on=row.formed_on,
        summary=described.summary,
        category=_label(case.current.category),
        proposed_status=_proposed(case).status.label,
        channels=(),
        concerns=tuple(_concerns(record, case, signatures)),
        consultations=tuple(_consultations(signatures)),
        decided_status=_label(decided.status if decided else None),
        citations=office.bases.citations(case.current.bases),
        to_remove=_counted(findings_of(record)),
        opinions=tuple(_opinions(case)),
        index_number="",
        published_on=None,
        remark="\n".join(_remarks(row, case, signatures)),
        file_digest=document.digest,
    )
    return _with_entry(form, rows.CatalogueEntry.objects.in_force().filter(case=row).first())


def _with_entry(form: ReviewForm, entry: rows.CatalogueEntry | None) -> ReviewForm:
    """The form with what its entry adds."""
    if entry is None:
        return form
    publications = list(entry.publications.all())
    return replace(
        form,
        carrier=CarrierType(entry.carrier).label,
        index_number=entry.index_number,
        channels=tuple(channel.label for channel in channels_of(publications)),
        published_on=published_on(entry, publications) if publications else None,
    )


def _label(term: Term | None) -> str:
    return term.label if term else ""


def _proposed(case: Case) -> Decision:
    """What the section stands for, or the proposal before it has signed."""
    opinion = case.opinion_of(Role.SECTION)
    return opinion.decision if opinion and opinion.decision else case.proposal


def _opinions(case: Case) -> Iterator[WrittenOpinion]:
    for stage, role in _OPINIONS:
        signed = case.opinion_of(role)
        heading = f"{stage.label}意见"
        if signed is None:
            yield WrittenOpinion(heading, "", "", "", None)
        else:
            yield WrittenOpinion(heading, _opinion(signed), signed.name, signed.stand_in_for, signed.at)


def _opinion(signed: Signature) -> str:
    verb = "同意" if signed.action is Action.AGREE else "变更为"
    decision = signed.decision
    what = f"{_label(decision.category)}类，{decision.status.label}" if decision else ""
    return f"{verb}：{what}。" + (f"\n{signed.note}" if signed.note else "")


def _concerns(
    record: Mapping[str, Any], case: Case, signatures: Iterable[Signature]
) -> Iterator[tuple[str, bool, str]]:
    """The five questions, answered by marks, flags and findings, with what there is to say of each."""
    flags = {Flag(code) for code in record.get("flags") or ()}
    findings = findings_of(record)
    for question, flag, kinds in _CONCERNS:
        found = _counted(one for one in findings if one.kind in kinds)
        concerned = flag in flags or bool(found) or (flag is Flag.STATE_SECRET_MARK and case.hold)
        explained = [found] if found else ["见审查意见"] if concerned else []
        if flag is Flag.STATE_SECRET_MARK:
            explained += [
                f"解密记录：{one.particulars.record}" for one in signatures if one.action is Action.DECLASSIFY
            ]
        yield question, concerned, "；".join(explained)


def _counted(findings: Iterable[Finding]) -> str:
    """Kinds with their numbers, never their text: 个人姓名 2 处、手机号 1 处."""
    counted = Counter(one.kind for one in findings)
    return "、".join(f"{kind.label} {counted[kind]} 处" for kind in Kind if counted[kind])


def _consultations(signatures: Iterable[Signature]) -> Iterator[str]:
    """What was asked of whom and what came back, in order."""
    for one in signatures:
        asked, day = one.particulars, chinese_date(local_day(one.at))
        if one.action is Action.CONSULT:
            whom = _label(asked.asked or Asked.THIRD_PARTY)
            until = f"，请于{chinese_date(asked.due_on)}前答复" if asked.due_on else ""
            yield f"{day}征求{whom}（{asked.whom}）意见{until}：{one.note}"
        elif one.action is Action.REFER:
            yield f"{day}报请{asked.whom}确定：{one.note}"
        elif one.action is Action.ANSWER:
            yield f"{day}答复：{one.note}" + (f"（{asked.record}）" if asked.record else "")


def _remarks(row: rows.Case, case: Case, signatures: Iterable[Signature]) -> Iterator[str]:
    if case.split:
        yield "科室与办公室意见不一致，双方理由见各自意见，由主管局长确定。"
    for one in signatures:
        if one.action is Action.REOPEN and one.particulars.reopening:
            yield f"{chinese_date(local_day(one.at))}重新审查（{one.particulars.reopening.label}）：{one.note}"
    item = rows.WithheldItem.objects.in_force().filter(case=row).first()
    if item is not None:
        yield f"不予公开登记号：{item.number}，{chinese_date(item.reassess_on)}前重新评估。"


def write_review_form(office: Office, actor: Actor, case_id: int, folder: Path, form: str) -> list[Path]:
    """Write the form as ``docx``, ``pdf`` or ``both`` into a folder, which is made where there is none, named by its
    number; gives the files.

    Raises ReviewflowError ``review.no_case``, ``write.failed``, ``write.unfit_font``.
    """
    filled = review_form_of(office, actor, case_id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable_error(folder, error) from None
    written = []
    if form in ("docx", "both"):
        written.append(folder / f"保密审查表-{filled.number}.docx")
        write_docx(filled, written[-1])
    if form in ("pdf", "both"):
        font = office.settings.forms.pdf_font
        written.append(folder / f"保密审查表-{filled.number}.pdf")
        write_pdf(filled, written[-1], office.settings.home / font if font else None)
    return written
