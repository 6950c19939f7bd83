"""What the body of a request carries, bounded before it is read."""

import json
from typing import Any, Never

from reviewflow.errors import ReviewflowError
from reviewflow.web.api.checking import Schema, checked
from reviewflow.web.api.requests import ApiRequest

MOST_JSON = 100_000
"""bytes of a JSON body; the longest opinion is 2,000 characters"""


def bounded(request: ApiRequest, content_type: str, most: int) -> None:
    """Raise ReviewflowError ``api.content_type`` or ``api.too_large`` (bytes) before anything is read."""
    if request.content_type != content_type:
        raise ReviewflowError("api.content_type", "请求正文的类型不对。", f"Content-Type 应是 {content_type}。")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > most):
        raise ReviewflowError("api.too_large", f"请求正文超过 {most} 字节，没有处理。", "请拆分后再提交。")


def json_of(request: ApiRequest, schema: Schema) -> dict[str, Any]:
    """The described fields of a JSON object; others are passed over.

    Raises ReviewflowError ``api.content_type``, ``api.too_large``, ``api.malformed``, ``api.field``.
    """
    bounded(request, "application/json", MOST_JSON)
    try:
        value = json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise ReviewflowError(
            "api.malformed", "请求正文不是有效的 JSON。", "请以 UTF-8 编码的 JSON 对象提交。"
        ) from None
    found: dict[str, Any] = checked(schema, value, "请求正文")
    return found


def _refuse(constant: str) -> Never:
    """NaN and Infinity are no JSON."""
    raise ValueError(constant)
