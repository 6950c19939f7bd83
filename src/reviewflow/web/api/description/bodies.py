"""What is sent in bodies. Fields of JSON that are not described are passed over."""

from reviewflow.domain.people import Role
from reviewflow.domain.review import Action, Asked, Reopening
from reviewflow.domain.terms import Category, Status
from reviewflow.web.api.description.schemas import Schema, codes, text, whole
from reviewflow.web.forms.intent import LONGEST_NOTE

_LONGEST = 200
_SIDES = frozenset(Role) - {Role.SECTION, Role.OFFICE}

ACTION: Schema = {
    "type": "object",
    "description": "办理一件",
    "properties": {
        "action": codes(Action, "做什么", frozenset({Action.SUPERSEDE})),
        "version": whole("看到的版本；其后已有人办理的，不会提交", 1, 999_999_999),
        "note": text("意见；变更、退回、报请等须写明理由", LONGEST_NOTE),
        "category": codes(Category, "变更为何类别"),
        "status": codes(Status, "变更为何公开属性"),
        "bases": {
            "type": "array",
            "items": text("法律依据的代码", 60, 1),
            "maxItems": 20,
            "description": "变更的法律依据",
        },
        "side": codes(Role, "意见不一致时采纳谁的", _SIDES),
        "asked": codes(Asked, "征求谁的意见"),
        "whom": text("征求意见或报请的对象", _LONGEST),
        "reopening": codes(Reopening, "因何重新审查"),
        "record": text("解密记录，或答复的机关、文号和日期", _LONGEST),
    },
    "required": ["action", "version"],
}

DOCUMENT: Schema = {
    "type": "object",
    "description": "一份文件",
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "文件，带文件名；表格数据不收"},
        "section": text("提交到哪个科室；只属于一个科室的可以不写", 60, 1),
    },
    "required": ["file"],
    "additionalProperties": False,
}
