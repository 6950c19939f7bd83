"""Refused attempts of people who are signed in, written down wherever a page tells of them."""

from contextlib import suppress

from django.http import HttpRequest

from reviewflow.errors import ErrorKind, ReviewflowError
from reviewflow.services.audit.refusals import record_refusal
from reviewflow.web.http.requests import person_or_nobody
from reviewflow.web.office import office

_NOT_TO_BE_KEPT = (ErrorKind.BUSY, ErrorKind.DISK, ErrorKind.FAULTY)
"""nothing that a person was refused, and the ledger may not be there to keep it"""


def record_refused_request(request: HttpRequest, error: ReviewflowError) -> None:
    """Keep a refused attempt of somebody who is signed in; failed sign-ins are kept where they fail."""
    match = request.resolver_match
    if match is None or error.kind in _NOT_TO_BE_KEPT:
        return
    actor = person_or_nobody(request)
    if actor is None:
        return
    ids = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
    with suppress(ReviewflowError):  # the person is told of the refusal in any case
        record_refusal(office(), actor, match.url_name or "", error, ids)
