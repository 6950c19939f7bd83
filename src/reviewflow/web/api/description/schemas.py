"""How schemas are put together: few kinds of value, each with its bounds."""

from typing import Any

from reviewflow.domain.terms import Term

Schema = dict[str, Any]

MOST_CASES = 999_999_999_999_999
DAY_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_NO_NUL = "^[^\\u0000]*$"


def codes(kind: type[Term], description: str, but: frozenset[Term] = frozenset()) -> Schema:
    """One of the codes of a closed list, with their Chinese names."""
    named = {one.value: one.label for one in kind if one not in but}
    meanings = "、".join(f"{code} {label}" for code, label in named.items())
    return {"type": "string", "enum": list(named), "description": f"{description}：{meanings}"}


def text(description: str, longest: int | None = None, least: int = 0) -> Schema:
    """A text; what is sent is bounded and holds no NUL."""
    found: Schema = {"type": "string", "description": description}
    if longest is not None:
        found |= {"minLength": least, "maxLength": longest, "pattern": _NO_NUL}
    return found


def whole(description: str, least: int, most: int) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": least, "maximum": most, "description": description}


def number(description: str) -> Schema:
    """A whole number of an answer, also one below zero."""
    return {"type": "integer", "description": description}


def case_id(description: str = "件号") -> Schema:
    """The number of a case."""
    return whole(description, 1, MOST_CASES)


def yes_no(description: str) -> Schema:
    """True or false."""
    return {"type": "boolean", "description": description}


def switch(description: str) -> Schema:
    """A parameter of an address that is 1 or 0."""
    return {"type": "string", "enum": ["0", "1"], "description": f"{description}（1 是，0 否）"}


def day(description: str) -> Schema:
    """A day of an answer."""
    return {"type": "string", "format": "date", "description": description}


def asked_day(description: str) -> Schema:
    """A day that is asked for."""
    written = {"minLength": 10, "maxLength": 10, "pattern": DAY_PATTERN}
    return {"type": "string", "format": "date", "description": f"{description}，如 2025-11-03", **written}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    found = {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema:
        found["enum"] = [*schema["enum"], None]
    return found


def many(items: Schema, description: str) -> Schema:
    """A list of an answer."""
    return {"type": "array", "items": items, "description": description}


def record(description: str, properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object of an answer: all its fields and no others."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def called(name: str) -> Schema:
    """A schema by its name among the components."""
    return {"$ref": f"#/components/schemas/{name}"}
