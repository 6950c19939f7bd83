"""The HTTP status of every error, for pages and interface alike."""

from collections.abc import Mapping

from reviewflow.errors import ErrorKind, MalformedError, ReviewflowError

STATUS: Mapping[ErrorKind, int] = {
    ErrorKind.MALFORMED: 400,
    ErrorKind.SIGN_IN: 401,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.MISSING: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.REFUSED: 422,
    ErrorKind.INCOMPLETE: 422,
    ErrorKind.DOCUMENT: 422,
    ErrorKind.FAULTY: 500,
    ErrorKind.BUSY: 503,
    ErrorKind.DISK: 507,
}


class RequestError(MalformedError):
    """A request that makes no sense in a way for which HTTP has a status of its own: 405, 413, 415, 429."""

    def __init__(self, status: int, code: str, message: str, hint: str) -> None:
        super().__init__(code, message, hint)
        self.status = status


def status_of(error: ReviewflowError) -> int:
    """The HTTP status of an error."""
    return error.status if isinstance(error, RequestError) else STATUS[error.kind]
