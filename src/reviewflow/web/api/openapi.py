"""The OpenAPI document: made of the operations and of the models of what they take and give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from pydantic import BaseModel, JsonValue, TypeAdapter
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from reviewflow import __version__
from reviewflow.web.api.answers import ErrorAnswer
from reviewflow.web.api.operation import Operation
from reviewflow.web.api.schemas import CaseId, Description

Schema = dict[str, JsonValue]

_JSON = "application/json"
_REFERENCE = "#/components/schemas/{model}"
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
_OF_BODIES = frozenset({"409", "413", "415"})
_HEADERS: dict[str, JsonValue] = {
    "401": {"WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}}},
    "429": {"Retry-After": {"description": "多少秒后再试", "schema": {"type": "integer", "minimum": 1}}},
}


def document(operations: Sequence[Operation]) -> dict[str, JsonValue]:
    """The whole document."""
    schemas = _schemas(operations)
    paths: dict[str, JsonValue] = {one.path: {one.method.lower(): _operation(one, schemas)} for one in operations}
    for one in operations:  # their fields stand as parameters
        schemas.pop(one.query.__name__, None)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "政府信息公开审查接口",
            "version": __version__,
            "description": "与网页相同的办理，供其他程序使用。令牌在“我的”页面建立，属于本人，写明权限和期限。",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": dict(schemas),
            "responses": {code: _error(code) for code in _ERRORS},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "Authorization: Bearer 后接令牌"}
            },
        },
    }


def _schemas(operations: Sequence[Operation]) -> dict[str, Schema]:
    """The schemas of all models and of what they are made of, by name."""
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(ErrorAnswer, "serialization"): None}
    for one in operations:
        wanted |= {(model, "validation"): None for model in (one.query, one.body) if model}
        wanted |= {(model, "serialization"): None for model in one.answers.values() if model}
    _, found = models_json_schema(list(wanted), schema_generator=Description, ref_template=_REFERENCE)
    schemas: dict[str, Schema] = found["$defs"]
    return schemas


def _operation(one: Operation, schemas: Mapping[str, Schema]) -> JsonValue:
    errors = _ERRORS.keys() - (set() if one.body else _OF_BODIES)
    answers: dict[str, JsonValue] = {str(status): _answer(one, status) for status in one.answers}
    described: dict[str, JsonValue] = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [*_path_parameters(one), *_parameters(schemas[one.query.__name__])],
        "security": [{"token": [scope.value]} for scope in one.scopes] or ([] if one.open_to_all else [{"token": []}]),
        "responses": {**answers, **{code: {"$ref": f"#/components/responses/{code}"} for code in sorted(errors)}},
    }
    if one.body:
        described["requestBody"] = {"required": True, "content": {one.body_type: {"schema": _called(one.body)}}}
    return described


def _path_parameters(one: Operation) -> list[JsonValue]:
    schema = TypeAdapter(CaseId).json_schema()
    return [{"name": "case_id", "in": "path", "required": True, "schema": schema}] if "{case_id}" in one.path else []


def _parameters(schema: Schema) -> Iterator[JsonValue]:
    """The fields of a model as parameters of an address."""
    required = cast("list[str]", schema.get("required", []))
    for name, field in cast("Schema", schema.get("properties", {})).items():
        yield {"name": name, "in": "query", "required": name in required, "schema": field}


def _answer(one: Operation, status: int) -> JsonValue:
    model = one.answers[status]
    content: dict[str, JsonValue] = {_JSON: {"schema": _called(model) if model else {"type": "object"}}}
    if one.sends_files:
        content["application/octet-stream"] = {"schema": {"type": "string", "format": "binary"}}
    return {"description": one.summary, "content": content}


def _error(code: str) -> JsonValue:
    error: dict[str, JsonValue] = {"description": _ERRORS[code], "content": {_JSON: {"schema": _called(ErrorAnswer)}}}
    return error | ({"headers": _HEADERS[code]} if code in _HEADERS else {})


def _called(model: type[BaseModel]) -> JsonValue:
    """A schema by its name among the components."""
    return {"$ref": _REFERENCE.format(model=model.__name__)}
