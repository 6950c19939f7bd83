"""The office that this server serves: opened once, with one configuration for each request."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache

from django.http import HttpRequest, HttpResponseBase

from reviewflow.configuration.current import CurrentConfiguration, FaultyEdit
from reviewflow.services.office import Office, open_office


@dataclass(slots=True)
class _Request:
    """The office that a request has been given, once it has asked for it."""

    office: Office | None = None


_request: ContextVar[_Request | None] = ContextVar("request", default=None)


@lru_cache(maxsize=1)
def _opened() -> tuple[Office, CurrentConfiguration]:
    office = open_office()
    return office, CurrentConfiguration(office.settings.home)


def office() -> Office:
    """The opened office with the configuration in force: within a request the same one from its beginning to its end.

    Raises ReviewflowError as ``open_office``, and for a faulty configuration when it is opened.
    """
    request = _request.get()
    if request is None:
        return _latest()
    if request.office is None:
        request.office = _latest()
    return request.office


def _latest() -> Office:
    opened, current = _opened()
    return replace(opened, configuration=current.get())


def faulty_edit() -> FaultyEdit | None:
    """The change of the configuration that was not taken up, if there is one."""
    return _opened()[1].faulty


def close() -> None:
    """Let the next request open the office anew."""
    _opened.cache_clear()


def one_configuration(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: whatever a request does, it does by one configuration."""

    def with_one(request: HttpRequest) -> HttpResponseBase:
        held = _request.set(_Request())
        try:
            return answer(request)
        finally:
            _request.reset(held)

    return with_one
