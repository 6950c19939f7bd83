"""Accounts, roles and stand-ins on both databases."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections
from django.test import override_settings

from reviewflow.domain.people import HeldRole, Role
from reviewflow.domain.review import Action
from reviewflow.domain.signing import Intent
from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.records.projection import actor_of
from reviewflow.services.accounts import accounts
from reviewflow.services.accounts.directory import list_accounts
from reviewflow.services.accounts.sessions import actor_for, sign_in
from reviewflow.services.audit.verify import verify_ledger
from reviewflow.services.review.acts import sign_case
from tests.integration.conftest import Ledger

PASSWORD = "青山下7座桥边等雨停"
AGREE = Intent(Action.AGREE)
LI, WANG, ZHAO, QIAN, ZHOU, SUN = (f"u{number}" for number in range(6))
"""the cast's user names"""


@pytest.fixture(autouse=True)
def quick_hashes() -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def refused(code: str, step: Callable[[], object]) -> None:
    """The step is refused with this code, and nothing of it is kept."""
    before = everything()
    with pytest.raises(ReviewflowError) as told:
        step()
    assert told.value.code == code
    assert everything() == before


def everything() -> list[list[dict[str, object]]]:
    tables = (rows.User, rows.RoleGrant, rows.Section, rows.SignIn, rows.AuditEntry)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def last() -> tuple[str, str, str, str]:
    """The last audit entry: who, what, on whom, details."""
    return rows.AuditEntry.objects.values_list("actor", "action", "subject", "details").latest("sequence")


def held(username: str) -> set[HeldRole]:
    return set(actor_of(rows.User.objects.get(username=username)).held)


def second_administrator(ledger: Ledger) -> str:
    accounts.add_user(ledger.office, ledger.people["孙管理员"], "feng", "冯管理员", PASSWORD)
    accounts.grant_role(ledger.office, ledger.people["孙管理员"], "feng", Role.ADMINISTRATOR)
    ledger.people["冯管理员"] = actor_of(rows.User.objects.get(username="feng"))
    return "feng"


def test_an_administrator_adds_a_person_who_then_signs_in(ledger: Ledger) -> None:
    office, sun = ledger.office, ledger.people["孙管理员"]
    accounts.add_section(office, sun, "土壤科")
    accounts.add_user(office, sun, "wu", "吴科员", PASSWORD)
    accounts.grant_role(office, sun, "wu", Role.SECTION, "土壤科")
    actor = actor_for(office, sign_in(office, "wu", PASSWORD))
    assert (actor.name, actor.sections(date(2025, 11, 3))) == ("吴科员", {"土壤科"})
    actions = list(rows.AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == ["add-section", "add-user", "grant-role", "sign-in"]
    assert verify_ledger(office.key).good
    assert PASSWORD not in str(everything())


STEPS: dict[str, Callable[[Ledger, str], object]] = {
    "add_user": lambda led, by: accounts.add_user(led.office, led.people[by], "wu", "吴科员", PASSWORD),
    "add_section": lambda led, by: accounts.add_section(led.office, led.people[by], "土壤科"),
    "grant": lambda led, by: accounts.grant_role(led.office, led.people[by], WANG, Role.SECTION, "大气科"),
    "revoke": lambda led, by: accounts.revoke_role(led.office, led.people[by], WANG, Role.SECTION, "水科"),
    "stand_in": lambda led, by: accounts.add_stand_in(
        led.office, led.people[by], WANG, LI, date(2025, 11, 3), date(2025, 11, 5)
    ),
    "deactivate": lambda led, by: accounts.deactivate_account(led.office, led.people[by], WANG),
    "reset": lambda led, by: accounts.reset_password(led.office, led.people[by], WANG, PASSWORD),
}


@pytest.mark.parametrize("step", STEPS)
def test_an_administrators_step_is_one_entry_of_the_chain(ledger: Ledger, step: str) -> None:
    STEPS[step](ledger, "孙管理员")
    assert rows.AuditEntry.objects.count() == 1
    assert last()[0] == "孙管理员"


@pytest.mark.parametrize("step", STEPS)
def test_nobody_else_manages_accounts(ledger: Ledger, step: str) -> None:
    for name in ("李科员", "赵主任", "钱局长", "周信息员"):
        refused("accounts.not_administrator", lambda name=name: STEPS[step](ledger, name))


def test_an_administrator_of_a_moment_ago_manages_nothing(ledger: Ledger) -> None:
    feng = second_administrator(ledger)
    accounts.revoke_role(ledger.office, ledger.people["孙管理员"], feng, Role.ADMINISTRATOR)
    refused("accounts.not_administrator", lambda: STEPS["add_section"](ledger, "冯管理员"))


def test_nobody_but_an_administrator_lists_accounts(ledger: Ledger) -> None:
    assert {user.name for user in list_accounts(ledger.office, ledger.people["孙管理员"])} == set(ledger.people)
    with pytest.raises(ReviewflowError, match=r"accounts\.not_administrator"):
        list_accounts(ledger.office, ledger.people["赵主任"])


def test_roles_are_listed_in_the_order_in_which_they_were_granted(ledger: Ledger) -> None:
    sun, user = ledger.people["孙管理员"], rows.User.objects.get(name="赵主任")
    for role in (Role.OFFICER, Role.DIRECTOR):
        rows.RoleGrant.objects.create(user=user, role=role.value, granted_by="孙管理员", granted_at=ledger.clock.at)
    # A row that was written to again moves in the table.
    rows.RoleGrant.objects.filter(user=user, role=Role.OFFICE.value).update(granted_by="孙管理员")
    (listed,) = (one for one in list_accounts(ledger.office, sun) if one.username == user.username)
    assert [grant.code for grant in listed.grants] == ["office", "officer", "director"]


@pytest.mark.parametrize("role", [Role.SECTION, Role.OFFICE, Role.DIRECTOR, Role.OFFICER])
def test_an_administrator_is_given_no_review_role(ledger: Ledger, role: Role) -> None:
    sun = ledger.people["孙管理员"]
    refused("accounts.never_both", lambda: accounts.grant_role(ledger.office, sun, SUN, role, "大气科"))


@pytest.mark.parametrize("username", [LI, ZHAO, QIAN, ZHOU])
def test_a_reviewer_never_becomes_an_administrator(ledger: Ledger, username: str) -> None:
    sun = ledger.people["孙管理员"]
    refused("accounts.never_both", lambda: accounts.grant_role(ledger.office, sun, username, Role.ADMINISTRATOR))


def test_administering_is_neither_lent_nor_joined_to_reviewing_by_standing_in(ledger: Ledger) -> None:
    office, sun, days = ledger.office, ledger.people["孙管理员"], (date(2025, 11, 3), date(2025, 11, 5))
    refused("accounts.stand_in", lambda: accounts.add_stand_in(office, sun, LI, SUN, *days))
    refused("accounts.never_both", lambda: accounts.add_stand_in(office, sun, SUN, LI, *days))
    accounts.add_user(office, sun, "wu", "吴科员", PASSWORD)
    accounts.add_stand_in(office, sun, "wu", LI, *days)
    refused("accounts.never_both", lambda: accounts.grant_role(office, sun, "wu", Role.ADMINISTRATOR))


def test_a_stand_in_signs_within_the_days_and_for_whom(ledger: Ledger) -> None:
    office = ledger.office
    early, within, late = ledger.admit(*(ledger.arrival(f"第{number}件工作通知") for number in range(3)))
    accounts.add_stand_in(office, ledger.people["孙管理员"], WANG, LI, date(2025, 11, 4), date(2025, 11, 5))
    wang = actor_of(rows.User.objects.get(username=WANG))
    with pytest.raises(ReviewflowError, match=r"review\.no_case"):
        sign_case(office, wang, early, AGREE)
    ledger.clock.at = ledger.clock.at.replace(day=5, hour=23, minute=59)
    sign_case(office, wang, within, AGREE)
    signature = rows.Signature.objects.get()
    assert (signature.name, signature.role, signature.stand_in_for) == ("王科员", "section", "李科员")
    ledger.clock.at += timedelta(minutes=2)
    with pytest.raises(ReviewflowError, match=r"review\.no_case"):
        sign_case(office, wang, late, AGREE)


def test_a_stand_in_takes_all_roles_of_a_person_but_those_that_are_lent(ledger: Ledger) -> None:
    office, sun, days = ledger.office, ledger.people["孙管理员"], (date(2025, 11, 3), date(2025, 11, 5))
    accounts.grant_role(office, sun, ZHAO, Role.OFFICER)
    accounts.add_stand_in(office, sun, ZHAO, LI, *days)
    accounts.add_stand_in(office, sun, WANG, ZHAO, *days)
    lent = {one for one in held(WANG) if one.stand_in_for}
    assert lent == {HeldRole(role, "", *days, "赵主任") for role in (Role.OFFICE, Role.OFFICER)}


def test_one_person_who_stands_in_for_another_signs_a_case_only_once(ledger: Ledger) -> None:
    accounts.add_stand_in(ledger.office, ledger.people["孙管理员"], LI, ZHAO, date(2025, 11, 3), date(2025, 11, 5))
    li = actor_of(rows.User.objects.get(username=LI))
    (case_id,) = ledger.admit(ledger.arrival())
    sign_case(ledger.office, li, case_id, AGREE)
    with pytest.raises(ReviewflowError, match=r"review\.same_person"):
        sign_case(ledger.office, li, case_id, AGREE)


@pytest.mark.parametrize(
    ("who", "since", "until"),
    [
        (LI, date(2025, 11, 3), date(2025, 11, 5)),
        (WANG, date(2025, 11, 5), date(2025, 11, 4)),
        (WANG, date(2025, 10, 1), date(2025, 11, 2)),
    ],
)
def test_nobody_stands_in_for_himself_or_backwards_or_for_the_past(
    ledger: Ledger, who: str, since: date, until: date
) -> None:
    sun = ledger.people["孙管理员"]
    refused("accounts.stand_in", lambda: accounts.add_stand_in(ledger.office, sun, who, LI, since, until))


def test_a_stand_in_is_taken_back_and_ends_with_the_role_it_was_lent_from(ledger: Ledger) -> None:
    office, sun, days = ledger.office, ledger.people["孙管理员"], (date(2025, 11, 3), date(2025, 11, 5))
    accounts.add_stand_in(office, sun, WANG, LI, *days)
    accounts.revoke_role(office, sun, WANG, Role.SECTION, "大气科")
    assert held(WANG) == {HeldRole(Role.SECTION, "水科")}
    accounts.add_stand_in(office, sun, WANG, LI, *days)
    accounts.revoke_role(office, sun, LI, Role.SECTION, "大气科")
    assert held(WANG) == {HeldRole(Role.SECTION, "水科")}
    assert '"lent_to":["u1"]' in last()[3]


def test_a_closed_account_signs_nothing_more(ledger: Ledger) -> None:
    (case_id,) = ledger.admit(ledger.arrival())
    accounts.deactivate_account(ledger.office, ledger.people["孙管理员"], LI)
    closed = actor_of(rows.User.objects.get(username=LI))
    with pytest.raises(ReviewflowError, match=r"review\.inactive"):
        sign_case(ledger.office, closed, case_id, AGREE)
    accounts.activate_account(ledger.office, ledger.people["孙管理员"], LI)
    sign_case(ledger.office, actor_of(rows.User.objects.get(username=LI)), case_id, AGREE)


def test_closing_what_is_closed_is_said(ledger: Ledger) -> None:
    sun = ledger.people["孙管理员"]
    refused("accounts.closed", lambda: accounts.activate_account(ledger.office, sun, LI))
    accounts.deactivate_account(ledger.office, sun, LI)
    refused("accounts.closed", lambda: accounts.deactivate_account(ledger.office, sun, LI))


def test_the_last_active_administrator_stays(ledger: Ledger) -> None:
    office, sun = ledger.office, ledger.people["孙管理员"]
    feng = second_administrator(ledger)
    accounts.deactivate_account(office, sun, feng)
    refused("accounts.last_administrator", lambda: accounts.deactivate_account(office, sun, SUN))
    refused("accounts.last_administrator", lambda: accounts.revoke_role(office, sun, SUN, Role.ADMINISTRATOR))


def test_two_administrators_who_close_each_other_leave_one(ledger: Ledger) -> None:
    feng = second_administrator(ledger)
    together = threading.Barrier(2)

    def close(by: str, username: str) -> str:
        try:
            together.wait()
            accounts.deactivate_account(ledger.office, ledger.people[by], username)
        except ReviewflowError as error:
            return error.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(close, ("孙管理员", "冯管理员"), (feng, SUN)))
    assert told == ["accounts.not_administrator", "done"]
    assert rows.User.objects.filter(grants__role="administrator", is_active=True).count() == 1


def test_names_are_taken_once(ledger: Ledger) -> None:
    office, sun = ledger.office, ledger.people["孙管理员"]
    accounts.add_user(office, sun, "wu", "吴科员", PASSWORD)
    for username, name in (("wu", "伍科员"), ("WU", "伍科员"), ("wu2", "吴科员"), ("wu3", "未知账号")):
        refused("accounts.taken", lambda u=username, n=name: accounts.add_user(office, sun, u, n, PASSWORD))
    refused("accounts.taken", lambda: accounts.add_section(office, sun, "水科"))


@pytest.mark.parametrize("username", ["", " ", "a b", "a\0b", "\ud83d", "a" * 61])
def test_a_user_name_is_a_word_that_a_database_takes(ledger: Ledger, username: str) -> None:
    sun = ledger.people["孙管理员"]
    refused("accounts.name", lambda: accounts.add_user(ledger.office, sun, username, "吴科员", PASSWORD))
    refused("accounts.missing", lambda: accounts.deactivate_account(ledger.office, sun, username))


@pytest.mark.parametrize("name", ["", " ", "土壤\0科", "土壤\u200b科", "土" * 61])
def test_a_section_has_a_name_that_can_be_printed(ledger: Ledger, name: str) -> None:
    refused("accounts.name", lambda: accounts.add_section(ledger.office, ledger.people["孙管理员"], name))


def test_a_lock_is_over_at_the_second_that_it_names(ledger: Ledger) -> None:
    sun, until = ledger.people["孙管理员"], ledger.clock.at
    rows.User.objects.filter(username=LI).update(locked_until=until)
    states = []
    for seconds in (-1, 0):
        ledger.clock.at = until + timedelta(seconds=seconds)
        states.append(next(user.state for user in list_accounts(ledger.office, sun) if user.username == LI))
    assert states == ["锁定", "启用"]


def test_a_sections_role_needs_a_section_that_exists(ledger: Ledger) -> None:
    sun = ledger.people["孙管理员"]
    for section in ("", "没有这个科", "a\0"):
        refused(
            "accounts.no_section",
            lambda section=section: accounts.grant_role(ledger.office, sun, LI, Role.SECTION, section),
        )


def test_a_role_is_given_once_and_taken_only_from_who_has_it(ledger: Ledger) -> None:
    sun = ledger.people["孙管理员"]
    refused("accounts.held", lambda: accounts.grant_role(ledger.office, sun, LI, Role.SECTION, "大气科"))
    refused("accounts.not_held", lambda: accounts.revoke_role(ledger.office, sun, LI, Role.SECTION, "水科"))


def test_an_administrator_changes_the_own_password_only_with_the_present_one(ledger: Ledger) -> None:
    sun = ledger.people["孙管理员"]
    refused("accounts.own_password", lambda: accounts.reset_password(ledger.office, sun, SUN, PASSWORD))


def test_the_first_administrator_is_made_only_where_there_is_nobody(ledger: Ledger) -> None:
    refused("accounts.not_empty", lambda: accounts.add_first_administrator(ledger.office, "wu", "吴管理员", PASSWORD))
    rows.RoleGrant.objects.all().delete()
    rows.User.objects.all().delete()
    accounts.add_first_administrator(ledger.office, "wu", "吴管理员", PASSWORD)
    assert held("wu") == {HeldRole(Role.ADMINISTRATOR)}
    assert last()[1:3] == ("add-user", "user:wu")
