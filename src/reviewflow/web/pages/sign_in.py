"""登录 and 退出."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from reviewflow.errors import ReviewflowError
from reviewflow.services.accounts.sessions import sign_in, sign_out
from reviewflow.web.http.requests import TOKEN
from reviewflow.web.http.throttle import Throttle
from reviewflow.web.office import office

failed = Throttle(most=20, seconds=300)
"""failed sign-ins from one address; one account's are counted in the ledger"""

_EXPIRED = {
    "1": "登录已到期。请重新登录。",
    "unsent": "登录已到期，刚才的没有提交。请重新登录。",
}  # the address names a sentence and never brings one


@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; a new session for every sign-in."""
    shown = {"next": request.GET.get("next", ""), "expired": _EXPIRED.get(request.GET.get("expired", ""), "")}
    if request.method == "GET":
        return render(request, "web/login.html", shown)
    address = request.META.get("REMOTE_ADDR", "")
    if wait := failed.wait(address):
        slow = ReviewflowError("login.too_often", "从这台机器登录失败的次数过多。", f"请 {wait} 秒后再试。")
        return render(request, "web/login.html", {**shown, "failure": slow}, status=429)
    username, wanted = request.POST.get("username", ""), request.POST.get("next", "")
    try:
        token = sign_in(office(), username, request.POST.get("password", ""))
    except ReviewflowError as error:
        failed.count(address)
        told = {"next": wanted, "username": username, "failure": error}
        return render(request, "web/login.html", told, status=403)
    failed.forget(address)
    request.session.flush()
    request.session[TOKEN] = token
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if safe and wanted.startswith("/") else "/")


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the sign-in here and in the ledger."""
    sign_out(office(), request.session.get(TOKEN, ""))
    request.session.flush()
    return redirect("login")
