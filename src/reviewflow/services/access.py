"""Who may see and do what: every question of it that a service, a page or a command asks, answered in one place.

What a person may sign is the domain's to say (``reviewflow.domain.signing``). A closed account sees and does nothing.
"""

from datetime import datetime

from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor, Role
from reviewflow.errors import ForbiddenError, MissingError, ReviewflowError
from reviewflow.records import models as rows

KEEPERS = (Role.OFFICER, Role.OFFICE)
"""the catalogue is kept by the 信息公开员, or the office in its place"""
WIDE = (Role.OFFICER, Role.OFFICE, Role.DIRECTOR)


def holds_one_of(actor: Actor, at: datetime, roles: tuple[Role, ...]) -> bool:
    """Whether the person holds one of the roles and is no administrator."""
    return not actor.is_administrator and any(actor.holding(role, local_day(at)) for role in roles)


def require(actor: Actor, at: datetime, roles: tuple[Role, ...]) -> None:
    """Raise ReviewflowError ``permission.denied`` unless ``holds_one_of``."""
    if not holds_one_of(actor, at, roles):
        named = "、".join(role.label for role in roles)
        raise ForbiddenError("permission.denied", f"{actor.name}不能办理这一步。", f"请由{named}办理。")


def check_reviewer(actor: Actor) -> None:
    """Raise ReviewflowError ``review.administrator`` for an administrator, who sees nothing of the review, and
    ``review.inactive`` for a closed account."""
    if actor.is_administrator:
        raise ForbiddenError("review.administrator", "系统管理员不参加审查，看不到审查内容。", "请用审查人的账号登录。")
    check_open(actor)


def check_open(actor: Actor) -> None:
    """Raise ReviewflowError ``review.inactive`` for a closed account."""
    if not actor.active:
        raise ForbiddenError("review.inactive", f"{actor.name}的账号已停用。", "请联系系统管理员。")


def is_serving_administrator(actor: Actor, at: datetime) -> bool:
    """Whether the person administers accounts now."""
    return actor.holding(Role.ADMINISTRATOR, local_day(at)) is not None


def check_administrator(actor: Actor, at: datetime) -> None:
    """Raise ReviewflowError ``accounts.not_administrator`` for anybody who does not administer accounts now."""
    if not is_serving_administrator(actor, at):
        raise ForbiddenError("accounts.not_administrator", "账号由系统管理员管理。", "请联系系统管理员。")


def sections_seen(actor: Actor, at: datetime) -> frozenset[str] | None:
    """The sections whose documents this person sees; None for all of them, none for an administrator."""
    if actor.is_administrator:
        return frozenset()
    return None if actor.sees_all(local_day(at)) else actor.sections(local_day(at))


def sees_every_section(actor: Actor, at: datetime) -> bool:
    """Whether documents of all sections are open to this person: what goes out of the house, the whole record."""
    return sections_seen(actor, at) is None


def own_sections(actor: Actor, at: datetime) -> list[str]:
    """The sections into which this person may bring documents, by name."""
    return [] if actor.is_administrator else sorted(actor.sections(local_day(at)))


def only_section(actor: Actor, at: datetime) -> str:
    """The section of a person who has but one.

    Raises ReviewflowError ``intake.which_section`` for none or several, ``review.administrator``, ``review.inactive``.
    """
    check_reviewer(actor)
    own = own_sections(actor, at)
    if len(own) == 1:
        return own[0]
    hint = f"请指定科室（section）：{'、'.join(own)}。" if own else "请由科室审查员提交。"
    raise ReviewflowError("intake.which_section", "不知道提交到哪个科室。", hint)


def section_for(actor: Actor, name: str, at: datetime) -> rows.Section:
    """The section into which this person may bring documents.

    Raises ReviewflowError ``intake.no_section``, ``intake.not_yours``, ``review.administrator``, ``review.inactive``.
    """
    check_reviewer(actor)
    section = rows.Section.objects.filter(name=name).first()
    if section is None:
        raise ReviewflowError("intake.no_section", f"没有名为“{name}”的科室。", "请核对名称，或请管理员添加。")
    if name not in own_sections(actor, at):
        raise ForbiddenError("intake.not_yours", f"您不是{name}的审查员。", "请由该科室的人提交。")
    return section


def find_case(actor: Actor, case_id: int, at: datetime, *, lock: bool = False) -> rows.Case:
    """The row of a case that this person may see. Raises ReviewflowError ``review.no_case``, also for another
    section's case, so that nobody learns by number what others work on, and ``review.inactive``."""
    check_open(actor)
    query = rows.Case.objects.select_related("section")
    row = (query.select_for_update(of=("self",)) if lock else query).filter(pk=case_id).first()
    seen = sections_seen(actor, at)
    if row is None or not (seen is None or row.section.name in seen):
        raise MissingError("review.no_case", f"没有第 {case_id} 件，或它不属于您的科室。", "请从队列中查看。")
    return row
