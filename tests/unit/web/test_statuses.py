"""Every kind of error has one HTTP status."""

import pytest

from reviewflow.errors import ERRORS, Kind
from reviewflow.web.http.statuses import RequestError, status_of


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Kind.MALFORMED, 400),
        (Kind.SIGN_IN, 401),
        (Kind.FORBIDDEN, 403),
        (Kind.MISSING, 404),
        (Kind.CONFLICT, 409),
        (Kind.REFUSED, 422),
        (Kind.INCOMPLETE, 422),
        (Kind.DOCUMENT, 422),
        (Kind.FAULTY, 500),
        (Kind.BUSY, 503),
        (Kind.DISK, 507),
    ],
)
def test_the_status_follows_from_the_kind(kind: Kind, status: int) -> None:
    assert status_of(ERRORS[kind]("any.code", "出了一件事。")) == status


def test_no_kind_is_without_a_status() -> None:
    assert all(status_of(ERRORS[kind]("any.code", "出了一件事。")) >= 400 for kind in Kind)


def test_a_status_of_requests_alone_is_given_with_the_error() -> None:
    assert status_of(RequestError(415, "api.content_type", "类型不对。", "请改正。")) == 415
