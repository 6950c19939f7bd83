"""Programs that ask the JSON interface, and what they are told."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client

from reviewflow.services.accounts.tokens import Scope, issue_token
from tests.web.conftest import Desk

TITLE = "关于开展秋季执法检查的通知"
TEXT = (
    "平岳市生态环境局青岚分局\n关于开展秋季扬尘检查的通知\n各科室：现就检查事项通知如下，请认真执行。\n2025年10月20日\n"
)


class Program:
    """A program that carries a person's token."""

    def __init__(self, desk: Desk, name: str, *scopes: Scope) -> None:
        self.token = issue_token(desk.ledger.office, desk.ledger.people[name], "接口", scopes or tuple(Scope), 30)
        self.client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def get(self, address: str, **query: str) -> "Told":
        return Told(self.client.get(f"/api/{address}", query, headers=self.headers))

    def post(self, address: str, body: Any, content_type: str = "application/json") -> "Told":
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        return Told(self.client.post(f"/api/{address}", sent, content_type, headers=self.headers))

    def submit(self, content: str | bytes = TEXT, name: str = "通知.txt", **fields: Any) -> "Told":
        file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        return Told(self.client.post("/api/documents", {"file": file, **fields}, headers=self.headers))

    def act(self, case_id: int, action: str = "agree", version: int = 1, **fields: Any) -> "Told":
        return self.post(f"cases/{case_id}/actions", {"action": action, "version": version, **fields})


class Told:
    """An answer: its status, and what it says."""

    def __init__(self, response: Any) -> None:
        self.response: HttpResponseBase = response
        self.status: int = response.status_code
        assert response.headers["Content-Type"] == "application/json"
        self.said: dict[str, Any] = json.loads(response.content)

    @property
    def code(self) -> tuple[int, str]:
        """Status and code of an error, which says what happened."""
        assert set(self.said) == {"code", "message", "hint"}
        assert self.said["message"]
        return self.status, self.said["code"]


def a_case(desk: Desk, **changes: object) -> int:
    (case_id,) = desk.ledger.admit(desk.ledger.arrival(**changes))  # type: ignore[arg-type]
    return case_id
