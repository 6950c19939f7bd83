"""Signing in with one's own password: tokens that end, accounts that lock, every attempt in the audit chain.

Passwords are hashed before the transaction begins: it takes a good part of a second, in which others must be able to
write. What the ledger says of the account is looked at again inside.
"""

import secrets
from datetime import datetime, timedelta

from reviewflow.domain.people import Actor
from reviewflow.errors import ForbiddenError, ReviewflowError, SignInError
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.records.projection import actor_of
from reviewflow.services.accounts.passwords import password_matches
from reviewflow.services.accounts.tokens import token_digest
from reviewflow.services.office import Office

UNKNOWN = "未知账号"
"""who stands in the audit chain for a name that no account has: what was typed may be somebody's password"""


def sign_in(office: Office, username: str, password: str) -> str:
    """A token for a person who knows the password.

    Raises ReviewflowError ``login.refused`` (one message for a wrong name, a wrong password and a closed account) and
    ``login.locked``. What failed is on record although an error is raised.
    """
    token = secrets.token_urlsafe(32)
    seen = _find_account(username.strip())
    right = password_matches(password, seen.password if seen else None)
    at = office.now()
    with transaction():
        refusal, events, user = _judge_attempt(office, seen, right, at)
        if refusal is None and user is not None:
            _save_sign_in(office, user, token, at)
            events = [Event("sign-in", f"user:{user.username}", {})]
        append(office.key, user.name if user else UNKNOWN, at, events)
    if refusal is not None:
        raise refusal
    return token


def confirm_password(office: Office, actor: Actor, password: str) -> None:
    """Make sure that the person signed in knows the password; a wrong one counts as a failed sign-in.

    Raises ReviewflowError ``login.refused``, ``login.locked``.
    """
    seen = rows.User.objects.get(pk=int(actor.id))
    right = password_matches(password, seen.password)
    at = office.now()
    with transaction():
        refusal, events, _ = _judge_attempt(office, seen, right, at)
        if events:
            append(office.key, actor.name, at, events)
    if refusal is not None:
        raise refusal


def _find_account(username: str) -> rows.User | None:
    # Half a character or a NUL is no user name, and nothing that a database takes.
    return rows.User.objects.filter(username=username[:60]).first() if username.isprintable() else None


def _judge_attempt(
    office: Office, seen: rows.User | None, right: bool, at: datetime
) -> tuple[ReviewflowError | None, list[Event], rows.User | None]:
    """Why an attempt is refused, if it is, what the record says of that, and the account's row, locked.

    Counts failures, locks the account, and forgets them after a success.
    """
    if seen is None:
        return _refused_error(), [Event("sign-in-failed", "user:?", {})], None
    user = rows.User.objects.select_for_update(no_key=True).get(pk=seen.pk)
    events = [Event("sign-in-failed", f"user:{user.username}", {})]
    if user.locked_until is not None and user.locked_until > at:
        # Said before looking at the password: while locked nobody learns whether a guess was right.
        return _locked_error(user.locked_until - at), events, user
    refusal = None
    # A password that was changed while it was being hashed opens nothing any more.
    if right and user.is_active and user.password == seen.password:
        user.failures, user.locked_until, events = 0, None, []
    else:
        refusal = _refused_error()
        user.failures += 1
        if user.failures >= office.settings.accounts.failures:
            period = timedelta(minutes=office.settings.accounts.lock_minutes)
            user.failures, user.locked_until = 0, at + period
            refusal = _locked_error(period)
            events.append(Event("sign-in-locked", f"user:{user.username}", {"until": user.locked_until.isoformat()}))
    user.save(update_fields=["failures", "locked_until"])
    return refusal, events, user


def _refused_error() -> ReviewflowError:
    return ForbiddenError(
        "login.refused", "用户名或密码不对，或账号已停用。", "请核对后再试；忘记密码请联系系统管理员。"
    )


def _locked_error(remaining: timedelta) -> ReviewflowError:
    minutes = -(-remaining // timedelta(minutes=1))
    return ForbiddenError(
        "login.locked", "连续输错次数过多，账号已锁定。", f"请 {minutes} 分钟后再试，或联系系统管理员。"
    )


def _save_sign_in(office: Office, user: rows.User, token: str, at: datetime) -> None:
    expires = at + timedelta(hours=office.settings.accounts.session_hours)
    rows.SignIn.objects.create(user=user, token_digest=token_digest(token), started_at=at, expires_at=expires)


def actor_for(office: Office, token: str) -> Actor:
    """The person of a token. Raises ReviewflowError ``login.required`` when there is none or it has ended.

    A clock set back before the sign-in ends it: otherwise it could be made to last for ever.
    """
    row = rows.SignIn.objects.select_related("user").filter(token_digest=token_digest(token)).first() if token else None
    now = office.now()
    good = row is not None and row.ended_at is None and row.started_at <= now < row.expires_at
    if row is None or not good or not row.user.is_active:
        raise sign_in_required_error()
    return actor_of(row.user)


def sign_in_required_error() -> ReviewflowError:
    """The error of somebody who is not signed in."""
    return SignInError("login.required", "您还没有登录，或登录已过期。", "请运行 reviewflow login 登录。")


def sign_out(office: Office, token: str) -> None:
    """End a sign-in; an unknown token is nothing to end."""
    at = office.now()
    with transaction():
        query = rows.SignIn.objects.filter(token_digest=token_digest(token))
        if not query.filter(ended_at=None).update(ended_at=at):
            return
        user = query.select_related("user").get().user
        append(office.key, user.name, at, [Event("sign-out", f"user:{user.username}", {})])


def end_sign_ins(user: rows.User, at: datetime) -> None:
    """End all of a person's sign-ins and tokens, within the running transaction."""
    rows.SignIn.objects.filter(user=user, ended_at=None).update(ended_at=at)
    rows.ApiToken.objects.filter(user=user, ended_at=None).update(ended_at=at)
