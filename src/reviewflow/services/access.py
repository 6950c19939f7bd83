"""Who may keep the catalogue and the register, what of them a person sees, and which case."""

from datetime import datetime

from reviewflow.domain.people import Actor, Role
from reviewflow.errors import ForbiddenError, MissingError
from reviewflow.records import models as rows

KEEPERS = (Role.OFFICER, Role.OFFICE)
"""the catalogue is kept by the 信息公开员, or the office in its place"""
WIDE = (Role.OFFICER, Role.OFFICE, Role.DIRECTOR)


def require(actor: Actor, at: datetime, roles: tuple[Role, ...]) -> None:
    """Raise ReviewflowError ``permission.denied`` unless the person holds one of the roles and is no administrator."""
    held = any(actor.holding(role, at.date()) for role in roles)
    if held and actor.active and not actor.is_administrator:
        return
    named = "、".join(role.label for role in roles)
    raise ForbiddenError("permission.denied", f"{actor.name}不能办理这一步。", f"请由{named}办理。")


def sections_seen(actor: Actor, at: datetime) -> frozenset[str] | None:
    """The sections whose documents this person sees; None for all of them, none for an administrator."""
    if actor.is_administrator or not actor.active:
        return frozenset()
    return None if actor.sees_all(at.date()) else actor.sections(at.date())


def find_case(actor: Actor, case_id: int, at: datetime, *, lock: bool = False) -> rows.Case:
    """The row of a case that this person may see. Raises ReviewflowError ``review.no_case``, also for another
    section's case, so that nobody learns by number what others work on."""
    query = rows.Case.objects.select_related("section")
    row = (query.select_for_update(of=("self",)) if lock else query).filter(pk=case_id).first()
    day = at.date()
    if row is None or not (actor.sees_all(day) or row.section.name in actor.sections(day)):
        raise MissingError("review.no_case", f"没有第 {case_id} 件，或它不属于您的科室。", "请从队列中查看。")
    return row
