"""One operation of the interface: where it stands, who is let in, and what is checked before anything is done."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Never

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from reviewflow.errors import ReviewflowError
from reviewflow.services.accounts.tokens import Scope
from reviewflow.web.api import limits
from reviewflow.web.api.error_answers import error_answer
from reviewflow.web.api.schemas import Answer, Form, Given, NoQuery
from reviewflow.web.api.tokens import ApiRequest, address_of, admit, require_scope
from reviewflow.web.http.json_answers import error_as_json

MOST_JSON = 100_000
"""bytes of a JSON body; the longest opinion is 2,000 characters"""
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Operation:
    """What answers one method at one address, and all that its description says of it.

    ``answer`` is called with the request, the checked query, the checked JSON body if there is one, and ``case_id`` if
    the path names one. ``scopes``: the token needs it; of several the answer asks for one itself. ``answers`` are the
    models by HTTP status, None for any object.
    """

    method: str
    path: str
    name: str
    summary: str
    answer: Callable[..., Answer | HttpResponseBase]
    answers: Mapping[int, type[Answer] | None]
    scopes: tuple[Scope, ...] = ()
    query: type[Form] = NoQuery
    body: type[Given] | None = None
    body_type: str = _JSON
    sends_files: bool = False
    open_to_all: bool = False

    def run(self, request: ApiRequest, ids: Mapping[str, int]) -> HttpResponseBase:
        """Check who asks and what is asked, then answer. Raises ReviewflowError."""
        if not self.open_to_all:
            admit(request)
        if len(self.scopes) == 1:
            require_scope(request, *self.scopes)
        asked: list[Given] = [self.query.parse_once(request.GET)]
        if self.body and self.body_type == _JSON:
            asked.append(_json_body(request, self.body))
        answer = self.answer(request, *asked, **ids)
        return as_response(answer) if isinstance(answer, Answer) else answer


def as_response(answer: Answer, status: int = 200) -> HttpResponse:
    """An answer as JSON, with Chinese as it is."""
    return HttpResponse(answer.model_dump_json(), status=status, content_type=_JSON)


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
                raise ReviewflowError("api.not_found", "没有这个接口。", "接口见 /api/openapi.json。")
            operation = by_method.get(request.method or "")
            return operation.run(request, ids) if operation else _no_method(by_method)
        except Exception as error:  # nothing but JSON leaves here
            return error_answer(request, error, ids)

    return csrf_exempt(view)


def check_body(request: ApiRequest, content_type: str, most: int) -> None:
    """Raise ReviewflowError ``api.content_type`` or ``api.too_large`` (bytes) before anything is read."""
    if request.content_type != content_type:
        raise ReviewflowError("api.content_type", "请求正文的类型不对。", f"Content-Type 应是 {content_type}。")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > most):
        raise ReviewflowError("api.too_large", f"请求正文超过 {most} 字节，没有处理。", "请拆分后再提交。")


def _json_body(request: ApiRequest, model: type[Given]) -> Given:
    check_body(request, _JSON, MOST_JSON)
    try:
        value = json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ReviewflowError(
            "api.malformed", "请求正文不是有效的 JSON。", "请以 UTF-8 编码的 JSON 对象提交。"
        ) from None
    return model.parse(value)


def _refuse(constant: str) -> Never:
    """NaN and Infinity are no JSON."""
    raise ValueError(constant)


def _no_method(operations: Mapping[str, Operation]) -> HttpResponse:
    allowed = ", ".join(operations)
    error = ReviewflowError("api.method", "这个接口不能这样用。", f"可用的方法：{allowed}。")
    response = error_as_json(error, 405)
    response.headers["Allow"] = allowed
    return response
