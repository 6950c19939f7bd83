"""One address of the interface: which methods it has, who is let in, and what is checked before anything is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from reviewflow.errors import ReviewflowError
from reviewflow.services.accounts.tokens import Scope
from reviewflow.web.api import limits
from reviewflow.web.api.checking import query_of
from reviewflow.web.api.failures import failed
from reviewflow.web.api.requests import ApiRequest, address_of, enter, require
from reviewflow.web.api.shape import as_json

Answer = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Operation:
    """What answers one method. ``described`` is its object in the OpenAPI document, by which its parameters are checked
    (the answer finds them in ``request.GET``); ``scope`` None leaves the scope to the answer."""

    answer: Answer
    described: Mapping[str, Any]
    scope: Scope | None = None
    open_to_all: bool = False


def at(**operations: Operation) -> Answer:
    """The view of an address, by method in small letters.

    No form of this server leads here and no cookie counts, so that there is nothing to protect against forgery.
    """

    def view(request: ApiRequest, **numbers: str) -> HttpResponseBase:
        ids = {name: int(value) for name, value in numbers.items()}
        try:
            limits.count(limits.of_address, address_of(request))
            operation = operations.get((request.method or "").lower())
            if operation is None:
                return _no_method(operations)
            return _answered(request, operation, ids)
        except Exception as error:  # nothing but JSON leaves here
            return failed(request, error, ids)

    return csrf_exempt(view)


@csrf_exempt
def missing(request: ApiRequest) -> HttpResponseBase:
    """The view of every address that is none."""
    error: ReviewflowError = ReviewflowError("api.not_found", "没有这个接口。", "接口见 /api/openapi.json。")
    try:
        limits.count(limits.of_address, address_of(request))
    except limits.TooOftenError as often:
        error = often
    return failed(request, error, {})


def _answered(request: ApiRequest, operation: Operation, ids: Mapping[str, int]) -> HttpResponseBase:
    if not operation.open_to_all:
        enter(request)
    if operation.scope is not None:
        require(request, operation.scope)
    query_of(request.GET, operation.described["parameters"])
    return operation.answer(request, **ids)


def _no_method(operations: Mapping[str, Operation]) -> HttpResponseBase:
    allowed = ", ".join(name.upper() for name in operations)
    error = ReviewflowError("api.method", "这个接口不能这样用。", f"可用的方法：{allowed}。")
    response = as_json(error, 405)
    response.headers["Allow"] = allowed
    return response
