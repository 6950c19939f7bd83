"""What every request passes: content security policy, who is signed in, and errors told as pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from reviewflow.errors import ReviewflowError
from reviewflow.web import failures
from reviewflow.web.api.shape import answer as answer_json
from reviewflow.web.api.shape import is_program, plain
from reviewflow.web.noting import note
from reviewflow.web.requests import person_of

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
            raise ReviewflowError("web.field", "有一项含有不能保存的字符。", "请删去后再提交。")


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in, and from there back to a page that was asked for. A script is told where that is: it would take
    the page of the sign-in for its answer."""
    request.session.flush()
    if is_program(request):
        expired = ReviewflowError("login.needed", "登录已到期，没有处理。", "请重新登录后再试。")
        return answer_json({**plain(expired), "address": reverse("login")}, 401)
    back = {"next": request.get_full_path()} if request.method == "GET" and request.path != "/" else {}
    return redirect(f"{reverse('login')}?{urlencode(back)}" if back else reverse("login"))


def signed_in(answer: Answer) -> Answer:
    """Every page but the sign-in needs a person; the JSON interface signs in by its own tokens."""

    def with_person(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_view(request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or "api" in match.namespaces:
            return None
        try:
            _check_fields(request)
            if match.url_name not in _OPEN_TO_ALL:
                request.actor = person_of(request)  # type: ignore[attr-defined]
        except ReviewflowError as error:
            return _to_sign_in(request) if error.code.startswith("login.") else failures.told(request, error)
        return None

    with_person.process_view = process_view  # type: ignore[attr-defined]
    return with_person


def told_errors(answer: Answer) -> Answer:
    """An error of the program's own family becomes a page that says what to do."""

    def plain(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ReviewflowError):
            return None
        note(request, error)
        return failures.told(request, error)

    plain.process_exception = process_exception  # type: ignore[attr-defined]
    return plain
