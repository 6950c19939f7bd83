"""我的: one's roles, password and tokens of the JSON interface."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewflow.services.accounts.accounts import change_own_password
from reviewflow.services.accounts.tokens import Scope, end_token, issue_token, tokens_of
from reviewflow.web.context import role_names
from reviewflow.web.forms.intent import member
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office


@require_GET
def me(request: DeskRequest) -> HttpResponse:
    """Who one is here."""
    shown = {
        "roles": role_names(request.actor),
        "tokens": tokens_of(request.actor),
        "scopes": list(Scope),
        "token": request.session.pop("new_token", ""),
        "now": office().now(),
    }
    return render(request, "web/me.html", shown)


@require_POST
def password(request: DeskRequest) -> HttpResponse:
    """Change one's password; everybody signed in with it signs in again, this browser too."""
    change_own_password(office(), request.actor, request.POST.get("old", ""), request.POST.get("new", "")[:200])
    return redirect("login")


@require_POST
def token(request: DeskRequest) -> HttpResponse:
    """A new token, shown once."""
    scopes = {scope for code in request.POST.getlist("scope") if (scope := member(Scope, code))}
    days = request.POST.get("days", "")
    number = int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0
    request.session["new_token"] = issue_token(office(), request.actor, request.POST.get("name", ""), scopes, number)
    return redirect("me")


@require_POST
def end(request: DeskRequest, token_id: int) -> HttpResponse:
    """End a token."""
    end_token(office(), request.actor, token_id)
    request.session["notice"] = "令牌已停用。"
    return redirect("me")
