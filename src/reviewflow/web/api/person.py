"""Who one is to the interface, and what the interface is."""

from django.http import HttpRequest, HttpResponseBase

from reviewflow.web.api import answers
from reviewflow.web.api.description.document import DOCUMENT
from reviewflow.web.api.requests import ApiRequest
from reviewflow.web.api.shape import answer


def me(request: ApiRequest) -> HttpResponseBase:
    """The token's person and scopes."""
    return answer(answers.person(request.actor, sorted(scope.value for scope in request.scopes)))


def description(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document."""
    return answer(DOCUMENT)
