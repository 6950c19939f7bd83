"""What every request passes: content security policy, who is signed in, and errors told as pages."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from reviewflow.errors import ErrorKind, MalformedError, ReviewflowError, SignInError
from reviewflow.web.http import failures
from reviewflow.web.http.json_answers import as_json, error_fields, is_program
from reviewflow.web.http.refusals import record_refused_request
from reviewflow.web.http.requests import TOKEN, DeskRequest, check_same_person, person_of

Answer = Callable[[HttpRequest], HttpResponseBase]

_OPEN_TO_ALL = frozenset({"login", "healthy"})
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def content_security(answer: Answer) -> Answer:
    """Nothing from elsewhere, no script or style inside pages. A view may set a stricter policy of its own."""

    def with_policy(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return with_policy


def _check_fields(request: HttpRequest) -> None:
    """Raise ReviewflowError ``web.field`` for a field with NUL, which nobody types and PostgreSQL cannot hold."""
    for fields in (request.GET, request.POST):
        if any("\0" in value for _, values in fields.lists() for value in values):
            raise MalformedError("web.field", "有一项含有不能保存的字符。", "请删去后再提交。")


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in, and from there back to a page. Whoever sent a form is told that nothing came of it. A script is
    told where the sign-in is: it would take its page for the answer."""
    was_signed_in = TOKEN in request.session
    request.session.flush()
    if is_program(request):
        expired = SignInError("login.required", "登录已到期，没有处理。", "请重新登录后再试。")
        return as_json({**error_fields(expired), "address": reverse("login")}, 401)
    asked = {"next": _page_after(request)}
    if request.method == "POST" and not _is(request, "logout"):
        asked["expired"] = "unsent"
    elif was_signed_in and request.method != "POST":
        asked["expired"] = "1"
    query = urlencode({name: value for name, value in asked.items() if value})
    return redirect(f"{reverse('login')}?{query}" if query else reverse("login"))


def _page_after(request: HttpRequest) -> str:
    """Where to go on after signing in: the page that was asked for, or the one a form was sent from; empty where that
    is not known, and for the first page, where everybody goes anyway."""
    match = request.resolver_match
    if match and _is(request, "act"):
        return reverse("case", args=[match.kwargs["case_id"]])
    if _is(request, "confirm", "sign"):
        return reverse("queue")
    return request.get_full_path() if request.method == "GET" and request.path != "/" else ""


def _is(request: HttpRequest, *names: str) -> bool:
    return request.resolver_match is not None and request.resolver_match.url_name in names


def signed_in(answer: Answer) -> Answer:
    """Every page but the sign-in needs a person; the JSON interface signs in by its own tokens."""

    def with_person(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_view(request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or "api" in match.namespaces:
            return None
        try:
            if match.url_name not in _OPEN_TO_ALL:
                request.actor = person_of(request)  # type: ignore[attr-defined]
                check_same_person(cast("DeskRequest", request))
            _check_fields(request)
        except ReviewflowError as error:
            if error.kind is ErrorKind.SIGN_IN:
                return _to_sign_in(request)
            record_refused_request(request, error)
            return failures.render_error(request, error)
        return None

    with_person.process_view = process_view  # type: ignore[attr-defined]
    return with_person


def render_errors(answer: Answer) -> Answer:
    """An error of the program's own family becomes a page that says what to do."""

    def plain(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ReviewflowError):
            return None
        record_refused_request(request, error)
        return failures.render_error(request, error)

    plain.process_exception = process_exception  # type: ignore[attr-defined]
    return plain
