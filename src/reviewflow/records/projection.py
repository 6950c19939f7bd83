"""Between rows and the domain: a case is restored from its signatures, a signature becomes a row.

What stands in a case's row follows from its files and signatures. ``opened_columns``, ``file_columns`` and
``signed_columns`` say how, where a row is written; ``project`` adds them up again, where it is verified.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from reviewflow.domain.clock import local
from reviewflow.domain.people import Actor, HeldRole, Role
from reviewflow.domain.review import (
    OPEN_STAGES,
    Action,
    Asked,
    Case,
    Decision,
    Particulars,
    Reopening,
    Signature,
    Stage,
    apply,
    replay,
)
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import canonical


def decision_of(category: str, status: str, bases: str) -> Decision:
    """A decision from its columns."""
    return Decision(Category(category) if category else None, Status(status), tuple(bases.split()))


def columns_of(decision: Decision | None) -> dict[str, str]:
    """The columns of a decision; all empty where there is none."""
    if decision is None:
        return {"category": "", "status": "", "bases": ""}
    category = decision.category.value if decision.category else ""
    return {"category": category, "status": decision.status.value, "bases": " ".join(decision.bases)}


def signature_of(row: rows.Signature) -> Signature:
    """A signature from its row."""
    return Signature(
        stage=Stage(row.stage),
        action=Action(row.action),
        by=str(row.user_id),
        name=row.name,
        role=Role(row.role),
        stand_in_for=row.stand_in_for,
        at=local(row.at),
        decision=decision_of(row.category, row.status, row.bases) if row.status else None,
        note=row.note,
        particulars=particulars_of(row.particulars),
    )


def particulars_of(text: str) -> Particulars:
    """Particulars from their JSON."""
    if not text:
        return Particulars()
    value: dict[str, Any] = json.loads(text)
    return Particulars(
        asked=Asked(value["asked"]) if value.get("asked") else None,
        whom=value.get("whom", ""),
        due_on=date.fromisoformat(value["due_on"]) if value.get("due_on") else None,
        reopening=Reopening(value["reopening"]) if value.get("reopening") else None,
        record=value.get("record", ""),
        hold=value.get("hold", False),
    )


def particulars_text(particulars: Particulars) -> str:
    """Particulars as JSON, or nothing where there are none."""
    value = {
        "asked": particulars.asked.value if particulars.asked else None,
        "whom": particulars.whom,
        "due_on": particulars.due_on.isoformat() if particulars.due_on else None,
        "reopening": particulars.reopening.value if particulars.reopening else None,
        "record": particulars.record,
        "hold": particulars.hold,
    }
    kept = {name: content for name, content in value.items() if content}
    return canonical(kept) if kept else ""


def opened_by(section: str, first: rows.Document) -> Case:
    """The case that its first file opens in a section."""
    proposal = first.proposal
    decision = decision_of(proposal.category, proposal.status, proposal.bases)
    return opened_case(section, decision, proposal.lane, first.formed_on)


def opened_case(section: str, proposal: Decision, lane: str, formed_on: date | None) -> Case:
    """The case that is opened by a file with this proposal and lane."""
    return Case(section=section, proposal=proposal, hold=Lane(lane) is Lane.HOLD, formed_on=formed_on)


def replay_case(row: rows.Case) -> Case:
    """The case as its signatures have made it."""
    first = row.documents.select_related("proposal").get(version=1)
    return replay(opened_by(row.section.name, first), map(signature_of, row.signatures.order_by("position")))


class FileFacts(Protocol):
    """What a case's row says of the file under review: a document, or one that is about to become one."""

    @property
    def title(self) -> str:
        """The title."""

    @property
    def doc_number(self) -> str:
        """The document number, empty where it has none."""

    @property
    def formed_on(self) -> date | None:
        """The day of signature."""


def file_columns(document_id: int, file: FileFacts, lane: str) -> dict[str, Any]:
    """The columns that follow from the file under review and the lane of its proposal."""
    return {
        "document_id": document_id,
        "title": file.title,
        "doc_number": file.doc_number,
        "formed_on": file.formed_on,
        **_lane_columns(Lane(lane)),
    }


def opened_columns(case: Case, document_id: int, file: FileFacts, lane: str, at: datetime) -> dict[str, Any]:
    """All columns that follow from the first file of a case, as it is opened."""
    return {
        **file_columns(document_id, file, lane),
        **_state_columns(case, lane),
        "version": 1,
        "opened_at": at,
        "changed_at": at,
        "answer_due_on": None,
        "decided_at": None,
    }


def signed_columns(case: Case, lane: str, version: int, signature: Signature) -> dict[str, Any]:
    """The columns that follow from a signature: ``case`` is as it left it, ``lane`` and ``version`` are the row's before
    it (after ``file_columns``, where it replaced the file)."""
    return {
        **_state_columns(case, lane),
        "version": version + 1,
        "changed_at": signature.at,
        "answer_due_on": signature.particulars.due_on,
        "decided_at": signature.at if case.stage is Stage.DECIDED else None,
    }


def project(section: str, documents: Sequence[rows.Document], signatures: Iterable[rows.Signature]) -> dict[str, Any]:
    """The columns of a case's row as its files and signatures, all of them in order, make them."""
    versions = iter(documents)
    first = next(versions)
    case = opened_by(section, first)
    columns = opened_columns(case, first.pk, first, first.proposal.lane, first.imported_at)
    for signature in map(signature_of, signatures):
        if signature.action is Action.SUPERSEDE:
            document = next(versions)
            columns |= file_columns(document.pk, document, document.proposal.lane)
        case = apply(case, signature)
        columns |= signed_columns(case, columns["lane"], columns["version"], signature)
    return columns


def _state_columns(case: Case, lane: str) -> dict[str, Any]:
    """The columns that follow from the state of a case. A case that was held stays out of the clear lane."""
    columns: dict[str, Any] = {
        "stage": case.stage.value,
        "is_open": case.stage in OPEN_STAGES,
        "asked_from": case.asked_from.value if case.asked_from else "",
        "hold": case.hold,
        "declassified": case.declassified,
        "split": case.split,
        "signers": "".join(f" {one.by} " for one in case.standing),
        **columns_of(case.current),
    }
    if case.held or lane == Lane.HOLD.value:
        columns |= _lane_columns(Lane.HOLD if case.held else Lane.ATTENTION)
    return columns


def _lane_columns(lane: Lane) -> dict[str, Any]:
    return {"lane": lane.value, "lane_rank": lane.rank}


def actor_of(user: rows.User) -> Actor:
    """The person of an account, with the roles granted."""
    grants = user.grants.select_related("section", "stand_in_for")
    held = tuple(
        HeldRole(
            role=Role(grant.role),
            section=grant.section.name if grant.section else "",
            since=grant.since,
            until=grant.until,
            stand_in_for=grant.stand_in_for.name if grant.stand_in_for else "",
        )
        for grant in grants
    )
    return Actor(str(user.pk), user.name, held, user.is_active)
