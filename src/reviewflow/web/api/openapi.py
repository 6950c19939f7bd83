"""The OpenAPI document: made of the operations and of the models of what they take and give."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from pydantic import BaseModel, JsonValue, TypeAdapter
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from reviewflow import __version__
from reviewflow.web.api.answers import ErrorAnswer
from reviewflow.web.api.operation import FORM, JSON, Operation
from reviewflow.web.api.schemas import CaseId, InterfaceSchema

Schema = dict[str, JsonValue]

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
        schemas.pop(one.taken["query"].__name__, None)
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
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(ErrorAnswer, "serialization")]
    for one in operations:
        wanted += [(model, "validation") for model in one.taken.values()]
        wanted += [(model, "serialization") for model in one.answers]
    _, found = models_json_schema(wanted, schema_generator=InterfaceSchema, ref_template=_REFERENCE)
    schemas: dict[str, Schema] = found["$defs"]
    return schemas


def _operation(one: Operation, schemas: Mapping[str, Schema]) -> JsonValue:
    bodies = {kind: one.taken[name] for name, kind in (("body", JSON), ("form", FORM)) if name in one.taken}
    errors = _ERRORS.keys() - (set() if bodies else _OF_BODIES)
    described: dict[str, JsonValue] = {
        "operationId": one.endpoint.__name__,
        "summary": one.summary,
        "parameters": [*_path_parameters(one), *_parameters(schemas[one.taken["query"].__name__])],
        "security": [{"token": [scope.value]} for scope in one.scopes] or ([] if one.open_to_all else [{"token": []}]),
        "responses": {**_answers(one), **{code: {"$ref": f"#/components/responses/{code}"} for code in sorted(errors)}},
    }
    if bodies:
        content = {kind: {"schema": _called(model)} for kind, model in bodies.items()}
        described["requestBody"] = {"required": True, "content": cast("Schema", content)}
    return described


def _path_parameters(one: Operation) -> list[JsonValue]:
    schema = TypeAdapter(CaseId).json_schema()
    return [{"name": "case_id", "in": "path", "required": True, "schema": schema}] if "{case_id}" in one.path else []


def _parameters(schema: Schema) -> Iterator[JsonValue]:
    """The fields of a model as parameters of an address."""
    required = cast("list[str]", schema.get("required", []))
    for name, field in cast("Schema", schema.get("properties", {})).items():
        yield {"name": name, "in": "query", "required": name in required, "schema": field}


def _answers(one: Operation) -> Schema:
    """What comes back if all goes well: a model, or a file or document where the endpoint answers by itself."""
    schema: JsonValue = _called(one.answers[0]) if one.answers else {"type": "object"}
    content: Schema = {JSON: {"schema": schema}}
    if len(one.scopes) > 1:
        content["application/octet-stream"] = {"schema": {"type": "string", "format": "binary"}}
    statuses = [status for model in one.answers for status in model.statuses] or [200]
    return {str(status): {"description": one.summary, "content": content} for status in statuses}


def _error(code: str) -> JsonValue:
    error: dict[str, JsonValue] = {"description": _ERRORS[code], "content": {JSON: {"schema": _called(ErrorAnswer)}}}
    return error | ({"headers": _HEADERS[code]} if code in _HEADERS else {})


def _called(model: type[BaseModel]) -> JsonValue:
    """A schema by its name among the components."""
    return {"$ref": _REFERENCE.format(model=model.__name__)}
