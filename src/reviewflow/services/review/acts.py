"""Acting on cases: one action, one transaction, one entry of the audit chain."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor
from reviewflow.domain.review import Action, Case, Signature, apply
from reviewflow.domain.signing import Intent, sign
from reviewflow.errors import ConflictError
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.records.projection import columns_of, particulars_text, replay_case, signed_columns
from reviewflow.records.seals import seal_signature
from reviewflow.services.access import find_case
from reviewflow.services.office import Office
from reviewflow.services.review.outcome import conclude


@dataclass(frozen=True, slots=True)
class SignedCase:
    """What came of a signature: the case and its row as they are now, and its index or register number once decided."""

    row: rows.Case
    case: Case
    number: str = ""


def sign_case(
    office: Office, actor: Actor, case_id: int, intent: Intent, seen_version: int | None = None
) -> SignedCase:
    """Carry out one action on a case.

    ``seen_version`` is the version of the case that the person looked at. Raises ReviewflowError ``review.*`` (see
    reviewflow.domain.signing.sign), ``review.no_case``, ``review.stale``, ``ledger.*``.
    """
    at = office.now()
    with transaction():
        row = find_case(actor, case_id, at, lock=True)
        if seen_version is not None and row.version != seen_version:
            raise ConflictError(
                "review.stale",
                f"第 {row.pk} 件在您查看之后已有人办理。",
                "请重新查看后再决定，您的意见没有提交。",
            )
        acted, event = sign_row(office, actor, row, intent, at)
        append(office.key, actor.name, at, [event])
    return acted


def sign_row(office: Office, actor: Actor, row: rows.Case, intent: Intent, at: datetime) -> tuple[SignedCase, Event]:
    """Sign a case whose row is held, and conclude; gives what the caller, whose transaction it is, has yet to append."""
    before = replay_case(row)
    signature = sign(before, _with_deadline(office, intent, at), actor, office.bases, at)
    after = apply(before, signature)
    kept = save_signature(row, after, signature)
    number, outcome = conclude(office, row, after, signature)
    return SignedCase(row, after, number), Event(
        signature.action.value, f"case:{row.pk}", {**details_of(kept, row), **outcome}
    )


def _with_deadline(office: Office, intent: Intent, at: datetime) -> Intent:
    """A consultation with the day by which a third party has to answer (Art. 32: 15 working days)."""
    if intent.action is not Action.CONSULT or intent.particulars.due_on is not None:
        return intent
    due = office.calendar.add_workdays(local_day(at), office.settings.review.third_party_workdays)
    return replace(intent, particulars=replace(intent.particulars, due_on=due.day))


def save_signature(row: rows.Case, case: Case, signature: Signature) -> rows.Signature:
    """Write a signature and what follows from it for the case's row."""
    for name, value in signed_columns(case, row.lane, row.version, signature).items():
        setattr(row, name, value)
    document = rows.Document.objects.only("digest").get(pk=row.document_id)
    row.save()
    return rows.Signature.objects.create(
        case=row,
        position=row.version - 1,
        document=document,
        file_digest=document.digest,
        stage=signature.stage.value,
        action=signature.action.value,
        user_id=int(signature.by),
        name=signature.name,
        role=signature.role.value,
        stand_in_for=signature.stand_in_for,
        at=signature.at,
        note=signature.note,
        particulars=particulars_text(signature.particulars),
        **columns_of(signature.decision),
    )


def details_of(kept: rows.Signature, row: rows.Case) -> dict[str, Any]:
    """What the audit chain says of a signature."""
    return {
        "position": kept.position,
        "signature": seal_signature(kept),
        "file": kept.file_digest,
        "role": kept.role,
        "stage": row.stage,
        "category": kept.category,
        "status": kept.status,
        "bases": kept.bases,
    }
