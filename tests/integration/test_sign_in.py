"""Signing in on both databases: refusals that tell nothing, locks, ends, and what the record says of them."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import override_settings

from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.accounts.accounts import change_own_password, deactivate_account, grant_role, reset_password
from reviewflow.services.accounts.passwords import hash_password
from reviewflow.services.accounts.sessions import UNKNOWN, actor_for, sign_in, sign_out
from reviewflow.services.accounts.tokens import Scope, actor_of_token, issue_token
from reviewflow.services.audit.verify import verify_ledger
from tests.integration.conftest import Ledger

PASSWORD = "青山下7座桥边等雨停"
WRONG = "蓝山下8座桥边等雨停"


@pytest.fixture(autouse=True)
def quick_hashes() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def username(ledger: Ledger) -> str:
    """李科员's, with a password."""
    user = rows.User.objects.get(name="李科员")
    user.password = hash_password(PASSWORD)
    user.save()
    return user.username


def refused(ledger: Ledger, username: str, password: str) -> ReviewflowError:
    with pytest.raises(ReviewflowError) as told:
        sign_in(ledger.office, username, password)
    return told.value


def recorded() -> list[tuple[str, str, str]]:
    return list(rows.AuditEntry.objects.order_by("sequence").values_list("actor", "action", "subject"))


def test_a_person_signs_in_and_out(ledger: Ledger, username: str) -> None:
    token = sign_in(ledger.office, username, PASSWORD)
    assert actor_for(ledger.office, token) == ledger.people["李科员"]
    sign_out(ledger.office, token)
    sign_out(ledger.office, token)
    with pytest.raises(ReviewflowError, match=r"login\.required"):
        actor_for(ledger.office, token)
    assert [action for _, action, _ in recorded()] == ["sign-in", "sign-out"]
    assert verify_ledger(ledger.office.key).good


def test_the_ledger_keeps_neither_token_nor_password(ledger: Ledger, username: str) -> None:
    token = sign_in(ledger.office, username, PASSWORD)
    refused(ledger, username, WRONG)
    tables = (rows.SignIn, rows.User, rows.AuditEntry)
    kept = json.dumps([list(table.objects.values()) for table in tables], default=str, ensure_ascii=False)
    for secret in (token, PASSWORD, WRONG):
        assert secret not in kept


@pytest.mark.parametrize("full_width", ["ｃａｔ７座桥边等雨停", "cat７座桥边等雨停"])
def test_full_width_typing_is_the_same_password(ledger: Ledger, username: str, full_width: str) -> None:
    rows.User.objects.filter(username=username).update(password=hash_password("cat7座桥边等雨停"))
    assert sign_in(ledger.office, username, full_width)


def test_wrong_name_wrong_password_and_closed_account_read_alike(ledger: Ledger, username: str) -> None:
    wrong_password, wrong_name = refused(ledger, username, WRONG), refused(ledger, "nobody", PASSWORD)
    rows.User.objects.filter(username=username).update(is_active=False)
    closed = refused(ledger, username, PASSWORD)
    assert str(wrong_password) == str(wrong_name) == str(closed)
    assert closed.code == "login.refused"


@pytest.mark.parametrize("name", ["", " ", "a\0b", "\ud83d", "李" * 5000, "' OR 1=1 --"])
def test_no_name_breaks_the_sign_in(ledger: Ledger, name: str) -> None:
    assert refused(ledger, name, "\ud83d\0" * 300).code == "login.refused"


def test_what_was_typed_as_a_name_is_not_on_record(ledger: Ledger) -> None:
    refused(ledger, PASSWORD, "")
    assert recorded() == [(UNKNOWN, "sign-in-failed", "user:?")]


def test_an_account_without_password_lets_nobody_in(ledger: Ledger) -> None:
    for password in ("!", ""):
        assert refused(ledger, "u1", password).code == "login.refused"


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(ledger: Ledger, username: str) -> None:
    codes = [refused(ledger, username, WRONG).code for _ in range(5)]
    assert codes == ["login.refused"] * 4 + ["login.locked"]
    ledger.clock.at += timedelta(minutes=14, seconds=1)
    locked = refused(ledger, username, PASSWORD)
    assert (locked.code, locked.hint) == ("login.locked", "请 1 分钟后再试，或联系系统管理员。")
    ledger.clock.at += timedelta(minutes=1)
    assert sign_in(ledger.office, username, PASSWORD)
    actions = [action for _, action, _ in recorded()]
    assert actions == ["sign-in-failed"] * 5 + ["sign-in-locked", "sign-in-failed", "sign-in"]
    assert {actor for actor, _, _ in recorded()} == {"李科员"}


def test_a_locked_account_does_not_tell_a_right_guess(ledger: Ledger, username: str) -> None:
    for _ in range(5):
        refused(ledger, username, WRONG)
    assert str(refused(ledger, username, PASSWORD)) == str(refused(ledger, username, WRONG))


def test_after_a_lock_there_are_five_attempts_again(ledger: Ledger, username: str) -> None:
    for _ in range(5):
        refused(ledger, username, WRONG)
    ledger.clock.at += timedelta(minutes=16)
    assert [refused(ledger, username, WRONG).code for _ in range(4)] == ["login.refused"] * 4
    assert sign_in(ledger.office, username, PASSWORD)


def test_a_success_forgets_earlier_failures(ledger: Ledger, username: str) -> None:
    for _ in range(3):
        for _ in range(4):
            refused(ledger, username, WRONG)
        sign_in(ledger.office, username, PASSWORD)


def test_failures_of_one_do_not_lock_another(ledger: Ledger, username: str) -> None:
    for _ in range(5):
        refused(ledger, "u1", WRONG)
    assert sign_in(ledger.office, username, PASSWORD)


def test_many_who_guess_at_once_have_no_more_attempts_than_one(ledger: Ledger, username: str) -> None:
    def guess(_: int) -> str:
        try:
            return refused(ledger, username, WRONG).code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(guess, range(16)))
    assert codes.count("login.refused") == 4
    assert codes.count("login.locked") == 12
    assert rows.AuditEntry.objects.filter(action="sign-in-locked").count() == 1
    assert verify_ledger(ledger.office.key).good


def test_a_sign_in_ends_after_its_hours(ledger: Ledger, username: str) -> None:
    token = sign_in(ledger.office, username, PASSWORD)
    ledger.clock.at += timedelta(hours=8) - timedelta(seconds=1)
    assert actor_for(ledger.office, token)
    ledger.clock.at += timedelta(seconds=1)
    with pytest.raises(ReviewflowError, match=r"login\.required"):
        actor_for(ledger.office, token)


def test_a_clock_set_back_does_not_lengthen_a_sign_in(ledger: Ledger, username: str) -> None:
    token = sign_in(ledger.office, username, PASSWORD)
    ledger.clock.at -= timedelta(seconds=1)
    with pytest.raises(ReviewflowError, match=r"login\.required"):
        actor_for(ledger.office, token)


@pytest.mark.parametrize("token", ["", "made-up", "\ud83d"])
def test_a_made_up_token_is_nobodys(ledger: Ledger, token: str) -> None:
    with pytest.raises(ReviewflowError, match=r"login\.required"):
        actor_for(ledger.office, token)
    sign_out(ledger.office, token)
    assert recorded() == []


@pytest.mark.parametrize("change", ["deactivate", "reset", "role"])
def test_closing_resetting_and_a_changed_role_end_sign_ins_and_tokens_at_once(
    ledger: Ledger, username: str, change: str
) -> None:
    from reviewflow.domain.people import Role

    office, administrator = ledger.office, ledger.people["孙管理员"]
    token = sign_in(office, username, PASSWORD)
    interface = issue_token(office, ledger.people["李科员"], "接口", {Scope.READ}, 30)
    if change == "deactivate":
        deactivate_account(office, administrator, username)
    elif change == "reset":
        reset_password(office, administrator, username, WRONG)
    else:
        grant_role(office, administrator, username, Role.OFFICER)
    with pytest.raises(ReviewflowError, match=r"login\.required"):
        actor_for(office, token)
    with pytest.raises(ReviewflowError, match=r"token\.invalid"):
        actor_of_token(office, interface)


def test_a_reset_unlocks_and_the_old_password_is_void(ledger: Ledger, username: str) -> None:
    for _ in range(5):
        refused(ledger, username, WRONG)
    reset_password(ledger.office, ledger.people["孙管理员"], username, "白鹭3只飞过青岚江面")
    assert refused(ledger, username, PASSWORD).code == "login.refused"
    assert sign_in(ledger.office, username, "白鹭3只飞过青岚江面")


def test_one_changes_ones_own_password_and_signs_in_again(ledger: Ledger, username: str) -> None:
    token = sign_in(ledger.office, username, PASSWORD)
    change_own_password(ledger.office, ledger.people["李科员"], PASSWORD, "白鹭3只飞过青岚江面")
    with pytest.raises(ReviewflowError, match=r"login\.required"):
        actor_for(ledger.office, token)
    assert sign_in(ledger.office, username, "白鹭3只飞过青岚江面")
    assert ("李科员", "change-password", f"user:{username}") in recorded()


def test_the_old_password_cannot_be_guessed_at_an_open_terminal(ledger: Ledger, username: str) -> None:
    codes = []
    for _ in range(6):
        with pytest.raises(ReviewflowError) as told:
            change_own_password(ledger.office, ledger.people["李科员"], WRONG, "白鹭3只飞过青岚江面")
        codes.append(told.value.code)
    assert codes == ["login.refused"] * 4 + ["login.locked"] * 2
    assert rows.AuditEntry.objects.filter(action="change-password").count() == 0


def test_a_new_password_is_another_one(ledger: Ledger, username: str) -> None:
    with pytest.raises(ReviewflowError, match=r"accounts\.same_password"):
        change_own_password(ledger.office, ledger.people["李科员"], PASSWORD, PASSWORD)
