"""The JSON interface held against its own description: made-up requests never break it, and answers are as described.

On PostgreSQL alone, for the time it takes: it refuses what SQLite lets pass, such as NUL and numbers beyond a column.
"""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from reviewflow.pipeline import default_toolkit
from reviewflow.services.accounts.tokens import Scope, issue_token
from reviewflow.web.api import limits
from reviewflow.web.api.operations import described
from tests.integration.deciding import ON_REQUEST, decided
from tests.web.conftest import Desk

EXAMPLES = {"submit": 4}
USUALLY = 20
OPERATIONS = [
    (path, method, operation["operationId"]) for path, methods in described()["paths"].items() for method, operation in methods.items()
]  # fmt: skip
CHECKS = {
    # The rules of the review refuse much that can be said: 422. A file may be larger or of another kind than is taken.
    "positive_data_acceptance": {"expected-statuses": ["2xx", "403", "404", "409", "422"]},
    "negative_data_rejection": {"expected-statuses": ["400", "401", "404", "415"]},
}


@pytest.fixture
def small_office(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A few cases at different stages, and no limit on how often one may ask."""
    default_toolkit.cache_clear()
    ledger = desk.ledger
    at = ledger.clock.at
    decided(ledger, "公开的通知")
    decided(ledger, "依申请的通知", ON_REQUEST)
    ledger.admit(*(ledger.arrival(f"第{number}号通知", lane="attention") for number in range(4)))
    ledger.clock.at = at
    for one in (limits.of_token, limits.of_address, limits.of_wrong_tokens):
        monkeypatch.setattr(one, "most", 10**9)
    return desk


def test_every_address_is_described_and_every_description_has_an_address() -> None:
    (api,) = (one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "api")
    served = {str(one.name) for one in api.url_patterns if str(one.name) != "missing"}  # type: ignore[union-attr]
    assert len(served) == len(described()["paths"])
    assert len({operation for _, _, operation in OPERATIONS}) == len(OPERATIONS)


@pytest.mark.parametrize("desk", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("path", "method", "name", "mode"),
    [
        (*operation, mode)
        for operation in OPERATIONS
        for mode in GenerationMode
        if (operation[-1], mode) != ("description", GenerationMode.NEGATIVE)  # it has nothing to be wrong
    ],
)
def test_answers_are_as_described(small_office: Desk, path: str, method: str, name: str, mode: GenerationMode) -> None:
    config = SchemathesisConfig.from_dict({"checks": CHECKS})
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", WSGIHandler(), config=config)
    people = small_office.ledger.people
    token = issue_token(small_office.ledger.office, people["李科员"], "接口", tuple(Scope), 30)
    operation = schema[path][method.upper()]

    @settings(
        max_examples=EXAMPLES.get(name, USUALLY),
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_out(case: schemathesis.Case) -> None:
        if mode is GenerationMode.POSITIVE and "case_id" in case.path_parameters:
            case.path_parameters["case_id"] = 1 + case.path_parameters["case_id"] % 7  # mostly cases that there are
        # Empty parts never reach the program: the test client leaves them out.
        assume(not isinstance(case.body, dict) or all(getattr(one, "data", one) for one in case.body.values()))
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    try_out()
