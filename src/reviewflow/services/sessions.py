"""Signing in with one's own password: tokens that end, accounts that lock, every attempt in the audit chain."""

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password

from reviewflow.domain.people import Actor
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.chain import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.records.restoring import actor_of
from reviewflow.services.office import Office

UNKNOWN = "未知账号"
"""who stands in the audit chain for a name that no account has: what was typed may be somebody's password"""


def sign_in(office: Office, username: str, password: str) -> str:
    """A token for a person who knows the password.

    Raises ReviewflowError ``login.refused`` (one message for a wrong name, a wrong password and a closed account) and
    ``login.locked``. What failed is on record although an error is raised.
    """
    at = office.now()
    user = rows.User.objects.filter(username=username.strip()[:60]).first()
    # An unknown name costs as much time as a known one: nobody learns names by the clock.
    right = check_password(password[:200], user.password if user else _nobodys_password())
    token = secrets.token_urlsafe(32)
    with transaction():
        if user is not None:
            user = rows.User.objects.select_for_update().get(pk=user.pk)
        outcome = _outcome(office, user, right, at)
        if outcome == "sign-in" and user is not None:
            _start(office, user, token, at)
        actor = user.name if user else UNKNOWN
        subject = f"user:{user.username}" if user else "user:?"
        append(office.key, actor, at, [Event(outcome, subject, {})])
    if outcome == "sign-in":
        return token
    if outcome == "sign-in-locked":
        minutes = office.settings.accounts.lock_minutes
        raise ReviewflowError(
            "login.locked", "连续输错次数过多，账号已锁定。", f"请 {minutes} 分钟后再试，或联系系统管理员。"
        )
    raise ReviewflowError(
        "login.refused", "用户名或密码不对，或账号已停用。", "请核对后再试；忘记密码请联系系统管理员。"
    )


def _outcome(office: Office, user: rows.User | None, right: bool, at: datetime) -> str:
    """What an attempt comes to; counts failures and locks the account."""
    if user is None:
        return "sign-in-failed"
    if user.locked_until is not None and user.locked_until > at:
        return "sign-in-locked"
    if right and user.is_active:
        user.failures, user.locked_until = 0, None
    else:
        user.failures += 1
        if user.failures >= office.settings.accounts.failures:
            user.failures = 0
            user.locked_until = at + timedelta(minutes=office.settings.accounts.lock_minutes)
    user.save(update_fields=["failures", "locked_until"])
    return "sign-in" if right and user.is_active else "sign-in-failed"


def _start(office: Office, user: rows.User, token: str, at: datetime) -> None:
    expires = at + timedelta(hours=office.settings.accounts.session_hours)
    rows.SignIn.objects.create(user=user, token_digest=_digest(token), started_at=at, expires_at=expires)


def actor_for(office: Office, token: str) -> Actor:
    """The person of a token. Raises ReviewflowError ``login.required`` when there is none or it has ended.

    A clock set back before the sign-in ends it: otherwise it could be made to last for ever.
    """
    row = rows.SignIn.objects.select_related("user").filter(token_digest=_digest(token)).first() if token else None
    now = office.now()
    good = row is not None and row.ended_at is None and row.started_at <= now < row.expires_at
    if row is None or not good or not row.user.is_active:
        raise required()
    return actor_of(row.user)


def required() -> ReviewflowError:
    """The error of somebody who is not signed in."""
    return ReviewflowError("login.required", "您还没有登录，或登录已过期。", "请运行 reviewflow login 登录。")


def sign_out(office: Office, token: str) -> None:
    """End a sign-in; an unknown token is nothing to end."""
    at = office.now()
    row = rows.SignIn.objects.select_related("user").filter(token_digest=_digest(token), ended_at=None).first()
    if row is None:
        return
    with transaction():
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        append(office.key, row.user.name, at, [Event("sign-out", f"user:{row.user.username}", {})])


def end_sign_ins(user: rows.User, at: datetime) -> None:
    """End all of a person's sign-ins and tokens, within the running transaction."""
    rows.SignIn.objects.filter(user=user, ended_at=None).update(ended_at=at)
    rows.ApiToken.objects.filter(user=user, ended_at=None).update(ended_at=at)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=1)
def _nobodys_password() -> str:
    return make_password(secrets.token_urlsafe(16))
