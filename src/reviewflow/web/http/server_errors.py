"""What the server turns away before anything of the desk is asked, such as a body beyond all bounds: programs are told
of it as the JSON interface tells of everything."""

import json

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from reviewflow.web.http.json_answers import MALFORMED, TOO_LARGE, error_fields, unexpected_error


class _ErrorForPrograms(ErrorTask):  # type: ignore[misc]  # waitress has no types
    def execute(self) -> None:
        if getattr(self.request, "path", "").startswith("/api/"):
            self.request.error = _JsonError(self.request.error)
        super().execute()


class _JsonError:
    """An error of the server in the words of the interface."""

    def __init__(self, error: object) -> None:
        self._code, self._reason = int(getattr(error, "code", 500)), str(getattr(error, "reason", "Error"))

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """What waitress asks of its errors: status, headers, body."""
        unexpected = unexpected_error("api.unexpected")
        known = TOO_LARGE if self._code in (413, 431) else unexpected if self._code >= 500 else MALFORMED
        body = json.dumps(error_fields(known), ensure_ascii=False).encode("utf-8")
        return f"{self._code} {self._reason}", [("Content-Type", "application/json")], body


def answer_errors_in_json() -> None:
    """Let the server answer so."""
    HTTPChannel.error_task_class = _ErrorForPrograms
