"""JSON with Chinese as it is, and errors as ``{code, message, hint}``."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse

from reviewflow.errors import DamageError, MalformedError, ReviewflowError
from reviewflow.web.http.statuses import RequestError

TOO_LARGE = RequestError(413, "api.too_large", "请求过大，没有处理。", "请拆分后再提交。")
MALFORMED = MalformedError("api.malformed", "请求读不出来，没有处理。", "请对照 /api/openapi.json 检查。")


def unexpected_error(code: str, reference: str = "") -> DamageError:
    """The error of something unforeseen, with the number under which the server's log has it where it has one."""
    what = f"编号 {reference} " if reference else "时间和错误代码"
    return DamageError(code, "程序出错，这一步没有做。", f"请把{what}告诉管理员。")


def is_program(request: HttpRequest) -> bool:
    """Whether JSON is expected: everything under /api/, and scripts of the pages that say so."""
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def as_json(value: Mapping[str, str], status: int = 200) -> JsonResponse:
    """A value as JSON."""
    return JsonResponse(dict(value), status=status, json_dumps_params={"ensure_ascii": False})


def error_as_json(error: ReviewflowError, status: int) -> JsonResponse:
    """An error."""
    return as_json(error_fields(error), status)


def error_fields(error: ReviewflowError) -> dict[str, str]:
    """The three parts of an error."""
    return {"code": error.code, "message": error.message, "hint": error.hint}
