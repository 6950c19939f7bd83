"""管理: accounts, roles, sections and stand-ins. For administrators alone; no review tables."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewflow.domain.people import Actor, Role
from reviewflow.errors import ReviewflowError
from reviewflow.services.access import check_administrator
from reviewflow.services.accounts import accounts
from reviewflow.services.accounts.directory import list_accounts, section_names
from reviewflow.web.forms.intent import member
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office


@require_GET
def people(request: DeskRequest) -> HttpResponse:
    """All accounts, with forms to change them."""
    shown = {
        "users": list_accounts(office(), request.actor),
        "roles": list(Role),
        "sections": section_names(),
    }
    return render(request, "web/people.html", shown)


@require_POST
def change(request: DeskRequest) -> HttpResponse:
    """Carry out one change; the field ``do`` names it."""
    check_administrator(request.actor, office().now())
    done = _CHANGES.get(request.POST.get("do", ""))
    if done is None:
        raise ReviewflowError("web.field", "没有写明做什么。", "请用页面上的按钮。")
    request.session["notice"] = done(request.actor, request.POST)
    return redirect("people")


def _add(actor: Actor, form: QueryDict) -> str:
    user = accounts.add_user(
        office(), actor, _text(form, "username"), _text(form, "name"), form.get("password", "")[:200]
    )
    return f"已添加 {user.name}，请授予角色。"


def _section(actor: Actor, form: QueryDict) -> str:
    return f"已添加科室 {accounts.add_section(office(), actor, _text(form, 'name')).name}。"


def _grant(actor: Actor, form: QueryDict) -> str:
    accounts.grant_role(office(), actor, _text(form, "username"), _role(form), _text(form, "section"))
    return "已授予角色。"


def _revoke(actor: Actor, form: QueryDict) -> str:
    accounts.revoke_role(office(), actor, _text(form, "username"), _role(form), _text(form, "section"))
    return "已收回角色。"


def _stand_in(actor: Actor, form: QueryDict) -> str:
    since, until = _day(form, "since"), _day(form, "until")
    accounts.add_stand_in(office(), actor, _text(form, "username"), _text(form, "for"), since, until)
    return "已设代理。"


def _deactivate(actor: Actor, form: QueryDict) -> str:
    accounts.deactivate_account(office(), actor, _text(form, "username"))
    return "账号已停用。"


def _activate(actor: Actor, form: QueryDict) -> str:
    accounts.activate_account(office(), actor, _text(form, "username"))
    return "账号已启用。"


def _reset(actor: Actor, form: QueryDict) -> str:
    accounts.reset_password(office(), actor, _text(form, "username"), form.get("password", "")[:200])
    return "密码已更换，原有登录都已失效。"


_CHANGES: dict[str, Callable[[Actor, QueryDict], str]] = {
    "add": _add,
    "section": _section,
    "grant": _grant,
    "revoke": _revoke,
    "stand-in": _stand_in,
    "deactivate": _deactivate,
    "activate": _activate,
    "reset": _reset,
}


def _text(form: QueryDict, name: str) -> str:
    return form.get(name, "").strip()[:60]


def _role(form: QueryDict) -> Role:
    role = member(Role, form.get("role", ""))
    if role is None:
        raise ReviewflowError("web.field", "没有选择角色。", "请从列表中选择。")
    return role


def _day(form: QueryDict, name: str) -> date:
    try:
        return date.fromisoformat(form.get(name, ""))
    except ValueError:
        raise ReviewflowError("web.field", "日期不对。", "写成 2025-11-03 这样。") from None
