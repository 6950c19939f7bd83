"""The operations: parameters, bodies, every answer, and the scope that a token needs."""

from typing import Any

from reviewflow.domain.review import Stage
from reviewflow.domain.terms import Category, Lane, Status
from reviewflow.services.queue.lists import View
from reviewflow.web.api.description.bodies import ACTION, DOCUMENT
from reviewflow.web.api.description.schemas import Schema, asked_day, called, case_id, codes, switch, text, whole

_JSON = "application/json"
_ALWAYS = ("429", "500", "503")
_OF_TOKENS = ("401", "403", "400")
_WRITING = ("409", "413", "415", "422", "507")
_PUBLIC = frozenset({Status.NON_PUBLIC})


def _query(name: str, schema: Schema, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "description": schema["description"], "schema": schema}


def _answers(good: dict[str, Any], *errors: str) -> dict[str, Any]:
    return {**good, **{code: {"$ref": f"#/components/responses/{code}"} for code in sorted({*errors, *_ALWAYS})}}


def _json(name: str, description: str) -> dict[str, Any]:
    return {"description": description, "content": {_JSON: {"schema": called(name)}}}


def _needs(*scopes: str) -> list[dict[str, list[str]]]:
    """Security requirements: the token with one of these scopes."""
    return [{"token": [scope]} for scope in scopes]


_CASE_ID = {"name": "case_id", "in": "path", "required": True, "description": "件号", "schema": case_id()}
_DAYS = (0, 9999)

DESCRIPTION: dict[str, Any] = {
    "operationId": "description",
    "summary": "这份说明，不需要令牌",
    "parameters": [],
    "security": [],
    "responses": _answers(
        {"200": {"description": "OpenAPI 文件", "content": {_JSON: {"schema": {"type": "object"}}}}}, "400"
    ),
}
ME: dict[str, Any] = {
    "operationId": "me",
    "summary": "令牌属于谁，能做什么",
    "parameters": [],
    "security": [{"token": []}],
    "responses": _answers({"200": _json("Person", "令牌的人和权限")}, "400", "401"),
}
SUBMIT: dict[str, Any] = {
    "operationId": "submit",
    "summary": "提交一份文件，排入队列",
    "parameters": [],
    "security": _needs("submit"),
    "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": DOCUMENT}}},
    "responses": _answers(
        {"200": _json("Submitted", "以前提交过，没有重复收"), "201": _json("Submitted", "收下了")},
        *_OF_TOKENS,
        *_WRITING,
    ),
}
QUEUE: dict[str, Any] = {
    "operationId": "queue",
    "summary": "队列，每页 50 件",
    "parameters": [
        _query("view", codes(View, "看哪些，默认 waiting")),
        _query("stage", codes(Stage, "环节")),
        _query("section", text("科室", 60, 1)),
        _query("lane", codes(Lane, "通道")),
        _query("category", codes(Category, "类别")),
        _query("status", codes(Status, "公开属性")),
        _query("older_than", whole("收文已超过多少天", *_DAYS)),
        _query("due_within", whole("在多少个工作日内到期，含已逾期的", *_DAYS)),
        _query("overdue", switch("只看已逾期的")),
        _query("split", switch("只看意见不一致的")),
        _query("text", text("标题或正文中的字", 100, 1)),
        _query("after", case_id("从哪一件之后看起：上一页的 next_after")),
    ],
    "security": _needs("read"),
    "responses": _answers({"200": _json("Queue", "队列的一页")}, *_OF_TOKENS, "404", "422"),
}
CASE: dict[str, Any] = {
    "operationId": "case",
    "summary": "一件：文件、机器建议、经过、先例、可以做什么",
    "parameters": [_CASE_ID, _query("text", switch("同时给出正文"))],
    "security": _needs("read"),
    "responses": _answers({"200": _json("Case", "这一件")}, *_OF_TOKENS, "404"),
}
ACT: dict[str, Any] = {
    "operationId": "act",
    "summary": "办理一件：签字、变更、退回、报请等",
    "parameters": [_CASE_ID],
    "security": _needs("sign"),
    "requestBody": {"required": True, "content": {_JSON: {"schema": ACTION}}},
    "responses": _answers({"200": _json("Acted", "办好了")}, *_OF_TOKENS, "404", *_WRITING),
}
SEARCH: dict[str, Any] = {
    "operationId": "search",
    "summary": "按标题或正文查找，每页 20 件",
    "parameters": [
        _query("text", text("要找的字", 100, 1), required=True),
        _query("page", whole("第几页", 1, 1000)),
    ],
    "security": _needs("read"),
    "responses": _answers({"200": _json("Found", "找到的")}, *_OF_TOKENS, "422"),
}
CATALOGUE: dict[str, Any] = {
    "operationId": "catalogue",
    "summary": "公开目录，每页 50 条；写明 format 则给出文件",
    "description": "列表须有 read 权限，文件须有 export 权限；文件记入审计链。since、until、retired 只用于文件，text、after 只用于列表。",
    "parameters": [
        _query("status", codes(Status, "公开属性，默认 proactive", _PUBLIC)),
        _query("category", codes(Category, "类别")),
        _query("text", text("信息名称、文号、索引号、关键词或概述中的字", 100, 1)),
        _query("after", {**text("上一页的 next_after", 26, 12), "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}:[0-9]{1,15}$"}),
        _query("format", {"type": "string", "enum": ["csv", "xlsx", "json", "xml"], "description": "文件的格式"}),
        _query("since", asked_day("确定日期自何日")),
        _query("until", asked_day("确定日期至何日")),
        _query("retired", switch("含已失效的，默认含")),
    ],
    "security": _needs("read", "export"),
    "responses": _answers(
        {
            "200": {
                "description": "目录的一页，或文件",
                "content": {
                    _JSON: {"schema": called("Catalogue")},
                    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
                },
            }
        },
        *_OF_TOKENS,
        "422",
        "507",
    ),
}
