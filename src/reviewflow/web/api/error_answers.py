"""Errors as JSON: a stable code, what happened, what to do; never any text of a document."""

from collections.abc import Mapping
from contextlib import suppress

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from reviewflow.errors import ReviewflowError
from reviewflow.records.ledger import ledger_error
from reviewflow.services.audit.refusals import record_refusal
from reviewflow.web.api.limits import TooOftenError
from reviewflow.web.http.json_answers import MALFORMED, TOO_LARGE, error_as_json, unexpected_error
from reviewflow.web.http.server_log import log_unexpected, reference_number
from reviewflow.web.http.statuses import status_of
from reviewflow.web.office import office

_RECORDED = frozenset((403, 404, 409, 422))
"""attempts at something; a request that makes no sense is none"""


def error_answer(request: HttpRequest, error: Exception, ids: Mapping[str, int]) -> JsonResponse:
    """The answer to a request that came to nothing. What a person was refused is in the audit chain."""
    own = _own_error(error)
    known = own or unexpected_error("api.unexpected", reference_number(request))
    number = status_of(known)
    _record_refusal(request, known, number, ids)
    response = error_as_json(known, number)
    if own is None:
        log_unexpected(request, response, error)
    if number == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(known, TooOftenError):
        response.headers["Retry-After"] = str(known.wait)
    return response


def _own_error(error: Exception) -> ReviewflowError | None:
    """The error in the program's own words; None for one that nobody foresaw."""
    match error:
        case ReviewflowError():
            return error
        case DatabaseError():
            return ledger_error(error)
        case RequestDataTooBig():
            return TOO_LARGE
        case SuspiciousOperation() | MultiPartParserError() | UnreadablePostError():
            return MALFORMED
    return None


def _record_refusal(request: HttpRequest, error: ReviewflowError, number: int, ids: Mapping[str, int]) -> None:
    actor, match = getattr(request, "actor", None), request.resolver_match
    if actor is None or match is None or number not in _RECORDED:
        return
    with suppress(ReviewflowError):  # the program is told of the refusal in any case
        record_refusal(office(), actor, f"api-{match.url_name}", error, ids)
