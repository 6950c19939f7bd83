"""Every kind of error has one HTTP status."""

import pytest

from reviewflow.errors import ERRORS, ErrorKind
from reviewflow.web.http.statuses import RequestError, status_of


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (ErrorKind.MALFORMED, 400),
        (ErrorKind.SIGN_IN, 401),
        (ErrorKind.FORBIDDEN, 403),
        (ErrorKind.MISSING, 404),
        (ErrorKind.CONFLICT, 409),
        (ErrorKind.REFUSED, 422),
        (ErrorKind.INCOMPLETE, 422),
        (ErrorKind.DOCUMENT, 422),
        (ErrorKind.FAULTY, 500),
        (ErrorKind.BUSY, 503),
        (ErrorKind.DISK, 507),
    ],
)
def test_the_status_follows_from_the_kind(kind: ErrorKind, status: int) -> None:
    assert status_of(ERRORS[kind]("any.code", "出了一件事。")) == status


def test_no_kind_is_without_a_status() -> None:
    assert all(status_of(ERRORS[kind]("any.code", "出了一件事。")) >= 400 for kind in ErrorKind)


def test_a_status_of_requests_alone_is_given_with_the_error() -> None:
    assert status_of(RequestError(415, "api.content_type", "类型不对。", "请改正。")) == 415
