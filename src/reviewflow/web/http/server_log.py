"""The server's log on stderr: of an unexpected error the places in the program and a number, never its words."""

import copy
import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.utils.log import log_response

from reviewflow.traces import trace_of

_REFERENCE_BYTES = 4
_NUMBER = "reference"
"""under this name a request carries its number, for the page and the log alike"""


class PlacesAlone(logging.Formatter):
    """Time, level and message; the reference number of the request; and the trace of an error without its words."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One entry. Another handler may have put an error's words into the record: they are left out."""
        plain = copy.copy(record)
        plain.exc_info = plain.exc_text = plain.stack_info = None
        lines = [super().format(plain)]
        if number := getattr(getattr(record, "request", None), _NUMBER, ""):
            lines[0] += f" [{number}]"
        if record.exc_info:
            lines.append(trace_of(record.exc_info[1]))
        return "\n".join(lines)


def start_log() -> None:
    """Have warnings and errors of the whole process go to stderr in this form."""
    handler: logging.Handler = logging.StreamHandler()
    handler.setFormatter(PlacesAlone())
    logging.basicConfig(handlers=[handler], force=True)


def reference_number(request: HttpRequest) -> str:
    """A number for a request that went wrong unexpectedly: its log entries and what its person is told carry it."""
    number = secrets.token_hex(_REFERENCE_BYTES)
    setattr(request, _NUMBER, number)
    return number


def log_unexpected(request: HttpRequest, response: HttpResponse, error: Exception) -> None:
    """Log an error that was caught, once: Django logs those that it catches itself."""
    log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request, exception=error)
