"""Tokens of the JSON interface on both databases."""

from datetime import timedelta

import pytest

from reviewflow.errors import ReviewflowError
from reviewflow.records import models as rows
from reviewflow.services.accounts.tokens import Scope, actor_of_token, end_token, issue_token, tokens_of
from tests.integration.conftest import Ledger


def test_a_token_stands_for_its_person_and_its_scopes(ledger: Ledger) -> None:
    token = issue_token(ledger.office, ledger.people["李科员"], "接口", {Scope.READ, Scope.SUBMIT}, 30)
    actor, scopes = actor_of_token(ledger.office, token)
    assert (actor.name, scopes) == ("李科员", {Scope.READ, Scope.SUBMIT})
    assert token not in str(rows.ApiToken.objects.values().get())
    assert [one.name for one in tokens_of(actor)] == ["接口"]


def test_a_token_ends_with_its_days_its_account_or_its_owners_word(ledger: Ledger) -> None:
    person = ledger.people["李科员"]
    expired, closed, ended = (issue_token(ledger.office, person, "接口", {Scope.READ}, days) for days in (1, 30, 30))
    ledger.clock.at += timedelta(days=1)
    end_token(ledger.office, person, tokens_of(person)[0].pk)
    for token in (expired, ended, "made-up", ""):
        with pytest.raises(ReviewflowError, match=r"token\.invalid"):
            actor_of_token(ledger.office, token)
    rows.User.objects.filter(name="李科员").update(is_active=False)
    with pytest.raises(ReviewflowError, match=r"token\.invalid"):
        actor_of_token(ledger.office, closed)


def test_nobody_ends_another_persons_token(ledger: Ledger) -> None:
    issue_token(ledger.office, ledger.people["李科员"], "接口", {Scope.READ}, 30)
    token_id = tokens_of(ledger.people["李科员"])[0].pk
    with pytest.raises(ReviewflowError, match=r"token\.missing"):
        end_token(ledger.office, ledger.people["王科员"], token_id)


@pytest.mark.parametrize(("name", "days"), [("", 30), ("接口", 0), ("接口", 400)])
def test_a_token_needs_a_purpose_and_an_end(ledger: Ledger, name: str, days: int) -> None:
    with pytest.raises(ReviewflowError, match=r"token\.refused"):
        issue_token(ledger.office, ledger.people["李科员"], name, {Scope.READ}, days)
