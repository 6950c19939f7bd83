"""Who may keep the catalogue and the register, and what of them a person sees."""

from datetime import datetime

from reviewflow.domain.people import Actor, Role
from reviewflow.errors import ReviewflowError

KEEPERS = (Role.OFFICER, Role.OFFICE)
"""the catalogue is kept by the 信息公开员, or the office in its place"""
WIDE = (Role.OFFICER, Role.OFFICE, Role.DIRECTOR)


def require(actor: Actor, at: datetime, roles: tuple[Role, ...]) -> None:
    """Raise ReviewflowError ``permission.denied`` unless the person holds one of the roles and is no administrator."""
    held = any(actor.holding(role, at.date()) for role in roles)
    if held and actor.active and not actor.is_administrator:
        return
    named = "、".join(role.label for role in roles)
    raise ReviewflowError("permission.denied", f"{actor.name}不能办理这一步。", f"请由{named}办理。")


def sections_seen(actor: Actor, at: datetime) -> frozenset[str] | None:
    """The sections whose documents this person sees; None for all of them, none for an administrator."""
    if actor.is_administrator or not actor.active:
        return frozenset()
    return None if actor.sees_all(at.date()) else actor.sections(at.date())
