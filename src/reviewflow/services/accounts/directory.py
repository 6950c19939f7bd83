"""The accounts as an administrator reads them."""

from dataclasses import dataclass
from datetime import date

from reviewflow.domain.people import Actor, Role
from reviewflow.records import models as rows
from reviewflow.services.access import check_administrator
from reviewflow.services.office import Office


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in words; an account without roles has one that is empty."""

    role: str = "（无角色）"
    code: str = ""
    section: str = ""
    stand_in_for: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class DescribedAccount:
    """An account in words."""

    username: str
    name: str
    state: str
    active: bool
    grants: tuple[Grant, ...]


def list_accounts(office: Office, by: Actor) -> list[DescribedAccount]:
    """All accounts, in the order in which they were made. Raises ReviewflowError ``accounts.not_administrator``."""
    check_administrator(by, office.now())
    users = rows.User.objects.order_by("id").prefetch_related("grants__section", "grants__stand_in_for")
    return [
        DescribedAccount(user.username, user.name, _state(user, office), user.is_active, _grants(user))
        for user in users
    ]


def section_names() -> list[str]:
    """The names of all sections, in the order in which they were made."""
    return list(rows.Section.objects.order_by("id").values_list("name", flat=True))


def _state(user: rows.User, office: Office) -> str:
    if not user.is_active:
        return "停用"
    locked = user.locked_until is not None and user.locked_until > office.now()
    return "锁定" if locked else "启用"


def _grants(user: rows.User) -> tuple[Grant, ...]:
    found = tuple(
        Grant(
            role=Role(grant.role).label,
            code=grant.role,
            section=grant.section.name if grant.section else "",
            stand_in_for=grant.stand_in_for.name if grant.stand_in_for else "",
            period=_period(grant.since, grant.until),
        )
        for grant in sorted(user.grants.all(), key=lambda grant: grant.pk)
    )
    return found or (Grant(),)


def _period(since: date | None, until: date | None) -> str:
    return f"{since:%Y-%m-%d} 至 {until:%Y-%m-%d}" if since and until else ""
