"""What the server turns away before anything of the desk is asked, such as a body beyond all bounds: programs are told
of it as the JSON interface tells of everything."""

import json

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from reviewflow.errors import ReviewflowError
from reviewflow.web.api.shape import plain

_TOO_LARGE = ReviewflowError("api.too_large", "请求过大，没有处理。", "请拆分后再提交。")
_MALFORMED = ReviewflowError("api.malformed", "请求读不出来，没有处理。", "请对照 /api/openapi.json 检查。")
_UNEXPECTED = ReviewflowError("api.unexpected", "程序出错，这一步没有做。", "请把时间和错误代码告诉管理员。")


class _Told(ErrorTask):  # type: ignore[misc]  # waitress has no types
    def execute(self) -> None:
        if getattr(self.request, "path", "").startswith("/api/"):
            self.request.error = _Json(self.request.error)
        super().execute()


class _Json:
    """An error of the server in the words of the interface."""

    def __init__(self, error: object) -> None:
        self._code, self._reason = int(getattr(error, "code", 500)), str(getattr(error, "reason", "Error"))

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """What waitress asks of its errors: status, headers, body."""
        known = _TOO_LARGE if self._code in (413, 431) else _UNEXPECTED if self._code >= 500 else _MALFORMED
        body = json.dumps(plain(known), ensure_ascii=False).encode("utf-8")
        return f"{self._code} {self._reason}", [("Content-Type", "application/json")], body


def tell_programs() -> None:
    """Let the server speak so."""
    HTTPChannel.error_task_class = _Told
