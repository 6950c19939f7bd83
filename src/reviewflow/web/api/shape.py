"""How the interface speaks: JSON with Chinese as it is, and errors as ``{code, message, hint}``."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse

from reviewflow.errors import ReviewflowError

TOO_LARGE = ReviewflowError("api.too_large", "请求过大，没有处理。", "请拆分后再提交。")
MALFORMED = ReviewflowError("api.malformed", "请求读不出来，没有处理。", "请对照 /api/openapi.json 检查。")
UNEXPECTED = ReviewflowError("api.unexpected", "程序出错，这一步没有做。", "请把时间和错误代码告诉管理员。")


def is_program(request: HttpRequest) -> bool:
    """Whether JSON is expected: everything under /api/, and scripts of the pages that say so."""
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def answer(value: Mapping[str, Any], number: int = 200) -> JsonResponse:
    """A value as JSON."""
    return JsonResponse(dict(value), status=number, json_dumps_params={"ensure_ascii": False})


def as_json(error: ReviewflowError, number: int) -> JsonResponse:
    """An error."""
    return answer(plain(error), number)


def plain(error: ReviewflowError) -> dict[str, str]:
    """The three parts of an error."""
    return {"code": error.code, "message": error.message, "hint": error.hint}
