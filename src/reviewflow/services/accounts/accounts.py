"""Accounts, roles and stand-ins. Only an administrator keeps them; an administrator never reviews.

Changes wait for one another: each begins by locking the administrators' rows, and looks whether its own still is one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from reviewflow.domain.clock import local_day
from reviewflow.domain.people import Actor, Role
from reviewflow.errors import MissingError, ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.chain.entries import Event, append
from reviewflow.records.ledger import transaction
from reviewflow.records.projection import actor_of
from reviewflow.services.access import check_administrator
from reviewflow.services.accounts.passwords import check_strength, hash_password
from reviewflow.services.accounts.sessions import UNKNOWN, confirm_password, end_sign_ins
from reviewflow.services.office import Office

SETTER_UP = "初始化"
"""who stands in the audit chain for what ``reviewflow init`` did"""


def add_first_administrator(office: Office, username: str, name: str, password: str) -> rows.User:
    """The account that makes all others. Raises ReviewflowError ``accounts.not_empty`` when there is one already."""
    hashed, at = _hash_new_password(office, username, password), office.now()
    with transaction():
        if rows.User.objects.exists():
            raise ReviewflowError("accounts.not_empty", "已经有账号了。", "请用管理员账号添加其他人。")
        user = _create_user(username, name, hashed, at)
        _grant(user, Role.ADMINISTRATOR, None, SETTER_UP, at)
        _append_event(office, SETTER_UP, at, "add-user", user, {"roles": [Role.ADMINISTRATOR.value]})
    return user


def add_user(office: Office, by: Actor, username: str, name: str, password: str) -> rows.User:
    """A new account without any role.

    Raises ReviewflowError ``accounts.not_administrator``, ``accounts.name``, ``accounts.taken``, ``accounts.password``.
    """
    hashed = _hash_new_password(office, username, password)
    with _as_administrator(office, by) as at:
        user = _create_user(username, name, hashed, at)
        _append_event(office, by.name, at, "add-user", user, {})
    return user


def add_section(office: Office, by: Actor, name: str) -> rows.Section:
    """A new section. Raises ReviewflowError ``accounts.not_administrator``, ``accounts.name``, ``accounts.taken``."""
    name = name.strip()
    if not (1 <= len(name) <= 60 and name.isprintable()):
        raise ReviewflowError("accounts.name", "科室名称应为 1 至 60 字。", "请改正后再试。")
    with _as_administrator(office, by) as at:
        if rows.Section.objects.filter(name=name).exists():
            raise ReviewflowError("accounts.taken", f"已有名为“{name}”的科室。", "不必再添加。")
        section = rows.Section.objects.create(name=name)
        append(office.key, by.name, at, [Event("add-section", f"section:{section.pk}", {"name": name})])
    return section


def grant_role(office: Office, by: Actor, username: str, role: Role, section: str = "") -> None:
    """Give a person a role. It ends their sign-ins, so that the next page knows it.

    Raises ReviewflowError ``accounts.not_administrator``, ``accounts.missing``, ``accounts.no_section``,
    ``accounts.never_both`` (administrator and reviewer), ``accounts.held``.
    """
    with _as_administrator(office, by) as at:
        user = _find_locked(username)
        place = _section(role, section)
        _check_never_both(user, role)
        if user.grants.filter(role=role.value, section=place, stand_in_for=None).exists():
            raise ReviewflowError("accounts.held", f"{user.name}已有这个角色。", "不必再添加。")
        _grant(user, role, place, by.name, at)
        end_sign_ins(user, at)
        _append_event(office, by.name, at, "grant-role", user, {"role": role.value, "section": str(place or "")})


def revoke_role(office: Office, by: Actor, username: str, role: Role, section: str = "") -> None:
    """Take a role away, also a lent one. Whoever stood in for this person in it loses it too.

    Raises ReviewflowError ``accounts.not_administrator``, ``accounts.missing``, ``accounts.not_held``,
    ``accounts.last_administrator``.
    """
    with _as_administrator(office, by) as at:
        user = _find_locked(username)
        place = _section(role, section)
        held = user.grants.filter(role=role.value, section=place)
        if not held.exists():
            raise ReviewflowError("accounts.not_held", f"{user.name}没有这个角色。", "请用 users list 查看。")
        if role is Role.ADMINISTRATOR:
            _check_not_last(user)
        lent = rows.RoleGrant.objects.filter(role=role.value, section=place, stand_in_for=user)
        lent_to = {grant.user for grant in lent.select_related("user")}
        held.delete()
        lent.delete()
        for one in (user, *lent_to):
            end_sign_ins(one, at)
        details = {"role": role.value, "section": str(place or ""), "lent_to": sorted(one.username for one in lent_to)}
        _append_event(office, by.name, at, "revoke-role", user, details)


def add_stand_in(office: Office, by: Actor, username: str, for_username: str, since: date, until: date) -> None:
    """Lend the review roles of one person to another for some days (代理).

    Raises ReviewflowError ``accounts.not_administrator``, ``accounts.missing``, ``accounts.stand_in``,
    ``accounts.never_both``.
    """
    with _as_administrator(office, by) as at:
        user, absent = _find_locked(username), _find_locked(for_username)
        if user.pk == absent.pk or until < since or until < local_day(at):
            raise ReviewflowError(
                "accounts.stand_in", "代理人、被代理人或期限不对。", "不能代理自己；止日不早于起日和今天。"
            )
        lent = [grant for grant in absent.grants.filter(stand_in_for=None) if grant.role != Role.ADMINISTRATOR.value]
        if not lent:
            raise ReviewflowError("accounts.stand_in", f"{absent.name}没有可以代理的角色。", "管理员的角色不能代理。")
        for grant in lent:
            _check_never_both(user, Role(grant.role))
            rows.RoleGrant.objects.create(
                user=user,
                role=grant.role,
                section=grant.section,
                since=since,
                until=until,
                stand_in_for=absent,
                granted_by=by.name,
                granted_at=at,
            )
        end_sign_ins(user, at)
        period = {"for": absent.username, "since": since.isoformat(), "until": until.isoformat()}
        _append_event(
            office, by.name, at, "stand-in", user, {**period, "roles": sorted({grant.role for grant in lent})}
        )


def deactivate_account(office: Office, by: Actor, username: str) -> None:
    """Close an account; what it signed stays. Raises as ``revoke_role``, and ``accounts.closed``."""
    _set_active(office, by, username, active=False)


def activate_account(office: Office, by: Actor, username: str) -> None:
    """Open a closed account again. Raises ReviewflowError ``accounts.closed`` when it is open."""
    _set_active(office, by, username, active=True)


def _set_active(office: Office, by: Actor, username: str, *, active: bool) -> None:
    with _as_administrator(office, by) as at:
        user = _find_locked(username)
        if user.is_active is active:
            raise ReviewflowError(
                "accounts.closed", f"{user.name}的账号已是{'启用' if active else '停用'}。", "不必再办。"
            )
        if not active and user.grants.filter(role=Role.ADMINISTRATOR.value).exists():
            _check_not_last(user)
        user.is_active = active
        user.failures, user.locked_until = 0, None
        user.save(update_fields=["is_active", "failures", "locked_until"])
        end_sign_ins(user, at)
        _append_event(office, by.name, at, "activate" if active else "deactivate", user, {})


def reset_password(office: Office, by: Actor, username: str, password: str) -> None:
    """Give another person a new password and unlock the account.

    Raises ReviewflowError ``accounts.not_administrator``, ``accounts.missing``, ``accounts.password``,
    ``accounts.own_password``.
    """
    hashed = _hash_new_password(office, username, password)
    with _as_administrator(office, by) as at:
        user = _find_locked(username)
        if str(user.pk) == by.id:
            # Otherwise whoever finds the terminal open has the account.
            raise ReviewflowError("accounts.own_password", "这是您自己的账号。", "请用修改密码，并输入现在的密码。")
        _set_password(user, hashed)
        end_sign_ins(user, at)
        _append_event(office, by.name, at, "reset-password", user, {})


def change_own_password(office: Office, actor: Actor, old: str, new: str) -> None:
    """Change one's own password; ends all of one's sign-ins.

    Raises ReviewflowError ``accounts.password``, ``accounts.same_password``, and for a wrong one of now, which counts
    as a failed sign-in, ``login.refused`` and ``login.locked``.
    """
    username = rows.User.objects.get(pk=int(actor.id)).username
    hashed = _hash_new_password(office, username, new)
    confirm_password(office, actor, old)
    if new == old:
        raise ReviewflowError("accounts.same_password", "新密码与现在的相同。", "请换一个。")
    at = office.now()
    with transaction():
        user = _find_locked(username)
        _set_password(user, hashed)
        end_sign_ins(user, at)
        _append_event(office, actor.name, at, "change-password", user, {})


@contextmanager
def _as_administrator(office: Office, by: Actor) -> Iterator[datetime]:
    """One transaction of a person who is an administrator at this moment, by the ledger and not by what was known of
    them when they began; nothing of it is kept if it fails."""
    at = office.now()
    with transaction():
        administrators = rows.RoleGrant.objects.filter(role=Role.ADMINISTRATOR.value).values("user_id")
        locked = rows.User.objects.filter(pk__in=administrators).order_by("pk").select_for_update(no_key=True)
        own = next((one for one in list(locked) if str(one.pk) == by.id), None)
        check_administrator(actor_of(own) if own else Actor(by.id, by.name), at)
        yield at


def _create_user(username: str, name: str, hashed: str, at: datetime) -> rows.User:
    username, name = username.strip(), name.strip()
    if not all(1 <= len(one) <= 60 and one.isprintable() for one in (username, name)) or " " in username:
        raise ReviewflowError("accounts.name", "用户名和姓名应为 1 至 60 字，用户名不含空格。", "请改正后再试。")
    if rows.User.objects.filter(username__iexact=username).exists():
        raise ReviewflowError("accounts.taken", f"用户名 {username} 已有人用。", "请换一个。")
    if name in (UNKNOWN, SETTER_UP) or rows.User.objects.filter(name=name).exists():
        # Signatures and the audit chain carry the name alone: it must say who it was.
        raise ReviewflowError("accounts.taken", f"已有名为“{name}”的人。", "同名的请加注区别，如“张三（水科）”。")
    return rows.User.objects.create(username=username, name=name, password=hashed, created_at=at)


def _hash_new_password(office: Office, username: str, password: str) -> str:
    """The hash of a new password, once it is good enough; worked out before any transaction."""
    check_strength(office.settings.accounts.password_length, username.strip(), password)
    return hash_password(password)


def _set_password(user: rows.User, hashed: str) -> None:
    user.password = hashed
    user.failures, user.locked_until = 0, None
    user.save(update_fields=["password", "failures", "locked_until"])


def _find_locked(username: str) -> rows.User:
    """The account's row, locked."""
    username = username.strip()[:60]
    query = rows.User.objects.select_for_update(no_key=True).filter(username=username)
    user = query.first() if username.isprintable() else None
    if user is None:
        raise MissingError("accounts.missing", "没有这个用户名的账号。", "请用 users list 查看。")
    return user


def _section(role: Role, name: str) -> rows.Section | None:
    """The section of a section's role, None for any other role."""
    if role is not Role.SECTION:
        return None
    name = name.strip()
    section = rows.Section.objects.filter(name=name).first() if name.isprintable() else None
    if section is None:
        raise ReviewflowError("accounts.no_section", f"没有名为“{name}”的科室。", "请先用 users sections --add 添加。")
    return section


def _grant(user: rows.User, role: Role, section: rows.Section | None, by: str, at: datetime) -> None:
    rows.RoleGrant.objects.create(user=user, role=role.value, section=section, granted_by=by, granted_at=at)


def _check_never_both(user: rows.User, role: Role) -> None:
    others = set(user.grants.values_list("role", flat=True)) | {role.value}
    if Role.ADMINISTRATOR.value in others and len(others) > 1:
        raise ReviewflowError(
            "accounts.never_both", "系统管理员不能兼任审查，审查人也不能兼任管理员。", "请另设一个账号给另一个人。"
        )


def _check_not_last(user: rows.User) -> None:
    others = rows.User.objects.filter(is_active=True, grants__role=Role.ADMINISTRATOR.value).exclude(pk=user.pk)
    if not others.exists():
        raise ReviewflowError("accounts.last_administrator", "这是最后一个系统管理员。", "请先添加另一个管理员。")


def _append_event(office: Office, by: str, at: datetime, action: str, user: rows.User, details: dict[str, Any]) -> None:
    append(office.key, by, at, [Event(action, f"user:{user.username}", details)])
