"""Tokens of the JSON interface: each belongs to a person, may do some things, and ends."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from reviewflow.domain.people import Actor
from reviewflow.domain.terms import Term
from reviewflow.errors import MissingError, ReviewflowError, SignInError
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.records.projection import actor_of
from reviewflow.services.office import Office

LONGEST_DAYS = 366


class Scope(Term):
    """What a token may do."""

    READ = "read", "查看"
    SUBMIT = "submit", "提交"
    SIGN = "sign", "签字"
    EXPORT = "export", "导出"


def issue_token(office: Office, actor: Actor, name: str, scopes: Collection[Scope], days: int) -> str:
    """A new token of one's own; it is shown this once, the ledger keeps its digest.

    Raises ReviewflowError ``token.refused`` for no name, no scope, or a life that is not 1 to 366 days.
    """
    if not name.strip() or not scopes or not 1 <= days <= LONGEST_DAYS:
        raise ReviewflowError(
            "token.refused", "没有写明用途、权限或期限。", f"期限为 1 至 {LONGEST_DAYS} 天，至少选一项权限。"
        )
    at = office.now()
    token = secrets.token_urlsafe(32)
    with transaction():
        row = rows.ApiToken.objects.create(
            user_id=int(actor.id),
            name=name.strip()[:60],
            token_digest=token_digest(token),
            scopes=" ".join(sorted(scope.value for scope in scopes)),
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        append(office.key, actor.name, at, [Event("token", f"token:{row.pk}", {"scopes": row.scopes, "days": days})])
    return token


def end_token(office: Office, actor: Actor, token_id: int) -> None:
    """End one's own token. Raises ReviewflowError ``token.missing``."""
    at = office.now()
    with transaction():
        ended = rows.ApiToken.objects.filter(pk=token_id, user_id=int(actor.id), ended_at=None).update(ended_at=at)
        if not ended:
            raise MissingError("token.missing", "没有这个令牌，或它已失效。", "请刷新后再看。")
        append(office.key, actor.name, at, [Event("end-token", f"token:{token_id}", {})])


def tokens_of(actor: Actor) -> list[rows.ApiToken]:
    """One's tokens, newest first."""
    return list(rows.ApiToken.objects.filter(user_id=int(actor.id)).order_by("-id"))


def actor_of_token(office: Office, token: str) -> tuple[Actor, frozenset[Scope]]:
    """The person and scopes of a token. Raises ReviewflowError ``token.invalid``."""
    row = rows.ApiToken.objects.select_related("user").filter(token_digest=token_digest(token)).first()
    good = row is not None and row.ended_at is None and row.created_at <= office.now() < row.expires_at
    if row is None or not good or not row.user.is_active:
        raise SignInError("token.invalid", "令牌无效或已过期。", "请在“我的”页面另建一个。")
    return actor_of(row.user), frozenset(map(Scope, row.scopes.split()))


def token_digest(token: str) -> str:
    """What the ledger keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
