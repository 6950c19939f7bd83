"""How the interface describes what it takes and gives: pydantic models, which check, write and describe themselves.

What is taken is bounded and says in Chinese what was wrong with it; what is given has its fields and no others.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Annotated, ClassVar, Protocol, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic import ValidationError as InvalidError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import PydanticKnownError, core_schema

from reviewflow.domain.terms import Term
from reviewflow.errors import MalformedError, ReviewflowError

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_WANTED = {
    "missing": "写明这一项",
    "extra_forbidden": "去掉这一项",
    "enum": "改为其中之一：{expected}",
    "literal_error": "改为其中之一：{expected}",
    "string_too_short": "写至少 {min_length} 个字符",
    "string_too_long": "不超过 {max_length} 个字符",
    "greater_than_equal": "写不小于 {ge} 的整数",
    "less_than_equal": "写不大于 {le} 的整数",
    "int_type": "写整数",
    "too_long": "不超过 {max_length} 项",
    "list_type": "写成列表",
    "string_type": "写成文字",
    "string_pattern_mismatch": "按规定的写法写，不要有看不见的字符",
    "string_unicode": "按规定的写法写，不要有看不见的字符",
    "model_type": "提交一个 JSON 对象",
}
"""what to do, by pydantic's kind of error"""


def _whole_of_json(value: object) -> object:
    """To JSON 1.0 is a whole number (and true is none)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _whole_of_text(value: object) -> object:
    """An address holds text; what is written as a number is one."""
    return int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else value


NO_NUL = Field(pattern=r"^[^\u0000]*$")
"""for every text that is taken: PostgreSQL cannot hold NUL (pydantic itself refuses half a character)"""
CaseId = Annotated[int, Field(strict=True, ge=1, le=999_999_999_999_999, description="件号")]
FROM_JSON = BeforeValidator(_whole_of_json)
FROM_TEXT = BeforeValidator(_whole_of_text)
"""for whole numbers, after their bounds: in a body, in an address"""


class Without:
    """Beside the type of a field: members of its closed list that are not taken there."""

    def __init__(self, *members: Term) -> None:
        self._members = members

    def __get_pydantic_core_schema__(self, kind: type[Term], handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """An enumeration of the rest; pydantic's own takes every member of the class, whatever is listed."""
        rest = [member for member in kind if member not in self._members]

        def check(member: Term) -> Term:
            if member not in rest:
                raise PydanticKnownError("enum", {"expected": ", ".join(str(one.value) for one in rest)})
            return member

        return core_schema.no_info_after_validator_function(check, core_schema.enum_schema(kind, rest))


class Answer(BaseModel):
    """What is given: made of the attributes of what a service found, wherever they have the same names."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)
    statuses: ClassVar[tuple[int, ...]] = (200,)

    @property
    def status_of_answer(self) -> int:
        """The HTTP status, one of ``statuses``."""
        return self.statuses[0]


class RequestModel(BaseModel):
    """What is taken. Fields that are not described are passed over."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)
    known_as: ClassVar[str] = "请求正文"

    @classmethod
    def parse(cls, value: object) -> Self:
        """The described fields of a value. Raises ReviewflowError ``api.field``."""
        if isinstance(value, Mapping):
            for name in cls.model_fields:
                if name in value and value[name] is None:  # None stands for what is not given, and cannot be given
                    raise _field_error(name, "写明它的值，或去掉这一项")
        try:
            return cls.model_validate(value)
        except InvalidError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            wanted = _WANTED.get(first["type"], "按 /api/openapi.json 的说明写")
            name = next((str(part) for part in first["loc"] if isinstance(part, str)), cls.known_as)
            bounds = {
                key: str(value).replace("'", "").replace(" or ", ", ") for key, value in first.get("ctx", {}).items()
            }
            raise _field_error(name, wanted.format(**bounds)) from None


class Parts(Protocol):
    """What Django reads of an address or of a form: each name with all its values."""

    def lists(self) -> Iterable[tuple[str, Sequence[object]]]:
        """The names and their values."""


class FormModel(RequestModel):
    """What is taken by name, one value each, and nothing else: the parameters of an address, the parts of a body."""

    model_config = ConfigDict(extra="forbid")
    known_as: ClassVar[str] = "请求"

    @classmethod
    def parse_once(cls, *sources: Parts) -> Self:
        """The described fields. Raises ReviewflowError ``api.field``, also for one that is given twice."""
        pairs = [(name, value) for source in sources for name, values in source.lists() for value in values]
        fields = dict(pairs)
        if len(fields) < len(pairs):
            raise MalformedError(
                "api.field", "有一项写了两次。", f"可用：{'、'.join(cls.model_fields) or '（没有参数）'}。"
            )
        return cls.parse(fields)


def _field_error(name: str, wanted: str) -> ReviewflowError:
    return MalformedError("api.field", f"{name} 的值不合要求。", f"请{wanted}。")


class InterfaceSchema(GenerateJsonSchema):
    """JSON Schema as the interface shows it: codes with their Chinese names; what may be left out is not called null."""

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """The codes of a closed list, and what they mean."""
        members: list[Enum] = schema["members"]
        described = super().enum_schema(schema)
        named = "、".join(f"{one.value} {one.label}" for one in members if isinstance(one, Term))
        return {**described, "description": named}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """In answers a field may be null; in requests it is left out instead."""
        return self.generate_inner(schema["schema"]) if self.mode == "validation" else super().nullable_schema(schema)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Without the defaults, which nobody has to send."""
        return {name: value for name, value in super().default_schema(schema).items() if name != "default"}

    def field_title_should_be_set(self, schema: object) -> bool:
        """The Chinese description is enough."""
        return False
