"""Errors as pages: what happened, in the user's words, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reviewflow.errors import ReviewflowError

_STATUS = {
    "review.no_case": 404,
    "catalogue.no_entry": 404,
    "review.stale": 409,
    "ledger.conflict": 409,
    "ledger.busy": 503,
    "ledger.disk_full": 507,
    "ledger.unreachable": 503,
    "accounts.not_administrator": 403,
    "review.administrator": 403,
    "review.no_role": 403,
    "review.other_section": 403,
    "web.forbidden": 403,
}


def status_of(error: ReviewflowError) -> int:
    """The HTTP status of an error; 400 unless it says more."""
    return _STATUS.get(error.code, 400)


def told(request: HttpRequest, error: ReviewflowError) -> HttpResponse:
    """The page of an error."""
    return render(request, "web/failure.html", {"failure": error}, status=status_of(error))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that this server did not hand out, or that outlived its sign-in."""
    error = ReviewflowError("web.form_expired", "这张表单已失效，没有提交。", "请返回上一页，刷新后重新填写。")
    return render(request, "web/failure.html", {"failure": error}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page."""
    error = ReviewflowError("web.not_found", "没有这个页面。", "请从上方的菜单进入。")
    return render(request, "web/failure.html", {"failure": error}, status=404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that Django refuses (host name, too many fields)."""
    error = ReviewflowError("web.bad_request", "请求不合要求，没有处理。", "请用管理员给出的网址访问。")
    return render(request, "web/failure.html", {"failure": error}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Something unforeseen."""
    error = ReviewflowError("web.unexpected", "程序出错，这一步没有做。", "请把时间和错误代码告诉管理员。")
    return render(request, "web/failure.html", {"failure": error}, status=500)
