"""Holding what a request carries against the description that the interface gives of itself.

Of JSON Schema this knows what reviewflow.web.api.description uses: one type, bounds, closed lists, anchored patterns.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from reviewflow.errors import ReviewflowError

Schema = Mapping[str, Any]

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


def query_of(query: QueryDict, parameters: Iterable[Schema]) -> dict[str, Any]:
    """The parameters that an address carries, by name. Raises ReviewflowError ``api.field`` for one that is unknown,
    given twice, lacking or out of bounds."""
    known = {one["name"]: one for one in parameters if one["in"] == "query"}
    given = dict(query.lists())
    if not given.keys() <= known.keys():
        raise ReviewflowError("api.field", "有不认识的参数。", f"可用：{'、'.join(known) or '（没有参数）'}。")
    for name, one in known.items():
        if len(given.get(name, ())) > 1 or (one.get("required") and name not in given):
            raise ReviewflowError("api.field", f"参数 {name} 应有且只有一个。", "请改正后再试。")
    return {name: checked(known[name]["schema"], _typed(known[name]["schema"], given[name][0]), name) for name in given}


def checked(schema: Schema, value: Any, name: str) -> Any:
    """The value with the fields that are described and no others. Raises ReviewflowError ``api.field``."""
    match schema["type"]:
        case "object":
            return _object(schema, value, name)
        case "array":
            if not isinstance(value, list) or len(value) > schema["maxItems"]:
                raise _fault(schema, name)
            return [checked(schema["items"], one, name) for one in value]
        case "integer":
            return _integer(schema, value, name)
        case _:
            return _string(schema, value, name)


def _object(schema: Schema, value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(one in value for one in schema.get("required", ())):
        raise _fault(schema, name)
    fields = schema["properties"]
    return {one: checked(fields[one], value[one], one) for one in fields if one in value}


def _integer(schema: Schema, value: Any, name: str) -> int:
    # To JSON 1.0 is a whole number, and true is none.
    whole = value if isinstance(value, int) else int(value) if _is_whole(value) else None
    if whole is None or isinstance(value, bool) or not schema["minimum"] <= whole <= schema["maximum"]:
        raise _fault(schema, name)
    return whole


def _is_whole(value: Any) -> bool:
    return isinstance(value, float) and value.is_integer()


def _string(schema: Schema, value: Any, name: str) -> str:
    good = isinstance(value, str) and value in schema.get("enum", (value,)) and _storable(value)
    if not good or not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        raise _fault(schema, name)
    if "pattern" in schema and not re.fullmatch(schema["pattern"], value):
        raise _fault(schema, name)
    return str(value)


def _storable(text: str) -> bool:
    """Whether a text is one: half a character and NUL are nothing that every database keeps."""
    return "\0" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def _typed(schema: Schema, text: str) -> Any:
    """A parameter of an address is text; one that should be a number becomes one, if it is."""
    return int(text) if schema["type"] == "integer" and _WHOLE.fullmatch(text) else text


def _fault(schema: Schema, name: str) -> ReviewflowError:
    return ReviewflowError("api.field", f"{name} 的值不合要求。", f"应是{_wanted(schema)}。")


def _wanted(schema: Schema) -> str:
    """What a value should be, in words."""
    if "enum" in schema:
        return f"其中之一：{'、'.join(schema['enum'])}"
    match schema["type"]:
        case "object":
            return f"含有 {'、'.join(schema.get('required', ()))} 的 JSON 对象"
        case "array":
            return f"不超过 {schema['maxItems']} 项的列表"
        case "integer":
            return f" {schema['minimum']} 至 {schema['maximum']} 的整数"
    return f" {schema.get('minLength', 0)} 至 {schema['maxLength']} 个字符的文字，且合于规定的写法"
