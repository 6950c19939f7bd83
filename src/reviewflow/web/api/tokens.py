"""A request of the interface: whose token it carries, and what that token may do."""

from hashlib import sha256

from reviewflow.domain.people import Actor
from reviewflow.errors import ForbiddenError, ReviewflowError, SignInError
from reviewflow.services.accounts.sessions import UNKNOWN
from reviewflow.services.accounts.tokens import Scope, actor_of_token
from reviewflow.services.audit.refusals import record_refusal
from reviewflow.web.api import limits
from reviewflow.web.http.requests import DeskRequest
from reviewflow.web.office import office

_LONGEST_TOKEN = 200


class ApiRequest(DeskRequest):
    """A request with the person of its token and the token's scopes."""

    scopes: frozenset[Scope]


def address_of(request: DeskRequest) -> str:
    """Where a request comes from; behind a trusted proxy the server has put the client's own address there."""
    return str(request.META.get("REMOTE_ADDR", ""))


def admit(request: ApiRequest) -> None:
    """Let in whoever has a good token: no cookie and no session counts here.

    Raises ReviewflowError ``api.no_token``, ``token.invalid``, ``api.too_often``.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise SignInError("api.no_token", "请求没有带令牌。", "请在“我的”页面建一个，放在 Authorization: Bearer 之后。")
    _find_person(request, token.strip()[:_LONGEST_TOKEN])
    limits.count(limits.of_token, sha256(token.strip().encode("utf-8", "replace")).hexdigest())


def _find_person(request: ApiRequest, token: str) -> None:
    try:
        request.actor, request.scopes = actor_of_token(office(), token)
    except ReviewflowError as error:
        # Only wrong tokens are slowed down: a program with a good one may share its address with one that guesses.
        limits.count(limits.of_wrong_tokens, address_of(request))
        record_refusal(office(), Actor("", UNKNOWN), "api", error, {})
        raise


def require_scope(request: ApiRequest, scope: Scope) -> None:
    """Raise ReviewflowError ``api.scope`` unless the token may do this."""
    if scope not in request.scopes:
        raise ForbiddenError("api.scope", f"这个令牌没有“{scope.label}”权限。", "请在“我的”页面另建一个有此权限的。")
