"""Between rows and the domain: a case is restored from its signatures, a signature becomes a row."""

import json
from datetime import date
from typing import Any

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
    return Case(
        section=section,
        proposal=decision_of(proposal.category, proposal.status, proposal.bases),
        hold=Lane(proposal.lane) is Lane.HOLD,
        formed_on=first.formed_on,
    )


def restore(row: rows.Case) -> Case:
    """The case as its signatures have made it."""
    first = row.documents.select_related("proposal").get(version=1)
    return replay(opened_by(row.section.name, first), map(signature_of, row.signatures.order_by("position")))


def project(row: rows.Case, case: Case) -> None:
    """Set the columns of a case's row that follow from its state. Does not save."""
    row.stage = case.stage.value
    row.is_open = case.stage in OPEN_STAGES
    row.asked_from = case.asked_from.value if case.asked_from else ""
    row.hold = case.hold
    row.declassified = case.declassified
    row.split = case.split
    row.signers = "".join(f" {one.by} " for one in case.standing)
    if case.held or row.lane == Lane.HOLD.value:
        lane = Lane.HOLD if case.held else Lane.ATTENTION
        row.lane, row.lane_rank = lane.value, lane.rank
    for name, value in columns_of(case.current).items():
        setattr(row, name, value)


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
