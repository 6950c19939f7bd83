"""What every page knows: the office, the person, and the menu that fits their roles."""

from typing import Any

from django.http import HttpRequest

from reviewflow.domain.people import Actor, Role
from reviewflow.services.access import is_serving_administrator, own_sections, sees_every_section
from reviewflow.web.office import faulty_edit, office

_MENU = (
    ("workbench", "我的工作台"),
    ("queue", "队列"),
    ("upload", "上传"),
    ("catalogue", "目录"),
    ("register", "登记簿"),
    ("rules", "规则"),
    ("model", "模型"),
    ("audit", "审计"),
)
_ADMINISTRATORS_MENU = (("people", "管理"), ("rules", "规则"), ("model", "模型"), ("audit", "审计"))


def desk(request: HttpRequest) -> dict[str, Any]:
    """Context of all pages."""
    actor: Actor | None = getattr(request, "actor", None)
    match = request.resolver_match
    here = match.url_name if match else ""
    notice = request.session.pop("notice", "") if actor else ""
    return {
        "notice": notice,
        "actor": actor,
        "menu": menu(actor),
        "here": here,
        "agency": office().settings.office.name,
        **(_of_configuration(actor) if actor else {}),
    }


def _of_configuration(actor: Actor) -> dict[str, Any]:
    """What the office and the administrator should know: files that were not taken up, and what waits for a restart."""
    at = office().now()
    if not (is_serving_administrator(actor, at) or sees_every_section(actor, at)):
        return {}
    return {"faulty": faulty_edit(), "restart": office().configuration.needs_restart}


def menu(actor: Actor | None) -> list[tuple[str, str]]:
    """The menu's entries (URL name, label) for a person."""
    if actor is None:
        return []
    if actor.is_administrator:
        return list(_ADMINISTRATORS_MENU)
    at = office().now()
    open_to = {"upload": bool(own_sections(actor, at)), "audit": sees_every_section(actor, at)}
    return [entry for entry in _MENU if open_to.get(entry[0], True)]


def role_names(actor: Actor) -> str:
    """The roles of a person today, in words."""
    names = []
    for one in actor.held_on(office().today()):
        place = f"（{one.section}）" if one.role is Role.SECTION else ""
        lent = f"，代理{one.stand_in_for}" if one.stand_in_for else ""
        names.append(f"{one.role.label}{place}{lent}")
    return "、".join(names)
