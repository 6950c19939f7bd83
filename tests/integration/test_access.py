"""Who sees and does what: asked of access alone, for everybody of the cast and for an account that was closed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from reviewflow.domain.people import Actor, HeldRole, Role
from reviewflow.errors import ErrorKind, ReviewflowError
from reviewflow.services.access import (
    KEEPERS,
    WIDE,
    check_administrator,
    check_reviewer,
    find_case,
    holds_one_of,
    is_serving_administrator,
    only_section,
    own_sections,
    require,
    section_for,
    sections_seen,
    sees_every_section,
)
from reviewflow.services.accounts.directory import list_accounts
from reviewflow.services.audit.verify import case_log, newest_log
from reviewflow.services.case.dossier import dossier
from reviewflow.services.catalogue.browse import CatalogueFilters, browse_catalogue
from reviewflow.services.catalogue.entries import find_entry
from reviewflow.services.catalogue.register import RegisterFilters, withheld_items
from reviewflow.services.queue.lists import list_cases
from reviewflow.services.queue.search import find_cases
from tests.integration.conftest import Ledger
from tests.integration.deciding import WITHHELD, decide, decided

PEOPLE = ("李科员", "王科员", "赵主任", "钱局长", "周信息员", "孙管理员")


def code_of(question: Callable[[], object]) -> str:
    """The code of the refusal, empty where there is none."""
    try:
        question()
    except ReviewflowError as error:
        return error.code
    return ""


def test_what_each_of_the_cast_sees(ledger: Ledger) -> None:
    at = ledger.clock.at
    of = ledger.people
    seen = {name: sections_seen(of[name], at) for name in PEOPLE}
    assert seen == {
        "李科员": frozenset({"大气科"}),
        "王科员": frozenset({"水科"}),
        "赵主任": None,
        "钱局长": None,
        "周信息员": None,
        "孙管理员": frozenset(),
    }
    assert [sees_every_section(of[name], at) for name in PEOPLE] == [False, False, True, True, True, False]
    assert [holds_one_of(of[name], at, WIDE) for name in PEOPLE] == [False, False, True, True, True, False]
    assert [holds_one_of(of[name], at, KEEPERS) for name in PEOPLE] == [False, False, True, False, True, False]
    assert [is_serving_administrator(of[name], at) for name in PEOPLE] == [False] * 5 + [True]
    assert [own_sections(of[name], at) for name in PEOPLE] == [["大气科"], ["水科"], [], [], [], []]


def test_a_role_that_has_ended_opens_nothing(ledger: Ledger) -> None:
    at = ledger.clock.at
    yesterday = at.date() - timedelta(days=1)
    was = Actor("1", "某人", (HeldRole(Role.OFFICE, until=yesterday), HeldRole(Role.SECTION, "水科", until=yesterday)))
    assert sections_seen(was, at) == frozenset()
    assert sections_seen(was, at - timedelta(days=1)) is None
    assert own_sections(was, at) == []


def test_who_administered_once_never_reviews_and_administers_no_more(ledger: Ledger) -> None:
    at = ledger.clock.at
    was = Actor("1", "某人", (HeldRole(Role.ADMINISTRATOR, until=at.date() - timedelta(days=1)), HeldRole(Role.OFFICE)))
    assert code_of(lambda: check_administrator(was, at)) == "accounts.not_administrator"
    assert code_of(lambda: check_reviewer(was)) == "review.administrator"
    assert code_of(lambda: require(was, at, KEEPERS)) == "permission.denied"
    assert sections_seen(was, at) == frozenset()


@pytest.mark.parametrize("name", ["李科员", "赵主任", "钱局长", "周信息员"])
def test_a_closed_account_sees_nothing(ledger: Ledger, name: str) -> None:
    (case_id,) = ledger.admit(ledger.arrival("甲的请示", content="正文"))
    number = decide(ledger, case_id)
    decided(ledger, "乙的请示", WITHHELD)
    office, at = ledger.office, ledger.clock.at
    person = ledger.people[name]
    assert find_case(person, case_id, at).pk == case_id  # as long as it is open
    closed = replace(person, active=False)
    with pytest.raises(ReviewflowError, match=r"review\.inactive") as refused:
        find_case(closed, case_id, at)
    assert refused.value.kind is ErrorKind.FORBIDDEN
    refusals: list[tuple[Callable[[], object], str]] = [
        (lambda: dossier(office, closed, case_id), "review.inactive"),
        (lambda: case_log(office, closed, case_id), "review.inactive"),
        (lambda: list_cases(office, closed), "review.inactive"),
        (lambda: browse_catalogue(office, closed, CatalogueFilters()), "review.inactive"),
        (lambda: section_for(closed, "大气科", at), "review.inactive"),
        (lambda: find_entry(closed, number, at), "catalogue.no_entry"),
        (lambda: newest_log(office, closed), "audit.not_allowed"),
        (lambda: only_section(closed, at), "review.inactive"),
        (lambda: require(closed, at, (*KEEPERS, *WIDE, Role.SECTION)), "permission.denied"),
    ]
    assert [code_of(question) for question, _ in refusals] == [code for _, code in refusals]
    assert [len(list(withheld_items(office, one, RegisterFilters()))) for one in (person, closed)] == [1, 0]
    assert [len(find_cases(office, one, "请示").cases) for one in (person, closed)] == [2, 0]


def test_a_closed_administrator_keeps_no_accounts_and_reads_no_record(ledger: Ledger) -> None:
    closed = replace(ledger.people["孙管理员"], active=False)
    assert code_of(lambda: list_accounts(ledger.office, closed)) == "accounts.not_administrator"
    assert code_of(lambda: newest_log(ledger.office, closed)) == "audit.not_allowed"
    assert code_of(lambda: check_reviewer(closed)) == "review.administrator"
