"""The HTTP status of every error, for pages and interface alike."""

from collections.abc import Mapping

from reviewflow.errors import Kind, MalformedError, ReviewflowError

STATUS: Mapping[Kind, int] = {
    Kind.MALFORMED: 400,
    Kind.SIGN_IN: 401,
    Kind.FORBIDDEN: 403,
    Kind.MISSING: 404,
    Kind.CONFLICT: 409,
    Kind.REFUSED: 422,
    Kind.INCOMPLETE: 422,
    Kind.DOCUMENT: 422,
    Kind.FAULTY: 500,
    Kind.BUSY: 503,
    Kind.DISK: 507,
}


class RequestError(MalformedError):
    """A request that makes no sense in a way for which HTTP has a status of its own: 405, 413, 415, 429."""

    def __init__(self, status: int, code: str, message: str, hint: str) -> None:
        super().__init__(code, message, hint)
        self.status = status


def status_of(error: ReviewflowError) -> int:
    """The HTTP status of an error."""
    return error.status if isinstance(error, RequestError) else STATUS[error.kind]
