"""The whole OpenAPI document."""

from typing import Any

from reviewflow import __version__
from reviewflow.web.api.description import operations
from reviewflow.web.api.description.answers import COMPONENTS
from reviewflow.web.api.description.schemas import Schema, called

_ERRORS = {
    "400": "请求读不出来，或有一项不合要求",
    "401": "没有带令牌，或令牌无效、已过期、已停用，或账号已停用",
    "403": "令牌没有此权限，或这个人不能办理",
    "404": "没有这一件，或它不属于您的科室",
    "409": "在您查看之后已有人办理",
    "413": "请求过大",
    "415": "请求正文的类型不对",
    "422": "请求读得懂，但按规定不能这样办",
    "429": "请求过于频繁：每个令牌每分钟 120 次，每个地址每分钟 300 次",
    "500": "程序出错",
    "503": "台账正被占用，请稍后再试",
    "507": "磁盘已满",
}
_HEADERS: dict[str, Schema] = {
    "401": {"WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}}},
    "429": {"Retry-After": {"description": "多少秒后再试", "schema": {"type": "integer", "minimum": 1}}},
}


def _error(code: str, description: str) -> Schema:
    found: Schema = {"description": description, "content": {"application/json": {"schema": called("Error")}}}
    return {**found, "headers": _HEADERS[code]} if code in _HEADERS else found


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "政府信息公开审查接口",
        "version": __version__,
        "description": "与网页相同的办理，供其他程序使用。令牌在“我的”页面建立，属于本人，写明权限和期限。",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    },
    "servers": [{"url": "/api"}],
    "security": [{"token": []}],
    "paths": {
        "/openapi.json": {"get": operations.DESCRIPTION},
        "/me": {"get": operations.ME},
        "/documents": {"post": operations.SUBMIT},
        "/queue": {"get": operations.QUEUE},
        "/cases/{case_id}": {"get": operations.CASE},
        "/cases/{case_id}/actions": {"post": operations.ACT},
        "/search": {"get": operations.SEARCH},
        "/catalogue": {"get": operations.CATALOGUE},
    },
    "components": {
        "schemas": COMPONENTS,
        "responses": {code: _error(code, description) for code, description in _ERRORS.items()},
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "Authorization: Bearer 后接令牌"}
        },
    },
}
