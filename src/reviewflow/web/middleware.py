"""What every request passes: content security policy, who is signed in, and errors told as pages."""

from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from reviewflow.errors import ReviewflowError
from reviewflow.services.refusals import note_refusal
from reviewflow.services.sessions import actor_for
from reviewflow.web import failures
from reviewflow.web.office import office

Answer = Callable[[HttpRequest], HttpResponseBase]

TOKEN = "token"  # noqa: S105 - the name of a session field
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


def signed_in(answer: Answer) -> Answer:
    """Every page but the sign-in needs a person; the JSON interface signs in by its own tokens."""

    def with_person(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_view(request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or match.url_name in _OPEN_TO_ALL or "api" in match.namespaces:
            return None
        token = request.session.get(TOKEN, "")
        try:
            request.actor = actor_for(office(), token)  # type: ignore[attr-defined]
        except ReviewflowError as error:
            request.session.flush()
            if not error.code.startswith("login."):
                raise
            back = {"next": request.get_full_path()} if request.method == "GET" and request.path != "/" else {}
            return redirect(f"{reverse('login')}?{urlencode(back)}" if back else reverse("login"))
        return None

    with_person.process_view = process_view  # type: ignore[attr-defined]
    return with_person


def _note(request: HttpRequest, error: ReviewflowError) -> None:
    """Keep a refused attempt of somebody who is signed in; failed sign-ins are kept where they fail."""
    actor, match = getattr(request, "actor", None), request.resolver_match
    if actor is None or match is None or error.code.startswith("ledger."):
        return
    ids = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
    with suppress(ReviewflowError):  # the person is told of the refusal in any case
        note_refusal(office(), actor, match.url_name or "", error, ids)


def told_errors(answer: Answer) -> Answer:
    """An error of the program's own family becomes a page that says what to do."""

    def plain(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, ReviewflowError):
            return None
        _note(request, error)
        return failures.told(request, error)

    plain.process_exception = process_exception  # type: ignore[attr-defined]
    return plain
