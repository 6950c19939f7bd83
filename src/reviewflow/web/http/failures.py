"""Errors as pages, and as JSON for programs: what happened, in the user's words, and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from reviewflow.errors import ForbiddenError, MalformedError, MissingError, ReviewflowError
from reviewflow.web.http.json_answers import error_as_json, is_program, unexpected_error
from reviewflow.web.http.refusals import record_refused_request
from reviewflow.web.http.requests import person_or_nobody
from reviewflow.web.http.server_log import reference_number
from reviewflow.web.http.statuses import status_of


def render_error(request: HttpRequest, error: ReviewflowError) -> HttpResponse:
    """An error as a page, or as JSON to whoever expects that."""
    number = status_of(error)
    if is_program(request):
        return error_as_json(error, number)
    shown = {"failure": error, "case_id": _of_case(request) if number != 404 else None, "of_queue": _of_queue(request)}
    return render(request, "web/failure.html", shown, status=number)


def _of_case(request: HttpRequest) -> int | None:
    """The case that something was to be done with: the way back leads to its page, as it is now."""
    match = request.resolver_match
    return match.kwargs.get("case_id") if match and match.url_name == "act" else None


def _of_queue(request: HttpRequest) -> bool:
    """Whether it was about cases ticked in the queue."""
    return bool(request.resolver_match and request.resolver_match.url_name in ("confirm", "sign"))


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that this server did not hand out, or that outlived its sign-in."""
    error = ForbiddenError("web.form_expired", "这张表单已失效，没有提交。", "请返回上一页，刷新后重新填写。")
    record_refused_request(request, error)
    return render_error(request, error)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page. Who is signed in was not looked at for an address without a view, and keeps the menu."""
    actor = person_or_nobody(request)
    request.actor = actor  # type: ignore[attr-defined]
    hint = "请从上方的菜单进入。" if actor else "请核对网址，或回到首页。"
    return render_error(request, MissingError("web.not_found", "没有这个页面。", hint))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that Django refuses (host name, too many fields)."""
    hint = "请用管理员给出的网址访问。"
    return render_error(request, MalformedError("web.bad_request", "请求不合要求，没有处理。", hint))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something unforeseen, which Django logs. The page asks nothing of the ledger, which may be what is broken."""
    error = unexpected_error("web.unexpected", reference_number(request))
    if is_program(request):
        return error_as_json(error, 500)
    return HttpResponse(render_to_string("web/failure.html", {"failure": error}), status=500)
