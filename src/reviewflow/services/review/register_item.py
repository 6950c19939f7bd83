"""The register's side of a decision: an item 不予公开 with basis, reason, and the day to assess it again (Art. 18)."""

import json
from typing import Any

from reviewflow.domain.clock import local_day
from reviewflow.domain.months import add_months
from reviewflow.domain.review import Case, Signature
from reviewflow.records import models as rows
from reviewflow.records.seals import seal_withheld
from reviewflow.services.office import Office
from reviewflow.services.review.numbering import next_register_number


def withhold(office: Office, row: rows.Case, case: Case, signature: Signature) -> tuple[str, dict[str, Any]]:
    """Enter a case into the register. One that was in it before keeps its number.

    Gives the number and what the audit chain says: the digest of the item's fields, never its reason.
    """
    day = local_day(signature.at)
    item = _item_of(row) or rows.WithheldItem(case=row, number=next_register_number(day))
    item.bases = " ".join(case.current.bases)
    item.reason = _reason(row, case)
    item.decided_on = day
    item.reassess_on = add_months(day, office.settings.review.reassess_months)
    item.in_force = True
    item.save()
    return item.number, {"register_number": item.number, "register": seal_withheld(item)}


def take_off_register(row: rows.Case) -> dict[str, Any]:
    """Close the item of a case that is decided otherwise or withdrawn; its number is never given again."""
    item = _item_of(row)
    if item is None or not item.in_force:
        return {}
    item.in_force = False
    item.save()
    return {"off_register": item.number}


def _item_of(row: rows.Case) -> rows.WithheldItem | None:
    return rows.WithheldItem.objects.select_for_update().filter(case=row).first()


def _reason(row: rows.Case, case: Case) -> str:
    """What those of the three wrote who stand for what was decided; where none of them wrote anything, the reasons that
    the machine gave. An opinion that was not taken up is no reason for the decision against it."""
    agreeing = [one for one in case.standing if one.decision and one.decision.agrees_with(case.current)]
    notes = [f"{one.stage.label}（{one.name}）：{one.note}" for one in agreeing if one.note]
    if notes:
        return "\n".join(notes)
    record = rows.Proposal.objects.values_list("record", flat=True).get(document_id=row.document_id)
    return "\n".join(json.loads(record).get("reasons") or ())
