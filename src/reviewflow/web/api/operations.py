"""All operations of the interface; its addresses and its description are made of them."""

from functools import cache

from django.http import HttpResponseBase, JsonResponse
from pydantic import JsonValue

from reviewflow.web.api.answers import PersonAnswer
from reviewflow.web.api.case_endpoints import act, case, queue, search
from reviewflow.web.api.catalogue_endpoints import catalogue
from reviewflow.web.api.document_endpoints import submit
from reviewflow.web.api.openapi import document
from reviewflow.web.api.operation import operation
from reviewflow.web.api.tokens import ApiRequest


@operation("GET", "/openapi.json", "这份说明，不需要令牌", open_to_all=True)
def description(request: ApiRequest) -> HttpResponseBase:
    """The OpenAPI document."""
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False})


@operation("GET", "/me", "令牌属于谁，能做什么")
def me(request: ApiRequest) -> PersonAnswer:
    """The token's person and scopes."""
    scopes = sorted(request.scopes, key=lambda scope: str(scope.value))
    return PersonAnswer.model_validate({"name": request.actor.name, "roles": request.actor.held, "scopes": scopes})


OPERATIONS = (description, me, submit, queue, case, act, search, catalogue)


@cache
def described() -> dict[str, JsonValue]:
    """The OpenAPI document, made once."""
    return document(OPERATIONS)
