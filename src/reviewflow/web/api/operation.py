"""One operation of the interface: where it stands, who is let in, and what is checked before anything is done.

What an endpoint takes and answers stands in its signature: parameters called ``query``, ``body`` (JSON) or ``form`` are models
that are filled and checked, ``case_id`` comes from the path, and the result is an ``Answer``.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Never, get_args, get_type_hints

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from reviewflow.errors import MalformedError, MissingError
from reviewflow.services.accounts.tokens import Scope
from reviewflow.web.api import limits
from reviewflow.web.api.error_answers import error_answer
from reviewflow.web.api.schemas import Answer, FormModel, RequestModel
from reviewflow.web.api.tokens import ApiRequest, address_of, admit, require_scope
from reviewflow.web.forms.uploads import MEGABYTE
from reviewflow.web.http.json_answers import error_as_json
from reviewflow.web.http.statuses import RequestError
from reviewflow.web.office import office

MOST_JSON = 100_000
"""bytes of a JSON body; the longest opinion is 2,000 characters"""
_AROUND = MEGABYTE
"""bytes of a form besides its file"""
JSON, FORM = "application/json", "multipart/form-data"

Endpoint = Callable[..., Answer | HttpResponseBase]


class NoQuery(FormModel):
    """没有参数"""


@dataclass(frozen=True, slots=True)
class Operation:
    """What answers one method at one address. ``scopes``: the token needs it; of several the endpoint asks for one."""

    method: str
    path: str
    name: str
    summary: str
    endpoint: Endpoint
    scopes: tuple[Scope, ...] = ()
    open_to_all: bool = False
    taken: dict[str, type[RequestModel]] = field(init=False)
    answers: tuple[type[Answer], ...] = field(init=False)

    def __post_init__(self) -> None:
        hints = get_type_hints(self.endpoint)
        result = hints.pop("return")
        taken = {name: kind for name, kind in hints.items() if issubclass(kind, RequestModel)}
        answers = tuple(kind for kind in get_args(result) or (result,) if issubclass(kind, Answer))
        object.__setattr__(self, "taken", {"query": NoQuery} | taken)
        object.__setattr__(self, "answers", answers)

    def run(self, request: ApiRequest, ids: Mapping[str, int]) -> HttpResponseBase:
        """Check who asks and what is asked, then answer. Raises ReviewflowError."""
        if not self.open_to_all:
            admit(request)
        if len(self.scopes) == 1:
            require_scope(request, *self.scopes)
        filled = {name: _READERS[name](request, model) for name, model in self.taken.items()}
        if self.taken["query"] is NoQuery:
            del filled["query"]
        answer = self.endpoint(request, **filled, **ids)
        if isinstance(answer, HttpResponseBase):
            return answer
        return HttpResponse(answer.model_dump_json(), status=answer.status_of_answer, content_type=JSON)


def operation(
    method: str, path: str, summary: str, *scopes: Scope, name: str = "", open_to_all: bool = False
) -> Callable[[Endpoint], Operation]:
    """Make an endpoint an operation; ``name`` is that of its address, where the function has another."""
    return lambda endpoint: Operation(method, path, name or endpoint.__name__, summary, endpoint, scopes, open_to_all)


def view_of(operations: Sequence[Operation]) -> Callable[..., HttpResponseBase]:
    """The view of an address with its operations, one for each method; none for an address that there is not.

    No form of this server leads here and no cookie counts, so that there is nothing to protect against forgery.
    """
    by_method = {operation.method: operation for operation in operations}

    def view(request: ApiRequest, **numbers: str) -> HttpResponseBase:
        ids = {name: int(value) for name, value in numbers.items()}
        try:
            limits.count(limits.of_address, address_of(request))
            if not by_method:
                raise MissingError("api.not_found", "没有这个接口。", "接口见 /api/openapi.json。")
            operation = by_method.get(request.method or "")
            return operation.run(request, ids) if operation else _no_method(by_method)
        except Exception as error:  # nothing but JSON leaves here
            return error_answer(request, error, ids)

    return csrf_exempt(view)


def _check_body(request: ApiRequest, content_type: str, most: int) -> None:
    """Raise ReviewflowError ``api.content_type`` or ``api.too_large`` (bytes) before anything is read."""
    if request.content_type != content_type:
        raise RequestError(415, "api.content_type", "请求正文的类型不对。", f"Content-Type 应是 {content_type}。")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > most):
        raise RequestError(413, "api.too_large", f"请求正文超过 {most} 字节，没有处理。", "请拆分后再提交。")


def _read_query(request: ApiRequest, model: type[FormModel]) -> FormModel:
    return model.parse_once(request.GET)


def _read_form(request: ApiRequest, model: type[FormModel]) -> FormModel:
    _check_body(request, FORM, office().settings.server.upload_mb * MEGABYTE + _AROUND)
    return model.parse_once(request.FILES, request.POST)


def _read_json(request: ApiRequest, model: type[RequestModel]) -> RequestModel:
    _check_body(request, JSON, MOST_JSON)
    try:
        value = json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise MalformedError(
            "api.malformed", "请求正文不是有效的 JSON。", "请以 UTF-8 编码的 JSON 对象提交。"
        ) from None
    return model.parse(value)


def _refuse(constant: str) -> Never:
    """NaN and Infinity are no JSON."""
    raise ValueError(constant)


def _no_method(operations: Mapping[str, Operation]) -> HttpResponse:
    allowed = ", ".join(operations)
    error = RequestError(405, "api.method", "这个接口不能这样用。", f"可用的方法：{allowed}。")
    response = error_as_json(error, 405)
    response.headers["Allow"] = allowed
    return response


_READERS: dict[str, Callable[..., RequestModel]] = {"query": _read_query, "form": _read_form, "body": _read_json}
